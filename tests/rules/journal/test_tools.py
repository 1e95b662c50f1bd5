"""What journal tests share: usual amounts, splits, periods in words, names alike, mirrored vouchers, notes."""

from __future__ import annotations

import datetime
from fractions import Fraction
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.journal_rows import PostingRow, VoucherRow
from rules.finding import Status, Text, examined
from rules.journal.alike import groups_alike, lookalikes
from rules.journal.method import Method
from rules.journal.mirrors import pairs
from rules.journal.periods import months_between, named_periods
from rules.journal.robust import NORMAL, twice_median, usual
from rules.journal.splits import Part, split_below

AMOUNTS = st.lists(st.integers(1, 10**11), min_size=1, max_size=40)


def test_median_and_deviation_by_hand() -> None:
    """1, 2, 3, 4, 100: median 3, deviations 2 1 0 1 97, of which the median is 1."""
    found = usual([100, 1, 3, 2, 4])
    assert (found.count, found.median2, found.deviation4) == (5, 6, 4)
    assert found.distance(100) == Fraction(97) / NORMAL
    assert twice_median([1, 2]) == 3
    with pytest.raises(ValueError, match="no values"):
        twice_median([])


def test_equal_amounts_have_a_tenth_of_room() -> None:
    found = usual([200_00] * 9)
    assert found.distance(200_00) == 0
    assert found.distance(220_00) == Fraction(20_00) / (NORMAL * 20_00)


@given(AMOUNTS)
def test_the_median_has_half_on_each_side(values: list[int]) -> None:
    median2 = twice_median(values)
    assert 2 * sum(2 * v < median2 for v in values) <= len(values)
    assert 2 * sum(2 * v > median2 for v in values) <= len(values)


@given(AMOUNTS, st.randoms(use_true_random=False))
def test_what_is_usual_does_not_depend_on_order(values: list[int], random: Random) -> None:
    shuffled = list(values)
    random.shuffle(shuffled)
    assert usual(shuffled) == usual(values)


def _part(day: int, fen: int) -> Part:
    return Part(datetime.date(2025, 3, day), fen, day * 1000 + fen % 1000)


def test_parts_reach_the_limit_together() -> None:
    parts = [_part(1, 600), _part(5, 400), _part(20, 999), _part(21, 1000)]
    assert [tuple(p.amount_fen for p in group) for group in split_below(parts, 1000, 10)] == [(600, 400)]
    assert not list(split_below(parts[:2], 1001, 10))
    assert not list(split_below(parts[:2], 1000, 3))


@given(st.lists(st.builds(_part, st.integers(1, 28), st.integers(1, 1200)), max_size=12), st.integers(1, 15))
def test_a_part_is_in_one_group_and_groups_reach_the_limit(parts: list[Part], days: int) -> None:
    groups = list(split_below(parts, 1000, days))
    assert sum(map(len, groups)) <= len(parts)
    for group in groups:
        assert sum(p.amount_fen for p in group) >= 1000
        assert all(p.amount_fen < 1000 for p in group)
        assert (group[-1].date - group[0].date).days <= days


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024年12月场地租金", [(2024, 12)]),
        ("2024年度工会经费", [(2024, 0)]),
        ("羽毛球协会3月活动", [(0, 3)]),
        ("2—3月份会费", [(0, 3)]),
        ("3月5日座谈会", []),
        ("2025年3月5日座谈会", []),
        ("2024-11 租金", [(2024, 11)]),
        ("2024-11-05 租金", []),
        ("13月活动", []),
        ("购3月刊2份", [(0, 3)]),
        ("发票号2024年1234", [(2024, 0)]),
    ],
)
def test_periods_in_words(text: str, expected: list[tuple[int, int]]) -> None:
    assert [(named.year, named.month) for named in named_periods(text)] == expected


@pytest.mark.parametrize(
    ("text", "away"),
    [
        ("2024年12月", 6),
        ("7月", -1),
        ("12月", -6),
        ("11月", 7 - 12 + 0),
        ("2025年", None),
        ("2024年", 6),
        ("2026年", -7),
    ],
)
def test_how_far_a_period_lies(text: str, away: int | None) -> None:
    (named,) = named_periods(text)
    assert months_between(named, 2025, 6) == away


def test_names_alike() -> None:
    names = ["某市佳惠商贸有限公司", "佳惠商贸部", "某市健体体育用品店", "某市第一小学", "某市第二小学", "张某某"]
    assert list(groups_alike(sorted(names))) == [("佳惠商贸部", "某市佳惠商贸有限公司")]
    found = lookalikes(
        ["某市健休体育用品店", "某市健体体育用品店", "某市第二小学"], ["某市健体体育用品店", "某市第一小学"]
    )
    assert dict(found) == {"某市健休体育用品店": "某市健体体育用品店"}
    assert not lookalikes([], ["某市健体体育用品店"])


def _voucher(entry: int, day: datetime.date) -> VoucherRow:
    empty = VoucherRow(*[""] * len(VoucherRow._fields))  # type: ignore[arg-type]
    return empty._replace(entry=entry, date=day, voucher=f"v{entry}")


def _line(head: VoucherRow, account: str, fen: int) -> PostingRow:
    empty = PostingRow(*[""] * len(PostingRow._fields))  # type: ignore[arg-type]
    return empty._replace(date=head.date, head=head, entry=head.entry, account=account, amount_fen=fen)


def test_vouchers_mirror_each_other_once() -> None:
    moves = [(1, "a", 5), (1, "b", -5), (2, "a", -5), (2, "b", 3), (2, "b", 2), (3, "a", -5), (3, "b", 5), (4, "a", 1)]
    days = [(2025, 1, 1), (2025, 2, 1), (2025, 2, 2), (2025, 2, 3)]
    vouchers = [_voucher(entry, datetime.date(*day)) for entry, day in enumerate(days, 1)]
    lines = {head.entry: [_line(head, a, fen) for e, a, fen in moves if e == head.entry] for head in vouchers}
    (pair,) = pairs(vouchers, lines, 31)
    assert (pair.first.entry, pair.second.entry, pair.crosses) == (1, 2, False)
    assert not pairs(vouchers, lines, 30)


def test_a_note_never_decides_how_a_check_ended() -> None:
    method = Method(2, Text("凭证", "vouchers"), (Text("3 天", "3 days"),))
    note = method.said(7)
    assert note == ("总体：凭证 n=7；方法第 2 版：3 天", "population: vouchers, n=7; method v2: 3 days")
    assert examined(7, note=note).status is Status.CLEAN
    assert examined(0, note=note).status is examined(0).status
    assert examined(7, untested=(Text("缺", "missing"),), note=note).status is Status.NOT_PERFORMED
