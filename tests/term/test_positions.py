"""Positions over two systems: every year's sheet balances, the change-over keeps every fen, terms bridge exactly."""

from __future__ import annotations

import datetime
from itertools import pairwise

import pandas as pd
import pytest

from ledger.accounts import correspondence
from ledger.example.equipment import accumulated_fen
from ledger.example.term.book import OPENING_RESERVE
from ledger.example.term.calendar import SYSTEM_OF_2021, YEARS
from ledger.example.term.equipment import ASSETS, SMALL
from ledger.example.term.identity import CHAIR_1, CHAIR_2, CHAIR_3, TERM_1, TERM_2
from ledger.register_rows import OfficerRow, rows_of_register
from reports.statements import balance_sheet
from rules.departure.change_over import ChangeOver, change_over
from rules.departure.funds import funds_by_year
from rules.departure.position import Term, bridge, departure, position_before, position_on, term_in
from rules.law_loader import load_law
from tests.term.audits import facts

LAST_OF_OLD = datetime.date(2021, 12, 31)
FIRST_OF_NEW = datetime.date(2022, 1, 1)
BOTH = pytest.mark.parametrize("clean", [True, False], ids=["clean", "planted"])
TERMS = (Term(CHAIR_1, *TERM_1, left=True), Term(CHAIR_2, *TERM_2, left=True))


def over(*, clean: bool) -> ChangeOver:
    """Return the change-over of a book."""
    found = change_over(facts(clean=clean))
    assert found is not None
    return found


def held(day: datetime.date, *groups: str, clean: bool) -> int:
    """Return what groups of accounts hold at the end of a day, debit positive, as the journal adds up."""
    rows = facts(clean=clean).journal
    rows = rows[(rows["date"] <= pd.Timestamp(day)) & rows["group"].isin(groups)]
    return int(rows["amount_fen"].sum())


@BOTH
@pytest.mark.parametrize("year", YEARS)
def test_the_balance_sheet_of_every_year_balances(clean: bool, year: int) -> None:
    sheet = balance_sheet(facts(clean=clean), datetime.date(year, 12, 31))
    assert sheet.fen("total_assets") == sheet.fen("total_liabilities_and_net_assets") > 0
    rows = facts(clean=clean).balances_on(datetime.date(year, 12, 31))
    assert (rows.loc[rows["element"].isin(["income", "expense"]), "amount_fen"] == 0).all()


@BOTH
def test_the_change_over_keeps_every_fen_and_makes_up_for_depreciation(clean: bool) -> None:
    found = over(clean=clean)
    worn = accumulated_fen(ASSETS, 2021, 12)
    assert found.day == FIRST_OF_NEW
    apart = {
        family.old[0].account.meaning if family.old else family.new[0].account.meaning: family.difference_fen
        for family in found.families
        if family.difference_fen
    }
    assert sorted(apart.values()) == [-worn, worn]
    before, after = position_on(facts(clean=clean), LAST_OF_OLD), position_on(facts(clean=clean), FIRST_OF_NEW)
    assert after.funds_fen == before.funds_fen
    assert (after.payables_fen, after.custody_fen) == (before.payables_fen, before.custody_fen)
    assert after.asset_funds_fen == before.asset_funds_fen - worn
    assert (after.cash_fen, after.receivables_fen) == (before.cash_fen, before.receivables_fen)


def test_nothing_is_left_on_accounts_that_only_the_old_system_knows() -> None:
    rows = facts(clean=True).journal
    sums = rows[rows["date"] <= pd.Timestamp(FIRST_OF_NEW)].groupby(rows["account"].astype(str))["amount_fen"].sum()
    kept = {account.split(":")[1] for account, fen in sums.items() if fen}
    old = {f"{c.old.code}-{c.old.name}" for c in correspondence()}
    new = {f"{c.new.code[:3]}-" for c in correspondence() if c.new is not None}
    assert {"101-库存现金", "102-银行存款", "141-库存物品", "162-固定资产"} == kept & old
    assert all(name[:4] in new or name == "163-累计折旧" for name in kept)


def test_small_things_leave_fixed_assets_and_reserves_become_surplus() -> None:
    small = sum(asset.cost_fen for asset in SMALL)
    day = LAST_OF_OLD
    assert held(day, "fixed_assets", clean=True) - held(FIRST_OF_NEW, "fixed_assets", clean=True) == small
    assert held(FIRST_OF_NEW, "inventory", clean=True) == small
    assert held(datetime.date(2022, 1, 31), "inventory", clean=True) == 0
    assert held(day, "reserve_fund", clean=True) == -OPENING_RESERVE
    assert held(day, "reserve_fund", "surplus", clean=True) == held(
        FIRST_OF_NEW, "union_carry_forward", "union_surplus", clean=True
    )


@BOTH
def test_what_is_owed_upward_crosses_the_change_over(clean: bool) -> None:
    owed = held(LAST_OF_OLD, "due_to_higher_union", clean=clean)
    assert owed == held(FIRST_OF_NEW, "due_to_higher_union", clean=clean) < 0
    assert held(datetime.date(2023, 1, 31), "due_to_higher_union", clean=clean) == 0


@BOTH
@pytest.mark.parametrize("term", TERMS, ids=lambda term: term.subject)
def test_a_term_bridges_from_its_first_to_its_last_day(clean: bool, term: Term) -> None:
    found = bridge(facts(clean=clean), term)
    assert found.gap_fen == 0
    whole = held(
        term.leaving, "cash_on_hand", "bank_deposit", "other_receivables", "due_from_higher_union", clean=clean
    )
    whole += held(term.leaving, "due_to_higher_union", "other_payables", "custody_funds", clean=clean)
    assert found.closing_fen == whole
    assert found.opening_fen == position_before(facts(clean=clean), term).funds_fen
    assert found.starts_inside == (term.subject == CHAIR_1)


@BOTH
def test_the_second_term_begins_with_what_the_first_left(clean: bool) -> None:
    law = load_law()
    first, second = (departure(facts(clean=clean), law, term) for term in TERMS)
    assert second.bridge.opening_fen == first.bridge.closing_fen
    assert second.opening.funds_fen == first.closing.funds_fen
    assert [y.year for y in second.years] == [2022, 2023, 2024, 2025]
    assert sum(y.income_fen for y in second.years) == second.bridge.income_fen
    assert sum(y.expenditure_fen for y in second.years) == second.bridge.expenditure_fen


@pytest.mark.parametrize("term", TERMS, ids=lambda term: term.subject)
def test_funds_by_year_run_on_across_the_systems(term: Term) -> None:
    years = funds_by_year(facts(clean=True), term)
    for before, after in pairwise(years):
        assert after.opening_fen == before.closing_fen
    moved = {year.year: year.change_over_fen for year in years}
    assert all(fen == 0 for fen in moved.values())


def test_terms_follow_one_another_without_a_gap() -> None:
    officers = rows_of_register(facts(clean=True), OfficerRow)
    second, third = term_in(officers, CHAIR_2, TERM_2[1]), term_in(officers, CHAIR_3, datetime.date(2025, 12, 31))
    assert second is not None
    assert third is not None
    assert second.since == TERM_1[1] + datetime.timedelta(days=1)
    assert third.since == TERM_2[1] + datetime.timedelta(days=1)
    assert not third.left
    assert SYSTEM_OF_2021 in range(TERM_1[0].year, TERM_1[1].year + 1)
