"""How the contribution is collected may change: union.toml says until when it was otherwise."""

from __future__ import annotations

import datetime

import pytest

from ledger.example.term.identity import DIRECT_UNTIL, PROFILE
from ledger.union import ProfileError, parse_profile
from ledger.writer import profile_text

DAY = datetime.timedelta(days=1)
HEAD = '[union]\nname = "某工会"\nregion = "340500"\n\n[funds]\ncollection = "tax"\n'


def test_the_profile_reads_back_as_it_was_written() -> None:
    assert parse_profile(profile_text(PROFILE)) == PROFILE


def test_the_way_of_a_day_is_that_of_its_wages() -> None:
    assert PROFILE.collection_on(DIRECT_UNTIL) == "direct"
    assert PROFILE.collection_on(DIRECT_UNTIL + DAY) == "tax"
    assert PROFILE.collections(DIRECT_UNTIL - DAY, DIRECT_UNTIL) == {"direct"}
    assert PROFILE.collections(DIRECT_UNTIL, DIRECT_UNTIL + DAY) == {"direct", "tax"}
    assert PROFILE.collections(DIRECT_UNTIL + DAY, DIRECT_UNTIL + 400 * DAY) == {"tax"}


def test_three_ways_one_after_the_other() -> None:
    earlier = "".join(
        f'[[funds.earlier]]\ncollection = "{way}"\nuntil = {until}\n'
        for way, until in (("direct", "2019-12-31"), ("treasury", "2022-12-31"))
    )
    profile = parse_profile(HEAD + earlier)
    ways = [profile.collection_on(datetime.date(year, 7, 1)) for year in (2019, 2020, 2022, 2023)]
    assert ways == ["direct", "treasury", "treasury", "tax"]
    assert profile.collections(datetime.date(2019, 1, 1), datetime.date(2023, 1, 1)) == {"direct", "treasury", "tax"}


@pytest.mark.parametrize(
    ("earlier", "said"),
    [
        ('[[funds.earlier]]\ncollection = "direct"\n', "缺少这种收缴方式的最后一日"),
        ('[[funds.earlier]]\ncollection = "cash"\nuntil = 2022-12-31\n', "“cash”不可用"),
        ('[[funds.earlier]]\ncollection = "direct"\nuntil = 2022-12-31\nform = "1"\n', "未知的键"),
        (
            '[[funds.earlier]]\ncollection = "direct"\nuntil = 2022-12-31\n'
            '[[funds.earlier]]\ncollection = "treasury"\nuntil = 2022-12-31\n',
            "按日期先后排列",
        ),
    ],
    ids=["no-day", "no-such-way", "unknown-key", "out-of-order"],
)
def test_every_fault_says_the_way_out(earlier: str, said: str) -> None:
    with pytest.raises(ProfileError, match=said):
        parse_profile(HEAD + earlier)
