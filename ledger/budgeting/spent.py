"""What was really spent and received in a year, by account and project, and on which budget lines it counts."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping
from types import MappingProxyType

import pandas as pd

from ledger.accounts import account_name, resolve
from ledger.balances import CURRENT, SURPLUS, standing, unclosed
from ledger.budgeting.lines import INCOME, LineKey, covering
from ledger.closing import result_of
from ledger.facts import Facts

Moved = Mapping[tuple[str, str], int]  # (account, project) → fen, positive for spending and for receiving

__all__ = [
    "CARRIED",
    "SURPLUS",
    "Moved",
    "carried_in",
    "group_of",
    "moved",
    "off_lines",
    "on_lines",
    "statutory_name",
    "surplus_in",
]

CARRIED = "union_carry_forward"  # 321 工会资金结转


def moved(facts: Facts, year: int, until: datetime.date) -> Moved:
    """Return what was spent and received from 1 January of a year up to a day, by account and project.

    Opening, change-over and carry-forward vouchers never count; spending is net of credits, income of debits.
    """
    last = min(until, datetime.date(year, 12, 31))
    return facts.once(("budgeting moved", year, last), lambda: _moved(facts, datetime.date(year, 1, 1), last))


def _moved(facts: Facts, since: datetime.date, until: datetime.date) -> Moved:
    rows = facts.activity_of(since, until)
    rows = rows[rows["element"].isin(CURRENT)]
    sums: dict[tuple[str, str], int] = defaultdict(int)
    columns = ["account", "project", "element", "amount_fen"]
    for account, project, element, fen in rows[columns].itertuples(index=False):
        sums[str(account), str(project)] += -int(fen) if element == INCOME else int(fen)
    return MappingProxyType({pair: fen for pair, fen in sums.items() if fen})


def on_lines(lines: Iterable[LineKey], amounts: Moved) -> dict[LineKey, int]:
    """Return what amounts by account and project come to on each of some lines; lines not touched are absent."""
    keys = tuple(lines)
    totals: dict[LineKey, int] = defaultdict(int)
    for (account, project), fen in amounts.items():
        for key in covering(keys, account, project):
            totals[key] += fen
    return dict(totals)


def off_lines(lines: Iterable[LineKey], amounts: Moved, day: datetime.date) -> dict[LineKey, int]:
    """Return what no line counts, by statutory account and project."""
    keys = tuple(lines)
    totals: dict[LineKey, int] = defaultdict(int)
    for (account, project), fen in amounts.items():
        if not covering(keys, account, project):
            totals[LineKey(statutory_name(account, day), project)] += fen
    return {key: fen for key, fen in totals.items() if fen}


def statutory_name(account: str, day: datetime.date) -> str:
    """Return the statutory account that an account stands under on a day; itself where there is none."""
    found = resolve(account, day)
    name = account_name(found) if found else account
    return name if account == name or account.startswith(f"{name}:") else account


def surplus_in(rows: pd.DataFrame) -> int:
    """Return what 322 工会资金结余 holds after journal rows, with a result not carried forward yet, in fen."""
    return unclosed(rows).results.get(SURPLUS, 0) - standing(rows).get(SURPLUS, 0)


def carried_in(rows: pd.DataFrame) -> dict[str, int]:
    """Return what 321 工会资金结转 holds after journal rows by project, in fen; "" is what names no project.

    A project's part is its first balances in the book and all that it received less what it spent since.
    """
    held: dict[str, int] = defaultdict(int)
    whole = unclosed(rows).results.get(CARRIED, 0) - standing(rows).get(CARRIED, 0)
    business = rows[~rows["carry_forward"]]
    own = business[business["group"] == CARRIED]
    for project, fen in own.groupby(own["project"].astype(str))["amount_fen"].sum().items():
        held[str(project)] -= int(fen)
    current = business[business["element"].isin(CURRENT)]
    columns = ["account", "meaning", "fund", "project", "amount_fen"]
    for account, meaning, fund, project, amount in current[columns].itertuples(index=False):
        if result_of(str(account), str(meaning), str(fund), str(project)) == CARRIED:
            held[str(project)] -= int(amount)
    held[""] += whole - sum(held.values())
    return {project: fen for project, fen in sorted(held.items()) if fen or project}


def group_of(account: str, day: datetime.date) -> str:
    """Return the meaning of the level-1 account that an account stands under on a day, empty for none."""
    found = resolve(":".join(account.split(":")[:2]), day)
    return found.meaning if found else ""
