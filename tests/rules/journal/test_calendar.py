"""Festivals and working days, held to what the State Council published and to two independent computations."""

from __future__ import annotations

import datetime
from pathlib import Path

import chinese_calendar  # type: ignore[import-untyped]
import pytest

from rules.journal.calendar import DayKind, NoCalendar, parse_arrangements, standing
from rules.journal.festivals import NoFestivals, festivals
from rules.law_schema import LawError
from tests.rules.journal import almanac

ROOT = Path(__file__).parents[3]
HOLIDAY = {
    "春节": "Spring Festival",
    "清明": "Tomb-sweeping Day",
    "端午": "Dragon Boat Festival",
    "中秋": "Mid-autumn Festival",
}
Day = datetime.date


def test_the_table_is_what_the_script_prints() -> None:
    shipped = (ROOT / "rules" / "journal" / "festivals.csv").read_text(encoding="utf-8")
    assert shipped.splitlines() == list(almanac.rows())


@pytest.mark.parametrize("year", range(2008, 2027))
def test_festivals_lie_in_the_holidays_that_were_announced(year: int) -> None:
    """Since 2008 all four festivals are holidays; two that fall on one day are announced under one name."""
    for name, day in festivals(year).items():
        rest, holiday = chinese_calendar.get_holiday_detail(day)
        assert rest, (name, day)
        shared = {"National Day", "Mid-autumn Festival"} if name == "中秋" else {HOLIDAY[name]}
        assert holiday in {*shared, None}, (name, day, holiday)


def test_festivals_agree_with_another_computation() -> None:
    lunar = pytest.importorskip("lunar_python", reason="lunar-python is not installed")
    for year in range(2000, 2051):
        found = festivals(year)
        for name, month, day in (("春节", 1, 1), ("端午", 5, 5), ("中秋", 8, 15)):
            assert found[name].isoformat() == lunar.Lunar.fromYmd(year, month, day).getSolar().toYmd()
        terms = lunar.Lunar.fromYmd(year, 1, 1).getJieQiTable()
        assert found["清明"].isoformat() == terms["清明"].toYmd()


def test_published_festivals() -> None:
    """Dates of the notices of 国务院办公厅 on holidays, and the year 2033 with its late leap month."""
    assert festivals(2025)["春节"] == Day(2025, 1, 29)
    assert festivals(2020)["端午"] == Day(2020, 6, 25)
    assert festivals(2023)["中秋"] == Day(2023, 9, 29)
    assert festivals(2024)["清明"] == Day(2024, 4, 4)
    assert festivals(2034)["春节"] == Day(2034, 2, 19)
    with pytest.raises(NoFestivals):
        festivals(2051)


def test_working_days_of_2025() -> None:
    """国务院办公厅关于2025年部分节假日安排的通知: five weekends are worked."""
    for day in (Day(2025, 1, 26), Day(2025, 2, 8), Day(2025, 4, 27), Day(2025, 9, 28), Day(2025, 10, 11)):
        assert standing(day).kind is DayKind.MAKE_UP
        assert not standing(day).rest
    assert standing(Day(2025, 10, 6)) == (DayKind.HOLIDAY, "中秋")
    assert standing(Day(2025, 9, 21)).kind is DayKind.WEEKEND
    assert standing(Day(2025, 9, 22)).kind is DayKind.WORKING


def test_a_year_that_was_not_announced_is_refused() -> None:
    with pytest.raises(NoCalendar) as absent:
        standing(Day(2040, 5, 1))
    assert "2040" in absent.value.text.zh


ANNOUNCED = """
[[years]]
year = 2035
instrument = "某通知"
holidays = [
    { name = "春节", from = 2035-02-07, to = 2035-02-13 },
    { name = "清明", from = 2035-04-05, to = 2035-04-07 },
    { name = "中秋", from = 2035-09-16, to = 2035-09-17 },
]
workdays = [2035-02-04]
"""


def test_an_announced_year_is_read() -> None:
    made = parse_arrangements(ANNOUNCED)[2035]
    assert made.holidays[Day(2035, 2, 8)] == "春节"
    assert made.workdays == {Day(2035, 2, 4)}


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("2035-02-04]", "2035-02-05]", "不是周末"),
        (
            "from = 2035-02-07, to = 2035-02-13",
            "from = 2035-02-09, to = 2035-02-13",
            "春节（2035-02-08）不在放假的日子里",
        ),
        ("from = 2035-04-05, to = 2035-04-07", "from = 2035-04-07, to = 2035-04-05", "起止颠倒"),
        ("year = 2035", 'year = "2035"', "year"),
        ("workdays", "workday", "workday"),
        ("2035-02-04]", "2036-02-02]", "不在 2035 年"),
    ],
)
def test_a_faulty_arrangement_is_refused(old: str, new: str, fault: str) -> None:
    with pytest.raises(LawError, match=r"workdays\.toml") as error:
        parse_arrangements(ANNOUNCED.replace(old, new))
    assert fault in str(error.value)


def test_a_year_is_written_once() -> None:
    with pytest.raises(LawError, match="两次"):
        parse_arrangements(ANNOUNCED + ANNOUNCED)
