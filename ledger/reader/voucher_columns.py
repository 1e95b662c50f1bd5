"""The table of vouchers: one row a transaction, its metadata as columns."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa

from ledger.contracts import VOUCHERS
from ledger.reader import columns
from ledger.reader.codes import Faults
from ledger.reader.metadata import Values, contract_of, document_keys, plain_text
from ledger.reader.paths import inside
from ledger.vouchers import parse_voucher_number

_TAGS = {"opening": "opening", "carry_forward": "carry-forward", "change_over": "change-over"}
_PLAIN = tuple(
    name
    for name in tuple(VOUCHERS)[tuple(VOUCHERS).index("attachments") : tuple(VOUCHERS).index("file")]
    if name not in ("documents", "contract", "contract_date")
)
POSITION_KEYS = 2  # `filename` and `lineno`, which every posting carries


class _Numbered(NamedTuple):
    word: str
    number: int | None
    period: str


def vouchers_table(transactions: Sequence[Any], files: Mapping[str, str], values: Values, faults: Faults) -> pa.Table:
    """Return the table of vouchers for transactions in their canonical order."""
    return _Vouchers(transactions, files, values, faults).table()


class _Vouchers:
    def __init__(self, transactions: Sequence[Any], files: Mapping[str, str], values: Values, faults: Faults) -> None:
        self._transactions = transactions
        self._values = values
        self._faults = faults
        metas = [t.meta for t in transactions]
        self._days = [t.date for t in transactions]
        self._files = [files[m["filename"]] for m in metas]
        self._lines = [m["lineno"] for m in metas]
        self._metadata = _by_key(metas)

    def table(self) -> pa.Table:
        entries, days = self._transactions, self._days
        length = len(entries)
        numbers = [plain_text(value) for value in self._metadata.get("voucher", [None] * length)]
        parsed = _numbered(numbers, days)
        made = {
            "entry": pa.array(np.arange(length, dtype=np.int64)),
            "voucher": columns.texts(numbers),
            "word": columns.names([p.word for p in parsed]),
            "number": columns.numbers([p.number for p in parsed]),
            "period": columns.names([p.period for p in parsed]),
            "date": columns.days(days, length),
            "payee": columns.names([t.payee for t in entries]),
            "narration": columns.texts([t.narration or "" for t in entries]),
            "event_date": columns.days(self._events(), length),
            "documents": columns.texts(self._documents()),
            "file": columns.names(self._files),
            "line": columns.numbers(self._lines),
            **self._contracts(),
        }
        for name, tag in _TAGS.items():
            made[name] = columns.flags([tag in t.tags if t.tags else False for t in entries])
        for name in _PLAIN:
            key = name.replace("_", "-")
            if key in self._metadata:
                made[name] = self._column(VOUCHERS[name], key)
        self._repeated(numbers)
        self._flagged()
        return columns.table(VOUCHERS, made, length)

    def _column(self, kind: str, key: str) -> pa.Array:
        found = self._metadata[key]
        if kind == "name" and key != "month-of" and set(map(type, found)) <= {str, type(None)}:
            return columns.names(found)
        read = self._values.reader(kind, key)
        return columns.column(kind, list(map(read, found, self._files, self._lines)))

    def _events(self) -> Sequence[datetime.date]:
        if "occurred" not in self._metadata:
            return self._days
        read = self._values.reader("day", "occurred")
        found = map(read, self._metadata["occurred"], self._files, self._lines)
        return [event or day for event, day in zip(found, self._days, strict=True)]

    def _contracts(self) -> dict[str, pa.Array]:
        if "contract" not in self._metadata:
            return {}
        pairs = [contract_of(value) for value in self._metadata["contract"]]
        return {
            "contract": columns.names([number for number, _ in pairs]),
            "contract_date": columns.days([day for _, day in pairs], len(pairs)),
        }

    def _documents(self) -> list[str]:
        """Return the scans of each voucher, its own before those of its postings, one a line."""
        found: dict[int, dict[str, None]] = defaultdict(dict)  # most vouchers name none
        for key in document_keys(self._metadata):
            for row, value in enumerate(self._metadata[key]):
                self._document(found[row], row, plain_text(value))
        for row, transaction in enumerate(self._transactions):
            for posting in transaction.postings:
                if posting.meta and len(posting.meta) > POSITION_KEYS:
                    for key in document_keys(posting.meta):
                        self._document(found[row], row, plain_text(posting.meta[key]))
        return ["\n".join(found[row]) if row in found else "" for row in range(len(self._transactions))]

    def _document(self, found: dict[str, None], row: int, path: str) -> None:
        if inside(path):
            found[path] = None
        elif path:
            message = f"附件路径“{path[:80]}”指向账套文件夹以外，不予采信；请把附件放入 documents 文件夹并写相对路径"
            self._faults.add("DOCUMENT_OUTSIDE", message, self._files[row], self._lines[row])

    def _repeated(self, numbers: Sequence[str]) -> None:
        first: dict[str, int] = {}
        for row, number in enumerate(numbers):
            if number and (before := first.setdefault(number, row)) != row:
                earlier = f"{self._files[before]}:{self._lines[before]}"
                message = f"凭证字号“{number}”重复，已用于 {earlier}；请按字、按月连续编号"
                self._faults.add("VOUCHER_NUMBER_REPEATED", message, self._files[row], self._lines[row])

    def _flagged(self) -> None:
        for row, transaction in enumerate(self._transactions):
            if transaction.flag != "*":
                message = f"凭证的标记是“{transaction.flag}”而不是“*”，说明编制人认为它尚未完成；核对后改为“*”"
                self._faults.add("VOUCHER_FLAGGED", message, self._files[row], self._lines[row])


def _by_key(metas: Sequence[Mapping[str, Any]]) -> Mapping[str, Sequence[Any]]:
    """Return metadata by key, None where a voucher lacks it; each mapping is looked into once."""
    keys = sorted(set().union(*metas) - {"filename", "lineno"})
    rows = [[*map(meta.get, keys)] for meta in metas]
    return dict(zip(keys, zip(*rows, strict=True), strict=True)) if rows and keys else {}


def _numbered(numbers: Sequence[str], days: Sequence[datetime.date]) -> list[_Numbered]:
    """Return word, number and month of each voucher number; all of a series share what stands before the number."""
    series: dict[str, tuple[str, str] | None] = {}
    found = []
    for text, day in zip(numbers, days, strict=True):
        prefix, _, digits = text.rpartition("-")
        if prefix not in series:
            parsed = parse_voucher_number(f"{prefix}-1")
            series[prefix] = (parsed.word, parsed.period) if parsed and 1 <= parsed.month <= 12 else None
        begun = series[prefix]
        if begun and digits.isascii() and digits.isdigit() and len(digits) <= 6:
            found.append(_Numbered(begun[0], int(digits), begun[1]))
        else:
            found.append(_Numbered("", None, f"{day.year:04d}-{day.month:02d}"))
    return found
