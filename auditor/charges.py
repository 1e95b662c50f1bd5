"""What is depreciated in a month: the cards that the law has written off, and the month's voucher out of them."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from ledger.accounts import chart_on
from ledger.depreciation import (
    Charge,
    DepreciableAsset,
    charged_already,
    depreciation,
    depreciation_voucher,
    last_day,
)
from ledger.facts import Facts
from ledger.vouchers import Voucher, VoucherNumber
from rules.assets.cards import cards
from rules.assets.depreciation import depreciable
from rules.law import Law
from rules.rule import Case, all_rules

_ACCUMULATED = "accumulated_depreciation"
_RULE = "AST04"  # the rule that tests the same cards


@dataclass(frozen=True)
class MonthCharges:
    """The charges of a month, the cards that lack a day or a life, and what was charged by which voucher already."""

    month: str
    charges: tuple[Charge, ...] = ()
    lacking: tuple[str, ...] = ()
    done: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def total_fen(self) -> int:
        """The sum of the charges, in fen."""
        return sum(charge.amount_fen for charge in self.charges)

    def voucher(self, facts: Facts, number: VoucherNumber | None) -> Voucher | None:
        """Return the month's voucher, None when nothing is charged."""
        accounts = tuple(map(str, facts.accounts["account"]))
        return depreciation_voucher(self.charges, self.month, number, accounts=accounts)


def month_charges(facts: Facts, law: Law, month: str) -> MonthCharges:
    """Return what the cards of a book are charged in a month (`2025-03`).

    Nothing for a book without cards, and in a month whose chart of accounts knows no accumulated depreciation.
    """
    day = last_day(month)
    if "assets" not in facts.registers or _ACCUMULATED not in chart_on(day).by_meaning:
        return MonthCharges(month)
    assets, lacking = _cards(facts, law, day)
    lines = ((p.voucher, p.group, p.amount_fen) for p in facts.booked.postings if day.replace(day=1) <= p.date <= day)
    return MonthCharges(month, depreciation(assets, month), tuple(lacking), charged_already(lines))


def _cards(facts: Facts, law: Law, day: datetime.date) -> tuple[list[DepreciableAsset], list[str]]:
    """Return what is depreciated or amortised, and the names of cards that lack what is needed for it."""
    rule = next(rule for rule in all_rules() if rule.code == _RULE)
    case = Case(rule, facts, law, day.replace(day=1), day)
    listed = cards(case)
    whole, without = depreciable(case, listed)
    soft = [c for c in listed if c.own and c.intangible]
    found = [
        DepreciableAsset(
            card.asset_id,
            card.name,
            card.category,
            card.acquired,
            card.cost_fen,
            card.life_years,
            card.disposed,
            card.intangible,
        )
        for card in (*whole, *soft)
        if card.acquired and card.life_years
    ]
    lacking = [c for c in (*without, *soft) if not (c.acquired and c.life_years) and c.held_on(day)]
    return found, [card.shown for card in lacking]
