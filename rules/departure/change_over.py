"""The change-over of 2022-01-01: what every account of the system of 2009 held, and where the book carried it.

财会〔2021〕16号 says for each old account which new ones take its balance. Old and new accounts that these lines
connect make a family; what a family held on the last day of 2021 and what it holds after the change-over voucher are
put side by side. Which fen went to which account is not guessed: a family is the smallest set that adds up.
"""

from __future__ import annotations

import datetime
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from operator import attrgetter

from ledger.accounts import Correspondence, StatutoryAccount, charts, correspondence, resolve
from ledger.facts import Facts
from ledger.journal_rows import PostingRow, net_fen, sums_by
from rules.departure.position import ASSET_FUNDS, NET_ASSETS

_INVENTORY = "inventory"
_GRASSROOTS = "grassroots"
_OLD, _NEW, _STAYED = "old", "new", "stayed"


@dataclass(frozen=True)
class Held:
    """What a statutory account held, in fen, positive on the account's ordinary side."""

    account: StatutoryAccount
    amount_fen: int


@dataclass(frozen=True)
class Family:
    """Old and new accounts that the correspondence connects, with what they held before and after.

    Sums are in fen on the ordinary side of the old accounts. `clauses` say where 财会〔2021〕16号 orders the move.
    """

    old: tuple[Held, ...]
    new: tuple[Held, ...]
    clauses: tuple[str, ...]

    @property
    def difference_fen(self) -> int:
        """After less before; other than zero where the voucher corrected, wrote off or added something."""
        return self._sum(self.new) - self._sum(self.old)

    def _sum(self, held: tuple[Held, ...]) -> int:
        side = (self.old or self.new)[0].account.side
        return sum(h.amount_fen if h.account.side == side else -h.amount_fen for h in held)


@dataclass(frozen=True)
class ChangeOver:
    """The change-over of a book: its day and vouchers, the families, and its effect on the union's funds.

    `funds_effect_fen` is what it added to funds (negative: took away). `inventory_fen` is what the old inventory
    account held: 二（一）3 moves as much from 结余 to the asset fund.
    """

    day: datetime.date
    vouchers: tuple[str, ...]
    families: tuple[Family, ...]
    funds_effect_fen: int
    inventory_fen: int

    @property
    def other_effect_fen(self) -> int:
        """What the effect on funds leaves after the transfer for inventory: to be explained by 三 and 四."""
        return self.funds_effect_fen + self.inventory_fen


def change_over(facts: Facts) -> ChangeOver | None:
    """Return the change-over of a book, None for one that has none (begun later, or not changed over)."""
    postings = facts.booked.postings
    moved = [posting for posting in postings if posting.head.change_over]
    if not moved:
        return None
    first = moved[0].date
    before = postings[: bisect_left(postings, first, key=attrgetter("date"))]
    old = _held(before, first - datetime.timedelta(days=1), over=False)
    new = _held([*before, *moved], first, over=True)
    free = (posting for posting in moved if posting.element == NET_ASSETS and posting.group not in ASSET_FUNDS)
    return ChangeOver(
        day=first,
        vouchers=tuple(sorted({posting.voucher for posting in moved} - {""})),
        families=_families(old, new, _lines(facts.union.level)),
        funds_effect_fen=-net_fen(free),
        inventory_fen=sum(h.amount_fen for h in old.values() if h.account.meaning == _INVENTORY),
    )


def _held(postings: Iterable[PostingRow], day: datetime.date, *, over: bool) -> Mapping[str, Held]:
    """Return, by code, what statutory accounts hold; an account of the old chart counts there as long as it holds."""
    held: dict[str, Held] = {}
    for name, fen in sums_by(postings, attrgetter("account")).items():
        account = resolve(name, day, change_over=over)
        if account is None or not fen:
            continue
        account = _line_of(account)
        amount = fen if account.side == "debit" else -fen
        key = f"{account.code} {account.meaning}"
        held[key] = Held(account, amount + (held[key].amount_fen if key in held else 0))
    return {key: one for key, one in sorted(held.items()) if one.amount_fen}


def _line_of(account: StatutoryAccount) -> StatutoryAccount:
    """Return the account as the correspondence names it: its sub-account where it does, else its level 1."""
    named = {c.old for c in correspondence()} | {c.new for c in correspondence()}
    chart = next(c for c in charts() if account in c.accounts)
    return account if account in named else chart.by_code[account.parent_code]


def _lines(level: str) -> tuple[Correspondence, ...]:
    """Return the lines of the correspondence for a union of some level that carry a balance."""
    whose = ("both", _GRASSROOTS if level == _GRASSROOTS else "county")
    return tuple(c for c in correspondence() if c.new is not None and c.levels in whose)


def _families(
    old: Mapping[str, Held], new: Mapping[str, Held], lines: tuple[Correspondence, ...]
) -> tuple[Family, ...]:
    """Return the families that hold something, in order of the old code."""
    groups: dict[tuple[str, str], set[tuple[str, str]]] = {}

    def join(one: tuple[str, str], other: tuple[str, str]) -> None:
        whole = groups.setdefault(one, {one}) | groups.setdefault(other, {other})
        for member in whole:
            groups[member] = whole

    olds = {(_OLD, h.account.code): h for h in old.values()}
    # What still stands on an account of the old chart was not carried over: it belongs to no family.
    news = {(_NEW if h.account in charts()[1].accounts else _STAYED, h.account.code): h for h in new.values()}
    for line in lines:
        if line.new is not None and (_OLD, line.old.code) in olds and (_NEW, line.new.code) in news:
            join((_OLD, line.old.code), (_NEW, line.new.code))
    for key in [*olds, *news]:
        groups.setdefault(key, {key})
    made: dict[frozenset[tuple[str, str]], Family] = {}
    for key in sorted(groups, key=lambda k: (k[0] != _OLD, k[1])):
        members = frozenset(groups[key])
        if members not in made:
            made[members] = Family(
                tuple(olds[m] for m in sorted(members) if m in olds),
                tuple(news[m] for m in sorted(members) if m in news),
                _clauses(members, lines),
            )
    return tuple(made.values())


def _clauses(members: frozenset[tuple[str, str]], lines: tuple[Correspondence, ...]) -> tuple[str, ...]:
    own = (c for c in lines if c.new is not None and (_OLD, c.old.code) in members and (_NEW, c.new.code) in members)
    return tuple(dict.fromkeys(line.clause for line in own))
