"""The figures of a departure: positions on both days, the years between, and how one leads to the other."""

from __future__ import annotations

import datetime

from rules.departure.position import Term, bridge, departure, position_on
from tests.rules import handmade
from tests.rules.handmade import BANK, OWN, UPWARD, voucher

SURPLUS = "Equity:322-工会资金结余:32205-累计结余"
ASSET, ASSET_FUND = "Assets:162-固定资产:01-通用设备", "Equity:301-资产基金:30104-固定资产"
SPENT, CAPITAL = "Expenses:510-其他支出", "Expenses:507-资本性支出:50702-办公设备购置"
ADVANCE = "Assets:135-其他应收款:01-备用金"
TERM = Term("张某", datetime.date(2024, 7, 1), datetime.date(2025, 6, 30), left=True)
LAW = handmade.law(contribution__rate="0.02", contribution__retained_share="0.60")
BOOK = handmade.facts(
    [
        voucher("2024-01-01", [(BANK, 1000_00), (SURPLUS, -1000_00)], opening=True),
        voucher("2024-03-10", [(BANK, 200_00), (OWN, -120_00), (UPWARD, -80_00)], month_of="2024-02"),
        voucher("2024-09-10", [(CAPITAL, 300_00), (BANK, -300_00), (ASSET, 300_00), (ASSET_FUND, -300_00)]),
        voucher("2024-12-31", [(OWN, 120_00), (SURPLUS, -120_00)], carry_forward=True),
        voucher("2024-12-31", [(SURPLUS, 300_00), (CAPITAL, -300_00)], carry_forward=True),
        voucher("2025-05-10", [(ADVANCE, 50_00), (BANK, -50_00)]),
        voucher("2025-06-30", [(SPENT, 10_00), (BANK, -10_00)]),
        voucher("2025-07-01", [(SPENT, 999_00), (BANK, -999_00)]),
    ]
)


def test_the_day_before_office_and_the_day_of_leaving() -> None:
    found = departure(BOOK, LAW, TERM)
    assert found.opening.day == datetime.date(2024, 6, 30)
    assert (found.opening.cash_fen, found.opening.payables_fen, found.opening.funds_fen) == (1200_00, 80_00, 1120_00)
    closing = found.closing
    assert (closing.cash_fen, closing.receivables_fen, closing.fixed_assets_fen) == (840_00, 50_00, 300_00)
    assert (closing.surplus_fen, closing.result_fen, closing.asset_funds_fen) == (820_00, -10_00, 300_00)
    assert found.unpaid_remittance_fen == 80_00


def test_assets_less_liabilities_are_net_assets_on_every_day() -> None:
    for day in (TERM.since, TERM.leaving, datetime.date(2025, 12, 31)):
        p = position_on(BOOK, day)
        assets = p.cash_fen + p.receivables_fen + p.fixed_assets_fen + p.other_assets_fen
        assert assets - p.payables_fen - p.custody_fen == p.asset_funds_fen + p.funds_fen


def test_years_are_cut_at_the_term() -> None:
    years = departure(BOOK, LAW, TERM).years
    assert [(y.year, y.since.isoformat(), y.until.isoformat()) for y in years] == [
        (2024, "2024-07-01", "2024-12-31"),
        (2025, "2025-01-01", "2025-06-30"),
    ]
    assert [(y.income_fen, y.expenditure_fen) for y in years] == [(0, 300_00), (0, 10_00)]


def test_the_bridge_closes() -> None:
    made = bridge(BOOK, TERM)
    assert (made.opening_fen, made.income_fen, made.expenditure_fen) == (1120_00, 0, 310_00)
    assert (made.closing_fen, made.adjustments_fen, made.gap_fen) == (810_00, 0, 0)


def test_a_book_that_begins_inside_the_term_says_so() -> None:
    early = Term("张某", datetime.date(2023, 7, 1), TERM.leaving, left=True)
    made = bridge(BOOK, early)
    assert made.starts_inside
    assert (made.opening_fen, made.adjustments_fen, made.gap_fen) == (1000_00, 0, 0)
