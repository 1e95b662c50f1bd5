"""How a year's budget was executed: every line with its versions, what was spent or received, and what is left.

Actual expenditure is debits net of credits, actual income credits net of debits; opening, change-over and
carry-forward vouchers never count. A budget is replayed against the books voucher by voucher: what counts on a
day are the lines and amounts in force on that day.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Any, NamedTuple

from ledger.accounts import components
from ledger.facts import Facts
from ledger.money import shown_yuan
from rules.budget.disputed import disputed
from rules.budget.lines import (
    FLOWS,
    INCOME,
    SPENDING,
    BudgetVersion,
    LineKey,
    covering,
    in_force,
    outermost,
    versions_of,
)
from rules.finding import Evidence, Text

__all__ = ["BudgetLine", "Exceeding", "Movement", "execution", "line_totals", "movements", "replay"]


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


class Movement(NamedTuple):
    """What one voucher moved on one account and project, net; positive for spending and for receiving."""

    entry: int
    voucher: str
    date: datetime.date
    account: str
    project: str
    code: str
    meaning: str
    element: str
    amount_fen: int
    file: str
    line: int

    def evidence(self, note: Text, amount_fen: int | None = None) -> Evidence:
        """Return the movement as evidence, with its own amount unless another is given."""
        amount = abs(self.amount_fen) if amount_fen is None else amount_fen
        return Evidence(note, self.voucher, self.date, self.account, amount, self.file, self.line)


class Exceeding(NamedTuple):
    """A voucher that spent on a line beyond the budget in force on its day, and how far the line then stood over."""

    movement: Movement
    budget: BudgetVersion
    spent_fen: int
    total_fen: int

    @property
    def excess_fen(self) -> int:
        """How far the line stood above its budget after the voucher."""
        return self.total_fen - self.budget.amount_fen


def movements(facts: Facts, year: int, until: datetime.date) -> tuple[Movement, ...]:
    """Return what every voucher of a year moved on accounts of income and expenditure, up to a day.

    Sorted by day, word and number of the voucher, so that the place of a voucher in the files is without effect.
    """
    last = min(until, datetime.date(year, 12, 31))
    return facts.once(("budget movements", year, last), lambda: _movements(facts, year, last))


def _movements(facts: Facts, year: int, until: datetime.date) -> tuple[Movement, ...]:
    rows = facts.activity_of(datetime.date(year, 1, 1), until)
    rows = rows[rows["element"].isin(FLOWS)]
    days = rows["date"].to_numpy().astype("datetime64[D]").tolist()
    numbers = rows["number"].fillna(0).tolist()
    names = ("word", "voucher", "entry", "account", "project", "code", "meaning", "element", "amount_fen")
    each = zip(days, numbers, *(rows[name].tolist() for name in (*names, "file", "line")), strict=True)
    # Day, word and number belong to the entry, code and meaning to the account and its day.
    found: dict[tuple[int, str, str], _Sum] = {}
    for day, number, word, voucher, entry, account, project, code, meaning, element, fen, file, line in each:
        held = found.get((entry, account, project))
        if held is None:
            told = (day, word, number, voucher, entry, account, project, code, meaning, element)
            found[entry, account, project] = _Sum(told, fen, file, line)
            continue
        held.fen += fen
        if line < held.line:
            held.file, held.line = file, line
    moved = []
    for one in sorted(found.values(), key=lambda one: one.told):
        day, _, _, voucher, entry, account, project, code, meaning, element = one.told
        fen = -one.fen if element == INCOME else one.fen
        if fen:
            moved.append(
                Movement(entry, voucher, day, account, project, code, meaning, element, fen, one.file, one.line)
            )
    return tuple(moved)


@dataclass(slots=True)
class _Sum:
    """What a voucher moves on one account and project: what is told of it, in the order it sorts by, and the sum."""

    told: tuple[Any, ...]
    fen: int
    file: str
    line: int


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
    moved = movements(facts, year, until)
    actual = line_totals(moved, lines)
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
    return tuple(sorted([*budgeted, *_without_budget(moved, lines)], key=lambda b: (b.account, b.project)))


def replay(facts: Facts, year: int, until: datetime.date) -> Mapping[LineKey, tuple[Exceeding, ...]]:
    """Return, for each line of expenditure, the vouchers that spent beyond the budget in force on their day.

    The days on which some version came into force cut the year into stretches; in each, all that was spent since
    January is counted on the lines of that stretch, and the stretch's vouchers are judged. Disputed lines are not.
    """
    return facts.once(("budget replay", year, until), lambda: _replay(facts, year, until))


def _replay(facts: Facts, year: int, until: datetime.date) -> Mapping[LineKey, tuple[Exceeding, ...]]:
    spent = [m for m in movements(facts, year, until) if m.element == SPENDING]
    versions = versions_of(facts, year)
    unknown = disputed(versions)
    cuts = [*sorted({v.date for v in versions if v.date <= until}), until + datetime.timedelta(days=1)]
    found: dict[LineKey, list[Exceeding]] = defaultdict(list)
    for start, end in pairwise(cuts):
        lines = in_force(versions, start)
        totals: dict[LineKey, int] = defaultdict(int)
        takers: dict[tuple[str, str], tuple[LineKey, ...]] = {}
        for voucher in _by_voucher(m for m in spent if m.date < end):
            own: dict[LineKey, list[Movement]] = defaultdict(list)
            for move in voucher:
                pair = (move.account, move.project)
                if pair not in takers:
                    takers[pair] = tuple(key for key in covering(lines, *pair) if key not in unknown)
                for key in takers[pair]:
                    own[key].append(move)
            for key, moves in own.items():
                amount = sum(m.amount_fen for m in moves)
                totals[key] += amount
                if moves[0].date >= start and amount > 0 and totals[key] > lines[key].amount_fen:
                    largest = max(moves, key=lambda m: (m.amount_fen, m.account))
                    found[key].append(Exceeding(largest, lines[key], amount, totals[key]))
    return {key: tuple(exceedings) for key, exceedings in found.items()}


def _by_voucher(moved: Iterable[Movement]) -> Iterable[list[Movement]]:
    vouchers: dict[int, list[Movement]] = defaultdict(list)
    for move in moved:
        vouchers[move.entry].append(move)
    return vouchers.values()


def line_totals(moved: Iterable[Movement], lines: Iterable[LineKey]) -> Mapping[LineKey, int]:
    """Return what movements came to on each of some lines, in fen; lines that nothing touched are absent."""
    totals: dict[LineKey, int] = defaultdict(int)
    for pair, amount in _by_pair(moved).items():
        for key in covering(lines, *pair):
            totals[key] += amount
    return totals


def _by_pair(moved: Iterable[Movement]) -> Mapping[tuple[str, str], int]:
    totals: dict[tuple[str, str], int] = defaultdict(int)
    for move in moved:
        totals[(move.account, move.project)] += move.amount_fen
    return totals


def _without_budget(moved: Iterable[Movement], lines: Iterable[LineKey]) -> list[BudgetLine]:
    totals: dict[LineKey, int] = defaultdict(int)
    kinds: dict[LineKey, Movement] = {}
    bare = {pair for pair in _by_pair(moved) if not covering(lines, *pair)}
    for move in moved:
        if (move.account, move.project) in bare:
            key = LineKey(statutory_part(move.account, move.code), move.project)
            totals[key] += move.amount_fen
            kinds[key] = move
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
        return exceeding.movement.evidence(note, exceeding.spent_fen)
    return None
