"""The schedule of contributions: for every month of wages what was due, received, late and passed on.

Due is payroll x rate, rounded half up to the fen per month; the own part is that x the retained share, rounded
the same way; the rest is the higher union's. Under direct collection the whole amount passes through the books
(402 and 211); under collection by tax or treasury only the own part arrives. The way of collection is that of the
month's wages, for a union may have changed it.

What the higher union gives back of small contributions is its own part and meets no month's due, see `small`.
A receipt for a range of months fills each month's open due in order; what is left goes to the last month. A
receipt that names no month counts for the month before its day, and the month says so. Payments upward count
for the months they name, otherwise for the oldest amounts booked (first in, first out).
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from ledger.facts import Facts
from ledger.money import round_half_up, shown_yuan
from ledger.register_rows import PayrollRow, rows_of_register
from rules.finding import Text
from rules.law import Law, NoParameter, ParameterValue
from rules.remittance.allocation import Allotted, allocate
from rules.remittance.lateness import Lateness, LatePart, lateness
from rules.remittance.months import day_in, first_day, last_day, month_of_day, shifted
from rules.remittance.movements import Movement, MovementKind, movements, open_accruals
from rules.remittance.small import is_small_return, is_upper_part
from rules.remittance.upward import Bucket, upward_ledger
from rules.vouchers import days_kept


@dataclass(frozen=True)
class MonthDue:
    """One month of wages under the duty to contribute; every amount in fen.

    `due_by` is None where the law of the region sets no day; `overdue` tells whether the month could be judged
    on `as_of`. `own_due_fen` and `upward_due_fen` are None where nobody set a retained share. `received_fen` is
    402 + 211 under direct collection, 402 alone otherwise, and is compared with `expected_fen`. `accrued_fen` is
    what was booked against a receivable and had not come by `as_of`; it is no part of what was received.
    """

    month: str
    due_by: datetime.date | None
    as_of: datetime.date
    collection: str
    payroll: tuple[tuple[str, int], ...]
    payroll_fen: int
    rate: ParameterValue
    due_fen: int
    formula: Text
    retained_share: ParameterValue | None
    own_due_fen: int | None
    upward_due_fen: int | None
    expected_fen: int
    own_received_fen: int
    upward_booked_fen: int
    received_fen: int
    received_by_due_fen: int
    last_received: datetime.date | None
    shortfall_fen: int
    excess_fen: int
    late: tuple[LatePart, ...]
    missing: tuple[LatePart, ...]
    due_day: ParameterValue | None
    late_fee_daily: ParameterValue | None
    late_fee_cap: ParameterValue | None
    late_fee_fen: int
    missing_fee_fen: int
    accrued_fen: int
    paid_upward_fen: int
    outstanding_fen: int
    assumed: bool
    receipts: tuple[Movement, ...]
    untested: tuple[Text, ...] = ()

    @property
    def overdue(self) -> bool:
        """Whether the whole amount had fallen due by `as_of`; without a day of law, once the next month is over."""
        limit = self.due_by or last_day(shifted(self.month, 1))
        return limit <= self.as_of

    @property
    def days_late(self) -> int:
        """Calendar days between the due day and the last late receipt, 0 when nothing came late."""
        return max((part.days for part in self.late), default=0)

    @property
    def late_fen(self) -> int:
        """What was received after the due day."""
        return sum(part.amount_fen for part in self.late)

    @property
    def parameters(self) -> tuple[ParameterValue, ...]:
        """Every value of law that this month rests on."""
        used = (self.rate, self.retained_share, self.due_day, self.late_fee_daily, self.late_fee_cap)
        return tuple(value for value in used if value is not None)


@dataclass(frozen=True)
class Totals:
    """Sums over months, in fen; parts that depend on an unknown share are None."""

    payroll_fen: int
    due_fen: int
    own_due_fen: int | None
    upward_due_fen: int | None
    expected_fen: int
    received_fen: int
    shortfall_fen: int
    excess_fen: int
    late_fen: int
    late_fee_fen: int
    upward_booked_fen: int
    paid_upward_fen: int
    outstanding_fen: int


@dataclass(frozen=True)
class _Duty:
    """What one month owes, before anything received."""

    month: str
    collection: str
    due_by: datetime.date | None
    payroll: tuple[tuple[str, int], ...]
    rate: ParameterValue
    due_fen: int
    share: ParameterValue | None
    own_fen: int | None
    expected_fen: int
    values: Mapping[str, ParameterValue] = field(default_factory=dict)

    @property
    def payroll_fen(self) -> int:
        return sum(fen for _, fen in self.payroll)


def schedule(
    facts: Facts,
    law: Law,
    since: datetime.date,
    until: datetime.date,
    *,
    as_of: datetime.date | None = None,
) -> tuple[MonthDue, ...]:
    """Return every month of the payroll register whose wages fall into a period, oldest first.

    Receipts and payments count up to `as_of`; without it, up to the end of the period or of the book, whichever
    is later. Raises NoParameter where the rate is missing, or the retained share where only the own part arrives.
    """
    horizon = as_of or max(until, book_end(facts))
    # The law is kept with what was made of it, so that its identity names it for as long as that is kept.
    name = ("remittance schedule", id(law), since, until, horizon)
    _, due = facts.once(name, lambda: (law, _schedule(facts, law, since, until, horizon)))
    return due


def _schedule(
    facts: Facts, law: Law, since: datetime.date, until: datetime.date, horizon: datetime.date
) -> tuple[MonthDue, ...]:
    laid = _laid(facts, law, horizon)
    buckets = {b.month: b for b in laid.position if b.month}
    wanted = [m for m in sorted(laid.duties) if month_of_day(since) <= m <= month_of_day(until)]
    return tuple(_month_due(laid.duties[m], laid.allotted.get(m, ()), buckets.get(m), horizon) for m in wanted)


def upward_position(facts: Facts, law: Law, as_of: datetime.date) -> tuple[Bucket, ...]:
    """Return 211 by month of wages as it stood at the end of a day; what is open adds up to its balance.

    Without a payroll register, receipts for a range of months count for the range's last month.
    """
    return _laid(facts, law, as_of).position


@dataclass(frozen=True)
class _Laid:
    """Everything booked up to a day, laid over the months of wages: what they owe, what came for them, and 211."""

    duties: Mapping[str, _Duty]
    allotted: Mapping[str, tuple[Allotted, ...]]
    position: tuple[Bucket, ...]


def _laid(facts: Facts, law: Law, horizon: datetime.date) -> _Laid:
    def made() -> tuple[Law, _Laid]:
        duties = {month: _duty(facts, law, month, rows) for month, rows in _payroll(facts).items()}
        moved = movements(facts, horizon)
        allotted = _allotted(moved, duties)
        return law, _Laid(duties, allotted, upward_ledger(facts, moved, allotted, horizon))

    return facts.once(("contributions laid over months", id(law), horizon), made)[1]


def _allotted(moved: Sequence[Movement], duties: Mapping[str, _Duty]) -> Mapping[str, tuple[Allotted, ...]]:
    expected = {m: d.expected_fen for m, d in duties.items()}
    own = {m: d.own_fen for m, d in duties.items()}
    ordinary = list(open_accruals(moved))
    small: list[Movement] = []
    for receipt in (m for m in moved if m.kind is MovementKind.RECEIPT):
        (small if is_small_return(receipt) else ordinary).append(receipt)
    parts = allocate(ordinary, expected, own)
    fills = [m for m in small if not is_upper_part(m, parts, expected)]
    return allocate([*ordinary, *fills], expected, own) if fills else parts


def book_end(facts: Facts) -> datetime.date:
    """Return the day of the book's last voucher, or the first day of the calendar for an empty book."""
    days = days_kept(facts)
    return days[1] if days else datetime.date.min


def totals(months: Sequence[MonthDue]) -> Totals:
    """Add months up."""
    own = [m.own_due_fen for m in months]
    upward = [m.upward_due_fen for m in months]
    return Totals(
        payroll_fen=sum(m.payroll_fen for m in months),
        due_fen=sum(m.due_fen for m in months),
        own_due_fen=_sum_known(own),
        upward_due_fen=_sum_known(upward),
        expected_fen=sum(m.expected_fen for m in months),
        received_fen=sum(m.received_fen for m in months),
        shortfall_fen=sum(m.shortfall_fen for m in months),
        excess_fen=sum(m.excess_fen for m in months),
        late_fen=sum(m.late_fen for m in months),
        late_fee_fen=sum(m.late_fee_fen for m in months),
        upward_booked_fen=sum(m.upward_booked_fen for m in months),
        paid_upward_fen=sum(m.paid_upward_fen for m in months),
        outstanding_fen=sum(m.outstanding_fen for m in months),
    )


def _sum_known(parts: Sequence[int | None]) -> int | None:
    known = [p for p in parts if p is not None]
    return sum(known) if len(known) == len(parts) else None


def _payroll(facts: Facts) -> dict[str, tuple[tuple[str, int], ...]]:
    if "payroll" not in facts.registers:
        return {}
    sums: dict[str, dict[str, int]] = {}
    for row in rows_of_register(facts, PayrollRow):
        if row.month:
            of_month = sums.setdefault(row.month, {})
            of_month[row.category] = of_month.get(row.category, 0) + row.total_wages_fen
    return {month: tuple(sorted(parts.items())) for month, parts in sums.items()}


def _duty(facts: Facts, law: Law, month: str, payroll: tuple[tuple[str, int], ...]) -> _Duty:
    union, day = facts.union, last_day(month)
    rate = law.value("contribution.rate", day, union)
    wages = sum(fen for _, fen in payroll)
    due = round_half_up(Decimal(wages) * rate.number)
    share = _share(law, facts, day)
    own = None if share is None else round_half_up(Decimal(due) * share.number)
    following = shifted(month, 1)
    due_day = _optional(law, "contribution.due_day", first_day(following), facts)
    due_by = None if due_day is None else day_in(following, int(due_day.number))
    values = {}
    if due_by is not None and due_day is not None:
        values["contribution.due_day"] = due_day
        for key in ("contribution.late_fee_daily", "contribution.late_fee_cap_share"):
            found = _optional(law, key, due_by, facts)
            if found is not None:
                values[key] = found
    collection = union.collection_on(day)
    expected = due if collection == "direct" or own is None else own
    return _Duty(month, collection, due_by, payroll, rate, due, share, own, expected, values)


def _share(law: Law, facts: Facts, day: datetime.date) -> ParameterValue | None:
    if facts.union.collection_on(day) != "direct":
        return law.value("contribution.retained_share", day, facts.union)
    return _optional(law, "contribution.retained_share", day, facts)


def _optional(law: Law, key: str, day: datetime.date, facts: Facts) -> ParameterValue | None:
    try:
        return law.value(key, day, facts.union)
    except NoParameter:
        return None


def _month_due(
    duty: _Duty,
    allotted: Sequence[Allotted],
    bucket: Bucket | None,
    horizon: datetime.date,
) -> MonthDue:
    direct = duty.collection == "direct"
    parts = [p for p in allotted if p.movement.kind is MovementKind.RECEIPT]
    accrued = [p for p in allotted if p.movement.kind is MovementKind.ACCRUAL]
    own = sum(p.own_fen for p in parts)
    upward = sum(p.upward_fen for p in parts)
    received = own + upward if direct else own
    flow = [(p.date, p.own_fen + p.upward_fen if direct else p.own_fen) for p in parts]
    fee, cap = duty.values.get("contribution.late_fee_daily"), duty.values.get("contribution.late_fee_cap_share")
    late = Lateness((), ()) if duty.due_by is None else lateness(duty.expected_fen, flow, duty.due_by, horizon)
    by_due = received if duty.due_by is None else sum(fen for day, fen in flow if day <= duty.due_by)
    arrived = [day for day, fen in flow if fen > 0]
    assumed = any(p.movement.assumed for p in parts)
    return MonthDue(
        month=duty.month,
        due_by=duty.due_by,
        as_of=horizon,
        collection=duty.collection,
        payroll=duty.payroll,
        payroll_fen=duty.payroll_fen,
        rate=duty.rate,
        due_fen=duty.due_fen,
        formula=_formula(duty),
        retained_share=duty.share,
        own_due_fen=duty.own_fen,
        upward_due_fen=None if duty.own_fen is None else duty.due_fen - duty.own_fen,
        expected_fen=duty.expected_fen,
        own_received_fen=own,
        upward_booked_fen=upward,
        received_fen=received,
        received_by_due_fen=by_due,
        last_received=max(arrived, default=None),
        shortfall_fen=max(0, duty.expected_fen - received),
        excess_fen=max(0, received - duty.expected_fen),
        late=late.late,
        missing=late.missing,
        due_day=duty.values.get("contribution.due_day"),
        late_fee_daily=fee,
        late_fee_cap=cap,
        late_fee_fen=late.fee(late.late, fee, cap),
        missing_fee_fen=late.fee(late.missing, fee, cap),
        accrued_fen=sum(p.own_fen + p.upward_fen if direct else p.own_fen for p in accrued),
        paid_upward_fen=bucket.paid_fen if bucket else 0,
        outstanding_fen=bucket.outstanding_fen if bucket else 0,
        assumed=assumed,
        receipts=tuple(sorted({p.movement for p in parts}, key=lambda m: m.order)),
        untested=_untested(duty.month, assumed=assumed),
    )


def _formula(duty: _Duty) -> Text:
    wages, rate = shown_yuan(duty.payroll_fen), f"{duty.rate.number * 100:f}".rstrip("0").rstrip(".")
    zh = f"应拨 {wages} × {rate}% ＝ {shown_yuan(duty.due_fen)} 元（四舍五入到分）"
    en = f"due {wages} x {rate}% = {shown_yuan(duty.due_fen)} yuan (half up to the fen)"
    if duty.share is not None and duty.own_fen is not None:
        share, own = f"{duty.share.number:f}", shown_yuan(duty.own_fen)
        zh += f"；其中本级留成 {shown_yuan(duty.due_fen)} × {share} ＝ {own} 元"
        en += f"; of it retained {shown_yuan(duty.due_fen)} x {share} = {own} yuan"
    return Text(zh, en)


def _untested(month: str, *, assumed: bool) -> tuple[Text, ...]:
    if not assumed:
        return ()
    zh = f"{month}：有拨缴凭证未注明所属月，按入账日的上月计入，归属月份未经证实"
    return (Text(zh, f"{month}: receipts without month-of were taken for the month before their day"),)
