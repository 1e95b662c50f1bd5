"""What the whole book shows beside the period: income and spending of every voucher, and what was reversed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from operator import attrgetter

from ledger.balances import account_postings
from ledger.facts import Facts
from ledger.journal_rows import PostingRow
from rules.indexes import upto
from rules.rule import Case


def reversed_numbers(facts: Facts) -> frozenset[str]:
    """Return the numbers of the vouchers that another one says it reverses."""
    return facts.once("journal reversed", lambda: frozenset(filter(None, map(attrgetter("reverses"), facts.listed))))


def flows_by_entry(facts: Facts) -> Mapping[int, int]:
    """Return the net of income and expenditure of each voucher that books any, by entry, transfers left out."""

    def made() -> Mapping[int, int]:
        sums: dict[int, int] = {}
        for lines in account_postings(facts):
            if lines[0].element in ("income", "expense"):
                _add(sums, lines)
        return _without(sums, facts.transfers)

    return facts.once("journal flows", made)


def spent_by_account(case: Case) -> Mapping[str, Mapping[int, int]]:
    """Return what each voucher up to the period's end spent on each account, in fen by account and entry.

    Net, so that dividing a posting in two changes nothing; what nets to a refund is no spending.
    """

    def made() -> Mapping[str, Mapping[int, int]]:
        found: dict[str, dict[int, int]] = {}
        for lines in account_postings(case.facts):
            if lines[0].element == "expense":
                _add(found.setdefault(lines[0].account, {}), upto(lines, case.until))
        idle = case.facts.transfers
        return {account: _positive(_without(own, idle)) for account, own in found.items()}

    return case.facts.once(("journal spent", case.until), made)


def spent_by_payee(case: Case, payees: set[str]) -> Mapping[str, Sequence[int]]:
    """Return all amounts that vouchers up to the period's end spent on some payees, one a voucher and account."""
    heads, found = case.facts.booked.by_entry, {payee: list[int]() for payee in payees}
    for sums in spent_by_account(case).values() if payees else ():
        for entry, fen in sums.items():
            payee = heads[entry][0].head.payee
            if payee in payees:
                found[payee].append(fen)
    return found


def _add(sums: dict[int, int], lines: Sequence[PostingRow]) -> None:
    """Add postings to sums of fen by entry."""
    for entry, fen in zip(map(attrgetter("entry"), lines), map(attrgetter("amount_fen"), lines), strict=True):
        sums[entry] = sums.get(entry, 0) + fen


def _positive(sums: dict[int, int]) -> dict[int, int]:
    return sums if min(sums.values(), default=1) > 0 else {entry: fen for entry, fen in sums.items() if fen > 0}


def within(sums: Mapping[int, int], entries: Mapping[int, int]) -> Mapping[int, int]:
    """Return sums by entry of some entries; where the book holds only them, which is usual, those are all."""
    return sums if sums.keys() <= entries.keys() else {entry: fen for entry, fen in sums.items() if entry in entries}


def _without(sums: dict[int, int], entries: frozenset[int]) -> dict[int, int]:
    """Return sums by entry without some entries."""
    return {entry: fen for entry, fen in sums.items() if entry not in entries} if entries else sums
