"""The cache of audit results: an unchanged book under unchanged rules is answered without working it out again.

A result lies in the user's own cache folder as JSON, under the hash of everything it was made from, so that no
change of book, law, rule, library, period, kind or subject can meet an old result. An entry that is not whole, or
not of just that audit, is as good as none. Nothing here loads a frame library: an answer takes milliseconds.
"""

from __future__ import annotations

import contextlib
import datetime
import hashlib
import json
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from auditor.plain import NotPlain, built, plain
from auditor.version import engine_named
from ledger.contracts import Integrity
from ledger.files import write_atomically
from ledger.reader.cache import key_of, user_cache
from ledger.reader.codes import CODES
from ledger.reader.folder import Survey
from ledger.reader.limits import Limits
from rules.finding import AuditResult, Kind
from rules.law_loader import law_version

PACKAGES = ("ledger", "rules", "reports", "auditor")
LIBRARIES = ("beancount", "chinesecalendar", "numpy", "pandas", "pyarrow", "rapidfuzz", "regex")
_SUFFIXES = (".py", ".toml", ".csv")
_MOST_ENTRIES = 256


@dataclass(frozen=True)
class AuditKey:
    """Everything that a result depends on.

    `reading` stands for the book and the reader (`ledger.reader.cache.key_of`), `engine` for the versions of the
    software and its law, `code` for every program and data file of it, `libraries` for what it runs on.
    """

    reading: str
    engine: str
    code: str
    libraries: str
    since: datetime.date
    until: datetime.date
    kind: Kind
    subject: str

    @property
    def name(self) -> str:
        """The name of the entry: SHA-256 over all of it."""
        return hashlib.sha256(_json(plain(self)).encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True)
class Audited:
    """One audit of one book: the result, and what is wrong with the book itself."""

    result: AuditResult
    integrity: tuple[Integrity, ...]


def results_cache() -> Path:
    """Return the folder for results in the user's cache, beside that for readings."""
    return user_cache().parent / "results"


def key_for(
    found: Survey, limits: Limits, since: datetime.date, until: datetime.date, kind: Kind, subject: str
) -> AuditKey:
    """Return the key of an audit, by every rule of its kind, of a surveyed book."""
    return AuditKey(
        reading=key_of(found, limits),
        engine=engine_named(law_version()),
        code=code_of(tuple(files(package) for package in PACKAGES)),
        libraries=" ".join([sys.version, *map(_library, LIBRARIES)]),
        since=since,
        until=until,
        kind=kind,
        subject=subject,
    )


def code_of(packages: Sequence[Traversable]) -> str:
    """Return the SHA-256 over the names and contents of all program and data files below some folders."""
    whole = hashlib.sha256()
    for package in packages:
        _take_in(package, package.name, whole)
    return whole.hexdigest()


def _take_in(folder: Traversable, name: str, whole: hashlib._Hash) -> None:
    for item in sorted(folder.iterdir(), key=lambda i: i.name):
        here = f"{name}/{item.name}"
        if item.name.endswith(_SUFFIXES):
            content = item.read_bytes()
            whole.update(f"{here}\0{len(content)}\0".encode() + content)
        elif item.is_dir():
            _take_in(item, here, whole)


def _library(name: str) -> str:
    try:
        return f"{name} {version(name)}"
    except PackageNotFoundError:
        return name


def kept(folder: Path, key: AuditKey, digest: str) -> Audited | None:
    """Return the audit kept under a key, or None when there is none that is whole and of the book with that digest."""
    path = folder / f"{key.name}.json"
    try:
        checksum, body = path.read_bytes().split(b"\n", 1)
        if json.loads(checksum) != hashlib.sha256(body).hexdigest():
            return None
        said = json.loads(body)
        audited = built(Audited, said["audited"])
        if built(AuditKey, said["key"]) != key or not _belongs(audited, key, digest):
            return None
        os.utime(path)
    except (OSError, ValueError, KeyError, TypeError, RecursionError, NotPlain):
        return None
    return audited


def _belongs(audited: Audited, key: AuditKey, digest: str) -> bool:
    result = audited.result
    asked = (key.engine, key.since, key.until, key.kind, key.subject, digest)
    ids = tuple(finding.id_in(result.union_code or result.union_name) for finding in result.findings)
    return (
        (result.engine, result.since, result.until, result.kind, result.subject, result.digest) == asked
        and result.ids == ids
        and all(e.code in CODES and e.severity == CODES[e.code].severity for e in audited.integrity)
    )


def keep(folder: Path, key: AuditKey, audited: Audited) -> None:
    """Keep an audit under its key; does nothing where the cache cannot be written."""
    body = _json({"key": plain(key), "audited": plain(audited)}).encode("utf-8", "surrogatepass")
    checksum = json.dumps(hashlib.sha256(body).hexdigest()).encode()
    with contextlib.suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        write_atomically(folder / f"{key.name}.json", checksum + b"\n" + body)
        _prune(folder)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _prune(folder: Path) -> None:
    entries = sorted(folder.glob("*.json"), key=lambda path: path.stat().st_mtime)
    for old in entries[:-_MOST_ENTRIES]:
        old.unlink(missing_ok=True)
