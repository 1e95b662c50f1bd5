"""收入支出表 (工会02表): what came in, what went out, and what became of the funds in a period."""

from __future__ import annotations

import datetime

from ledger.accounts import Chart
from ledger.balances import closing_rows, opening_rows, standing, sums, unclosed
from ledger.facts import Facts
from ledger.money import shown_yuan
from reports.periods import is_whole_month, is_whole_year, period_text
from reports.statements.figures import chart_of, has_books
from reports.statements.fill import Amounts, fill, lines_of
from reports.statements.forms import CARRIED, SURPLUS, FormLine, income_form
from reports.statements.statement import Statement, StatementError


def income_statement(facts: Facts, since: datetime.date, until: datetime.date) -> Statement:
    """Return the statement of income and expenditure of a period within one year, both days inclusive.

    A whole year has the columns 本年数 and 上年数 and fills what the funds were at its two ends; any other period
    has its own amounts beside those since January 1. Raises StatementError for a period across years.
    """
    if since > until or since.year != until.year:
        raise StatementError(
            f"收入支出表按会计年度编制，{since.isoformat()} 至 {until.isoformat()} 不在同一年度内；请分年编制",
            f"a statement of income and expenditure stays within one year; {since} to {until} does not",
        )
    chart = chart_of(until)
    form = income_form(chart)
    notes: list[str] = []
    if is_whole_year(since, until):
        columns = ("本年数", "上年数")
        this = _year(facts, form, since.year)
        amounts = (this, _last_year(facts, form, chart, since.year, notes))
        notes += _not_closed(facts, until)
    else:
        columns = ("本月数" if is_whole_month(since, until) else "本期数", "本年累计数")
        first = since.replace(month=1, day=1)
        amounts = (_period(facts, form, since, until), _period(facts, form, first, until))
    notes += _homeless(facts, since, until)
    return Statement(
        form="工会02表",
        title="收入支出表",
        union=facts.union.name,
        period=period_text(since, until),
        until=until,
        columns=columns,
        lines=lines_of(form, chart, facts.union.level, amounts),
        notes=tuple(notes),
    )


def _period(facts: Facts, form: tuple[FormLine, ...], since: datetime.date, until: datetime.date) -> Amounts:
    activity = facts.activity_of(since, until)
    by_group = sums(activity, "group")
    by_meaning = {meaning: fen for meaning, fen in sums(activity, "meaning").items() if meaning not in by_group}
    return fill(form, {**by_meaning, **by_group})


def _year(facts: Facts, form: tuple[FormLine, ...], year: int) -> Amounts:
    first, last = datetime.date(year, 1, 1), datetime.date(year, 12, 31)
    amounts = _period(facts, form, first, last)
    if "opening_funds" in amounts:
        ends = {"opening": opening_rows(facts, year), "closing": closing_rows(facts, last)}
        for end, rows in ends.items():
            balances = standing(rows)
            carried = -sum(balances.get(meaning, 0) for meaning in CARRIED)
            surplus = -sum(balances.get(meaning, 0) for meaning in SURPLUS)
            amounts[f"{end}_carry_forward"], amounts[f"{end}_surplus"] = carried, surplus
            amounts[f"{end}_funds"] = carried + surplus
    return amounts


def _last_year(facts: Facts, form: tuple[FormLine, ...], chart: Chart, year: int, notes: list[str]) -> Amounts:
    empty: Amounts = dict.fromkeys((line.key for line in form), None)
    if year == chart.since.year and chart.until is None:
        notes.append("2022年度收入支出表不要求填列上年比较数（财会〔2021〕16号六、（二））。")
        return empty
    if year == chart.since.year or not has_books(facts, year - 1):
        notes.append(f"账套没有{year - 1}年度的凭证，“上年数”栏不填列。")
        return empty
    return _year(facts, form, year - 1)


def _not_closed(facts: Facts, until: datetime.date) -> list[str]:
    left = unclosed(closing_rows(facts, until))
    if not left.accounts:
        return []
    return [f"本年收支差额{shown_yuan(left.total)}元年末尚未结转（缺年末结转凭证），“年末资金结转结余”按账面现状列示。"]


def _homeless(facts: Facts, since: datetime.date, until: datetime.date) -> list[str]:
    activity = facts.activity_of(since, until)
    strange = activity[activity["element"].isin(["income", "expense"]) & (activity["group"] == "")]
    if strange.empty:
        return []
    names = "、".join(sorted(set(strange["account"].astype(str))))
    return [f"下列收入、支出科目不属于会计制度科目表，发生额未列入本表：{names}。"]
