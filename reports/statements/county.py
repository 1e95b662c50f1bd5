"""国有资产情况表 (工会附02表) and 成本费用表 (工会附03表): what unions of county level and above file besides.

工会附01表 is in `reports.statements.treasury`. 财会〔2021〕7号 part five, sections four and five, say how each line
is filled; what was bought with public money is told by the sub-account 国有资产.
"""

from __future__ import annotations

import datetime

import pandas as pd

from ledger.accounts import components
from ledger.balances import closing_rows, opening_rows
from ledger.facts import Facts
from reports.model import RowKind
from reports.periods import is_whole_month, is_whole_year, period_text
from reports.statements.figures import chart_of, has_books
from reports.statements.fill import Amounts, fill, lines_of
from reports.statements.forms import FormLine
from reports.statements.statement import Statement, StatementError

_OWNED_BY_STATE = "国有资产"
_WRITTEN_OFF_WORKS = "待核销基建支出"
_QUOTA = "treasury_quota_returnable"
_WORN = ("accumulated_depreciation", "accumulated_amortisation", "long_term_deferred_expense")


def _line(key: str, label: str, *meanings: str, sign: int = 1, indent: int = 1) -> FormLine:
    return FormLine(key, label, meanings or (key,), sign=sign, indent=indent)


def _sum(key: str, label: str, *parts: str, indent: int = 2, kind: RowKind = RowKind.TOTAL) -> FormLine:
    return FormLine(key, label, total_of=parts, kind=kind, indent=indent)


STATE_ASSETS: tuple[FormLine, ...] = (
    FormLine("current_assets", "流动资产：", kind=RowKind.HEAD),
    _line("money", "货币资金", "cash_on_hand", "bank_deposit"),
    _line(_QUOTA, "财政应返还额度"),
    _line("inventory", "库存物品"),
    _sum("total_current_assets", "流动资产合计", "money", _QUOTA, "inventory"),
    FormLine("fixed", "非流动资产：", kind=RowKind.HEAD),
    _line("construction_in_progress", "在建工程"),
    _line("fixed_assets", "固定资产原值"),
    _line("accumulated_depreciation", "减：累计折旧", sign=-1, indent=2),
    _sum("net_fixed_assets", "固定资产净值", "fixed_assets", "-accumulated_depreciation", kind=RowKind.PLAIN),
    _line("intangible_assets", "无形资产原值"),
    _line("accumulated_amortisation", "减：累计摊销", sign=-1, indent=2),
    _sum(
        "net_intangible_assets",
        "无形资产净值",
        "intangible_assets",
        "-accumulated_amortisation",
        kind=RowKind.PLAIN,
    ),
    _line("long_term_deferred_expense", "长期待摊费用"),
    _sum(
        "total_fixed",
        "非流动资产合计",
        "construction_in_progress",
        "net_fixed_assets",
        "net_intangible_assets",
        "long_term_deferred_expense",
    ),
    _sum("total_assets", "资产总计", "total_current_assets", "total_fixed", indent=0),
)

_COSTS = (
    ("activity_organisation_expense", "职工活动组织费用"),
    ("worker_service_expense", "职工服务费用"),
    ("rights_protection_expense", "维权费用"),
    ("operating_expense", "业务费用"),
    ("administrative_expense", "行政费用"),
    ("lower_union_subsidy_expense", "补助下级费用"),
    ("affiliate_expense", "对附属单位的费用"),
    ("wear", "折旧及摊销费用"),
    ("other_expense", "其他费用"),
    ("adjustments", "调整事项"),
)
COSTS: tuple[FormLine, ...] = (
    *(_line(key, label, indent=0) for key, label in _COSTS),
    _sum("total_costs", "费用总计", *(key for key, _ in _COSTS), indent=0),
)


def is_county_level(facts: Facts, day: datetime.date) -> bool:
    """Whether the union files the county-level forms for a day: not a grassroots one, and under the system of 2021."""
    return facts.union.level != "grassroots" and chart_of(day).until is None


def state_assets(facts: Facts, year: int) -> Statement:
    """Return 国有资产情况表 at the end of a year; raises StatementError for a union or year that does not file it."""
    last = datetime.date(year, 12, 31)
    _refuse(facts, last)
    columns = [
        fill(STATE_ASSETS, _owned_by_state(rows)) for rows in (opening_rows(facts, year), closing_rows(facts, last))
    ]
    return Statement(
        form="工会附02表",
        title="国有资产情况表",
        union=facts.union.name,
        period=f"{year}年度",
        until=last,
        columns=("年初余额", "年末余额"),
        lines=lines_of(STATE_ASSETS, chart_of(last), facts.union.level, columns),
        notes=(f"各项取自各科目下“{_OWNED_BY_STATE}”明细科目；财政应返还额度取全部余额。",),
    )


def _owned_by_state(rows: pd.DataFrame) -> dict[str, int]:
    names = rows["account"].astype(str)
    marked = names.map({name: _is_marked(name) for name in names.unique()}).astype(bool)
    kept = rows[marked | (rows["group"] == _QUOTA)]
    sums = kept.groupby(kept["group"].astype(str))["amount_fen"].sum()
    return {str(group): int(fen) for group, fen in sums.items()}


def _is_marked(account: str) -> bool:
    return any(name == _OWNED_BY_STATE for _, name in components(account)[1:])


def cost_statement(facts: Facts, since: datetime.date, until: datetime.date, *, other_fen: int = 0) -> Statement:
    """Return 成本费用表 of a period within one year, both days inclusive.

    `other_fen` is the adjustment of 其他事项 (五（五）3) for the period, which no account holds. Raises StatementError
    for a union that does not file it, and for a period across years.
    """
    _refuse(facts, until)
    if since > until or since.year != until.year:
        raise StatementError(
            f"成本费用表按会计年度编制，{since} 至 {until} 不在同一年度内；请分年编制",
            f"a statement of costs stays within one year; {since} to {until} does not",
        )
    notes = [
        "“折旧及摊销费用”取“累计折旧”“累计摊销”“长期待摊费用”科目的贷方发生额；"
        f"“调整事项”为库存物品期初减期末、在建工程“{_WRITTEN_OFF_WORKS}”的发生额"
        + ("及其他事项。" if other_fen else "。")
    ]
    this = _costs(facts, since, until, other_fen)
    if is_whole_year(since, until):
        columns: tuple[str, str] = ("本年数", "上年数")
        before = datetime.date(since.year - 1, 1, 1), datetime.date(since.year - 1, 12, 31)
        if chart_of(before[1]).until is None and has_books(facts, before[0].year):
            second = _costs(facts, *before, 0)
        else:
            second = dict.fromkeys((line.key for line in COSTS), None)
            notes.append(f"账套没有按现行制度核算的{since.year - 1}年度，“上年数”栏不填列。")
    else:
        columns = ("本月数" if is_whole_month(since, until) else "本期数", "本年累计数")
        second = _costs(facts, since.replace(month=1, day=1), until, other_fen)
    return Statement(
        form="工会附03表",
        title="成本费用表",
        union=facts.union.name,
        period=period_text(since, until),
        until=until,
        columns=columns,
        lines=lines_of(COSTS, chart_of(until), facts.union.level, (this, second)),
        notes=tuple(notes),
    )


def _costs(facts: Facts, since: datetime.date, until: datetime.date, other_fen: int) -> Amounts:
    rows = facts.activity_of(since, until)
    groups = rows["group"].astype(str)
    sums = {str(g): int(fen) for g, fen in rows.groupby(groups)["amount_fen"].sum().items()}
    credits = rows[groups.isin(_WORN) & (rows["amount_fen"] < 0)]
    worn = -int(credits["amount_fen"].sum())
    used_up = -sums.get("inventory", 0)
    works = rows[(groups == "construction_in_progress") & rows["account"].astype(str).str.contains(_WRITTEN_OFF_WORKS)]
    written_off = int(works.loc[works["amount_fen"] > 0, "amount_fen"].sum())
    return fill(COSTS, {**sums, "wear": worn, "adjustments": used_up + written_off + other_fen})


def _refuse(facts: Facts, day: datetime.date) -> None:
    if not is_county_level(facts, day):
        raise StatementError(
            "附表由县级以上工会按 2021 年工会会计制度编制；基层工会和 2022 年以前的期间不编",
            "these forms are filed by unions of county level and above, for periods since 2022",
        )
