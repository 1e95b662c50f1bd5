"""The handover list as blocks: what is handed over part by part, what cannot be listed, and who signs."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from ledger.facts import Facts
from reports.model import Block, Cell, Column, ColumnKind, Heading, Paragraph, Row, RowKind, Signatures, Table
from reports.sections import POSTS
from reports.words import say, wording
from rules.departure.handover import Handover, Item, Part, handover
from rules.finding import Text

SIGNERS = (
    Text("移交人", "Handed over by"),
    Text("接收人", "Received by"),
    Text("监交人", "Witnessed by"),
)
_TITLES: Mapping[Part, tuple[Text, Text]] = MappingProxyType(
    {
        Part.CASH: (Text("库存现金", "Cash"), Text("账上没有库存现金。", "The books hold no cash.")),
        Part.BANK: (Text("银行存款", "Bank accounts"), Text("账上没有银行存款。", "The books hold no bank account.")),
        Part.RECEIVABLES: (
            Text("应收、借款和备用金", "Receivables, loans and advances"),
            Text("没有未结清的应收款。", "No receivables are open."),
        ),
        Part.PAYABLES: (Text("应付款", "Payables"), Text("没有未结清的应付款。", "No payables are open.")),
        Part.CUSTODY: (Text("代管经费", "Custody funds"), Text("没有代管经费。", "There are no custody funds.")),
        Part.ASSETS: (Text("资产（按保管人）", "Assets by keeper"), Text("没有在册资产。", "There are no assets.")),
        Part.CONTRACTS: (
            Text("未履行完的合同", "Contracts running"),
            Text("没有未履行完的合同。", "No contracts are running."),
        ),
        Part.AUDITS: (
            Text("未整改的审计事项", "Audit findings not put right"),
            Text("没有未整改的审计事项。", "No audit findings stand open."),
        ),
        Part.KEEPERS: (
            Text("印章、票据、资金和资产的保管人", "Keepers of seals, receipts, money and assets"),
            Text("登记簿没有在任的保管人。", "The register names no keeper in office."),
        ),
    }
)


def handover_blocks(facts: Facts, day: datetime.date, language: str = "zh") -> tuple[Block, ...]:
    """Return the handover list of a day with its signature lines; what cannot be listed stands in its place."""
    made: list[Block] = []
    found = handover(facts, day)
    intro = Text(
        f"按账套和登记簿列至 {day.isoformat()} 日终。移交时逐项点清，与实物、对账单和对方核对后签字。",
        f"From the book and its registers, as of the end of {day.isoformat()}. Check every item before signing.",
    )
    made.append(Paragraph(say(intro, language)))
    for part, (title, none) in _TITLES.items():
        made.append(Heading(say(title, language), 2))
        items, gaps = found.of(part), found.gaps(part)
        if items:
            made.append(_table(part, items, found, language))
        elif not gaps:
            made.append(Paragraph(say(none, language)))
        made += [Paragraph(say(gap, language), strong=True) for gap in gaps]
    made.append(Heading(say(Text("账套不能列出、须另行点交的", "What the book cannot list"), language), 2))
    made += [Paragraph(say(text, language)) for text in found.gaps(None)]
    made.append(Signatures(tuple(say(role, language) for role in SIGNERS)))
    return tuple(made)


def _table(part: Part, items: Sequence[Item], found: Handover, language: str) -> Table:
    word = wording(language)
    if part is Part.KEEPERS:
        posts = (Row((say(POSTS[i.name], language), i.who, say(i.note, language))) for i in items)
        return Table((Column(word("职务", "Post")), Column(word("姓名", "Name")), _note(language)), tuple(posts))
    if part is Part.AUDITS:
        audits = tuple(Row((i.name, i.compared_on, say(i.note, language))) for i in items)
        titles = (Column(word("编号", "Id"), weight=2), Column(word("报告日", "Reported"), ColumnKind.DAY))
        return Table((*titles, _note(language)), audits)
    if part in (Part.CASH, Part.BANK):
        return _compared(part, items, language)
    name, who, amount = {
        Part.ASSETS: (word("资产", "Asset"), word("保管人", "Keeper"), word("原值", "Cost")),
        Part.CONTRACTS: (word("合同", "Contract"), word("对方", "Party"), word("合同金额", "Amount")),
    }.get(part, (word("科目", "Account"), word("对方", "Party"), word("余额", "Balance")))
    columns = (
        Column(name, weight=3),
        Column(who, weight=2),
        Column(amount, ColumnKind.FEN),
    )
    rows = [Row((i.name, i.who, i.amount_fen, say(i.note, language))) for i in items]
    if part is Part.ASSETS:
        rows = _by_keeper(items, language)
    rows.append(Row((word("合计", "Total"), "", sum(i.amount_fen or 0 for i in items), ""), RowKind.TOTAL))
    return Table((*columns, _note(language)), tuple(rows), unit=word("元", "yuan"))


def _note(language: str) -> Column:
    return Column(say(Text("说明", "Note"), language), weight=4)


def _by_keeper(items: Sequence[Item], language: str) -> list[Row]:
    """Return assets below the keeper who has them, with how many and their cost."""
    word = wording(language)
    rows: list[Row] = []
    for keeper in dict.fromkeys(i.who for i in items):
        own = [i for i in items if i.who == keeper]
        head = keeper or word("没有保管人", "no keeper")
        count = word(f"{len(own)} 件", f"{len(own)} things")
        cells: tuple[Cell, ...] = (head, count, sum(i.amount_fen or 0 for i in own), "")
        rows.append(Row(cells, RowKind.HEAD))
        rows += [Row((i.name, "", i.amount_fen, say(i.note, language)), indent=1) for i in own]
    return rows


def _compared(part: Part, items: Sequence[Item], language: str) -> Table:
    word = wording(language)
    cash = part is Part.CASH
    columns = (
        Column(word("科目", "Account"), weight=3),
        Column(word("离任日账面", "Books at leaving"), ColumnKind.FEN),
        Column(word("盘点数", "Counted") if cash else word("对账单余额", "Statement"), ColumnKind.FEN),
        Column(word("盘点日", "Counted on") if cash else word("对账单日", "Statement of"), ColumnKind.DAY),
        *((Column(word("保管人", "Keeper")),) if cash else ()),
        _note(language),
    )
    rows = [
        Row(
            (
                i.name,
                i.amount_fen,
                i.compared_fen,
                i.compared_on,
                *((i.who,) if cash else ()),
                say(i.note, language),
            )
        )
        for i in items
    ]
    total = (word("合计", "Total"), sum(i.amount_fen or 0 for i in items), None, None, *(("",) if cash else ()), "")
    rows.append(Row(total, RowKind.TOTAL))
    return Table(columns, tuple(rows), unit=word("元", "yuan"))
