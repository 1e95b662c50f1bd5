"""Looks into an .xlsx before any spreadsheet library does: macros, bombs, cells far out, formulas.

Runs in the child process. Decompressed bytes are counted while they are inflated; no header is believed.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from dataclasses import dataclass

MAX_PARTS = 200
MAX_INFLATED = 200 * 1024 * 1024
MAX_RATIO = 200
SMALL_PART = 1024 * 1024  # below this a high ratio is only repetitive text
MAX_ROWS = 200_000
MAX_COLUMNS = 200

_CHUNK = 1024 * 1024
_OVERLAP = 512
_CELL = re.compile(rb"<(?:\w+:)?(?:c|row)\b[^<>]*?\br\s*=\s*[\"']([A-Z]*)(\d+)[\"']")
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")


class Refused(ValueError):
    """A file that must not be opened; the message continues “文件名…” in Chinese."""


@dataclass(frozen=True)
class ZipFacts:
    """What the check saw: whether any sheet holds a formula."""

    has_formulas: bool


def check_zip(content: bytes) -> ZipFacts:
    """Return what an .xlsx holds, or raise Refused."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _check(archive)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise Refused(f"已损坏（{error}），请重新导出或另存为新的 .xlsx") from None


def _check(archive: zipfile.ZipFile) -> ZipFacts:
    parts = archive.infolist()
    names = [part.filename for part in parts]
    if len(parts) > MAX_PARTS:
        raise Refused(f"内部有 {len(parts)} 个部件，超过 {MAX_PARTS} 个，疑似压缩炸弹，不予打开")
    if len(set(names)) != len(names):
        raise Refused("内部有重名部件，疑似被改造，不予打开；请在表格软件中另存为新的 .xlsx")
    if any(part.flag_bits & 1 for part in parts):
        raise Refused("设有密码，请取消密码后再导入")
    lower = [name.lower() for name in names]
    if any("vbaproject" in name or "macrosheets/" in name for name in lower):
        raise Refused("带有宏，不予打开；请另存为 .xlsx（不含宏）后再导入")
    if "xl/workbook.bin" in lower:
        raise Refused("是 .xlsb 格式，不予打开；请另存为 .xlsx 后再导入")
    if "xl/workbook.xml" not in lower:
        raise Refused("不是 Excel 工作簿；请在表格软件中另存为 .xlsx 后再导入")
    total, formulas = 0, False
    for part in parts:
        sheet = part.filename.lower().startswith("xl/worksheets/")
        size, found = _inflate(archive, part, total, scan=sheet)
        total += size
        formulas = formulas or found
    return ZipFacts(has_formulas=formulas)


def _inflate(archive: zipfile.ZipFile, part: zipfile.ZipInfo, before: int, *, scan: bool) -> tuple[int, bool]:
    size, tail, formulas = 0, b"", False
    packed = max(part.compress_size, 1)
    with archive.open(part) as stream:
        while chunk := stream.read(_CHUNK):
            size += len(chunk)
            if before + size > MAX_INFLATED:
                raise Refused(f"解压后超过 {MAX_INFLATED // 1024 // 1024} MB，疑似压缩炸弹，不予打开")
            if size > SMALL_PART and size > MAX_RATIO * packed:
                raise Refused(f"压缩比超过 {MAX_RATIO} 倍，疑似压缩炸弹，不予打开；请删去空白行列后另存")
            if scan:
                window = tail + chunk
                _check_extent(window)
                formulas = formulas or _FORMULA.search(window) is not None
                tail = window[-_OVERLAP:]
    return size, formulas


def _check_extent(window: bytes) -> None:
    for column, row in _CELL.findall(window):
        if len(row) > 7 or int(row) > MAX_ROWS or column_number(column.decode()) > MAX_COLUMNS:
            cell = (column + row).decode()
            raise Refused(f"在 {cell} 处有内容，超出 {MAX_ROWS} 行、{MAX_COLUMNS} 列；请删去表格以外的行列后另存再导入")


def column_number(letters: str) -> int:
    """Return the number of a column, from 1, of its letters; 0 for none."""
    number = 0
    for letter in letters[:4]:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def column_letters(number: int) -> str:
    """Return the letters of a column of a number from 1."""
    letters = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
