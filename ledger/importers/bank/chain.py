"""The running balance of a statement: which order of its lines it proves, and where it breaks.

Banks print the oldest line first or the newest, and some print the lines of one day in any order. Every printed
balance is the one before plus the amount: lines are edges from one balance to the next, and an order of a day is a
walk over all its edges.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple


class Step(NamedTuple):
    """One line: its day, its amount in fen (money in positive), and the balance printed behind it, if any."""

    day: datetime.date
    amount_fen: int
    balance_fen: int | None


@dataclass(frozen=True)
class Chain:
    """The order of lines (places in what was given, oldest first), and the places in it whose balance does not follow.

    `rearranged` says that lines of one day had to change places to prove the balance.
    """

    order: tuple[int, ...]
    breaks: tuple[int, ...]
    rearranged: bool = False


def chained(steps: Sequence[Step]) -> Chain:
    """Return the order that the printed balances prove, or the best one with its breaks."""
    places = range(len(steps))
    days = [step.day for step in steps]
    plain = (tuple(places), tuple(reversed(places)))
    by_day = tuple(tuple(sorted(order, key=lambda n: days[n])) for order in plain)
    candidates = [Chain(order, breaks_of([steps[n] for n in order])) for order in (*by_day, *plain)]
    best = min(candidates, key=lambda chain: len(chain.breaks))
    if best.breaks and all(step.balance_fen is not None for step in steps):
        for order in by_day:
            walked = _walk_days(steps, order)
            if walked is not None:
                return Chain(walked, (), rearranged=True)
    return best


def breaks_of(steps: Sequence[Step]) -> tuple[int, ...]:
    """Return the places of lines whose printed balance is not that of the line before plus the amount."""
    found: list[int] = []
    before: int | None = None
    between = 0
    for place, step in enumerate(steps):
        between += step.amount_fen
        if step.balance_fen is None:
            continue
        if before is not None and before + between != step.balance_fen:
            found.append(place)
        before, between = step.balance_fen, 0
    return tuple(found)


def _walk_days(steps: Sequence[Step], order: Sequence[int]) -> tuple[int, ...] | None:
    walked: list[int] = []
    balance: int | None = None
    for _, group in groupby(order, key=lambda n: steps[n].day):
        places = list(group)
        path = _walk(steps, places, balance)
        if path is None:
            return None
        walked += path
        balance = steps[path[-1]].balance_fen
    return tuple(walked)


def _walk(steps: Sequence[Step], places: Sequence[int], start: int | None) -> list[int] | None:
    """Return a walk over all lines of one day from a balance (Hierholzer), None where there is none."""
    leaving: dict[int, list[int]] = defaultdict(list)
    surplus: dict[int, int] = defaultdict(int)
    for n in reversed(places):
        after = steps[n].balance_fen or 0
        before = after - steps[n].amount_fen
        leaving[before].append(n)
        surplus[before] += 1
        surplus[after] -= 1
    first = steps[places[0]]
    begin = start if start is not None else next((b for b, s in surplus.items() if s == 1), None)
    if begin is None:
        begin = (first.balance_fen or 0) - first.amount_fen
    stack: list[tuple[int, int | None]] = [(begin, None)]
    path: list[int] = []
    while stack:
        balance, via = stack[-1]
        if leaving[balance]:
            n = leaving[balance].pop()
            stack.append((steps[n].balance_fen or 0, n))
        else:
            stack.pop()
            if via is not None:
                path.append(via)
    path.reverse()
    walked = [steps[n] for n in path]
    proved = len(path) == len(places) and not breaks_of(walked)
    joined = proved and (walked[0].balance_fen or 0) - walked[0].amount_fen == begin
    return path if joined else None
