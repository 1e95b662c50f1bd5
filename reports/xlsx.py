"""Spreadsheet: the tables of a document with exact amounts as numbers, one sheet for each of its main parts.

Texts stay texts: nothing of a book ever becomes a formula, a number or a link. Findings are two sheets, one row a
finding and one row a piece of evidence. Equal documents give equal bytes.
"""

from __future__ import annotations

import datetime
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from ledger.money import shown_yuan, yuan
from reports.layout import em
from reports.model import (
    Block,
    Cell,
    Column,
    ColumnKind,
    Document,
    Figure,
    FindingBlock,
    Heading,
    Paragraph,
    Row,
    RowKind,
    Signatures,
    Table,
)
from reports.parts import parts, place, shown_account
from reports.visible import visible_document
from reports.words import CERTAINTIES, SEVERITIES, say
from reports.zips import without_clock
from rules.finding import Text

_FORBIDDEN = re.compile(r"[\[\]:*?/\\']")
_LONGEST_TEXT = 32_000  # a cell holds 32 767 characters
_EXACT_FEN = 10**15  # a cell is a double: fifteen digits are exact
_WIDEST = 60
_NUMBER_FORMS: Mapping[ColumnKind, str] = MappingProxyType(
    {ColumnKind.FEN: "#,##0.00", ColumnKind.COUNT: "#,##0", ColumnKind.SHARE: "0.00%"}
)
_MARKS: Mapping[str, Mapping[str, Any]] = MappingProxyType(
    {
        "title": {"font_size": 16, "bold": True},
        "head": {"bold": True, "bg_color": "#E8E8E8", "align": "center", "text_wrap": True, "border": 1},
        "strong": {"bold": True},
        "total": {"bold": True, "bg_color": "#F4F4F4"},
        "border": {"border": 1},
        "wrap": {"text_wrap": True, "valign": "top"},
        "right": {"align": "right"},
    }
)


def render(document: Document) -> bytes:
    """Return a document as .xlsx."""
    import xlsxwriter

    shown = visible_document(document)
    target = io.BytesIO()
    book = xlsxwriter.Workbook(
        target,
        {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False},
    )
    stamp = datetime.datetime.combine(shown.stamp, datetime.time(), datetime.UTC)
    book.set_properties({"title": shown.title, "created": stamp})
    book.set_size(2400, 1400)
    _Writer(book, shown.language).write(shown)
    book.close()
    return without_clock(target.getvalue())


@dataclass(frozen=True)
class _Part:
    """One main part of a document: its heading and what stands below."""

    name: str
    blocks: tuple[Block, ...]


def _parts_of(document: Document) -> Iterator[_Part]:
    name, blocks = "", list[Block]()
    for block in document.blocks:
        if isinstance(block, Heading) and block.level == 1:
            if blocks:
                yield _Part(name, tuple(blocks))
            name, blocks = block.text, []
        elif not isinstance(block, FindingBlock):
            blocks.append(block)
    if blocks:
        yield _Part(name, tuple(blocks))


class _Writer:
    """Writes the sheets of one workbook; holds its formats and the names given."""

    def __init__(self, book: Any, language: str) -> None:
        self.book, self.language = book, language
        self.names: set[str] = set()
        self.made: dict[tuple[str, ...], Any] = {}

    def word(self, zh: str, en: str) -> str:
        return say(Text(zh, en), self.language)

    def form(self, *marks: str) -> Any:
        """Return the format of some marks, made once: head, strong, border, wrap, title, right, or a number form."""
        if marks not in self.made:
            properties: dict[str, Any] = {"font_name": "宋体", "font_size": 10, "valign": "vcenter"}
            for mark in marks:
                properties |= _MARKS.get(mark, {"num_format": mark})
            self.made[marks] = self.book.add_format(properties)
        return self.made[marks]

    def sheet(self, name: str) -> Any:
        """Return a new sheet, its name made legal and unique."""
        plain = _FORBIDDEN.sub(" ", name).strip() or self.word("表", "Sheet")
        number, tried = 1, plain[:31]
        while tried.lower() in self.names:
            number += 1
            tried = f"{plain[:27]} {number}"
        self.names.add(tried.lower())
        made = self.book.add_worksheet(tried)
        made.set_paper(9)
        made.set_landscape()
        made.fit_to_pages(1, 0)
        made.hide_gridlines(2)
        return made

    def write(self, document: Document) -> None:
        self.cover(document)
        for part in _parts_of(document):
            if any(isinstance(block, (Table, Figure)) for block in part.blocks):
                self.part(part)
        found = [block for block in document.blocks if isinstance(block, FindingBlock)]
        if found:
            self.tables(self.sheet(self.word("审计发现", "Findings")), [self.findings(found)])
            self.tables(self.sheet(self.word("证据", "Evidence")), [self.evidence(found)])

    def cover(self, document: Document) -> None:
        sheet = self.sheet(self.word("说明", "About"))
        sheet.set_column(0, 0, 18)
        sheet.set_column(1, 1, 90)
        self.put(sheet, 0, 0, document.title, self.form("title"))
        row = 2
        for name, value in (*document.facts, (self.word("日期", "Date"), document.stamp.isoformat())):
            self.put(sheet, row, 0, name, self.form("strong"))
            self.put(sheet, row, 1, value, self.form("wrap"))
            row += 1
        for part in _parts_of(document):
            shown = [b for b in part.blocks if isinstance(b, (Paragraph, Signatures))]
            if not shown:
                continue
            row += 1
            self.put(sheet, row, 0, part.name, self.form("strong"))
            for block in shown:
                row += 1
                text = block.text if isinstance(block, Paragraph) else "　　".join(f"{r}：" for r in block.roles)
                self.put(sheet, row, 1, text, self.form("wrap"))
            row += 1

    def part(self, part: _Part) -> None:
        sheet = self.sheet(part.name)
        self.put(sheet, 0, 0, part.name, self.form("title"))
        self.tables(sheet, [b for b in part.blocks if isinstance(b, (Table, Figure, Heading))], 2)

    def tables(self, sheet: Any, blocks: Sequence[Block], row: int = 0) -> None:
        widths: dict[int, float] = {}
        freeze = sum(isinstance(block, Table) for block in blocks) == 1 and not row
        for block in blocks:
            if isinstance(block, Heading):
                self.put(sheet, row, 0, block.text, self.form("strong"))
                row += 2
            elif isinstance(block, Table):
                row = self.table(sheet, block, row, widths)
            elif isinstance(block, Figure):
                row = self.figure(sheet, block, row)
        for i, width in widths.items():
            sheet.set_column(i, i, width)
        if freeze:
            sheet.freeze_panes(2, 0)

    def table(self, sheet: Any, table: Table, row: int, widths: dict[int, float]) -> int:
        """Write a table from a row on and return the first free row below it."""
        unit = f"（{self.word('单位：', 'Unit: ')}{table.unit}）" if table.unit else ""
        self.put(sheet, row, 0, f"{table.caption}{unit}", self.form("strong"))
        row += 1
        for i, column in enumerate(table.columns):
            self.put(sheet, row, i, column.title, self.form("head"))
            widths[i] = max(widths.get(i, 8.0), min(_WIDEST, self.width(table, i)))
        row += 1
        for line in table.rows:
            for i, (cell, column) in enumerate(zip(line.cells, table.columns, strict=True)):
                self.cell(sheet, (row, i), cell, column, line)
            row += 1
        for note in table.notes:
            self.put(sheet, row, 0, f"{self.word('注：', 'Note: ')}{note}", self.form())
            row += 1
        return row + 1

    def width(self, table: Table, i: int) -> float:
        column = table.columns[i]
        shown = [
            shown_yuan(c) if column.kind is ColumnKind.FEN and isinstance(c, int) else str(c or "")
            for c in (row.cells[i] for row in table.rows)
        ]
        return max([em(column.title) * 1.4, *(em(text) * 2 for text in shown)]) + 3

    def cell(self, sheet: Any, at: tuple[int, int], cell: Cell, column: Column, line: Row) -> None:
        row, i = at
        marks = ("border",) if line.kind is RowKind.PLAIN else ("border", "total")
        if isinstance(cell, datetime.date):
            sheet.write_datetime(row, i, cell, self.form(*marks, "yyyy-mm-dd"))
        elif isinstance(cell, str):
            indent = "　" * line.indent if i == 0 else ""
            self.put(sheet, row, i, indent + cell, self.form(*marks, "wrap"))
        elif cell is None:
            sheet.write_blank(row, i, None, self.form(*marks))
        elif column.kind is ColumnKind.FEN:
            self.amount(sheet, row, i, cell, marks)
        else:
            sheet.write_number(row, i, cell, self.form(*marks, _NUMBER_FORMS.get(column.kind, "General")))

    def amount(self, sheet: Any, row: int, i: int, cell: int | Decimal, marks: tuple[str, ...]) -> None:
        if not isinstance(cell, int):
            raise TypeError(f"an amount is int fen, not {cell!r}")
        if abs(cell) < _EXACT_FEN:
            sheet.write_number(row, i, yuan(cell), self.form(*marks, _NUMBER_FORMS[ColumnKind.FEN]))
        else:
            self.put(sheet, row, i, shown_yuan(cell), self.form(*marks, "right"))  # text: a number would lose fen

    def put(self, sheet: Any, row: int, i: int, text: str, form: Any) -> None:
        shown = text if len(text) <= _LONGEST_TEXT else text[:_LONGEST_TEXT] + self.word("……（截断）", "… (cut)")
        sheet.write_string(row, i, shown, form)

    def figure(self, sheet: Any, figure: Figure, row: int) -> int:
        """Write a figure's numbers as a table, and a native bar chart that is drawn from them."""
        label = Column(self.word("项目", "Item"))
        columns = (label, *(Column(name, ColumnKind.FEN) for name in figure.series))
        rows = tuple(Row((bar.label, *bar.values_fen)) for bar in figure.bars)
        end = self.table(sheet, Table(columns, rows, figure.caption, self.word("元", "yuan")), row, {})
        if not figure.bars:
            return end
        first, last = row + 2, row + 1 + len(figure.bars)
        chart = self.book.add_chart({"type": "column"})
        name = sheet.get_name()
        for number in range(1, len(columns)):
            chart.add_series(
                {
                    "name": [name, row + 1, number],
                    "categories": [name, first, 0, last, 0],
                    "values": [name, first, number, last, number],
                }
            )
        chart.set_title({"name": figure.caption, "name_font": {"size": 12}})
        chart.set_legend({"position": "bottom"})
        chart.set_size({"width": 760, "height": 320})
        sheet.insert_chart(end, 0, chart, {"description": figure.caption})
        return end + 18

    def findings(self, found: Sequence[FindingBlock]) -> Table:
        """Return one row for every finding, with everything a reader sorts and filters by."""
        columns = (
            Column(self.word("编号", "Id")),
            Column(self.word("规则", "Rule")),
            Column(self.word("标题", "Title")),
            Column(self.word("严重程度", "Severity")),
            Column(self.word("认定", "Certainty")),
            Column(self.word("涉及金额", "Amount"), ColumnKind.FEN),
            Column(self.word("标准", "Criterion")),
            Column(self.word("事实", "Condition")),
            Column(self.word("影响", "Effect")),
            Column(self.word("建议", "Remedy")),
        )
        rows = []
        for block in found:
            finding = block.finding
            items = tuple("\n".join(texts) for _, texts in parts(block, self.language).items)
            marks = (
                say(SEVERITIES[finding.severity], self.language),
                say(CERTAINTIES[finding.certainty], self.language),
            )
            title = say(finding.title, self.language)
            rows.append(Row((block.id, finding.code, title, *marks, finding.amount_fen, *items)))
        return Table(columns, tuple(rows), self.word("审计发现一览", "Findings"), self.word("元", "yuan"))

    def evidence(self, found: Sequence[FindingBlock]) -> Table:
        """Return one row for every piece of evidence."""
        columns = (
            Column(self.word("发现编号", "Finding")),
            Column(self.word("凭证号", "Voucher")),
            Column(self.word("日期", "Date"), ColumnKind.DAY),
            Column(self.word("科目", "Account")),
            Column(self.word("金额", "Amount"), ColumnKind.FEN),
            Column(self.word("文件:行", "File:line")),
            Column(self.word("说明", "Note")),
        )
        rows = tuple(
            Row(
                (
                    block.id,
                    e.voucher,
                    e.date,
                    shown_account(e.account),
                    e.amount_fen,
                    place(e),
                    say(e.note, self.language),
                )
            )
            for block in found
            for e in block.finding.evidence
        )
        return Table(columns, rows, self.word("证据一览", "Evidence"), self.word("元", "yuan"))
