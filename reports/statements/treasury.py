"""财政拨款收入支出表 (工会附01表): the treasury's appropriations of a year, what was spent of them and what is left.

Filled from accounts 331 and 332, income 40401 and the sub-accounts 财政拨款 of expenditure (part five, section
three). The items are told by project and by the sub-accounts 人员经费 and 公用经费; year-end carry-forward moves
nothing between items and is left out, except between 331 and 332.
"""

from __future__ import annotations

import datetime

import pandas as pd

from ledger.accounts import components
from ledger.facts import Facts
from ledger.money import shown_yuan
from reports.model import RowKind
from reports.statements.county import is_county_level
from reports.statements.statement import Line, Statement, StatementError

COLUMNS = (
    "年初结转",
    "年初结余",
    "调整年初结转结余",
    "本年归集上缴",
    "单位内部调剂（结转）",
    "单位内部调剂（结余）",
    "本年财政拨款收入",
    "本年财政拨款支出",
    "年末结转",
    "年末结余",
)
_CARRIED, _SURPLUS = "treasury_carry_forward", "treasury_surplus"
_RECEIVED = "same_level_treasury_income"
_SPENT = "财政拨款"
_BASIC = ("人员经费", "公用经费")
_UNNAMED = "（未列明项目）"


def treasury_statement(facts: Facts, year: int) -> Statement | None:
    """Return 财政拨款收入支出表 of a year; None for a union without any appropriation, which does not file it.

    Raises StatementError for a union or year that does not file the county-level forms.
    """
    last = datetime.date(year, 12, 31)
    if not is_county_level(facts, last):
        raise StatementError(
            "财政拨款收入支出表由县级以上工会按 2021 年工会会计制度编制",
            "this form is filed by unions of county level and above, for periods since 2022",
        )
    rows = _scope(facts, last)
    if rows.empty:
        return None
    items = {str(item): _amounts(own, year) for item, own in rows.groupby("item", sort=True)}
    projects = sorted(item for item in items if item not in (*_BASIC, _UNNAMED))
    lines = [Line("basic", "基本支出：", (None,) * len(COLUMNS), RowKind.HEAD)]
    lines += [_line(n, item, items.get(item)) for n, item in enumerate(_BASIC, 1)]
    lines.append(Line("projects", "项目支出：", (None,) * len(COLUMNS), RowKind.HEAD))
    lines += [_line(n, item, items[item]) for n, item in enumerate(projects, 1)]
    notes = []
    if _UNNAMED in items:
        lines.append(Line("unnamed", _UNNAMED, items[_UNNAMED], indent=1))
        notes.append("部分收支没有标明项目（project）或人员经费、公用经费明细科目，列入“（未列明项目）”；请补标。")
    totals = tuple(sum(amounts[n] for amounts in items.values()) for n in range(len(COLUMNS)))
    lines.append(Line("total", "总计", totals, RowKind.TOTAL))
    held = facts.balances_on(last)
    booked = -int(held.loc[held["group"].isin((_CARRIED, _SURPLUS)), "amount_fen"].sum())
    if booked != totals[-2] + totals[-1]:
        apart = shown_yuan(abs(booked - totals[-2] - totals[-1]))
        notes.append(f"年末结转结余与“财政拨款结转”“财政拨款结余”科目余额相差{apart}元：年末尚未结转，或科目记错。")
    return Statement(
        form="工会附01表",
        title="财政拨款收入支出表",
        union=facts.union.name,
        period=f"{year}年度",
        until=last,
        columns=COLUMNS,
        lines=tuple(lines),
        notes=tuple(notes),
    )


def _line(number: int, item: str, amounts: tuple[int, ...] | None) -> Line:
    key = {"人员经费": "staff", "公用经费": "running"}.get(item, f"project {item}")
    return Line(key, f"{number}.{item}", amounts or (0,) * len(COLUMNS), indent=1)


def _scope(facts: Facts, last: datetime.date) -> pd.DataFrame:
    """Return the journal rows up to a day that move appropriations, each with its item and part."""
    rows = facts.journal[facts.journal["date"] <= pd.Timestamp(last)]
    names = rows["account"].astype(str)
    inside = {name: [part for _, part in components(name)[1:]] for name in names.unique()}
    spent = names.map({n: _SPENT in parts for n, parts in inside.items()}).astype(bool) & (rows["element"] == "expense")
    funds = rows["group"].isin((_CARRIED, _SURPLUS))
    chosen = rows[funds | (rows["meaning"] == _RECEIVED) | spent]
    both = (
        chosen[chosen["carry_forward"] & chosen["group"].isin((_CARRIED, _SURPLUS))].groupby("entry")["group"].nunique()
    )
    between = set(both[both > 1].index)
    chosen = chosen[~chosen["carry_forward"] | chosen["entry"].isin(between)]
    items = [
        project or next((part for part in inside[name] if part in _BASIC), _UNNAMED)
        for name, project in zip(chosen["account"].astype(str), chosen["project"].astype(str), strict=True)
    ]
    return chosen.assign(item=items)


def _amounts(rows: pd.DataFrame, year: int) -> tuple[int, ...]:
    """Return the ten amounts of an item, in fen."""
    start = (rows["date"] < pd.Timestamp(year, 1, 1)) | rows["opening"] | rows["change_over"]
    before, during = rows[start], rows[~start]
    meaning = during["meaning"].astype(str)

    def credit(chosen: pd.DataFrame) -> int:
        return -int(chosen["amount_fen"].sum())

    def ends(chosen: pd.DataFrame) -> tuple[int, int]:
        surplus = chosen["group"] == _SURPLUS
        return credit(chosen[~surplus]), credit(chosen[surplus])

    return (
        *ends(before),
        credit(during[meaning.str.endswith("_opening_adjustment")]),
        credit(during[meaning.str.endswith("_returned")]),
        credit(during[meaning == f"{_CARRIED}_reallocation"]),
        credit(during[meaning == f"{_SURPLUS}_reallocation"]),
        credit(during[during["meaning"] == _RECEIVED]),
        -credit(during[during["element"] == "expense"]),
        *ends(rows),
    )
