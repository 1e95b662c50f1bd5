"""Which months lack a bank statement, and which gaps at month ends nothing in transit explains."""

from __future__ import annotations

import datetime

from ledger.journal_rows import net_fen
from rules.bookkeeping.statements_of_bank import Reconciled
from rules.indexes import between, lines_by_account, openings, upto
from rules.remittance.months import last_day, month_of_day, span
from rules.rule import Case


def live(case: Case, account: str) -> bool:
    """Tell whether an account moved in the period or has a balance at its end."""
    lines = upto(lines_by_account(case.facts)[account], case.until)
    return bool(lines) and (lines[-1].date >= case.since or net_fen(lines) != 0)


def missing_months(case: Case, found: Reconciled, step: int) -> list[str]:
    """Return the whole months of the period with movements in stretches of `step` months without a statement."""
    booked = found.booked | _months_before(case, found)
    inside = [m for m in span(month_of_day(case.since), month_of_day(case.until)) if last_day(m) <= case.until]
    lots = [inside[n : n + step] for n in range(0, len(inside), step)]
    stated = found.stated
    return [m for lot in lots if set(lot) & booked and not set(lot) & stated for m in lot if m in booked]


def _months_before(case: Case, found: Reconciled) -> set[str]:
    """Return the months of the period with movements in the books before the statements begin."""
    lines, brought = lines_by_account(case.facts)[found.account], openings(case.facts)
    own = between(lines, case.since, found.begins)
    return {month_of_day(day) for day in {line.date for line in own if line.entry not in brought}}


def month_ends(case: Case, found: Reconciled) -> list[datetime.date]:
    """Return the month ends of the period, and its last day, for which there is a statement.

    A month after the last row of the statement has none: it is reported as missing, not as a gap.
    """
    stated = found.stated
    days = [min(last_day(m), case.until) for m in span(month_of_day(case.since), month_of_day(case.until))]
    return [d for d in days if d > found.begins and (d <= found.ends or month_of_day(d) in stated)]


def unexplained(found: Reconciled, at: datetime.date, allowed: datetime.timedelta) -> int:
    """Return the gap that neither all items in transit nor the recent ones explain, 0 while it is too early to say."""
    gap, items = found.gap_fen(at), found.in_transit(at)
    recent = sum(item.signed_fen for item in items if item.date >= at - allowed)
    if not found.opening_gap_fen or gap == recent or at < found.begins + allowed:
        return 0
    return gap - recent
