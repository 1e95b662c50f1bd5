"""Numbers of headings, as official documents write them: 一、（一）1.; findings are numbered within their section."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from reports.model import Block, Heading

_DIGITS = "零一二三四五六七八九"
_LEVELS = 3


def chinese_number(number: int) -> str:
    """Return a number from 1 to 99 in Chinese: 1 → 一, 10 → 十, 21 → 二十一; raises ValueError for others."""
    if not 1 <= number <= 99:
        raise ValueError(f"{number} is no number of a heading")
    tens, ones = divmod(number, 10)
    return ("" if tens < 2 else _DIGITS[tens]) + ("十" if tens else "") + (_DIGITS[ones] if ones else "")


def numbered(blocks: Sequence[Block], language: str = "zh") -> tuple[Block, ...]:
    """Return blocks with every heading numbered within the heading above it."""
    counts = [0] * _LEVELS
    made: list[Block] = []
    for block in blocks:
        if not isinstance(block, Heading) or block.level > _LEVELS:
            made.append(block)
            continue
        at = block.level - 1
        counts[at] += 1
        counts[at + 1 :] = [0] * (_LEVELS - block.level)
        made.append(dataclasses.replace(block, text=_prefix(counts, at, language) + block.text))
    return tuple(made)


def _prefix(counts: Sequence[int], at: int, language: str) -> str:
    if language == "en":
        return ".".join(map(str, counts[: at + 1])) + ". "
    number = counts[at]
    return (f"{chinese_number(number)}、", f"（{chinese_number(number)}）", f"{number}. ")[at]
