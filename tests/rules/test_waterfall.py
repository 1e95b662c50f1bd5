"""The waterfall of any union adds up, down and up, to the balance of 211; its ages and its dues."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from ledger.facts import Facts
from rules.law import Law
from rules.remittance.ages import OPENING, OVERPAID, ages
from rules.remittance.dues import dues
from rules.remittance.months import span
from rules.remittance.schedule import schedule, upward_position
from rules.remittance.upward import Bucket
from rules.remittance.waterfall import Step, Waterfall, waterfall
from tests.rules import handmade
from tests.rules.handmade import BANK, OWN, RECEIVABLE, UNION, UPWARD, voucher

SINCE, UNTIL = datetime.date(2025, 1, 1), datetime.date(2025, 12, 31)
MONTHS = list(span("2025-01", "2025-12"))
OTHER = "Income:408-其他收入"
DUES = "Income:401-会费收入"
VALUES = {
    "contribution__rate": "0.02",
    "contribution__retained_share": "0.60",
    "contribution__due_day": "15",
    "dues__rate": "0.005",
}

month_of = st.one_of(
    st.sampled_from(MONTHS),
    st.tuples(st.sampled_from(MONTHS), st.sampled_from(MONTHS)).map(lambda ab: f"{min(ab)}..{max(ab)}"),
    st.just(""),
)
days = st.dates(datetime.date(2025, 1, 1), datetime.date(2026, 2, 28)).map(str)
fen = st.integers(1, 10_000_00)
receipts = st.builds(
    lambda day, own, up, of: voucher(day, [(BANK, own + up), (OWN, -own), (UPWARD, -up)], month_of=of),
    days, fen, fen, month_of,
)  # fmt: skip
payments = st.builds(lambda day, f, of: voucher(day, [(UPWARD, f), (BANK, -f)], month_of=of), days, fen, month_of)
diverted = st.builds(lambda day, f, of: voucher(day, [(UPWARD, f), (OTHER, -f)], month_of=of), days, fen, month_of)
accruals = st.builds(
    lambda day, f, of: voucher(day, [(RECEIVABLE, f), (OWN, -f + 1), (UPWARD, -1)], month_of=of), days, fen, month_of
)
settled = st.builds(lambda day, f: voucher(day, [(BANK, f), (RECEIVABLE, -f)]), days, fen)
openings = st.builds(lambda f: voucher("2025-01-01", [(BANK, f), (UPWARD, -f)], opening=True), fen)
unions = st.lists(st.one_of(receipts, receipts, payments, diverted, accruals, settled), max_size=14)
wages = st.dictionaries(st.sampled_from(MONTHS), st.integers(0, 400_000_00))


@given(unions, st.none() | openings, wages, st.sampled_from(["direct", "tax", "treasury"]))
def test_the_waterfall_of_any_union_adds_up(
    drawn: list[Mapping[str, object]],
    opening: Mapping[str, object] | None,
    payroll: dict[str, int],
    collection: str,
) -> None:
    facts = handmade.facts([*([opening] if opening else []), *drawn], payroll, replace(UNION, collection=collection))
    law, as_of = handmade.law(**VALUES), datetime.date(2026, 2, 28)
    months = schedule(facts, law, SINCE, UNTIL, as_of=as_of)
    position = upward_position(facts, law, as_of)
    found = waterfall(months, position)
    assert found.adds_up
    assert found.total.owed_fen == _balance(facts)
    assert found.total.due_fen == sum(month.expected_fen for month in months)
    for year in found.years:
        assert (year.month, year.breaks) == ("2025", (0, 0, 0))
        assert year.due_fen == found.total.due_fen
    for step, month in zip(found.months, months, strict=True):
        assert step.received_fen == month.received_fen
    assert sum(one.owed_fen for one in ages(position, as_of)) == _balance(facts)


def _balance(facts: Facts) -> int:
    rows = facts.journal
    return -int(rows.loc[rows["group"] == "due_to_higher_union", "amount_fen"].sum())


def test_ages_are_whole_months_and_a_day_makes_the_difference() -> None:
    as_of = datetime.date(2025, 12, 31)
    position = [
        Bucket("", datetime.date(2025, 1, 1), 500, 0),
        Bucket("2025-05", datetime.date(2025, 6, 29), 70, 0),
        Bucket("2025-06", datetime.date(2025, 6, 30), 30, 10),
        Bucket("2025-10", datetime.date(2025, 11, 10), 40, 40),
        Bucket("2025-11", datetime.date(2025, 12, 10), 5, 9),
    ]
    found = {one.name: (one.owed_fen, one.months) for one in ages(position, as_of)}
    assert {name.zh: told for name, told in found.items()} == {
        "3至6个月": (20, ("2025-06",)),
        "6至12个月": (70, ("2025-05",)),
        OPENING.zh: (500, ("",)),
        OVERPAID.zh: (-4, ("2025-11",)),
    }


def _member(name: str, base: int | None) -> Mapping[str, object]:
    known = {} if base is None else {"dues_base_fen": base}
    return {"member_id": name, "name": name, "status": "active", **known}


def _union(*, with_register: bool) -> Facts:
    booked = [voucher("2025-01-20", [(BANK, 30_00), (DUES, -30_00)], month_of="2025-01")]
    booked.append(voucher("2025-02-20", [(BANK, 20_00), (DUES, -20_00)], month_of="2025-02"))
    register = [
        {"month": "2025-01", "member_id": "M1", "paid_fen": 25_00},
        {"month": "2025-01", "member_id": "M2", "paid_fen": 5_00},
        {"month": "2025-02", "member_id": "M1", "paid_fen": 20_00},
    ]
    registers = {
        "payroll": [
            {"month": month, "category": "在编", "total_wages_fen": 10_000_00, "dues_base_fen": 9_000_00}
            for month in ("2025-01", "2025-02")
        ]
    }
    if with_register:
        registers["members"] = [_member("M1", 5_000_00), _member("M2", 2_000_00), _member("M3", None)]  # type: ignore[list-item]
        registers["dues"] = register
    return handmade.facts(booked, registers=registers)


def test_dues_member_by_member() -> None:
    # M1 owes 25.00 a month, M2 10.00; M3 has no wage. M1: 25.00 and 20.00 paid; M2: 5.00 and nothing.
    found = dues(_union(with_register=True), handmade.law(**VALUES), SINCE, UNTIL)
    told = [(m.month, m.owed_fen, m.registered_fen, m.booked_fen, m.behind, m.short_fen) for m in found.months]
    assert told == [("2025-01", 35_00, 30_00, 30_00, 1, 5_00), ("2025-02", 35_00, 20_00, 20_00, 2, 15_00)]
    assert [(c.least, c.most, c.members, c.short_fen) for c in found.behind] == [(1, 1, 1, 5_00), (2, 3, 1, 15_00)]
    assert (found.members_behind, found.short_fen, found.by_member) == (2, 20_00, True)
    assert [m.without_wage for m in found.months] == [1, 1]


def test_dues_in_totals_without_registers() -> None:
    found = dues(_union(with_register=False), handmade.law(**VALUES), SINCE, UNTIL)
    assert [(m.month, m.owed_fen, m.registered_fen, m.booked_fen, m.behind) for m in found.months] == [
        ("2025-01", 45_00, None, 30_00, None),
        ("2025-02", 45_00, None, 20_00, None),
    ]
    assert (found.behind, found.by_member) == ((), False)


def test_dues_without_a_rate_are_said() -> None:
    found = dues(_union(with_register=True), Law({}, {}, "none"), SINCE, UNTIL)
    assert [(m.owed_fen, m.registered_fen, m.behind) for m in found.months] == [
        (None, 30_00, None),
        (None, 20_00, None),
    ]
    assert "dues.rate" in found.untested[0].zh
    assert Decimal(found.short_fen) == 0


def test_a_table_that_does_not_add_up_says_so() -> None:
    whole = Step("2025-01", 100, 40, 0, 60, 36, 24, 0, 0, 20, 4)
    assert (whole.breaks, whole.upward_again_fen) == ((0, 0, 0), 100)
    assert Waterfall((whole,), None, whole).adds_up
    one_fen = replace(whole, owed_fen=5)
    cancelling = replace(whole, short_fen=41, received_fen=60, retained_fen=35)
    assert (one_fen.breaks, cancelling.breaks) == ((0, 0, -1), (-1, 1, 0))
    assert cancelling.upward_again_fen == cancelling.due_fen
    for broken in (one_fen, cancelling):
        assert not Waterfall((whole, broken), None, whole).adds_up
        assert not Waterfall((whole,), broken, whole).adds_up
        assert not Waterfall((whole,), None, broken).adds_up


def test_months_are_added_up_by_year() -> None:
    months = [Step(month, 100, 40, 0, 60, 36, 24, 0, 0, 20, 4) for month in ("2024-12", "2025-01", "2025-02")]
    years = Waterfall(tuple(months), None, months[0]).years
    assert [(year.month, year.due_fen, year.owed_fen) for year in years] == [("2024", 100, 4), ("2025", 200, 8)]
