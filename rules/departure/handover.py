"""What is handed over when a chair leaves, read from the book and its registers as of the leaving day.

Every item says where it was read and, where the book can tell, what it should agree with. What the book cannot list,
because a register is missing or there is none for it, is said by name: it is drawn up by hand.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from operator import attrgetter
from typing import TypeVar

from ledger.accounts import components
from ledger.facts import Facts
from ledger.journal_rows import sums_by
from ledger.money import shown_yuan
from ledger.register_rows import (
    AssetRow,
    BankRow,
    CashCountRow,
    ContractRow,
    OfficerRow,
    rows_of_register,
)
from rules.departure.earlier import open_audits
from rules.departure.open_items import open_items
from rules.departure.position import CUSTODY, PAYABLES, RECEIVABLES
from rules.finding import NO_TEXT, Text

_CASH, _BANK = "cash_on_hand", "bank_deposit"
_KEEPERS = ("finance", "accountant", "cashier", "asset_keeper", "seal_keeper")


class Part(StrEnum):
    """The parts of a handover list, in order."""

    CASH = "cash"
    BANK = "bank"
    RECEIVABLES = "receivables"
    PAYABLES = "payables"
    CUSTODY = "custody"
    ASSETS = "assets"
    CONTRACTS = "contracts"
    AUDITS = "audits"
    KEEPERS = "keepers"


@dataclass(frozen=True)
class Item:
    """One line of the list: what it is, who has it, what the books hold, and what it was compared with.

    Amounts are fen, None where there is none. `compared_fen` is the count, the bank's statement or nothing, as of
    `compared_on`. For keepers, `who` is the person and `name` the post as the register writes it.
    """

    part: Part
    name: str
    who: str = ""
    amount_fen: int | None = None
    compared_fen: int | None = None
    compared_on: datetime.date | None = None
    note: Text = NO_TEXT


@dataclass(frozen=True)
class Handover:
    """The handover list of a day: its items part by part, and what could not be listed and why."""

    day: datetime.date
    items: tuple[Item, ...]
    missing: tuple[tuple[Part | None, Text], ...]

    def of(self, part: Part) -> tuple[Item, ...]:
        """Return the items of one part."""
        return tuple(item for item in self.items if item.part is part)

    def gaps(self, part: Part | None) -> tuple[Text, ...]:
        """Return why a part could not be listed, or could in part only; of None what no register holds."""
        return tuple(text for where, text in self.missing if where is part)


def handover(facts: Facts, day: datetime.date) -> Handover:
    """Return what is handed over at the end of a day."""
    items: list[Item] = []
    missing: list[tuple[Part | None, Text]] = []
    builders: Sequence[Callable[[Facts, datetime.date], tuple[list[Item], list[tuple[Part, Text]]]]] = (
        _cash,
        _bank,
        _open,
        _assets,
        _contracts,
        _audits,
        _keepers,
    )
    for build in builders:
        made, gaps = build(facts, day)
        items += made
        missing += gaps
    return Handover(day, tuple(items), (*missing, *((None, text) for text in _UNLISTED)))


_UNLISTED = (
    Text(
        "票据领用、结存与缴销：账套没有票据登记簿，按票据领用簿逐本清点并由保管人签认",
        "receipt books: the book has no register of them; count them one by one",
    ),
    Text(
        "印章、网银密钥和证照：账套只登记保管人，没有登记种类和枚数，按实物逐枚清点",
        "seals, bank keys and certificates: only keepers are registered; count them one by one",
    ),
    Text(
        "会计凭证、账簿、报表等会计档案：账套没有档案目录，按档案移交清册逐卷点交",
        "accounting archives: the book has no index of them; hand over volume by volume",
    ),
    Text(
        "担保、借款、未决诉讼和账外事项：账套没有记载，由移交人书面声明",
        "guarantees, loans, suits and what is off the books: by a written statement of the one who leaves",
    ),
)


def _absent(part: Part, name: str, what_zh: str, what_en: str) -> tuple[Part, Text]:
    zh = f"缺少登记簿 registers/{name}.csv，{what_zh}"
    return part, Text(zh, f"missing registers/{name}.csv: {what_en}")


def _balances(facts: Facts, group: str, day: datetime.date) -> dict[str, int]:
    lines = (line for line in facts.booked.on(group) if line.date <= day)
    return dict(sorted(sums_by(lines, attrgetter("account")).items()))


Stated = TypeVar("Stated", BankRow, CashCountRow)


def _last(rows: Iterable[Stated], account: str, day: datetime.date) -> tuple[datetime.date, Stated] | None:
    """Return an account's last row by a day with its day, None where there is none."""
    own = [(row.date, row) for row in rows if row.account == account and row.date is not None and row.date <= day]
    return max(own, key=lambda one: (one[0], one[1].line), default=None)


def _cash(facts: Facts, day: datetime.date) -> tuple[list[Item], list[tuple[Part, Text]]]:
    counts = rows_of_register(facts, CashCountRow) if "cash_counts" in facts.registers else None
    items, gaps = [], []
    for account, fen in _balances(facts, _CASH, day).items():
        row = None if counts is None else _last(counts, account, day)
        if row is None:
            if fen or counts is not None:
                items.append(Item(Part.CASH, named(account), amount_fen=fen, note=_UNCOUNTED))
            continue
        counted_on, counted = row[0], row[1].counted_fen
        booked = _balances(facts, _CASH, counted_on).get(account, 0)
        gap = counted - booked
        note = Text("账实相符", "agrees with the books of that day")
        if gap:
            word, word_en = ("长款", "over") if gap > 0 else ("短款", "short")
            zh = f"盘点日账面 {shown_yuan(booked)} 元，{word} {shown_yuan(abs(gap))} 元"
            note = Text(zh, f"books of that day {shown_yuan(booked)} yuan, {word_en} by {shown_yuan(abs(gap))}")
        if counted_on != day:
            note = Text(f"{note.zh}；离任日未盘点，移交时须重新盘点", f"{note.en}; to be counted again at handover")
        items.append(Item(Part.CASH, named(account), row[1].keeper, fen, counted, counted_on, note))
    if counts is None:
        gaps.append(_absent(Part.CASH, "cash_counts", "现金没有盘点数可列", "no count of cash can be given"))
    return items, gaps


_UNCOUNTED = Text("没有盘点记录，移交时须当面盘点", "no count on record: count it at handover")


def _bank(facts: Facts, day: datetime.date) -> tuple[list[Item], list[tuple[Part, Text]]]:
    statement = rows_of_register(facts, BankRow) if "bank" in facts.registers else None
    items, gaps = [], []
    for account, fen in _balances(facts, _BANK, day).items():
        row = None if statement is None else _last(statement, account, day)
        stated = None if row is None else row[1].balance_fen
        if row is None or stated is None:
            if fen:
                note = Text(
                    "没有对账单余额，须取得离任日对账单", "no balance of a statement: get one of the leaving day"
                )
                items.append(Item(Part.BANK, named(account), amount_fen=fen, note=note))
            continue
        gap = stated - fen
        note = Text("账面与对账单一致", "books and statement agree")
        if gap:
            zh = f"对账单比账面{'多' if gap > 0 else '少'} {shown_yuan(abs(gap))} 元，附余额调节表逐笔说明"
            note = Text(zh, f"statement and books are {shown_yuan(abs(gap))} yuan apart: reconcile entry by entry")
        items.append(Item(Part.BANK, named(account), "", fen, stated, row[0], note))
    if statement is None:
        gaps.append(_absent(Part.BANK, "bank", "银行存款没有对账单余额可列", "no statement's balance can be given"))
    return items, gaps


def _open(facts: Facts, day: datetime.date) -> tuple[list[Item], list[tuple[Part, Text]]]:
    items = []
    for part, groups, credit in (
        (Part.RECEIVABLES, RECEIVABLES, False),
        (Part.PAYABLES, PAYABLES, True),
        (Part.CUSTODY, CUSTODY, True),
    ):
        for item in open_items(facts, groups, day, credit=credit)[0]:
            days = item.days(day)
            note = Text(f"最早 {item.oldest} 发生，已 {days} 日", f"oldest of {item.oldest}, {days} days")
            items.append(Item(part, named(item.account), item.name, item.balance_fen, note=note))
    return items, []


def _assets(facts: Facts, day: datetime.date) -> tuple[list[Item], list[tuple[Part, Text]]]:
    if "assets" not in facts.registers:
        return [], [_absent(Part.ASSETS, "assets", "资产不能按保管人列出", "assets cannot be listed by keeper")]
    items = []
    for row in sorted(rows_of_register(facts, AssetRow), key=lambda row: (row.keeper, row.asset_id, row.line)):
        if (row.acquired is not None and row.acquired > day) or (row.disposed is not None and row.disposed <= day):
            continue
        counted = row.last_counted
        note = _UNCOUNTED_THING
        if counted is not None and counted <= day:
            note = Text(f"上次盘点 {counted}", f"last counted on {counted}")
        if row.source in ("employer", "leased"):
            note = Text(f"{note.zh}；非本会资产，备查", f"{note.en}; not the union's own")
        name = f"{row.asset_id} {row.name}"
        items.append(Item(Part.ASSETS, name, row.keeper, row.cost_fen, None, counted, note))
    return items, []


_UNCOUNTED_THING = Text("没有盘点记录", "never counted")


def _contracts(facts: Facts, day: datetime.date) -> tuple[list[Item], list[tuple[Part, Text]]]:
    if "contracts" not in facts.registers:
        gap = _absent(Part.CONTRACTS, "contracts", "未履行完的合同不能列出", "running contracts cannot be listed")
        return [], [gap]
    items = []
    for row in sorted(rows_of_register(facts, ContractRow), key=_by_signing):
        until = row.to
        if (row.signed is not None and row.signed > day) or (until is not None and until < day):
            continue
        note = Text(f"至 {until}", f"until {until}") if until else Text("没有写到期日", "no last day")
        note = Text(f"{row.topic}；{note.zh}", f"{row.topic}; {note.en}")
        items.append(Item(Part.CONTRACTS, row.contract, row.party, row.amount_fen, note=note))
    return items, []


def _by_signing(row: ContractRow) -> tuple[datetime.date, str, int]:
    return (row.signed or datetime.date.max, row.contract, row.line)


def _audits(facts: Facts, day: datetime.date) -> tuple[list[Item], list[tuple[Part, Text]]]:
    found = open_audits(facts, day)
    if found is None:
        return [], [_absent(Part.AUDITS, "audits", "未整改的审计事项不能列出", "open audit findings cannot be listed")]
    return [
        Item(
            Part.AUDITS,
            a.id,
            compared_on=a.reported_on,
            note=Text(f"{a.findings}；至 {day} 未整改", f"{a.findings}; not put right by {day}"),
        )
        for a in found
    ], []


def _keepers(facts: Facts, day: datetime.date) -> tuple[list[Item], list[tuple[Part, Text]]]:
    if "officers" not in facts.registers:
        return [], [_absent(Part.KEEPERS, "officers", "印章、票据等保管人不能列出", "keepers cannot be listed")]
    serving = [
        row
        for row in rows_of_register(facts, OfficerRow)
        if (row.from_ is None or row.from_ <= day) and (row.to is None or row.to >= day)
    ]
    items, gaps = [], []
    for post in _KEEPERS:
        own = [row for row in serving if row.post == post]
        for row in sorted(own, key=lambda row: (row.name, row.from_ or datetime.date.max)):
            since = row.from_
            note = Text(f"{since} 起", f"since {since}") if since else Text("没有写任职日", "no first day")
            items.append(Item(Part.KEEPERS, post, row.name, note=note))
        if not own and post in ("seal_keeper", "cashier"):
            zh = "registers/officers.csv 没有离任日在任的" + ("印章保管人" if post == "seal_keeper" else "出纳")
            gaps.append((Part.KEEPERS, Text(zh, f"registers/officers.csv names no {post} on the leaving day")))
    return items, gaps


def named(account: str) -> str:
    """Return an account as people read it: its components with their codes."""
    return " / ".join(f"{code}-{name}" if code else name for code, name in components(account))
