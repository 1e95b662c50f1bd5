"""Mutual-aid insurance: premiums collected for others and passed on, and the union's own subsidy beside them.

What members pay is no income of the union: it stands on 221 and in a bank account of its own.
"""

from __future__ import annotations

import random
from collections.abc import Iterable

from ledger.example import chart
from ledger.example.draft import Draft, spend
from ledger.example.names import EMPLOYER, SUPPLIERS
from ledger.example.people import Member, active_on
from ledger.example.terms import terms
from ledger.example.workdays import workday
from ledger.vouchers import Line

INSURER = SUPPLIERS["insurer"]
PREMIUM_FEN = 60_00
SUBSIDY_FEN = 25_00


def mutual_aid(numbers: random.Random, everyone: Iterable[Member]) -> tuple[Draft, ...]:
    """Return premiums collected and passed on, the union's subsidy, and benefits passed on to members."""
    insured = len(active_on(everyone, workday(3, 14))) - 43
    held = {"fund": "custody", "payment": "transfer"}
    total = PREMIUM_FEN * insured
    drafts = [
        Draft(
            "custody/collected",
            workday(3, 21),
            EMPLOYER,
            f"代收职工互助保险费{insured}人（工资代扣）",
            (Line(chart.CUSTODY_BANK, total), Line(chart.CUSTODY, -total)),
            held,
        ),
        spend(
            "custody/passed-on",
            workday(3, 27),
            INSURER,
            f"代缴职工互助保险费{insured}人",
            Line(chart.CUSTODY, total),
            source=chart.CUSTODY_BANK,
            terms=terms("insurance", "insurance"),
            fund="custody",
        ),
        spend(
            "custody/subsidy",
            workday(3, 28),
            INSURER,
            f"工会补助职工参加互助保障{insured}人",
            Line(chart.OTHER_SERVICE, SUBSIDY_FEN * insured),
            item="互助保障费",
            terms=terms("insurance", "insurance"),
            activity="2025年职工互助保障",
            activity_type="welfare",
            participants=str(insured),
        ),
    ]
    for quarter, month in enumerate((5, 8, 11), start=1):
        amount = numbers.randint(30, 62) * 100_00
        drafts.append(
            Draft(
                f"custody/benefit/{quarter}/in",
                workday(month, 15),
                INSURER,
                f"收到职工互助保险第{quarter}批理赔款",
                (Line(chart.CUSTODY_BANK, amount), Line(chart.CUSTODY, -amount)),
                held,
            )
        )
        drafts.append(
            spend(
                f"custody/benefit/{quarter}/out",
                workday(month, 20),
                "参保职工",
                f"转付职工互助保险第{quarter}批理赔款（银行代发）",
                Line(chart.CUSTODY, amount),
                source=chart.CUSTODY_BANK,
                fund="custody",
            )
        )
    return tuple(drafts)
