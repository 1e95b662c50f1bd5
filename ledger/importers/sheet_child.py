"""The child process of `ledger.importers.sheets`: spreadsheet bytes on standard input, JSON on standard output.

Limits are set before a single byte is looked at. It imports no data library, so that it starts at once.
"""

from __future__ import annotations

import datetime
import io
import json
import sys
from decimal import Decimal
from typing import TYPE_CHECKING

from ledger.importers.formulas import compute
from ledger.importers.packages.markup import looks_like_json, read_json, read_xml
from ledger.importers.plain_tables import decode, looks_like_html, read_csv, read_html
from ledger.importers.zip_check import MAX_COLUMNS, MAX_ROWS, Refused, check_zip

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

MEMORY_BYTES = 2 * 1024**3
CPU_SECONDS = 60
EXACT_DIGITS = 15  # a spreadsheet's numbers are exact up to here

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MACRO_STREAM = "_VBA_PROJECT".encode("utf-16-le")

Number = Decimal | None
Fault = tuple[int, int, str]
SheetJson = dict[str, object]


def main() -> int:
    """Read one spreadsheet; the first argument is the name of a sheet that has none of its own."""
    limit_process()
    content = sys.stdin.buffer.read()
    answer: dict[str, object]
    try:
        encoding, sheets = _read(content, sys.argv[1])
        answer = {"encoding": encoding, "sheets": sheets}
    except Refused as error:
        answer = {"refused": str(error)}
    sys.stdout.buffer.write(json.dumps(answer, ensure_ascii=False).encode("utf-8", errors="replace"))
    return 0


def limit_process() -> None:
    """Limit memory, processor time and files of this process; no-op on Windows."""
    try:
        import resource
    except ImportError:  # Windows: the parent's time limit alone holds there
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _read(content: bytes, name: str) -> tuple[str, list[SheetJson]]:
    if content.startswith(b"PK"):
        return "xlsx", _spreadsheet(content, has_formulas=check_zip(content).has_formulas)
    if content.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in content:
            raise Refused("设有密码，请取消密码后再导入")
        if _MACRO_STREAM in content:
            raise Refused("带有宏，不予打开；请另存为 .xlsx（不含宏）后再导入")
        return "xls", _spreadsheet(content, has_formulas=False)
    text, encoding = decode(content)
    if looks_like_html(content):
        tables = read_html(text)
        names = [name, *(f"{name}（{n}）" for n in range(2, len(tables) + 1))]
        pairs = zip(names, tables, strict=False)
        return f"HTML，{encoding}", [_plain(n, rows, merged) for n, (rows, merged) in pairs]
    if text.lstrip("\ufeff \t\r\n").startswith("<"):
        return f"XML，{encoding}", [_plain(n, rows, []) for n, rows in read_xml(text, encoding)]
    if looks_like_json(text):
        return f"JSON，{encoding}", [_plain(n, rows, []) for n, rows in read_json(text)]
    return encoding, [_plain(name, read_csv(text), [])]


def _plain(name: str, rows: list[list[str]], merged: list[tuple[int, int, int, int]]) -> SheetJson:
    return {"name": name, "rows": rows, "merged": merged, "faults": [], "notes": []}


def _spreadsheet(content: bytes, *, has_formulas: bool) -> list[SheetJson]:
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        formulas = _formulas(content) if has_formulas else {}
        return [
            _sheet(book.get_sheet_by_name(meta.name), formulas.get(meta.name, {}))
            for meta in book.sheets_metadata
            if meta.typ == SheetTypeEnum.WorkSheet
        ]
    except PasswordError:
        raise Refused("设有密码，请取消密码后再导入") from None
    except CalamineError as error:
        raise Refused(f"不能作为表格读取（{error}）；请在表格软件中另存为新的 .xlsx 后再导入") from None


def _sheet(sheet: CalamineSheet, formulas: dict[tuple[int, int], str]) -> SheetJson:
    if sheet.total_height > MAX_ROWS or sheet.total_width > MAX_COLUMNS:
        raise Refused(f"工作表“{sheet.name}”超出 {MAX_ROWS} 行、{MAX_COLUMNS} 列；请删去表格以外的行列")
    cells = sheet.to_python(skip_empty_area=False) if sheet.height else []
    faults: list[Fault] = []
    notes: list[Fault] = []
    rows = [
        [_text(cell, r, c, faults) if cell != "" else "" for c, cell in enumerate(row)] for r, row in enumerate(cells)
    ]

    def number(row: int, column: int) -> Number:
        cell = cells[row][column] if row < len(cells) and column < len(cells[row]) else ""
        if cell == "":
            return Decimal(0)
        if isinstance(cell, float | int) and not isinstance(cell, bool):
            return Decimal(repr(cell))
        return None

    for at, formula in formulas.items():
        fault, note = _check_formula(rows, at, formula, compute(formula, number))
        faults += [(*at, fault)] if fault else []
        notes += [(*at, note)] if note else []
    merged = [(*start, *end) for start, end in sheet.merged_cell_ranges or ()]
    return {"name": sheet.name, "rows": rows, "merged": merged, "faults": faults, "notes": notes}


def _check_formula(rows: list[list[str]], at: tuple[int, int], formula: str, computed: Number) -> tuple[str, str]:
    """Return the fault and the note of one formula; put its exact result into the row where there is none."""
    row, column = at
    stored = rows[row][column] if row < len(rows) and column < len(rows[row]) else ""
    shown = formula[:60]
    if stored == "":
        return f"公式“{shown}”没有存下计算结果；请在表格软件中打开、保存，或粘贴为数值", ""
    if computed is None:
        return "", f"公式“{shown}”未能复核，采用其存下的结果 {stored}；建议粘贴为数值"
    if not _near(stored, computed):
        return f"公式“{shown}”存下的结果是 {stored}，重新计算是 {computed:f}；请核实后粘贴为数值", ""
    # The exact result instead of a stored one with binary noise, to the digits a spreadsheet is exact to.
    rows[row][column] = _plain_number(Decimal(f"{computed:.{EXACT_DIGITS}g}"))
    return "", ""


def _near(stored: str, computed: Decimal) -> bool:
    try:
        return abs(Decimal(stored) - computed) <= max(abs(computed), Decimal(1)).scaleb(-12)
    except ArithmeticError:
        return False


def _text(cell: object, row: int, column: int, faults: list[Fault]) -> str:
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, float | int):
        number = Decimal(repr(cell))
        if abs(number) >= Decimal(10) ** EXACT_DIGITS:
            faults.append(
                (row, column, f"{number:f} 以数值存放，超过 15 位的部分已被表格软件改成 0；请改成文本格式重新录入")
            )
        return _plain_number(number)
    if isinstance(cell, datetime.datetime):
        midnight = cell.time() == datetime.time()
        return cell.date().isoformat() if midnight else cell.isoformat(timespec="seconds")
    if isinstance(cell, datetime.date | datetime.time):
        return cell.isoformat()
    return str(cell).strip()


def _plain_number(number: Decimal) -> str:
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _formulas(content: bytes) -> dict[str, dict[tuple[int, int], str]]:
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_vba=False, keep_links=False)
    found: dict[str, dict[tuple[int, int], str]] = {}
    for sheet in book.worksheets:
        cells = found.setdefault(sheet.title, {})
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f" and cell.row and cell.column:
                    formula = getattr(cell.value, "text", cell.value)
                    cells[(cell.row - 1, cell.column - 1)] = str(formula)
    return found
