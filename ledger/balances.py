"""Balances out of the journal: at the beginning of a year, at the end of a day, and what no closing moved yet.

Sums are signed fen, debit positive. Groups are meanings of level-1 accounts, so that the change-over between
two charts of accounts needs no second form of the same question.
"""

from __future__ import annotations

import datetime
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from types import MappingProxyType
from typing import NamedTuple

import pandas as pd

from ledger.closing import result_of
from ledger.facts import Facts
from ledger.journal_rows import PostingRow, net_fen, values_of

CURRENT = ("income", "expense")  # elements that a closing empties
SURPLUS = "union_surplus"


class Balance(NamedTuple):
    """What one account holds, debit positive; an account that two charts read differently is two of these."""

    account: str
    code: str
    meaning: str
    group: str
    element: str
    amount_fen: int


def account_balances(facts: Facts, day: datetime.date) -> tuple[Balance, ...]:
    """Return the balance of every account with a posting up to the end of a day, zeros included, in order of account.

    What `Facts.balances_on` gives as a frame.
    """

    def made() -> tuple[Balance, ...]:
        found = []
        for lines in account_postings(facts):
            until = bisect_right(lines, day, key=attrgetter("date"))
            if until:
                one = lines[0]
                fen = net_fen(lines[:until])
                found.append(Balance(one.account, one.code, one.meaning, one.group, one.element, fen))
        return tuple(sorted(found))

    return facts.once(("account balances", day), made)


def account_postings(facts: Facts) -> tuple[Sequence[PostingRow], ...]:
    """Return the postings of each account in order of day, those apart that mean something else than its others."""
    return facts.once("account postings", lambda: _account_postings(facts))


def _account_postings(facts: Facts) -> tuple[Sequence[PostingRow], ...]:
    accounts: dict[str, list[PostingRow]] = defaultdict(list)
    for posting in facts.booked.postings:
        accounts[posting.account].append(posting)
    found: list[Sequence[PostingRow]] = []
    for lines in accounts.values():
        meanings = set(map(attrgetter("meaning"), lines))
        found += [lines] if len(meanings) == 1 else [[one for one in lines if one.meaning == m] for m in meanings]
    return tuple(found)


def sums(rows: pd.DataFrame, column: str) -> dict[str, int]:
    """Return the sum of journal rows by a column (`group`, `meaning`, `account`), sums of zero included."""
    totals = rows.groupby(column, observed=True)["amount_fen"].sum()
    return dict(zip(map(str, totals.index.tolist()), totals.tolist(), strict=True))


def opening_rows(facts: Facts, year: int) -> pd.DataFrame:
    """Return the journal rows that make the balances at the beginning of a year.

    They are everything before the year, and within it the book's first balances (`#opening`) and the change-over
    of accounting systems, neither of which is business of the year.
    """
    rows = facts.journal
    before = rows["date"] < pd.Timestamp(year, 1, 1)
    within = (rows["date"].dt.year == year) & (rows["opening"] | rows["change_over"])
    chosen: pd.DataFrame = rows.loc[before | within]
    return chosen


def closing_rows(facts: Facts, day: datetime.date) -> pd.DataFrame:
    """Return the journal rows that make the balances at the end of a day."""
    rows = facts.journal
    return rows[rows["date"] <= pd.Timestamp(day)]


def standing(rows: pd.DataFrame) -> dict[str, int]:
    """Return the balances that journal rows make, by level-1 meaning, income and expenditure left out."""
    return sums(rows[~rows["element"].isin(CURRENT)], "group")


@dataclass(frozen=True)
class Unclosed:
    """Income and expenditure that no carry-forward has moved yet: credit balances positive, in fen.

    `results` are the parts by the meaning of the result each closes to (工会资金结转, 工会资金结余, 财政拨款结转),
    `accounts` counts the accounts that still hold something.
    """

    results: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    accounts: int = 0

    @property
    def total(self) -> int:
        """Everything not carried forward, in fen."""
        return sum(self.results.values())


def unclosed(rows: pd.DataFrame) -> Unclosed:
    """Return what the income and expenditure accounts still hold after the journal rows of a book up to a day.

    Each posting goes where the year-end carry-forward would take it (`ledger.closing.result_of`). Of an account
    that was carried forward in part, only later postings are told apart so; its rest counts as surplus.
    """
    current = rows[rows["element"].isin(CURRENT)]
    held = {account: fen for account, fen in sums(current, "account").items() if fen}
    if not held:
        return Unclosed()
    current = current[current["account"].isin(held)]
    last = current[current["carry_forward"]].groupby("account", observed=True)["date"].max()
    closed = {account: moment.date() for account, moment in last.items()}
    results: dict[str, int] = {}
    columns = ["account", "meaning", "fund", "project", "date", "amount_fen"]
    for account, meaning, fund, project, date, fen in zip(*(values_of(current[name]) for name in columns), strict=True):
        if account not in closed or date > closed[account]:
            result = result_of(str(account), str(meaning), str(fund), str(project))
            results[result] = results.get(result, 0) - int(fen)
    rest = -sum(held.values()) - sum(results.values())
    results[SURPLUS] = results.get(SURPLUS, 0) + rest
    return Unclosed(MappingProxyType(results), len(held))
