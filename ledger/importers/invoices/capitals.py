"""Amounts in capitals (壹仟贰佰叁拾肆圆伍角陆分), as invoices print them beside the figures."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

_DIGITS: Mapping[str, int] = MappingProxyType({c: n for n, c in enumerate("零壹贰叁肆伍陆柒捌玖")})
_UNITS: Mapping[str, int] = MappingProxyType({"拾": 10, "佰": 100, "仟": 1000})
_CAPITALS = re.compile(
    r"(负|（负数）|\(负数\))?(?P<yuan>[零壹贰叁肆伍陆柒捌玖拾佰仟万亿]+[圆元])?零?((?P<jiao>[零壹贰叁肆伍陆柒捌玖])角)?零?"
    r"((?P<fen>[零壹贰叁肆伍陆柒捌玖])分)?[整正]?"
)


def fen_from_capitals(text: str) -> int | None:
    """Return the amount of a text in capitals in fen, None where it is none."""
    match = _CAPITALS.fullmatch(text.strip())
    if match is None or not (match["yuan"] or match["jiao"] or match["fen"]):
        return None
    whole = _whole((match["yuan"] or "零圆")[:-1])
    total = whole * 100 + _DIGITS[match["jiao"] or "零"] * 10 + _DIGITS[match["fen"] or "零"]
    return -total if match[1] else total


def _whole(text: str) -> int:
    for word, unit in (("亿", 10**8), ("万", 10**4)):
        if word in text:
            above, _, below = text.rpartition(word)
            return _whole(above) * unit + _whole(below)
    total, digit = 0, 0
    for character in text:
        if character in _DIGITS:
            digit = _DIGITS[character]
        else:
            total += (digit or 1) * _UNITS[character]
            digit = 0
    return total + digit
