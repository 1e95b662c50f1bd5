"""Tables that are text: CSV in any usual encoding, and HTML that packages save under the name .xls.

Runs in the child process. The encoding is decided by order, never guessed: byte order mark, strict UTF-8, strict
GB18030.
"""

from __future__ import annotations

import codecs
import csv
import io
from html.parser import HTMLParser

from ledger.importers.zip_check import MAX_COLUMNS, MAX_ROWS, Refused

Rows = list[list[str]]
Merged = list[tuple[int, int, int, int]]

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig", "UTF-8（带 BOM）"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
)


def decode(content: bytes) -> tuple[str, str]:
    """Return a file's text and the name of its encoding, or raise Refused."""
    candidates = [(codec, name) for mark, codec, name in _MARKS if content.startswith(mark)]
    for codec, name in candidates or [("utf-8", "UTF-8"), ("gb18030", "GB18030")]:
        try:
            text = content.decode(codec, errors="strict")
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            raise Refused("含有空字符，不是文本表格；请另存为 UTF-8 编码的 CSV 或 .xlsx")
        return text, name
    raise Refused("的编码既不是 UTF-8 也不是 GB18030；请另存为 UTF-8 编码的 CSV 或 .xlsx")


def read_csv(text: str) -> Rows:
    """Return the rows of separated text; the separator (comma, tab or semicolon) is the commonest in its head."""
    head = "\n".join(text.splitlines()[:20])
    separator = max(",\t;", key=head.count)
    rows: Rows = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        for row in reader:
            if len(rows) >= MAX_ROWS or len(row) > MAX_COLUMNS:
                raise Refused(f"超出 {MAX_ROWS} 行、{MAX_COLUMNS} 列；请拆分后再导入")
            rows.append([cell.strip() for cell in row])
    except csv.Error as error:
        raise Refused(f"第 {reader.line_num} 行的引号不成对或单元格过长（{error}）；请改正后再导入") from None
    return rows


def looks_like_html(content: bytes) -> bool:
    """Say whether a file begins as HTML does."""
    head = content[:4096].replace(b"\0", b"").lower()
    return any(mark in head for mark in (b"<html", b"<table", b"<!doctype html"))


def read_html(text: str) -> list[tuple[Rows, Merged]]:
    """Return the rows and merged ranges of every table of an HTML text that holds any row."""
    parser = _Tables()
    parser.feed(text)
    parser.close()
    return [(rows, merged) for rows, merged in parser.tables if rows]


class _Tables(HTMLParser):
    """Collects tables; a cell over several columns or rows keeps its text in the first and leaves the rest empty."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[tuple[Rows, Merged]] = []
        self.cell: list[str] | None = None
        self.span = (1, 1)
        self.below: dict[tuple[int, int], str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self.tables.append(([], []))
            self.below = {}
        elif tag == "tr" and self.tables:
            self._end_cell()
            self.tables[-1][0].append([])
        elif tag in ("td", "th") and self.tables and self.tables[-1][0]:
            self._end_cell()
            values = dict(attrs)
            self.span = (_span(values.get("rowspan")), _span(values.get("colspan")))
            self.cell = []
        elif tag == "br" and self.cell is not None:
            self.cell.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th", "tr", "table"):
            self._end_cell()

    def handle_data(self, data: str) -> None:
        if self.cell is not None:
            self.cell.append(data)

    def _end_cell(self) -> None:
        if self.cell is None:
            return
        rows, merged = self.tables[-1]
        row, number = rows[-1], len(rows) - 1
        while (number, len(row)) in self.below:
            row.append("")
        column, (down, right) = len(row), self.span
        if number >= MAX_ROWS or column + right > MAX_COLUMNS:
            raise Refused(f"超出 {MAX_ROWS} 行、{MAX_COLUMNS} 列；请拆分后再导入")
        row.append("".join(self.cell).strip())
        row.extend([""] * (right - 1))
        for offset in range(1, down):
            self.below.update({(number + offset, column + c): "" for c in range(right)})
        if down > 1 or right > 1:
            merged.append((number, column, number + down - 1, column + right - 1))
        self.cell = None


def _span(text: str | None) -> int:
    return min(int(text), MAX_COLUMNS) if text and text.isdecimal() and int(text) > 0 else 1
