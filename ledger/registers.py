"""Registers of a book (CSV): lists of people and things, read strictly, a line at a time.

A register whose required columns are missing does not count as present: a rule that needs it is then *not
performed*. A row with a wrong required value is left out, and both are reported with file and line.
"""

from __future__ import annotations

import csv
import datetime
import io
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from ledger.contracts import REGISTERS
from ledger.encoding import UnknownEncoding, decode
from ledger.money import MoneyError, fen_from_text

_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")
_COUNT = re.compile(r"-?\d{1,12}")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


class RegisterFault(NamedTuple):
    """One thing wrong in a register: code (`REGISTER_…`), sentence in Chinese, line of the file."""

    code: str
    message: str
    line: int


class Register(NamedTuple):
    """A register as columns of its frame contract (`fen` columns named `<header>_fen`, plus `line`).

    `columns` is None when the file cannot count as present; `faults` says what was wrong either way.
    """

    columns: Mapping[str, Sequence[Any]] | None
    faults: tuple[RegisterFault, ...]


class _BadCell(ValueError):
    pass


def read_register(name: str, content: bytes) -> Register:
    """Return the register `name` (stem of its file) read from the bytes of its CSV file."""
    try:
        decoded = decode(content)
    except UnknownEncoding as error:
        return Register(None, (RegisterFault("REGISTER_UNREADABLE", f"{error}；这一登记簿未读入", 0),))
    faults: list[RegisterFault] = []
    if decoded.encoding != "utf-8":
        faults.append(RegisterFault("ENCODING_GB18030", "文件按 GB18030 解码；建议另存为 UTF-8", 0))
    rows = _rows(decoded.text, faults)
    header = [cell.strip() for cell in next(rows, (0, []))[1]]
    kinds = REGISTERS[name]
    if not _usable(header, kinds, faults):
        return Register(None, tuple(faults))
    columns: dict[str, list[Any]] = {_column(key, kind): [] for key, kind in kinds.items()} | {"line": []}
    for line, cells in rows:
        values = _values(header, kinds, line, cells, faults)
        if values is not None:
            for key, value in values.items():
                columns[key].append(value)
    return Register(columns, tuple(faults))


def _rows(text: str, faults: list[RegisterFault]) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows that hold anything, each with the line it begins on."""
    reader = csv.reader(io.StringIO(text.replace("\0", ""), newline=""), strict=True)
    begins = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield begins, cells
            begins = reader.line_num + 1
    except csv.Error as error:
        message = f"CSV 格式有误（{error}），这一行及以后未读入；请检查引号是否成对"
        faults.append(RegisterFault("REGISTER_UNREADABLE", message, begins))


def _usable(header: Sequence[str], kinds: Mapping[str, str], faults: list[RegisterFault]) -> bool:
    missing = [key for key in kinds if key not in header]
    needed = [key for key in missing if kinds[key] in ("fen", "count")]
    usable = not needed and any(key in header for key in kinds) and len(set(header)) == len(header)
    if missing:
        effect = "按空白处理" if usable else "这一登记簿未读入"
        message = f"缺少列 {'、'.join(missing)}，{effect}；标题行应为 {','.join(kinds)}"
        faults.append(RegisterFault("REGISTER_COLUMN_MISSING", message, 1))
    elif not usable:
        faults.append(RegisterFault("REGISTER_UNREADABLE", "标题行有重复的列名，这一登记簿未读入", 1))
    unknown = [key for key in header if key and key not in kinds]
    if unknown:
        message = f"未知的列 {'、'.join(unknown)}，未使用；可用的列：{','.join(kinds)}"
        faults.append(RegisterFault("REGISTER_COLUMN_UNKNOWN", message, 1))
    return usable


def _values(
    header: Sequence[str], kinds: Mapping[str, str], line: int, cells: Sequence[str], faults: list[RegisterFault]
) -> dict[str, Any] | None:
    """Return one row's values, or None when it has to be left out."""
    if len(cells) > len(header):  # even a blank one: a comma within an amount has moved the cells after it
        message = f"这一行有 {len(cells)} 格，标题行只有 {len(header)} 格，未计入；金额中的千分位逗号要加引号"
        faults.append(RegisterFault("REGISTER_VALUE", message, line))
        return None
    given = dict(zip(header, cells, strict=False))
    values: dict[str, Any] = {"line": line}
    kept = True
    for key, kind in kinds.items():
        text = given.get(key, "").strip()
        try:
            values[_column(key, kind)] = _READERS[kind](text)
        except _BadCell as error:
            required = kind in ("fen", "count")
            effect = "这一行未计入" if required else "按空白处理"
            faults.append(RegisterFault("REGISTER_VALUE", f"{key} 的值“{text[:40]}”{error}，{effect}", line))
            kept = kept and not required
            values[_column(key, kind)] = "" if kind == "month" else None
    return values if kept else None


def _column(key: str, kind: str) -> str:
    return f"{key}_fen" if kind.startswith("fen") else key


def _fen(text: str) -> int:
    try:
        return fen_from_text(text)
    except MoneyError:
        raise _BadCell("不是两位小数以内的金额") from None


def _count(text: str) -> int:
    if not _COUNT.fullmatch(text):
        raise _BadCell("不是整数")
    return int(text)


def _day(text: str) -> datetime.date | None:
    if not text:
        return None
    try:
        if _DAY.fullmatch(text):
            return datetime.date.fromisoformat(text)
    except ValueError:
        pass
    raise _BadCell("不是日期，应如 2025-03-01")


def _month(text: str) -> str:
    if text and not _MONTH.fullmatch(text):
        raise _BadCell("不是月份，应如 2025-03")
    return text


_READERS: Mapping[str, Callable[[str], Any]] = {
    "fen": _fen,
    "fen?": lambda text: _fen(text) if text else None,
    "count": _count,
    "count?": lambda text: _count(text) if text else None,
    "day": _day,
    "month": _month,
    "name": lambda text: text,
    "text": lambda text: text,
}
