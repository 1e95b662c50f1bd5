"""union.toml of the hospital union: who it is, and the standards that a union of this region would have adopted.

The instruments are invented internal notices; they stand for what the law delegates or what our data of law only
knows at second hand.
"""

from __future__ import annotations

from ledger.example import chart
from ledger.example.names import HIGHER_UNION, UNION

CODE = "81340500MC0000000X"
REGION = "340500"

# key, value, day in force, instrument, article
STANDARDS = (
    ("contribution.retained_share", "0.60", "2020-01-01", "某市总工会〔2020〕3号", "第二条"),
    ("contribution.due_day", "15", "2020-01-01", "某市总工会〔2020〕3号", "第三条"),
    ("arrears.age_months", "6", "2020-01-01", "某市总工会〔2020〕3号", "第五条"),
    ("control.resolution_threshold", "50000", "2022-09-01", "某市第一医院工会〔2022〕6号", "第八条"),
    ("control.quote_threshold", "10000", "2022-09-01", "某市第一医院工会〔2022〕6号", "第十一条"),
    ("control.contract_threshold", "10000", "2022-09-01", "某市第一医院工会〔2022〕6号", "第十二条"),
    ("budget.max_revisions", "1", "2022-09-01", "某市第一医院工会〔2022〕6号", "第五条"),
    ("budget.surplus_multiple", "2", "2022-09-01", "某市第一医院工会〔2022〕6号", "第六条"),
    ("cash.holding_limit", "2000", "2022-09-01", "某市第一医院工会〔2022〕6号", "第十五条"),
    ("holiday.annual_cap", "2000", "2023-01-01", "某市总工会〔2022〕21号", "第四条"),
    ("outing.max_per_year", "4", "2025-01-01", "某市总工会〔2025〕3号", "第二条"),
    ("dues.topup_multiple", "3", "2025-01-01", "某市总工会〔2025〕3号", "第三条"),
    ("control.split_window_days", "30", "2022-09-01", "某市第一医院工会〔2022〕6号", "第九条"),
    ("birthday.cap", "300", "2023-01-01", "某市总工会〔2022〕21号", "第五条"),
    ("marriage.cap", "2000", "2023-01-01", "某市总工会〔2022〕21号", "第六条"),
    ("birth.cap", "1000", "2023-01-01", "某市总工会〔2022〕21号", "第六条"),
    ("hospital.cap", "1000", "2023-01-01", "某市总工会〔2022〕21号", "第七条"),
    ("death.member_cap", "2000", "2023-01-01", "某市总工会〔2022〕21号", "第八条"),
    ("death.kin_cap", "1000", "2023-01-01", "某市总工会〔2022〕21号", "第八条"),
    ("retirement.cap", "1000", "2023-01-01", "某市总工会〔2022〕21号", "第九条"),
    ("hardship.cap", "2000", "2023-01-01", "某市总工会〔2022〕21号", "第十条"),
    ("award.individual_cap", "500", "2023-01-01", "某市总工会〔2022〕21号", "第十二条"),
    ("clothing.annual_cap", "600", "2023-01-01", "某市总工会〔2022〕21号", "第十三条"),
    ("meal.cap", "40", "2023-01-01", "某市总工会〔2022〕21号", "第十四条"),
    ("outing.day_cap", "200", "2023-01-01", "某市总工会〔2022〕21号", "第十五条"),
)


def profile_text() -> str:
    """Return the text of the hospital's union.toml."""
    lines = [
        "[union]",
        f'name = "{UNION}"',
        f'code = "{CODE}"',
        'level = "grassroots"',
        f'region = "{REGION}"',
        'system = "medical"',
        "established = 2005-03-01",
        f'parent = "{HIGHER_UNION}"',
        "",
        "[funds]",
        'collection = "direct"',
        "",
        "[bank]",
        f'accounts = ["{chart.BASIC}", "{chart.CUSTODY_BANK}"]',
    ]
    for key, value, since, instrument, article in STANDARDS:
        lines += [
            "",
            "[[standards]]",
            f'key = "{key}"',
            f'value = "{value}"',
            f"from = {since}",
            f'instrument = "{instrument}"',
            f'article = "{article}"',
        ]
    return "\n".join(lines) + "\n"
