"""The statutory chart of accounts, dated: an account is asked for by meaning and day, never by a literal code.

财会〔2009〕7号 was in force from 2010-01-01, 财会〔2021〕7号 from 2022-01-01; the two number differently.
An account of a book is a beancount name whose components after the root are `<digits>-<name>`.
"""

from __future__ import annotations

import csv
import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from types import MappingProxyType

from ledger.names import component_name

ROOTS: Mapping[str, str] = MappingProxyType(
    {
        "assets": "Assets",
        "liabilities": "Liabilities",
        "net_assets": "Equity",
        "income": "Income",
        "expense": "Expenses",
    }
)
ELEMENTS: Mapping[str, str] = MappingProxyType({root: element for element, root in ROOTS.items()})

_COMPONENT = re.compile(r"(\d+)-(.+)", re.DOTALL)


class UnknownAccount(LookupError):
    """A meaning or code that the chart in force on that day does not hold."""


@dataclass(frozen=True)
class StatutoryAccount:
    """One account of the statutory chart.

    `levels` is `grassroots`, `county` or `both`: whose list of main accounts names it. `side` is the side of
    its ordinary balance, `debit` or `credit`.
    """

    code: str
    name: str
    meaning: str
    element: str
    side: str
    levels: str
    scope: str

    @property
    def parent_code(self) -> str:
        """Code of the level-1 account above it; its own code when it is one."""
        return self.code[:3]


@dataclass(frozen=True, eq=False)
class Chart:
    """A chart of accounts with the days it was in force, both inclusive (`until` None: still in force)."""

    instrument: str
    since: datetime.date
    until: datetime.date | None
    accounts: tuple[StatutoryAccount, ...]

    @cached_property
    def by_code(self) -> Mapping[str, StatutoryAccount]:
        """Accounts by statutory code."""
        return MappingProxyType({account.code: account for account in self.accounts})

    @cached_property
    def by_meaning(self) -> Mapping[str, StatutoryAccount]:
        """Accounts by meaning."""
        return MappingProxyType({account.meaning: account for account in self.accounts})


@cache
def charts() -> tuple[Chart, ...]:
    """All charts, oldest first."""
    return (
        Chart("accounting-system-2009", datetime.date(2010, 1, 1), datetime.date(2021, 12, 31), _load("2009")),
        Chart("accounting-system-2021", datetime.date(2022, 1, 1), None, _load("2021")),
    )


def _load(year: str) -> tuple[StatutoryAccount, ...]:
    text = files("ledger").joinpath("chart", f"{year}.csv").read_text(encoding="utf-8")
    return tuple(StatutoryAccount(**row) for row in csv.DictReader(text.splitlines()))


def chart_on(day: datetime.date) -> Chart:
    """Return the chart in force on a day; days before the oldest chart get the oldest."""
    in_force = charts()[0]
    for chart in charts():
        if chart.since <= day:
            in_force = chart
    return in_force


def statutory(meaning: str, day: datetime.date) -> StatutoryAccount:
    """Return the account with that meaning in the chart in force on that day, or raise UnknownAccount."""
    try:
        return chart_on(day).by_meaning[meaning]
    except KeyError:
        raise UnknownAccount(f"{day.isoformat()} 施行的会计科目表没有“{meaning}”") from None


def components(account: str) -> tuple[tuple[str, str], ...]:
    """Return the `(digits, name)` of each component after the root; digits are empty where there are none."""
    pairs = []
    for part in account.split(":")[1:]:
        match = _COMPONENT.fullmatch(part)
        pairs.append((match[1], match[2]) if match else ("", part))
    return tuple(pairs)


def resolve(account: str, day: datetime.date, *, change_over: bool = False) -> StatutoryAccount | None:
    """Return the deepest statutory account that a book's account stands under on that day, or None.

    Code and name must agree for level 1 (a code of the other chart with another name is not this account);
    a level-2 code counts only when its name agrees too, otherwise the account is a local sub-account.
    On the change-over of 2022-01-01 (`change_over`) the old chart is asked where the new one does not know it.
    """
    found = _resolve_in(chart_on(day), account)
    if found is None and change_over:
        found = _resolve_in(charts()[0], account)
    return found


@cache
def _resolve_in(chart: Chart, account: str) -> StatutoryAccount | None:
    parts = components(account)
    if not parts:
        return None
    code, name = parts[0]
    found = chart.by_code.get(code)
    if found is None or _plain(found.name) != _plain(name) or ROOTS[found.element] != account.split(":", 1)[0]:
        return None
    if len(parts) > 1:
        below = chart.by_code.get(parts[1][0])
        if below is not None and below.parent_code == code and _plain(below.name) == _plain(parts[1][1]):
            return below
    return found


def _plain(name: str) -> str:
    return "".join(c for c in name if c.isalnum())


def account_name(statutory_account: StatutoryAccount, *below: str) -> str:
    """Return the beancount name of a statutory account, with local `<digits>-<name>` components below it."""
    chart = next(c for c in charts() if statutory_account in c.accounts)
    parts = [ROOTS[statutory_account.element]]
    if statutory_account.code != statutory_account.parent_code:
        parent = chart.by_code[statutory_account.parent_code]
        parts.append(f"{parent.code}-{component_name(parent.name)}")
    parts.append(f"{statutory_account.code}-{component_name(statutory_account.name)}")
    return ":".join([*parts, *below])


@dataclass(frozen=True)
class Correspondence:
    """One line of the change-over of 2022-01-01: what part of an old account's balance went to which new account.

    `new` is None for accounts that had no balance to carry over. `levels` is `grassroots`, `county` or `both`;
    `condition` says which part of the balance, `clause` where 财会〔2021〕16号 says so.
    """

    old: StatutoryAccount
    new: StatutoryAccount | None
    levels: str
    condition: str
    clause: str


@cache
def correspondence() -> tuple[Correspondence, ...]:
    """Return where the balances of the accounts of 财会〔2009〕7号 went in 财会〔2021〕7号, by old code."""
    before, after = charts()
    text = files("ledger").joinpath("chart", "correspondence.csv").read_text(encoding="utf-8")
    return tuple(
        Correspondence(
            old=before.by_code[row["old"]],
            new=after.by_code[row["new"]] if row["new"] else None,
            levels=row["levels"],
            condition=row["condition"],
            clause=row["clause"],
        )
        for row in csv.DictReader(text.splitlines())
    )
