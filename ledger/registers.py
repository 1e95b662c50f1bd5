"""Registers of a book (CSV): lists of people and things, read strictly, a line at a time.

A register that lacks a required column does not count as present: a rule that needs it is then *not performed*. A
row is left out when a required value is wrong, when it does not say whom, what or when it is about (`STATED`), and
when it contradicts another row about the same thing (`ONE_ROW`), and when it ends before it begins (`SPANS`); a row
that only repeats another counts once. Where rows are parts of one sum (`WHOLE`), a part that is left out takes the
others along: a sum without it would be wrong. Every fault is reported with file and line, so that what rests on the
register can say which part was not tested.
"""

from __future__ import annotations

import csv
import datetime
import io
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from types import MappingProxyType
from typing import Any, NamedTuple

from ledger.contracts import REGISTERS
from ledger.encoding import UnknownEncoding, decode
from ledger.money import MoneyError, fen_from_text

# What every row of a register has to say; a row without it is about nobody or about no day.
STATED: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "members": ("member_id",),
        "payroll": ("month",),
        "dues": ("month", "member_id"),
        "officers": ("post", "name"),
        "resolutions": ("id",),
        "grants": ("date", "member_id"),
        "bank": ("account", "date"),
        "assets": ("asset_id",),
        "invoices": ("invoice",),
        "hardship": ("member_id",),
        "cash_counts": ("date", "account"),
        "contracts": ("contract",),
        "activities": ("activity",),
        "stock": ("date", "item"),
        "employer": ("date", "member_id"),
        "explanations": ("account", "explanation"),
    }
)
# Registers in which one thing has one row: the columns that name the thing.
ONE_ROW: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "members": ("member_id", "joined"),  # who left may join again
        "payroll": ("month", "category"),
        "resolutions": ("id",),
        "assets": ("asset_id",),
        "contracts": ("contract",),
        "explanations": ("year", "account", "project"),
    }
)
# Registers whose rows hold a span of days that something is counted over: the columns of its two ends.
SPANS: Mapping[str, tuple[str, str]] = MappingProxyType({"officers": ("from", "to")})
# Registers whose rows are parts of a sum: the column that names the sum.
WHOLE: Mapping[str, str] = MappingProxyType({"payroll": "month"})

_MONTH = re.compile(r"(19|20|21)\d\d-(0[1-9]|1[0-2])")
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
    if not _usable(name, header, kinds, faults):
        return Register(None, tuple(faults))
    cut: dict[str, int] = {}  # sums that lost a part, and the line of the first part lost
    read = [_values(name, header, line, cells, faults, cut) for line, cells in rows]
    stated = [row for row in read if row is not None and _states(name, row, faults)]
    kept = list(_unbroken(name, list(_once(name, stated, faults, cut)), cut, faults))
    names = [*(_column(key, kind) for key, kind in kinds.items()), "line"]
    columns = {column: [row[column] for row in kept] for column in names}
    return Register(columns, tuple(sorted(faults, key=lambda fault: fault.line)))


def _states(name: str, row: Mapping[str, Any], faults: list[RegisterFault]) -> bool:
    """Return whether a row says what its register must, and note what it lacks."""
    lacking = [key for key in STATED.get(name, ()) if not row[key]]
    if lacking:
        message = f"没有写 {'、'.join(lacking)}，这一行未计入；请补齐"
        faults.append(RegisterFault("REGISTER_VALUE", message, row["line"]))
    first, last = (row[key] for key in SPANS[name]) if name in SPANS else (None, None)
    backwards = bool(first and last and last < first)
    if backwards:
        begins, ends = SPANS[name]
        message = f"{ends} {last} 早于 {begins} {first}，这一行未计入；请核对起止日期"
        faults.append(RegisterFault("REGISTER_VALUE", message, row["line"]))
    return not lacking and not backwards


def _unbroken(
    name: str, rows: Sequence[dict[str, Any]], cut: Mapping[str, int], faults: list[RegisterFault]
) -> Iterator[dict[str, Any]]:
    """Yield the rows without the parts of a sum that lost another part."""
    key = WHOLE.get(name, "")
    for row in rows:
        lost = cut.get(str(row[key])) if key else None
        if lost is None:
            yield row
            continue
        message = f"{row[key]} 的第 {lost} 行未计入，合计不完整，这一行也不计入；改正该行后重新计算"
        faults.append(RegisterFault("REGISTER_VALUE", message, row["line"]))


def _once(
    name: str, rows: Sequence[dict[str, Any]], faults: list[RegisterFault], cut: dict[str, int]
) -> Iterator[dict[str, Any]]:
    """Yield the rows without those that repeat or contradict another about the same thing."""
    keys = ONE_ROW.get(name, ())
    if not keys:
        yield from rows
        return
    alike: dict[tuple[Any, ...], list[dict[str, Any]]] = {}
    for row in rows:
        alike.setdefault(tuple(row[key] for key in keys), []).append(row)
    for thing, same in alike.items():
        if len(same) == 1:
            continue
        what = "、".join(map(str, thing))
        contents = {tuple(value for key, value in row.items() if key != "line") for row in same}
        for row in same[1:]:
            first = f"与第 {same[0]['line']} 行同为“{what}”"
            fault = (
                RegisterFault("REGISTER_REPEATED", f"{first}，内容相同，只计一次", row["line"])
                if len(contents) == 1
                else RegisterFault("REGISTER_DUPLICATE", f"{first}，内容不同，都未计入；请核对后只留一行", row["line"])
            )
            faults.append(fault)
        if len(contents) > 1:
            if name in WHOLE:
                cut.setdefault(str(same[0][WHOLE[name]]), same[0]["line"])
            alike[thing] = []
    left = {row["line"] for same in alike.values() for row in same[:1]}
    yield from (row for row in rows if row["line"] in left)


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


def _usable(name: str, header: Sequence[str], kinds: Mapping[str, str], faults: list[RegisterFault]) -> bool:
    missing = [key for key in kinds if key not in header]
    required = [key for key in missing if kinds[key] in ("fen", "count") or key in STATED.get(name, ())]
    usable = not required and any(key in header for key in kinds) and len(set(header)) == len(header)
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
    name: str,
    header: Sequence[str],
    line: int,
    cells: Sequence[str],
    faults: list[RegisterFault],
    cut: dict[str, int],
) -> dict[str, Any] | None:
    """Return one row's values, or None when it has to be left out: `cut` then learns of the sum that it is part of."""
    if len(cells) > len(header):  # even a blank one: a comma within an amount has moved the cells after it
        message = f"这一行有 {len(cells)} 格，标题行只有 {len(header)} 格，未计入；金额中的千分位逗号要加引号"
        faults.append(RegisterFault("REGISTER_VALUE", message, line))
        _lost(name, dict(zip(header, cells, strict=False)), line, cut)
        return None
    given = dict(zip(header, cells, strict=False))
    values: dict[str, Any] = {"line": line}
    kept = True
    for key, kind, column, reader in _fields(name):
        text = given.get(key, "").strip()
        try:
            values[column] = text if reader is None else reader(text)
        except _BadCell as error:
            required = kind in ("fen", "count") or key in STATED.get(name, ())
            effect = "这一行未计入" if required else "按空白处理"
            faults.append(RegisterFault("REGISTER_VALUE", f"{key} 的值“{text[:40]}”{error}，{effect}", line))
            kept = kept and not required
            values[column] = "" if kind == "month" else None
    if not kept:
        _lost(name, given, line, cut)
    return values if kept else None


@cache
def _fields(name: str) -> tuple[tuple[str, str, str, Callable[[str], Any] | None], ...]:
    """Return header, kind, column and reader of every cell of a register; texts are taken as they stand."""
    return tuple((key, kind, _column(key, kind), _READERS.get(kind)) for key, kind in REGISTERS[name].items())


def _lost(name: str, given: Mapping[str, str], line: int, cut: dict[str, int]) -> None:
    named = given.get(WHOLE[name], "").strip() if name in WHOLE else ""
    if named:
        cut.setdefault(named, line)


def _column(key: str, kind: str) -> str:
    return f"{key}_fen" if kind.startswith("fen") else key


@lru_cache(maxsize=4096)
def _fen(text: str) -> int:
    try:
        return fen_from_text(text)
    except MoneyError:
        raise _BadCell("不是两位小数以内的金额") from None


def _count(text: str) -> int:
    if not _COUNT.fullmatch(text):
        raise _BadCell("不是整数")
    return int(text)


@lru_cache(maxsize=4096)
def _day(text: str) -> datetime.date | None:
    if not text:
        return None
    try:
        if _DAY.fullmatch(text):
            return datetime.date.fromisoformat(text)
    except ValueError:
        pass
    raise _BadCell("不是日期，应如 2025-03-01")


@lru_cache(maxsize=4096)
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
}
