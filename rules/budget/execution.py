"""How a year's budget was executed: every line with its versions, what was spent or received, and what is left.

Actual expenditure is debits net of credits, actual income credits net of debits; opening, change-over and
carry-forward vouchers never count. A budget is replayed against the books voucher by voucher: what counts on a
day are the lines and amounts in force on that day.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain, groupby, pairwise
from operator import attrgetter
from types import MappingProxyType
from typing import NamedTuple

from ledger.accounts import components
from ledger.facts import Facts
from ledger.journal_rows import PostingRow, net_fen
from ledger.money import shown_yuan
from rules.budget.disputed import disputed
from rules.budget.lines import (
    INCOME,
    SPENDING,
    BudgetVersion,
    LineKey,
    covering,
    in_force,
    outermost,
    versions_of,
)
from rules.evidence import posting_evidence
from rules.finding import Evidence, Text
from rules.rule import voucher_order

__all__ = [
    "BudgetLine",
    "Exceeding",
    "Moved",
    "execution",
    "flows",
    "line_totals",
    "movements",
    "nets",
    "oldest_first",
    "replay",
]


@dataclass(frozen=True)
class BudgetLine:
    """One line of a year's budget with its execution; amounts in fen, positive for income as for expenditure.

    `original_fen` is the budget of the year's beginning (version 0), None for a line that a revision added;
    `in_force_fen` and `version` are those of the last version in force, None where money moved without any
    budget line. `first_exceeded` is the first voucher after which more was spent than the budget in force on
    its day, None where none did. `file` and `line` are of the directive in force, empty and 0 without one.
    `contained` tells that a line above, of the same project, counts these amounts too: totals leave it out.
    `disputed` tells that the book holds one version of it twice with different contents: it has no budget to
    compare with then, which is not the same as having none.
    """

    account: str
    name: str
    code: str
    meaning: str
    element: str
    project: str
    original_fen: int | None
    in_force_fen: int | None
    actual_fen: int
    version: int | None
    first_exceeded: Evidence | None
    file: str
    line: int
    contained: bool = False
    disputed: bool = False

    @property
    def remaining_fen(self) -> int:
        """What is left of the budget in force: negative when exceeded; without a budget, minus what was spent."""
        return (self.in_force_fen or 0) - self.actual_fen

    @property
    def rate(self) -> Decimal | None:
        """Execution rate, a fraction of one; None without a budget or with a budget of zero."""
        return Decimal(self.actual_fen) / Decimal(self.in_force_fen) if self.in_force_fen else None


# What vouchers moved by account and project, day by day: one posting a voucher, its only one there or the first in the
# file with the sum of all.
Moved = Mapping[tuple[str, str], Sequence[PostingRow]]
Nets = Mapping[tuple[str, str], int]  # what they come to


class Exceeding(NamedTuple):
    """A voucher that spent on a line beyond the budget in force on its day, and how far the line then stood over."""

    movement: PostingRow
    budget: BudgetVersion
    spent_fen: int
    total_fen: int

    @property
    def excess_fen(self) -> int:
        """How far the line stood above its budget after the voucher."""
        return self.total_fen - self.budget.amount_fen


def flows(facts: Facts, year: int, until: datetime.date, element: str) -> Sequence[PostingRow]:
    """Return the postings of a year on accounts of income or of expenditure, up to a day."""
    last = min(until, datetime.date(year, 12, 31))
    return facts.booked_in(datetime.date(year, 1, 1), last).of(element)


def movements(facts: Facts, year: int, until: datetime.date, element: str = SPENDING) -> Moved:
    """Return what vouchers of a year moved on accounts of expenditure (or of income) up to a day, debit positive."""
    last = min(until, datetime.date(year, 12, 31))
    name = ("budget movements", year, last, element)
    return facts.once(name, lambda: MappingProxyType(_movements(flows(facts, year, last, element))))


def _movements(postings: Iterable[PostingRow]) -> dict[tuple[str, str], Sequence[PostingRow]]:
    pairs: dict[tuple[str, str], list[PostingRow]] = defaultdict(list)
    for posting in postings:
        pairs[posting.account, posting.project].append(posting)
    return {pair: moved for pair, own in pairs.items() if (moved := _by_voucher(own))}


def _by_voucher(postings: Sequence[PostingRow]) -> Sequence[PostingRow]:
    """Return one posting a voucher, with the net of all, in order of the journal; those that net to nothing drop."""
    if len({posting.entry for posting in postings}) < len(postings):
        postings = [_as_one(list(own)) for _, own in groupby(postings, attrgetter("entry"))]
    return tuple([posting for posting in postings if posting.amount_fen])


def _as_one(postings: Sequence[PostingRow]) -> PostingRow:
    return min(postings, key=attrgetter("line"))._replace(amount_fen=net_fen(postings))


def oldest_first(moved: Iterable[PostingRow]) -> list[PostingRow]:
    """Return movements by day, word and number of the voucher, so that its place in the files is without effect.

    What one voucher moved stands in order of account and project.
    """
    return sorted(moved, key=lambda m: (*voucher_order(m.head), m.account, m.project))


def execution(facts: Facts, year: int, until: datetime.date) -> tuple[BudgetLine, ...]:
    """Return every line of a year's budget as it stands at the end of a day, in order of account and project.

    Where money of income or expenditure moved without any line, a line without a budget stands for its
    statutory account and project. A line of net assets (use of earlier years' surplus) has no actual amount of
    its own: the surplus is used by the year's result, not by vouchers.
    """
    return facts.once(("budget execution", year, until), lambda: _execution(facts, year, until))


def _execution(facts: Facts, year: int, until: datetime.date) -> tuple[BudgetLine, ...]:
    versions = versions_of(facts, year)
    lines = in_force(versions, until)
    originals = {v.key: v.amount_fen for v in versions if v.version == 0}
    moved = {**movements(facts, year, until), **movements(facts, year, until, INCOME)}
    amounts = {**nets(facts, year, until), **nets(facts, year, until, INCOME)}
    actual = line_totals(amounts, lines)
    exceeded = replay(facts, year, until)
    whole = outermost(lines)
    unknown = disputed(versions)
    budgeted = [
        BudgetLine(
            account=key.account,
            name=_name(key.account),
            code=version.code,
            meaning=version.meaning,
            element=version.element,
            project=key.project,
            original_fen=None if key in unknown else originals.get(key),
            in_force_fen=None if key in unknown else version.amount_fen,
            actual_fen=actual.get(key, 0),
            version=None if key in unknown else version.version,
            first_exceeded=_first(exceeded.get(key, ())),
            file=version.file,
            line=version.line,
            contained=key not in whole,
            disputed=key in unknown,
        )
        for key, version in lines.items()
    ]
    return tuple(sorted([*budgeted, *_without_budget(moved, amounts, lines)], key=lambda b: (b.account, b.project)))


def replay(facts: Facts, year: int, until: datetime.date) -> Mapping[LineKey, tuple[Exceeding, ...]]:
    """Return, for each line of expenditure, the vouchers that spent beyond the budget in force on their day.

    The days on which some version came into force cut the year into stretches; in each, all that was spent since
    January is counted on the lines of that stretch, and the stretch's vouchers are judged. Disputed lines are not.
    """
    return facts.once(("budget replay", year, until), lambda: _replay(facts, year, until))


def _replay(facts: Facts, year: int, until: datetime.date) -> Mapping[LineKey, tuple[Exceeding, ...]]:
    moved = movements(facts, year, until)
    versions = versions_of(facts, year)
    unknown = disputed(versions)
    cuts = [*sorted({v.date for v in versions if v.date <= until}), until + datetime.timedelta(days=1)]
    found: dict[LineKey, list[Exceeding]] = defaultdict(list)
    for start, end in pairwise(cuts):
        lines = in_force(versions, start)
        taken: dict[LineKey, list[Sequence[PostingRow]]] = defaultdict(list)
        for pair, own in moved.items():
            for key in covering(lines, *pair):
                taken[key].append(own)
        for key, parts in taken.items():
            if key not in unknown:
                found[key] += _beyond(lines[key], parts, start, end)
    return {key: tuple(exceedings) for key, exceedings in found.items() if exceedings}


def _beyond(
    budget: BudgetVersion, parts: Sequence[Sequence[PostingRow]], start: datetime.date, end: datetime.date
) -> Iterable[Exceeding]:
    """Yield what vouchers from one day on, before another, spent beyond a budget that takes some movements."""
    # Where all that was ever spent is within the budget, no voucher went beyond it on the way.
    if sum(m.amount_fen for m in chain(*parts) if m.amount_fen > 0) <= budget.amount_fen:
        return
    vouchers: dict[int, list[PostingRow]] = defaultdict(list)
    for move in oldest_first(m for m in chain(*parts) if m.date < end):
        vouchers[move.entry].append(move)
    total = 0
    for moves in vouchers.values():
        amount = net_fen(moves)
        total += amount
        if moves[0].date >= start and amount > 0 and total > budget.amount_fen:
            largest = max(moves, key=lambda m: (m.amount_fen, m.account))
            yield Exceeding(largest, budget, amount, total)


def nets(facts: Facts, year: int, until: datetime.date, element: str = SPENDING) -> Nets:
    """Return what was spent (or received) in a year up to a day by account and project, in fen, positive for both."""

    def summed() -> Nets:
        sign = -1 if element == INCOME else 1
        return {pair: sign * net_fen(own) for pair, own in movements(facts, year, until, element).items()}

    return facts.once(("budget nets", year, until, element), summed)


def line_totals(amounts: Nets, lines: Iterable[LineKey]) -> Mapping[LineKey, int]:
    """Return what amounts come to on each of some lines, in fen; lines that nothing touched are absent."""
    totals: dict[LineKey, int] = defaultdict(int)
    for pair, amount in amounts.items():
        for key in covering(lines, *pair):
            totals[key] += amount
    return totals


def _without_budget(moved: Moved, amounts: Nets, lines: Iterable[LineKey]) -> list[BudgetLine]:
    totals: dict[LineKey, int] = defaultdict(int)
    kinds: dict[LineKey, PostingRow] = {}
    for pair, amount in amounts.items():
        if not covering(lines, *pair):
            last = moved[pair][-1]
            key = LineKey(statutory_part(last.account, last.code), last.project)
            totals[key] += amount
            kinds[key] = last
    return [
        BudgetLine(
            account=key.account,
            name=_name(key.account),
            code=kinds[key].code,
            meaning=kinds[key].meaning,
            element=kinds[key].element,
            project=key.project,
            original_fen=None,
            in_force_fen=None,
            actual_fen=amount,
            version=None,
            first_exceeded=None,
            file="",
            line=0,
        )
        for key, amount in totals.items()
        if amount
    ]


def statutory_part(account: str, code: str) -> str:
    """Return an account without the local sub-accounts below its statutory one; the whole account when unknown."""
    parts = account.split(":")
    digits = [part[0] for part in components(account)]
    return ":".join(parts[: digits.index(code) + 2]) if code in digits else account


def _name(account: str) -> str:
    return components(account)[-1][1] if components(account) else account


def _first(exceedings: Iterable[Exceeding]) -> Evidence | None:
    for exceeding in exceedings:
        excess = shown_yuan(exceeding.excess_fen)
        note = Text(
            f"自本凭证起超预算：当日生效预算 {shown_yuan(exceeding.budget.amount_fen)} 元，超出 {excess} 元",
            f"from this voucher on the line is over its budget, by {excess} yuan",
        )
        return posting_evidence(exceeding.movement, note, exceeding.spent_fen)
    return None
