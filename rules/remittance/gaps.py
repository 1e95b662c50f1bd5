"""What the payroll register lacks for the schedule: months without wages, and receipts for months it does not know.

Of a month without wages nothing is due and nothing can be said. A receipt that names such a month counts for none
of the months looked at, so that a slip of the pen in `month-of` looks like a month that nobody paid for.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from ledger.facts import Facts
from ledger.money import shown_yuan
from ledger.register_rows import PayrollRow, rows_of_register
from rules.finding import Text
from rules.gather import shown_month
from rules.remittance.months import last_day, month_of_day, shifted, span
from rules.remittance.movement import Movement, MovementKind
from rules.remittance.movements import movements
from rules.remittance.schedule import book_end
from rules.vouchers import days_kept


@dataclass(frozen=True)
class Stray:
    """A receipt of the period that names only months the payroll register does not have; the own part in fen."""

    movement: Movement

    @property
    def text(self) -> Text:
        """Where it stands, which months it names, and what follows."""
        m = self.movement
        months = m.months[0] if len(m.months) == 1 else f"{m.months[0]}..{m.months[-1]}"
        return Text(
            f"{m.voucher or m.date}（{m.file}:{m.line}）写明所属月 {months}，工资总额表没有，"
            f"收到的 {shown_yuan(m.total_fen)} 元没有计入任何月份；请核对 month-of 或补登 registers/payroll.csv",
            f"{m.voucher or m.date} ({m.file}:{m.line}) names {months}, which the payroll register lacks: "
            f"{shown_yuan(m.total_fen)} yuan count for no month",
        )


def missing_months(facts: Facts, since: datetime.date, until: datetime.date) -> tuple[str, ...]:
    """Return the months of a period that should have wages in the payroll register and have none, oldest first.

    Months between others of the register, months that some receipt names, and months kept in the books whose
    following month was over by the book's last day. Without a single month in the register none is named.
    """
    first, last = month_of_day(since), month_of_day(until)
    known = payroll_months(facts)
    if not known:
        return ()
    inside = [m for m in known if first <= m <= last]
    wanted = set(span(min(inside), max(inside))) if inside else set()
    days = days_kept(facts)
    if days is not None:
        begun, end = days
        wanted |= {m for m in span(max(first, month_of_day(begun)), last) if last_day(shifted(m, 1)) <= end}
    named = {month for receipt in _receipts(facts, max(until, book_end(facts))) for month in receipt.months}
    wanted |= {m for m in named if first <= m <= last}
    return tuple(sorted(wanted - known))


def strays(facts: Facts, since: datetime.date, until: datetime.date) -> tuple[Stray, ...]:
    """Return the receipts booked in a period, or after it, for months that the payroll register does not have.

    The month before the register begins is no stray: its contribution falls due in the first month that it has.
    """
    known = payroll_months(facts)
    if not known:
        return ()
    usual = {*known, shifted(min(known), -1)}
    horizon = max(until, book_end(facts))
    found = (m for m in _receipts(facts, horizon) if m.own_fen > 0 and m.date >= since)
    last = month_of_day(until)
    return tuple(Stray(m) for m in found if usual.isdisjoint(m.months) and not _within(m, since, last))


def _within(m: Movement, since: datetime.date, last: str) -> bool:
    """Tell whether a receipt's months lie in the period: then they are among its missing months already."""
    return any(month_of_day(since) <= month <= last for month in m.months)


def payroll_months(facts: Facts) -> frozenset[str]:
    """Return every month that the payroll register has."""
    if "payroll" not in facts.registers:
        return frozenset()
    return frozenset(row.month for row in rows_of_register(facts, PayrollRow)) - {""}


def _receipts(facts: Facts, horizon: datetime.date) -> tuple[Movement, ...]:
    return tuple(m for m in movements(facts, horizon) if m.kind is MovementKind.RECEIPT and not m.assumed)


def missing_texts(months: Sequence[str]) -> tuple[Text, ...]:
    """Return the sentences that say that months have no wages, one for each unbroken run of months."""
    runs: list[list[str]] = []
    for month in months:
        if runs and shifted(runs[-1][-1], 1) == month:
            runs[-1].append(month)
        else:
            runs.append([month])
    return tuple(_missing(run[0], run[-1]) for run in runs)


def _missing(first: str, last: str) -> Text:
    shown = [shown_month(month) for month in (first, last)]
    which, each = (shown[0], "该月") if first == last else ("至".join(shown), "这些月份")
    return Text(
        f"工资总额表没有{which}，{each}应拨数无法计算；请补登 registers/payroll.csv",
        f"the payroll register has no {first if first == last else f'{first} to {last}'}: "
        "what was due cannot be computed",
    )
