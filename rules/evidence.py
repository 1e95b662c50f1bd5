"""A posting, a voucher or a row of a register as evidence: where it stands in the book, so that a person finds it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ledger.journal_rows import PostingRow, VoucherRow
from ledger.register_rows import register_of
from rules.finding import Evidence, Text
from rules.gather import MOST_EVIDENCE, cut


def posting_evidence(posting: PostingRow, note: Text, amount_fen: int | None = None) -> Evidence:
    """Return the evidence that one posting is, with its own amount where none is given."""
    return Evidence(
        note=note,
        voucher=posting.head.voucher,
        date=posting.date,
        account=posting.account,
        amount_fen=abs(posting.amount_fen) if amount_fen is None else amount_fen,
        file=posting.file,
        line=posting.line,
    )


def voucher_evidence(voucher: VoucherRow, note: Text, amount_fen: int | None = None) -> Evidence:
    """Return the evidence that one voucher is, at its own line in the book."""
    return Evidence(
        note=note,
        voucher=voucher.voucher,
        date=voucher.date,
        amount_fen=amount_fen,
        file=voucher.file,
        line=voucher.line,
    )


def register_evidence(row: Any, note: Text, amount_fen: int | None = None) -> Evidence:
    """Return the evidence that one typed row of a register is; its `date` is the row's where it has one."""
    file = f"registers/{register_of(type(row))}.csv"
    return Evidence(note, date=getattr(row, "date", None), amount_fen=amount_fen, file=file, line=row.line)


def vouchers_evidence(vouchers: Sequence[VoucherRow], note: Text) -> tuple[Evidence, ...]:
    """Return vouchers as evidence, cut like `limited`; those that are not listed cost nothing."""
    return cut([voucher_evidence(voucher, note) for voucher in vouchers[:MOST_EVIDENCE]], len(vouchers))
