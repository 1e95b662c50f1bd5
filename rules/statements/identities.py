"""The two sides of a union's books: things and the asset fund, money and the funds; and what stands between them.

财会〔2021〕7号 books every thing that is not money twice, as an asset and in 资产基金, and leaves the other net
assets to money. 财会〔2009〕7号 did the same with three funds and without 库存物品.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from operator import attrgetter

from ledger.accounts import chart_on, components
from ledger.balances import CURRENT, Balance, account_balances
from ledger.facts import Facts
from ledger.journal_rows import values_of
from rules.finding import Evidence, Text

PENDING = "assets_pending_disposal"
_VALUE, _PROCEEDS = "待处理财产价值", "处理净收入"  # sub-accounts that 财会〔2021〕7号 names for account 182


@dataclass(frozen=True)
class AssetClass:
    """One class of assets that are not money, with the fund that must equal it.

    `fund` is the meaning of the fund's account, `assets` the level-1 meanings whose balances it mirrors.
    """

    name: Text
    fund: str
    assets: tuple[str, ...]


CLASSES_2021 = (
    AssetClass(Text("库存物品", "inventory"), "asset_fund_inventory", ("inventory",)),
    AssetClass(Text("投资", "investment"), "asset_fund_investment", ("investment",)),
    AssetClass(Text("在建工程", "construction in progress"), "asset_fund_construction", ("construction_in_progress",)),
    AssetClass(
        Text("固定资产净值", "net fixed assets"),
        "asset_fund_fixed_assets",
        ("fixed_assets", "accumulated_depreciation"),
    ),
    AssetClass(
        Text("无形资产净值", "net intangible assets"),
        "asset_fund_intangible_assets",
        ("intangible_assets", "accumulated_amortisation"),
    ),
    AssetClass(
        Text("长期待摊费用", "deferred expense"), "asset_fund_deferred_expense", ("long_term_deferred_expense",)
    ),
)
CLASSES_2009 = (
    AssetClass(Text("固定资产", "fixed assets"), "fixed_asset_fund", ("fixed_assets",)),
    AssetClass(Text("在建工程", "construction in progress"), "construction_fund", ("construction_in_progress",)),
    AssetClass(Text("投资", "investment"), "investment_fund", ("investment",)),
)
FUND_GROUPS = ("asset_fund", *(each.fund for each in CLASSES_2009))


@dataclass(frozen=True)
class Position:
    """The balances of a book at the end of a day, parted into things and money; signed fen, debit positive.

    `undivided` is what account 182 holds without saying whether it is a thing's value or money.
    """

    balances: tuple[Balance, ...]
    classes: tuple[AssetClass, ...]
    pending_value: int
    pending_money: int
    undivided: int

    def group(self, *groups: str) -> int:
        """Return the balance of level-1 accounts together."""
        return sum(balance.amount_fen for balance in self.on(*groups))

    def on(self, *groups: str) -> list[Balance]:
        """Return the balances of some level-1 accounts, in order of account."""
        return [balance for balance in self.balances if balance.group in groups]

    def fund(self, each: AssetClass) -> int:
        """Return the balance of the fund of one class."""
        return sum(balance.amount_fen for balance in self.balances if balance.meaning == each.fund)

    def assets(self, each: AssetClass) -> int:
        """Return the balance of the assets of one class, depreciation taken off."""
        return self.group(*each.assets)

    @property
    def things(self) -> int:
        """The assets of every class, with the value of things awaiting disposal."""
        return sum(self.assets(each) for each in self.classes) + self.pending_value

    @property
    def funds(self) -> int:
        """The balance of the funds that mirror things; a credit, so ordinarily negative."""
        return self.group(*FUND_GROUPS)

    @property
    def undivided_is_value(self) -> bool:
        """Whether the undivided part of 182 counts as things: always, unless the books agree only without it."""
        return not (self.undivided and self.things + self.funds == 0)

    @property
    def things_gap(self) -> int:
        """Things less the funds that mirror them, in fen: 0 where the identity holds."""
        return self.things + self.funds + (self.undivided if self.undivided_is_value else 0)

    @property
    def money(self) -> int:
        """Money and claims less debts: every asset and liability that is no thing and stands in the chart."""
        things = {PENDING, *(name for each in self.classes for name in each.assets)}
        other = self._sum(("assets", "liabilities"), without=things)
        return other + self.pending_money + (0 if self.undivided_is_value else self.undivided)

    @property
    def money_funds(self) -> int:
        """Net assets that stand for money, with income and expenditure not carried forward, as a credit."""
        return -self._sum(("net_assets", *CURRENT), without=FUND_GROUPS)

    def _sum(self, elements: Collection[str], without: Collection[str]) -> int:
        """Return the balances of some elements on accounts of the chart, without some level-1 accounts."""
        own = (balance for balance in self.balances if balance.element in elements and balance.group)
        return sum(balance.amount_fen for balance in own if balance.group not in without)

    @property
    def money_gap(self) -> int:
        """Money less the funds that stand for it, in fen: 0 where the identity holds."""
        return self.money - self.money_funds


def position(facts: Facts, day: datetime.date) -> Position:
    """Return the position of a book at the end of a day, under the chart in force on that day."""
    balances = account_balances(facts, day)
    value = money = undivided = 0
    for balance in balances:
        if balance.group != PENDING:
            continue
        names = "".join(name for _, name in components(balance.account)[1:])
        if _PROCEEDS in names:
            money += balance.amount_fen
        elif _VALUE in names:
            value += balance.amount_fen
        else:
            undivided += balance.amount_fen
    classes = CLASSES_2021 if chart_on(day).until is None else CLASSES_2009
    return Position(balances, classes, value, money, undivided)


def side_text(fen: int) -> Text:
    """Return on which side a signed balance stands, as people read it: 借方, 贷方, or 平."""
    if fen == 0:
        return Text("平", "nil")
    return Text("借方", "debit") if fen > 0 else Text("贷方", "credit")


def account_evidence(facts: Facts, balances: Iterable[Balance]) -> tuple[Evidence, ...]:
    """Return one piece of evidence for each account with a balance: its side, fen, and where it was opened."""
    places: dict[str, tuple[str, int]] = {}
    for account, *place in zip(*(values_of(facts.accounts[name]) for name in ("account", "file", "line")), strict=True):
        places.setdefault(account, (place[0], place[1]))
    evidence = []
    for balance in sorted(balances, key=attrgetter("account")):
        if balance.amount_fen:
            side = side_text(balance.amount_fen)
            file, line = places.get(balance.account, ("", 0))
            note = Text(f"期末余额在{side.zh}", f"closing balance on the {side.en} side")
            fen = abs(balance.amount_fen)
            evidence.append(Evidence(note, account=balance.account, amount_fen=fen, file=file, line=line))
    return tuple(evidence)
