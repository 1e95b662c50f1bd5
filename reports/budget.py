"""The execution of the budget as blocks: every line, where it parted from the budget, its course and versions."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from decimal import Decimal

from ledger.facts import Facts
from reports.budget_course import course_blocks, structure_blocks
from reports.budget_form import form_table, version_tables
from reports.budget_overrides import override_table
from reports.budget_replay import replay_blocks
from reports.model import Bar, Block, Cell, Column, ColumnKind, Figure, Paragraph, Row, RowKind, Table
from reports.parts import line_name
from reports.words import rounded_percent, say, wording
from rules.budget.disputed import dispute_texts
from rules.budget.execution import BudgetLine, execution
from rules.budget.explanations import SHARE, explanations, unexplained, unmatched
from rules.budget.lines import versions_of
from rules.finding import Text
from rules.law import Law, NoParameter, ParameterValue

_INCOME, _EXPENSE = "income", "expense"
_MOST_BARS = 10
_STOP = Text("。", ".")
_DISPUTED = Text(
    "因预算行有互相矛盾的版本，预算合计、执行进度和预算调整情况未能编列，核对改正后重新生成。",
    "Versions of a line contradict each other: totals of the budget, its course and its revisions are not given.",
)


def budget_blocks(
    facts: Facts, year: int, until: datetime.date, language: str = "zh", law: Law | None = None
) -> tuple[Block, ...]:
    """Return the execution of a year's budget up to a day; a year without any budget is said in a sentence.

    `law` gives the share of deviation that has to be explained, where the union above or the union itself set one.
    """
    lines = execution(facts, year, until)
    if not _is_budgeted(lines):
        absent = Text(
            f"账套中没有{year}年度预算，预算执行情况无从比较。", f"The book holds no budget of {year} to compare with."
        )
        return (Paragraph(say(absent, language), strong=True),)
    versions = [v for v in versions_of(facts, year) if v.date <= until]
    doubts = [
        Paragraph(say(text, language) + say(_STOP, language), strong=True) for text in dispute_texts(year, versions)
    ]
    made: list[Block] = [*doubts, execution_table(lines, year, until, language)]
    made += replay_blocks(facts, year, until, language)
    passed = override_table(facts, year, until, language)
    made += [passed] if passed else []
    made += execution_figures(facts, year, until, language)
    if not doubts:
        made += course_blocks(facts, year, until, language)
    made += structure_blocks(facts, until, language)
    share = explained_share(facts, law, until)
    made.append(form_table(facts, year, until, language, share))
    made += explanation_blocks(facts, year, until, language, share)
    if not doubts:
        made += version_tables(facts, year, until, language)
    else:
        made.append(Paragraph(say(_DISPUTED, language), strong=True))
    return tuple(made)


def explained_share(facts: Facts, law: Law | None, until: datetime.date) -> ParameterValue | None:
    """Return the share of deviation from a budget that has to be explained, None where nobody set one."""
    try:
        return law.value(SHARE, until, facts.union) if law else None
    except NoParameter:
        return None


def explanation_blocks(
    facts: Facts, year: int, until: datetime.date, language: str = "zh", share: ParameterValue | None = None
) -> tuple[Block, ...]:
    """Return what is to be said of the explanations: lines that lack one, and ones that belong to no line."""
    lines, told = execution(facts, year, until), explanations(facts, year)
    lacking, strays = unexplained(lines, told, share), unmatched(lines, told)
    made: list[Block] = []
    if share is not None and lacking:
        names = "、".join(line_name(line.account, line.project) for line in lacking)
        text = Text(
            f"预算执行差异超过{rounded_percent(share.number)}而没有说明的预算行{len(lacking)}个：{names}。"
            f"说明填在 registers/explanations.csv。依据：{share.instrument}{share.article}。",
            f"Lines off by more than {rounded_percent(share.number)} and not explained, {len(lacking)}: {names}.",
        )
        made.append(Paragraph(say(text, language), strong=True))
    if strays:
        places = "、".join(f"{key.shown}（第{told[key].line}行）" for key in strays)
        text = Text(
            f"registers/explanations.csv 中有{len(strays)}条说明不属于{year}年度的任何预算行，未列入：{places}。",
            f"{len(strays)} rows of registers/explanations.csv belong to no budget line of {year}: {places}.",
        )
        made.append(Paragraph(say(text, language), strong=True))
    return tuple(made)


def execution_table(lines: Sequence[BudgetLine], year: int, until: datetime.date, language: str = "zh") -> Table:
    """Return every budget line with its versions, what was spent or received and what is left."""
    word = wording(language)
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


def execution_figures(facts: Facts, year: int, until: datetime.date, language: str = "zh") -> tuple[Figure, ...]:
    """Return a year's income and expenditure beside their budget as figures; nothing for a year without any budget."""
    lines = execution(facts, year, until)
    if not _is_budgeted(lines):
        return ()
    word = wording(language)
    titles = (
        (_INCOME, word(f"{year}年度收入预算与执行", f"Income {year}: budget and actual")),
        (_EXPENSE, word(f"{year}年度支出预算与执行", f"Expenditure {year}: budget and actual")),
    )
    parts = (([x for x in lines if x.element == element and not x.disputed], title) for element, title in titles)
    return tuple(execution_figure(own, title, language) for own, title in parts if own)


def _is_budgeted(lines: Sequence[BudgetLine]) -> bool:
    return any(line.in_force_fen is not None or line.disputed for line in lines)


def execution_figure(lines: Sequence[BudgetLine], caption: str, language: str = "zh") -> Figure:
    """Return budget and actual side by side for the largest lines of one kind; the rest are one group."""
    word = wording(language)
    ranked = sorted(lines, key=lambda x: (-max(x.in_force_fen or 0, x.actual_fen), x.account, x.project))
    shown, rest = ranked[:_MOST_BARS], ranked[_MOST_BARS:]
    shown = sorted(shown, key=lambda x: (x.account, x.project))
    bars = [Bar(line.project or line.name, (line.in_force_fen or 0, line.actual_fen)) for line in shown]
    if rest:
        values = (sum(x.in_force_fen or 0 for x in rest), sum(x.actual_fen for x in rest))
        bars.append(Bar(word("其余", "others"), values))
    series = (word("预算", "budget"), word("执行", "actual"))
    return Figure(caption, series, tuple(bars))


def _cells(line: BudgetLine) -> tuple[Cell, ...]:
    revised = None if line.in_force_fen is None else line.in_force_fen - (line.original_fen or 0)
    left = None if line.in_force_fen is None else line.remaining_fen
    name = line_name(line.account, line.project)
    if line.element not in (_INCOME, _EXPENSE):
        return (name, line.original_fen, revised, line.in_force_fen, None, None, None)
    return (name, line.original_fen, revised, line.in_force_fen, line.actual_fen, line.rate, left)


def _total(label: str, lines: Sequence[BudgetLine]) -> Row:
    lines = [line for line in lines if not line.contained]  # a line above counts them already
    if any(line.disputed for line in lines):
        return Row((label, None, None, None, sum(line.actual_fen for line in lines), None, None), RowKind.TOTAL)
    original = sum(line.original_fen or 0 for line in lines)
    budget = sum(line.in_force_fen or 0 for line in lines)
    actual = sum(line.actual_fen for line in lines)
    rate = Decimal(actual) / budget if budget else None
    return Row((label, original, budget - original, budget, actual, rate, budget - actual), RowKind.TOTAL)
