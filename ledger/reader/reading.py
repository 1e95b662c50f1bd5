"""Reading a book that somebody else wrote: the parent's side. It never parses, and imports nothing a book names."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ledger.contracts import Integrity
from ledger.facts import ContractBreach, Facts
from ledger.reader.build import facts_from
from ledger.reader.cache import cached, keep, key_of, user_cache
from ledger.reader.codes import is_fatal
from ledger.reader.folder import Survey, survey
from ledger.reader.limits import Limits
from ledger.reader.process import nonsense, run_child, work_folder
from ledger.reader.tables import NotTables, Tables, open_tables
from ledger.union import ProfileError

_WITHOUT_FACTS = frozenset({"BOOK_WITHOUT_MAIN", "UNION_TOML_MISSING", "UNION_TOML_FAULT"})
_DEFAULT_LIMITS = Limits()


@dataclass(frozen=True)
class BookReading:
    """What came of reading a book: its facts, None when it cannot be used at all, and what is wrong with it."""

    facts: Facts | None
    integrity: tuple[Integrity, ...]

    @property
    def fatal(self) -> tuple[Integrity, ...]:
        """The entries that put the book itself at fault: nothing may be concluded before they are put right."""
        return tuple(found for found in self.integrity if is_fatal(found))


def read_book(
    folder: Path, *, cache: Path | None = None, limits: Limits = _DEFAULT_LIMITS, found: Survey | None = None
) -> BookReading:
    """Return the reading of the book in a folder, in a child process, or from the cache when nothing changed.

    `cache` is the folder for readings, by default in the user's cache. `found` is a survey of the folder that was
    made already: then exactly what it found is read. The book's folder is never written. A child that crashes or
    does not end in time gives a reading without facts and one entry; nothing is raised.
    """
    folder = folder.resolve()
    found = survey(folder, limits) if found is None else found
    kept_in = (user_cache() if cache is None else cache).resolve()
    usable = not kept_in.is_relative_to(folder)
    key = key_of(found, limits)
    tables = cached(kept_in, key) if usable else None
    if tables is not None:
        return _reading(tables)
    with work_folder() as work:
        trouble = run_child(work, "read", found, limits)
        if trouble is not None:
            return BookReading(None, (*found.integrity, trouble))
        try:
            tables = open_tables(work / "out", mapped=False)
        except NotTables:
            return BookReading(None, (*found.integrity, nonsense()))
        reading = _reading(tables) if tables.digest == found.digest else BookReading(None, (nonsense(),))
        if usable and all(e.code != nonsense().code for e in reading.integrity):
            keep(kept_in, key, work / "out")
    return reading


def _reading(tables: Tables) -> BookReading:
    if any(found.code in _WITHOUT_FACTS for found in tables.integrity):
        return BookReading(None, tables.integrity)
    try:
        return BookReading(facts_from(tables), tables.integrity)
    except (ContractBreach, ProfileError, KeyError, ValueError):
        return BookReading(None, (*tables.integrity, nonsense()))
