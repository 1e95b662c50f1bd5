"""Both sides of an account for tests, from plain tuples."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from ledger.matching import BankItem, BookItem, Matcher
from ledger.matching.statement import BankSide, BookSide


def day(text: str) -> datetime.date:
    """Return the day of `03-04`, in 2025."""
    return datetime.date.fromisoformat(f"2025-{text}")


def book(*lines: tuple[str, int, str], opening: int = 1_000_000, reverses: dict[int, str] | None = None) -> BookSide:
    """Return the book's side: (day, fen, party) of vouchers numbered from 1."""
    items = [
        BookItem(day(d), fen, f"记-{n}", party, "摘要", (reverses or {}).get(n, ""), "x", n)
        for n, (d, fen, party) in enumerate(lines, 1)
    ]
    return BookSide(tuple(sorted(items)), opening)


def bank(*lines: tuple[str, int, str], opening: int = 1_000_000, texts: Sequence[str] = ()) -> BankSide:
    """Return the statement's side: (day, fen, party), and texts in the same order."""
    items = [
        BankItem(day(d), fen, f"G{n:07d}", party, texts[n - 1] if texts else "", n)
        for n, (d, fen, party) in enumerate(lines, 1)
    ]
    return BankSide(tuple(sorted(items, key=lambda i: i.date)), opening)


def matcher(ours: BookSide, theirs: BankSide) -> Matcher:
    """Return the matcher of two sides."""
    return Matcher(theirs, ours, "Assets:102-银行存款:01-基本户")
