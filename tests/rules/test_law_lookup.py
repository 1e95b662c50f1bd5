"""One small law made by hand: which value answers on which day, in which region, and what is said where none does."""

from __future__ import annotations

import datetime
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from ledger.union import Standard, UnionProfile
from rules.law import (
    Gap,
    Instrument,
    Law,
    NoParameter,
    Parameter,
    ParameterValue,
    ValueKind,
    ValueStatus,
    region_chain,
)

UNION = UnionProfile("某市第一医院工会委员会", "", "grassroots", "340503")


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


def value(region: str, since: str, until: str | None, number: str | None, kind: str = "maximum") -> ParameterValue:
    return ParameterValue(
        key="gift.cap",
        region=region,
        in_force_from=day(since),
        until=day(until) if until else None,
        value=Decimal(number) if number else None,
        unit="yuan",
        kind=ValueKind(kind),
        status=ValueStatus.VERIFIED,
        instrument="某办法",
        article="第一条",
    )


CITY = value("340500", "2020-03-01", "2020-03-31", "300.50")
PROVINCE = value("340000", "2019-01-01", "2021-12-31", "200")
NATION = value("CN", "2018-01-01", None, "100")
GAP = Gap("340000", day("2022-01-01"), day("2022-06-30"), "办法正在修订")
LATER = value("340000", "2023-01-01", "2023-12-31", None, "delegated")
ENDED = value("340000", "2024-01-01", None, None, "repealed")
CAP = Parameter("gift.cap", "慰问上限", "gift cap", "yuan", (CITY, PROVINCE, NATION, LATER, ENDED), gaps=(GAP,))
LAW = Law({"gift.cap": CAP, "gift.times": replace(CAP, key="gift.times"), "meal.cap": CAP}, {}, "1")


def number(on: str, region: str = "340503", **more: object) -> Decimal | str:
    """The number in force, or why there is none."""
    try:
        return LAW.value("gift.cap", day(on), replace(UNION, region=region, **more)).number  # type: ignore[arg-type]
    except NoParameter as absent:
        return absent.zh


def test_a_region_stands_below_its_city_its_province_and_the_nation() -> None:
    assert region_chain("340503") == ("340503", "340500", "340000", "CN")
    assert region_chain("340500") == ("340500", "340000", "CN")
    assert region_chain("340000") == ("340000", "CN")
    assert region_chain("110105") == ("110105", "110100", "110000", "CN")
    assert region_chain("654322") == ("654322", "654300", "650000", "CN")


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        ("2018-12-31", "100"),
        ("2019-01-01", "200"),
        ("2020-02-29", "200"),
        ("2020-03-01", "300.50"),
        ("2020-03-31", "300.50"),
        ("2020-04-01", "200"),
        ("2021-12-31", "200"),
        ("2022-07-01", "100"),
        ("2022-12-31", "100"),
    ],
)
def test_the_nearest_region_answers_from_its_first_day_to_its_last(on: str, expected: str) -> None:
    assert number(on) == Decimal(expected)


def test_before_every_value_there_is_none() -> None:
    said = number("2017-12-31")
    assert said == (
        "无法判定：缺依据。参数 gift.cap（慰问上限）在 2017-12-31、地区 340503 → 340500 → 340000 → CN 没有可用的值"
    )


def test_a_gap_is_undecided_on_both_its_days_and_only_below_its_region() -> None:
    for inside in ("2022-01-01", "2022-06-30"):
        assert str(number(inside)).endswith("没有可用的值（办法正在修订）")
        assert number(inside, "110105") == Decimal(100)
    assert number("2021-12-31", "340000") == Decimal(200)
    assert number("2022-07-01", "340000") == Decimal(100)


def test_what_is_delegated_or_repealed_does_not_fall_back_on_the_nation() -> None:
    assert str(number("2023-06-01")).endswith("（由下级规定，尚无规定）")
    assert str(number("2024-01-01")).endswith("（已废止）")
    noted = Law({"gift.cap": replace(CAP, values=(replace(LATER, note="由市总工会定"),))}, {}, "1")
    with pytest.raises(NoParameter, match="（由下级规定，由市总工会定）"):
        noted.value("gift.cap", day("2023-06-01"), UNION)


def test_the_unions_own_standard_answers_from_its_first_day_to_its_last() -> None:
    own = Standard("gift.cap", Decimal("7.5"), day("2020-03-10"), day("2020-03-20"), "本会办法", "第二条")
    days = ("2020-03-09", "2020-03-10", "2020-03-20", "2020-03-21")
    assert [number(on, standards=(own,)) for on in days] == [
        Decimal("300.50"),
        Decimal("7.5"),
        Decimal("7.5"),
        Decimal("300.50"),
    ]
    open_still = replace(own, until=None)
    found = LAW.value("gift.cap", day("2030-01-01"), replace(UNION, standards=(open_still,)))
    assert (found.fen, found.unit, found.status, found.region) == (750, "yuan", ValueStatus.STANDARD, "union")
    assert (found.in_force_from, found.until, found.fraction) == (day("2020-03-10"), None, Fraction(15, 2))
    other = replace(open_still, key="meal.cap")
    assert number("2018-06-01", standards=(other,)) == Decimal(100)


def test_a_standard_takes_the_unit_of_its_parameter_and_is_yuan_without_one() -> None:
    days = replace(CAP, unit="day")
    own = Standard("gift.cap", Decimal(3), day("2020-01-01"), None, "本会办法", "")
    profile = replace(UNION, standards=(own, replace(own, key="own.cap")))
    law = Law({"gift.cap": days}, {}, "1")
    assert law.value("gift.cap", day("2020-01-01"), profile).unit == "day"
    assert law.value("own.cap", day("2020-01-01"), profile).unit == "yuan"
    with pytest.raises(NoParameter, match=r"参数 none（none）.*（没有这个参数）"):
        law.value("none", day("2020-01-01"), profile)


def test_an_answer_may_turn_where_a_gap_of_the_region_begins_and_ends() -> None:
    turns = {day("2018-01-01"), day("2019-01-01"), day("2020-03-01"), day("2020-04-01"), day("2022-01-01")}
    turns |= {day("2022-07-01"), day("2023-01-01"), day("2024-01-01")}
    assert set(LAW.turns("gift.cap", UNION)) == turns
    assert LAW.turns("gift.cap", replace(UNION, region="310000")) == (day("2018-01-01"),)
    assert LAW.turns("none", UNION) == ()


def test_only_yuan_are_an_amount() -> None:
    assert CITY.fen == 30050
    for none in (replace(CITY, unit="day"), replace(CITY, value=None)):
        with pytest.raises(ValueError, match=r"gift\.cap is no amount"):
            _ = none.fen


@pytest.mark.parametrize(
    ("number", "fraction", "text"),
    [("0.02", None, "0.02"), ("0.5", Fraction(1, 2), "0.5"), ("0.6667", Fraction(2, 3), "2/3"), (None, None, "")],
)
def test_a_value_as_the_law_writes_it(number: str | None, fraction: Fraction | None, text: str) -> None:
    assert replace(CITY, value=Decimal(number) if number else None, fraction=fraction).text == text


def test_an_instrument_without_a_number_has_none_in_its_title() -> None:
    made = Instrument(
        "k", "某办法", "某工发〔2020〕1号", "某", None, None, "read", "s", {"第一条 （一）": "甲", "第二条": "乙"}
    )
    assert made.full_title == "《某办法》（某工发〔2020〕1号）"
    assert replace(made, number="").full_title == "《某办法》"
    assert (made.words("第一条"), made.words("第二条"), made.words("第三条")) == ("甲", "乙", "")
