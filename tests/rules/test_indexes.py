"""What is looked up once for many checks: sums by voucher, years of the period, and who signed what."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence

import pytest

from ledger.register_rows import OfficerRow
from rules.control.posts import clashes, terms
from rules.indexes import money_by_entry, net_by_entry, spending_vouchers, whole_years, year_ends
from rules.rule import Case, all_rules
from rules.signatures import by_signatures
from rules.vouchers import by_month, first_lines, years
from tests.rules import handmade
from tests.rules.handmade import BANK, OWN, voucher

SINCE, UNTIL = datetime.date(2024, 6, 1), datetime.date(2026, 3, 31)
SPENT, CASH = "Expenses:505-业务支出:50502-会议支出", "Assets:101-库存现金"


def case(vouchers: Sequence[Mapping[str, object]] = (), since: datetime.date = SINCE) -> Case:
    return Case(all_rules()[0], handmade.facts(list(vouchers)), handmade.law(), since, UNTIL)


def paid(on: str, fen: int = 100, **more: object) -> Mapping[str, object]:
    return voucher(on, [(SPENT, fen), (BANK, -fen)], **more)


def test_money_is_netted_by_voucher_and_a_transfer_comes_to_nothing() -> None:
    made = case([paid("2025-03-01"), voucher("2025-03-02", [(CASH, 7), (BANK, -7)]), paid("2024-01-01")])
    assert list(money_by_entry(made).values()) == [-100, 0]
    assert [one.date.day for one in spending_vouchers(made)] == [1]


def test_an_account_that_is_not_in_use_changes_no_sum() -> None:
    made = case([paid("2025-03-01"), voucher("2025-03-02", [(OWN, -5), (BANK, 5)])])
    assert net_by_entry(made, "bank_deposit", "zero_balance_quota") is net_by_entry(made, "bank_deposit")
    assert not net_by_entry(made, "zero_balance_quota")


def test_only_a_year_from_its_first_to_its_last_day_is_whole() -> None:
    assert whole_years(case()) == [2025]
    assert whole_years(case(since=datetime.date(2025, 1, 1))) == [2025]
    assert whole_years(case(since=datetime.date(2025, 1, 2))) == []
    assert [day.year for day in year_ends(case())] == [2024, 2025]


def test_vouchers_come_in_stretches_of_months_and_of_years() -> None:
    days = ("2024-12-31", "2025-01-01", "2025-01-31", "2025-02-01")
    made = case([paid(on) for on in days]).vouchers
    assert [(month, len(own)) for month, own in by_month(made)] == [("2024-12", 1), ("2025-01", 2), ("2025-02", 1)]
    assert [(year, len(own)) for year, own in years(made)] == [(2024, 1), (2025, 3)]


def test_vouchers_with_the_same_signatures_stand_together() -> None:
    one, other = {"prepared_by": "甲", "posted_by": "乙"}, {"prepared_by": "甲", "posted_by": "甲"}
    made = by_signatures(case([paid("2025-03-01", **one), paid("2025-03-02", **other), paid("2025-03-03", **one)]))
    assert [(signed.prepared, signed.posted, len(own)) for signed, own in made.items()] == [
        ("甲", "乙", 2),
        ("甲", "甲", 1),
    ]


def test_the_first_line_of_each_voucher_is_shown_in_order_of_day() -> None:
    made = case([paid("2025-03-02"), voucher("2025-03-01", [(SPENT, 3), (SPENT, 2), (BANK, -5)])])
    assert [line.amount_fen for line in first_lines(made.booked.of("expense"))] == [2, 100]


@pytest.mark.parametrize(
    ("until", "both"),
    [
        (datetime.date(2024, 5, 31), 0),
        (datetime.date(2024, 6, 1), 1),
        (None, 1),
    ],
)
def test_two_posts_clash_when_they_share_a_day_of_the_period(until: datetime.date | None, both: int) -> None:
    officers = [
        OfficerRow("cashier", "甲", datetime.date(2020, 1, 1), until, 2),
        OfficerRow("accountant", "甲", None, None, 3),
        OfficerRow("accountant", "乙", None, None, 4),
    ]
    found = clashes(terms(officers, ("cashier",)), terms(officers, ("accountant",)), SINCE, UNTIL)
    assert len(list(found)) == both
