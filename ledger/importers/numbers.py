"""Voucher numbers (凭证字号) in every form packages write: `记-2025-03-0012`, `记-12`, `记12`, `记字第12号`, `12`."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from itertools import pairwise

from ledger.importers.cells import CellError
from ledger.vouchers import VoucherNumber, parse_voucher_number

DEFAULT_WORD = "记"
MAX_LISTED = 10

_SHORT = re.compile(r"(?P<word>[^\d\s\-—_第号]*?)\s*(?:字)?\s*[-—_]?\s*(?:第)?\s*(?P<number>\d{1,6})(?:\.0)?\s*(?:号)?")
_PERIOD = re.compile(r"(?:(?P<year>\d{4})\s*[-/.年]?\s*)?(?P<month>\d{1,2})\s*(?:月份?|期)?")


def voucher_number(text: str, word: str, period: str, day: datetime.date) -> VoucherNumber:
    """Return the number of a voucher of a day from its cells; raise CellError for what cannot be one.

    `word` is the cell of 凭证字 and `period` that of 会计月份, both empty where the package has none.
    """
    full = parse_voucher_number(text)
    if full is not None:
        if not 1 <= full.month <= 12 or full.number == 0:
            raise CellError(f"凭证字号“{text}”的月份或号码不存在，请改正")
        return full
    match = _SHORT.fullmatch(text.strip())
    if match is None or int(match["number"]) == 0:
        raise CellError(
            f"凭证字号“{text}”无法识别；可写作 记-2025-03-0012、记-12、记字第12号，或分列填写凭证字与凭证号"
        )
    chosen = (match["word"] or word).strip().removesuffix("字") or DEFAULT_WORD
    if re.search(r"[\d\s-]", chosen):
        raise CellError(f"凭证字“{chosen}”不能含数字、空格或连字符，请改正")
    year, month = _year_month(period, day)
    return VoucherNumber(chosen, year, month, int(match["number"]))


def _year_month(period: str, day: datetime.date) -> tuple[int, int]:
    if not period:
        return day.year, day.month
    match = _PERIOD.fullmatch(period.strip())
    if match is None or not 1 <= int(match["month"]) <= 12:
        raise CellError(f"会计月份“{period}”无法识别；可写作 2025-03 或 3")
    return int(match["year"] or day.year), int(match["month"])


def gaps(numbers: Iterable[VoucherNumber]) -> dict[tuple[str, str], tuple[int, ...]]:
    """Return (word, month) → the numbers missing between 1 and the highest."""
    used: dict[tuple[str, str], set[int]] = {}
    for number in numbers:
        used.setdefault((number.word, number.period), {0}).add(number.number)
    missing = {}
    for key, present in used.items():
        holes = tuple(n for low, high in pairwise(sorted(present)) for n in range(low + 1, min(high, low + 1000)))
        if holes:
            missing[key] = holes
    return missing


def shown_numbers(numbers: Iterable[int]) -> str:
    """Return missing numbers as people list them: `3、5、7—9`, cut after ten stretches."""
    stretches: list[list[int]] = []
    for number in sorted(numbers):
        if stretches and number == stretches[-1][-1] + 1:
            stretches[-1].append(number)
        else:
            stretches.append([number])
    shown = [f"{s[0]}—{s[-1]}" if len(s) > 1 else str(s[0]) for s in stretches[:MAX_LISTED]]
    return "、".join(shown) + (" 等" if len(stretches) > MAX_LISTED else "")
