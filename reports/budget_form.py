"""The statutory table of a union's budget beside its actuals, and the versions behind it.

Rows are those of 工会经费收支预算表 as adapted to 财会〔2021〕7号: income, expenditure, their difference, and the
funds carried over (结转结余) before and after.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from ledger.balances import closing_rows, opening_rows, standing, unclosed
from ledger.facts import Facts
from reports.model import Block, Column, ColumnKind, Row, RowKind, Table
from reports.parts import line_name
from reports.statements.forms import CARRIED, SURPLUS
from reports.words import say, wording
from rules.budget.execution import BudgetLine, execution
from rules.budget.explanations import explanations, unexplained
from rules.budget.history import LineHistory, Stage, line_histories, stages
from rules.budget.lines import INCOME, SPENDING, LineKey, in_force, versions_of
from rules.budget.procedure import STEPS
from rules.finding import Text
from rules.law import ParameterValue

_FUNDS = (*CARRIED, *SURPLUS, "surplus")  # the last is 结余 of the system of 2009
_MOST_REVISIONS = 4  # columns of changes that fit a page; the rest are one column


def form_table(
    facts: Facts, year: int, until: datetime.date, language: str = "zh", share: ParameterValue | None = None
) -> Table:
    """Return the budget form of a year beside what was received and spent up to a day.

    The last column holds the treasurer's explanation, else the reason of the version in force. Given the `share`
    of deviation that has to be explained, a line beyond it without a word says so.
    """
    word = wording(language)
    columns = (
        Column(word("科目编码", "Code")),
        Column(word("科目名称", "Account"), weight=6),
        Column(word("年初核定预算数", "Original budget"), ColumnKind.FEN),
        Column(word("预算调整数", "Revision"), ColumnKind.FEN),
        Column(word("调整后预算数", "Revised budget"), ColumnKind.FEN),
        Column(word("实际执行数", "Actual"), ColumnKind.FEN),
        Column(word("差异", "Difference"), ColumnKind.FEN),
        Column(word("说明", "Explanation"), weight=3),
    )
    lines = execution(facts, year, until)
    told = explanations(facts, year)
    silent = {LineKey(line.account, line.project) for line in unexplained(lines, told, share)}
    reasons = _reasons(facts, year, until) | {key: one.text for key, one in told.items()}
    lacking = word("未作说明", "not explained")
    reasons |= {key: f"{lacking}；{reasons[key]}" if reasons.get(key) else lacking for key in silent}
    income = [line for line in lines if line.element == INCOME]
    spending = [line for line in lines if line.element == SPENDING]
    drawn = [line for line in lines if line.element not in (INCOME, SPENDING)]
    rows = [_line(line, reasons, language) for line in income]
    received, spent = _sums(income), _sums(spending)
    rows.append(_sum_row(word("本年收入合计", "Income of the year"), received))
    rows += [_line(line, reasons, language) for line in spending]
    rows.append(_sum_row(word("本年支出合计", "Expenditure of the year"), spent))
    result = (_less(received[0], spent[0]), _less(received[1], spent[1]), received[2] - spent[2])
    rows.append(_sum_row(word("本年收支差额", "Difference of the year"), result))
    rows += [_line(line, reasons, language) for line in drawn]
    opening, closing = fund_ends(facts, year, until)
    direct = closing - opening - (received[2] - spent[2])
    rows.append(_fund_row(word("上年结转结余", "Funds carried over from last year"), opening))
    if direct:
        rows.append(_fund_row(word("结转结余调整及其他变动", "Adjustments and other changes of the funds"), direct))
    rows.append(_fund_row(word("期末滚存结转结余", "Funds at the end"), closing))
    notes = (
        word(
            "差异＝实际执行数－调整后预算数；没有预算的科目，差异即实际执行数。上下级都有预算的，合计不重复计算。",
            "Difference = actual less revised budget. A line that another contains is counted once in the totals.",
        ),
        word(
            "结转结余为工会资金与财政拨款的结转、结余之和，含尚未年末结转的收支差额；预算没有编列的栏目为空。",
            "Funds: carried forward and surplus, with a result that no carry-forward has moved yet.",
        ),
    )
    caption = word(
        f"{year}年度工会经费收支预算表（附实际执行数）", f"Budget of income and expenditure {year}, with actuals"
    )
    return Table(columns, tuple(rows), caption, word("元", "yuan"), notes)


def _reasons(facts: Facts, year: int, until: datetime.date) -> dict[LineKey, str]:
    """Return the reason of each line's version in force; one that all original lines share explains none of them."""
    versions = versions_of(facts, year)
    shared = {v.reason for v in versions if not v.version}
    return {key: v.reason for key, v in in_force(versions, until).items() if v.version or len(shared) > 1}


def fund_ends(facts: Facts, year: int, until: datetime.date) -> tuple[int, int]:
    """Return the funds carried over into a year, and those at the end of a day with the result so far, in fen."""
    opening = standing(opening_rows(facts, year))
    rows = closing_rows(facts, until)
    closing = standing(rows)
    return (
        -sum(opening.get(name, 0) for name in _FUNDS),
        unclosed(rows).total - sum(closing.get(name, 0) for name in _FUNDS),
    )


def _line(line: BudgetLine, reasons: dict[LineKey, str], language: str) -> Row:
    word = wording(language)
    budget, original = line.in_force_fen, line.original_fen
    revised = None if budget is None else budget - (original or 0)
    flow = line.element in (INCOME, SPENDING)
    actual = line.actual_fen if flow else None
    gap = line.actual_fen - (budget or 0) if flow else None
    reason = reasons.get(LineKey(line.account, line.project), "")
    if line.disputed:
        reason, gap = word("同一版本有两种内容，未比较", "contradicting versions, not compared"), None
    elif budget is None:
        bare = word("没有预算", "no budget")
        reason = f"{bare}；{reason}" if reason else bare
    name = line_name(line.account, "").split("-", 1)[-1]
    if not flow:
        name = word(f"动用以前年度结余（{name}）", f"use of earlier years' surplus ({name})")
    shown = f"{name}（{line.project}）" if line.project else name
    return Row((line.code, shown, original, revised or None, budget, actual, gap, reason))


def _sums(lines: Sequence[BudgetLine]) -> tuple[int | None, int | None, int]:
    """Return original budget, budget in force and actual added up; a disputed line leaves the budget unknown."""
    whole = [line for line in lines if not line.contained]
    actual = sum(line.actual_fen for line in whole)
    if any(line.disputed for line in whole):
        return None, None, actual
    return sum(line.original_fen or 0 for line in whole), sum(line.in_force_fen or 0 for line in whole), actual


def _less(first: int | None, second: int | None) -> int | None:
    return None if first is None or second is None else first - second


def _sum_row(name: str, sums: tuple[int | None, int | None, int]) -> Row:
    original, budget, actual = sums
    if original is None or budget is None:
        return Row(("", name, None, None, None, actual, None, ""), RowKind.TOTAL)
    return Row(("", name, original, budget - original or None, budget, actual, actual - budget, ""), RowKind.TOTAL)


def _fund_row(name: str, fen: int) -> Row:
    return Row(("", name, None, None, None, fen, None, ""), RowKind.TOTAL)


def version_tables(facts: Facts, year: int, until: datetime.date, language: str = "zh") -> tuple[Block, ...]:
    """Return the versions of a year's budget with their procedure, and what each revision changed."""
    found = stages(facts, year, until)
    if not found:
        return ()
    histories = line_histories(facts, year, until)
    made: list[Block] = [stage_table(found, year, language)]
    if any(history.revised for history in histories):
        made.append(change_table(histories, found, year, language))
    return tuple(made)


def stage_table(found: Sequence[Stage], year: int, language: str = "zh") -> Table:
    """Return one row a version: its number, days in force and of its procedure, totals, and reason."""
    word = wording(language)
    columns = (
        Column(word("版本", "Version")),
        Column(word("生效日", "In force")),
        Column(word("委员会通过", "Committee")),
        Column(word("经审会审查", "Audit committee")),
        Column(word("上级批准", "Approved")),
        Column(word("收入预算", "Income"), ColumnKind.FEN),
        Column(word("支出预算", "Expenditure"), ColumnKind.FEN),
        Column(word("理由", "Reason"), weight=5),
    )
    rows = []
    for stage in found:
        name = word(f"第{stage.number}次调整", f"revision {stage.number}") if stage.number else word("年初", "original")
        steps = (stage.committee, stage.audit_review, stage.approved)
        told = [_days(days, step in stage.unrecorded, language) for step, days in zip(STEPS, steps, strict=True)]
        totals = (stage.total_fen(INCOME), stage.total_fen(SPENDING))
        rows.append(Row((name, _days(stage.days, False, language), *told, *totals, "；".join(stage.reasons))))
    caption = word(f"{year}年度预算的编制与调整", f"The budget of {year} and its revisions")
    return Table(columns, tuple(rows), caption, word("元", "yuan"))


def _days(days: Sequence[datetime.date], lacking: bool, language: str) -> str:
    shown = [day.isoformat() for day in days]
    if lacking:
        part = Text("部分无记录", "not recorded for some") if days else Text("无记录", "not recorded")
        shown.append(say(part, language))
    return "、".join(shown) if language != "en" else ", ".join(shown)


def change_table(histories: Sequence[LineHistory], found: Sequence[Stage], year: int, language: str = "zh") -> Table:
    """Return the lines that were revised: original, change by each revision, last amount; the rest in one row."""
    word = wording(language)
    count = len(found) - sum(1 for stage in found if not stage.number)
    shown = min(count, _MOST_REVISIONS)
    names = [word(f"第{n}次调整", f"Revision {n}") for n in range(1, shown + 1)]
    if count > shown:
        names[-1] = word(f"第{shown}至{count}次调整", f"Revisions {shown} to {count}")
    columns = (
        Column(word("科目、项目", "Account, project"), weight=3),
        Column(word("年初核定", "Original"), ColumnKind.FEN),
        *(Column(name, ColumnKind.FEN) for name in names),
        Column(word("最后预算", "Last"), ColumnKind.FEN),
    )
    rows = [
        Row(
            (
                line_name(history.key.account, history.key.project),
                history.original_fen,
                *(fen or None for fen in _changes(history, shown)),
                history.final_fen,
            )
        )
        for history in histories
        if history.revised
    ]
    for element, name, total in (
        (INCOME, word("其余收入（未调整）", "other income, unrevised"), word("收入合计", "Total income")),
        (SPENDING, word("其余支出（未调整）", "other expenditure, unrevised"), word("支出合计", "Total expenditure")),
    ):
        own = [h for h in histories if h.element == element and not h.contained]
        if not any(h.element == element and h.revised for h in histories):
            continue
        rest = sum(h.final_fen for h in own if not h.revised)
        if rest:
            rows.append(Row((name, rest, *[None] * shown, rest)))
        sums = [sum(column) for column in zip(*(_changes(h, shown) for h in own), strict=True)]
        original = sum(h.original_fen or 0 for h in own)
        rows.append(Row((total, original, *sums, sum(h.final_fen for h in own)), RowKind.TOTAL))
    caption = word(f"{year}年度预算各次调整的科目", f"Lines revised in {year}")
    return Table(columns, tuple(rows), caption, word("元", "yuan"))


def _changes(history: LineHistory, shown: int) -> tuple[int, ...]:
    first, rest = history.changes_fen[: shown - 1], history.changes_fen[shown - 1 :]
    return (*first, sum(rest)) if shown else ()
