"""Money as whole fen: the only way an amount enters or leaves a frame.

Files hold yuan with two decimals, frames hold int64 fen. No float is ever involved.
"""

from __future__ import annotations

import re
from decimal import Decimal

FEN_PER_YUAN = 100
MAX_FEN = 10**17  # a quadrillion yuan: far above any union, far below int64

_PLAIN = re.compile(r"[+-]?(\d+|\d{1,3}(,\d{3})+)(\.\d*)?|[+-]?\.\d+")


class MoneyError(ValueError):
    """An amount that is no exact number of fen; the message says why, in Chinese."""


def fen_from_decimal(number: Decimal) -> int:
    """Return a number of yuan as fen.

    Raises MoneyError when the number is not finite, too large, or has a fraction of a fen.
    """
    if not number.is_finite():
        raise MoneyError(f"金额“{number}”不是有限的数")
    if abs(number) * FEN_PER_YUAN > MAX_FEN:
        raise MoneyError(f"金额“{number}”过大")
    fen = number * FEN_PER_YUAN
    if fen != fen.to_integral_value():
        raise MoneyError(f"金额“{number}”超过两位小数")
    return int(fen)


def fen_from_text(text: str) -> int:
    """Return an amount in yuan as a person or a package writes it (`1,234.50`, `￥3`, `(12.00)`) as fen.

    Full-width digits, currency signs, thousands separators and accounting parentheses are understood.
    Raises MoneyError for anything else.
    """
    plain = text.translate(_NARROW).strip().removeprefix("¥").strip()
    negative = plain.startswith("(") and plain.endswith(")")
    if negative:
        plain = plain[1:-1].strip()
    if not _PLAIN.fullmatch(plain) or (negative and plain.startswith(("+", "-"))):
        raise MoneyError(f"“{text}”不是金额")
    fen = fen_from_decimal(Decimal(plain.replace(",", "")))
    return -fen if negative else fen


_NARROW = {0xFF10 + i: ord("0") + i for i in range(10)} | {
    ord("．"): ".",
    ord("，"): ",",
    ord("－"): "-",
    ord("−"): "-",
    ord("（"): "(",
    ord("）"): ")",
    ord("￥"): "¥",
    ord("\u3000"): " ",
    ord("\u00a0"): " ",
}


def yuan(fen: int) -> Decimal:
    """Return fen as yuan with exactly two decimals."""
    return Decimal(fen).scaleb(-2).quantize(Decimal("0.01"))


def plain_yuan(fen: int) -> str:
    """Return fen as files write yuan: `-1234.50`."""
    return str(yuan(fen))


def shown_yuan(fen: int) -> str:
    """Return fen as people read yuan: `1,234.50`, with a leading minus where the statutory forms ask for one."""
    return f"{yuan(fen):,}"


def round_half_up(number: Decimal) -> int:
    """Round a number of fen to a whole fen, halves away from zero, as Chinese accounting practice does."""
    whole = int(abs(number) + Decimal("0.5"))
    return whole if number >= 0 else -whole
