"""Who the union is over the years: union.toml, its officers and chairs, and the standards that it adopted."""

from __future__ import annotations

import datetime
from decimal import Decimal

from ledger.example import names
from ledger.example.identity import CODE, REGION
from ledger.example.registers import officers
from ledger.example.term.chart import BASIC, CUSTODY_BANK
from ledger.union import EarlierCollection, Standard, UnionProfile

CHAIR_1, CHAIR_2, CHAIR_3 = "张某某", "李某某", "何某某"
TERM_1 = (datetime.date(2017, 3, 1), datetime.date(2022, 6, 30))
TERM_2 = (datetime.date(2022, 7, 1), datetime.date(2025, 6, 30))
DIRECT_UNTIL = datetime.date(2022, 12, 31)  # last wages on which the employer pays the contribution itself

_ADOPTED = datetime.date(2018, 1, 1)
_OWN = "某市第一医院工会〔2017〕9号"
_HIGHER = "某市总工会〔2017〕12号"

# Key, value, instrument, article: all in force since 2018.
_STANDARDS = (
    ("contribution.rate", "0.02", _HIGHER, "第一条"),
    ("contribution.retained_share", "0.60", _HIGHER, "第二条"),
    ("contribution.due_day", "15", _HIGHER, "第三条"),
    ("arrears.age_months", "6", _HIGHER, "第五条"),
    ("dues.rate", "0.005", _HIGHER, "第六条"),
    ("audit.rectify_days", "90", _HIGHER, "第九条"),
    ("dues.topup_multiple", "3", _HIGHER, "第七条"),
    ("control.resolution_threshold", "5000", _OWN, "第八条"),
    ("control.quote_threshold", "3000", _OWN, "第十一条"),
    ("control.quotes_min", "3", _OWN, "第十一条"),
    ("control.contract_threshold", "3000", _OWN, "第十二条"),
    ("control.split_window_days", "10", _OWN, "第九条"),
    ("control.donation_threshold", "3000", _OWN, "第十条"),
    ("budget.max_revisions", "1", _OWN, "第五条"),
    ("budget.surplus_multiple", "4", _OWN, "第六条"),
    ("budget.project_threshold", "50000", _OWN, "第七条"),
    ("cash.holding_limit", "2000", _OWN, "第十五条"),
    ("bank.max_accounts", "2", _OWN, "第十六条"),
    ("payable.stale_months", "12", _OWN, "第十七条"),
    ("receivable.stale_months", "12", _OWN, "第十七条"),
    ("stock.idle_months", "12", _OWN, "第十八条"),
    ("holiday.annual_cap", "1000", _OWN, "第二十条"),
    ("birthday.cap", "200", _OWN, "第二十一条"),
    ("birthday.month_tolerance", "1", _OWN, "第二十一条"),
    ("marriage.cap", "500", _OWN, "第二十二条"),
    ("birth.cap", "500", _OWN, "第二十二条"),
    ("hospital.cap", "600", _OWN, "第二十三条"),
    ("hospital.surgery_cap", "900", _OWN, "第二十三条"),
    ("death.member_cap", "1000", _OWN, "第二十四条"),
    ("death.kin_cap", "500", _OWN, "第二十四条"),
    ("retirement.cap", "600", _OWN, "第二十五条"),
    ("hardship.cap", "1500", _OWN, "第二十六条"),
    ("award.individual_cap", "300", _OWN, "第二十七条"),
    ("award.team_cap", "200", _OWN, "第二十七条"),
    ("clothing.annual_cap", "400", _OWN, "第二十八条"),
    ("meal.cap", "40", _OWN, "第二十九条"),
    ("outing.day_cap", "150", _OWN, "第三十条"),
    ("outing.max_per_year", "2", _OWN, "第三十条"),
    ("souvenir.cap", "60", _OWN, "第三十一条"),
    ("training.day_cap", "300", _OWN, "第三十二条"),
    ("referee.day_cap", "200", _OWN, "第三十三条"),
    ("coupon.cap", "100", _OWN, "第三十四条"),
    ("coupon.max_per_year", "1", _OWN, "第三十四条"),
    ("welfare.retired_max", "0", _OWN, "第三十五条"),
    ("welfare.unpaid_max", "0", _OWN, "第三十五条"),
    ("booking.delay_days", "30", _OWN, "第三十六条"),
    ("bank.transit_days", "90", _OWN, "第三十七条"),
    ("budget.idle_project_years", "2", _OWN, "第三十八条"),
    ("receivable.other_share", "0.3", _OWN, "第三十九条"),
    ("committee.audit_members_min", "3", _OWN, "第四十条"),
    ("committee.audit_members_max", "11", _OWN, "第四十条"),
)

PROFILE = UnionProfile(
    name=names.UNION,
    code=CODE,
    level="grassroots",
    region=REGION,
    system="medical",
    established=datetime.date(2005, 3, 1),
    parent=names.HIGHER_UNION,
    collection="tax",
    bank_accounts=(BASIC, CUSTODY_BANK),
    standards=tuple(Standard(k, Decimal(v), _ADOPTED, None, paper, article) for k, v, paper, article in _STANDARDS),
    earlier_collections=(EarlierCollection("direct", DIRECT_UNTIL),),
)


def chair_on(day: datetime.date) -> str:
    """Return the chair in office on a day."""
    return CHAIR_1 if day <= TERM_1[1] else CHAIR_2 if day <= TERM_2[1] else CHAIR_3


def officer_rows() -> tuple[dict[str, str], ...]:
    """Return officers.csv: the chair changes twice, everyone else stays."""
    began, third = TERM_1[0].isoformat(), (TERM_2[1] + datetime.timedelta(days=1)).isoformat()
    chairs = (
        (CHAIR_1, began, TERM_1[1].isoformat()),
        (CHAIR_2, TERM_2[0].isoformat(), TERM_2[1].isoformat()),
        (CHAIR_3, third, ""),
    )
    return officers(chairs, began)
