"""Filling a form: from sums by meaning to the amounts of its lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ledger.accounts import Chart
from reports.statements.forms import FormLine
from reports.statements.statement import Line

Amounts = dict[str, int | None]


def fill(form: Sequence[FormLine], balances: Mapping[str, int], given: Mapping[str, int] | None = None) -> Amounts:
    """Return the amount of every line by its key, in fen.

    `given` fills lines that no account fills. Totals are computed from the lines of the form, as the regulation
    words them, wherever those stand; a line that is not filled counts as nothing.
    """
    amounts: Amounts = {}
    for line in form:
        if line.meanings:
            amounts[line.key] = line.sign * sum(balances.get(meaning, 0) for meaning in line.meanings)
        elif not line.total_of:
            amounts[line.key] = None if given is None else given.get(line.key)
    pending = [line for line in form if line.total_of]
    while pending:
        ready = [line for line in pending if all(_plain(part) in amounts for part in line.total_of)]
        if not ready:
            raise ValueError(f"totals that need each other or no line: {[line.key for line in pending]}")
        for line in ready:
            amounts[line.key] = sum(_signed(amounts, part) for part in line.total_of)
        pending = [line for line in pending if line not in ready]
    return amounts


def lines_of(form: Sequence[FormLine], chart: Chart, level: str, columns: Sequence[Amounts]) -> tuple[Line, ...]:
    """Return the lines of a form with one amount a column.

    An item that only unions of county level and above keep prints nothing for a grassroots union without one.
    """
    foreign = {
        line.key
        for line in form
        if level == "grassroots" and line.meanings and all(_county_only(chart, m) for m in line.meanings)
    }
    foreign |= {line.key for line in form if line.total_of and {_plain(part) for part in line.total_of} <= foreign}
    lines = []
    for line in form:
        amounts = [column[line.key] for column in columns]
        if line.key in foreign and not any(amounts):
            amounts = [None] * len(columns)
        lines.append(Line(line.key, line.label, tuple(amounts), line.kind, line.indent, line.side))
    return tuple(lines)


def _county_only(chart: Chart, meaning: str) -> bool:
    return chart.by_meaning[meaning].levels == "county"


def _plain(part: str) -> str:
    return part.removeprefix("-")


def _signed(amounts: Mapping[str, int | None], part: str) -> int:
    amount = amounts[_plain(part)] or 0
    return -amount if part.startswith("-") else amount
