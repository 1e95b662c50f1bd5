"""The vouchers of the period by what they say: every narration and every payee once, with the vouchers that bear it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from operator import attrgetter

from ledger.journal_rows import PostingRow, VoucherRow
from rules.rule import Case
from rules.text.match import match


def by_narration(case: Case) -> Mapping[str, Sequence[VoucherRow]]:
    """Return the vouchers of the period by their narration."""
    return case.facts.once(("by narration", case.since, case.until), lambda: _by(case, attrgetter("narration")))


def by_payee(case: Case) -> Mapping[str, Sequence[VoucherRow]]:
    """Return the vouchers of the period by their payee."""
    return case.facts.once(("by payee", case.since, case.until), lambda: _by(case, attrgetter("payee")))


def _by(case: Case, text: Callable[[VoucherRow], str]) -> Mapping[str, Sequence[VoucherRow]]:
    found: dict[str, list[VoucherRow]] = defaultdict(list)
    for voucher in case.vouchers:
        found[text(voucher)].append(voucher)
    return dict(found)


def vouchers_speaking(case: Case, key: str) -> list[Sequence[PostingRow]]:
    """Return the postings of each voucher whose narration holds a word of a list, as it stands at the period's end."""
    lines_of = case.booked.by_entry
    spoken = (vouchers for text, vouchers in by_narration(case).items() if match(text, key, case.until))
    return [lines_of[voucher.entry] for vouchers in spoken for voucher in vouchers if voucher.entry in lines_of]
