"""Receivables and payables still open when a chair leaves, by counterparty and age."""

from __future__ import annotations

import datetime

from ledger.facts import Facts
from reports.model import Block, Column, ColumnKind, Paragraph, Row, RowKind, Table
from reports.words import say, wording
from rules.departure.handover import named
from rules.departure.open_items import OpenItem, open_items
from rules.departure.position import PAYABLES, RECEIVABLES
from rules.finding import Text


def open_item_blocks(facts: Facts, day: datetime.date, language: str = "zh") -> tuple[Block, ...]:
    """Return receivables and payables open on a day, by counterparty, with the age of the oldest entry."""
    made: list[Block] = []
    for groups, credit, caption, none in (
        (
            RECEIVABLES,
            False,
            Text("未收回的应收款项", "Receivables open"),
            Text("没有未收回的应收款项。", "No receivables are open."),
        ),
        (
            PAYABLES,
            True,
            Text("未支付的应付款项", "Payables open"),
            Text("没有未支付的应付款项。", "No payables are open."),
        ),
    ):
        items, _ = open_items(facts, groups, day, credit=credit)
        made.append(
            _items_table(items, day, say(caption, language), language) if items else Paragraph(say(none, language))
        )
    return tuple(made)


def _items_table(items: tuple[OpenItem, ...], day: datetime.date, caption: str, language: str) -> Table:
    word = wording(language)
    columns = (
        Column(word("科目", "Account"), weight=3),
        Column(word("余额", "Balance"), ColumnKind.FEN),
        Column(word("最早发生日", "Oldest entry"), ColumnKind.DAY),
        Column(word("已挂天数", "Days open"), ColumnKind.COUNT),
    )
    rows = [Row((named(i.account), i.balance_fen, i.oldest, i.days(day))) for i in items]
    rows.append(Row((word("合计", "Total"), sum(i.balance_fen for i in items), None, None), RowKind.TOTAL))
    return Table(columns, tuple(rows), caption, word("元", "yuan"))
