"""The two sides of a union's books: things and the asset fund, money and the funds; and what stands between them.

财会〔2021〕7号 books every thing that is not money twice, as an asset and in 资产基金, and leaves the other net
assets to money. 财会〔2009〕7号 did the same with three funds and without 库存物品.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass

import pandas as pd

from ledger.accounts import chart_on, components
from ledger.balances import CURRENT
from ledger.facts import Facts
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

    rows: pd.DataFrame
    classes: tuple[AssetClass, ...]
    pending_value: int
    pending_money: int
    undivided: int

    def group(self, *groups: str) -> int:
        """Return the balance of level-1 accounts together."""
        return int(self.rows.loc[self.rows["group"].isin(groups), "amount_fen"].sum())

    def fund(self, each: AssetClass) -> int:
        """Return the balance of the fund of one class."""
        return int(self.rows.loc[self.rows["meaning"] == each.fund, "amount_fen"].sum())

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
        things = {name for each in self.classes for name in each.assets}
        plain = self.rows["element"].isin(["assets", "liabilities"]) & (self.rows["group"] != "")
        other = self.rows.loc[plain & ~self.rows["group"].isin([*things, PENDING]), "amount_fen"]
        return int(other.sum()) + self.pending_money + (0 if self.undivided_is_value else self.undivided)

    @property
    def money_funds(self) -> int:
        """Net assets that stand for money, with income and expenditure not carried forward, as a credit."""
        own = self.rows["element"].isin(["net_assets", *CURRENT]) & (self.rows["group"] != "")
        return -int(self.rows.loc[own & ~self.rows["group"].isin(FUND_GROUPS), "amount_fen"].sum())

    @property
    def money_gap(self) -> int:
        """Money less the funds that stand for it, in fen: 0 where the identity holds."""
        return self.money - self.money_funds


def position(facts: Facts, day: datetime.date) -> Position:
    """Return the position of a book at the end of a day, under the chart in force on that day."""
    rows = facts.balances_on(day)
    value = money = undivided = 0
    pending = rows[rows["group"] == PENDING]
    for account, fen in zip(pending["account"].tolist(), pending["amount_fen"].tolist(), strict=True):
        names = "".join(name for _, name in components(str(account))[1:])
        if _PROCEEDS in names:
            money += fen
        elif _VALUE in names:
            value += fen
        else:
            undivided += fen
    classes = CLASSES_2021 if chart_on(day).until is None else CLASSES_2009
    return Position(rows, classes, value, money, undivided)


def side_text(fen: int) -> Text:
    """Return on which side a signed balance stands, as people read it: 借方, 贷方, or 平."""
    if fen == 0:
        return Text("平", "nil")
    return Text("借方", "debit") if fen > 0 else Text("贷方", "credit")


def account_evidence(facts: Facts, rows: pd.DataFrame) -> tuple[Evidence, ...]:
    """Return one piece of evidence for each account with a balance: its side, fen, and where it was opened."""
    opened = facts.accounts.drop_duplicates("account").set_index("account")
    evidence = []
    for account, fen in zip(rows["account"].tolist(), rows["amount_fen"].tolist(), strict=True):
        if fen == 0:
            continue
        side = side_text(fen)
        place = opened.loc[account] if account in opened.index else None
        evidence.append(
            Evidence(
                Text(f"期末余额在{side.zh}", f"closing balance on the {side.en} side"),
                account=str(account),
                amount_fen=abs(fen),
                file="" if place is None else str(place["file"]),
                line=0 if place is None else int(place["line"]),
            )
        )
    return tuple(sorted(evidence, key=lambda e: e.account))
