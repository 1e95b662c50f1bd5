"""公开: what the members are shown of their union's money — income, spending by kind and what is left, nobody's name.

Only names of the statutory chart stand in it. Local sub-accounts, projects, summaries and other parties are left
out, because any of them may name a person; relief lines of few vouchers are shown together, because an amount alone
may tell who received it.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from decimal import Decimal

import pandas as pd

from ledger.accounts import Chart
from ledger.facts import Facts
from reports.budget_form import fund_ends
from reports.model import (
    Bar,
    Block,
    Cell,
    Column,
    ColumnKind,
    Document,
    Figure,
    Heading,
    Paragraph,
    Row,
    RowKind,
    Table,
)
from reports.periods import is_whole_year, period_text
from reports.redaction import Profile, redacted
from reports.statements import StatementError
from reports.statements.figures import chart_of
from reports.words import say, wording
from rules.budget.execution import execution
from rules.finding import Text

_RELIEF = "rights_protection_expense"
_FEW = 3  # vouchers: below it a relief line is shown with the others


def disclosure(facts: Facts, since: datetime.date, until: datetime.date, language: str = "zh") -> Document:
    """Return the table that is published to the members for a period within one year, both days inclusive.

    Raises StatementError for a period across years or before the oldest known chart.
    """
    if since > until or since.year != until.year:
        raise StatementError(
            f"经费公开表按会计年度编制，{since} 至 {until} 不在同一年度内；请分年编制",
            f"what is published stays within one year; {since} to {until} does not",
        )
    chart = chart_of(until)
    word = wording(language)
    rows = facts.activity_of(since, until)
    income, income_total = _lines(rows, chart, "income", -1)
    spending, spending_total = _lines(rows, chart, "expense", 1)
    blocks: list[Block] = [
        Heading(word("一、收入、支出和结余", "1. Income, spending and balance")),
        _summary(facts, since, until, income_total, spending_total, language),
        Heading(word("二、收入从哪里来", "2. Where the money came from")),
        _table(income, income_total, word("收入", "Income"), language),
        Heading(word("三、钱花在哪里", "3. What it was spent on")),
        _table(spending, spending_total, word("支出", "Spending"), language),
    ]
    bars = tuple(Bar(str(row.cells[0]), (int(str(row.cells[1])),)) for row in spending if row.kind is RowKind.HEAD)
    if bars:
        blocks.append(Figure(word("各类支出", "Spending by kind"), (word("支出", "spending"),), bars))
    blocks += _budget(facts, since, until, language)
    blocks.append(
        Paragraph(
            word(
                "本表只列会计制度规定的科目名称，不列个人、供应商和具体事项；笔数很少的帮扶、慰问类明细合并列示。"
                "会员对经费收支有疑问的，可以向工会委员会或经费审查委员会询问。",
                "This table names the accounts of the accounting system alone, no person and no supplier. Members may "
                "ask the union's committee or its audit committee about it.",
            )
        )
    )
    title = word("工会经费收支情况公开表", "The union's income and spending, for its members")
    heads = ((word("工会", "Union"), facts.union.name), (word("期间", "Period"), period_text(since, until, language)))
    return redacted(Document(title, heads, tuple(blocks), until, language), facts, Profile.PUBLIC)


def _lines(rows: pd.DataFrame, chart: Chart, element: str, sign: int) -> tuple[list[Row], int]:
    """Return the lines of income or spending by statutory account, with shares, and their total in fen."""
    own = rows[rows["element"] == element]
    total = sign * int(own["amount_fen"].sum())
    made: list[Row] = []
    for code, group in own.groupby(own["code"].astype(str).str[:3], sort=True):
        main = chart.by_code.get(str(code))
        name = main.name if main else "未列入会计科目表的科目"
        made.append(_row(name, sign * int(group["amount_fen"].sum()), total, RowKind.HEAD))
        parts = _parts(group, chart, main.meaning if main else "", sign)
        if len(parts) > 1 or (parts and next(iter(parts)) != name):
            made += [_row(label, fen, total, RowKind.PLAIN, 1) for label, fen in parts.items()]
    return made, total


def _parts(group: pd.DataFrame, chart: Chart, meaning: str, sign: int) -> Mapping[str, int]:
    parts: dict[str, int] = {}
    few = 0
    for code, own in group.groupby(group["code"].astype(str), sort=True):
        below = chart.by_code.get(str(code))
        fen = sign * int(own["amount_fen"].sum())
        if below is None or not fen:
            continue
        if meaning == _RELIEF and own["entry"].nunique() < _FEW:
            few += fen
        elif below.code == below.parent_code:
            parts["未分明细"] = parts.get("未分明细", 0) + fen
        else:
            parts[below.name] = fen
    if few:
        parts["笔数较少的各项合计"] = few
    return {} if list(parts) == ["未分明细"] else parts


def _row(name: str, fen: int, total: int, kind: RowKind, indent: int = 0) -> Row:
    return Row((name, fen, Decimal(fen) / total if total else None), kind, indent)


def _table(rows: list[Row], total: int, title: str, language: str) -> Table:
    word = wording(language)
    columns = (
        Column(word("项目", "Item"), weight=3),
        Column(word("金额", "Amount"), ColumnKind.FEN),
        Column(word("占比", "Share"), ColumnKind.SHARE),
    )
    last = _row(word("合计", "Total"), total, total, RowKind.TOTAL)
    return Table(columns, (*rows, last), title, word("元", "yuan"))


def _summary(
    facts: Facts, since: datetime.date, until: datetime.date, income: int, spending: int, language: str
) -> Table:
    word = wording(language)
    opening, closing = fund_ends(facts, since.year, until)
    if since > since.replace(month=1, day=1):
        opening = fund_ends(facts, since.year, since - datetime.timedelta(days=1))[1]
    other = closing - opening - (income - spending)
    rows: list[tuple[Text, Cell]] = [
        (Text("期初结转结余", "Funds at the beginning"), opening),
        (Text("本期收入", "Income"), income),
        (Text("本期支出", "Spending"), spending),
        (Text("本期收支差额", "Difference"), income - spending),
        *([(Text("以前年度结转结余调整等", "Adjustments of earlier years"), other)] if other else []),
        (Text("期末结转结余", "Funds at the end"), closing),
    ]
    columns = (
        Column(word("项目", "Item"), weight=3),
        Column(word("金额", "Amount"), ColumnKind.FEN),
    )
    caption = word("收支总表", "Summary")
    made = tuple(Row((say(label, language), fen)) for label, fen in rows)
    return Table(columns, made, caption, word("元", "yuan"))


def _budget(facts: Facts, since: datetime.date, until: datetime.date, language: str) -> list[Block]:
    """Return budget beside actual for income and spending as a whole; nothing for a part of a year without budget."""
    lines = [line for line in execution(facts, until.year, until) if not line.contained]
    if not is_whole_year(since, until) or not any(line.in_force_fen is not None for line in lines):
        return []
    word = wording(language)
    rows = []
    for element, label in (("income", word("收入", "Income")), ("expense", word("支出", "Spending"))):
        own = [line for line in lines if line.element == element]
        budget, actual = sum(line.in_force_fen or 0 for line in own), sum(line.actual_fen for line in own)
        rows.append(Row((label, budget, actual, Decimal(actual) / budget if budget else None)))
    columns = (
        Column(word("项目", "Item"), weight=2),
        Column(word("预算数", "Budget"), ColumnKind.FEN),
        Column(word("执行数", "Actual"), ColumnKind.FEN),
        Column(word("执行率", "Rate"), ColumnKind.SHARE),
    )
    caption = word("预算执行", "Execution of the budget")
    return [
        Heading(word("四、预算执行得怎样", "4. How the budget was kept")),
        Table(columns, tuple(rows), caption, word("元", "yuan")),
    ]
