"""What the union receives in 2025: contribution, dues, subsidies and interest, and what it passes upward."""

from __future__ import annotations

import datetime
import random
from collections import defaultdict
from collections.abc import Iterable

from ledger.example import chart
from ledger.example.draft import Draft, spend
from ledger.example.names import BANK, COMPETITION, EMPLOYER, HIGHER_UNION, RELIEF
from ledger.example.payroll import MONTHS, PAYDAY, Due, Wages, contribution_fen, months_of
from ledger.example.terms import terms
from ledger.example.workdays import workday
from ledger.vouchers import Line

RECEIVED_ON = 11  # day of the following month on which the employer pays
DECEMBER_PAID_ON = 24  # December's contribution is paid within the year
REMITTED_ON = 17
EMPLOYER_SUBSIDY_FEN = 100_000_00
RELIEF_SUBSIDY_FEN = 30_000_00
GENERAL_SUBSIDY_FEN = 60_000_00
RECEIPT = "财政票据"


def contributions(rows: Iterable[Wages]) -> tuple[Draft, ...]:
    """Return a month's contribution received, and the part for the union above passed on, month by month."""
    rows = tuple(rows)
    drafts = []
    for month in MONTHS:
        following = month % 12 + 1
        received = workday(following, RECEIVED_ON) if month < 12 else workday(12, DECEMBER_PAID_ON)
        remitted = workday(following, REMITTED_ON) if month < 12 else workday(12, 29)
        retained, upward = contribution_fen(rows, month)
        drafts.append(
            Draft(
                f"contribution/{month:02d}",
                received,
                EMPLOYER,
                f"收到单位行政拨缴{month}月工会经费（按工资总额2%）",
                (
                    Line(chart.BASIC, retained + upward),
                    Line(chart.CONTRIBUTION, -retained),
                    Line(chart.DUE_TO_HIGHER, -upward),
                ),
                {
                    "month-of": months_of(month),
                    "fund": "retained",
                    "payment": "transfer",
                    "invoice": f"皖工专2025{month:06d}",
                    "invoice-type": RECEIPT,
                },
            )
        )
        drafts.append(
            spend(
                f"remittance/{month:02d}",
                remitted,
                HIGHER_UNION,
                f"上缴{HIGHER_UNION}{month}月工会经费",
                Line(chart.DUE_TO_HIGHER, upward),
                terms=terms(resolution="remittance"),
                month_of=months_of(month),
            )
        )
    return tuple(drafts)


def dues_received(register: Iterable[Due]) -> tuple[Draft, ...]:
    """Return the dues of each month as the employer withheld and transferred them: the register's sum."""
    totals: dict[int, int] = defaultdict(int)
    for due in register:
        totals[due.month] += due.paid_fen
    return tuple(
        Draft(
            f"dues/{month:02d}",
            workday(month, PAYDAY),
            EMPLOYER,
            f"收到财务科代扣{month}月会员会费",
            (Line(chart.BASIC, total), Line(chart.DUES, -total)),
            {"month-of": months_of(month), "fund": "dues", "payment": "transfer"},
        )
        for month, total in sorted(totals.items())
    )


def subsidies() -> tuple[Draft, ...]:
    """Return the subsidies of the year: from the union above without and with a purpose, and from the employer."""
    return (
        _received(
            "subsidy/relief",
            workday(3, 26),
            HIGHER_UNION,
            "收到市总工会拨付困难职工帮扶专项补助",
            Line(chart.EARMARKED_SUBSIDY, -RELIEF_SUBSIDY_FEN),
            fund="earmarked",
            project=RELIEF,
        ),
        _received(
            "subsidy/employer",
            workday(4, 22),
            EMPLOYER,
            "收到单位行政补助岗位练兵技术比武经费",
            Line(chart.EMPLOYER_SUBSIDY, -EMPLOYER_SUBSIDY_FEN),
            fund="subsidy",
            project=COMPETITION,
        ),
        _received(
            "subsidy/general",
            workday(8, 27),
            HIGHER_UNION,
            "收到市总工会一般性转移支付补助",
            Line(chart.GENERAL_SUBSIDY, -GENERAL_SUBSIDY_FEN),
            fund="retained",
        ),
    )


def interest(numbers: random.Random) -> tuple[Draft, ...]:
    """Return the bank's interest of each quarter."""
    drafts = []
    for quarter, month in enumerate((3, 6, 9, 12), start=1):
        amount = numbers.randint(1_180_00, 1_620_00)
        drafts.append(
            _received(
                f"interest/{month:02d}",
                workday(month, 22),
                BANK,
                f"收到基本户第{quarter}季度存款利息",
                Line(chart.OTHER_INCOME, -amount),
                fund="retained",
            )
        )
    return tuple(drafts)


def _received(key: str, day: datetime.date, payer: str, narration: str, income: Line, **told: str) -> Draft:
    lines = (Line(chart.BASIC, -income.amount_fen), income)
    return Draft(key, day, payer, narration, lines, {"payment": "transfer", **told})
