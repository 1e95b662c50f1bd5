"""Who signed the vouchers of a period: many share their signatures, so that each set of them is judged once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from operator import attrgetter
from typing import NamedTuple

from ledger.journal_rows import VoucherRow
from rules.rule import Case


class Signatures(NamedTuple):
    """Who prepared, reviewed, posted, approved, paid out and handled a voucher; empty where it does not say."""

    prepared: str
    reviewed: str
    posted: str
    approved: str
    cashier: str
    handled: str


_signed = attrgetter("prepared_by", "reviewed_by", "posted_by", "approved_by", "cashier", "handled_by")


def by_signatures(case: Case) -> Mapping[Signatures, Sequence[VoucherRow]]:
    """Return the vouchers of the audited period by their signatures, in order of day, word and number."""

    def grouped() -> Mapping[Signatures, Sequence[VoucherRow]]:
        found: dict[tuple[str, ...], list[VoucherRow]] = defaultdict(list)
        for voucher in case.vouchers:
            found[_signed(voucher)].append(voucher)
        return {Signatures(*signed): own for signed, own in found.items()}

    return case.facts.once(("signatures", case.since, case.until), grouped)
