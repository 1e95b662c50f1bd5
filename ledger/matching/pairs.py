"""One line of the book and one of the statement that are one event: equal amounts, near days, one party.

The candidates of one amount are put in one order (number named, days apart, likeness of the party, then the lines
themselves) and taken greedily, so that the result does not depend on the order in which lines stand.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache

from rapidfuzz import fuzz

from ledger.matching.model import BankItem, BookItem, Match, Reason

NEAR_DAYS = 31  # a transfer or cheque is on the statement within a month, as a rule
FAR_DAYS = 370  # beyond a year an equal amount is another event
_ALIKE = 75  # of 100
_MOST_PAIRS = 40_000  # of one amount; beyond, only near days are compared
_LEAST_REFERENCE = 6
_PLAIN = re.compile(r"[\W_]+")
_LEGAL_FORMS = re.compile(r"(有限责任公司|股份有限公司|有限公司|公司|股份|集团|工会委员会|委员会)")


@lru_cache(maxsize=65536)
def alike(one: str, other: str) -> bool | None:
    """Say whether two names mean one party; None where one is not told."""
    a, b = (_LEGAL_FORMS.sub("", _PLAIN.sub("", name)) or _PLAIN.sub("", name) for name in (one, other))
    if not a or not b:
        return None
    return a in b or b in a or fuzz.ratio(a, b) >= _ALIKE


def names_other(book: BookItem, bank: BankItem) -> bool:
    """Say whether one line names the other's number: the bank's serial, or the voucher's number."""
    serial = bank.serial.strip()
    if len(serial) >= _LEAST_REFERENCE and serial in book.text:
        return True
    return bool(book.voucher) and book.voucher in f"{bank.text} {bank.serial}"


def pairs(book: Sequence[BookItem], bank: Sequence[BankItem], *, unlike: bool = False) -> list[Match]:
    """Return the matches of one line with one line; with `unlike` also of parties that are told and differ."""
    groups: dict[int, tuple[list[BookItem], list[BankItem]]] = defaultdict(lambda: ([], []))
    for own in sorted(book):
        groups[own.amount_fen][0].append(own)
    for other in sorted(bank):
        groups[other.amount_fen][1].append(other)
    return [match for _, group in sorted(groups.items()) for match in _of_amount(*group, unlike=unlike)]


def _of_amount(ours: list[BookItem], theirs: list[BankItem], *, unlike: bool) -> Iterator[Match]:
    candidates = sorted(_candidates(ours, theirs, unlike=unlike), key=lambda c: c[:4])
    taken: tuple[set[int], set[int]] = (set(), set())
    for _, _, n, m, reason in candidates:
        if n not in taken[0] and m not in taken[1]:
            taken[0].add(n)
            taken[1].add(m)
            yield Match((ours[n],), (theirs[m],), reason)


def _candidates(
    ours: Sequence[BookItem], theirs: Sequence[BankItem], *, unlike: bool
) -> Iterator[tuple[int, int, int, int, Reason]]:
    widest = FAR_DAYS if len(ours) * len(theirs) <= _MOST_PAIRS else NEAR_DAYS
    days = [item.date.toordinal() for item in theirs]
    for n, own in enumerate(ours):
        at = own.date.toordinal()
        for m in range(bisect_left(days, at - widest), bisect_right(days, at + widest)):
            found = _judged(own, theirs[m], unlike=unlike)
            if found is not None:
                yield (*found[:2], n, m, found[2])


def _judged(own: BookItem, other: BankItem, *, unlike: bool) -> tuple[int, int, Reason] | None:
    """Return the rank (days apart, a number named before all), days, and the reason; None for no candidate."""
    days = abs((own.date - other.date).days)
    if names_other(own, other):
        return (-1, days, Reason.REFERENCE)
    like = alike(own.party, other.party)
    if like and days == 0:
        return (0, days, Reason.SAME_DAY)
    if like and days <= NEAR_DAYS:
        return (days, days, Reason.NEAR_PARTY)
    if days <= NEAR_DAYS and (unlike or like is None):
        return (days, days, Reason.NEAR_DAY)
    return (days, days, Reason.LATE_PARTY) if like else None
