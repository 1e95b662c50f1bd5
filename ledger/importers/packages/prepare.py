"""A received file of an accounting package as sheets of our own workbook, with what the file says besides."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from ledger.importers import cells
from ledger.importers.account_map import account_map
from ledger.importers.headers import (
    REGISTER_LAYOUTS,
    VOUCHER_SHEET,
    layout_of,
    match_headers,
    missing_columns,
    plain_header,
)
from ledger.importers.packages.formats import BY_KEY, FORMATS, Format, format_of
from ledger.importers.packages.heads import Read, heads_seen, is_nearly_vouchers, recognise
from ledger.importers.packages.joined import join_vouchers
from ledger.importers.packages.rebuilt import Rebuilt, received
from ledger.importers.packages.stated import StatedBalance, stated_table
from ledger.importers.packages.vouchers import account_rows, voucher_sheet
from ledger.importers.sheets import Sheet, Workbook
from ledger.importers.tables import ImportProblem, Table
from ledger.money import shown_yuan

PACKAGES = tuple(known.key for known in FORMATS)

_CLOSING = ("closing", "closing-debit", "closing-credit", "debit", "credit")
_SHOWN_HEADS = 30


class PackageRefused(ValueError):
    """A file that is not of the format asked for or of none that is known; the message says why, in Chinese."""


@dataclass(frozen=True)
class Prepared:
    """A package's file: its sheets with our own heads, and what else it says.

    `names` are names by code of its chart of accounts, `charted` (sheet, row, code, name) of the sheets that are
    one, `stated` its balances, `rebuilt` the sheets written anew by name.
    """

    format: Format
    workbook: Workbook
    names: Mapping[str, str]
    charted: tuple[tuple[str, int, str, str], ...]
    stated: tuple[StatedBalance, ...]
    rebuilt: Mapping[str, Rebuilt]
    problems: tuple[ImportProblem, ...]
    notes: tuple[ImportProblem, ...]


def prepare(workbook: Workbook, asked: str | None, book_year: int | None) -> Prepared | None:
    """Return a package's file prepared for reading, None when the workbook is none of a package.

    `asked` is the key of a format (`u8`, `kingdee`, `gbt24589`, `saft`, `iso21378`, `ledger-table`); the content
    decides where it is None. `book_year` is the year of tables that state none. Raises PackageRefused when the
    content is not of the format asked for, or of no known one, with the heads seen and those expected.
    """
    sheets = join_vouchers(workbook.sheets)
    reads = {sheet.name: read for sheet in sheets if (read := _read(sheet)) is not None}
    known = _format(replace(workbook, sheets=sheets), asked, reads)
    return None if known is None else _Preparation(known, workbook, sheets, reads, book_year).run()


def _read(sheet: Sheet) -> Read | None:
    named = layout_of(sheet.name)
    return None if named is not None and named.key in REGISTER_LAYOUTS else recognise(sheet)


def _format(workbook: Workbook, asked: str | None, reads: Mapping[str, Read]) -> Format | None:
    seen = format_of(workbook.sheets)
    is_tree = workbook.encoding.startswith(("XML", "JSON"))
    if asked is not None:
        wanted = BY_KEY[asked]
        if seen is not wanted and wanted.signs:
            like = f"，像是{seen.title}（--as {seen.key}）" if seen is not None else ""
            raise PackageRefused(f"不是{wanted.title}的文件{like}：{_shown(workbook)}；应有 {wanted.expected}")
        if not reads:
            raise PackageRefused(f"没有可识别的表：{_shown(workbook)}；应有 {wanted.expected}")
        return wanted
    if seen is None and any(_is_foreign(read) for read in reads.values()):
        seen = BY_KEY["ledger-table"]
    if seen is None and is_tree:
        expected = "；".join(f"{f.title}：{f.expected}" for f in FORMATS if f.key in ("u8", "gbt24589", "saft"))
        raise PackageRefused(f"的内容不能识别：{_shown(workbook)}。可读的有 {expected}")
    return seen


def _is_foreign(read: Read) -> bool:
    """Say whether our own importers would not understand a table as well as this package of them does."""
    table = read.table
    if read.role == "vouchers":
        return bool(missing_columns(VOUCHER_SHEET, match_headers(VOUCHER_SHEET, table.sheet.rows[table.head_row])))
    return read.role != "balances" or any(key in table.positions for key in _CLOSING)


def _shown(workbook: Workbook) -> str:
    parts = []
    for sheet in workbook.sheets[:5]:
        heads = [re.sub(r"\s+", " ", head)[:20] for head in heads_seen(sheet)]
        more = "……" if len(heads) > _SHOWN_HEADS else ""
        parts.append(f"工作表“{sheet.name}”的表头是 {'、'.join(heads[:_SHOWN_HEADS]) or '空的'}{more}")
    return "；".join(parts) or "没有任何表"


class _Preparation:
    def __init__(
        self,
        known: Format,
        workbook: Workbook,
        sheets: Sequence[Sheet],
        reads: Mapping[str, Read],
        book_year: int | None,
    ) -> None:
        self.known = known
        self.workbook = workbook
        self.sheets = sheets
        self.reads = reads
        self.book_year = book_year
        self.problems: list[ImportProblem] = []
        self.notes: list[ImportProblem] = []
        self.stated: list[StatedBalance] = []
        self.rebuilt: dict[str, Rebuilt] = {}

    def run(self) -> Prepared:
        charted = tuple(self._charted("chart"))
        pairs = [*((code, name) for _, _, code, name in self._charted("balances")), *((c, n) for _, _, c, n in charted)]
        names = account_map(pairs, ()).names
        if charted:
            self._name_conflicts(charted, names)
        made: list[Sheet] = []
        for sheet in self.sheets:
            read = self.reads.get(sheet.name)
            if read is not None:
                made += self._sheet(read, names)
            elif self._is_of_package(sheet) or (_is_unnamed(sheet) and is_nearly_vouchers(sheet)):
                heads = "、".join(heads_seen(sheet)[:_SHOWN_HEADS])
                message = f"像是{self.known.title}的表，但表头不全：{heads}；应有 {self.known.expected}"
                self.problems.append(ImportProblem(sheet.name, 0, "", message))
            else:
                made.append(sheet)
        return Prepared(
            self.known,
            replace(self.workbook, sheets=tuple(made)),
            MappingProxyType(dict(names)),
            charted,
            tuple(self.stated),
            MappingProxyType(self.rebuilt),
            tuple(self.problems),
            tuple(self.notes),
        )

    def _is_of_package(self, sheet: Sheet) -> bool:
        return bool(self.known.signs) and format_of([sheet]) is self.known

    def _sheet(self, read: Read, names: Mapping[str, str]) -> Iterator[Sheet]:
        table = read.table
        made: Rebuilt | None = None
        if read.role == "vouchers":
            made = voucher_sheet(table, names)
            self._header_totals(table)
        elif read.role in ("balances", "auxiliary"):
            by_item = read.role == "auxiliary"
            found = stated_table(table, self.workbook.name, self.book_year, names, auxiliary=by_item)
            self.stated += found.balances
            made = found.opening
            if found.reason and not table.problems:
                table.note(table.head_row + 1, "", found.reason)
        elif read.role == "detail":
            table.note(table.head_row + 1, "", "辅助明细账是凭证分录按核算项目的另一种排列，未导入")
        # The columns are told as they were received: the layout's names would be strange to whoever made the file.
        own = {column.header: table.column(column.key) for column in table.layout.columns}
        back = {shown: received(table, key) for key in table.positions if (shown := table.column(key)) in own.values()}
        self.problems += [replace(p, column=back.get(p.column, p.column)) for p in table.problems]
        self.notes += [replace(n, column=back.get(n.column, n.column)) for n in table.notes]
        table.problems.clear()
        table.notes.clear()
        if made is not None:
            name = table.sheet.name
            self.rebuilt[name] = made
            yield replace(made.sheet, name=self._title(name, made.sheet.name))

    @staticmethod
    def _title(name: str, ours: str) -> str:
        """Return a sheet's own name where it leads to the right layout, else that with ours before it."""
        named = layout_of(name)
        wanted = layout_of(ours)
        return name if named is wanted else f"{ours}：{name}"

    def _charted(self, role: str) -> Iterator[tuple[str, int, str, str]]:
        for sheet in self.sheets:
            read = self.reads.get(sheet.name)
            if read is not None and read.role == role:
                for row, code, name in account_rows(read.table):
                    yield sheet.name, row, code, name

    def _name_conflicts(self, charted: Iterable[tuple[str, int, str, str]], names: Mapping[str, str]) -> None:
        """Refuse a register whose rows call a code another name than the file's own chart does."""
        in_chart = {code for _, _, code, _ in charted}
        told: set[str] = set()
        for sheet, row, code, name in self._charted("vouchers"):
            leaf = account_map([(code, name)], ()).names.get(code, "")
            if code in in_chart and leaf and leaf != names[code] and code not in told:
                told.add(code)
                message = f"科目 {code} 在科目表中是“{names[code]}”，此处是“{name}”；请核对"
                self.problems.append(ImportProblem(sheet, row, "", message))

    def _header_totals(self, table: Table) -> None:
        """Check the totals that SAF-T states above its entries."""
        head = {plain_header(cell): at for at, cell in enumerate(table.sheet.rows[table.head_row])}
        for name, key, word in (("totaldebit", "debit", "借方"), ("totalcredit", "credit", "贷方")):
            at = head.get(f"generalledgerentries/{name}")
            rows = list(table.rows()) if at is not None else []
            if at is None or not rows:
                continue
            try:
                stated = cells.fen(table.sheet.rows[rows[0].number - 1][at])
                total = sum(cells.fen(row.get(key)) for row in rows if row.get(key))
            except cells.CellError:
                continue
            if stated != total:
                message = (
                    f"文件头声明的{word}合计 {shown_yuan(stated)} 与各分录之和 {shown_yuan(total)} 不符；文件可能不完整"
                )
                self.problems.append(ImportProblem(table.sheet.name, rows[0].number, "", message))


def _is_unnamed(sheet: Sheet) -> bool:
    named = layout_of(sheet.name)
    return named is None or named is VOUCHER_SHEET
