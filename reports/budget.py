"""The execution of the budget as blocks: every line, where it parted from the budget, its course and versions."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from decimal import Decimal

from ledger.facts import Facts
from reports.budget_course import course_blocks, structure_blocks
from reports.budget_form import form_table, version_tables
from reports.budget_replay import replay_blocks
from reports.model import Bar, Block, Cell, Column, ColumnKind, Figure, Paragraph, Row, RowKind, Table
from reports.parts import shown_account
from reports.words import say
from rules.budget.execution import BudgetLine, execution
from rules.finding import Text

_INCOME, _EXPENSE = "income", "expense"
_MOST_BARS = 10


def budget_blocks(facts: Facts, year: int, until: datetime.date, language: str = "zh") -> tuple[Block, ...]:
    """Return the execution of a year's budget up to a day; a year without any budget is said in a sentence."""
    lines = execution(facts, year, until)
    if not any(line.in_force_fen is not None for line in lines):
        absent = Text(
            f"账套中没有{year}年度预算，预算执行情况无从比较。", f"The book holds no budget of {year} to compare with."
        )
        return (Paragraph(say(absent, language), strong=True),)
    made: list[Block] = [execution_table(lines, year, until, language)]
    made += replay_blocks(facts, year, until, language)
    for element, title in (
        (_INCOME, Text(f"{year}年度收入预算与执行", f"Income {year}: budget and actual")),
        (_EXPENSE, Text(f"{year}年度支出预算与执行", f"Expenditure {year}: budget and actual")),
    ):
        figure = execution_figure([line for line in lines if line.element == element], say(title, language), language)
        if figure.bars:
            made.append(figure)
    made += course_blocks(facts, year, until, language)
    made += structure_blocks(facts, until, language)
    made.append(form_table(facts, year, until, language))
    made += version_tables(facts, year, until, language)
    return tuple(made)


def execution_table(lines: Sequence[BudgetLine], year: int, until: datetime.date, language: str = "zh") -> Table:
    """Return every budget line with its versions, what was spent or received and what is left."""

    def word(zh: str, en: str) -> str:
        return say(Text(zh, en), language)

    columns = (
        Column(word("科目、项目", "Account, project"), weight=5),
        Column(word("年初核定预算数", "Original budget"), ColumnKind.FEN),
        Column(word("预算调整数", "Revision"), ColumnKind.FEN),
        Column(word("调整后预算数", "Budget in force"), ColumnKind.FEN),
        Column(word("实际执行数", "Actual"), ColumnKind.FEN),
        Column(word("执行率", "Rate"), ColumnKind.SHARE),
        Column(word("结余（负数为超预算）", "Left (negative: exceeded)"), ColumnKind.FEN),
    )
    rows: list[Row] = []
    groups = (
        (_INCOME, word("收入", "Income"), word("收入合计", "Total income")),
        (_EXPENSE, word("支出", "Expenditure"), word("支出合计", "Total expenditure")),
        ("net_assets", word("动用以前年度结余", "Use of earlier years' surplus"), ""),
    )
    for element, head, total in groups:
        own = [line for line in lines if line.element == element]
        if not own:
            continue
        rows.append(Row((head, *(None,) * 6), RowKind.HEAD))
        rows += [Row(_cells(line), indent=1) for line in own]
        if total:
            rows.append(_total(total, own))
    notes = (
        word(
            f"实际执行数截至{until.isoformat()}，不含年末结转分录；没有预算的收支列示实际数，预算数为空。",
            f"Actual up to {until.isoformat()}, carry-forward left out; lines without a budget show none.",
        ),
    )
    caption = word(f"{year}年度工会经费预算执行情况表", f"Execution of the budget {year}")
    return Table(columns, tuple(rows), caption, word("元", "yuan"), notes)


def execution_figure(lines: Sequence[BudgetLine], caption: str, language: str = "zh") -> Figure:
    """Return budget and actual side by side for the largest lines of one kind; the rest are one group."""
    ranked = sorted(lines, key=lambda x: (-max(x.in_force_fen or 0, x.actual_fen), x.account, x.project))
    shown, rest = ranked[:_MOST_BARS], ranked[_MOST_BARS:]
    shown = sorted(shown, key=lambda x: (x.account, x.project))
    bars = [Bar(line.project or line.name, (line.in_force_fen or 0, line.actual_fen)) for line in shown]
    if rest:
        values = (sum(x.in_force_fen or 0 for x in rest), sum(x.actual_fen for x in rest))
        bars.append(Bar(say(Text("其余", "others"), language), values))
    series = (say(Text("预算", "budget"), language), say(Text("执行", "actual"), language))
    return Figure(caption, series, tuple(bars))


def _name(line: BudgetLine) -> str:
    last = shown_account(line.account).rsplit(" / ", 1)[-1]
    return f"{last}（{line.project}）" if line.project else last


def _cells(line: BudgetLine) -> tuple[Cell, ...]:
    revised = None if line.in_force_fen is None else line.in_force_fen - (line.original_fen or 0)
    left = None if line.in_force_fen is None else line.remaining_fen
    if line.element not in (_INCOME, _EXPENSE):
        return (_name(line), line.original_fen, revised, line.in_force_fen, None, None, None)
    return (_name(line), line.original_fen, revised, line.in_force_fen, line.actual_fen, line.rate, left)


def _total(label: str, lines: Sequence[BudgetLine]) -> Row:
    lines = [line for line in lines if not line.contained]  # a line above counts them already
    original = sum(line.original_fen or 0 for line in lines)
    budget = sum(line.in_force_fen or 0 for line in lines)
    actual = sum(line.actual_fen for line in lines)
    rate = Decimal(actual) / budget if budget else None
    return Row((label, original, budget - original, budget, actual, rate, budget - actual), RowKind.TOTAL)
