"""Transactions of a book as the tables of vouchers and postings.

Entries are numbered in a canonical order (day, voucher number, other party, 摘要, file, line), so that the frames
do not depend on where in the files a voucher stands.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa

from ledger.reader.codes import Faults
from ledger.reader.metadata import Values, plain_text
from ledger.reader.posting_columns import postings_table
from ledger.reader.voucher_columns import vouchers_table


def journal_tables(
    transactions: Sequence[Any], files: Mapping[str, str], values: Values, faults: Faults
) -> tuple[pa.Table, pa.Table]:
    """Return the tables of vouchers and of postings; `files` gives the name in the book of each parsed file."""
    ordered = in_order(transactions)
    vouchers = vouchers_table(ordered, files, values, faults)
    return vouchers, postings_table(ordered, vouchers, files, values=values, faults=faults)


def in_order(transactions: Sequence[Any]) -> list[Any]:
    """Return the transactions in their canonical order."""
    keyed = []
    for number, transaction in enumerate(transactions):
        meta = transaction.meta
        voucher = plain_text(meta.get("voucher"))
        strings = (voucher, transaction.payee or "", transaction.narration or "", meta["filename"])
        keyed.append((transaction.date, *strings, meta["lineno"], number))
    keyed.sort()
    return [transactions[key[-1]] for key in keyed]
