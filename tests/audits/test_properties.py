"""What holds for every union: terms add up, a day is a day of lateness, and how a payment is written is no matter."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.facts import Facts
from ledger.money import round_half_up
from rules.budget.execution import execution
from rules.budget.history import line_histories
from rules.budget.overruns import overruns
from rules.departure.funds import funds_by_year
from rules.departure.position import Term, bridge, departure, position_before, position_on
from rules.law import Law
from rules.remittance.schedule import MonthDue, schedule, totals, upward_position
from rules.remittance.waterfall import waterfall
from tests.rules import handmade
from tests.rules.handmade import BANK, OWN, UPWARD, budget, voucher

SINCE, UNTIL = datetime.date(2025, 1, 1), datetime.date(2025, 12, 31)
MEETING, TRAINING = "Expenses:505-业务支出:50502-会议支出", "Expenses:505-业务支出:50501-培训支出"
SURPLUS, FIXED, FIXED_FUND = "Equity:322-工会资金结余", "Assets:162-固定资产", "Equity:301-资产基金:30104-固定资产"
OWED, ADVANCE, CUSTODY = "Liabilities:215-其他应付款", "Assets:135-其他应收款", "Liabilities:221-代管经费"
OTHER = "Income:408-其他收入"
LAW = {
    "contribution__rate": "0.02",
    "contribution__retained_share": "0.60",
    "contribution__due_day": "15",
    "contribution__late_fee_daily": "0.005",
}
Made = Mapping[str, object]

days = st.dates(datetime.date(2024, 1, 1), UNTIL).map(str)
fen = st.integers(1, 10_000_00)
PAIRS = (
    (BANK, OWN), (BANK, OTHER), (MEETING, BANK), (TRAINING, BANK), (ADVANCE, BANK), (BANK, ADVANCE), (BANK, OWED),
    (BANK, CUSTODY), (UPWARD, BANK), (BANK, UPWARD), (FIXED, FIXED_FUND), (SURPLUS, BANK), (BANK, SURPLUS),
)  # fmt: skip
moves = st.builds(
    lambda day, amount, pair: voucher(day, [(pair[0], amount), (pair[1], -amount)]), days, fen, st.sampled_from(PAIRS)
)
openings = st.builds(
    lambda amount: voucher("2024-01-01", [(BANK, amount), (SURPLUS, -amount)], opening=True), st.integers(0, 10_000_00)
)


def closed(made: Sequence[Made], year: int) -> list[Made]:
    """Return the carry-forward of a year: every account of income and expenditure to the surplus."""
    sums: dict[str, int] = {}
    for one in made:
        for account, amount in one["lines"]:  # type: ignore[attr-defined]
            if str(one["date"]).startswith(str(year)) and account.startswith(("Income", "Expenses")):
                sums[account] = sums.get(account, 0) + amount
    lines = [(account, -amount) for account, amount in sums.items() if amount]
    total = sum(amount for _, amount in lines)
    return [voucher(f"{year}-12-31", [*lines, (SURPLUS, -total)], carry_forward=True)] if lines else []


@settings(max_examples=40)
@given(st.none() | openings, st.lists(moves, max_size=12), st.tuples(days, days), st.booleans())
def test_every_term_adds_up(opening: Made | None, drawn: list[Made], ends: tuple[str, str], carried: bool) -> None:
    made = [*([opening] if opening else []), *drawn, *(closed(drawn, 2024) if carried else [])]
    facts = handmade.facts(made)
    first, last = sorted(map(datetime.date.fromisoformat, ends))
    term = Term("某某", first, last, left=True)
    found = bridge(facts, term)
    assert found.gap_fen == 0
    assert found.opening_fen == position_before(facts, term).funds_fen
    for day in (first, last):
        p = position_on(facts, day)
        assets = p.cash_fen + p.receivables_fen + p.fixed_assets_fen + p.other_assets_fen
        assert assets == p.payables_fen + p.custody_fen + p.asset_funds_fen + p.funds_fen
    years = funds_by_year(facts, term)
    assert all(year.gap_fen == 0 for year in years)
    for before, after in pairwise(years):
        assert after.opening_fen == before.closing_fen
    whole = departure(facts, handmade.law(**LAW), term)
    assert sum(year.income_fen for year in whole.years) == found.income_fen
    assert sum(year.expenditure_fen for year in whole.years) == found.expenditure_fen


def paid(day: str, own: int, up: int, of: str = "2025-03") -> Made:
    return voucher(day, [(BANK, own + up), (OWN, -own), (UPWARD, -up)], month_of=of)


def month(facts: Facts, law: Law | None = None) -> MonthDue:
    (found,) = schedule(facts, law or handmade.law(**LAW), SINCE, UNTIL, as_of=datetime.date(2026, 2, 28))
    return found


@settings(max_examples=40)
@given(st.integers(-40, 250), st.integers(0, 60), st.integers(1, 400_000_00))
def test_a_payment_moved_by_days_is_later_by_just_those_days(place: int, by: int, wages: int) -> None:
    # Wages of March fall due on 15 April.
    due = datetime.date(2025, 4, 15)
    full = round_half_up(wages * handmade.law(**LAW).value("contribution.rate", due, handmade.UNION).number)
    own = round_half_up(full * handmade.law(**LAW).value("contribution.retained_share", due, handmade.UNION).number)
    first, second = (due + datetime.timedelta(days=n) for n in (place, place + by))
    before, after = (
        month(handmade.facts([paid(str(day), own, full - own)] if full else [], {"2025-03": wages}))
        for day in (first, second)
    )
    assert before.due_by == after.due_by == due
    if not full:
        assert before.late_fee_fen == after.late_fee_fen == 0
        return
    assert after.days_late - before.days_late == max(0, place + by) - max(0, place)
    for found, late in ((before, place), (after, place + by)):
        assert found.late_fee_daily is not None
        assert found.late_fen == (full if late > 0 else 0)
        assert found.late_fee_fen == round_half_up(full * found.late_fee_daily.number * max(0, late))
    assert before.shortfall_fen == after.shortfall_fen == 0


payments = st.lists(
    st.tuples(
        st.dates(datetime.date(2025, 1, 1), UNTIL).map(str),
        st.integers(2, 5_000_00),
        st.integers(2, 5_000_00),
        st.sampled_from(["2025-03", "2025-04", "2025-03..2025-05", ""]),
    ),
    min_size=1,
    max_size=5,
)
wages = st.dictionaries(st.sampled_from(["2025-03", "2025-04", "2025-05"]), st.integers(0, 400_000_00), min_size=1)


def figures(made: Sequence[Made], payroll: Mapping[str, int]) -> list[object]:
    """Return what the schedule says, without the vouchers that it says it of."""
    facts, law, as_of = handmade.facts(made, payroll), handmade.law(**LAW), datetime.date(2026, 2, 28)
    months = schedule(facts, law, SINCE, UNTIL, as_of=as_of)
    position = upward_position(facts, law, as_of)
    return [
        replace(totals(months), late_fee_fen=0),  # the fee is rounded part by part
        *(replace(m, receipts=(), late=(), missing=(), late_fee_fen=0, missing_fee_fen=0) for m in months),
        *([waterfall(months, position).total] if months else []),
        *position,
    ]


@settings(max_examples=40)
@given(payments, wages, st.integers(1, 10_000), st.integers(1, 10_000))
def test_a_payment_in_two_parts_on_one_day_changes_nothing(
    drawn: list[tuple[str, int, int, str]], payroll: dict[str, int], first: int, second: int
) -> None:
    # A range is laid over its months payment by payment, own part first: there the proportion of the parts matters.
    day, own, up, of = drawn[0][0], drawn[0][1], drawn[0][2], drawn[0][3].split("..")[0]
    drawn = [(day, own, up, of), *drawn[1:]]
    part = (1 + first % (own - 1), 1 + second % (up - 1))
    whole = [paid(*one) for one in drawn]
    parts = [paid(day, *part, of), paid(day, own - part[0], up - part[1], of), *whole[1:]]
    told, again = figures(whole, payroll), figures(parts, payroll)
    assert told == again


amounts = st.integers(-2000_00, 2000_00).filter(bool)
spendings = st.lists(
    st.builds(
        lambda day, amount, account, number: voucher(day, [(account, amount), (BANK, -amount)], voucher=number),
        st.dates(SINCE, UNTIL).map(str),
        amounts,
        st.sampled_from([MEETING, TRAINING]),
        st.uuids().map(str),
    ),
    max_size=8,
)
versions = st.lists(
    st.tuples(st.dates(SINCE, UNTIL).map(str), st.sampled_from([MEETING, TRAINING]), st.integers(0, 2000_00)),
    max_size=5,
    unique_by=lambda one: one[:2],
)


@settings(max_examples=40)
@given(spendings, versions, st.randoms(use_true_random=False))
def test_the_order_of_vouchers_and_lines_is_no_matter(
    made: list[Made], drawn: list[tuple[str, str, int]], random: Random
) -> None:
    lines = [budget(day, account, amount, number) for number, (day, account, amount) in enumerate(sorted(drawn))]
    shuffled, turned = list(made), list(lines)
    random.shuffle(shuffled)
    random.shuffle(turned)
    told, again = (
        (
            [replace(line, first_exceeded=None) for line in execution(facts, 2025, UNTIL)],
            [(o.key, o.worst_fen, o.left_fen, o.vouchers, o.outcome) for o in overruns(facts, 2025, UNTIL)],
            [(h.key, h.original_fen, h.changes_fen, h.final_fen) for h in line_histories(facts, 2025, UNTIL)],
        )
        for facts in (handmade.facts(made, budgets=lines), handmade.facts(shuffled, budgets=turned))
    )
    assert told == again
