"""What a file of law data may say: its keys and words, and one fault for everything that departs from them.

A value of law that is misread convicts or acquits somebody, so the reading is strict: an unknown key is a
fault with the nearest known key named, a number stands in quotes as the law writes it, an end that is not
known is written `to = "open"`. Every fault of every file is collected; the first never hides the others.
"""

from __future__ import annotations

import datetime
import difflib
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Any, TypeVar

KEY = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+")
INSTRUMENT_KEY = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
REGION = re.compile(r"CN|[1-9]\d{5}")
UNITS = ("yuan", "share", "multiple", "count", "days", "day_of_month", "hours", "months", "years")
CERTAINTIES = ("read", "secondary", "remembered")

PARAMETER_KEYS = ("key", "label", "label_en", "unit", "laxer", "category", "description", "values", "gaps")
VALUE_KEYS = ("id", "region", "from", "to", "value", "kind", "status", "cite", "checked", "note")
CITE_KEYS = ("instrument", "article", "quote")
GAP_KEYS = ("region", "from", "to", "reason")
INSTRUMENT_KEYS = ("title", "title_en", "number", "issuer", "from", "to", "certainty", "source", "articles")

_DECIMAL = re.compile(r"\d+(\.\d+)?")
_FRACTION = re.compile(r"(\d+)/([1-9]\d*)")

Word = TypeVar("Word", bound=StrEnum)


@dataclass(frozen=True)
class LawFault:
    """One thing wrong in the data of law: file, key, id of the value, what is wrong and the way out, in Chinese."""

    file: str
    key: str
    value_id: str
    what: str
    remedy: str

    def __str__(self) -> str:
        place = " ".join(part for part in (self.key, self.value_id and f"［{self.value_id}］") if part)
        return f"{self.file}：{place}{'：' if place else ''}{self.what}；{self.remedy}"


class LawError(ValueError):
    """The data of law cannot be used; `faults` holds every fault of every file."""

    def __init__(self, faults: Iterable[LawFault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))


class _FloatText(str):
    """A bare decimal as TOML wrote it: kept as text, so that all of them can be reported."""

    __slots__ = ()


class Cursor:
    """Reads the tables of one file and collects faults; `key` and `value_id` say where it stands."""

    def __init__(self, file: str, faults: list[LawFault], key: str = "", value_id: str = "") -> None:
        self.file, self.faults, self.key, self.value_id = file, faults, key, value_id

    def at(self, key: str, value_id: str = "") -> Cursor:
        """Return a cursor at another place of the same file."""
        return Cursor(self.file, self.faults, key, value_id)

    def fault(self, what: str, remedy: str) -> None:
        """Note a fault at this place."""
        self.faults.append(LawFault(self.file, self.key, self.value_id, what, remedy))

    def toml(self, text: str) -> Mapping[str, Any]:
        """Return the file's tables; every bare decimal in them is a fault. Empty when it is no TOML."""
        try:
            data = tomllib.loads(text, parse_float=_FloatText)
        except tomllib.TOMLDecodeError as error:
            self.fault(f"不是合法的 TOML（{error}）", "按提示的行列改正，日期写作 2025-01-31（不加引号）")
            return {}
        self._refuse_floats(data, "")
        return data

    def _refuse_floats(self, node: object, path: str) -> None:
        if isinstance(node, _FloatText):
            self.fault(f"“{path}”出现不带引号的小数 {node}", f'写成带引号的文本 "{node}"')
        elif isinstance(node, dict):
            for name, child in node.items():
                self._refuse_floats(child, f"{path}.{name}" if path else str(name))
        elif isinstance(node, list):
            for number, child in enumerate(node, 1):
                self._refuse_floats(child, f"{path}[{number}]")

    def known(self, table: Mapping[str, Any], keys: tuple[str, ...], inside: str = "") -> None:
        """Note every key of the table that is not among the known ones."""
        for name in table:
            if name not in keys:
                near = difflib.get_close_matches(name, keys, n=1, cutoff=0.5)
                hint = f"是否应为“{near[0]}”？" if near else ""
                self.fault(f"未知的键“{inside}{name}”", f"{hint}可用的键：{'、'.join(keys)}")

    def tables(self, name: str, value: object) -> list[Mapping[str, Any]]:
        """Return the entries of a `[[name]]` list."""
        if isinstance(value, list) and all(isinstance(item, dict) for item in value):
            return value
        self.fault(f"“{name}”不是一组条目", f"写作 [[{name}]]")
        return []

    def table(self, name: str, value: object) -> Mapping[str, Any]:
        """Return a table."""
        if isinstance(value, dict):
            return value
        self.fault(f"缺少“{name}”，或它不是一节", f"写作 [{name}] 或 {name} = {{ … }}")
        return {}

    def text(self, name: str, value: object, *, required: bool = True) -> str:
        """Return a text; an absent optional one is empty."""
        if value is None and not required:
            return ""
        if isinstance(value, str) and not isinstance(value, _FloatText) and (value.strip() or not required):
            return value
        if not isinstance(value, _FloatText):
            self.fault(f"缺少“{name}”，或它不是带引号的文本", f'补上 {name} = "…"')
        return ""

    def word(self, name: str, value: object, words: type[Word], default: Word) -> Word:
        """Return one of the words of an enumeration; `default` stands in after a fault."""
        try:
            return words(str(value))
        except ValueError:
            self.fault(f"“{name}”的值“{value}”不可用", f"应为 {'、'.join(words)} 之一")
            return default

    def choice(self, name: str, value: object, choices: tuple[str, ...]) -> str:
        """Return one of the allowed texts; the first stands in after a fault."""
        if isinstance(value, str) and value in choices:
            return value
        self.fault(f"“{name}”的值“{value}”不可用", f"应为 {'、'.join(choices)} 之一")
        return choices[0]

    def day(self, name: str, value: object, *, required: bool = True) -> datetime.date | None:
        """Return a date; None after a fault or when an optional one is absent."""
        if isinstance(value, datetime.date) and not isinstance(value, datetime.datetime):
            return value
        if value is None and not required:
            return None
        what = f"缺少“{name}”" if value is None else f"“{name}”的值“{value}”不是日期"
        self.fault(what, f"写作 {name} = 2025-01-31（不加引号，不带时间）")
        return None

    def end(self, table: Mapping[str, Any], since: datetime.date | None) -> datetime.date | None:
        """Return the last day in force, None while open: an end must be written, never left out."""
        value = table.get("to")
        if value == "open":
            return None
        if value is None:
            self.fault("没有写“to”", 'to 必须写明：仍有效写 to = "open"，已失效写最后一天的日期')
            return None
        until = self.day("to", value)
        if until and since and until < since:
            self.fault(f"“to”（{until}）早于“from”（{since}）", "起止日期都算在内，to 不得早于 from")
        return until

    def number(self, value: object) -> Fraction | None:
        """Return a number written as a quoted decimal or fraction, exactly."""
        if isinstance(value, str) and not isinstance(value, _FloatText):
            if _DECIMAL.fullmatch(value):
                return Fraction(Decimal(value))
            if parts := _FRACTION.fullmatch(value):
                return Fraction(int(parts[1]), int(parts[2]))
        if not isinstance(value, _FloatText):
            self.fault(
                f"“value”的值“{value}”不是带引号的十进制数",
                '写作 value = "2200"、"0.02" 或 "2/3"，不带千分位、单位和正负号',
            )
        return None


def decimal_of(exact: Fraction) -> Decimal:
    """Return a number as a decimal of 28 digits at most: exact wherever a finite decimal exists."""
    return Decimal(exact.numerator) / Decimal(exact.denominator)


def without_space(text: str) -> str:
    """Return a text without any white space: what is compared when a quotation is looked up in an article."""
    return re.sub(r"\s+", "", text)
