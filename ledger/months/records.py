"""The vouchers of a book as the records that seals are made of; a child process reads the book."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ledger.contracts import Integrity
from ledger.months.chain import canonical, is_month
from ledger.reader.codes import CODES
from ledger.reader.folder import Survey, survey
from ledger.reader.limits import Limits
from ledger.reader.process import nonsense, run_child, work_folder

_DOCUMENT = "document"
_UNNUMBERED = {"opening": "期初余额", "change-over": "新旧制度衔接"}  # by contract these have no voucher number


@dataclass(frozen=True)
class VoucherRecord:
    """One voucher as it is sealed: its key within the book, month, place in the files, and content.

    `key` is the voucher number; a second one of the same number has ` (2)` behind it, one without a number is named
    by what it is and its day. `content` is what the seal covers, `sha256` its hash.
    """

    key: str
    month: str
    file: str
    line: int
    content: Mapping[str, Any]

    @property
    def sha256(self) -> str:
        """SHA-256 of the content's canonical text."""
        return hashlib.sha256(canonical(self.content).encode()).hexdigest()

    @property
    def documents(self) -> tuple[str, ...]:
        """Paths of the scans that the voucher and its postings name, relative to the book."""
        metas = [self.content["metadata"], *(p.get("metadata", {}) for p in self.content["postings"])]
        names = {meta[k]: None for meta in metas for k in meta if k.split("-", maxsplit=1)[0] == _DOCUMENT and meta[k]}
        return tuple(names)


@dataclass(frozen=True)
class BookRecords:
    """All vouchers of a book with the survey they were read from, and what was wrong with the files.

    `records` is None when the book could not be read at all.
    """

    records: tuple[VoucherRecord, ...] | None
    found: Survey
    integrity: tuple[Integrity, ...]

    def of(self, month: str) -> tuple[VoucherRecord, ...]:
        """Return the vouchers dated in a month."""
        return tuple(record for record in self.records or () if record.month == month)


def book_records(book: Path, limits: Limits | None = None) -> BookRecords:
    """Return the vouchers of the book in a folder as records; nothing is raised for a hostile book."""
    limits = limits or Limits()
    found = survey(book.resolve(), limits)
    with work_folder() as work:
        trouble = run_child(work, "records", found, limits)
        if trouble is not None:
            return BookRecords(None, found, (*found.integrity, trouble))
        try:
            data = json.loads((work / "out" / "records.json").read_text(encoding="ascii"))
            records = _keyed([_checked(item) for item in data["records"]])
            integrity = tuple(Integrity(**item) for item in data["integrity"])
        except (OSError, ValueError, TypeError, KeyError):
            return BookRecords(None, found, (*found.integrity, nonsense()))
    if any(item.code not in CODES for item in integrity):
        return BookRecords(None, found, (*found.integrity, nonsense()))
    return BookRecords(records, found, (*found.integrity, *integrity))


def _checked(item: Any) -> VoucherRecord:
    content = item["sealed"]
    texts = (item["voucher"], item["month"], item["file"], *content["metadata"].values())
    texts += tuple(p["account"] for p in content["postings"])
    if not all(isinstance(text, str) for text in texts) or not is_month(item["month"]):
        raise ValueError("no record of ours")
    return VoucherRecord(item["voucher"], item["month"], item["file"], int(item["line"]), content)


def _keyed(records: list[VoucherRecord]) -> tuple[VoucherRecord, ...]:
    seen: Counter[str] = Counter()
    keyed = []
    for record in records:
        name = record.key or f"{_unnumbered(record.content['tags'])} {record.content['date']}"
        seen[name] += 1
        key = name if seen[name] == 1 else f"{name} ({seen[name]})"
        keyed.append(VoucherRecord(key, record.month, record.file, record.line, record.content))
    return tuple(keyed)


def _unnumbered(tags: list[str]) -> str:
    return next((name for tag, name in _UNNUMBERED.items() if tag in tags), "无字号")
