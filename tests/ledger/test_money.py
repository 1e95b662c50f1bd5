"""Amounts as whole fen: what people write, what files hold, what is refused, and halves."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.money import (
    MAX_FEN,
    MoneyError,
    fen_from_decimal,
    fen_from_text,
    plain_yuan,
    round_half_up,
    shown_yuan,
    yuan,
)

FEN = st.integers(-MAX_FEN, MAX_FEN)
QUADRILLION = Decimal(10) ** 15  # yuan: MAX_FEN


@pytest.mark.parametrize(
    ("text", "fen"),
    [
        ("0", 0),
        ("1", 100),
        ("1.", 100),
        (".5", 50),
        ("0.01", 1),
        ("-0.01", -1),
        ("+12.3", 1230),
        ("1234.50", 123450),
        ("1,234.50", 123450),
        ("12,345,678.90", 1234567890),
        ("123,456", 12345600),
        ("1.2300", 123),  # more digits, but no fraction of a fen
        (" 12.00 ", 1200),
        ("¥3", 300),
        ("￥3.10", 310),
        ("¥ 3", 300),
        ("￥　3", 300),
        ("(12.00)", -1200),
        ("（12.00）", -1200),
        ("( 12.00 )", -1200),
        ("¥(5)", -500),
        ("１，２３４．５０", 123450),
        ("０１２３４５６７８９", 12345678900),
        ("－７", -700),
        ("−7", -700),
        ("\u00a08.00\u00a0", 800),
    ],
)
def test_an_amount_as_a_person_or_a_package_writes_it(text: str, fen: int) -> None:
    assert fen_from_text(text) == fen


NO_AMOUNTS = (
    "- . +. ¥ () 12元 1.2.3 1e3 1,23 1234,567 1,2345 ,123 1,234, (5 5) (-5) (+5) --5 +-5 (12 12) NaN Infinity 壹 $5 "
    "¥¥5 1_000"
)


@pytest.mark.parametrize("text", ["", " ", "1 234", *NO_AMOUNTS.split()])
def test_what_is_no_amount_is_refused_and_quoted(text: str) -> None:
    with pytest.raises(MoneyError) as refused:
        fen_from_text(text)
    assert str(refused.value) == f"“{text}”不是金额"


@pytest.mark.parametrize("text", ["0.001", "1.005", "-0.009", "(0.001)", "12.345"])
def test_a_fraction_of_a_fen_is_refused_and_never_rounded(text: str) -> None:
    with pytest.raises(MoneyError, match=r"^金额“[0-9.-]+”超过两位小数$"):
        fen_from_text(text)


def test_the_largest_amount_is_taken_and_a_fen_more_is_not() -> None:
    fen = Decimal("0.01")
    assert fen_from_decimal(QUADRILLION) == MAX_FEN
    assert fen_from_decimal(-QUADRILLION) == -MAX_FEN
    for beyond in (QUADRILLION + fen, -QUADRILLION - fen):
        with pytest.raises(MoneyError, match=r"^金额“-?1000000000000000\.01”过大$"):
            fen_from_decimal(beyond)


@pytest.mark.parametrize("number", ["NaN", "sNaN", "Infinity", "-Infinity"])
def test_a_number_that_is_not_finite_is_refused(number: str) -> None:
    with pytest.raises(MoneyError, match=r"不是有限的数$"):
        fen_from_decimal(Decimal(number))


def test_the_same_amount_to_files_and_to_people() -> None:
    assert (yuan(1), plain_yuan(1), shown_yuan(1)) == (Decimal("0.01"), "0.01", "0.01")
    assert (plain_yuan(-123450), shown_yuan(-123450)) == ("-1234.50", "-1,234.50")
    assert (plain_yuan(100000000), shown_yuan(100000000)) == ("1000000.00", "1,000,000.00")
    assert (plain_yuan(0), shown_yuan(0)) == ("0.00", "0.00")


@given(FEN)
def test_whatever_is_written_is_read_back(fen: int) -> None:
    assert fen_from_text(plain_yuan(fen)) == fen
    assert fen_from_text(shown_yuan(fen)) == fen
    assert fen_from_decimal(yuan(fen)) == fen


HALVES = "0→0 0.4999999999→0 0.5→1 1.4→1 1.5→2 2.5→3 -0.4→0 -0.5→-1 -1.5→-2 -2.5→-3 1.49999999999999999999→1 7→7 -7→-7"


@pytest.mark.parametrize(("exact", "fen"), [pair.split("→") for pair in HALVES.split()])
def test_halves_go_away_from_zero(exact: str, fen: str) -> None:
    assert round_half_up(Decimal(exact)) == int(fen)


@given(st.decimals(-(10**15), 10**15, places=6))
def test_rounding_is_that_of_the_standard_library(exact: Decimal) -> None:
    assert round_half_up(exact) == int(exact.quantize(Decimal(1), ROUND_HALF_UP))
