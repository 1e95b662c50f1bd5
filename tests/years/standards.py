"""What a union adopts where the law of its region leaves a value open: standards that are never laxer than law."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType

from ledger.union import Standard, UnionProfile
from rules.law import Law, NoParameter

# key → value, in the unit of the key: modest values of practice for made-up unions.
USUAL: Mapping[str, str] = MappingProxyType(
    {
        "contribution.due_day": "15",
        "control.resolution_threshold": "3000",
        "control.quote_threshold": "2000",
        "control.contract_threshold": "2000",
        "control.quotes_min": "3",
        "control.split_window_days": "10",
        "control.donation_threshold": "3000",
        "cash.holding_limit": "2000",
        "bank.max_accounts": "2",
        "payable.stale_months": "12",
        "stock.idle_months": "12",
        "budget.surplus_multiple": "20",
        "budget.project_threshold": "20000",
        "holiday.annual_cap": "1200",
        "birthday.cap": "200",
        "birthday.month_tolerance": "1",
        "marriage.cap": "500",
        "birth.cap": "500",
        "hospital.cap": "600",
        "hospital.surgery_cap": "900",
        "death.member_cap": "1000",
        "death.kin_cap": "500",
        "retirement.cap": "600",
        "hardship.cap": "1500",
        "award.individual_cap": "300",
        "award.team_cap": "200",
        "clothing.annual_cap": "400",
        "meal.cap": "40",
        "outing.day_cap": "150",
        "souvenir.cap": "60",
        "study_award.share": "0.1",
        "study_award.cap": "200",
        "training.day_cap": "300",
        "referee.day_cap": "200",
        "coupon.cap": "100",
        "coupon.max_per_year": "1",
        "retreat.day_cap": "400",
        "retreat.max_days": "3",
        "welfare.retired_max": "0",
        "welfare.unpaid_max": "0",
    }
)


def adopted(law: Law, profile: UnionProfile, year: int) -> tuple[Standard, ...]:
    """Return the standards for what neither nation nor region sets on any day of a year."""
    looked = [datetime.date(year, month, day) for month in range(1, 13) for day in (1, 15, 28)]
    looked.append(datetime.date(year, 12, 31))
    made = []
    for key, value in USUAL.items():
        if not any(_known(law, profile, key, day) for day in looked):
            since, until = datetime.date(year, 1, 1), datetime.date(year, 12, 31)
            made.append(Standard(key, Decimal(value), since, until, "本工会经费管理办法", "第五条"))
    return tuple(made)


def _known(law: Law, profile: UnionProfile, key: str, day: datetime.date) -> bool:
    try:
        law.value(key, day, profile)
    except NoParameter:
        return False
    return True
