"""Reading received books: nothing in a book is run or believed, and everything wrong with it is reported."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ledger.reader.limits import Limits

if TYPE_CHECKING:
    from ledger.reader.reading import BookReading, read_book

__all__ = ["BookReading", "Limits", "read_book"]


def __getattr__(name: str) -> Any:
    # The child process lives in this package too and must not load pandas, which the parent's side needs.
    if name in ("BookReading", "read_book"):
        from ledger.reader import reading

        return getattr(reading, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
