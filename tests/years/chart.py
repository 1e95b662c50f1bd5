"""Accounts by meaning in the chart of a year; what the chart of 2009 does not know goes where it went then."""

from __future__ import annotations

import datetime

from ledger.accounts import account_name, chart_on, statutory

_BEFORE_2022 = {
    "member_event_expense": "other_activity_expense",
    "model_worker_retreat_expense": "other_activity_expense",
    "union_home_building_expense": "special_operations_expense",
    "labour_competition_expense": "special_operations_expense",
    "worker_innovation_expense": "special_operations_expense",
    "worker_library_expense": "worker_education_expense",
    "other_service_expense": "other_rights_expense",
    "union_surplus": "surplus",
    "union_surplus_accumulated": "surplus",
    "union_carry_forward_accumulated": "surplus",
    "asset_fund_fixed_assets": "fixed_asset_fund",
    "asset_fund_investment": "investment_fund",
    "general_transfer_subsidy_income": "returned_contribution_subsidy_income",
}


def account(year: int, meaning: str, *below: str) -> str:
    """Return the book's name of the account with a meaning in a year, with local sub-accounts below it."""
    day = datetime.date(year, 7, 1)
    known = meaning if meaning in chart_on(day).by_meaning else _BEFORE_2022.get(meaning, meaning)
    return account_name(statutory(known, day), *below)


def bank(year: int) -> str:
    """Return the union's own account at the bank."""
    return account(year, "bank_deposit", "01-基本户")


def custody_bank(year: int) -> str:
    """Return the account at the bank that holds other people's money."""
    return account(year, "bank_deposit", "02-代管经费户")


def cash(year: int) -> str:
    """Return the till."""
    return account(year, "cash_on_hand")
