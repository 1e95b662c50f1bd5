"""What a small union contributed in a year and what of it came back."""

from __future__ import annotations

from collections.abc import Iterator

from ledger.journal_rows import PostingRow, net_fen
from rules.income.returns import looks_like_return
from rules.remittance.movements import OWN, UPWARD
from rules.rule import Case

SUBSIDY = "higher_union_subsidy_income"


def of_years(case: Case, first: int, last: int, *groups: str) -> Iterator[PostingRow]:
    """Yield the postings of some years on some accounts, up to the period's end."""
    booked = (line for line in case.facts.booked.on(*groups) if first <= line.date.year <= last)
    return (line for line in booked if line.head.business and line.date <= case.until)


def contributed(case: Case, year: int) -> tuple[int, int]:
    """Return the whole contribution of a year and the higher union's part of it, in fen."""
    upward = -net_fen(line for line in of_years(case, year, year, UPWARD) if line.amount_fen < 0)
    return upward - net_fen(of_years(case, year, year, OWN)), upward


def returned(case: Case, year: int) -> int:
    """Return what came back of a year's contribution in it and the next, up to the period's end, in fen."""
    # A month's ordinary contribution is split; a return is not.
    split = {line.entry for line in of_years(case, year, year + 1, UPWARD)}
    return -net_fen(
        line
        for line in of_years(case, year, year + 1, OWN, SUBSIDY)
        if line.amount_fen < 0
        and line.entry not in split
        and looks_like_return(case, line.head.payee, line.head.narration)
    )
