"""The run of the contribution as blocks: the waterfall, how old what is owed upward is, and members' dues."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from ledger.facts import Facts
from reports.model import Bar, Block, Cell, Column, ColumnKind, Figure, Paragraph, Row, RowKind, Table
from reports.words import say, wording
from rules.finding import Text
from rules.law import Law
from rules.remittance.ages import AgeClass, ages
from rules.remittance.dues import BehindClass, Dues, dues
from rules.remittance.schedule import MonthDue
from rules.remittance.upward import Bucket
from rules.remittance.waterfall import DIRECT, Step, Waterfall, waterfall

_MOST_MONTHS = 24  # longer periods are told year by year


def yuan_table(
    columns: Sequence[Column], rows: Sequence[Row], caption: str, language: str, notes: Sequence[str] = ()
) -> Table:
    """Return a table of amounts in yuan."""
    return Table(tuple(columns), tuple(rows), caption, say(Text("元", "yuan"), language), tuple(notes))


def flow_blocks(months: Sequence[MonthDue], position: Sequence[Bucket], language: str = "zh") -> tuple[Block, ...]:
    """Return the waterfall as table and figure; `position` is 211 by month on the schedule's last day."""
    found, direct = waterfall(months, position), any(month.collection == DIRECT for month in months)
    as_of = months[0].as_of
    return (waterfall_table(found, direct, as_of, language), waterfall_figure(found.total, direct, language))


def waterfall_table(found: Waterfall, direct: bool, as_of: datetime.date, language: str = "zh") -> Table:
    """Return every step by month, over more than two years by year, then the total.

    The opening balance and months outside the period have a row of their own.
    """
    word = wording(language)
    moved = any(step.other_fen for step in (*found.months, found.total))
    over = any(step.over_fen for step in found.months)
    columns = (
        Column(word("所属月", "Month")),
        Column(word("应拨缴", "Due") if direct else word("应到账留成", "Own part due"), ColumnKind.FEN),
        Column(word("减：少收", "less: short"), ColumnKind.FEN),
        *([Column(word("加：多收", "plus: over"), ColumnKind.FEN)] if over else []),
        Column(word("已收", "Received"), ColumnKind.FEN),
        Column(word("减：留成", "less: retained"), ColumnKind.FEN),
        Column(word("应上解", "To pass on"), ColumnKind.FEN),
        *([Column(word("加：其他增减", "plus: other"), ColumnKind.FEN)] if moved else []),
        Column(word("减：已上解", "less: passed on"), ColumnKind.FEN),
        Column(word("未上解", "Not passed on"), ColumnKind.FEN),
    )

    def cells(name: str, step: Step, *, received: bool = True) -> tuple[Cell, ...]:
        return (
            name,
            step.due_fen if received else None,
            step.short_fen or None,
            *([step.over_fen or None] if over else []),
            step.received_fen if received else None,
            step.retained_fen if received else None,
            step.payable_fen,
            *([step.other_fen or None] if moved else []),
            step.passed_fen,
            step.owed_fen,
        )

    steps = found.months if len(found.months) <= _MOST_MONTHS else found.years
    rows = [Row(cells(step.month, step)) for step in steps]
    if found.outside:
        rows.append(Row(cells(word("期初及其他月份", "opening and other months"), found.outside, received=False)))
    rows.append(Row(cells(word("合计", "Total"), found.total), RowKind.TOTAL))
    notes = [
        word(
            f"收付计至{as_of.isoformat()}。每行自左至右逐步相减，自右至左可加回应拨缴数；“未上解”合计即当日应付上级经费余额。",
            f"Up to {as_of.isoformat()}. Each row runs down from left to right and adds up again from right to left; "
            "what is not passed on in all is the balance of 211 on that day.",
        )
    ]
    if not direct:
        notes.append(
            word(
                "税务代收、财政划拨的，上级部分不经过本账，应上解只列账面记载，不从已收中减。",
                "Collected by tax or treasury: the higher union's part is shown only as booked.",
            )
        )
    caption = word("应拨—已收—留成—上解逐级表", "From what was due to what is owed upward")
    return yuan_table(columns, rows, caption, language, notes)


def waterfall_figure(total: Step, direct: bool, language: str = "zh") -> Figure:
    """Return the steps of the whole period as bars, each as long as what is left at that step."""
    steps = (
        (Text("应拨缴", "due") if direct else Text("应到账留成", "own part due"), total.due_fen),
        (Text("已收", "received"), total.received_fen),
        (Text("留成", "retained"), total.retained_fen),
        (Text("应上解", "to pass on"), total.payable_fen + total.other_fen),
        (Text("已上解", "passed on"), total.passed_fen),
        (Text("未上解", "not passed on"), total.owed_fen),
    )
    caption = Text("应拨—已收—留成—上解逐级图", "From what was due to what is owed upward")
    bars = tuple(Bar(say(name, language), (fen,)) for name, fen in steps)
    return Figure(say(caption, language), (say(Text("金额", "amount"), language),), bars)


def age_blocks(position: Sequence[Bucket], as_of: datetime.date, language: str = "zh") -> tuple[Block, ...]:
    """Return what is owed upward by age; a balance of nothing is said in a sentence."""
    word = wording(language)
    found = ages(position, as_of)
    if not found:
        said = word(f"{as_of.isoformat()}没有未上解的应付上级经费。", f"Nothing is owed upward on {as_of.isoformat()}.")
        return (Paragraph(said),)
    columns = (
        Column(word("账龄（自入账日起）", "Age, from the booking")),
        Column(word("未上解", "Owed"), ColumnKind.FEN),
        Column(word("最早入账日", "First booked"), ColumnKind.DAY),
        Column(word("所属月", "Months"), weight=3),
    )
    rows = [Row((say(one.name, language), one.owed_fen, one.oldest, _months(one, language))) for one in found]
    rows.append(Row((word("合计", "Total"), sum(one.owed_fen for one in found), None, None), RowKind.TOTAL))
    caption = word(f"应付上级经费账龄表（{as_of.isoformat()}）", f"What is owed upward by age, {as_of.isoformat()}")
    return (yuan_table(columns, rows, caption, language),)


def _months(one: AgeClass, language: str) -> str:
    names = [month or say(Text("期初余额", "opening balance"), language) for month in one.months]
    return ("、" if language != "en" else ", ").join(names)


def dues_blocks(
    facts: Facts, law: Law, since: datetime.date, until: datetime.date, language: str = "zh"
) -> tuple[Block, ...]:
    """Return members' dues by month and how many members are behind; nothing where nothing is known of any."""
    found = dues(facts, law, since, until)
    if not found.months:
        return ()
    made: list[Block] = [dues_table(found, language)]
    if found.behind:
        made.append(behind_table(found.behind, language))
    return (*made, *(Paragraph(say(text, language)) for text in found.untested))


def dues_table(found: Dues, language: str = "zh") -> Table:
    """Return, for every month, dues owed, registered as paid, booked, and what members paid too little."""
    word = wording(language)
    wide = found.by_member
    registered = any(month.registered_fen is not None for month in found.months)
    columns = (
        Column(word("所属月", "Month")),
        Column(word("应缴会费", "Owed"), ColumnKind.FEN),
        *([Column(word("登记已缴", "Registered"), ColumnKind.FEN)] if registered else []),
        Column(word("会费收入入账", "Booked"), ColumnKind.FEN),
        *([Column(word("欠缴人数", "Members behind"), ColumnKind.COUNT)] if wide else []),
        *([Column(word("欠缴金额", "Short"), ColumnKind.FEN)] if wide else []),
    )
    rows = []
    for month in found.months:
        cells: list[Cell] = [month.month, month.owed_fen, *([month.registered_fen] if registered else [])]
        cells += [month.booked_fen, *([month.behind or None, month.short_fen or None] if wide else [])]
        rows.append(Row(tuple(cells)))
    owed = [month.owed_fen for month in found.months if month.owed_fen is not None]
    total: list[Cell] = [word("合计", "Total"), sum(owed) if len(owed) == len(found.months) else None]
    total += [sum(month.registered_fen or 0 for month in found.months)] if registered else []
    total.append(sum(month.booked_fen for month in found.months))
    total += [found.members_behind or None, found.short_fen or None] if wide else []
    rows.append(Row(tuple(total), RowKind.TOTAL))
    notes = []
    if wide and found.behind:
        notes.append(
            word(
                "欠缴人数合计不重复计算同一会员。", "A member who is behind in several months counts once in the total."
            )
        )
    without = max((month.without_wage for month in found.months), default=0)
    if without:
        notes.append(
            word(
                f"有{without}名会员没有计费工资（dues_base），应缴会费未计。",
                f"{without} members have no wage for dues and are left out of what is owed.",
            )
        )
    if not wide:
        notes.append(
            word(
                "没有会员名册或会费登记（members.csv、dues.csv），不能逐人计算；应缴按工资总额表的计费工资合计。",
                "Without members.csv and dues.csv nothing is known of single members.",
            )
        )
    caption = word("会费收缴情况表", "Members' dues, month by month")
    return yuan_table(columns, rows, caption, language, notes)


def behind_table(found: Sequence[BehindClass], language: str = "zh") -> Table:
    """Return how many members are behind by how many months, and by how much together."""
    word = wording(language)
    columns = (
        Column(word("欠缴月数", "Months behind")),
        Column(word("人数", "Members"), ColumnKind.COUNT),
        Column(word("欠缴金额", "Short"), ColumnKind.FEN),
    )
    rows = [Row((_span(one, language), one.members, one.short_fen)) for one in found]
    members, short = sum(one.members for one in found), sum(one.short_fen for one in found)
    rows.append(Row((word("合计", "Total"), members, short), RowKind.TOTAL))
    return yuan_table(columns, rows, word("会员欠缴会费分布", "Members behind with dues"), language)


def _span(one: BehindClass, language: str) -> str:
    word = wording(language)
    if one.most is None:
        return word(f"{one.least}个月以上", f"{one.least} and more")
    if one.least == one.most:
        return word(f"{one.least}个月", f"{one.least}")
    return word(f"{one.least}至{one.most}个月", f"{one.least} to {one.most}")
