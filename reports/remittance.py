"""Contribution, retention and remittance as blocks: month by month, what was due, received, late and passed on."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from ledger.facts import Facts
from reports.findings import law_value
from reports.model import Bar, Block, Cell, Column, ColumnKind, Figure, Paragraph, Row, RowKind, Table
from reports.remittance_flow import age_blocks, dues_blocks, flow_blocks, yuan_table
from reports.words import VALUE_STATUSES, say, wording
from rules.law import Law, NoParameter, ParameterValue
from rules.remittance.gaps import missing_months, missing_texts, strays
from rules.remittance.schedule import MonthDue, Totals, book_end, schedule, totals, upward_position


def remittance_blocks(
    facts: Facts, law: Law, since: datetime.date, until: datetime.date, language: str = "zh"
) -> tuple[Block, ...]:
    """Return contribution and remittance of a period; what cannot be computed is said with the reason."""
    word = wording(language)
    made: list[Block] = []
    if "payroll" not in facts.registers:
        lacking = word(
            "缺少登记簿 registers/payroll.csv，应拨缴工会经费无从计算，本节未能编列。",
            "registers/payroll.csv is missing: what was due cannot be computed.",
        )
        made.append(Paragraph(lacking, strong=True))
    as_of = max(until, book_end(facts))
    try:
        months = schedule(facts, law, since, until)
        position = upward_position(facts, law, as_of)
    except NoParameter as absent:
        made.append(Paragraph(word(absent.zh, absent.en), strong=True))
        return (*made, *dues_blocks(facts, law, since, until, language))
    if months:
        made += [
            contribution_table(months, language),
            contribution_figure(months, language),
            upward_table(months, language),
            *flow_blocks(months, position, language),
        ]
    elif not made:
        made.append(
            Paragraph(word("工资总额登记簿没有本期间的月份。", "The payroll register has no month of the period."))
        )
    made += age_blocks(position, as_of, language)
    made += dues_blocks(facts, law, since, until, language)
    if months:
        made.append(basis_table(months, law, language))
    untested = [text for month in months for text in month.untested]
    lost = list(missing_texts(missing_months(facts, since, until)))
    lost += [stray.text for stray in strays(facts, since, until)]
    stop = word("。", ".")
    made += [Paragraph(text + stop, strong=True) for text in dict.fromkeys(say(t, language) for t in lost)]
    made += [Paragraph(text + stop) for text in dict.fromkeys(say(t, language) for t in untested)]
    return tuple(made)


def contribution_table(months: Sequence[MonthDue], language: str = "zh") -> Table:
    """Return, for every month, the payroll, what was due and received, and what is missing or came late."""
    word = wording(language)
    own_only = all(month.collection != "direct" for month in months)
    expected = word("应到账留成", "Own part due") if own_only else word("应拨缴", "Due")
    columns = (
        Column(word("所属月", "Month")),
        Column(word("工资总额", "Payroll"), ColumnKind.FEN),
        Column(expected, ColumnKind.FEN),
        Column(word("已收", "Received"), ColumnKind.FEN),
        Column(word("少收", "Short"), ColumnKind.FEN),
        Column(word("多收", "Over"), ColumnKind.FEN),
        Column(word("应收截止日", "Due by"), ColumnKind.DAY),
        Column(word("逾期收到", "Received late"), ColumnKind.FEN),
        Column(word("逾期天数", "Days late"), ColumnKind.COUNT),
    )
    rows = [Row((m.month, *_come(m), m.due_by, m.late_fen or None, m.days_late or None)) for m in months]
    sums = totals(months)
    rows.append(Row((word("合计", "Total"), *_come(sums), None, sums.late_fen or None, None), RowKind.TOTAL))
    as_of = max(m.as_of for m in months)
    notes = [
        word(
            f"收款计至{as_of.isoformat()}；每月应拨数按工资总额乘以比例四舍五入到分。",
            f"Receipts up to {as_of.isoformat()}; due is payroll times the rate, half up to the fen.",
        )
    ]
    if own_only:
        notes.append(
            word(
                "经费由税务代收或财政划拨，本单位账上只反映留成部分。",
                "Collected by tax or treasury: the books show only the own part.",
            )
        )
    caption = word("工会经费计提拨缴情况表", "Contribution of the employer, month by month")
    return yuan_table(columns, rows, caption, language, notes)


def _come(one: MonthDue | Totals) -> tuple[Cell, ...]:
    return one.payroll_fen, one.expected_fen, one.received_fen, one.shortfall_fen or None, one.excess_fen or None


def upward_table(months: Sequence[MonthDue], language: str = "zh") -> Table:
    """Return, for every month, the own and the higher union's part, and what was passed on or is still owed."""
    word = wording(language)
    columns = (
        Column(word("所属月", "Month")),
        Column(word("本级留成应计", "Own part due"), ColumnKind.FEN),
        Column(word("本级留成已记", "Own part booked"), ColumnKind.FEN),
        Column(word("应上解", "Due upward"), ColumnKind.FEN),
        Column(word("已计应付上级", "Booked as payable"), ColumnKind.FEN),
        Column(word("已上解", "Passed on"), ColumnKind.FEN),
        Column(word("尚欠上解", "Still owed"), ColumnKind.FEN),
    )
    rows = [Row((m.month, m.own_due_fen, m.own_received_fen, *_passed_on(m))) for m in months]
    sums, own = totals(months), sum(m.own_received_fen for m in months)
    rows.append(Row((word("合计", "Total"), sums.own_due_fen, own, *_passed_on(sums)), RowKind.TOTAL))
    caption = word("工会经费留成与上解情况表", "Retention and remittance, month by month")
    return yuan_table(columns, rows, caption, language)


def _passed_on(one: MonthDue | Totals) -> tuple[Cell, ...]:
    return one.upward_due_fen, one.upward_booked_fen, one.paid_upward_fen, one.outstanding_fen


def contribution_figures(
    facts: Facts, law: Law, since: datetime.date, until: datetime.date, language: str = "zh"
) -> tuple[Figure, ...]:
    """Return the figure of a period's contribution alone; nothing where no month or no rate is known."""
    try:
        months = schedule(facts, law, since, until)
    except NoParameter:
        return ()
    return (contribution_figure(months, language),) if months else ()


def contribution_figure(months: Sequence[MonthDue], language: str = "zh") -> Figure:
    """Return due and received side by side, month by month; over more than two years, year by year."""
    word = wording(language)
    yearly = len(months) > 24
    sums: dict[str, tuple[int, int]] = {}
    for month in months:
        label = month.month[:4] if yearly else month.month
        due, received = sums.get(label, (0, 0))
        sums[label] = (due + month.expected_fen, received + month.received_fen)
    caption = word("应拨缴与已收工会经费对比图", "Contribution due and received")
    series = (word("应收", "due"), word("已收", "received"))
    return Figure(caption, series, tuple(Bar(label, values) for label, values in sums.items()))


def basis_table(months: Sequence[MonthDue], law: Law, language: str = "zh") -> Table:
    """Return every value of law that the months rest on, with its clause and whether it was checked."""
    word = wording(language)
    columns = (
        Column(word("参数", "Value of law"), weight=2),
        Column(word("数值", "Number")),
        Column(word("适用范围", "Where")),
        Column(word("自", "From"), ColumnKind.DAY),
        Column(word("依据", "Clause"), weight=3),
        Column(word("状态", "Status")),
    )
    used = dict.fromkeys(value for month in months for value in month.parameters)
    rows = tuple(_basis(value, law, language) for value in sorted(used, key=lambda v: (v.key, v.in_force_from)))
    return Table(columns, rows, word("计算依据", "What the amounts rest on"))


def _basis(value: ParameterValue, law: Law, language: str) -> Row:
    shown = law_value(value, law)
    label, number, region = (say(text, language) for text in (shown.label, shown.value, shown.region))
    clause = f"{shown.instrument}{shown.article}"
    return Row((label, number, region, shown.in_force_from, clause, say(VALUE_STATUSES[shown.status], language)))
