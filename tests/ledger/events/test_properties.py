"""Properties of every event: balanced to the fen, accounts of the chart, and the same voucher when read back."""

from __future__ import annotations

import datetime
import tempfile
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.accounts import resolve, statutory
from ledger.events import (
    Composition,
    Event,
    EventContext,
    Field,
    Kind,
    Level,
    account_choices,
    all_events,
    compose,
    events_for,
)
from ledger.events.compose import split_fen
from ledger.events.model import Split
from ledger.events.subaccounts import usable
from ledger.importers.existing import vouchers_of
from ledger.reader.build import facts_from
from ledger.reader.core import read_tables
from ledger.vouchers import Voucher, VoucherNumber
from ledger.writer import write_book
from tests.ledger.events.cases import SHARE, cases, event_case

UNION = '[union]\nname = "某市第一医院工会委员会"\nregion = "340500"\nlevel = "grassroots"\n'
OPEN = (
    "Assets:102-银行存款:01-基本户",
    "Assets:102-银行存款:02-代管经费户",
    "Assets:135-其他应收款:0101-张某某备用金",
    "Expenses:501-职工活动支出:50105-会员活动支出:01-节日慰问",
    "Liabilities:211-应付上级经费:01-应上缴经费",
)
LEVELS = (Level.GRASSROOTS, Level.COUNTY)
DAYS = st.dates(datetime.date(2022, 1, 1), datetime.date(2027, 12, 31))
FEN = st.integers(1, 10**12)
SHARES = st.decimals(0, 1, places=4)
NAMES = st.text(st.characters(categories=("L", "N", "P", "Zs", "Sm")), min_size=1, max_size=20)


def yuan_text(fen: int) -> str:
    return str(Decimal(fen).scaleb(-2))


def answer_to(field: Field, context: EventContext, day: datetime.date) -> st.SearchStrategy[str]:
    match field.kind:
        case Kind.AMOUNT:
            return FEN.map(yuan_text)
        case Kind.CHOICE:
            return st.sampled_from([choice.value for choice in field.choices])
        case Kind.ACCOUNT:
            offered = [choice.value for choice in account_choices(field, context, day)]
            return st.sampled_from([value for value in offered if not field.named or ":" not in value])
        case Kind.MONTH:
            return st.sampled_from(["2025-02", "2025-01..2025-03"])
        case Kind.DATE:
            return DAYS.map(str)
        case Kind.COUNT | Kind.PERCENT:
            return st.integers(0, 99).map(str)
        case Kind.YES_NO:
            return st.sampled_from(["yes", "no"])
        case _:
            return NAMES


@st.composite
def composed(draw: st.DrawFn) -> tuple[Event, EventContext, Composition]:
    """Any event of any level with any answers to the required fields and some of the others."""
    level = draw(st.sampled_from(LEVELS))
    event = draw(st.sampled_from([event for event in events_for(level) if not event.copies]))
    day = draw(DAYS)
    context = EventContext(
        number=VoucherNumber("记", day.year, day.month, 1), level=level, values={SHARE: draw(SHARES)}, accounts=OPEN
    )
    answers = {"date": day.isoformat()}
    for field in event.fields:
        if field.key != "date" and (field.required or field.required_when or draw(st.booleans())):
            answers[field.key] = draw(answer_to(field, context, day))
    return event, context, compose(event, answers, context)


@given(composed())
@settings(max_examples=300, deadline=None)
def test_a_voucher_balances_or_problems_are_told(made: tuple[Event, EventContext, Composition]) -> None:
    event, context, composition = made
    voucher = composition.voucher
    assert (voucher is None) == bool(composition.problems)
    if voucher is None:
        known = {"", *(field.key for field in event.fields)}
        assert all(problem.field in known and all(problem.message) for problem in composition.problems)
        return
    assert voucher.residual_fen == 0
    assert voucher.number == context.number
    assert all(line.amount_fen for line in voucher.lines)
    for line in voucher.lines:
        found = resolve(line.account, voucher.date)
        assert found is not None
        # The note to the list of accounts lets a grassroots union use those of the county list, never the reverse.
        assert usable(found, context.level) or context.level is Level.GRASSROOTS


@given(st.sampled_from(all_events()), st.dictionaries(st.text(max_size=8), st.text(max_size=12), max_size=6), st.data())
@settings(max_examples=150, deadline=None)
def test_no_answer_whatever_breaks_composing(event: Event, odd: dict[str, str], data: st.DataObject) -> None:
    answers = {field.key: data.draw(st.text(max_size=12)) for field in event.fields if field.required} | odd
    composition = compose(event, answers, EventContext())
    assert (composition.voucher is None) == bool(composition.problems)


@given(st.integers(0, 10**17), SHARES)
def test_split_parts_make_the_sum(whole: int, share: Decimal) -> None:
    parts = split_fen(Split("amount", SHARE, "retained", "passed_up"), whole, EventContext(values={SHARE: share}))
    assert parts is not None
    assert sum(parts) == whole
    assert min(parts) >= 0
    assert abs(parts[0] - whole * share) <= Decimal("0.5")


def test_every_account_a_line_names_is_in_the_list_of_its_level() -> None:
    day = datetime.date(2025, 1, 1)
    for level in LEVELS:
        for event in events_for(level):
            fixed = {line.account for line in event.lines if not line.account.startswith("@")}
            for meaning in fixed:
                # Unions at county level may not use the accounts of the grassroots list; the reverse is allowed.
                assert usable(statutory(meaning, day), level) or level is Level.GRASSROOTS, (event.key, meaning)
            for field in event.fields:
                if field.accounts:
                    assert account_choices(field, EventContext(level=level), day), (event.key, field.key)


def read_back(vouchers: Sequence[Voucher]) -> list[Voucher]:
    with tempfile.TemporaryDirectory() as folder:
        book = Path(folder) / "book"
        write_book(book, UNION, datetime.date(2021, 12, 31), vouchers=vouchers)
        facts = facts_from(read_tables(book))
        assert facts.integrity == ()
        return sorted(vouchers_of(facts), key=lambda voucher: str(voucher.number))


@given(st.lists(composed(), min_size=1, max_size=8))
@settings(max_examples=15, deadline=None)
def test_written_and_read_it_is_the_same(made: list[tuple[Event, EventContext, Composition]]) -> None:
    drawn = [composition.voucher for _, _, composition in made if composition.voucher is not None]
    vouchers = [
        Voucher(
            v.date, VoucherNumber("记", v.date.year, v.date.month, place), v.payee, v.narration, v.lines, v.metadata
        )
        for place, v in enumerate(drawn, start=1)
    ]
    assert read_back(vouchers) == sorted(vouchers, key=lambda voucher: str(voucher.number)) or not vouchers


def test_every_worked_case_is_the_same_when_written_and_read() -> None:
    vouchers = []
    for place, case in enumerate(cases(), start=1):
        voucher = compose(*event_case(case)).voucher
        assert voucher is not None
        number = VoucherNumber("记", 2025, 3, place)
        vouchers.append(
            Voucher(voucher.date, number, voucher.payee, voucher.narration, voucher.lines, voucher.metadata)
        )
    assert read_back(vouchers) == vouchers
