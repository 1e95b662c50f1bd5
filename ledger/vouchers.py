"""A voucher as the software writes it: the one shape between business events, importers and the book's text.

Amounts are fen, debit positive. `metadata` keys are those of the book format (`prepared-by`, `month-of` …) with
text values as they stand in the file; a line may carry metadata of its own.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import NamedTuple

NO_METADATA: Mapping[str, str] = MappingProxyType({})

_NUMBER = re.compile(r"(?P<word>[^\d\s-]+)-(?P<year>\d{4})-(?P<month>\d{2})-(?P<number>\d{1,6})")


class VoucherNumber(NamedTuple):
    """A voucher number (凭证字号): word, year, month and the number within them; text form `记-2025-03-0012`."""

    word: str
    year: int
    month: int
    number: int

    def __str__(self) -> str:
        return f"{self.word}-{self.year:04d}-{self.month:02d}-{self.number:04d}"

    @property
    def period(self) -> str:
        """The month it belongs to, `YYYY-MM`."""
        return f"{self.year:04d}-{self.month:02d}"


def parse_voucher_number(text: str) -> VoucherNumber | None:
    """Return the parts of a voucher number in the book's form, or None for any other text."""
    match = _NUMBER.fullmatch(text)
    if match is None:
        return None
    return VoucherNumber(match["word"], int(match["year"]), int(match["month"]), int(match["number"]))


@dataclass(frozen=True)
class Line:
    """One line of a voucher: account, fen (debit positive) and metadata of its own."""

    account: str
    amount_fen: int
    metadata: Mapping[str, str] = field(default_factory=lambda: NO_METADATA)


@dataclass(frozen=True)
class Voucher:
    """One voucher: its number (None only for the opening transaction), day, other party, 摘要 and lines.

    A tag that begins with `^` is a link.
    """

    date: datetime.date
    number: VoucherNumber | None
    payee: str
    narration: str
    lines: tuple[Line, ...]
    metadata: Mapping[str, str] = field(default_factory=lambda: NO_METADATA)
    tags: tuple[str, ...] = ()

    @property
    def residual_fen(self) -> int:
        """Debits less credits: 0 for a voucher that balances."""
        return sum(line.amount_fen for line in self.lines)


@dataclass(frozen=True)
class BudgetEntry:
    """One budget line of one version, as a dated directive of the book holds it.

    `date` is the day from which it is in force, `amount_fen` the line's whole total (positive, income too).
    """

    date: datetime.date
    year: int
    account: str
    amount_fen: int
    version: int
    project: str = ""
    committee: datetime.date | None = None
    audit_review: datetime.date | None = None
    approved: datetime.date | None = None
    reason: str = ""
