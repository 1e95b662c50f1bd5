"""Working days of China, with the holidays and make-up days that the State Council announces year by year.

Announced years come from `chinesecalendar`; `workdays.toml` adds years that it does not have yet and corrects
those it has wrong. A year in neither is refused with `NoCalendar`: weekends alone are no calendar.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from types import MappingProxyType
from typing import Any, NamedTuple

import chinese_calendar  # type: ignore[import-untyped]

from rules.finding import Text
from rules.journal.festivals import NoFestivals, festivals
from rules.law_loader import data_texts
from rules.law_schema import Cursor, LawError, LawFault

FILE = "journal/workdays.toml"
_FRIDAY = 4
_DAY = datetime.timedelta(days=1)
_CHINESE: Mapping[str, str] = MappingProxyType(
    {
        "New Year's Day": "元旦",
        "Spring Festival": "春节",
        "Tomb-sweeping Day": "清明",
        "Labour Day": "劳动节",
        "Dragon Boat Festival": "端午",
        "Mid-autumn Festival": "中秋",
        "National Day": "国庆",
        "Anti-Fascist 70th Day": "抗战胜利70周年纪念日",
    }
)


class DayKind(StrEnum):
    """What a day is: an ordinary working day, a weekend worked to make up, a weekend, or a day of a holiday."""

    WORKING = "working"
    MAKE_UP = "make-up"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"


class Standing(NamedTuple):
    """The kind of a day and the holiday that it belongs to or makes up for; empty where there is none."""

    kind: DayKind
    holiday: str = ""

    @property
    def rest(self) -> bool:
        """Whether people rest on that day."""
        return self.kind in (DayKind.WEEKEND, DayKind.HOLIDAY)


class NoCalendar(LookupError):
    """A year whose holidays are not known; the message says so in Chinese, `text` in both languages."""

    def __init__(self, year: int) -> None:
        self.year = year
        self.text = Text(
            f"{year} 年的节假日和调休安排未收录（公布后写入 {FILE}），不猜测哪天上班",
            f"the holidays and make-up days of {year} are not on file: no guess is made",
        )
        super().__init__(self.text.zh)


@dataclass(frozen=True)
class Arrangement:
    """The announced holidays and make-up days of one year, with the notice that announces them."""

    year: int
    instrument: str
    holidays: Mapping[datetime.date, str]
    workdays: frozenset[datetime.date]


@cache
def arrangements() -> Mapping[int, Arrangement]:
    """Return the years of `workdays.toml`; raises LawError with every fault of the file."""
    return parse_arrangements(data_texts("journal")[FILE])


def parse_arrangements(text: str) -> Mapping[int, Arrangement]:
    """Return the arrangements that a data file declares, by year, or raise LawError with every fault."""
    faults: list[LawFault] = []
    cursor = Cursor(FILE, faults)
    data = cursor.toml(text)
    cursor.known(data, ("years",))
    found: dict[int, Arrangement] = {}
    for number, entry in enumerate(cursor.tables("years", data.get("years", [])), 1):
        made = _arrangement(cursor.at(f"第{number}个年份"), entry)
        if made and made.year in found:
            cursor.at(str(made.year)).fault("这个年份写了两次", "合并为一个")
        if made:
            found[made.year] = made
    if faults:
        raise LawError(faults)
    return MappingProxyType(found)


def _arrangement(cursor: Cursor, entry: Mapping[str, Any]) -> Arrangement | None:
    cursor.known(entry, ("year", "instrument", "holidays", "workdays"))
    year = entry.get("year")
    instrument = cursor.text("instrument", entry.get("instrument"))
    if not isinstance(year, int):
        cursor.fault("缺少“year”，或它不是年份", "写作 year = 2027")
        return None
    here = cursor.at(str(year))
    holidays: dict[datetime.date, str] = {}
    for span in here.tables("holidays", entry.get("holidays")):
        here.known(span, ("name", "from", "to"), "holidays.")
        name = here.text("holidays.name", span.get("name"))
        since, until = (here.day(f"holidays.{end}", span.get(end)) for end in ("from", "to"))
        if since and until and not since <= until:
            here.fault(f"“{name}”的起止颠倒", "from 不晚于 to")
        elif since and until:
            holidays |= dict.fromkeys((since + _DAY * n for n in range((until - since).days + 1)), name)
    listed = entry.get("workdays", [])
    workdays = {day for n, value in enumerate(listed, 1) if (day := here.day(f"workdays[{n}]", value))}
    _check(here, year, holidays, workdays)
    return Arrangement(year, instrument, MappingProxyType(holidays), frozenset(workdays))


def _check(cursor: Cursor, year: int, holidays: Mapping[datetime.date, str], workdays: set[datetime.date]) -> None:
    for day in sorted({*holidays, *workdays}):
        if day.year != year:
            cursor.fault(f"{day} 不在 {year} 年", "写到它自己的年份下")
    for day in sorted(workdays):
        if day.weekday() <= _FRIDAY or day in holidays:
            cursor.fault(f"调休上班日 {day} 不是周末，或同时放假", "核对通知原文")
    try:
        known: Mapping[str, datetime.date] = festivals(year)
    except NoFestivals as unknown:
        cursor.fault(str(unknown), "先补节日表")
        return
    for name, day in known.items():
        if day not in holidays and day.weekday() <= _FRIDAY:
            cursor.fault(f"{name}（{day}）不在放假的日子里", "核对通知原文")


@cache
def standing(day: datetime.date) -> Standing:
    """Return what a day is; raises NoCalendar for a year that was not announced or is not on file."""
    own = arrangements().get(day.year)
    weekend = day.weekday() > _FRIDAY
    if own is not None:
        if day in own.workdays:
            return Standing(DayKind.MAKE_UP)
        if day in own.holidays:
            return Standing(DayKind.HOLIDAY, own.holidays[day])
        return Standing(DayKind.WEEKEND if weekend else DayKind.WORKING)
    try:
        rest, name = chinese_calendar.get_holiday_detail(day)
    except NotImplementedError:  # how the package says that it has no such year
        raise NoCalendar(day.year) from None
    holiday = _CHINESE.get(name, name) if name else ""
    if rest:
        return Standing(DayKind.HOLIDAY if holiday else DayKind.WEEKEND, holiday)
    return Standing(DayKind.MAKE_UP if holiday else DayKind.WORKING, holiday)
