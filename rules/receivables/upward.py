"""The books' own side of the account with the higher union: 211 from opening to closing, and where it breaks."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from decimal import Decimal

from ledger.journal_rows import net_fen
from ledger.money import round_half_up
from ledger.register_rows import BankRow
from rules.finding import Text
from rules.remittance.months import month_of_day
from rules.remittance.movements import UPWARD, Movement, MovementKind, movements
from rules.remittance.schedule import MonthDue, schedule, upward_position
from rules.remittance.upward import Bucket
from rules.rule import Case


@dataclass(frozen=True)
class Position:
    """211 in one period, in fen, credits positive: opening + booked - paid + other = closing.

    `stray` are movements that no contribution and no payment explains, `misbooked` months with what should have
    been booked, `overpaid` months with more paid than booked, `unproved` payments that no bank row to the higher
    union proves.
    """

    opening_fen: int
    booked_fen: int
    paid_fen: int
    other_fen: int
    closing_fen: int
    stray: tuple[Movement, ...]
    misbooked: tuple[tuple[MonthDue, int], ...]
    overpaid: tuple[Bucket, ...]
    unproved: tuple[Movement, ...]
    untested: tuple[Text, ...]
    tested: int

    @property
    def any(self) -> bool:
        """Whether 211 had a balance or moved at all."""
        return bool(self.tested or self.opening_fen or self.closing_fen)


def position(case: Case) -> Position:
    """Return the own side of the account with the higher union over the audited period."""
    moved = [m for m in movements(case.facts, case.until) if m.date >= case.since and m.upward_fen]
    booked = [m for m in moved if m.kind in (MovementKind.RECEIPT, MovementKind.ACCRUAL) and not m.settles]
    paid = [m for m in moved if m.kind is MovementKind.PAYMENT]
    other = [m for m in moved if m.kind is MovementKind.OTHER]
    opening = _balance(case, case.since - datetime.timedelta(days=1)) + _carried_in(case)
    buckets = upward_position(case.facts, case.law, case.until)
    first = month_of_day(case.since)
    touched = {m for p in paid for m in p.months} | {b.month for b in buckets if b.month >= first}
    misbooked, untested = _misbooked(case)
    return Position(
        opening_fen=opening,
        booked_fen=sum(m.upward_fen for m in booked),
        paid_fen=sum(m.upward_fen for m in paid),
        other_fen=sum(m.upward_fen for m in other),
        closing_fen=_balance(case, case.until),
        stray=tuple(m for m in other if not m.own_fen),
        misbooked=misbooked,
        overpaid=tuple(b for b in buckets if b.outstanding_fen < 0 and b.month in touched),
        unproved=_unproved(case, paid),
        untested=untested,
        tested=len(moved),
    )


def _balance(case: Case, day: datetime.date) -> int:
    return -net_fen(posting for posting in case.facts.booked.on(UPWARD) if posting.date <= day)


def _carried_in(case: Case) -> int:
    own = case.facts.booked.on(UPWARD)
    return -net_fen(p for p in own if not p.head.business and case.since <= p.date <= case.until)


def _misbooked(case: Case) -> tuple[tuple[tuple[MonthDue, int], ...], tuple[Text, ...]]:
    """Return direct-collection months whose 211 is not the higher union's part of what was received."""
    union = case.facts.union
    if "direct" not in union.collections(case.since, case.until) or union.level != "grassroots":
        return (), ()
    if "payroll" not in case.facts.registers:
        zh = "缺少登记簿 registers/payroll.csv，逐月应上缴数没有核对"
        return (), (Text(zh, "missing register registers/payroll.csv: months were not compared"),)
    found = []
    for month in schedule(case.facts, case.law, case.since, case.until, as_of=case.until):
        if month.collection != "direct" or month.retained_share is None or not month.upward_booked_fen:
            continue
        should = month.received_fen - round_half_up(Decimal(month.received_fen) * month.retained_share.number)
        rounding = sum(len(r.months) for r in month.receipts) - 1
        if abs(should - month.upward_booked_fen) > rounding:
            found.append((month, should))
    return tuple(found), ()


def _unproved(case: Case, paid: list[Movement]) -> tuple[Movement, ...]:
    parent = case.facts.union.parent.strip()
    if "bank" not in case.facts.registers or not parent or not paid:
        return tuple(paid)
    rows = (row for row in case.rows(BankRow) if row.payer_payee.strip() == parent)
    free = [row.debit_fen for row in rows if row.debit_fen is not None]
    left = []
    for movement in paid:
        if movement.upward_fen in free:
            free.remove(movement.upward_fen)
        else:
            left.append(movement)
    return tuple(left)
