"""Where spending and budget parted: lines exceeded and what became of it, spending without a line, lines unused."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from ledger.facts import Facts
from ledger.money import shown_yuan
from reports.model import Block, Column, ColumnKind, Row, RowKind, Table
from reports.parts import line_name
from reports.words import say, wording
from rules.budget.execution import BudgetLine
from rules.budget.overruns import Outcome, Overrun, overruns
from rules.budget.unlined import Unlined, Why, uncovered, unused
from rules.finding import Text

_WHY: Mapping[Why, Text] = MappingProxyType(
    {
        Why.NEVER: Text("全年没有预算行", "no line all year"),
        Why.BY_REVISION: Text("先支出，后调整补列", "spent before a revision added the line"),
        Why.BEFORE: Text("年初预算生效之前", "before the year's budget came into force"),
        Why.UNAPPROVED: Text("生效后、上级批准之前", "in force, not yet approved"),
    }
)


def replay_blocks(facts: Facts, year: int, until: datetime.date, language: str = "zh") -> tuple[Block, ...]:
    """Return the replay of a year's budget in at most three tables; what there is nothing of has no table."""
    over, bare, idle = overruns(facts, year, until), uncovered(facts, year, until), unused(facts, year, until)
    made: list[Block] = []
    if over:
        made.append(exceeded_table(over, language))
    if bare:
        made.append(uncovered_table(bare, language))
    if idle:
        made.append(unused_table(idle, until, language))
    return tuple(made)


def exceeded_table(found: Sequence[Overrun], language: str = "zh") -> Table:
    """Return the lines spent beyond the budget of the day: the first voucher, who approved it, and the end of it."""
    word = wording(language)
    columns = (
        Column(word("科目、项目", "Account, project"), weight=3),
        Column(word("首次超预算凭证", "First voucher beyond"), weight=2),
        Column(word("日期", "Date"), ColumnKind.DAY),
        Column(word("审批", "Approved by")),
        Column(word("当日预算", "Budget that day"), ColumnKind.FEN),
        Column(word("当时超出", "Over then"), ColumnKind.FEN),
        Column(word("最多超出", "Furthest"), ColumnKind.FEN),
        Column(word("结果", "Outcome"), weight=3),
    )
    rows = [
        Row(
            (
                line_name(one.key.account, one.key.project),
                one.first.movement.voucher,
                one.first.movement.date,
                one.approver or word("未记录", "not recorded"),
                one.first.budget.amount_fen,
                one.first.excess_fen,
                one.worst_fen,
                say(_outcome(one), language),
            )
        )
        for one in found
    ]
    caption = word("按当日有效预算重放：超预算的科目", "Replayed against the budget of the day: lines exceeded")
    return Table(columns, tuple(rows), caption, word("元", "yuan"))


def _outcome(one: Overrun) -> Text:
    healed = f"{one.healed_by.date.isoformat()}" if one.healed_by else ""
    if one.outcome is Outcome.OPEN:
        left = shown_yuan(one.left_fen)
        if one.healed_by:
            return Text(f"{healed}调整补足后又超支，期末仍超{left}", f"revised {healed}, then over again by {left}")
        return Text(f"未补足，期末仍超{left}", f"not healed, over by {left}")
    if one.outcome is Outcome.REVISED:
        return Text(f"{healed}调整补足", f"healed by the revision of {healed}")
    return Text("其后冲回或改列", "reversed or moved to another line")


def uncovered_table(found: Sequence[Unlined], language: str = "zh") -> Table:
    """Return spending that no approved line covered on its day, by line and reason."""
    word = wording(language)
    columns = (
        Column(word("科目、项目", "Account, project"), weight=3),
        Column(word("情形", "What"), weight=2),
        Column(word("凭证数", "Vouchers"), ColumnKind.COUNT),
        Column(word("金额", "Amount"), ColumnKind.FEN),
        Column(word("最早凭证", "First voucher"), weight=2),
        Column(word("日期", "Date"), ColumnKind.DAY),
    )
    rows = []
    for one in found:
        first = one.moves[0]
        name = line_name(one.key.account, one.key.project) if one.key.account else word("各项支出", "all lines")
        rows.append(Row((name, say(_WHY[one.why], language), one.vouchers, one.amount_fen, first.voucher, first.date)))
    caption = word("没有预算或批准之前的支出", "Spending without a line, or before its approval")
    return Table(columns, tuple(rows), caption, word("元", "yuan"))


def unused_table(lines: Sequence[BudgetLine], until: datetime.date, language: str = "zh") -> Table:
    """Return the lines of expenditure that no voucher touched."""
    word = wording(language)
    columns = (
        Column(word("科目、项目", "Account, project"), weight=3),
        Column(word("年初核定预算数", "Original budget"), ColumnKind.FEN),
        Column(word("调整后预算数", "Budget in force"), ColumnKind.FEN),
    )
    rows = [Row((line_name(x.account, x.project), x.original_fen, x.in_force_fen)) for x in lines]
    total = sum(x.in_force_fen or 0 for x in lines if not x.contained)
    original = sum(x.original_fen or 0 for x in lines if not x.contained)
    rows.append(Row((word("合计", "Total"), original, total), RowKind.TOTAL))
    caption = word(f"截至{until.isoformat()}未曾使用的支出预算", f"Lines unused by {until.isoformat()}")
    return Table(columns, tuple(rows), caption, word("元", "yuan"))
