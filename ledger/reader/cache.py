"""The cache of readings: Arrow tables under the hash of everything they were made from.

It lies in the user's own cache folder, never beside a book, and holds data only. An entry that is not whole is
as good as none. Entries appear by one rename, so that no half-written one is ever seen.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
import shutil
import sys
import tempfile
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from ledger.reader.folder import Survey
from ledger.reader.limits import Limits

if TYPE_CHECKING:
    from ledger.reader.tables import Tables

_LIBRARIES = ("beancount", "pyarrow", "regex")
_MANIFEST = "manifest.json"
_KEY = re.compile(r"[0-9a-f]{64}")
_MOST_ENTRIES = 64


def user_cache() -> Path:
    """Return the folder for readings in the user's cache: LOCALAPPDATA, ~/Library/Caches, or XDG_CACHE_HOME."""
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or str(Path.home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = str(Path.home() / "Library" / "Caches")
    else:
        base = os.environ.get("XDG_CACHE_HOME", "")
        if not os.path.isabs(base):
            base = str(Path.home() / ".cache")
    return Path(base) / "union-audit" / "readings"


def key_of(found: Survey, limits: Limits) -> str:
    """Return the key of a reading: the book, what the survey said of it, the limits, our code and its libraries."""
    parts = [found.digest, repr(found.integrity), repr(limits), _code(), sys.version, *map(_version, _LIBRARIES)]
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


@cache
def _code() -> str:
    """Return the hash of this package's own files: a changed reader never finds an older reader's readings."""
    whole = hashlib.sha256()
    package = files("ledger")
    for folder in (package, package.joinpath("reader"), package.joinpath("chart")):
        for item in sorted(folder.iterdir(), key=lambda i: i.name):
            if item.is_file() and item.name.endswith((".py", ".csv")):
                whole.update(item.name.encode() + b"\0" + item.read_bytes())
    return whole.hexdigest()


def _version(library: str) -> str:
    try:
        return f"{library} {version(library)}"
    except PackageNotFoundError:
        return library


def cached(folder: Path, key: str) -> Tables | None:
    """Return the reading kept under a key, memory-mapped, or None when there is none that is whole."""
    # A book that is only asked for its key needs no tables.
    from ledger.reader.tables import NotTables, open_tables

    place = folder / key
    try:
        listed = json.loads((place / _MANIFEST).read_text(encoding="utf-8"))
        present = {path.name for path in place.iterdir()} - {_MANIFEST}
        if set(listed) != present or any(_hash(place / name) != digest for name, digest in listed.items()):
            return None
        tables = open_tables(place, mapped=True)
        os.utime(place)
    except (OSError, ValueError, AttributeError, NotTables):
        return None
    return tables


def keep(folder: Path, key: str, made: Path) -> None:
    """Keep the tables in the folder `made` under a key; does nothing where the cache cannot be written."""
    with contextlib.suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        temporary = Path(tempfile.mkdtemp(dir=folder, prefix="new-"))
        try:
            listed = {}
            for path in sorted(made.iterdir()):
                _copy(path, temporary / path.name)
                listed[path.name] = _hash(temporary / path.name)
            _write(temporary / _MANIFEST, json.dumps(listed).encode())
            shutil.rmtree(folder / key, ignore_errors=True)  # a damaged one, or none
            temporary.rename(folder / key)
        finally:
            shutil.rmtree(temporary, ignore_errors=True)
        _prune(folder)


def _copy(source: Path, target: Path) -> None:
    with source.open("rb") as read, target.open("xb") as written:
        shutil.copyfileobj(read, written)
        written.flush()
        os.fsync(written.fileno())


def _write(target: Path, content: bytes) -> None:
    with target.open("xb") as written:
        written.write(content)
        written.flush()
        os.fsync(written.fileno())


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _prune(folder: Path) -> None:
    entries = sorted((p for p in folder.iterdir() if _KEY.fullmatch(p.name)), key=lambda p: p.stat().st_mtime)
    for old in entries[:-_MOST_ENTRIES]:
        shutil.rmtree(old, ignore_errors=True)
