"""Both sides of the remittance as blocks: this union's books beside those of the union above, month by month."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from ledger.facts import Facts
from reports.model import Block, Cell, Column, ColumnKind, Document, Paragraph, Row, RowKind, Table
from reports.words import say, wording
from rules.finding import Text
from rules.law import Law
from rules.remittance.sides import Relation, SideRow, compare

FLOWS = frozenset({Relation.PASSED_ON, Relation.SENT_BACK})
_CAPTIONS: Mapping[Relation, Text] = MappingProxyType(
    {
        Relation.PASSED_ON: Text("上解：本单位已付与上级已收", "Passed on: paid here, received there"),
        Relation.SENT_BACK: Text("下拨：上级已付与本单位已收", "Sent back: paid there, received here"),
        Relation.OWED: Text("月末余额：本单位应付上级与上级应收下级", "Balances: owed here, receivable there"),
        Relation.CLAIMED: Text("月末余额：本单位应收上级与上级应付下级", "Balances: receivable here, owed there"),
    }
)
_ACCOUNTS: Mapping[Relation, Text] = MappingProxyType(
    {
        Relation.PASSED_ON: Text(
            "本单位：应付上级经费的付款；上级：收自本单位的拨缴经费收入、应收下级经费、应付上级经费。",
            "Here: payments of 211. There: receipts from this union on 402, 132 or 211.",
        ),
        Relation.SENT_BACK: Text(
            "本单位：收自上级的应收上级经费、拨缴经费收入；上级：应付下级经费的付款。",
            "Here: receipts from the higher union on 131 or 402. There: payments of 212.",
        ),
        Relation.OWED: Text(
            "本单位：应付上级经费余额；上级：应收下级经费中本单位的余额。", "Here: balance of 211. There: of 132."
        ),
        Relation.CLAIMED: Text(
            "本单位：应收上级经费余额；上级：应付下级经费中本单位的余额。", "Here: balance of 131. There: of 212."
        ),
    }
)


def sides_blocks(
    lower: Facts,
    higher: Facts,
    law: Law,
    since: datetime.date,
    until: datetime.date,
    language: str = "zh",
) -> tuple[Block, ...]:
    """Return what both books say of each other in a period; relations that neither knows have no table."""
    rows = compare(lower, higher, law, since, until)
    made: list[Block] = [Paragraph(say(_told(rows, lower, higher, until), language), strong=any(_differs(rows)))]
    for relation in Relation:
        own = [row for row in rows if row.relation is relation]
        if own:
            made.append(sides_table(relation, own, language))
    return tuple(made)


def sides_document(
    lower: Facts,
    higher: Facts,
    law: Law,
    since: datetime.date,
    until: datetime.date,
    language: str = "zh",
) -> Document:
    """Return the comparison as a document of its own."""
    word = wording(language)
    title = Text(
        f"{lower.union.name}与{higher.union.name}经费往来核对表",
        f"Accounts between {lower.union.name} and {higher.union.name}",
    )
    facts = (
        (word("本单位", "This union"), f"{lower.union.name} {lower.digest[:12]}".strip()),
        (word("上级工会", "Higher union"), f"{higher.union.name} {higher.digest[:12]}".strip()),
        (word("期间", "Period"), f"{since} — {until}"),
    )
    blocks = sides_blocks(lower, higher, law, since, until, language)
    return Document(say(title, language), facts, blocks, until, language)


def _differs(rows: Sequence[SideRow]) -> tuple[SideRow, ...]:
    return tuple(row for row in rows if row.difference_fen)


def _told(rows: Sequence[SideRow], lower: Facts, higher: Facts, until: datetime.date) -> Text:
    here, there = lower.union.name, higher.union.name
    if not rows:
        return Text(
            f"两套账在本期间都没有与对方的经费往来：{here}账上没有付给或收自{there}的凭证，{there}账上也没有。"
            "请核对双方的单位名称。",
            f"Neither book knows of the other in this period: check how {here} and {there} are written.",
        )
    differing = _differs(rows)
    if not differing:
        return Text(f"截至{until}，双方账面逐月一致。", f"Both books agree in every month up to {until}.")
    zh, en = [], []
    for flow, name in ((True, Text("收付", "flows")), (False, Text("月末余额", "balances"))):
        months = sorted({row.month for row in differing if (row.relation in FLOWS) is flow})
        if months:
            zh.append(f"{name.zh}有差异的月份：{'、'.join(months)}。")
            en.append(f"Months in which {name.en} differ: {', '.join(months)}.")
    return Text(
        f"截至{until}，{''.join(zh)}差异只表明两套账不同，是在途、错月还是漏记，须凭双方凭证查明。",
        f"Up to {until}. {' '.join(en)} The vouchers of both sides tell why.",
    )


def sides_table(relation: Relation, rows: Sequence[SideRow], language: str = "zh") -> Table:
    """Return one relation month by month: both figures, the difference, and the vouchers where they differ."""
    word = wording(language)
    flow = relation in FLOWS
    due = any(row.due_fen is not None for row in rows)
    columns = [
        Column(word("所属月", "Month") if flow else word("月末", "End of")),
        *([Column(word("按工资应上解", "Due by payroll"), ColumnKind.FEN)] if due else []),
        Column(word("本单位账", "This union"), ColumnKind.FEN),
        Column(word("上级账", "Higher union"), ColumnKind.FEN),
        Column(word("差异", "Difference"), ColumnKind.FEN),
        *([Column(word("累计差异", "Running"), ColumnKind.FEN)] if flow else []),
        *([Column(word("本单位凭证", "Vouchers here"), weight=2)] if flow else []),
        *([Column(word("上级凭证", "Vouchers there"), weight=2)] if flow else []),
    ]
    between = "、" if language != "en" else ", "
    made = []
    moved = [row for row in rows if not flow or row.lower_fen or row.higher_fen or row.due_fen]
    for row in moved:
        cells: list[Cell] = [row.month, *([row.due_fen] if due else [])]
        cells += [row.lower_fen, row.higher_fen, row.difference_fen or None]
        if flow:
            cells += [row.running_fen or None, between.join(row.lower_vouchers), between.join(row.higher_vouchers)]
        made.append(Row(tuple(cells)))
    if flow:
        lower, higher = sum(row.lower_fen for row in rows), sum(row.higher_fen for row in rows)
        known = [row.due_fen for row in rows if row.due_fen is not None]
        total: list[Cell] = [word("合计", "Total"), *([sum(known)] if due else [])]
        total += [lower, higher, lower - higher or None, None, None, None]
        made.append(Row(tuple(total), RowKind.TOTAL))
    idle = word("没有收付的月份未列。", "Months without any flow are left out.")
    notes = (
        say(_ACCOUNTS[relation], language) + (f" {idle}" if len(moved) < len(rows) else ""),
        word("差异＝本单位账－上级账；一方晚记的，次月累计差异回到零。", "Difference = this union less the higher one.")
        if flow
        else word("差异＝本单位账－上级账。", "Difference = this union less the higher one."),
    )
    return Table(tuple(columns), tuple(made), say(_CAPTIONS[relation], language), word("元", "yuan"), notes)


def plain_rows(rows: Sequence[SideRow]) -> list[Mapping[str, object]]:
    """Return the rows for JSON, amounts in fen."""
    return [
        {
            "relation": row.relation.value,
            "month": row.month,
            "due_fen": row.due_fen,
            "lower_fen": row.lower_fen,
            "higher_fen": row.higher_fen,
            "difference_fen": row.difference_fen,
            "running_fen": row.running_fen,
            "lower_vouchers": list(row.lower_vouchers),
            "higher_vouchers": list(row.higher_vouchers),
        }
        for row in rows
    ]
