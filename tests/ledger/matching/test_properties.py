"""Whatever book and statement hold, the reconciliation adds up, and the order of the lines changes nothing."""

from __future__ import annotations

import datetime
import random
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from ledger.matching import BankItem, BookItem, Matcher, Reconciliation
from ledger.matching.statement import BankSide, BookSide

START = datetime.date(2025, 1, 1)
DAYS = [datetime.date(2025, m, 28) for m in range(1, 8)]
AMOUNTS = st.one_of(st.sampled_from([-500, -300, -200, 100, 300, 500]), st.integers(-9_999, 9_999).filter(bool))
PARTIES = st.sampled_from(["", "某市惠民超市", "惠民超市有限公司", "某市第一医院", "某书店"])
LINE = st.tuples(st.integers(0, 180), AMOUNTS, PARTIES)
LINES = st.lists(LINE, max_size=14)
Lines = list[tuple[int, int, str]]


def _bank(lines: Lines, opening: int) -> BankSide:
    items = [
        BankItem(START + datetime.timedelta(days=d), fen, f"G{n:06d}", party, "", n)
        for n, (d, fen, party) in enumerate(lines)
    ]
    return BankSide(tuple(sorted(items, key=lambda i: i.date)), opening)


def _book(lines: Lines, opening: int) -> BookSide:
    items = [
        BookItem(START + datetime.timedelta(days=d), fen, f"记-{n}", party, "", "", "x", n)
        for n, (d, fen, party) in enumerate(lines)
    ]
    return BookSide(tuple(sorted(items)), opening)


def _all(matcher: Matcher) -> list[Reconciliation]:
    return [matcher.on(day) for day in DAYS if day >= matcher.bank.begins]


@given(LINES, st.lists(LINE, min_size=1, max_size=14), st.integers(-500, 500))
def test_every_line_is_matched_or_open_and_the_balances_add_up(ours: Lines, theirs: Lines, gap: int) -> None:
    matcher = Matcher(_bank(theirs, 100_000), _book(ours, 100_000 + gap))
    for match in matcher.matches:
        if match.reason != "before_statement":
            assert sum(i.amount_fen for i in match.book) == sum(i.amount_fen for i in match.bank)
    placed = [i for m in matcher.matches for i in (*m.book, *m.bank)] + [*matcher.left_book, *matcher.left_bank]
    assert len({*placed}) == len(placed)
    after = [i for i in matcher.book.items if i.date > matcher.bank.begins]
    assert {*after, *matcher.bank.items} <= {*placed}
    # What no item explains is the same on every day: it was there before the statement began.
    assert len({one.unexplained_fen for one in _all(matcher)}) <= 1


@given(st.lists(LINE, min_size=1, max_size=14), LINES, st.integers(0, 9_999))
def test_the_order_of_the_lines_changes_nothing(theirs: Lines, ours: Lines, seed: int) -> None:
    bank, book = _bank(theirs, 0), _book(ours, 0)
    mixed_bank, mixed_book = list(bank.items), list(book.items)
    random.Random(seed).shuffle(mixed_bank)
    random.Random(seed + 1).shuffle(mixed_book)
    shuffled = Matcher(BankSide(tuple(sorted(mixed_bank, key=lambda i: i.date)), 0), BookSide(tuple(mixed_book), 0))
    assert _all(shuffled) == _all(Matcher(bank, book))


@given(st.lists(LINE, min_size=1, max_size=12))
def test_a_statement_that_says_what_the_book_says_leaves_nothing_open(lines: Lines) -> None:
    matcher = Matcher(_bank(lines, 5_000), _book(lines, 5_000))
    assert all(one.clean for one in _all(matcher))


@given(st.lists(LINE, min_size=2, max_size=10), st.data())
def test_a_line_moved_to_the_next_month_is_in_transit_between(lines: Lines, data: st.DataObject) -> None:
    moved = data.draw(st.integers(0, len(lines) - 1))
    days, fen, party = lines[moved]
    later = [*lines[:moved], (min(days + 30, 210), fen, party), *lines[moved + 1 :]]
    first = (0, 1, "开户")  # keeps the beginning of the statement where it is
    matcher = Matcher(_bank([first, *later], 5_000), _book([first, *lines], 5_000))
    for one in _all(matcher):
        assert one.unexplained_fen == 0
        assert one.book_balance_fen - one.bank_balance_fen == sum(
            (item.item.amount_fen if item in one.book_only else -item.item.amount_fen) for item in one.open_items
        )


@given(st.lists(LINE, min_size=1, max_size=10), LINES, st.integers(-50, 50).filter(bool))
def test_the_adjusted_balances_agree_exactly_when_nothing_is_unexplained(theirs: Lines, ours: Lines, gap: int) -> None:
    first = (0, 1, "开户")
    even = Matcher(_bank([first, *theirs], 0), _book([first, *ours], 0))
    uneven = Matcher(even.bank, replace(even.book, opening_fen=1_000_000 + gap))
    assert all(one.adjusted_book_fen == one.adjusted_bank_fen for one in _all(even))
    assert all(one.adjusted_book_fen != one.adjusted_bank_fen for one in _all(uneven))
