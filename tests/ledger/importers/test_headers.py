"""Headers and sheet names: ours, those of other packages, and the English ones of the book format."""

from __future__ import annotations

import pytest

from ledger.contracts import POSTING_METADATA, REGISTERS, VOUCHERS
from ledger.importers import headers, words
from ledger.importers.headers import BALANCE_SHEET, REGISTER_LAYOUTS, SHEETS, VOUCHER_SHEET, layout_of, match_headers


def test_every_register_has_a_header_for_every_column() -> None:
    for name, columns in REGISTERS.items():
        assert list(REGISTER_LAYOUTS[name].by_key) == list(columns)


def test_every_metadata_key_of_the_book_has_a_column() -> None:
    names = list(VOUCHERS)
    metadata = names[names.index("attachments") : names.index("file")]
    keys = {column.key for column in headers.METADATA_COLUMNS}
    expected = {name.replace("_", "-") for name in metadata} - {"documents", "contract-date"}
    assert expected | {"document", "occurred", "contract-date"} == keys
    own = {column.key for column in headers.LINE_COLUMNS}
    assert {f"line:{name.replace('_', '-')}" for name in POSTING_METADATA} <= own


@pytest.mark.parametrize("layout", SHEETS, ids=lambda layout: layout.key)
def test_what_we_write_we_read(layout: headers.SheetLayout) -> None:
    written = [column.header for column in layout.columns]
    assert match_headers(layout, written) == {column.key: n for n, column in enumerate(layout.columns)}
    assert layout_of(layout.title) is layout
    assert layout_of(layout.key) is layout


@pytest.mark.parametrize("name", REGISTERS)
def test_english_columns_of_a_register_are_read(name: str) -> None:
    columns = list(REGISTERS[name])
    assert match_headers(REGISTER_LAYOUTS[name], columns) == {column: n for n, column in enumerate(columns)}


def test_headers_of_another_package() -> None:
    found = match_headers(
        VOUCHER_SHEET, ["制单日期", "凭证类别", "凭证号数", "摘 要", "科目编号", "借方", "贷方", "附单据数"]
    )
    expected = ("date", "word", "number", "narration", "code", "debit", "credit", "attachments")
    assert found == {key: n for n, key in enumerate(expected)}


def test_the_only_date_of_a_sheet_is_the_vouchers() -> None:
    assert match_headers(VOUCHER_SHEET, ["业务日期", "摘要"])["date"] == 0
    assert match_headers(VOUCHER_SHEET, ["日期", "业务日期"]) == {"date": 0, "occurred": 1}


def test_sheet_names_with_a_year_or_union_in_them() -> None:
    assert layout_of("2025年凭证列表") is VOUCHER_SHEET
    assert layout_of("某医院工会2025余额表") is BALANCE_SHEET
    assert layout_of("Sheet1") is None


def test_missing_columns_are_named() -> None:
    missing = headers.missing_columns(VOUCHER_SHEET, match_headers(VOUCHER_SHEET, ["日期", "摘要", "借方金额"]))
    assert missing == ("贷方金额", "科目编码或科目名称", "凭证字号")


@pytest.mark.parametrize("key", words.VOCABULARIES)
def test_words_go_both_ways_and_none_means_two_things(key: str) -> None:
    vocabulary = words.VOCABULARIES[key]
    every = [word for chinese in vocabulary.values() for word in chinese]
    assert len(every) == len(set(every))
    for english in vocabulary:
        assert words.english_word(vocabulary, words.chinese_word(vocabulary, english)) == english
