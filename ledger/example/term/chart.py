"""Accounts by meaning and year; what the chart of 2009 does not know stands where people kept it then."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from types import MappingProxyType

from ledger.accounts import account_name, chart_on, statutory

# Accounts whose name is the same in both charts.
CASH = "Assets:101-库存现金"
BASIC = "Assets:102-银行存款:01-基本户"
CUSTODY_BANK = "Assets:102-银行存款:02-代管经费户"
MONEY = (BASIC, CUSTODY_BANK, CASH)
GROUPS = ("通用设备", "专用设备", "家具用具")  # of fixed assets

_BEFORE_2022: Mapping[str, str] = MappingProxyType(
    {
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
)


def account(year: int, meaning: str, *below: str) -> str:
    """Return the book's name of the account with a meaning in a year, with local sub-accounts below it."""
    day = datetime.date(year, 7, 1)
    known = meaning if meaning in chart_on(day).by_meaning else _BEFORE_2022.get(meaning, meaning)
    return account_name(statutory(known, day), *below)


def due_to_higher(year: int) -> str:
    """Return the account of what is owed to the union above: 221 before 2022, 211 after."""
    return account(year, "due_to_higher_union", "01-应上缴经费")


def custody(year: int) -> str:
    """Return the account of money held for others: 231 before 2022, 221 after."""
    return account(year, "custody_funds", "01-职工互助保险")


def advance(year: int, number: int, person: str) -> str:
    """Return the account of a person's working advance."""
    return account(year, "other_receivables", f"{number:04d}-{person}备用金")


def fixed_assets(year: int, group: str) -> str:
    """Return the account of fixed assets of a group: 通用设备, 专用设备 or 家具用具."""
    return account(year, "fixed_assets", _group(group))


def small_things(group: str) -> str:
    """Return the account of things of a group that were fixed assets up to 2021 and are inventory since."""
    return account(2022, "inventory", _group(group))


def _group(group: str) -> str:
    return f"{GROUPS.index(group) + 1:02d}-{group}"
