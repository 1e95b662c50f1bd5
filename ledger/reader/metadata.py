"""Metadata of vouchers and postings as column values; what does not fit its column is noted and left out."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from ledger.reader.codes import Faults

MONTHS = re.compile(r"((?:19|20|21)\d\d-(?:0[1-9]|1[0-2]))(?:\.\.((?:19|20|21)\d\d-(?:0[1-9]|1[0-2])))?")

_NUMBER_AND_DAY = re.compile(r"(?P<number>.+?)\s+(?P<day>\d{4}-\d{2}-\d{2})", re.DOTALL)
_WHOLE = re.compile(r"\d{1,9}")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_LARGEST_COUNT = 10**9


class Place:
    """Finds the line of a metadata key below the line its entry begins on."""

    def __init__(self, sources: Mapping[str, Sequence[str]]) -> None:
        self._sources = sources

    def line(self, file: str, start: int, key: str) -> int:
        """Return the line of `key:`, or the entry's own line when it stands elsewhere."""
        lines = self._sources.get(file, ())
        for number in range(start, len(lines)):
            text = lines[number]
            if not text.strip() or text[0] not in " \t":
                break
            if text.lstrip().startswith(f"{key}:"):
                return number + 1
        return start


class Values:
    """Turns metadata values into column values, one at a time, noting each that does not fit."""

    def __init__(self, faults: Faults, place: Place) -> None:
        self._faults = faults
        self._place = place

    def reader(self, kind: str, key: str) -> Callable[[Any, str, int], Any]:
        """Return the function `(value, file, line) -> column value` for a key of that column kind."""
        if key == "month-of":
            return self._month
        readers: Mapping[str, Callable[[str], Callable[[Any, str, int], Any]]] = {
            "count?": self._count,
            "day": self._day,
        }
        return readers[kind](key) if kind in readers else plain_text

    def _count(self, key: str) -> Callable[[Any, str, int], int | None]:
        def read(value: Any, file: str, line: int) -> int | None:
            if isinstance(value, Decimal) and 0 <= value <= _LARGEST_COUNT and value == int(value):
                return int(value)
            if isinstance(value, str) and _WHOLE.fullmatch(value):
                return int(value)
            if _given(value):
                self._note("METADATA_NOT_COUNT", key, value, way_out="应为不带小数的数，例如 30", file=file, line=line)
            return None

        return read

    def _day(self, key: str) -> Callable[[Any, str, int], datetime.date | None]:
        def read(value: Any, file: str, line: int) -> datetime.date | None:
            if isinstance(value, datetime.date):
                return value
            if isinstance(value, str) and value:
                found = day_of(value)
                if found is not None:
                    return found
            if _given(value):
                self._note("METADATA_NOT_DATE", key, value, way_out="应为日期，例如 2025-03-01", file=file, line=line)
            return None

        return read

    def _month(self, value: Any, file: str, line: int) -> str:
        match = MONTHS.fullmatch(value) if isinstance(value, str) else None
        if match and (match[2] is None or match[1] <= match[2]):
            return str(value)
        if _given(value):
            way_out = '应为带引号的月份，例如 "2025-02" 或 "2025-01..2025-03"'
            self._note("METADATA_NOT_MONTH", "month-of", value, way_out=way_out, file=file, line=line)
        return ""

    def _note(self, code: str, key: str, value: Any, *, way_out: str, file: str, line: int) -> None:
        where = self._place.line(file, line, key)
        self._faults.add(code, f"{key} 的值“{str(value)[:40]}”不可用，{way_out}；这一项按未填处理", file, where)


def _given(value: Any) -> bool:
    # beancount's amounts cannot be compared with a text
    return value is not None and not (isinstance(value, str) and not value)


def plain_text(value: Any, _file: str = "", _line: int = 0) -> str:
    """Return a metadata value as text: dates ISO, numbers plain, nothing as ""."""
    if isinstance(value, str):
        return value.strip()
    if value is None:
        return ""
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def day_of(text: str) -> datetime.date | None:
    """Return the day that an ISO text names, or None."""
    if not _DAY.fullmatch(text):
        return None
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        return None


def contract_of(value: Any) -> tuple[str, datetime.date | None]:
    """Return number and date of a contract from `HT-2025-01` or `HT-2025-01 2025-03-02`."""
    text = plain_text(value)
    match = _NUMBER_AND_DAY.fullmatch(text)
    day = day_of(match["day"]) if match else None
    return (match["number"], day) if match and day else (text, None)


def document_keys(metadata: Iterable[str]) -> list[str]:
    """Return the keys `document`, `document-2` … in order of their number."""
    keys = [key for key in metadata if key == "document" or re.fullmatch(r"document-\d{1,4}", key)]
    return sorted(keys, key=lambda key: int(key.partition("-")[2] or 1))
