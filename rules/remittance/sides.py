"""Both sides of one relation: this union's books against those of the union above, month by month.

Four things are laid side by side, each from this union's account and from the higher union's for this union:
what was passed on (211 paid ↔ received by vouchers on 402, 132 or 211 there), what was sent back (received on 131
or 402 here ↔ 212 paid there), and what stands open at each month's end (211 ↔ 132, 131 ↔ 212). Flows count for the
last month that their voucher names, otherwise for the month before its day; balances for the calendar month.
A voucher belongs to the other side by its payee or by the name of a sub-account, nothing else.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from ledger.accounts import components
from ledger.facts import Facts
from ledger.journal_rows import PostingRow, net_fen
from rules.law import Law, NoParameter
from rules.remittance.months import last_day, month_of_day, parse_month_of, shifted, span
from rules.remittance.movements import OWN, PAID_FROM, UPWARD
from rules.remittance.schedule import schedule
from rules.vouchers import first_placed, net_on

RECEIVABLE_ABOVE, RECEIVABLE_BELOW, PAYABLE_BELOW = (
    "due_from_higher_union",
    "due_from_lower_union",
    "due_to_lower_union",
)
_BODY = "委员会"


class Relation(StrEnum):
    """What is compared."""

    PASSED_ON = "passed-on"  # paid on 211 here, received there
    SENT_BACK = "sent-back"  # paid on 212 there, received here
    OWED = "owed"  # balance of 211 here, of 132 there
    CLAIMED = "claimed"  # balance of 131 here, of 212 there


@dataclass(frozen=True)
class SideRow:
    """One relation in one month, in fen: this union's figure and the higher union's.

    `due_fen` is what was to be passed on for the month by payroll and law, None for other relations and where it
    cannot be computed. `running_fen` adds the differences up from the first month (of a balance: is the difference
    itself); a flow booked a month later on one side comes back to zero. Vouchers are those behind the figures.
    """

    relation: Relation
    month: str
    due_fen: int | None
    lower_fen: int
    higher_fen: int
    running_fen: int
    lower_vouchers: tuple[str, ...] = ()
    higher_vouchers: tuple[str, ...] = ()

    @property
    def difference_fen(self) -> int:
        """This union's figure less the higher union's; zero where both agree."""
        return self.lower_fen - self.higher_fen


@dataclass
class _Flow:
    fen: int = 0
    vouchers: list[str] = field(default_factory=list)


def compare(lower: Facts, higher: Facts, law: Law, since: datetime.date, until: datetime.date) -> tuple[SideRow, ...]:
    """Return every relation month by month, where either side has anything; a difference is a fact, not a fault.

    A relation that neither book ever knew is left out. Vouchers up to `until` count on both sides.
    """
    months = tuple(span(month_of_day(since), month_of_day(until)))
    due = _due(lower, law, since, until)
    here, there = lower.union.name, higher.union.name
    passed = (
        _flows(lower, (UPWARD,), there, until, incoming=False, without=(OWN,)),
        _flows(higher, (OWN, UPWARD, RECEIVABLE_BELOW), here, until, incoming=True),
    )
    back = (
        _flows(lower, (OWN, RECEIVABLE_ABOVE), there, until, incoming=True),
        _flows(higher, (PAYABLE_BELOW,), here, until, incoming=False),
    )
    made = [*_flow_rows(Relation.PASSED_ON, months, *passed, due), *_flow_rows(Relation.SENT_BACK, months, *back, {})]
    for relation, own, other in (
        (Relation.OWED, (UPWARD, -1), (RECEIVABLE_BELOW, 1)),
        (Relation.CLAIMED, (RECEIVABLE_ABOVE, 1), (PAYABLE_BELOW, -1)),
    ):
        ends = [min(last_day(month), until) for month in months]
        rows = list(zip(months, _balances(lower, *own, "", ends), _balances(higher, *other, here, ends), strict=True))
        if any(a or b for _, a, b in rows):
            made += [SideRow(relation, month, None, a, b, a - b) for month, a, b in rows]
    return tuple(made)


def is_counterparty(name: str, union: str) -> bool:
    """Tell whether a payee or a sub-account is a union: equal but for punctuation and a closing 委员会."""
    return bool(name) and _plain(name) == _plain(union)


def _plain(name: str) -> str:
    return "".join(c for c in name if c.isalnum()).removesuffix(_BODY)


def _due(facts: Facts, law: Law, since: datetime.date, until: datetime.date) -> Mapping[str, int | None]:
    try:
        return {month.month: month.upward_due_fen for month in schedule(facts, law, since, until)}
    except NoParameter:
        return {}


def _flows(
    facts: Facts,
    groups: Sequence[str],
    other: str,
    until: datetime.date,
    *,
    incoming: bool,
    without: Sequence[str] = (),
) -> Mapping[str, _Flow]:
    """Return by month the money that came from (or went to) the other side in vouchers on some groups of accounts.

    What of a voucher's money belongs to those groups is at most what the voucher moved on them, so that other
    business in the same voucher stays out. Vouchers on the groups in `without` do not count.
    """
    journal = facts.booked_in(datetime.date.min, until)
    lines, barred = journal.on(*groups), {line.entry for line in journal.on(*without)}
    payees = {name for name in {line.head.payee for line in lines} if is_counterparty(name, other)}
    accounts = {name for name in {line.account for line in lines} if _named(name, other)}
    own: dict[int, list[PostingRow]] = defaultdict(list)
    for line in lines:
        # In a voucher that is another's by its payee, only the lines that name this union count.
        if line.entry not in barred and (line.head.payee in payees or line.account in accounts):
            own[line.entry].append(line)
    sign = 1 if incoming else -1
    found: dict[str, _Flow] = {}
    for entry, of_voucher in own.items():
        moved, came = -sign * net_fen(of_voucher), sign * net_on(journal.by_entry[entry], *PAID_FROM)
        first = first_placed(of_voucher)
        fen = min(came, moved) if came > 0 and moved > 0 else 0
        # A refund turns both signs round; money of a third party (a tax office's collection) is none.
        if came < 0 and moved < 0 and first.head.payee in payees:
            fen = max(came, moved)
        if fen:
            flow = found.setdefault(_month(first.month_of, first.date), _Flow())
            flow.fen += fen
            flow.vouchers.append(first.voucher)
    return found


def _named(account: str, union: str) -> bool:
    return any(is_counterparty(name, union) for _, name in components(account)[1:])


def _month(month_of: str, day: datetime.date) -> str:
    months = parse_month_of(month_of)
    return months[-1] if months else shifted(month_of_day(day), -1)


def _flow_rows(
    relation: Relation,
    months: Sequence[str],
    lower: Mapping[str, _Flow],
    higher: Mapping[str, _Flow],
    due: Mapping[str, int | None],
) -> list[SideRow]:
    made: list[SideRow] = []
    running = 0
    none = _Flow()
    for month in months:
        a, b = lower.get(month, none), higher.get(month, none)
        running += a.fen - b.fen
        vouchers = (tuple(sorted(a.vouchers)), tuple(sorted(b.vouchers)))
        made.append(SideRow(relation, month, due.get(month), a.fen, b.fen, running, *vouchers))
    return made if any(row.lower_fen or row.higher_fen or row.due_fen for row in made) else []


def _balances(facts: Facts, group: str, sign: int, other: str, ends: Sequence[datetime.date]) -> list[int]:
    """Return the balance at the end of each day, of what belongs to the other side (all where none is asked).

    A sub-account belongs to the union that it names; on an account that names nobody, the voucher's payee decides.
    """
    lines = [line for line in facts.booked.on(group) if not other or _theirs(line, other)]
    return [sign * net_fen(line for line in lines if line.date <= end) for end in ends]


def _theirs(line: PostingRow, other: str) -> bool:
    bare = components(line.account)[-1][0] == line.code
    return _named(line.account, other) or (bare and is_counterparty(line.head.payee, other))
