"""What explains that book and bank differed already where the statement begins.

Three kinds of lines can: a line of the book from before that the bank shows later; a line of the bank whose voucher
lies in the opening balance of the book; a line of the book that the bank had before. They are taken only where they
explain the difference to the fen, or as the likeliest where nothing does.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from itertools import combinations

from ledger.matching.model import BankItem, BookItem, Match, Reason
from ledger.matching.pairs import NEAR_DAYS, pairs

_LATEST_DAYS = 92  # what was in transit is cleared within a quarter
_MOST_PARTS = 3
_MOST_CANDIDATES = 40


def explaining(
    gap_fen: int, earlier: Sequence[BookItem], book: Sequence[BookItem], bank: Sequence[BankItem], begins: datetime.date
) -> tuple[Match, ...]:
    """Return the matches that explain a difference of book less bank at the end of the day `begins`.

    `earlier` are the lines of the book up to that day, `book` and `bank` those left unmatched after it.
    """
    if not gap_fen:
        return ()
    late = _late(earlier, bank)
    limit = begins + datetime.timedelta(days=_LATEST_DAYS)
    used = {id(match.bank[0]) for match in late}
    others = [Match((), (i,), Reason.BEFORE_STATEMENT) for i in bank if i.date <= limit and id(i) not in used]
    others += [Match((i,), (), Reason.BEFORE_STATEMENT) for i in book if i.date <= limit]
    for found in (*_sets(late, others, gap_fen), late):
        explained = sum(map(explained_fen, found))
        if explained == gap_fen or (found is late and abs(gap_fen - explained) < abs(gap_fen)):
            return tuple(found)
    return ()


def _late(earlier: Sequence[BookItem], bank: Sequence[BankItem]) -> tuple[Match, ...]:
    """Return the pairs of lines that the book had before the statement and the bank carried out within a month."""
    like = pairs(earlier, bank)
    ours = [item for item in earlier if all(item != m.book[0] for m in like)]
    theirs = [item for item in bank if all(item != m.bank[0] for m in like)]
    found = [*like, *pairs(ours, theirs, unlike=True)]
    return tuple(m for m in found if (m.bank[0].date - m.book[0].date).days <= NEAR_DAYS)


def explained_fen(match: Match) -> int:
    """Return what a match explains of book less bank where the statement begins."""
    if match.reason is not Reason.BEFORE_STATEMENT:
        return sum(item.amount_fen for item in match.book)
    return -match.gap_fen


def _sets(late: tuple[Match, ...], others: Sequence[Match], gap_fen: int) -> Iterator[tuple[Match, ...]]:
    """Yield sets that explain the difference, the likeliest first; a set counts only if it is alone of its size."""
    if sum(map(explained_fen, late)) == gap_fen and late:
        yield late
    rest = gap_fen - sum(map(explained_fen, late))
    for base, pool, wanted in (((), late, gap_fen), (late, others, rest), ((), (*late, *others), gap_fen)):
        if not pool or len(pool) > _MOST_CANDIDATES:
            continue
        for size in range(1, _MOST_PARTS + 1):
            found = [c for c in combinations(pool, size) if sum(map(explained_fen, c)) == wanted]
            if len(found) == 1:
                yield (*base, *found[0])
            if found:
                break
