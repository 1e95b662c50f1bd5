"""Payrolls and rosters as personnel offices keep them, brought into the form of our own lists.

A payroll names every person: the register wants the sum of a month and category. A roster tells the day of birth: the
register wants the month. Names and days of birth go no further than this module.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ledger.importers.cells import CellError, count, fen, month
from ledger.importers.headers import REGISTER_LAYOUTS, SheetLayout, layout_of, match_headers, plain_header
from ledger.importers.register_headers import REGISTER_HEADERS
from ledger.importers.sheets import CellFault, Sheet
from ledger.importers.tables import HEAD_ROWS
from ledger.money import plain_yuan

PAYROLL = "payroll"
MEMBERS = "members"
_NAMES = ("姓名", "职工姓名", "员工姓名")
_BIRTHS = ("出生日期", "出生年月", "出生年月日", "生日")
_MONTH = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*月?(?![\d月日])|(\d{4})\s*年\s*(\d{1,2})\s*月")
_TOTALS = re.compile(r"(本页|本月)?(合计|总计|小计|共计).*|.{0,12}(合计|小计)")


def plain_people(sheet: Sheet, layout: SheetLayout | None = None) -> Sheet:
    """Return a payroll by person or without a month column, or a roster with days of birth, as our own list.

    Every other sheet comes back as it is. `layout` is what the user says the file holds.
    """
    named = layout or layout_of(sheet.name)
    if named is not None and named.key not in (PAYROLL, MEMBERS):
        return sheet
    for at, row in enumerate(sheet.rows[:HEAD_ROWS]):
        titles = [plain_header(cell) for cell in row]
        if named is None or named.key == PAYROLL:
            found = match_headers(REGISTER_LAYOUTS[PAYROLL], row)
            by_person = any(name in titles for name in _NAMES)
            if "total_wages" in found and (by_person or ("month" not in found and "headcount" in found)):
                return _Payroll(sheet, at, found, by_person).summed()
        if named is None or named.key == MEMBERS:
            found = match_headers(REGISTER_LAYOUTS[MEMBERS], row)
            birth = next((titles.index(name) for name in _BIRTHS if name in titles), None)
            if {"member_id", "name"} <= found.keys() and "birth_month" not in found and birth is not None:
                return _with_birth_months(sheet, at, birth)
    return sheet


def _with_birth_months(sheet: Sheet, head: int, column: int) -> Sheet:
    header = REGISTER_HEADERS[MEMBERS]["birth_month"][0]
    faults = list(sheet.faults)
    rows = list(sheet.rows)
    for at in range(head, len(rows)):
        row = list(rows[at])
        if column >= len(row):
            continue
        if at == head:
            row[column] = header
        elif row[column].strip():
            try:
                row[column] = str(int(month(row[column].strip())[5:]))
            except CellError as error:
                row[column] = ""
                faults.append(CellFault(at, column, str(error)))
        rows[at] = tuple(row)
    return replace(sheet, rows=tuple(rows), faults=tuple(faults))


@dataclass
class _Sum:
    headcount: int = 0
    wages_fen: int = 0
    base_fen: int | None = None


class _Payroll:
    """One payroll being summed up by month and category of staff."""

    def __init__(self, sheet: Sheet, head: int, found: dict[str, int], by_person: bool) -> None:
        self.sheet = sheet
        self.head = head
        self.found = found
        self.by_person = by_person
        self.faults: list[str] = []
        self.sums: dict[tuple[str, str], _Sum] = defaultdict(_Sum)

    def summed(self) -> Sheet:
        stated = self._stated_month()
        believed = {(fault.row, fault.column): fault.message for fault in self.sheet.faults}
        for at in range(self.head + 1, len(self.sheet.rows)):
            row = self.sheet.rows[at]
            if self._is_line(row):
                wrong = [believed[at, p] for p in self.found.values() if (at, p) in believed]
                try:
                    if wrong:
                        raise CellError("；".join(wrong))
                    self._add(row, stated)
                except CellError as error:
                    self.faults.append(f"原表第 {at + 1} 行：{error}")
        return self._sheet()

    def _stated_month(self) -> str:
        """Return the month that the titles above the head or the sheet's name state, "" where none or several do."""
        for text in (" ".join(" ".join(row) for row in self.sheet.rows[: self.head]), self.sheet.name):
            found = {f"{a or c}-{int(b or d):02d}" for a, b, c, d in _MONTH.findall(text) if 1 <= int(b or d) <= 12}
            if found:
                return found.pop() if len(found) == 1 else ""
        return ""

    def _cell(self, row: Sequence[str], key: str) -> str:
        place = self.found.get(key)
        return row[place].strip() if place is not None and place < len(row) else ""

    def _is_line(self, row: Sequence[str]) -> bool:
        if not self._cell(row, "total_wages") or any(_TOTALS.fullmatch(re.sub(r"\s", "", c)) for c in row[:4] if c):
            return False
        return plain_header(self._cell(row, "total_wages")) != plain_header(
            self.sheet.rows[self.head][self.found["total_wages"]]
        )

    def _add(self, row: Sequence[str], stated: str) -> None:
        text = self._cell(row, "month")
        when = month(text) if text else stated
        if not when:
            raise CellError("没有月份；请在表上方写明，例如“2025年3月工资表”，或加一列“月份”")
        wages = fen(self._cell(row, "total_wages"))
        heads = 1 if self.by_person else int(count(self._cell(row, "headcount")))
        base = self._cell(row, "dues_base")
        total = self.sums[when, self._cell(row, "category")]
        total.headcount += heads
        total.wages_fen += wages
        if base:
            total.base_fen = (total.base_fen or 0) + fen(base)

    def _sheet(self) -> Sheet:
        head = tuple(headers[0] for headers in REGISTER_HEADERS[PAYROLL].values())
        rows: list[tuple[str, ...]] = [head]
        for (when, category), total in sorted(self.sums.items()):
            base = "" if total.base_fen is None else plain_yuan(total.base_fen)
            rows.append((when, category, str(total.headcount), plain_yuan(total.wages_fen), base))
        faults = [CellFault(len(rows) + n, 0, text) for n, text in enumerate(self.faults)]
        rows += [("",)] * len(faults)
        people = sum(total.headcount for total in self.sums.values())
        note = CellFault(1, 0, f"由原工资表 {people} 人次按月份和人员类别相加得出；个人姓名和工资未导入")
        return Sheet(REGISTER_LAYOUTS[PAYROLL].title, tuple(rows), (), tuple(faults), (note,) if self.sums else ())
