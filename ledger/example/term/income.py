"""What the union receives: contributions from the employer or through the tax authority, dues, subsidies, interest.

Wages of a month are paid on in the next. Up to the wages of 2022 the employer pays the whole two per cent; from 2023
on the tax authority collects it and the union above returns three fifths, in 2024 by quarter. What has not come by the
end of a year under the system of 2021 is booked as receivable on its last working day.
"""

from __future__ import annotations

import datetime
import random
from collections import defaultdict
from collections.abc import Iterable, Sequence

from ledger.example.draft import Draft
from ledger.example.names import BANK, COMPETITION, EMPLOYER, HIGHER_UNION, RELIEF
from ledger.example.term import chart
from ledger.example.term.calendar import MONTHS, YEARS, last_workday, month_name, month_zh, workday
from ledger.example.term.people import PAYDAY, Due, Wages, contribution_fen
from ledger.vouchers import Line

TAX_FROM = 2023
QUARTERLY = 2024
IN_PARTS = "2019-08"  # the contribution on these wages came in two payments
RELIEF_FEN = 6_000_00
GENERAL_FEN = 16_000_00
COMPETITION_FEN = 12_650_00
# Day of receipt → the year whose small contributions of the service company were returned, in fen.
SMALL_RETURNS = (((2024, 6, 14), 2023, 2_864_00), ((2025, 5, 16), 2024, 2_937_60))
RECEIPT = "财政票据"


def direct_contributions(wages: Sequence[Wages]) -> tuple[Draft, ...]:
    """Return the contributions that the employer paid itself, one a month but for one that came in two parts."""
    drafts: list[Draft] = []
    for year in range(YEARS[0], TAX_FROM):
        for month in MONTHS:
            of = month_name(year, month - 1)
            drafts += _direct(year, month, of, *contribution_fen(wages, of))
    of = month_name(TAX_FROM, 0)
    return (*drafts, *_direct(TAX_FROM, 1, of, *contribution_fen(wages, of)))


def _direct(year: int, month: int, of: str, own: int, upward: int) -> Iterable[Draft]:
    total = own + upward
    first = total // 2 // 5 * 5 if of == IN_PARTS else total
    for part, amount in enumerate((first, total - first), start=1):
        if not amount:
            continue
        day = workday(year, month, 4 + 4 * part)
        kept = amount * 3 // 5
        yield Draft(
            f"contribution/{of}" + ("" if part == 1 else "/rest"),
            day,
            EMPLOYER,
            f"收到单位行政拨缴{month_zh(of)}工会经费" + (f"（第{part}笔）" if of == IN_PARTS else ""),
            (
                Line(chart.BASIC, amount),
                Line(chart.account(year, "contribution_income"), -kept),
                Line(chart.due_to_higher(year), kept - amount),
            ),
            {
                "month-of": of,
                "fund": "retained",
                "payment": "transfer",
                "invoice": f"皖工专{_receipt_number(year, month, part):08d}",
                "invoice-type": RECEIPT,
                "invoice-date": day.isoformat(),
            },
        )


def _receipt_number(year: int, month: int, part: int) -> int:
    """Return the number of a receipt: one a receipt without a gap, over the years."""
    before = (year - YEARS[0]) * len(MONTHS) + month - 1
    parted = (int(IN_PARTS[:4]) - YEARS[0]) * len(MONTHS) + int(IN_PARTS[5:])  # receipts before the one in parts
    return 20_180_001 + before + part - (before <= parted)


def returned_contributions(wages: Sequence[Wages]) -> tuple[Draft, ...]:
    """Return what the union above returned of the contributions that the tax authority collected, and the accruals."""
    drafts: list[Draft] = []
    for year in range(TAX_FROM, YEARS[-1] + 1):
        step = 3 if year == QUARTERLY else 1
        for last in range(step, 13, step):
            span = [month_name(year, month) for month in range(last - step + 1, last + 1)]
            amount = sum(contribution_fen(wages, month)[0] for month in span)
            drafts += _returned(year, last, span, amount)
    return tuple(drafts)


def _returned(year: int, last: int, span: Sequence[str], amount: int) -> Iterable[Draft]:
    of = span[0] if len(span) == 1 else f"{span[0]}..{span[-1]}"
    shown = month_zh(of) if len(span) == 1 else f"{month_zh(span[0])}至{int(span[-1][5:])}月"
    told = {"month-of": of, "fund": "retained"}
    income = chart.account(year, "contribution_income")
    owed = chart.account(year, "contribution_due_from_higher_union")
    came = workday(year + last // 12, last % 12 + 1, 19)
    if last < MONTHS[-1]:
        lines = (Line(chart.BASIC, amount), Line(income, -amount))
        narration = f"收到税务代收返拨{shown}工会经费（本级留成60%）"
        yield Draft(f"contribution/{of}", came, HIGHER_UNION, narration, lines, {**told, "payment": "transfer"})
        return
    accrued = (Line(owed, amount), Line(income, -amount))
    day = last_workday(year, 12)
    yield Draft(f"contribution/{of}", day, HIGHER_UNION, f"年末确认应收返拨{shown}工会经费", accrued, told)
    if year < YEARS[-1]:
        lines = (Line(chart.BASIC, amount), Line(owed, -amount))
        narration = f"收到税务代收返拨{shown}工会经费，冲应收"
        yield Draft(f"contribution/{of}/came", came, HIGHER_UNION, narration, lines, {**told, "payment": "transfer"})


def small_returns() -> tuple[Draft, ...]:
    """Return what came back of the small contributions of the hospital's service company, whose workers are members."""
    return tuple(
        Draft(
            f"small-return/{of}",
            workday(*day),
            HIGHER_UNION,
            f"收到上级全额返还后勤服务公司{of}年度小额缴费工会经费",
            (Line(chart.BASIC, amount), Line(chart.account(day[0], "contribution_income"), -amount)),
            {"month-of": f"{of}-01..{of}-12", "fund": "retained", "payment": "transfer"},
        )
        for day, of, amount in SMALL_RETURNS
    )


def dues_received(register: Iterable[Due]) -> tuple[Draft, ...]:
    """Return the dues of each month as the employer withheld and transferred them: the register's sum."""
    totals: dict[str, int] = defaultdict(int)
    for due in register:
        totals[due.month] += due.paid_fen
    return tuple(
        Draft(
            f"dues/{of}",
            workday(int(of[:4]), int(of[5:]), PAYDAY),
            EMPLOYER,
            f"收到财务科代扣{month_zh(of)}会员会费",
            (Line(chart.BASIC, total), Line(chart.account(int(of[:4]), "dues_income"), -total)),
            {"month-of": of, "fund": "dues", "payment": "transfer"},
        )
        for of, total in sorted(totals.items())
    )


def subsidies() -> tuple[Draft, ...]:
    """Return each year's subsidies: for relief and in general from the union above, for a contest from the employer."""
    drafts = []
    for year in YEARS:
        kinds = (
            ("relief", 3, 24, HIGHER_UNION, "收到市总工会拨付困难职工帮扶专项补助", RELIEF_FEN, "earmarked", RELIEF),
            (
                "employer",
                4,
                21,
                EMPLOYER,
                f"收到单位行政补助{COMPETITION}经费",
                COMPETITION_FEN,
                "subsidy",
                COMPETITION,
            ),
            ("general", 8, 26, HIGHER_UNION, "收到市总工会一般性补助", GENERAL_FEN, "retained", ""),
        )
        meanings = {
            "relief": "earmarked_transfer_subsidy_income",
            "employer": "employer_subsidy_income",
            "general": "general_transfer_subsidy_income",
        }
        for key, month, day, payer, narration, amount, fund, project in kinds:
            told = {"fund": fund, "payment": "transfer", **({"project": project} if project else {})}
            income = chart.account(year, meanings[key])
            when = workday(year, month, day)
            lines = (Line(chart.BASIC, amount), Line(income, -amount))
            drafts.append(Draft(f"subsidy/{key}/{year}", when, payer, narration, lines, told))
    return tuple(drafts)


def interest(numbers: random.Random) -> tuple[Draft, ...]:
    """Return the bank's interest of each quarter."""
    drafts = []
    for year in YEARS:
        for month in (3, 6, 9, 12):
            amount = numbers.randint(90_00, 160_00)
            when: datetime.date = workday(year, month, 21)
            lines = (Line(chart.BASIC, amount), Line(chart.account(year, "other_income", "01-利息收入"), -amount))
            told = {"fund": "retained", "payment": "transfer"}
            narration = f"收到基本户第{month // 3}季度存款利息"
            drafts.append(Draft(f"interest/{year}-{month:02d}", when, BANK, narration, lines, told))
    return tuple(drafts)
