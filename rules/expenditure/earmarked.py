"""Earmarked money in a book: its receipts and spending, its purpose, its opening balance and its closing."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter

from ledger.accounts import chart_on
from ledger.journal_rows import PostingRow, VoucherRow, net_fen
from rules.mapping.kinds import load_mapping
from rules.rule import Case, voucher_order
from rules.text.lists import Field
from rules.text.match import match
from rules.vouchers import business

EARMARKED = "earmarked"
_FUNDS = (EARMARKED, "subsidy")
_CARRIED = ("union_carry_forward", "treasury_carry_forward")


@dataclass(frozen=True)
class Closing:
    """How a year's earmarked money was closed: what had to be carried forward, what was, and the vouchers of it.

    `income_short` tells whether already the income that was carried forward falls short of the earmarked income.
    """

    year: int
    income_short: bool
    due_fen: int
    carried_fen: int
    vouchers: Sequence[VoucherRow]


def earmarked_lines(case: Case) -> Sequence[PostingRow]:
    """Return income and spending of earmarked money up to the period's end, none where the period has none.

    Earmarked is what says so, and subsidies that name a project.
    """
    journal = business(case)
    funded = [line for element in ("income", "expense") for line in journal.of(element) if line.fund in _FUNDS]
    found = [line for line in funded if line.fund == EARMARKED or line.project]
    if not any(line.date >= case.since for line in found):
        return ()
    return sorted(found, key=attrgetter("date", "entry", "posting"))


def purpose_of(project: str, at: datetime.date) -> frozenset[str]:
    """Return the meanings of accounts that the words of a project's name point at; none where they say nothing.

    An account that the chart of the day does not know yet says nothing: before 2022 its purpose stood elsewhere.
    """
    known = chart_on(at).by_meaning
    words = match(project, "spending_kinds", at, Field.NARRATION)
    kinds = load_mapping().kinds
    return frozenset(
        meaning for word in words if word.means in kinds for meaning in kinds[word.means].meanings if meaning in known
    )


def opening_of(case: Case, project: str) -> int | None:
    """Return what a project had when the book began, in fen; None where the opening balance is not by project."""
    opened = [line for line in case.facts.booked.on(*_CARRIED) if line.head.opening]
    if net_fen(opened) == 0:
        return 0
    if not any(line.project for line in opened):
        return None
    return -net_fen(line for line in opened if line.project == project)


def closing_of(case: Case, lines: Sequence[PostingRow], year: int) -> Closing:
    """Return how a year's earmarked money was closed; `lines` are those of `earmarked_lines`."""
    own = [line for line in lines if line.date.year == year and line.project]
    moving = [voucher for voucher in case.facts.listed if voucher.carry_forward and voucher.date.year == year]
    by_entry = case.facts.booked.by_entry
    sides = {
        voucher.entry: {line.element for line in by_entry.get(voucher.entry, ())} & {"income", "expense"}
        for voucher in moving
    }
    closed = sorted((voucher for voucher in moving if sides[voucher.entry]), key=voucher_order)
    carried = [line for voucher in closed for line in by_entry[voucher.entry] if line.group in _CARRIED]
    income, due = -net_fen(line for line in own if line.element == "income"), -net_fen(own)
    together = any(len(told) > 1 for told in sides.values())  # one voucher closes both: only their net can be seen
    credited = -net_fen(line for line in carried if "income" in sides[line.entry])
    return Closing(
        year=year,
        income_short=credited < (due if together else income),
        due_fen=due,
        carried_fen=-net_fen(carried),
        vouchers=closed,
    )
