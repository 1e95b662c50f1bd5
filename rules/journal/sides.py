"""The two sides of a voucher: its postings netted, the accounts on each side, and which pairs are ordinary ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from operator import attrgetter
from typing import NamedTuple

from ledger.journal_rows import PostingRow, sums_by
from rules.vouchers import CASH_AND_BANK

_FUNDED = (
    "inventory",
    "investment",
    "fixed_assets",
    "construction_in_progress",
    "intangible_assets",
    "long_term_deferred_expense",
)
ACCRUED = ("due_from_higher_union", "due_from_lower_union")


class Sides(NamedTuple):
    """The level-1 accounts on the debit side and on the credit side of a voucher, each side in order of name."""

    debit: tuple[str, ...]
    credit: tuple[str, ...]


def net_by(lines: Sequence[PostingRow], column: str) -> Mapping[str, int]:
    """Return the net of postings by a column (`account`, `group`), in its order, without what nets to nothing.

    So that dividing a posting in two changes nothing.
    """
    return {name: fen for name, fen in sorted(sums_by(lines, attrgetter(column)).items()) if fen}


def sides(lines: Sequence[PostingRow]) -> Sides:
    """Return the two sides of a voucher's postings; amounts are netted first, "?" is an unknown account."""
    net = net_by(lines, "group")
    debit = sorted(name or "?" for name, fen in net.items() if fen > 0)
    return Sides(tuple(debit), tuple(sorted(name or "?" for name, fen in net.items() if fen < 0)))


def ordinary(pair: Sides) -> bool:
    """Tell whether a pair is one that the accounting system itself lays down."""
    debit, credit = set(pair.debit), set(pair.credit)
    if "asset_fund" in debit | credit:
        debit, credit = debit - {"asset_fund", *_FUNDED}, credit - {"asset_fund", *_FUNDED}
        debit, credit = ({n for n in side if "accumulated" not in n} for side in (debit, credit))
    if not debit or not credit or debit <= set(CASH_AND_BANK) or credit <= set(CASH_AND_BANK):
        return True
    accrual = debit <= set(ACCRUED) and all(n.endswith("_income") or n.startswith("due_to") for n in credit)
    advance = all(n.endswith(("_expense", "_expenditure")) for n in debit) and credit <= {
        "other_receivables",
        *CASH_AND_BANK,
    }
    return accrual or advance
