"""The period of an audit or a report as people write it: a year, a month, or `from..to`."""

from __future__ import annotations

import calendar
import datetime
import re
from typing import NamedTuple

_POINT = re.compile(r"(?P<year>\d{4})(-(?P<month>\d{2})(-(?P<day>\d{2}))?)?")
_FIRST_YEAR = 1949  # no book of an existing union is older; a typing slip such as 0205 is
_FORMS = "2025, 2025-03, 2025-01..2025-06, 2025-01-01..2025-06-30"


class PeriodError(ValueError):
    """A text that is no period; `zh` and `en` say why and how to write one."""

    def __init__(self, text: str, zh: str, en: str) -> None:
        self.zh = f"期间“{text}”不可用：{zh}。写法：{_FORMS.replace(', ', '、')}"
        self.en = f"{text!r} is no period: {en}. Write {_FORMS}"
        super().__init__(self.zh)


class Period(NamedTuple):
    """A period of days, both inclusive."""

    since: datetime.date
    until: datetime.date


def parse_period(text: str) -> Period:
    """Return the period that a text names: `2025`, `2025-03`, `2025-01..2025-06`, `2025-01-01..2025-06-30`.

    The two ends of a range may be of different precision. Raises PeriodError for anything else.
    """
    ends = text.strip().split("..")
    if len(ends) > 2 or not all(ends):
        raise PeriodError(text, "起止之间写两个英文句点", "write two full stops between its ends")
    since, until = _point(ends[0], text).since, _point(ends[-1], text).until
    if until < since:
        raise PeriodError(text, f"止日 {until} 早于起日 {since}", f"it ends on {until}, before {since}")
    return Period(since, until)


def _point(part: str, whole: str) -> Period:
    match = _POINT.fullmatch(part)
    if match is None or not part.isascii():
        raise PeriodError(whole, f"“{part}”不是年、年-月或年-月-日", f"{part!r} is no year, month or day")
    year = int(match["year"])
    if year < _FIRST_YEAR:
        raise PeriodError(whole, f"“{part}”的年份过早", f"{part!r} is too early")
    try:
        if match["day"]:
            day = datetime.date(year, int(match["month"]), int(match["day"]))
            return Period(day, day)
        if match["month"]:
            return _whole_month(year, int(match["month"]))
    except ValueError:
        raise PeriodError(whole, f"日历上没有“{part}”", f"the calendar has no {part!r}") from None
    return Period(datetime.date(year, 1, 1), datetime.date(year, 12, 31))


def _whole_month(year: int, month: int) -> Period:
    first = datetime.date(year, month, 1)
    return Period(first, first.replace(day=calendar.monthrange(year, month)[1]))
