"""The schedule of contributions: worked cases of one idea each, and sums that must agree both ways."""

from __future__ import annotations

import datetime
from dataclasses import replace
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.facts import Facts
from rules.law import Law, NoParameter
from rules.remittance.lateness import Lateness, LatePart, lateness
from rules.remittance.months import span
from rules.remittance.movements import movements
from rules.remittance.schedule import MonthDue, schedule, totals
from rules.remittance.small import is_small_return, is_upper_part
from tests.rules import handmade
from tests.rules.handmade import BANK, OWN, RECEIVABLE, UNION, UPWARD, voucher

SINCE, UNTIL = datetime.date(2025, 1, 1), datetime.date(2025, 12, 31)
WAGES = {"2025-01": 100_000_00, "2025-02": 100_000_00, "2025-03": 100_000_00}


def law(share: str | None = "0.60", fee: str | None = None, cap: str | None = None, due: str | None = "15") -> Law:
    return handmade.law(
        contribution__rate="0.02",
        contribution__retained_share=share,
        contribution__due_day=due,
        contribution__late_fee_daily=fee,
        contribution__late_fee_cap_share=cap,
    )


def received(day: str, own: int, upward: int, month_of: str = "", **more: object) -> object:
    lines = [(BANK, own + upward), (OWN, -own)] + ([(UPWARD, -upward)] if upward else [])
    return voucher(day, lines, month_of=month_of, **more)


def paid(day: str, fen: int, month_of: str = "", **more: object) -> object:
    return voucher(day, [(UPWARD, fen), (BANK, -fen)], month_of=month_of, **more)


def run(
    vouchers: list[object], wages: dict[str, int] = WAGES, of: Law | None = None, **union: object
) -> list[MonthDue]:
    made: Facts = handmade.facts(vouchers, wages, replace(UNION, **union))  # type: ignore[arg-type]
    return list(schedule(made, of or law(), SINCE, UNTIL))


@pytest.mark.parametrize(
    ("narration", "upward", "small"),
    [
        ("收到小额缴费工会经费返还", 0, True),
        # What has a part for the union above came from the employer, whatever its words.
        ("收到小额缴费工会经费返还", 800_00, False),
        ("收到上级经费返还", 0, False),
        ("收到单位拨缴工会经费", 0, False),
    ],
)
def test_what_is_a_return_to_a_small_union(narration: str, upward: int, small: bool) -> None:
    made = handmade.facts([received("2025-02-15", 1200_00, upward, "2025-01", narration=narration)])
    (receipt,) = movements(made, UNTIL)
    assert is_small_return(receipt) is small


def test_a_month_in_order() -> None:
    (month,) = run([received("2025-02-15", 1200_00, 800_00, "2025-01")], {"2025-01": 100_000_00})
    assert (month.due_fen, month.own_due_fen, month.upward_due_fen) == (2000_00, 1200_00, 800_00)
    assert (month.received_fen, month.received_by_due_fen) == (2000_00, 2000_00)
    assert (month.shortfall_fen, month.excess_fen, month.days_late) == (0, 0, 0)
    assert month.due_by == datetime.date(2025, 2, 15)
    assert month.outstanding_fen == 800_00
    assert "100,000.00 × 2% ＝ 2,000.00" in month.formula.zh


def test_rounding_is_half_up_per_month_and_the_rest_is_the_higher_unions() -> None:
    (month,) = run([], {"2025-01": 100_25})
    assert (month.due_fen, month.own_due_fen, month.upward_due_fen) == (2_01, 1_21, 80)


def test_several_months_in_one_payment_fill_in_order() -> None:
    months = run([received("2025-04-10", 3000_00, 2000_00, "2025-01..2025-03")])
    assert [(m.own_received_fen, m.upward_booked_fen) for m in months] == [
        (1200_00, 800_00),
        (1200_00, 800_00),
        (600_00, 400_00),
    ]
    assert [m.shortfall_fen for m in months] == [0, 0, 1000_00]
    assert [m.days_late for m in months] == [54, 26, 0]


def test_gross_in_402_fills_months_by_the_gross() -> None:
    months = run([received("2025-04-10", 6000_00, 0, "2025-01..2025-03")])
    assert [m.received_fen for m in months] == [2000_00] * 3
    assert [m.upward_booked_fen for m in months] == [0, 0, 0]


def test_range_comes_after_single_months() -> None:
    months = run(
        [
            received("2025-04-10", 3000_00, 2000_00, "2025-01..2025-03"),
            received("2025-04-11", 600_00, 400_00, "2025-01"),
        ]
    )
    assert [m.received_fen for m in months] == [2000_00] * 3


def test_part_payments_late_by_day_and_fee() -> None:
    (month,) = run(
        [
            received("2025-02-10", 600_00, 400_00, "2025-01"),
            received("2025-02-16", 300_00, 200_00, "2025-01"),
            received("2025-02-25", 300_00, 199_99, "2025-01"),
        ],
        {"2025-01": 100_000_00},
        law(fee="0.005"),
    )
    assert month.received_by_due_fen == 1000_00
    assert [(p.amount_fen, p.days) for p in month.late] == [(500_00, 1), (499_99, 10)]
    assert month.late_fen == 999_99
    assert month.late_fee_fen == 2_50 + 25_00
    assert month.shortfall_fen == 1
    assert [(p.amount_fen, p.days) for p in month.missing] == [(1, 319)]
    assert (month.days_late, month.last_received) == (10, datetime.date(2025, 2, 25))
    keys = ["contribution.rate", "contribution.retained_share", "contribution.due_day", "contribution.late_fee_daily"]
    assert [value.key for value in month.parameters] == keys


def test_late_without_a_rate_costs_nothing() -> None:
    (month,) = run([received("2025-02-16", 1200_00, 799_99, "2025-01")], {"2025-01": 100_000_00})
    assert (month.late_fen, month.late_fee_fen, month.missing_fee_fen) == (1999_99, 0, 0)


def test_a_fen_received_last_tells_the_day_and_a_refund_does_not() -> None:
    refund = voucher("2025-03-01", [(OWN, 60_00), (UPWARD, 40_00), (BANK, -100_00)], month_of="2025-01")
    receipts = [received("2025-02-10", 1200_00, 799_99, "2025-01"), received("2025-02-12", 1, 0, "2025-01")]
    (month,) = run([*receipts, refund], {"2025-01": 100_000_00})
    assert (month.last_received, month.received_fen) == (datetime.date(2025, 2, 12), 1900_00)


def test_late_fee_is_capped() -> None:
    (month,) = run(
        [received("2025-12-15", 1200_00, 800_00, "2025-01")], {"2025-01": 100_000_00}, law(fee="0.005", cap="1")
    )
    assert month.days_late == 303
    assert month.late_fee_fen == 2000_00


@pytest.mark.parametrize(
    ("day", "cap", "fee"),
    [
        ("2025-02-15", "0.5", 0),  # the due day itself
        ("2025-02-16", "0.5", 10_00),  # one day: 0.5 % of 2,000.00
        ("2025-05-26", "0.5", 1000_00),  # day 100 reaches the cap
        ("2025-05-27", "0.5", 1000_00),
        ("2025-05-27", "0.505", 1010_00),
        ("2025-05-27", None, 1010_00),
    ],
)
def test_late_fee_by_the_day_up_to_the_cap(day: str, cap: str | None, fee: int) -> None:
    (month,) = run([received(day, 1200_00, 800_00, "2025-01")], {"2025-01": 100_000_00}, law(fee="0.005", cap=cap))
    assert month.late_fee_fen == fee


def test_at_the_end_of_the_due_day_it_is_missing_and_the_day_before_it_is_not() -> None:
    due = datetime.date(2025, 2, 15)
    assert lateness(100, [], due, due) == Lateness((), (LatePart(100, due, due),))
    assert lateness(100, [], due, due - datetime.timedelta(days=1)) == Lateness((), ())
    assert lateness(100, [(due, 99)], due, due).missing == (LatePart(1, due, due),)
    assert lateness(100, [(due, 100)], due, due) == Lateness((), ())
    end = datetime.date(2025, 3, 31)
    more, back = datetime.date(2025, 3, 1), datetime.date(2025, 3, 2)
    assert lateness(100, [(due, 100), (more, 5)], due, end) == Lateness((), ())  # more than was due is late for nothing
    assert lateness(100, [(due, 100), (more, 5), (back, -6)], due, end).missing == (LatePart(1, back, end),)


def test_what_is_paid_fills_the_oldest_open_part_first() -> None:
    due, refund, first, second = (datetime.date(2025, *day) for day in ((2, 15), (3, 1), (3, 5), (3, 10)))
    found = lateness(100, [(due, 60), (refund, -10), (first, 20), (second, 30)], due, datetime.date(2025, 3, 31))
    late = (LatePart(20, due, first), LatePart(20, due, second), LatePart(10, refund, second))
    assert found == Lateness(late, ())


@pytest.mark.parametrize(("due", "came", "upper"), [(0, 0, False), (1, 1, True), (2, 1, True), (3, 1, False)])
def test_a_return_is_the_upper_part_once_half_of_what_was_due_has_come(due: int, came: int, upper: bool) -> None:
    returned = SimpleNamespace(months=("2025-01", "2025-02"))
    parts = {"2025-01": (SimpleNamespace(own_fen=came),), "2025-03": (SimpleNamespace(own_fen=99),)}
    assert is_upper_part(returned, parts, {"2025-01": due} if due else {}) is upper


def test_advance_is_on_time() -> None:
    (month,) = run([received("2025-01-05", 1200_00, 800_00, "2025-01")], {"2025-01": 100_000_00})
    assert (month.late_fen, month.shortfall_fen) == (0, 0)


def test_excess_is_kept_apart_from_the_next_month() -> None:
    months = run(
        [received("2025-02-10", 1800_00, 1200_00, "2025-01"), received("2025-03-10", 600_00, 400_00, "2025-02")]
    )
    assert [m.excess_fen for m in months] == [1000_00, 0, 0]
    assert [m.shortfall_fen for m in months] == [0, 1000_00, 2000_00]


def test_refund_reopens_the_month() -> None:
    refund = voucher("2025-03-01", [(OWN, 60_00), (UPWARD, 40_00), (BANK, -100_00)], month_of="2025-01")
    (month,) = run([received("2025-02-10", 1200_00, 800_00, "2025-01"), refund], {"2025-01": 100_000_00})
    assert month.shortfall_fen == 100_00
    assert [(p.amount_fen, p.since) for p in month.missing] == [(100_00, datetime.date(2025, 3, 1))]
    assert month.upward_booked_fen == 760_00


def test_tax_collection_counts_the_own_part_alone() -> None:
    (month,) = run([received("2025-03-20", 1199_99, 0, "2025-01")], {"2025-01": 100_000_00}, collection="tax")
    assert (month.expected_fen, month.received_fen, month.shortfall_fen) == (1200_00, 1199_99, 1)


def test_under_tax_collection_money_for_the_union_above_is_no_receipt_of_ones_own() -> None:
    passed = voucher("2025-04-20", [(BANK, 800_00), (UPWARD, -800_00)], month_of="2025-01")
    own = received("2025-03-20", 1200_00, 0, "2025-01")
    (month,) = run([own, passed], {"2025-01": 100_000_00}, collection="tax")
    assert (month.received_fen, month.last_received) == (1200_00, datetime.date(2025, 3, 20))


def test_tax_collection_needs_the_share() -> None:
    with pytest.raises(NoParameter):
        run([], of=law(share=None), collection="tax")


def test_direct_collection_without_a_share_still_knows_the_gross() -> None:
    (month,) = run([received("2025-02-10", 1200_00, 800_00, "2025-01")], {"2025-01": 100_000_00}, law(share=None))
    assert (month.own_due_fen, month.upward_due_fen, month.shortfall_fen) == (None, None, 0)
    assert totals([month]).own_due_fen is None
    assert month.formula.zh == "应拨 100,000.00 × 2% ＝ 2,000.00 元（四舍五入到分）"
    assert month.formula.en == "due 100,000.00 x 2% = 2,000.00 yuan (half up to the fen)"


def test_the_formula_says_what_is_retained() -> None:
    (month,) = run([], {"2025-01": 100_000_00})
    assert month.formula.zh.endswith("（四舍五入到分）；其中本级留成 2,000.00 × 0.60 ＝ 1,200.00 元")
    assert month.formula.en == (
        "due 100,000.00 x 2% = 2,000.00 yuan (half up to the fen); of it retained 2,000.00 x 0.60 = 1,200.00 yuan"
    )


def test_without_a_due_day_nothing_is_late() -> None:
    (month,) = run([received("2025-06-10", 1200_00, 800_00, "2025-01")], {"2025-01": 100_000_00}, law(due=None))
    assert (month.due_by, month.late_fen, month.overdue) == (None, 0, True)


def test_missing_month_of_is_the_month_before_and_says_so() -> None:
    months = run([received("2025-03-10", 1200_00, 800_00)])
    assert [m.received_fen for m in months] == [0, 2000_00, 0]
    assert months[1].assumed
    assert "未注明所属月" in months[1].untested[0].zh
    assert not months[0].untested


def test_accrual_is_no_receipt_until_settled() -> None:
    accrual = voucher("2025-12-31", [(RECEIVABLE, 1200_00), (OWN, -1200_00)], month_of="2025-01")
    (month,) = run([accrual], {"2025-01": 100_000_00}, collection="tax")
    assert (month.received_fen, month.accrued_fen, month.shortfall_fen) == (0, 1200_00, 1200_00)
    settled = voucher("2026-01-10", [(BANK, 1200_00), (RECEIVABLE, -1200_00)])
    (month,) = run([accrual, settled], {"2025-01": 100_000_00}, collection="tax")
    assert (month.received_fen, month.accrued_fen, month.shortfall_fen) == (1200_00, 0, 0)


def test_under_direct_collection_both_parts_are_accrued() -> None:
    accrual = voucher("2025-12-31", [(RECEIVABLE, 2000_00), (OWN, -1200_00), (UPWARD, -800_00)], month_of="2025-01")
    (month,) = run([accrual], {"2025-01": 100_000_00})
    assert (month.received_fen, month.accrued_fen, month.shortfall_fen) == (0, 2000_00, 2000_00)
    (month,) = run([accrual], {"2025-01": 100_000_00}, collection="tax")
    assert (month.received_fen, month.accrued_fen, month.shortfall_fen) == (0, 1200_00, 1200_00)


def test_payments_upward_by_month_then_oldest_first() -> None:
    receipts = [received(f"2025-0{m + 1}-10", 1200_00, 800_00, f"2025-0{m}") for m in (1, 2, 3)]
    months = run([*receipts, paid("2025-05-01", 800_00, "2025-02"), paid("2025-05-02", 900_00)])
    assert [m.paid_upward_fen for m in months] == [800_00, 800_00, 100_00]
    assert [m.outstanding_fen for m in months] == [0, 0, 700_00]


def test_opening_balance_is_paid_first() -> None:
    opening = voucher("2025-01-01", [(BANK, 500_00), (UPWARD, -500_00)], opening=True)
    months = run([opening, received("2025-02-10", 1200_00, 800_00, "2025-01"), paid("2025-03-01", 600_00)])
    assert months[0].paid_upward_fen == 100_00
    assert months[0].outstanding_fen == 700_00


def test_a_reversed_payment_is_open_again() -> None:
    first = paid("2025-03-01", 800_00, "2025-01", voucher="记-2025-03-0009")
    back = voucher("2025-03-05", [(BANK, 800_00), (UPWARD, -800_00)], month_of="2025-01", reverses="记-2025-03-0009")
    months = run([received("2025-02-10", 1200_00, 800_00, "2025-01"), first, back])
    assert (months[0].paid_upward_fen, months[0].outstanding_fen, months[0].received_fen) == (0, 800_00, 2000_00)


def test_december_is_not_due_at_the_end_of_the_year() -> None:
    (month,) = run([], {"2025-12": 100_000_00})
    assert not month.overdue
    assert month.missing == ()


MONTHS = list(span("2025-01", "2025-12"))
month_of = st.one_of(
    st.sampled_from(MONTHS),
    st.tuples(st.sampled_from(MONTHS), st.sampled_from(MONTHS)).map(lambda ab: f"{min(ab)}..{max(ab)}"),
    st.just(""),
)
days = st.dates(datetime.date(2025, 1, 1), datetime.date(2026, 3, 31)).map(str)
amounts = st.integers(0, 10_000_00)
receipt = st.builds(lambda d, o, u, m: received(d, o, u, m), days, amounts, amounts, month_of)
payment = st.builds(lambda d, a, m: paid(d, a + 1, m), days, amounts, month_of)
books = st.lists(st.one_of(receipt, payment), max_size=12)
payrolls = st.dictionaries(st.sampled_from(MONTHS), st.integers(0, 400_000_00), min_size=1)


@settings(max_examples=60, deadline=None)
@given(books, payrolls, st.sampled_from(["direct", "tax"]))
def test_sums_agree_both_ways(vouchers: list[object], wages: dict[str, int], collection: str) -> None:
    months = run(vouchers, wages, law(fee="0.005"), collection=collection)
    added = totals(months)
    assert added.expected_fen == added.received_fen + added.shortfall_fen - added.excess_fen
    for month in months:
        if month.overdue and month.collection == "direct":
            assert sum(p.amount_fen for p in month.missing) == month.shortfall_fen
            on_time = min(month.received_by_due_fen, month.expected_fen)
            assert month.expected_fen == on_time + month.late_fen + month.shortfall_fen
        assert month.upward_booked_fen == month.paid_upward_fen + month.outstanding_fen


@settings(max_examples=40, deadline=None)
@given(books)
def test_everything_received_is_in_some_month(vouchers: list[object]) -> None:
    wages = dict.fromkeys(span("2024-12", "2026-02"), 100_000_00)
    made = handmade.facts(vouchers, wages)  # type: ignore[arg-type]
    months = schedule(made, law(), datetime.date(2024, 12, 1), datetime.date(2026, 3, 31))
    journal = made.journal
    booked = -int(
        journal.loc[journal["group"].isin(["contribution_income", "due_to_higher_union"]), "amount_fen"].sum()
    )
    added = totals(months)
    assert added.received_fen - added.paid_upward_fen == booked


@settings(max_examples=40, deadline=None)
@given(books, st.randoms())
def test_order_of_vouchers_is_without_effect(vouchers: list[object], random: object) -> None:
    numbered = [{**one, "voucher": f"记-2025-01-{n:04d}"} for n, one in enumerate(vouchers)]  # type: ignore[dict-item]
    shuffled = list(numbered)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert run(list(numbered)) == run(shuffled)
