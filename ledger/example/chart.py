"""Accounts of the example's book, asked of the statutory chart by meaning."""

from __future__ import annotations

import datetime
from types import MappingProxyType

from ledger.accounts import account_name, statutory

_DAY = datetime.date(2025, 1, 1)


def account(meaning: str, *below: str) -> str:
    """Return the book's name of a statutory account of 2025, with local sub-accounts below it."""
    return account_name(statutory(meaning, _DAY), *below)


CASH = account("cash_on_hand")
BASIC = account("bank_deposit", "01-基本户")
CUSTODY_BANK = account("bank_deposit", "02-代管经费户")
DUE_FROM_HIGHER = account("contribution_due_from_higher_union")
FIXED_ASSETS = MappingProxyType(
    {
        "通用设备": account("fixed_assets", "01-通用设备"),
        "专用设备": account("fixed_assets", "02-专用设备"),
        "家具用具": account("fixed_assets", "03-家具用具"),
    }
)
DEPRECIATION = account("accumulated_depreciation")
DUE_TO_HIGHER = account("due_to_higher_union", "01-应上缴经费")
OLD_DUE_TO_HIGHER = account("due_to_higher_union", "02-2023年欠缴经费")
CUSTODY = account("custody_funds", "01-职工互助保险")
ASSET_FUND = account("asset_fund_fixed_assets")
CARRIED_FORWARD = account("union_carry_forward_accumulated")
SURPLUS = account("union_surplus_accumulated")
SURPLUS_LINE = account("union_surplus")  # the budget line for using earlier years' surplus
DUES = account("dues_income")
CONTRIBUTION = account("contribution_income")
GENERAL_SUBSIDY = account("general_transfer_subsidy_income")
EARMARKED_SUBSIDY = account("earmarked_transfer_subsidy_income")
EMPLOYER_SUBSIDY = account("employer_subsidy_income")
OTHER_INCOME = account("other_income", "01-利息收入")

EDUCATION = account("worker_education_expense")
SPORTS = account("culture_sports_expense", "01-职工运动会")
ASSOCIATIONS = account("culture_sports_expense", "02-文体协会活动")
PUBLICITY = account("publicity_expense")
HOLIDAY = account("member_event_expense", "01-节日慰问")
BIRTHDAY = account("member_event_expense", "02-生日慰问")
WEDDING_BIRTH = account("member_event_expense", "03-婚育慰问")
ILLNESS = account("member_event_expense", "04-住院慰问")
BEREAVEMENT = account("member_event_expense", "05-丧葬慰问")
RETIREMENT = account("member_event_expense", "06-退休慰问")
FILM = account("member_event_expense", "07-观影活动")
OUTING = account("member_event_expense", "08-春秋游")
LABOUR_COMPETITION = account("labour_competition_expense")
HOME_BUILDING = account("union_home_building_expense")
INNOVATION = account("worker_innovation_expense")
LIBRARY = account("worker_library_expense")
OTHER_SERVICE = account("other_service_expense")
LABOUR_RELATIONS = account("labour_relations_expense")
LABOUR_PROTECTION = account("labour_protection_expense")
LEGAL_AID = account("legal_aid_expense")
HARDSHIP = account("hardship_aid_expense")
WARMTH = account("warmth_relief_expense")
TRAINING = account("training_expense")
MEETING = account("meeting_expense")
SPECIAL_OPERATIONS = account("special_operations_expense")
OTHER_OPERATING = account("other_operating_expense")
OFFICE_EQUIPMENT = account("office_equipment_purchase")
SPECIAL_EQUIPMENT = account("special_equipment_purchase")


def advance(number: int, person: str) -> str:
    """Return the account of a person's working advance."""
    return account("other_receivables", f"{number:04d}-{person}备用金")
