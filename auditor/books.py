"""Opening a book for a command: read it in the child, and end the call where the book itself is at fault."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from auditor.messages import fail, integrity_line, say
from ledger.reader.folder import Survey, survey
from ledger.reader.limits import Limits
from rules.finding import Text

if TYPE_CHECKING:
    from ledger.facts import Facts
    from ledger.reader import BookReading


def survey_of(book: Path, limits: Limits) -> Survey:
    """Survey the folder of a book; ends with status 2 when there is no such folder."""
    if not book.is_dir():
        fail([say(Text(f"{book}：没有这个账套文件夹", f"{book}: no such book folder"))])
    return survey(book.resolve(), limits)


def reading_of(book: Path, found: Survey | None = None) -> BookReading:
    """Read a book, `found` its survey if made already; ends with status 2 when the folder is no book at all."""
    from ledger.reader import read_book

    limits = Limits()
    return read_book(book, limits=limits, found=survey_of(book, limits) if found is None else found)


def facts_of(book: Path, found: Survey | None = None) -> Facts:
    """Return the facts of a book that can be audited; ends with status 2, one line per fault, for any other."""
    reading = reading_of(book, found)
    if reading.fatal or reading.facts is None:
        fail(integrity_line(entry) for entry in (reading.fatal or reading.integrity))
    return reading.facts
