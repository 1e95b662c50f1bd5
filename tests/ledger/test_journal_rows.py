"""Typed rows are the frames' rows: the same values in the same order, whatever stands in them."""

from __future__ import annotations

import datetime
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.contracts import POSTINGS, REGISTERS, VOUCHERS, register_columns
from ledger.facts import ContractBreach, Facts
from ledger.journal_rows import Journal, PostingRow, VoucherRow, net_fen, sums_by, values_of
from ledger.reader import read_book
from ledger.register_rows import REGISTER_ROWS, columns_of, rows_of_register
from rules.law_loader import load_law
from tests.strategies import books, texts, write_book
from tests.years.clean import clean_year
from tests.years.papers import build


@pytest.fixture(scope="module")
def facts() -> Facts:
    """A clean generated year with its registers."""
    year = clean_year(7, load_law())
    return build(year).facts(year.profile)


def as_read(value: Any) -> Any:
    """Return a frame's value as a typed row has it."""
    if value is pd.NaT or value is pd.NA:
        return None
    return value.date() if isinstance(value, pd.Timestamp) else value


def test_fields_are_the_columns_of_the_contracts() -> None:
    assert VoucherRow._fields == tuple(VOUCHERS)
    assert PostingRow._fields == ("date", "head", *POSTINGS)
    assert set(REGISTER_ROWS) == set(REGISTERS)
    for name, kind in REGISTER_ROWS.items():
        assert columns_of(kind) == tuple(register_columns(name))


def test_vouchers_are_the_frame_s(facts: Facts) -> None:
    assert len(facts.listed) == len(facts.vouchers)
    for name in VoucherRow._fields:
        assert [getattr(row, name) for row in facts.listed] == [as_read(v) for v in facts.vouchers[name].tolist()], name


def test_postings_are_the_journal_s(facts: Facts) -> None:
    journal = facts.journal
    assert len(facts.booked) == len(journal)
    for name in PostingRow._fields:
        if name != "head":
            told = [getattr(row, name) for row in facts.booked.postings]
            assert told == [as_read(value) for value in journal[name].tolist()], name
    assert [row.voucher for row in facts.booked.postings] == journal["voucher"].tolist()


def test_registers_are_the_frames(facts: Facts) -> None:
    assert facts.registers
    for name, kind in REGISTER_ROWS.items():
        if name not in facts.registers:
            with pytest.raises(KeyError):
                rows_of_register(facts, kind)
            continue
        rows, frame = rows_of_register(facts, kind), facts.registers[name]
        for field, column in zip(kind._fields, columns_of(kind), strict=True):  # type: ignore[attr-defined] # NamedTuple
            assert [getattr(row, field) for row in rows] == [as_read(value) for value in frame[column].tolist()]


@settings(max_examples=10, deadline=None)
@given(drafts=books(), since=st.dates(datetime.date(2024, 12, 1), datetime.date(2025, 12, 31)))
def test_a_period_is_the_frame_s(tmp_path_factory: pytest.TempPathFactory, drafts: Any, since: datetime.date) -> None:
    folder = tmp_path_factory.mktemp("账")
    read = read_book(write_book(folder, texts(drafts))).facts
    assert read is not None
    until = since + datetime.timedelta(days=120)
    frame, typed = read.activity_of(since, until), read.booked_in(since, until)
    told = [(row.entry, row.posting, row.account, row.amount_fen) for row in typed.postings]
    assert told == list(zip(*(frame[c].tolist() for c in ("entry", "posting", "account", "amount_fen")), strict=True))
    assert net_fen(typed.postings) == int(frame["amount_fen"].sum())


def test_a_journal_finds_lines_by_account_in_order(facts: Facts) -> None:
    journal: Journal = facts.booked
    for chosen, of in (
        (journal.on("bank_deposit", "cash_on_hand"), lambda p: p.group in ("bank_deposit", "cash_on_hand")),
        (journal.on("cash_on_hand", "cash_on_hand"), lambda p: p.group == "cash_on_hand"),
        (journal.of("expense", "income"), lambda p: p.element in ("expense", "income")),
        (journal.meaning("member_event_expense"), lambda p: p.meaning == "member_event_expense"),
        (journal.on("no_such_account"), lambda p: False),
    ):
        assert list(chosen) == [posting for posting in journal.postings if of(posting)]
    whole = journal.whole(journal.on("bank_deposit"))
    entries = {posting.entry for posting in journal.on("bank_deposit")}
    assert list(whole) == [posting for posting in journal.postings if posting.entry in entries]
    assert [voucher.entry for voucher in journal.vouchers] == list(dict.fromkeys(p.entry for p in journal.postings))
    assert set(sums_by(journal.postings, lambda posting: posting.entry).values()) == {0}


def test_a_posting_of_no_voucher_is_refused(facts: Facts) -> None:
    stray = facts.postings.assign(entry=facts.postings["entry"].where(facts.postings.index > 0, 10**9))
    broken = Facts(facts.union, facts.vouchers, stray, facts.accounts, facts.budgets, facts.registers)
    with pytest.raises(ContractBreach, match="no voucher"):
        _ = broken.booked


@pytest.mark.parametrize(
    ("column", "values"),
    [
        (pd.Series(["甲", "", "甲"], dtype="category"), ["甲", "", "甲"]),
        (pd.Series(["", ""], dtype="category"), ["", ""]),
        (pd.Series([], dtype="category"), []),
        (pd.Series([1, None, 3], dtype="Int64"), [1, None, 3]),
        (pd.Series([None, None], dtype="Int64"), [None, None]),
        (pd.Series([1, 2], dtype="Int64"), [1, 2]),
        (pd.Series(["x", ""], dtype="str"), ["x", ""]),
        (pd.Series([True, False]), [True, False]),
        (pd.Series(pd.to_datetime(["2025-02-03", None])).astype("datetime64[s]"), [datetime.date(2025, 2, 3), None]),
    ],
)
def test_values_are_python_s_own(column: pd.Series, values: list[Any]) -> None:
    assert values_of(column) == values
    assert [type(value) for value in values_of(column)] == [type(value) for value in values]
    backwards = list(range(len(values)))[::-1]
    assert values_of(column, backwards) == values[::-1]
