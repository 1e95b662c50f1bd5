"""Properties: vouchers survive the way through a workbook, and through the book's text, to the fen and the letter."""

from __future__ import annotations

import datetime
import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

import xlsxwriter
from beancount.core.data import Transaction
from beancount.parser import parser
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ledger.importers.contents import FileReading, read_file
from ledger.importers.headers import LINE_COLUMNS, LINE_PREFIX, METADATA_COLUMNS, VOUCHER_SHEET, Column
from ledger.importers.sheets import Sheet, Workbook, read_workbook
from ledger.importers.words import VOCABULARIES, chinese_word
from ledger.money import plain_yuan
from ledger.vouchers import Line, Voucher, VoucherNumber
from ledger.writer import voucher_text

ACCOUNTS = (
    "Assets:101-库存现金",
    "Assets:102-银行存款:01-基本户",
    "Assets:135-其他应收款:0101-甲备用金",
    "Income:401-会费收入",
    "Expenses:501-职工活动支出:50105-会员活动支出",
    "Expenses:501-职工活动支出:50105-会员活动支出:01-节日慰问",
)
TEXT = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn", "Co", "Zl", "Zp"]), min_size=1, max_size=12
).filter(lambda text: text.strip() == text)
WORDS = st.text("春节慰问项目甲乙丙丁abc019-_（）\"\\'", min_size=1, max_size=8)
DAYS = st.dates(datetime.date(2025, 1, 1), datetime.date(2025, 12, 31))
MONTHS = st.integers(1, 12).map(lambda month: f"2025-{month:02d}")


def value_of(column: Column) -> st.SearchStrategy[str]:
    key = column.key.removeprefix(LINE_PREFIX)
    if key in VOCABULARIES:
        return st.sampled_from([word for word in VOCABULARIES[key] if word])
    kinds: Mapping[str, st.SearchStrategy[str]] = {
        "day": DAYS.map(str),
        "count?": st.integers(0, 10**6).map(str),
        "months": MONTHS | st.tuples(MONTHS, MONTHS).map(lambda pair: "..".join(sorted(pair))),
        "moment": st.tuples(DAYS, st.times()).map(lambda pair: f"{pair[0]}T{pair[1]:%H:%M:%S}"),
    }
    return kinds.get(column.kind, WORDS)


def metadata(columns: Sequence[Column]) -> st.SearchStrategy[dict[str, str]]:
    plain = [c for c in columns if c.key not in ("document", "contract-date", "line:narration")]
    return st.fixed_dictionaries({}, optional={c.key.removeprefix(LINE_PREFIX): value_of(c) for c in plain})


@st.composite
def vouchers(draw: st.DrawFn) -> tuple[Voucher, ...]:
    made = []
    for number in range(1, draw(st.integers(1, 4)) + 1):
        amounts = draw(st.lists(st.integers(-(10**13), 10**13), min_size=1, max_size=5))
        amounts.append(-sum(amounts))
        above = draw(metadata(METADATA_COLUMNS))
        lines = []
        for amount in amounts:
            own = draw(metadata(LINE_COLUMNS))
            kept = {key: text for key, text in own.items() if above.get(key) != text}
            lines.append(Line(draw(st.sampled_from(ACCOUNTS)), amount, MappingProxyType(kept)))
        made.append(
            Voucher(
                draw(DAYS),
                VoucherNumber("记", 2025, draw(st.integers(1, 12)), number),
                draw(TEXT | st.just("")),
                draw(TEXT),
                tuple(lines),
                MappingProxyType(above),
            )
        )
    return tuple(made)


def cell(key: str, text: str) -> str:
    return chinese_word(VOCABULARIES[key], text) if key in VOCABULARIES else text


def rows_of(made: Sequence[Voucher]) -> list[list[str]]:
    """Lay vouchers out as a person would: what is the voucher's on its first row only."""
    columns = VOUCHER_SHEET.columns
    rows = [[column.header for column in columns]]
    for voucher in made:
        for n, line in enumerate(voucher.lines):
            *_, (code, name) = [part.split("-", 1) for part in line.account.split(":")[1:]]
            path = "-".join(part.split("-", 1)[1] for part in line.account.split(":")[1:])
            digits = [part.split("-", 1)[0] for part in line.account.split(":")[1:]]
            full = "".join(d for d in digits if not any(o != d and o.startswith(d) for o in digits))
            values = {"code": full, "account": path if len(digits) > 1 else name}
            assert code
            values["debit" if line.amount_fen >= 0 else "credit"] = plain_yuan(abs(line.amount_fen))
            values |= {f"{LINE_PREFIX}{key}": cell(key, text) for key, text in line.metadata.items()}
            if n == 0:
                values |= {"date": voucher.date.isoformat(), "voucher": str(voucher.number)}
                values |= {"payee": voucher.payee, "narration": voucher.narration}
                values |= {key: cell(key, text) for key, text in voucher.metadata.items()}
            rows.append([values.get(column.key, "") for column in columns])
    return rows


def plain(voucher: Voucher) -> tuple[object, ...]:
    lines = [(line.account, line.amount_fen, dict(line.metadata)) for line in voucher.lines]
    return voucher.date, voucher.number, voucher.payee, voucher.narration, lines, dict(voucher.metadata)


def compared(made: Sequence[Voucher], reading: FileReading) -> None:
    assert reading.problems == ()
    assert [plain(v) for v in reading.vouchers] == [plain(v) for v in made]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(vouchers())
def test_vouchers_to_rows_and_back(made: tuple[Voucher, ...]) -> None:
    sheet = Sheet("序时账", tuple(map(tuple, rows_of(made))))
    compared(made, read_file(Workbook("a.xlsx", "", "xlsx", (sheet,)), None, ACCOUNTS))


@settings(
    max_examples=5, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
@given(made=vouchers())
def test_vouchers_through_a_real_file_with_numbers(tmp_path: Path, made: tuple[Voucher, ...]) -> None:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet = book.add_worksheet("序时账")
    for r, row in enumerate(rows_of(made)):
        for c, text in enumerate(row):
            if r and VOUCHER_SHEET.columns[c].kind == "fen?" and text:
                sheet.write_number(r, c, float(text))
            else:
                sheet.write_string(r, c, text)
    book.close()
    path = tmp_path / "往返.xlsx"
    path.write_bytes(out.getvalue())
    compared(made, read_file(read_workbook(path), None, ACCOUNTS))


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(vouchers())
def test_vouchers_to_the_books_text_and_back(made: tuple[Voucher, ...]) -> None:
    entries, errors, _ = parser.parse_string("\n".join(map(voucher_text, made)))
    assert errors == []
    by_number = {entry.meta["voucher"]: entry for entry in entries if isinstance(entry, Transaction)}
    for voucher in made:
        entry = by_number[str(voucher.number)]
        assert (entry.date, entry.payee or "", entry.narration) == (voucher.date, voucher.payee, voucher.narration)
        assert {k: str(v) for k, v in entry.meta.items() if k in voucher.metadata} == dict(voucher.metadata)
        found = [(p.account, int(p.units.number * 100), _own(p.meta)) for p in entry.postings]
        assert found == [(line.account, line.amount_fen, dict(line.metadata)) for line in voucher.lines]


def _own(meta: Mapping[str, object]) -> dict[str, str]:
    return {key: str(value) for key, value in meta.items() if key not in ("filename", "lineno")}
