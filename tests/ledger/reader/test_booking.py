"""The reader's short ways equal beancount's long ones: its builder, its booking, its check of balance."""

from __future__ import annotations

import copy
import io
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from beancount.core import data
from beancount.ops import validation
from beancount.parser import booking, options, parser
from hypothesis import given
from hypothesis import strategies as st

from ledger.book import import_file, init_book
from ledger.closing import close_year
from ledger.example.hospital import hospital
from ledger.example.workbook import write_example
from ledger.reader.codes import Faults
from ledger.reader.folder import survey
from ledger.reader.limits import Limits
from ledger.reader.load import NOWHERE, _booked, is_balanced
from ledger.reader.parsing import parse
from ledger.reader.walk import walk

ACCOUNTS = ("Assets:102-银行存款:01-基本户", "Expenses:501-职工活动支出", "Income:402-拨缴经费收入")
NAME = "/book/x.beancount"
OPTIONS = options.OPTIONS_DEFAULTS | {"tolerance_multiplier": Decimal(0), "inferred_tolerance_default": {}}

metadata = st.sampled_from(
    (
        "",
        '  note: "甲"\n',
        "  attachments: 3\n",
        "  occurred: 2025-01-02\n",
        '  note: "甲"\n  note: "乙"\n',
        "  x: TRUE\n",
    )
)
deeper = metadata.map(lambda text: text.replace("  ", "    "))
numbers = st.decimals(-10_000, 10_000, places=2, allow_nan=False) | st.just(Decimal(0))
units = st.one_of(
    st.just(""),
    numbers.map(lambda n: f"{n} CNY"),
    numbers.map(lambda n: f"{n}"),
    st.just("CNY"),
    numbers.map(lambda n: f"{n} USD"),
    st.just("2 AB {3.00 CNY}"),
    st.just("2 AB @ 3.00 CNY"),
    st.just("2 AB @@ 6.00 CNY"),
    st.just("2 AB @ -1.00 CNY"),
    st.just("2 AB @"),
    st.just("2 AB @ 3.00"),
    st.just("AB @ CNY"),
    st.just("-1 AB {}"),
    st.just("1.005 CNY"),
    st.just("(1.00 + 2.00) CNY"),
)
names = st.sampled_from((*ACCOUNTS, "Assets:无-代码", "Wrong:102-银行存款"))
postings = st.builds("  {}{}  {}\n{}".format, st.sampled_from(("", "! ")), names, units, deeper)
heads = st.sampled_from(
    ('* "甲" "乙"', '! "乙"', "*", 'txn "甲" "乙" #opening ^l', '* "甲" "乙" "丙"', '* "甲\n乙" "丁"'),
)
loose = st.builds(
    "2025-01-{:02d} {}\n{}{}".format, st.integers(1, 28), heads, metadata, st.lists(postings, max_size=5).map("".join)
)


def _balanced(amounts: Sequence[Decimal], elided: bool, day: int) -> str:
    lines = [f"  {ACCOUNTS[i % 3]}  {n:.2f} CNY\n" for i, n in enumerate(amounts)]
    lines.append(f"  {ACCOUNTS[0]}{'' if elided else f'  {-sum(amounts, Decimal(0)):.2f} CNY'}\n")
    return f'2025-02-{day:02d} * "甲" "乙"\n' + "".join(lines)


balanced = st.builds(_balanced, st.lists(numbers, max_size=5), st.booleans(), st.integers(1, 28))
others = st.sampled_from(
    (
        "2024-12-31 open Assets:102-银行存款:01-基本户 CNY\n",
        '2024-12-31 open Expenses:501-职工活动支出 CNY "NONE"\n',
        "2025-01-05 balance Assets:102-银行存款:01-基本户 3.00 CNY\n",
        "pushtag #t\n",
        'pushmeta note: "丙"\n',
        "2025-01-01 nonsense\n",
        '2025-01-01 custom "union-budget" "2025" Expenses:501-职工活动支出 3.00 CNY\n',
    )
)
ledgers = st.lists(loose | balanced | others, max_size=8).map("\n".join)


def _seen(entries: Sequence[Any]) -> list[Any]:
    # The tolerance that booking notes in the metadata is no part of the book.
    plain = [entry._replace(meta={k: v for k, v in entry.meta.items() if k != "__tolerances__"}) for entry in entries]
    return sorted(map(repr, plain))


def _check_same_parse(text: str, name: str) -> list[Any]:
    content = text.encode()
    ours, complaints, asked = parse(content, name)
    theirs, errors, expected = parser.parse_file(io.BytesIO(content), report_filename=name)
    assert sorted(ours, key=data.entry_sortkey) == theirs
    assert _seen(ours) == _seen(theirs)
    assert list(map(repr, complaints)) == list(map(repr, errors))
    assert {k: v for k, v in asked.items() if k != "dcontext"} == {k: v for k, v in expected.items() if k != "dcontext"}
    return theirs


def _check_same_booking(entries: Sequence[Any]) -> None:
    kept = [e for e in entries if type(e) is not data.Document]
    ours, complaints = _booked(copy.deepcopy(kept), OPTIONS, Faults())
    theirs, errors = booking.book(copy.deepcopy(kept), OPTIONS)
    assert _seen(ours) == _seen(theirs)
    assert [e.date for e in ours] == sorted(e.date for e in theirs)
    assert sorted(map(repr, complaints)) == sorted(map(repr, errors))


def _check_same_balance(entries: Sequence[Any]) -> None:
    booked, _ = booking.book(copy.deepcopy(list(entries)), OPTIONS)
    for entry in booked:
        if type(entry) is data.Transaction and is_balanced(entry):
            assert validation.validate_check_transaction_balances([entry], OPTIONS) == []


@given(ledgers)
def test_the_builder_gives_what_beancount_gives(text: str) -> None:
    _check_same_parse(text, NAME)


@given(ledgers)
def test_whole_vouchers_need_no_booking(text: str) -> None:
    entries, _, _ = parser.parse_file(io.BytesIO(text.encode()), report_filename=NAME)
    _check_same_booking(entries)


@given(ledgers)
def test_what_plainly_balances_balances_for_beancount(text: str) -> None:
    entries, _, _ = parser.parse_file(io.BytesIO(text.encode()), report_filename=NAME)
    _check_same_balance(entries)


@given(st.lists(numbers, min_size=1, max_size=6), st.sampled_from((Decimal(0), Decimal("0.01"), Decimal("-0.01"))))
def test_one_fen_is_seen(amounts: list[Decimal], off: Decimal) -> None:
    text = _balanced([*amounts, off], False, 1).rsplit("  Assets", 1)[0]
    text += f"  {ACCOUNTS[0]}  {-sum(amounts, Decimal(0)):.2f} CNY\n"
    entries, errors, _ = parser.parse_file(io.BytesIO(text.encode()), report_filename=NAME)
    assert not errors
    assert is_balanced(entries[0]) is (off == 0)
    assert (validation.validate_check_transaction_balances(entries, OPTIONS) == []) is (off == 0)


def test_the_checks_that_are_run_are_beancounts() -> None:
    assert validation.validate_check_transaction_balances in validation.VALIDATIONS


@pytest.fixture(scope="module")
def hospital_book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hospital")
    write_example(folder / "workbook.xlsx", hospital())
    book = init_book(folder / "book", "某市第一医院工会委员会", "340500", 2025)
    assert import_file(folder / "workbook.xlsx", book).written
    close_year(book, 2025)
    return book


def test_the_example_book_reads_alike_both_ways(hospital_book: Path) -> None:
    entries: list[Any] = []
    for file in walk(survey(hospital_book, Limits()).contents, Faults(), Limits()):
        entries += _check_same_parse(file.text, NOWHERE + file.path)
    assert len(entries) > 100
    entries.sort(key=data.entry_sortkey)
    _check_same_booking(entries)
    _check_same_balance(entries)
