"""The law as shipped and as generated: the value of a day is the last one not later than it, else no value."""

from __future__ import annotations

import datetime
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.union import Standard, UnionProfile
from rules.law import (
    Law,
    Laxer,
    NoParameter,
    Parameter,
    ParameterValue,
    ValueKind,
    ValueStatus,
    region_chain,
)
from rules.law_loader import load_law
from rules.law_schema import without_space

DAY = datetime.timedelta(days=1)
LAW = load_law()
FIRST, LAST = datetime.date(2009, 1, 1), datetime.date(2027, 12, 31)

# Names that files of unions (`[[standards]]`) use; they are never dropped or renamed.
CONTRACT_KEYS = (
    "dues.rate",
    "dues.topup_multiple",
    "contribution.rate",
    "contribution.retained_share",
    "contribution.due_day",
    "contribution.late_fee_daily",
    "holiday.annual_cap",
    "birthday.cap",
    "marriage.cap",
    "birth.cap",
    "hospital.cap",
    "death.member_cap",
    "death.kin_cap",
    "retirement.cap",
    "hardship.cap",
    "award.share",
    "award.individual_cap",
    "award.team_cap",
    "souvenir.cap",
    "clothing.annual_cap",
    "meal.cap",
    "outing.max_per_year",
    "outing.max_nights",
    "outing.day_cap",
    "coupon.max_per_year",
    "control.resolution_threshold",
    "control.quote_threshold",
    "control.contract_threshold",
    "cash.payment_limit",
    "cash.holding_limit",
    "asset.general_threshold",
    "asset.special_threshold",
    "budget.max_revisions",
)


def union(region: str, *standards: Standard) -> UnionProfile:
    """Return a union in a region."""
    return UnionProfile(name="某工会", code="", level="grassroots", region=region, standards=standards)


def answer(key: str, day: str, region: str) -> Decimal | None:
    """Return the number in force, None where the law has none."""
    try:
        return LAW.value(key, datetime.date.fromisoformat(day), union(region)).number
    except NoParameter:
        return None


regions = st.sampled_from(
    [
        *sorted({v.region for p in LAW.parameters.values() for v in p.values if v.region != "CN"}),
        *("340503", "110105", "310101", "650000", "710000"),
    ]
)
days = st.dates(FIRST, LAST)
keys = st.sampled_from(sorted(LAW.parameters))


@pytest.mark.parametrize("key", CONTRACT_KEYS)
def test_contract_key_is_there(key: str) -> None:
    assert LAW.parameters[key].values


@given(keys, days, regions)
def test_value_is_the_last_one_not_later_else_none(key: str, day: datetime.date, region: str) -> None:
    expected = None
    for step in region_chain(region):
        begun = [v for v in LAW.parameters[key].values if v.region == step and v.in_force_from <= day]
        latest = max(begun, key=lambda v: v.in_force_from, default=None)
        if latest is not None and (latest.until is None or day <= latest.until):
            expected = latest
            break
        if any(gap.region == step and gap.since <= day <= gap.until for gap in LAW.parameters[key].gaps):
            break
    if expected is None or expected.value is None:
        with pytest.raises(NoParameter) as caught:
            LAW.value(key, day, union(region))
        assert key in caught.value.zh
        assert day.isoformat() in caught.value.zh
        assert region in caught.value.zh
        assert key in caught.value.en
    else:
        assert LAW.value(key, day, union(region)) == expected


@given(keys, days, regions, st.booleans())
def test_an_answer_stays_from_one_turn_to_the_next(key: str, day: datetime.date, region: str, own: bool) -> None:
    standard = Standard(key, Decimal(7), datetime.date(2015, 3, 1), datetime.date(2019, 6, 30), "某办法")
    profile = union(region, *([standard] if own else []))
    turns = LAW.turns(key, profile)
    begun = max((turn for turn in turns if turn <= day), default=datetime.date(2000, 1, 1))
    assert _answer(key, day, profile) == _answer(key, min(begun, day), profile)
    if own:
        assert {standard.since, datetime.date(2019, 7, 1)} <= set(turns)


def _answer(key: str, day: datetime.date, profile: UnionProfile) -> ParameterValue | None:
    try:
        return LAW.value(key, day, profile)
    except NoParameter:
        return None


def test_every_region_and_key_resolves_or_is_undecided_in_every_month() -> None:
    known = sorted({v.region for p in LAW.parameters.values() for v in p.values} - {"CN"})
    for region in known:
        profile = union(region)
        for key in LAW.parameters:
            for year in range(FIRST.year, LAST.year + 1):
                for month in (1, 4, 7, 10):
                    try:
                        found = LAW.value(key, datetime.date(year, month, 1), profile)
                    except NoParameter:
                        continue
                    assert found.value is not None


@pytest.mark.parametrize(
    ("key", "value"),
    [
        pytest.param(key, value, id=f"{key}:{value.id}:{value.region}")
        for key, parameter in LAW.parameters.items()
        for value in parameter.values
    ],
)
def test_day_before_of_and_after_each_change(key: str, value: ParameterValue) -> None:
    where = union("340503" if value.region == "CN" else value.region)
    parameter = LAW.parameters[key]

    def own(day: datetime.date) -> ParameterValue | None:
        return LAW._in_force(parameter, value.region, day)

    assert own(value.in_force_from) == value == own(value.in_force_from + DAY if value.until is None else value.until)
    before = own(value.in_force_from - DAY)
    assert before is None or (before != value and before.until == value.in_force_from - DAY)
    if value.until is not None:
        after = own(value.until + DAY)
        assert after is None or (after != value and after.in_force_from == value.until + DAY)
    if value.value is not None and value.region != "CN":
        assert LAW.value(key, value.in_force_from, where) == value


@pytest.mark.parametrize(
    ("key", "day", "region", "expected"),
    [
        ("contribution.rate", "2021-12-31", "340500", "0.02"),
        ("contribution.rate", "2022-01-01", "340500", "0.02"),
        ("contribution.rate", "2009-08-26", "340500", None),
        ("contribution.due_day", "2016-01-01", "110105", "15"),
        ("contribution.due_day", "2015-12-31", "110105", None),
        ("contribution.due_day", "2025-06-01", "340500", None),
        ("contribution.late_fee_daily", "2025-06-01", "110000", "0.005"),
        ("contribution.late_fee_daily", "2025-06-01", "500000", "0.005"),
        ("contribution.late_fee_cap_share", "2025-06-01", "500000", "1"),
        ("contribution.late_fee_daily", "2025-06-01", "310000", None),
        ("dues.topup_multiple", "2025-03-19", "340500", "3"),
        ("dues.topup_multiple", "2025-03-20", "340500", None),
        ("dues.topup_multiple", "2025-07-30", "610200", None),
        ("dues.topup_multiple", "2025-07-31", "610200", "4"),
        ("holiday.annual_cap", "2018-03-11", "340500", "1000"),
        ("holiday.annual_cap", "2018-03-12", "340500", "1500"),
        ("holiday.annual_cap", "2021-06-01", "340500", None),
        ("holiday.annual_cap", "2025-08-20", "340500", "2000"),
        ("holiday.annual_cap", "2025-08-21", "340500", "2200"),
        ("holiday.annual_cap", "2018-12-31", "370000", "1600"),
        ("holiday.annual_cap", "2019-01-01", "370000", "2000"),
        ("holiday.annual_cap", "2025-01-01", "110000", None),
        ("birthday.cap", "2025-08-20", "340503", "300"),
        ("birthday.cap", "2025-08-21", "340503", "500"),
        ("outing.max_nights", "2025-03-19", "340500", "0"),
        ("outing.max_nights", "2025-03-20", "340500", None),
        ("outing.max_nights", "2025-03-19", "310000", "0"),
        ("outing.max_nights", "2025-03-20", "310000", "1"),
        ("outing.max_per_year", "2026-01-05", "340500", None),
        ("outing.max_per_year", "2026-01-06", "340500", "4"),
        ("coupon.max_per_year", "2025-03-19", "340500", None),
        ("coupon.max_per_year", "2025-03-20", "340500", "1"),
        ("asset.general_threshold", "2009-12-31", "340500", None),
        ("asset.general_threshold", "2021-12-31", "340500", "500"),
        ("asset.general_threshold", "2022-01-01", "340500", "1000"),
        ("asset.special_threshold", "2021-12-31", "340500", "800"),
        ("asset.special_threshold", "2022-01-01", "340500", "1500"),
        ("cash.payment_limit", "2025-01-01", "340500", "1000"),
        ("retreat.day_cap", "2026-01-01", "340500", "400"),
        ("retreat.day_cap", "2026-01-01", "340100", None),
        ("asset.life_min.medical_equipment", "2022-01-01", "340500", "5"),
        ("asset.life_max.medical_equipment", "2022-01-01", "340500", "10"),
    ],
)
def test_known_value(key: str, day: str, region: str, expected: str | None) -> None:
    assert answer(key, day, region) == (None if expected is None else Decimal(expected))


def test_award_share_is_two_thirds_exactly() -> None:
    found = LAW.value("award.share", datetime.date(2024, 1, 1), union("320000"))
    assert found.fraction == Fraction(2, 3)
    assert 10 * found.fraction >= 6
    assert Fraction(2, 3) * 9 == 6


def test_gap_says_why() -> None:
    with pytest.raises(NoParameter, match="不能判定"):
        LAW.value("holiday.annual_cap", datetime.date(2021, 6, 1), union("340500"))


def test_category_leads_to_its_key() -> None:
    assert LAW.key_of("asset.life_min", "计算机设备") == "asset.life_min.computer"
    assert LAW.key_of("asset.life_max", "计算机设备") is None
    assert LAW.key_of("asset.life_min", "没有的类别") is None


@given(days, st.decimals(0, 10**6, places=2))
def test_standard_comes_first_while_it_is_in_force(day: datetime.date, number: Decimal) -> None:
    since, until = datetime.date(2015, 1, 1), datetime.date(2024, 12, 31)
    own = Standard("contribution.rate", number, since, until, "某办法")
    try:
        found = LAW.value("contribution.rate", day, union("340500", own))
    except NoParameter:
        assert day < datetime.date(2009, 8, 27)
        return
    assert (found.status is ValueStatus.STANDARD) == (since <= day <= until)
    if found.status is ValueStatus.STANDARD:
        assert (found.value, found.fraction) == (number, Fraction(number))


def test_standard_answers_where_the_law_delegates() -> None:
    own = Standard("control.resolution_threshold", Decimal(50000), datetime.date(2020, 1, 1), None, "某办法")
    assert answer("control.resolution_threshold", "2025-01-01", "340500") is None
    found = LAW.value("control.resolution_threshold", datetime.date(2025, 1, 1), union("340500", own))
    assert found.fen == 5_000_000


VALUES = [(p, v) for p in LAW.parameters.values() for v in p.values]


def test_every_cited_instrument_exists() -> None:
    assert {v.instrument for _, v in VALUES} <= set(LAW.instruments)


def test_verified_values_quote_their_article() -> None:
    verified = [v for _, v in VALUES if v.status is ValueStatus.VERIFIED]
    assert len(verified) > 60
    for v in verified:
        instrument = LAW.instruments[v.instrument]
        assert instrument.certainty == "read"
        assert v.quote
        assert without_space(v.quote) in without_space(instrument.articles[v.article])


def test_only_instruments_that_were_read_carry_words() -> None:
    for instrument in LAW.instruments.values():
        assert bool(instrument.articles) == (instrument.certainty == "read"), instrument.key
        assert instrument.source


def test_words_of_an_article() -> None:
    system = LAW.instruments["accounting-system-2021"]
    assert system.words("第二十二条") == system.articles["第二十二条"]
    dues = system.words("附录1 第401号科目")
    assert dues.startswith(system.articles["附录1 第401号科目 一"])
    assert dues.count("\n") == 3
    assert system.words("附录1 第40号科目") == ""
    assert LAW.instruments["grassroots-funds-2017"].words("第八条") == ""


def test_no_person_is_claimed_to_have_checked() -> None:
    assert all(v.checked is None for _, v in VALUES)


def test_direction_fits_the_kind() -> None:
    for p, v in VALUES:
        if v.kind is ValueKind.MAXIMUM:
            assert p.laxer is not Laxer.LOWER, p.key
        if v.kind is ValueKind.MINIMUM:
            assert p.laxer is not Laxer.HIGHER, p.key


def test_shares_are_fractions_of_one() -> None:
    for p, v in VALUES:
        if p.unit == "share" and v.value is not None:
            assert 0 < v.value <= 1, v.id


def test_an_unknown_start_has_a_note() -> None:
    for _, v in VALUES:
        if v.status is ValueStatus.UNVERIFIED and v.in_force_from.month == v.in_force_from.day == 1:
            source = LAW.instruments[v.instrument]
            assert v.note or source.in_force_from == v.in_force_from, (v.key, v.id)


numbers = st.integers(1, 9999).map(lambda n: Fraction(n, 100))


@st.composite
def histories(draw: st.DrawFn) -> tuple[ParameterValue, ...]:
    """One region's values: one after another, the last open."""
    starts = sorted(draw(st.lists(st.dates(FIRST, LAST), min_size=1, max_size=6, unique=True)))
    ends = [*(later - DAY for _, later in pairwise(starts)), None]
    return tuple(
        ParameterValue(
            key="some.cap",
            region="CN",
            in_force_from=start,
            until=end,
            value=Decimal(draw(st.integers(1, 9999))),
            unit="yuan",
            kind=ValueKind.MAXIMUM,
            status=ValueStatus.UNVERIFIED,
            instrument="measures",
            article="",
            id=f"v{number}",
        )
        for number, (start, end) in enumerate(zip(starts, ends, strict=True))
    )


@given(histories(), st.randoms(use_true_random=False), days)
def test_order_of_entries_does_not_matter(
    values: tuple[ParameterValue, ...], random: object, day: datetime.date
) -> None:
    shuffled = list(values)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    begun = [v for v in values if v.in_force_from <= day]
    law = Law({"some.cap": Parameter("some.cap", "某上限", "some cap", "yuan", tuple(shuffled))}, {}, "")
    if not begun:
        with pytest.raises(NoParameter):
            law.value("some.cap", day, union("340500"))
    else:
        assert law.value("some.cap", day, union("340500")) == begun[-1]


@given(days, st.lists(st.sampled_from(["CN", "340000", "340500", "340503"]), min_size=1, unique=True))
def test_nearest_region_wins(day: datetime.date, having: list[str]) -> None:
    values = tuple(
        ParameterValue(
            key="some.cap",
            region=region,
            in_force_from=FIRST,
            until=None,
            value=Decimal(1),
            unit="yuan",
            kind=ValueKind.EXACT,
            status=ValueStatus.UNVERIFIED,
            instrument="measures",
            article="",
        )
        for region in having
    )
    law = Law({"some.cap": Parameter("some.cap", "某上限", "some cap", "yuan", values)}, {}, "")
    nearest = next(r for r in ("340503", "340500", "340000", "CN") if r in having)
    assert law.value("some.cap", day, union("340503")).region == nearest
