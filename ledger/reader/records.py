"""What a seal is made of: every transaction of a book as one record of plain texts, whatever its layout in the file.

A record holds everything that beancount reads of a transaction: day, flag, other party, 摘要, tags, links,
metadata, and each posting with its own flag and metadata. Layout, comments, the order of metadata and of tags, and
the file that it stands in are no part of it. Runs in the child; the parent's side is `ledger.months.records`.
"""

from __future__ import annotations

import datetime
import unicodedata
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from beancount.core.amount import Amount

from ledger.collector import collector_off
from ledger.contracts import Integrity
from ledger.reader.codes import Faults
from ledger.reader.folder import Survey
from ledger.reader.journal import in_order
from ledger.reader.limits import Limits
from ledger.reader.load import NOWHERE, Source, load
from ledger.reader.walk import walk

Record = Mapping[str, Any]

_POSITION = ("filename", "lineno")


def records_of(found: Survey, limits: Limits) -> tuple[list[Record], tuple[Integrity, ...]]:
    """Return the records of a surveyed book in the canonical order of its vouchers, and what was wrong with it.

    Each record has, beside what is sealed (`sealed`), its `voucher` number, `month`, `file` and `line`.
    """
    faults = Faults()
    scanned = walk(found.contents, faults, limits)
    with collector_off():
        loaded = load([Source(s.path, s.text, frozenset(i.path for i in s.includes)) for s in scanned], faults)
        records = [_record(transaction) for transaction in in_order(loaded.transactions)]
    return records, faults.entries()


def _record(transaction: Any) -> Record:
    meta = _metadata(transaction.meta)
    return {
        "voucher": meta.get("voucher", ""),
        "month": f"{transaction.date.year:04d}-{transaction.date.month:02d}",
        "file": transaction.meta["filename"].removeprefix(NOWHERE),
        "line": transaction.meta["lineno"],
        "sealed": {
            "date": transaction.date.isoformat(),
            "flag": transaction.flag or "",
            "payee": _text(transaction.payee),
            "narration": _text(transaction.narration),
            "tags": sorted(transaction.tags or ()),
            "links": sorted(transaction.links or ()),
            "metadata": meta,
            "postings": [_posting(posting) for posting in transaction.postings],
        },
    }


def _posting(posting: Any) -> Record:
    found: dict[str, Any] = {"account": posting.account, "amount": _value(posting.units)}
    if posting.flag:
        found["flag"] = posting.flag
    for name in ("cost", "price"):
        value = getattr(posting, name)
        if value is not None:
            found[name] = _value(value)
    own = _metadata(posting.meta or {})
    if own:
        found["metadata"] = own
    return found


def _metadata(meta: Mapping[str, Any]) -> dict[str, str]:
    # Beancount adds keys of two underscores to what it filled in itself.
    return {
        key: _value(value) for key, value in sorted(meta.items()) if key not in _POSITION and not key.startswith("__")
    }


def _value(value: Any) -> str:
    if isinstance(value, Amount):
        return f"{_value(value.number)} {value.currency}"
    if isinstance(value, Decimal):
        return _number(value)
    if isinstance(value, datetime.date):
        return value.isoformat()
    return _text(value)


def _number(number: Decimal) -> str:
    plain = f"{number:f}"
    plain = plain.rstrip("0").rstrip(".") if "." in plain else plain
    return "0" if plain in ("-0", "") else plain


def _text(value: Any) -> str:
    # NFC joins the two ways of writing one letter; it keeps 1 and １ apart.
    return unicodedata.normalize("NFC", "" if value is None else str(value)).replace("\r\n", "\n")
