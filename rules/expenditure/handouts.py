"""Distribution lists of the period, list by list and day by day: what was handed out, in which form, for what."""

from __future__ import annotations

import datetime
from collections.abc import Collection
from dataclasses import dataclass

import pandas as pd

from ledger.money import shown_yuan
from ledger.rows import records
from rules.finding import Evidence, Text
from rules.gather import limited, register_evidence
from rules.rule import Case

MONEY = ("cash", "transfer")
COUPON = "消费券"

# What may be given in money: relief and condolence in illness, death and hardship.
IN_NEED = ("住院", "会员去世", "亲属去世", "困难", "大病")
LIFE = ("生日", "结婚", "生育", "退休")


@dataclass(frozen=True)
class Handout:
    """What one list gave out on one day for one occasion; `rows` are its rows in order of member."""

    list: str
    day: datetime.date
    occasion: str
    rows: pd.DataFrame

    @property
    def total_fen(self) -> int:
        """The sum of it."""
        return int(self.rows["amount_fen"].sum())

    @property
    def heads(self) -> int:
        """How many people got something."""
        return int(self.rows["member_id"].nunique())

    @property
    def name(self) -> str:
        """The list as a sentence names it."""
        return f"清单 {self.list}" if self.list else "发放"

    def evidence(self, note: Text) -> tuple[Evidence, ...]:
        """Return its rows as evidence."""
        found = [register_evidence("grants", row, note, int(row["amount_fen"])) for row in records(self.rows)]
        return limited(found, self.total_fen)

    @property
    def told(self) -> Text:
        """Day, list, people and amount in one phrase."""
        money, why = shown_yuan(self.total_fen), self.occasion or "未写事由"
        return Text(
            f"{self.day} {self.name}以“{why}”向 {self.heads} 人发放 {money} 元",
            f"{self.day}: {money} yuan to {self.heads} people for “{self.occasion}”",
        )


def grants_of(case: Case) -> pd.DataFrame | None:
    """Return the rows of grants.csv of the period, None where the book has no such register."""
    if "grants" not in case.facts.registers:
        return None
    rows = case.register("grants")
    return rows[(rows["date"] >= pd.Timestamp(case.since)) & (rows["date"] <= pd.Timestamp(case.until))]


def handouts(rows: pd.DataFrame, forms: Collection[str] | None = None) -> tuple[Handout, ...]:
    """Return the lists that rows of grants.csv make, only rows of some forms where those are given."""
    kept = rows if forms is None else rows[rows["form"].isin(list(forms))]
    groups = kept.groupby(["date", "list", "occasion"], observed=True, sort=True)
    return tuple(
        Handout(str(name), pd.Timestamp(str(stamp)).date(), str(occasion), own.sort_values(["member_id", "line"]))
        for (stamp, name, occasion), own in groups
    )
