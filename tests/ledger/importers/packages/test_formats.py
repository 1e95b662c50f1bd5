"""Every format: a good file gives the very vouchers it was written from, and is known by its content alone."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ledger.book import import_file
from ledger.importers.contents import read_file
from ledger.importers.existing import vouchers_of
from ledger.importers.packages.markup import read_json, read_xml
from ledger.importers.packages.prepare import prepare
from ledger.importers.sheets import Sheet, Workbook
from ledger.reader import read_book
from ledger.vouchers import Line, Voucher, VoucherNumber
from tests.ledger.importers.packages.conftest import folder_hash
from tests.ledger.importers.packages.written import (
    WRITERS,
    Record,
    Writer,
    Written,
    gbt_2024_json,
    records_of,
    saft,
    u8_xml,
)

Put = Callable[[Written], Path]
each_format = pytest.mark.parametrize("write", WRITERS, ids=lambda w: w.__name__)


def told(voucher: Voucher) -> tuple[object, ...]:
    lines = [(line.account, line.amount_fen) for line in voucher.lines]
    return voucher.date, voucher.number, voucher.narration, lines


def in_book(book: Path) -> list[tuple[object, ...]]:
    facts = read_book(book).facts
    assert facts is not None
    return [told(v) for v in vouchers_of(facts)]


@each_format
def test_a_good_file_gives_the_same_vouchers(write: Writer, month: tuple[Voucher, ...], book: Path, put: Put) -> None:
    written = write(records_of(month))
    path = put(replace(written, name="x" + Path(written.name).suffix))
    result = import_file(path, book)
    assert (result.problems, result.written, result.vouchers_added) == ((), True, len(month))
    assert in_book(book) == [told(v) for v in month]
    entry = json.loads((book / "imports" / "log.jsonl").read_text(encoding="utf-8"))
    assert (entry["format"], entry["sha256"], entry["debit_total_fen"]) == (written.key, result.sha256, 45602245)
    assert entry["rows"] >= len(records_of(month))
    assert entry["mapping"]["accounts"]["5010501"].endswith("05-会员活动支出:01-节日慰问")
    assert any("摘要" in heads.values() for heads in entry["mapping"]["columns"].values())
    before = folder_hash(book)
    again = import_file(path, book)
    assert (again.already_imported, again.written, folder_hash(book)) == (True, False, before)


@each_format
def test_asked_for_by_name(write: Writer, month: tuple[Voucher, ...], book: Path, put: Put) -> None:
    written = write(records_of(month[:3]))
    assert import_file(put(written), book, written.key, dry_run=True).vouchers_added == 3


@each_format
def test_the_clerk_stays_with_the_voucher(write: Writer, month: tuple[Voucher, ...], book: Path, put: Put) -> None:
    if write.__name__ == "u8_register":
        pytest.skip("this table has no such column")
    assert import_file(put(write(records_of(month[:2]))), book).written
    facts = read_book(book).facts
    assert facts is not None
    assert set(facts.vouchers["prepared_by"]) == {"钱某某"}


@each_format
def test_red_letters_stay_on_their_side_and_in_the_sums(
    write: Writer, month: tuple[Voucher, ...], book: Path, put: Put
) -> None:
    red = [
        replace(r, debit=r.debit and f"-{r.debit}", credit=r.credit and f"-{r.credit}") for r in records_of(month[:1])
    ]
    result = import_file(put(write(red)), book)
    assert result.written
    assert in_book(book)[0][-1] == [(line.account, -line.amount_fen) for line in month[0].lines]


def workbook_of(write: Writer, records: list[Record]) -> Workbook:
    """Read a text format without a child process."""
    text = write(records).content.decode("gb18030" if write is u8_xml else "utf-8")
    tables = read_json(text) if write is gbt_2024_json else read_xml(text, "UTF-8")
    sheets = tuple(Sheet(name, tuple(map(tuple, rows))) for name, rows in tables)
    return Workbook("导入.xml", "0" * 64, "XML", sheets)


ACCOUNTS = (
    "Assets:101-库存现金",
    "Assets:102-银行存款:01-基本户",
    "Assets:135-其他应收款:0001-甲备用金",
    "Income:401-会费收入",
    "Expenses:501-职工活动支出:50105-会员活动支出:01-节日慰问",
)
TEXT = st.text("春节慰问甲乙<>&\"';　x，。", min_size=1, max_size=8).map(str.strip).filter(bool)


@st.composite
def vouchers(draw: st.DrawFn) -> tuple[Voucher, ...]:
    made = []
    for number in range(1, draw(st.integers(1, 4)) + 1):
        amounts = draw(st.lists(st.integers(-(10**12), 10**12).filter(bool), min_size=1, max_size=4))
        amounts.append(-sum(amounts))
        day = draw(st.dates(datetime.date(2025, 3, 1), datetime.date(2025, 3, 31)))
        lines = tuple(Line(draw(st.sampled_from(ACCOUNTS)), amount) for amount in amounts)
        word = draw(st.sampled_from("记收付转"))
        made.append(Voucher(day, VoucherNumber(word, 2025, 3, number), "", draw(TEXT), lines))
    return tuple(made)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(made=vouchers(), write=st.sampled_from([u8_xml, gbt_2024_json, saft]))
def test_any_vouchers_to_a_package_and_back(made: tuple[Voucher, ...], write: Writer) -> None:
    prepared = prepare(workbook_of(write, records_of(made)), None, 2025)
    assert prepared is not None
    reading = read_file(prepared.workbook, None, ACCOUNTS, 2025)
    assert (prepared.problems, reading.problems) == ((), ())
    assert [told(v) for v in reading.vouchers] == [told(v) for v in made]
