"""The fixed words of reports, in Chinese and English, and how a value is written for people."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from decimal import ROUND_HALF_UP, Decimal
from types import MappingProxyType

from ledger.money import shown_yuan
from reports.model import Cell, Column, ColumnKind, Heading
from rules.finding import Certainty, Kind, Severity, Status, Text
from rules.law import ParameterValue, ValueKind, ValueStatus

SEVERITIES: Mapping[Severity, Text] = MappingProxyType(
    {Severity.HIGH: Text("高", "high"), Severity.MEDIUM: Text("中", "medium"), Severity.LOW: Text("低", "low")}
)
CERTAINTIES: Mapping[Certainty, Text] = MappingProxyType(
    {Certainty.ESTABLISHED: Text("问题", "established"), Certainty.LEAD: Text("疑点", "lead")}
)
STATUSES: Mapping[Status, Text] = MappingProxyType(
    {
        Status.CLEAN: Text("未发现问题", "clean"),
        Status.FINDINGS: Text("发现问题或疑点", "findings"),
        Status.NOT_APPLICABLE: Text("不适用", "not applicable"),
        Status.NOT_PERFORMED: Text("未能测试", "not performed"),
    }
)
KINDS: Mapping[Kind, Text] = MappingProxyType(
    {
        Kind.ANNUAL: Text("年度经费审计", "annual audit"),
        Kind.REMITTANCE: Text("经费拨缴与上解专项审计", "audit of contribution and remittance"),
        Kind.DEPARTURE: Text("主席离任经济责任审计", "departure audit"),
        Kind.SPECIAL: Text("专项审计", "special audit"),
    }
)
VALUE_STATUSES: Mapping[ValueStatus, Text] = MappingProxyType(
    {
        ValueStatus.VERIFIED: Text("已核", "verified"),
        ValueStatus.UNVERIFIED: Text("未核", "unverified"),
        ValueStatus.STANDARD: Text("本单位标准", "the union's own standard"),
    }
)
CERTAINTY_OF_LAW: Mapping[str, Text] = MappingProxyType(
    {
        "secondary": Text("（据二手资料，原文未核）", " (from a secondary source, original not read)"),
        "remembered": Text("（原文未核）", " (original not read)"),
    }
)
_UNITS: Mapping[str, Text] = MappingProxyType(
    {
        "days": Text("天", "days"),
        "day_of_month": Text("日", "(day of the month)"),
        "hours": Text("小时", "hours"),
        "months": Text("个月", "months"),
        "years": Text("年", "years"),
        "multiple": Text("倍", "times"),
        "count": Text("", ""),  # of what, the label says
    }
)
_BOUNDS: Mapping[ValueKind, Text] = MappingProxyType(
    {ValueKind.MINIMUM: Text("不低于", "at least "), ValueKind.MAXIMUM: Text("不超过", "at most ")}
)


def say(text: Text, language: str) -> str:
    """Return a sentence in the language asked for; Chinese where no English was written."""
    return (text.en or text.zh) if language == "en" else text.zh


def wording(language: str) -> Callable[[str, str], str]:
    """Return the function that says in a language what it is given in Chinese and in English."""
    return lambda zh, en: say(Text(zh, en), language)


def headings(language: str) -> Callable[[str, str], Heading]:
    """Return the function that makes a section's heading in a language of what it is given in both."""
    return lambda zh, en: Heading(say(Text(zh, en), language))


def percent(share: Decimal) -> str:
    """Return a fraction of one in per cent, exactly as it is and with two decimals at least: `40.00%`, `0.005%`."""
    shown = share * 100
    places = max(2, -int(shown.normalize().as_tuple().exponent))
    return f"{shown:.{places}f}%"


def rounded_percent(share: Decimal) -> str:
    """Return a computed rate in per cent with two decimals, halves away from zero: `94.13%`."""
    return f"{(share * 100).quantize(Decimal('0.01'), ROUND_HALF_UP)}%"


def day_text(day: datetime.date, language: str) -> str:
    """Return a day as running text writes it: `2025年3月1日`, `2025-03-01`."""
    return day.isoformat() if language == "en" else f"{day.year}年{day.month}月{day.day}日"


def cell_text(cell: Cell, kind: ColumnKind) -> str:
    """Return a cell as printed; an amount is written from its fen, so that no rounding can happen.

    Raises TypeError where a cell does not hold what its column says.
    """
    if cell is None:
        return ""
    if isinstance(cell, str):
        return cell  # a dash or a word may stand in any column
    if isinstance(cell, bool):
        raise TypeError("a cell holds no truth value")
    if isinstance(cell, datetime.date):
        return cell.isoformat()
    if kind is ColumnKind.FEN:
        if not isinstance(cell, int):
            raise TypeError(f"an amount is int fen, not {cell!r}")
        return shown_yuan(cell)
    if kind is ColumnKind.SHARE:
        return rounded_percent(Decimal(cell))
    if isinstance(cell, int) and kind is ColumnKind.COUNT:
        return f"{cell:,}"
    return str(cell)


def right_aligned(column: Column) -> bool:
    """Whether a column holds numbers, which line up on the right."""
    return column.kind in (ColumnKind.FEN, ColumnKind.COUNT, ColumnKind.SHARE)


def value_text(value: ParameterValue) -> Text:
    """Return a value of law with its unit and how it binds: `不超过 300.00 元`, `40.00%`."""
    if value.value is None:
        return Text("无数值", "no number")
    bound = _BOUNDS.get(value.kind, Text("", ""))
    if value.unit == "share":
        exact = value.text if "/" in value.text else percent(value.value)  # two thirds have no finite decimal
        shown = Text(exact, exact)
    elif value.unit == "yuan":
        number = f"{value.value:,.2f}"
        shown = Text(f"{number}元", f"{number} yuan")
    else:
        unit = _UNITS.get(value.unit, Text(value.unit, value.unit))
        number = f"{value.value.normalize():f}"
        shown = Text(f"{number}{unit.zh}", f"{number} {unit.en}".strip())
    return Text(bound.zh + shown.zh, bound.en + shown.en)


def region_text(region: str) -> Text:
    """Return where a value holds, as people read it."""
    if region == "CN":
        return Text("全国", "national")
    if region == "union":
        return Text("本单位", "this union")
    return Text(f"地区{region}", f"region {region}")
