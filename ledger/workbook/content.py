"""Everything of a book that its workbook holds, read exactly: vouchers with all metadata, budgets, registers.

Texts are in their canonical form, in which a book and its workbook are compared: Unicode NFC, no blanks around them;
numbers in metadata are plain decimals; tags are sorted; lines of an opening that agree in account and metadata are one.
"""

from __future__ import annotations

import csv
import datetime
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pandas as pd

from ledger.contracts import REGISTERS
from ledger.encoding import UnknownEncoding, decode
from ledger.importers.cells import canonical
from ledger.importers.existing import budgets_of
from ledger.money import MoneyError, fen_from_decimal
from ledger.months.records import VoucherRecord, book_records
from ledger.reader import read_book
from ledger.union import UnionProfile
from ledger.vouchers import BudgetEntry, Line, Voucher, parse_voucher_number
from ledger.writer import OPENING


class ExportRefused(ValueError):
    """A book, or a part of it, that no workbook can hold; `lines` say what, where and the way out, in Chinese."""

    def __init__(self, lines: Sequence[str]) -> None:
        self.lines = tuple(lines)
        super().__init__("；".join(lines))


@dataclass(frozen=True)
class Account:
    """An account opened in the book, with the day it was closed, if it was."""

    name: str
    opened: datetime.date
    closed: datetime.date | None = None


@dataclass(frozen=True)
class Entry:
    """A voucher with its number as the book writes it, which may be none that the format knows."""

    voucher: Voucher
    stated: str


@dataclass(frozen=True)
class Register:
    """A register: its columns of the user's own, and its rows; without a row its own columns are not kept."""

    own: tuple[str, ...]
    rows: tuple[Mapping[str, str], ...]


@dataclass(frozen=True)
class BookContent:
    """A book as its workbook shows it; `opening` is its first balances, `notes` what a workbook leaves out."""

    profile: UnionProfile
    accounts: tuple[Account, ...]
    opening: Voucher | None
    entries: tuple[Entry, ...]
    budgets: tuple[BudgetEntry, ...]
    registers: Mapping[str, Register]
    notes: tuple[str, ...] = ()


def read_content(book: Path) -> BookContent:
    """Return what the book in a folder holds; raises ExportRefused for a book at fault or beyond the format."""
    read = book_records(book)
    reading = read_book(book, found=read.found)
    if reading.facts is None or reading.fatal or read.records is None:
        faults = (*(reading.fatal or reading.integrity), *read.integrity)
        lines = dict.fromkeys(f"{f.file}:{f.line} {f.message}" for f in faults)
        raise ExportRefused([*lines] or ["账套不能读取，没有导出；可用 union-audit check 查看"])
    notes: list[str] = []
    faults_found: list[str] = []
    entries: list[Entry] = []
    openings: list[Voucher] = []
    for record in read.records:
        try:
            entry = _entry(record)
        except (MoneyError, InvalidOperation, KeyError, TypeError, ValueError) as error:
            faults_found.append(f"{record.file}:{record.line} 凭证“{record.key}”不能写入工作簿：{error}")
            continue
        if record.content["flag"] != "*":
            notes.append(f"凭证“{record.key}”的标记“{record.content['flag']}”没有导出，重新导入后为“*”")
        if OPENING in entry.voucher.tags:
            openings.append(entry.voucher)
        else:
            entries.append(entry)
    if len({v.date for v in openings}) > 1:
        faults_found.append("账套有两个日期的期初余额（#opening）；请先改正，期初余额只能有一笔")
    if faults_found:
        raise ExportRefused(faults_found)
    frame = reading.facts.accounts
    days = zip(frame["account"], frame["opened"], frame["closed"], strict=True)
    accounts = [Account(str(a), first.date(), None if pd.isna(last) else last.date()) for a, first, last in days]
    return BookContent(
        profile=reading.facts.union,
        accounts=tuple(accounts),
        opening=_merged(openings),
        entries=tuple(entries),
        budgets=tuple(sorted(budgets_of(reading.facts), key=_budget_order)),
        registers=MappingProxyType(_registers(read.found.contents)),
        notes=tuple(notes),
    )


def of_period(content: BookContent, since: datetime.date, until: datetime.date) -> BookContent:
    """Return the part of a book dated within a period, with the balances that it begins with.

    Balances of a period from 1 January on are those of the day before; of any other period there are none, and a note
    says so. Budgets are those of the years touched; registers stay whole.
    """
    inside = tuple(e for e in content.entries if since <= e.voucher.date <= until)
    earlier = [e.voucher for e in content.entries if e.voucher.date < since]
    notes = list(content.notes)
    opening = content.opening
    if opening is not None and opening.date < since:
        earlier.insert(0, opening)
        opening = None
    elif opening is not None and opening.date > until:
        opening = None
    if earlier and (since.month, since.day) == (1, 1):
        opening = _balances(earlier, since)
    elif earlier:
        notes.append(f"期间不是从 1 月 1 日起，工作簿没有期初余额；{since} 以前的凭证未导出")
    budgets = tuple(b for b in content.budgets if since.year <= b.year <= until.year)
    return replace(content, opening=opening, entries=inside, budgets=budgets, notes=tuple(notes))


def _balances(vouchers: Sequence[Voucher], day: datetime.date) -> Voucher | None:
    sums: dict[str, int] = {}
    for voucher in vouchers:
        for line in voucher.lines:
            sums[line.account] = sums.get(line.account, 0) + line.amount_fen
    lines = tuple(Line(account, fen) for account, fen in sorted(sums.items()) if fen)
    return Voucher(day, None, "", "期初余额", lines, tags=(OPENING,)) if lines else None


def _entry(record: VoucherRecord) -> Entry:
    content = record.content
    metadata = {str(key): str(text).strip() for key, text in content["metadata"].items()}
    stated = metadata.pop("voucher", "")
    lines = tuple(_line(posting) for posting in content["postings"])
    tags = (*sorted(map(str, content["tags"])), *(f"^{link}" for link in sorted(map(str, content["links"]))))
    voucher = Voucher(
        date=datetime.date.fromisoformat(content["date"]),
        number=parse_voucher_number(stated),
        payee=str(content["payee"]).strip(),
        narration=str(content["narration"]).strip(),
        lines=lines,
        metadata=MappingProxyType({key: text for key, text in metadata.items() if text}),
        tags=tags,
    )
    return Entry(voucher, stated)


def _line(posting: Mapping[str, Any]) -> Line:
    number, _, currency = str(posting["amount"]).partition(" ")
    if currency != "CNY" or "cost" in posting or "price" in posting:
        raise ValueError(f"{posting['account']} 的分录不是人民币金额，或带有单价；请改正后再导出")
    own = {str(key): str(text).strip() for key, text in posting.get("metadata", {}).items()}
    metadata = MappingProxyType({key: text for key, text in own.items() if text})
    return Line(str(posting["account"]), fen_from_decimal(Decimal(number)), metadata)


def _merged(openings: Sequence[Voucher]) -> Voucher | None:
    if not openings:
        return None
    sums: dict[tuple[str, tuple[tuple[str, str], ...]], int] = {}
    metadata: dict[str, str] = {}
    for voucher in openings:
        metadata = {**voucher.metadata, **metadata}
        for line in voucher.lines:
            key = (line.account, tuple(sorted(line.metadata.items())))
            sums[key] = sums.get(key, 0) + line.amount_fen
    lines = tuple(Line(account, fen, MappingProxyType(dict(own))) for (account, own), fen in sums.items() if fen)
    return replace(openings[0], number=None, lines=lines, metadata=MappingProxyType(metadata))


def _budget_order(entry: BudgetEntry) -> tuple[object, ...]:
    return (entry.year, entry.version, entry.account, entry.project, entry.date)


def _registers(contents: Mapping[str, bytes]) -> dict[str, Register]:
    found = {}
    for name in REGISTERS:
        content = contents.get(f"registers/{name}.csv")
        if content is None:
            continue
        try:
            text = decode(content).text.replace("\0", "")
            reader = csv.reader(io.StringIO(text, newline=""), strict=True)
            header = [cell.strip() for cell in next(reader, [])]
            rows = [dict(zip(header, map(str.strip, cells), strict=False)) for cells in reader if any(cells)]
        except (UnknownEncoding, csv.Error) as error:
            raise ExportRefused([f"registers/{name}.csv 不能读取（{error}）；请改正后再导出"]) from None
        own = tuple(key for key in dict.fromkeys(header) if key and key not in REGISTERS[name])
        found[name] = Register(own, tuple(_register_row(name, row, own) for row in rows))
    return found


def _register_row(name: str, row: Mapping[str, str], own: Sequence[str]) -> Mapping[str, str]:
    known = {key: canonical(kind, f"{name}.{key}", row.get(key, "")) for key, kind in REGISTERS[name].items()}
    own_texts = {key: row.get(key, "") for key in own}
    return MappingProxyType({key: text for key, text in {**known, **own_texts}.items() if text})
