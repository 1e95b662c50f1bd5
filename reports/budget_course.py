"""How a year went: the course month by month, what the money was spent on, and how much of it at the year's end."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from decimal import Decimal

from ledger.facts import Facts
from reports.model import Bar, Block, Cell, Column, ColumnKind, Figure, Row, RowKind, Table
from reports.words import say, wording
from rules.budget.course import CourseMonth, course
from rules.budget.lines import INCOME, SPENDING
from rules.budget.structure import Group, YearEnd, groups, shares, year_ends, years_kept
from rules.finding import Text

_MOST_YEARS = 4


def course_blocks(facts: Facts, year: int, until: datetime.date, language: str = "zh") -> tuple[Block, ...]:
    """Return the course of income and of expenditure, each as a table and a figure; one without budget has none."""
    made: list[Block] = []
    for element, name in ((SPENDING, Text("支出", "Expenditure")), (INCOME, Text("收入", "Income"))):
        months = course(facts, year, until, element)
        if any(month.budget_fen is not None for month in months):
            made += [course_table(months, year, name, language), course_figure(months, year, name, language)]
    return tuple(made)


def course_table(months: Sequence[CourseMonth], year: int, name: Text, language: str = "zh") -> Table:
    """Return, for every month, what had come in or gone out since January beside the even and the planned course."""
    word = wording(language)
    planned = any(month.planned_fen is not None for month in months)
    columns = [
        Column(word("截至", "Up to")),
        Column(word("均衡进度", "Even course"), ColumnKind.FEN),
        *([Column(word("计划进度", "Planned course"), ColumnKind.FEN)] if planned else []),
        Column(word("累计执行", "Actual"), ColumnKind.FEN),
        Column(word("快于均衡（负数为慢）", "Ahead of even (negative: behind)"), ColumnKind.FEN),
        *([Column(word("快于计划（负数为慢）", "Ahead of plan"), ColumnKind.FEN)] if planned else []),
        Column(word("占全年预算", "Of the budget"), ColumnKind.SHARE),
    ]
    rows = []
    for month in months:
        cells: list[Cell] = [month.month, month.even_fen]
        cells += [month.planned_fen] if planned else []
        cells += [month.actual_fen, month.ahead_fen]
        cells += [month.ahead_of_plan_fen] if planned else []
        cells.append(month.rate)
        rows.append(Row(tuple(cells)))
    notes = [
        word(
            "均衡进度：当月末有效的全年预算按月均分；仅供比较，不是法定进度。",
            "Even course: the budget in force at the month's end, one twelfth a month; a measure, no limit of law.",
        )
    ]
    if planned:
        notes.append(
            word(
                "计划进度：活动计划（registers/activities.csv）列入其月份，预算的其余部分按月均分。",
                "Planned course: activities of the plan in their months, the rest of the budget evenly.",
            )
        )
    caption = word(f"{year}年度{name.zh}进度", f"Course of {name.en.lower()} {year}")
    return Table(tuple(columns), tuple(rows), caption, word("元", "yuan"), tuple(notes))


def course_figure(months: Sequence[CourseMonth], year: int, name: Text, language: str = "zh") -> Figure:
    """Return the course as bars: even, planned where there is a plan, and actual, all since January."""
    planned = any(month.planned_fen is not None for month in months)
    series = [Text("均衡进度", "even"), *([Text("计划进度", "planned")] if planned else []), Text("累计执行", "actual")]
    bars = []
    for month in months:
        values = [month.even_fen or 0, *([month.planned_fen or 0] if planned else []), month.actual_fen]
        bars.append(Bar(month.month[5:], tuple(values)))
    caption = Text(f"{year}年度{name.zh}累计进度图", f"Course of {name.en.lower()} {year}")
    return Figure(say(caption, language), tuple(say(one, language) for one in series), tuple(bars))


def structure_blocks(facts: Facts, until: datetime.date, language: str = "zh") -> tuple[Block, ...]:
    """Return the shares of the groups of expenditure over the years of the book, and the spending of years' ends."""
    years = years_kept(facts, until, _MOST_YEARS)
    found, ends = groups(facts, years, until), year_ends(facts, years, until)
    made: list[Block] = []
    if found:
        made.append(structure_table(found, years, until, language))
    if ends:
        made.append(year_end_table(ends, language))
    return tuple(made)


def structure_table(found: Sequence[Group], years: Sequence[int], until: datetime.date, language: str = "zh") -> Table:
    """Return each group of expenditure with its amount and share this year, and its share in earlier years."""
    word = wording(language)
    columns = [
        Column(word("支出类别", "Group"), weight=2),
        Column(word(f"{years[0]}年金额", f"{years[0]}"), ColumnKind.FEN),
        *(Column(word(f"{year}年占比", f"Share {year}"), ColumnKind.SHARE) for year in years),
    ]
    parts = [shares(found, place) for place in range(len(years))]
    rows = [
        Row((group.name, group.amounts_fen[0], *(part[number] for part in parts))) for number, group in enumerate(found)
    ]
    total = sum(group.amounts_fen[0] for group in found)
    whole = tuple(None if part[0] is None else Decimal(1) for part in parts)
    rows.append(Row((word("合计", "Total"), total, *whole), RowKind.TOTAL))
    notes = []
    if (until.month, until.day) != (12, 31) and len(years) > 1:
        notes.append(
            word(f"各年均计至{until.month}月{until.day}日。", f"All years up to day {until.month}-{until.day}.")
        )
    if len(years) == 1:
        notes.append(word("账套没有以前年度的支出，无从比较。", "The book holds no spending of earlier years."))
    caption = word("支出结构", "What the money was spent on")
    return Table(tuple(columns), tuple(rows), caption, word("元", "yuan"), tuple(notes))


def year_end_table(ends: Sequence[YearEnd], language: str = "zh") -> Table:
    """Return how much of a year's spending fell into December and into its last ten days; figures, no judgement."""
    word = wording(language)
    columns = (
        Column(word("年度", "Year")),
        Column(word("全年支出", "Spent"), ColumnKind.FEN),
        Column(word("其中12月", "In December"), ColumnKind.FEN),
        Column(word("占比", "Share"), ColumnKind.SHARE),
        Column(word("其中最后十天（12月22日起）", "In the last ten days"), ColumnKind.FEN),
        Column(word("占比", "Share"), ColumnKind.SHARE),
    )
    rows = [
        Row(
            (
                str(end.year),
                end.spent_fen,
                end.last_month_fen,
                end.share(end.last_month_fen),
                end.last_days_fen,
                end.share(end.last_days_fen),
            )
        )
        for end in ends
    ]
    return Table(columns, tuple(rows), word("年末支出", "Spending at the year's end"), word("元", "yuan"))
