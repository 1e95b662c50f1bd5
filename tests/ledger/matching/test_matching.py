"""Which lines of book and statement are taken for one event, and what stays open, case by case."""

from __future__ import annotations

import pytest

from ledger.matching import Kind, Reason, Unreconcilable
from tests.ledger.matching.sides import bank, book, day, matcher

SHOP, CLINIC = "某市惠民超市有限公司", "某市第一医院"


def test_the_four_kinds_of_items_in_transit() -> None:
    ours = book(("03-03", -500, SHOP), ("03-30", -1000, SHOP), ("03-31", 2000, CLINIC))
    theirs = bank(("03-03", -500, SHOP), ("03-31", -36, "某银行"), ("03-31", 700, "某银行"))
    found = matcher(ours, theirs).on(day("03-31"))
    assert [(kind, found.total_fen(kind)) for kind in Kind] == [
        (Kind.BANK_RECEIVED, 700),
        (Kind.BANK_PAID, 36),
        (Kind.BOOK_RECEIVED, 2000),
        (Kind.BOOK_PAID, 1000),
    ]
    assert found.adjusted_book_fen == found.adjusted_bank_fen == 1_000_000 - 500 - 1000 + 2000 + 700 - 36
    assert not found.clean


def test_what_clears_next_month_is_open_at_the_end_of_this_one() -> None:
    found = matcher(book(("03-30", -1000, SHOP), ("04-09", -1, SHOP)), bank(("03-01", -5, ""), ("04-02", -1000, SHOP)))
    march, april = found.on(day("03-31")), found.on(day("04-30"))
    assert [(item.kind, item.cleared) for item in march.book_only] == [(Kind.BOOK_PAID, day("04-02"))]
    assert not any(item.amount_fen == 1000 for item in april.open_items)


def test_the_nearest_day_and_the_party_decide() -> None:
    ours = book(("03-05", -1000, "某书店"), ("03-05", -1000, SHOP))
    theirs = bank(("03-07", -1000, "惠民超市"), ("03-20", -1000, "某书店"))
    found = matcher(ours, theirs)
    assert [(m.book[0].party, m.bank[0].party, m.reason) for m in found.matches] == [
        (SHOP, "惠民超市", Reason.NEAR_PARTY),
        ("某书店", "某书店", Reason.NEAR_PARTY),
    ]


def test_a_number_named_goes_before_everything() -> None:
    ours = book(("03-05", -1000, SHOP), ("03-06", -1000, SHOP))
    theirs = bank(("03-05", -1000, SHOP), ("03-28", -1000, ""), texts=("", "付记-1"))
    found = matcher(ours, theirs)
    assert {(m.book[0].voucher, m.bank[0].date.day, m.reason) for m in found.matches} == {
        ("记-1", 28, Reason.REFERENCE),
        ("记-2", 5, Reason.NEAR_PARTY),
    }


def test_one_voucher_paid_in_two_and_two_vouchers_paid_in_one() -> None:
    ours = book(("03-05", -1000, SHOP), ("03-10", -300, CLINIC), ("03-11", -400, CLINIC))
    theirs = bank(("03-05", -600, SHOP), ("03-05", -400, SHOP), ("03-12", -700, CLINIC))
    found = matcher(ours, theirs)
    assert [(len(m.book), len(m.bank)) for m in found.matches] == [(1, 2), (2, 1)]
    assert found.on(day("03-31")).clean


def test_a_sum_that_could_be_made_in_two_ways_matches_nothing() -> None:
    ours = book(("03-05", -300, "甲"), ("03-06", -400, "乙"), ("03-05", -200, "丙"), ("03-06", -500, "丁"))
    found = matcher(ours, bank(("03-08", -700, "")))
    assert found.matches == ()


def test_red_corrections_cancel_in_the_book_and_returns_at_the_bank() -> None:
    ours = book(("03-05", -1000, SHOP), ("03-09", 1000, SHOP), reverses={2: "记-1"})
    theirs = bank(("03-05", -77, SHOP), ("03-06", 77, SHOP), texts=("", "退汇"))
    found = matcher(ours, theirs)
    assert [m.reason for m in found.matches] == [Reason.RETURNED_BY_BANK, Reason.REVERSED_IN_BOOK]
    assert found.on(day("03-31")).clean


def test_the_bank_pays_in_january_what_the_opening_balance_already_lacks() -> None:
    ours = book(("01-09", -100, SHOP), opening=999_500)
    theirs = bank(("01-05", -500, "某书店"), ("01-09", -100, SHOP), opening=1_000_000)
    found = matcher(ours, theirs)
    early, end = found.on(day("01-04")), found.on(day("01-31"))
    assert [(i.kind, i.amount_fen, i.cleared) for i in early.open_items] == [(Kind.BOOK_PAID, 500, day("01-05"))]
    assert (early.unexplained_fen, end.unexplained_fen) == (0, 0)
    assert end.clean


def test_a_line_of_the_old_year_is_found_on_the_new_statement() -> None:
    ours = book(("01-01", -500, SHOP), ("01-20", -100, SHOP))
    theirs = bank(("01-10", -500, SHOP), ("01-20", -100, SHOP), opening=1_000_000)
    assert matcher(ours, theirs).on(day("01-31")).clean


def test_a_difference_that_nothing_explains_stays() -> None:
    found = matcher(book(("03-05", -100, SHOP)), bank(("03-05", -100, SHOP), opening=1_000_300)).on(day("03-31"))
    assert found.unexplained_fen == -300
    assert not found.clean


def test_a_day_before_the_statement_has_no_reconciliation() -> None:
    with pytest.raises(Unreconcilable, match="对账单从 2025-03-05 开始"):
        matcher(book(), bank(("03-05", -100, SHOP))).on(day("02-28"))
