"""This union's books against the higher union's: what agrees, what is a month late, what one side does not have."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from ledger.facts import Facts
from rules.remittance.sides import Relation, SideRow, compare, is_counterparty
from tests.rules import handmade
from tests.rules.handmade import BANK, OWN, RECEIVABLE, UNION, UPWARD, voucher

SINCE, UNTIL = datetime.date(2025, 1, 1), datetime.date(2025, 3, 31)
LOWER, HIGHER = UNION.name, UNION.parent
ABOVE = replace(UNION, name=HIGHER, code="81340500MC0000001X", level="city", parent="某省总工会")
BELOW = "Assets:132-应收下级经费:01-某市第一医院工会委员会"
OTHER_BELOW = "Assets:132-应收下级经费:02-某市第二医院工会委员会"
TO_BELOW = "Liabilities:212-应付下级经费:21202-应付下级转拨经费:01-某市第一医院工会"
RATES = {"contribution__rate": "0.02", "contribution__retained_share": "0.60"}


def paid(day: str, fen: int, of: str = "", payee: str = HIGHER) -> Mapping[str, object]:
    return voucher(day, [(UPWARD, fen), (BANK, -fen)], month_of=of, payee=payee)


def got(day: str, fen: int, of: str = "", payee: str = LOWER) -> Mapping[str, object]:
    return voucher(day, [(BANK, fen), (OWN, -fen)], month_of=of, payee=payee)


def run(
    lower: list[Mapping[str, object]], higher: list[Mapping[str, object]], payroll: dict[str, int] | None = None
) -> dict[tuple[Relation, str], SideRow]:
    rows = compare(handmade.facts(lower, payroll), _above(higher), handmade.law(**RATES), SINCE, UNTIL)
    return {(row.relation, row.month): row for row in rows}


def _above(vouchers: list[Mapping[str, object]]) -> Facts:
    return handmade.facts(vouchers, None, ABOVE)


def test_names_are_equal_but_for_punctuation_and_the_word_committee() -> None:
    assert is_counterparty("某市第一医院工会", LOWER)
    assert is_counterparty("某市（第一）医院工会委员会", LOWER)
    assert not is_counterparty("某市第一医院", LOWER)
    assert not is_counterparty("", LOWER)


def test_both_sides_agree_on_what_was_passed_on() -> None:
    rows = run(
        [paid("2025-02-20", 800_00, "2025-01"), paid("2025-02-21", 5_00, "2025-01", payee="某商店")],
        [got("2025-02-21", 800_00, "2025-01"), got("2025-02-21", 99_00, "2025-01", payee="某市第二医院工会委员会")],
        {"2025-01": 100_000_00},
    )
    row = rows[Relation.PASSED_ON, "2025-01"]
    assert (row.due_fen, row.lower_fen, row.higher_fen, row.difference_fen) == (800_00, 800_00, 800_00, 0)
    assert (row.lower_vouchers, row.higher_vouchers) == (("记-2025-02-0001",), ("记-2025-02-0001",))
    assert rows[Relation.PASSED_ON, "2025-02"].lower_fen == 0


def test_a_month_late_on_one_side_comes_back_to_zero() -> None:
    # Paid on 28 February for January, received there in March without naming a month.
    rows = run([paid("2025-02-28", 800_00, "2025-01")], [got("2025-03-03", 800_00)])
    told = [(m, rows[Relation.PASSED_ON, m]) for m in ("2025-01", "2025-02", "2025-03")]
    assert [(m, row.difference_fen, row.running_fen) for m, row in told] == [
        ("2025-01", 800_00, 800_00),
        ("2025-02", -800_00, 0),
        ("2025-03", 0, 0),
    ]


def test_what_the_other_side_never_received_stays_open() -> None:
    rows = run([paid("2025-02-20", 800_00, "2025-01")], [got("2025-02-21", 799_99, "2025-01")])
    assert rows[Relation.PASSED_ON, "2025-03"].running_fen == 1


def test_a_settled_receivable_counts_and_another_unions_line_does_not() -> None:
    accrued = voucher("2025-01-31", [(BELOW, 800_00), (OTHER_BELOW, 10_00), (OWN, -810_00)])
    settled = voucher("2025-02-21", [(BANK, 810_00), (BELOW, -800_00), (OTHER_BELOW, -10_00)], month_of="2025-01")
    booked = voucher("2025-01-31", [(BANK, 2000_00), (OWN, -1200_00), (UPWARD, -800_00)], month_of="2025-01")
    rows = run([booked, paid("2025-02-20", 800_00, "2025-01")], [accrued, settled])
    assert rows[Relation.PASSED_ON, "2025-01"].difference_fen == 0
    owed = [rows[Relation.OWED, m] for m in ("2025-01", "2025-02")]
    assert [(row.lower_fen, row.higher_fen) for row in owed] == [(800_00, 800_00), (0, 0)]


def test_what_was_sent_back_and_what_is_claimed() -> None:
    here = [
        voucher("2025-01-31", [(RECEIVABLE, 1200_00), (OWN, -1200_00)], month_of="2025-01"),
        voucher("2025-02-25", [(BANK, 1000_00), (RECEIVABLE, -1000_00)], month_of="2025-01", payee=HIGHER),
    ]
    there = [
        voucher("2025-01-31", [(BANK, 1200_00), (TO_BELOW, -1200_00)], month_of="2025-01", payee="某区税务局"),
        voucher("2025-02-24", [(TO_BELOW, 1000_00), (BANK, -1000_00)], month_of="2025-01", payee=LOWER),
    ]
    rows = run(here, there)
    back = rows[Relation.SENT_BACK, "2025-01"]
    assert (back.lower_fen, back.higher_fen) == (1000_00, 1000_00)
    claimed = rows[Relation.CLAIMED, "2025-03"]
    assert (claimed.lower_fen, claimed.higher_fen, claimed.difference_fen) == (200_00, 200_00, 0)
    assert (Relation.PASSED_ON, "2025-01") not in rows


def test_a_refund_takes_off_what_came() -> None:
    back = voucher("2025-03-10", [(BANK, 100_00), (UPWARD, -100_00)], month_of="2025-01", payee=HIGHER)
    refunded = voucher("2025-03-09", [(OWN, 100_00), (BANK, -100_00)], month_of="2025-01", payee=LOWER)
    rows = run([paid("2025-02-20", 800_00, "2025-01"), back], [got("2025-02-21", 800_00, "2025-01"), refunded])
    row = rows[Relation.PASSED_ON, "2025-01"]
    assert (row.lower_fen, row.higher_fen) == (700_00, 700_00)


payments = st.lists(
    st.tuples(
        st.dates(datetime.date(2025, 1, 1), UNTIL).map(str),
        st.integers(1, 1000_00),
        st.sampled_from(["2025-01", "2025-02", "2025-01..2025-03"]),
    ),
    max_size=8,
)


@given(payments)
def test_a_mirror_always_agrees(drawn: list[tuple[str, int, str]]) -> None:
    rows = run([paid(*one) for one in drawn], [got(*one) for one in drawn])
    flows = [row for (relation, _), row in rows.items() if relation is Relation.PASSED_ON]
    assert all(row.difference_fen == row.running_fen == 0 for row in flows)
    assert sum(row.lower_fen for row in flows) == sum(fen for _, fen, _ in drawn)
