"""The table of postings: one row a posting, its amount in fen, its place in the statutory chart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal, localcontext
from typing import Any

import numpy as np
import pyarrow as pa

from ledger.contracts import POSTING_METADATA, POSTINGS, VOUCHERS
from ledger.money import MAX_FEN, round_half_up
from ledger.reader import columns
from ledger.reader.codes import Faults
from ledger.reader.metadata import Values, contract_of
from ledger.reader.standing import Standing
from ledger.reader.voucher_columns import POSITION_KEYS

_OF_VOUCHER = frozenset(
    name.replace("_", "-")
    for name in (*tuple(VOUCHERS)[tuple(VOUCHERS).index("attachments") : tuple(VOUCHERS).index("file")], "voucher")
    if name not in (*POSTING_METADATA, "documents", "contract_date")
) | {"occurred"}
_PRECISION = 80  # digits while yuan become fen: no rounding can hide a fraction of a fen


def postings_table(
    transactions: Sequence[Any], vouchers: pa.Table, files: Mapping[str, str], *, values: Values, faults: Faults
) -> pa.Table:
    """Return the table of postings for transactions in their canonical order and their table of vouchers."""
    rows = _Rows(files, faults)
    with localcontext() as context:
        context.prec = _PRECISION
        for number, transaction in enumerate(transactions):
            rows.add(number, transaction)
    made = {
        **rows.columns(),
        **_fallen_back(vouchers, np.array(rows.entries, dtype=np.int64), rows.own, files, values),
    }
    return columns.table(POSTINGS, made, len(rows.entries))


class _Rows:
    """Collects the rows, a list a column."""

    def __init__(self, files: Mapping[str, str], faults: Faults) -> None:
        self.entries: list[int] = []
        self.own: list[tuple[int, Mapping[str, Any]]] = []  # row and metadata of postings that carry some
        self._positions: list[int] = []
        self._places: list[int] = []
        self._amounts: list[int] = []
        self._files: list[str] = []
        self._lines: list[int] = []
        self._standing = Standing()
        self._known = files
        self._faults = faults

    def add(self, number: int, transaction: Any) -> None:
        place_of = self._standing.on(transaction.date, "change-over" in (transaction.tags or ()))
        for position, posting in enumerate(transaction.postings):
            meta = posting.meta or transaction.meta
            fen = self._fen(posting.units, meta)
            if fen is None:
                continue
            if len(meta) > POSITION_KEYS and meta is not transaction.meta:
                self.own.append((len(self.entries), meta))
                self._misplaced(meta)
            self.entries.append(number)
            self._positions.append(position)
            self._places.append(place_of(posting.account))
            self._amounts.append(fen)
            self._files.append(self._known[meta["filename"]])
            self._lines.append(meta["lineno"])

    def _misplaced(self, meta: Mapping[str, Any]) -> None:
        """Report what belongs to the voucher but stands below a posting, where beancount gives it to the posting."""
        for key in meta:
            if key in _OF_VOUCHER:
                message = f"{key} 写在分录之后，归了上面那一行分录，没有计入凭证；请移到第一行分录之前"
                self._faults.add("METADATA_MISPLACED", message, self._known[meta["filename"]], meta["lineno"])

    def columns(self) -> dict[str, pa.Array]:
        return {
            "entry": columns.numbers(self.entries),
            "posting": columns.numbers(self._positions),
            "amount_fen": columns.numbers(self._amounts),
            "file": columns.names(self._files),
            "line": columns.numbers(self._lines),
            **self._standing.columns(np.array(self._places, dtype=np.int64)),
        }

    def _fen(self, units: Any, meta: Mapping[str, Any]) -> int | None:
        number = units.number
        if units.currency == "CNY" and isinstance(number, Decimal):
            exact = number * 100
            if abs(exact) <= MAX_FEN:
                fen = int(exact)
                if fen == exact:
                    return fen
                message = f"金额 {number:f} 元超过两位小数，已四舍五入到分；请改成两位小数"
                self._faults.add("AMOUNT_NOT_FEN", message, self._known[meta["filename"]], meta["lineno"])
                return round_half_up(exact)
            code, message = "AMOUNT_TOO_LARGE", f"金额“{str(number)[:40]}”过大，这一行未计入"
        else:
            code = "CURRENCY_NOT_CNY"
            message = f"币种“{units.currency}”不是 CNY，这一行未计入；工会账套以人民币（CNY）记账"
        self._faults.add(code, message, self._known[meta["filename"]], meta["lineno"])
        return None


def _fallen_back(
    vouchers: pa.Table,
    entries: np.ndarray,
    own: Sequence[tuple[int, Mapping[str, Any]]],
    files: Mapping[str, str],
    values: Values,
) -> dict[str, pa.Array]:
    """Return the metadata columns of the postings: the posting's own value, or else its voucher's."""
    made = {}
    rows = pa.array(entries)
    for name in POSTING_METADATA:
        inherited = vouchers.column(name).combine_chunks().take(rows)
        key = name.replace("_", "-")
        overrides = {row: meta for row, meta in own if key in meta}
        if overrides:
            found = inherited.to_pylist()
            read = _contract_number if key == "contract" else values.reader(POSTINGS[name], key)
            for row, meta in overrides.items():
                found[row] = read(meta[key], files[meta["filename"]], meta["lineno"])
            inherited = columns.column(POSTINGS[name], found)
        made[name] = inherited
    return made


def _contract_number(value: Any, _file: str, _line: int) -> str:
    return contract_of(value)[0]
