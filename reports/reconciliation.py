"""银行存款余额调节表: one account at the end of one month, both balances adjusted by the items in transit.

The left half starts from the book, the right half from the statement; below stand the items one by one, how the other
lines were matched, and whether the adjusted balances agree.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from ledger.accounts import components
from ledger.matching import BankItem, BookItem, Kind, OpenItem, Reason, Reconciliation
from ledger.money import shown_yuan
from reports.findings import cited_law
from reports.model import (
    Block,
    Cell,
    Column,
    ColumnKind,
    Document,
    Heading,
    PageBreak,
    Paragraph,
    Row,
    RowKind,
    Signatures,
    Table,
)
from reports.words import CERTAINTY_OF_LAW, day_text, say, wording
from rules.finding import Citation, Text
from rules.law import Law

TITLE = Text("银行存款余额调节表", "Bank reconciliation")
KINDS: Mapping[Kind, Text] = MappingProxyType(
    {
        Kind.BANK_RECEIVED: Text("银行已收企业未收", "received by the bank, not booked"),
        Kind.BANK_PAID: Text("银行已付企业未付", "paid by the bank, not booked"),
        Kind.BOOK_RECEIVED: Text("企业已收银行未收", "booked as received, not at the bank"),
        Kind.BOOK_PAID: Text("企业已付银行未付", "booked as paid, not at the bank"),
    }
)
REASONS: Mapping[Reason, Text] = MappingProxyType(
    {
        Reason.REFERENCE: Text("金额相同，且一方写明另一方的号码", "equal amount, one names the other's number"),
        Reason.SAME_DAY: Text("金额、日期、对方一致", "amount, day and party agree"),
        Reason.NEAR_PARTY: Text("金额、对方一致，日期相近", "amount and party agree, near days"),
        Reason.NEAR_DAY: Text("金额一致、日期相近，对方未写或写法不同", "equal amount, near days, party not told"),
        Reason.LATE_PARTY: Text("金额、对方一致，日期相隔较远", "amount and party agree, far days"),
        Reason.SUM_OF_VOUCHER: Text("一方一笔等于另一方几笔之和", "one line is the sum of several"),
        Reason.SUM_OF_DAYS: Text("几日内几笔之和相等", "sums within some days agree"),
        Reason.REVERSED_IN_BOOK: Text("账内红字冲销，两笔相抵", "reversed within the book"),
        Reason.RETURNED_BY_BANK: Text("银行退回或冲正，两笔相抵", "returned by the bank"),
        Reason.BEFORE_STATEMENT: Text("说明对账单开始时的差额", "explains the difference at the start"),
    }
)
SIGNERS = (Text("出纳", "Cashier"), Text("编制人", "Prepared by"), Text("复核人", "Reviewed by"))
_SINCE_2022 = datetime.date(2022, 1, 1)


def reconciliation_document(
    found: Sequence[Reconciliation], union: str, law: Law, *, period: str, stamp: datetime.date, language: str = "zh"
) -> Document:
    """Return the reconciliations of one account, a page for each, in the order given."""
    word = wording(language)
    blocks: list[Block] = []
    for number, one in enumerate(found):
        if number:
            blocks.append(PageBreak())
        blocks += reconciliation_blocks(one, law, language)
    facts = (
        (word("编制单位", "Union"), union),
        (word("账户", "Account"), shown_account(found[0].account)),
        (word("期间", "Period"), period),
    )
    return Document(say(TITLE, language), facts, tuple(blocks), stamp, language)


def shown_account(account: str) -> str:
    """Return an account as people read it: the names from level 1 down."""
    return "—".join(name for _, name in components(account))


def reconciliation_blocks(one: Reconciliation, law: Law, language: str = "zh") -> tuple[Block, ...]:
    """Return one reconciliation: both sides, whether they agree, the items in transit, how lines were matched."""
    until = day_text(one.until, language)
    made: list[Block] = [Heading(say(Text(f"截至{until}", f"As of {until}"), language), 2), _sides(one, law, language)]
    made.append(_verdict(one, language))
    if one.open_items:
        made.append(_items(one, language))
    made.append(Signatures(tuple(say(role, language) for role in SIGNERS)))
    return tuple(made)


def _sides(one: Reconciliation, law: Law, language: str) -> Table:
    word = wording(language)

    def total(sign: str, kind: Kind) -> tuple[str, int]:
        return f"{sign}{say(KINDS[kind], language)}", one.total_fen(kind)

    plus, minus = word("加：", "Add: "), word("减：", "Less: ")
    rows = (
        Row(
            (
                word("单位账面余额", "Balance in the books"),
                one.book_balance_fen,
                word("银行对账单余额", "Balance on the statement"),
                one.bank_balance_fen,
            )
        ),
        Row((*total(plus, Kind.BANK_RECEIVED), *total(plus, Kind.BOOK_RECEIVED))),
        Row((*total(minus, Kind.BANK_PAID), *total(minus, Kind.BOOK_PAID))),
        Row(
            (
                word("调节后余额", "Adjusted balance"),
                one.adjusted_book_fen,
                word("调节后余额", "Adjusted balance"),
                one.adjusted_bank_fen,
            ),
            RowKind.TOTAL,
        ),
    )
    columns = (
        Column(word("项目", "Item"), weight=3),
        Column(word("金额", "Amount"), ColumnKind.FEN, 2),
        Column(word("项目", "Item"), weight=3),
        Column(word("金额", "Amount"), ColumnKind.FEN, 2),
    )
    return Table(columns, rows, unit=word("元", "yuan"), notes=(_matched(one, language), _ground(one, law, language)))


def _verdict(one: Reconciliation, language: str) -> Paragraph:
    if not one.stated and not one.moved and not one.unexplained_fen:
        text = Text(
            f"对账单到 {one.ends} 为止，其后账面没有收付，银行余额按该日列示；请取得本月对账单存档。",
            f"The statement ends on {one.ends}; the books have not moved since. Get this month's too.",
        )
        return Paragraph(say(text, language))
    if not one.stated:
        text = Text(
            f"对账单只到 {one.ends}，{one.until.year}年{one.until.month}月没有对账单；银行余额按该日的余额列示，"
            "应取得本月对账单后重新编制。",
            f"The statement ends on {one.ends}: there is none for this month. Get it and reconcile again.",
        )
        return Paragraph(say(text, language), strong=True)
    if one.unexplained_fen:
        shown = shown_yuan(abs(one.unexplained_fen))
        side = Text("多", "more") if one.unexplained_fen > 0 else Text("少", "less")
        text = Text(
            f"调节后余额不符：账面比对账单{side.zh} {shown} 元，未达账项不能说明，应逐笔查明。",
            f"The adjusted balances differ: the books have {shown} yuan {side.en}, which no item explains.",
        )
        return Paragraph(say(text, language), strong=True)
    if one.open_items:
        count = len(one.open_items)
        text = Text(
            f"调节后余额相符，有 {count} 笔未达账项，应逐笔跟踪到账。",
            f"The adjusted balances agree, with {count} items in transit to be followed up.",
        )
        return Paragraph(say(text, language))
    text = Text("账面余额与对账单余额相符，没有未达账项。", "Books and statement agree; nothing is in transit.")
    return Paragraph(say(text, language))


def _items(one: Reconciliation, language: str) -> Table:
    word = wording(language)
    columns = (
        Column(word("类别", "Kind"), weight=3),
        Column(word("日期", "Date"), ColumnKind.DAY, 2),
        Column(word("凭证号或流水号", "Number"), weight=3),
        Column(word("对方", "Party"), weight=3),
        Column(word("摘要", "Summary"), weight=4),
        Column(word("金额", "Amount"), ColumnKind.FEN, 2),
        Column(word("其后查清", "Cleared on"), ColumnKind.DAY, 2),
    )
    rows = [_item(item, language) for kind in Kind for item in one.of(kind)]
    return Table(columns, tuple(rows), caption=word("未达账项", "Items in transit"), unit=word("元", "yuan"))


def _item(found: OpenItem, language: str) -> Row:
    item = found.item
    number = item.voucher if isinstance(item, BookItem) else item.serial
    cleared: Cell = found.cleared or say(Text("未清", "open"), language)
    return Row((say(KINDS[found.kind], language), item.date, number, item.party, item.text, found.amount_fen, cleared))


def _matched(one: Reconciliation, language: str) -> str:
    """Return how the other lines of the statement were matched, reason by reason."""
    counts = Counter(match.reason for match in one.matched)
    lines = {reason: sum(len(m.bank) for m in one.matched if m.reason is reason) for reason in counts}
    if language == "en":
        said = [f"{REASONS[r].en}: {counts[r]} ({lines[r]} statement lines)" for r in Reason if r in counts]
        return "Matched: " + ("; ".join(said) or "nothing") + "."
    said = [f"{REASONS[r].zh}的 {counts[r]} 组（对账单 {lines[r]} 笔）" for r in Reason if r in counts]
    return "已核对的收付：" + ("；".join(said) or "没有") + "。"


def _ground(one: Reconciliation, law: Law, language: str) -> str:
    present = one.until >= _SINCE_2022
    system = "accounting-system-2021" if present else "accounting-system-2009"
    articles = ("第二十九条", "附录1 第102号科目 五") if present else ("第102号科目 五",)
    cited = [cited_law(Citation(system, article), law) for article in articles]
    doubt = say(CERTAINTY_OF_LAW.get(cited[0].certainty, Text("", "")), language)
    if language == "en":
        return f"Ground: {cited[0].instrument} {'; '.join(c.article for c in cited)}{doubt}."
    return f"依据：{cited[0].instrument}{'、'.join(c.article for c in cited)}{doubt}。"


def plain_reconciliation(one: Reconciliation) -> dict[str, Any]:
    """Return one reconciliation for JSON, amounts in fen, each item with its place in the book."""

    def item(i: BookItem | BankItem) -> dict[str, Any]:
        number = {"voucher": i.voucher} if isinstance(i, BookItem) else {"serial": i.serial}
        place = f"{i.file}:{i.line}" if isinstance(i, BookItem) else f"registers/bank.csv:{i.line}"
        return {"date": i.date.isoformat(), "amount_fen": i.amount_fen, **number, "party": i.party, "place": place}

    return {
        "account": one.account,
        "until": one.until.isoformat(),
        "statement_reaches_month": one.stated,
        "book_balance_fen": one.book_balance_fen,
        "bank_balance_fen": one.bank_balance_fen,
        "adjusted_book_fen": one.adjusted_book_fen,
        "adjusted_bank_fen": one.adjusted_bank_fen,
        "unexplained_fen": one.unexplained_fen,
        "open_items": [
            {
                "kind": found.kind.value,
                "amount_fen": found.amount_fen,
                "cleared": found.cleared.isoformat() if found.cleared else None,
                "item": item(found.item),
            }
            for found in one.open_items
        ],
        "matched": [
            {"reason": m.reason.value, "book": [item(i) for i in m.book], "bank": [item(i) for i in m.bank]}
            for m in one.matched
        ],
    }
