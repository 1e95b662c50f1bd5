"""The sanitised copy of a book: the only thing that Fava is ever started on.

Same files, same line numbers; what the scan refuses is a comment there. The copy is checked by a second scan and
by beancount's parser in a child before anybody gets to see it.
"""

from __future__ import annotations

import shutil
from pathlib import Path, PurePosixPath

from ledger.contracts import Integrity
from ledger.reader.codes import Faults
from ledger.reader.folder import Survey, copy_document, survey
from ledger.reader.limits import Limits
from ledger.reader.process import verify_in_child
from ledger.reader.walk import is_ledger, walk


class StillHostile(ValueError):
    """A book of which no harmless copy could be made; `entries` says what is left."""

    def __init__(self, entries: tuple[Integrity, ...]) -> None:
        self.entries = entries
        super().__init__("；".join(e.message for e in entries))


def sanitised_copy(folder: Path, target: Path, *, limits: Limits | None = None) -> tuple[Integrity, ...]:
    """Copy the book in `folder` into the new folder `target` for Fava; return what was found and removed.

    Raises StillHostile, leaving no copy, when anything hostile would remain or the book has no main.beancount;
    FileExistsError when `target` exists with content; ValueError when it lies inside the book.
    """
    limits = limits or Limits()
    folder, target = folder.resolve(), target.resolve()
    if target.is_relative_to(folder):
        raise ValueError(f"{target} lies inside the book {folder}")
    if target.exists() and any(target.iterdir()):
        raise FileExistsError(str(target))
    found = survey(folder, limits)
    faults = Faults()
    for noted in found.integrity:
        faults.add(noted.code, noted.message, noted.file, noted.line)
    try:
        _write(found, folder, target, faults=faults, limits=limits)
        left = verify_in_child(survey(target, limits), limits)
    except BaseException:
        shutil.rmtree(target, ignore_errors=True)
        raise
    if left:
        shutil.rmtree(target, ignore_errors=True)
        raise StillHostile(left)
    return faults.entries()


def _write(found: Survey, folder: Path, target: Path, *, faults: Faults, limits: Limits) -> None:
    target.mkdir(parents=True, exist_ok=True, mode=0o700)
    for file in walk(found.contents, faults, limits):
        _put(target, file.path, file.text.encode("utf-8", "replace"))
    for name, content in found.contents.items():
        if not is_ledger(name):
            _put(target, name, content)
    for name in found.documents:
        path = target / PurePosixPath(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        if not copy_document(folder / PurePosixPath(name), path, limits.document_bytes):
            faults.add("FILE_UNREADABLE", "附件在复制时变动，未复制", name)


def _put(target: Path, name: str, content: bytes) -> None:
    path = target / PurePosixPath(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
