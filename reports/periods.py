"""Periods as headings print them."""

from __future__ import annotations

import calendar
import datetime

from reports.words import day_text


def is_whole_year(since: datetime.date, until: datetime.date) -> bool:
    """Whether a period, both days inclusive, is one calendar year."""
    return since.year == until.year and (since.month, since.day, until.month, until.day) == (1, 1, 12, 31)


def is_whole_month(since: datetime.date, until: datetime.date) -> bool:
    """Whether a period, both days inclusive, is one calendar month."""
    last = calendar.monthrange(since.year, since.month)[1]
    return (since.year, since.month, since.day) == (until.year, until.month, 1) and until.day == last


def period_text(since: datetime.date, until: datetime.date, language: str = "zh") -> str:
    """Return a period as a heading prints it: `2025年度`, `2025年3月`, `2025年1月1日至2025年6月30日`."""
    if is_whole_year(since, until):
        return str(since.year) if language == "en" else f"{since.year}年度"
    if is_whole_month(since, until):
        return f"{since:%Y-%m}" if language == "en" else f"{since.year}年{since.month}月"
    between = " to " if language == "en" else "至"
    return between.join(day_text(day, language) for day in (since, until))
