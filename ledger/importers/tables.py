"""Finds a layout's table in a sheet: titles above it, repeated heads, totals and blank rows are passed over."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from ledger.importers.cells import CellError
from ledger.importers.headers import SheetLayout, match_headers, missing_columns, plain_header
from ledger.importers.sheets import Sheet
from ledger.importers.zip_check import column_letters

T = TypeVar("T")

HEAD_ROWS = 15  # a head stands within these rows
_TOTALS = re.compile(
    r"(本[日月年页季期]|当[日月年期]|全年|凭证)?(合计|累计|总计|小计|共计|月计|年计|发生额合计)([:：].*)?"
    r"|承前页|过次页|上[页月]结转|结转下页"
)


@dataclass(frozen=True)
class ImportProblem:
    """One fault of an import: sheet, row and column as the user sees them ("" and 0 where there is none), and what."""

    sheet: str
    row: int
    column: str
    message: str

    def __str__(self) -> str:
        where = f"工作表“{self.sheet}”" if self.sheet else ""
        where += f"第 {self.row} 行" if self.row else ""
        where += f" {self.column} 列" if self.column else ""
        return f"{where}：{self.message}" if where else self.message


@dataclass(frozen=True)
class Row:
    """One row of a table: its number as the user sees it, and the non-empty cells by column key."""

    number: int
    cells: Mapping[str, str]

    def get(self, key: str) -> str:
        """Return a cell's text, empty when there is none."""
        return self.cells.get(key, "")


@dataclass
class Table:
    """A layout's table found in a sheet: position of each column, and its rows; faults gather in `problems`."""

    sheet: Sheet
    layout: SheetLayout
    positions: Mapping[str, int]
    head_row: int
    problems: list[ImportProblem] = field(default_factory=list)
    notes: list[ImportProblem] = field(default_factory=list)

    def problem(self, row: int, key: str, message: str) -> None:
        """Record a fault of a row (as the user counts) in a column (key; empty: the whole row)."""
        self.problems.append(ImportProblem(self.sheet.name, row, self.column(key), message))

    def note(self, row: int, key: str, message: str) -> None:
        """Record a remark that stops nothing."""
        self.notes.append(ImportProblem(self.sheet.name, row, self.column(key), message))

    def column(self, key: str) -> str:
        """Return a column as the user sees it: letters and header."""
        if key not in self.positions:
            return self.layout.by_key[key].header if key in self.layout.by_key else ""
        return f"{column_letters(self.positions[key] + 1)}（{self.layout.by_key[key].header}）"

    def cell(self, row: Row, key: str, parse: Callable[[str], T]) -> T | None:
        """Return a cell as `parse` understands it, None when it is empty or faulty (then the fault is recorded)."""
        text = row.get(key)
        if not text:
            return None
        try:
            return parse(text)
        except CellError as error:
            self.problem(row.number, key, str(error))
            return None

    def rows(self) -> Iterator[Row]:
        """Yield the rows that hold data, and record the cells that cannot be believed."""
        faults = {(fault.row, fault.column): fault.message for fault in self.sheet.faults}
        notes = {(note.row, note.column): note.message for note in self.sheet.notes}
        head = self.sheet.rows[self.head_row]
        for at in range(self.head_row + 1, len(self.sheet.rows)):
            texts = self.sheet.rows[at]
            used = {(at, position): key for key, position in self.positions.items()}
            cells = {key: texts[p].strip() for (_, p), key in used.items() if p < len(texts) and texts[p].strip()}
            doubtful = any(place in faults for place in used)
            if (not cells and not doubtful) or self._is_head(head, texts) or self._is_total(texts, cells):
                continue
            for place, key in used.items():
                if place in faults:
                    self.problem(at + 1, key, faults[place])
                elif place in notes:
                    self.note(at + 1, key, notes[place])
            yield Row(at + 1, cells)

    def _is_head(self, head: tuple[str, ...], texts: tuple[str, ...]) -> bool:
        pairs = [(head[p], texts[p]) for p in self.positions.values() if p < len(texts) and texts[p]]
        return len(pairs) >= min(3, len(self.positions)) and all(plain_header(a) == plain_header(b) for a, b in pairs)

    def _is_total(self, texts: tuple[str, ...], cells: Mapping[str, str]) -> bool:
        if not any(map(_says_total, texts)):
            return False
        named = cells.get("code") or cells.get("member_id")
        if named and not _says_total(named):
            return False
        # A whole row may well speak of a total in its free text.
        sides = ("debit", "credit")
        needed = [c.key for c in self.layout.columns if c.required and c.key not in sides]
        needed += ["account", "voucher"] if self.layout.key == "vouchers" else []
        free = {c.key for c in self.layout.columns if c.kind == "text"}
        whole = all(cells.get(key) for key in needed)
        return not whole or any(_says_total(text) for key, text in cells.items() if key not in free)


def _says_total(text: str) -> bool:
    return _TOTALS.fullmatch(re.sub(r"\s+", "", text)) is not None


def find_table(sheet: Sheet, layout: SheetLayout) -> Table | ImportProblem:
    """Return a layout's table in a sheet, or the one problem why there is none."""
    if not any(any(row) for row in sheet.rows):
        return ImportProblem(sheet.name, 0, "", "工作表是空的；请填写后再导入，或删去这张表")
    best, found = 0, dict[str, int]()
    for at, row in enumerate(sheet.rows[:HEAD_ROWS]):
        matched = match_headers(layout, row)
        if len(matched) > len(found):
            best, found = at, matched
        if matched and not missing_columns(layout, matched):
            best, found = at, matched
            break
    merged = _merged_head(sheet, best) if found else ""
    if merged:
        message = f"表头有合并单元格 {merged}；请取消合并，让每一列在同一行各有一个列名"
        return ImportProblem(sheet.name, best + 1, "", message)
    missing = missing_columns(layout, found)
    if missing:
        message = f"表头缺少列：{'、'.join(missing)}；请补上列名（前 {HEAD_ROWS} 行内的一行）"
        return ImportProblem(sheet.name, best + 1 if found else 1, "", message)
    table = Table(sheet, layout, found, best)
    twice = _repeated(sheet.rows[best], found)
    if twice:
        return ImportProblem(sheet.name, best + 1, "", f"列名“{twice}”出现两次；请只保留一列")
    return table


def _merged_head(sheet: Sheet, row: int) -> str:
    for top, left, bottom, right in sheet.merged:
        if top <= row <= bottom and any(sheet.rows[top][left : left + 1]):
            return f"{column_letters(left + 1)}{top + 1}:{column_letters(right + 1)}{bottom + 1}"
    return ""


def _repeated(head: tuple[str, ...], found: Mapping[str, int]) -> str:
    plain = [plain_header(cell) for cell in head]
    for position in found.values():
        if plain.count(plain[position]) > 1:
            return head[position]
    return ""
