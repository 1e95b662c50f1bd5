"""Periods as people write them on the command line."""

from __future__ import annotations

import datetime

import pytest

from auditor.period import PeriodError, parse_period
from reports.periods import period_text


@pytest.mark.parametrize(
    ("text", "since", "until", "words"),
    [
        ("2025", "2025-01-01", "2025-12-31", "2025年度"),
        ("2024-02", "2024-02-01", "2024-02-29", "2024年2月"),
        ("2025-01..2025-06", "2025-01-01", "2025-06-30", "2025年1月1日至2025年6月30日"),
        ("2025-01-15..2025-02-03", "2025-01-15", "2025-02-03", "2025年1月15日至2025年2月3日"),
        ("2021..2025", "2021-01-01", "2025-12-31", "2021年1月1日至2025年12月31日"),
        ("2021-03-05..2025", "2021-03-05", "2025-12-31", "2021年3月5日至2025年12月31日"),
        (" 2025-01..2025-12 ", "2025-01-01", "2025-12-31", "2025年度"),
    ],
)
def test_periods_are_understood(text: str, since: str, until: str, words: str) -> None:
    period = parse_period(text)
    assert period == (datetime.date.fromisoformat(since), datetime.date.fromisoformat(until))
    assert period_text(*period) == words


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "起止之间"),
        ("2025..", "起止之间"),
        ("2025..2026..2027", "起止之间"),
        ("去年", "不是年"),
        ("２０２５", "不是年"),
        ("2025-13", "日历上没有"),
        ("2025-02-29", "日历上没有"),
        ("0205", "过早"),
        ("2025-06..2025-01", "早于"),
        ("2025-1", "不是年"),
    ],
)
def test_what_is_no_period_is_refused_in_both_languages(text: str, why: str) -> None:
    with pytest.raises(PeriodError) as refused:
        parse_period(text)
    assert why in refused.value.zh
    assert "2025-01..2025-06" in refused.value.zh
    assert "2025-01..2025-06" in refused.value.en


def test_english_words() -> None:
    assert period_text(datetime.date(2025, 3, 1), datetime.date(2025, 3, 31), "en") == "2025-03"
    assert period_text(datetime.date(2025, 1, 1), datetime.date(2025, 12, 31), "en") == "2025"
    assert period_text(datetime.date(2025, 1, 1), datetime.date(2025, 3, 2), "en") == "2025-01-01 to 2025-03-02"
