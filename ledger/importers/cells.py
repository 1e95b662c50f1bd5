"""Cells as people and packages write them, turned into what a book holds; CellError says what is wrong with one."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Mapping
from types import MappingProxyType

from ledger.importers.words import VOCABULARIES, english_word
from ledger.money import MoneyError, fen_from_text, plain_yuan


class CellError(ValueError):
    """A cell that cannot be used; the message says why and the way out, in Chinese."""


_DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[ T]00:00(?::00)?)?")
_COMPACT_DAY = re.compile(r"(\d{4})(\d{2})(\d{2})")
_MONTH = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*(?:月份?|期)?")
_COMPACT_MONTH = re.compile(r"(\d{4})(\d{2})")
_MONTH_RANGE = re.compile(r"(.+?)\s*(?:\.\.|至|到|~|～|—+)\s*(.+)")
_COUNT = re.compile(r"([+-]?\d+)(?:\.0+)?\s*[张人次天夜年月家份个件]?")
_MOMENT = re.compile(r"(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2}(?::\d{2})?)")


def day(text: str) -> datetime.date:
    """Return the day of `2025-03-01`, `2025/3/1`, `2025.3.1`, `20250301` or `2025年3月1日`."""
    match = _DAY.fullmatch(text) or _COMPACT_DAY.fullmatch(text)
    try:
        if match is not None:
            return datetime.date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        raise CellError(f"“{text}”不是存在的日期，请改正") from None
    raise CellError(f"“{text}”不是日期，应写作 2025-03-01")


def month(text: str) -> str:
    """Return a month, or the month of a day, as `YYYY-MM`."""
    match = _MONTH.fullmatch(text) or _COMPACT_MONTH.fullmatch(text)
    if match is None:
        try:
            return day(text).isoformat()[:7]
        except CellError:
            raise CellError(f"“{text}”不是月份，应写作 2025-03") from None
    if not 1 <= int(match[2]) <= 12:
        raise CellError(f"“{text}”不是存在的月份，请改正")
    return f"{int(match[1]):04d}-{int(match[2]):02d}"


def months(text: str) -> str:
    """Return a month or a range of months as `2025-02` or `2025-01..2025-03`."""
    match = _MONTH_RANGE.fullmatch(text)
    if match is None:
        return month(text)
    first, last = month(match[1]), month(match[2])
    if first > last:
        raise CellError(f"“{text}”的起月晚于止月，请改正")
    return f"{first}..{last}"


def moment(text: str) -> str:
    """Return a day, or a day and time, as ISO text."""
    match = _MOMENT.fullmatch(text)
    if match is None:
        return day(text).isoformat()
    try:
        return datetime.datetime.fromisoformat(f"{match[1]}T{match[2]}").isoformat(timespec="seconds")
    except ValueError:
        raise CellError(f"“{text}”不是存在的时间，请改正") from None


def fen(text: str) -> int:
    """Return an amount in yuan as fen; three decimals and text are errors."""
    try:
        return fen_from_text(text)
    except MoneyError as error:
        raise CellError(f"{error}；金额应为不超过两位小数的数，请改正") from None


def count(text: str) -> str:
    """Return a whole number, with or without its measure word, as plain text."""
    match = _COUNT.fullmatch(text.replace(",", ""))
    if match is None or len(match[1]) > 12:
        raise CellError(f"“{text}”不是整数，请改正")
    return str(int(match[1]))


def _natural(text: str) -> str:
    number = count(text)
    if number.startswith("-"):
        raise CellError(f"“{text}”不能为负数，请改正")
    return number


def documents(text: str) -> str:
    """Return several file names, one a line, from a cell that separates them by `；`, `;` or line breaks."""
    names = [name.strip().replace("\\", "/") for name in re.split(r"[；;\n]", text) if name.strip()]
    for name in names:
        if name.startswith("/") or ".." in name.split("/") or ":" in name:
            raise CellError(f"附件“{name}”应写作账套内的相对路径，例如 documents/2025/发票.pdf")
    return "\n".join(names)


def word(key: str, text: str) -> str:
    """Return the book's word of a Chinese or English word of a vocabulary (`fund`, `members.status` …)."""
    vocabulary = VOCABULARIES[key]
    found = english_word(vocabulary, text)
    if found is None:
        raise CellError(f"“{text}”不是可用的词，应为：{'、'.join(words[0] for words in vocabulary.values())}")
    return found


def yes_or_day(key: str, text: str) -> str:
    """Return `yes`, a day as ISO text, or nothing."""
    try:
        return day(text).isoformat()
    except CellError:
        return word(key, text)


PARSERS: Mapping[str, Callable[[str], str]] = MappingProxyType(
    {
        "text": str,
        "name": str,
        "day": lambda text: day(text).isoformat(),
        "month": month,
        "months": months,
        "moment": moment,
        "fen": lambda text: plain_yuan(fen(text)),
        "fen?": lambda text: plain_yuan(fen(text)),
        "count": count,
        "count?": _natural,
        "documents": documents,
    }
)


def value(kind: str, key: str, text: str) -> str:
    """Return the text that a book holds of a cell of a kind; `key` names its vocabulary where there is one."""
    if key in ("resolutions.approved", "grants.signed"):
        return yes_or_day(key, text)
    if key in VOCABULARIES:
        return word(key, text)
    return PARSERS[kind](text)


def canonical(kind: str, key: str, text: str) -> str:
    """Return a cell's text as a book holds it, or just without blanks around it where it is no cell of its kind."""
    text = text.strip()
    try:
        return value(kind, key, text) if text else ""
    except CellError:
        return text
