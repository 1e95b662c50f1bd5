"""Prints the table of festivals that follow the moon and the sun, 2000 to 2050, as CSV.

    python -m tests.rules.journal.almanac > rules/journal/festivals.csv

The rules of the calendar are those of GB/T 33661-2017: days begin at midnight of Beijing (UTC+8); a month begins
on the day of the new moon; the month of the winter solstice is the eleventh; between two such months with twelve
whole months the first one without a principal term is a leap month. 清明 is the day on which the sun reaches 15°.
New moons and the sun's place follow Meeus, Astronomical Algorithms, chapters 25 and 49 (low accuracy of the sun:
0.01°, a quarter of an hour; no festival of these years lies that close to a midnight, which the tests show).
"""

from __future__ import annotations

import datetime
import math
import sys
from collections.abc import Iterator

FIRST, LAST = 2000, 2050
HEADER = "year,spring,qingming,dragon_boat,mid_autumn"
BEIJING = 8 / 24
J2000 = 2451545.0
UNIX_EPOCH = 2440587.5
SYNODIC = 29.530588861
MONTHS = 12
PERIODIC = (
    (-0.40720, 1, (0, 1, 0, 0)), (0.17241, 2, (1, 0, 0, 0)), (0.01608, 1, (0, 2, 0, 0)),
    (0.01039, 1, (0, 0, 2, 0)), (0.00739, 2, (-1, 1, 0, 0)), (-0.00514, 2, (1, 1, 0, 0)),
    (0.00208, 3, (2, 0, 0, 0)), (-0.00111, 1, (0, 1, -2, 0)), (-0.00057, 1, (0, 1, 2, 0)),
    (0.00056, 2, (1, 2, 0, 0)), (-0.00042, 1, (0, 3, 0, 0)), (0.00042, 2, (1, 0, 2, 0)),
    (0.00038, 2, (1, 0, -2, 0)), (-0.00024, 2, (-1, 2, 0, 0)), (-0.00017, 1, (0, 0, 0, 1)),
    (-0.00007, 1, (2, 1, 0, 0)), (0.00004, 1, (0, 2, -2, 0)), (0.00004, 1, (3, 0, 0, 0)),
    (0.00003, 1, (1, 1, -2, 0)), (0.00003, 1, (0, 2, 2, 0)), (-0.00003, 1, (1, 1, 2, 0)),
    (0.00003, 1, (-1, 1, 2, 0)), (-0.00002, 1, (-1, 1, -2, 0)), (-0.00002, 1, (1, 3, 0, 0)),
    (0.00002, 1, (0, 4, 0, 0)),
)  # fmt: skip
PLANETS = (
    (299.77, 0.107408, 0.000325), (251.88, 0.016321, 0.000165), (251.83, 26.651886, 0.000164),
    (349.42, 36.412478, 0.000126), (84.66, 18.206239, 0.000110), (141.74, 53.303771, 0.000062),
    (207.14, 2.453732, 0.000060), (154.84, 7.306860, 0.000056), (34.52, 27.261239, 0.000047),
    (207.19, 0.121824, 0.000042), (291.34, 1.844379, 0.000040), (161.72, 24.198154, 0.000037),
    (239.56, 25.513099, 0.000035), (331.55, 3.592518, 0.000023),
)  # fmt: skip


def clock_ahead(year: float) -> float:
    """Return by how many days dynamical time is ahead of universal time (Espenak and Meeus, 2005 to 2050)."""
    t = year - 2000
    return (62.92 + 0.32217 * t + 0.005589 * t * t) / 86400


def new_moon(number: int) -> float:
    """Return the Julian day, in universal time, of a new moon counted from that of January 2000."""
    k = float(number)
    t = k / 1236.85
    e = 1 - 0.002516 * t - 0.0000074 * t * t
    sun = 2.5534 + 29.10535670 * k - 0.0000014 * t**2
    moon = 201.5643 + 385.81693528 * k + 0.0107582 * t**2 + 0.00001238 * t**3
    latitude = 160.7108 + 390.67050284 * k - 0.0016118 * t**2 - 0.00000227 * t**3
    node = 124.7746 - 1.56375588 * k + 0.0020672 * t**2
    day = 2451550.09766 + SYNODIC * k + 0.00015437 * t**2
    # The second column says how often the term carries the sun's excentricity: 1 none, 2 once, 3 squared.
    for factor, power, (a, b, c, d) in PERIODIC:
        angle = math.radians(a * sun + b * moon + c * latitude + d * node)
        day += factor * e ** (power - 1) * math.sin(angle)
    for start, speed, factor in PLANETS:
        square = -0.009173 * t * t if start == PLANETS[0][0] else 0.0
        day += factor * math.sin(math.radians(start + speed * k + square))
    return day - clock_ahead(2000 + k / 12.3685)


def sun_longitude(day: float) -> float:
    """Return the sun's apparent longitude in degrees at a Julian day of universal time."""
    t = (day + clock_ahead(2000 + (day - J2000) / 365.25) - J2000) / 36525
    mean = 280.46646 + 36000.76983 * t + 0.0003032 * t * t
    anomaly = math.radians(357.52911 + 35999.05029 * t - 0.0001537 * t * t)
    centre = (1.914602 - 0.004817 * t - 0.000014 * t * t) * math.sin(anomaly)
    centre += (0.019993 - 0.000101 * t) * math.sin(2 * anomaly) + 0.000289 * math.sin(3 * anomaly)
    node = math.radians(125.04 - 1934.136 * t)
    return (mean + centre - 0.00569 - 0.00478 * math.sin(node)) % 360


def term(degrees: float, near: float) -> float:
    """Return the Julian day on which the sun reaches a longitude, near a given day."""
    day = near
    for _ in range(50):
        day += (((degrees - sun_longitude(day) + 180) % 360) - 180) * 365.2422 / 360
    return day


def beijing_day(day: float) -> datetime.date:
    """Return the date of Beijing at a Julian day of universal time."""
    return datetime.date(1970, 1, 1) + datetime.timedelta(days=math.floor(day + BEIJING - UNIX_EPOCH))


def julian(day: datetime.date) -> float:
    """Return the Julian day of Beijing's midnight at which a date begins."""
    return (day - datetime.date(1970, 1, 1)).days + UNIX_EPOCH - BEIJING


def month_start(day: datetime.date) -> int:
    """Return the number of the last new moon that falls on a date or before it."""
    number = math.floor((julian(day) - 2451550.1) / SYNODIC) + 2
    while beijing_day(new_moon(number)) > day:
        number -= 1
    return number


def has_principal_term(number: int) -> bool:
    """Tell whether the month that a new moon begins holds a multiple of 30°."""
    first, after = beijing_day(new_moon(number)), beijing_day(new_moon(number + 1))
    nearest = round(sun_longitude(julian(first) + 15) / 30) * 30
    return any(
        first <= beijing_day(term(degrees % 360, julian(first) + 15)) < after
        for degrees in (nearest - 30, nearest, nearest + 30)
    )


def months(year: int) -> dict[int, datetime.date]:
    """Return the first day of each ordinary lunar month from the eleventh of the year before; keys -1, 0, 1 to 10."""
    solstices = [beijing_day(term(270, julian(datetime.date(y, 12, 21)))) for y in (year - 1, year)]
    start, end = (month_start(day) for day in solstices)
    leap_at = None
    if end - start > MONTHS:
        leap_at = next(n for n in range(start + 1, end) if not has_principal_term(n))
    found, month = {}, -1
    for number in range(start, end):
        if number == leap_at:
            continue
        found[month] = beijing_day(new_moon(number))
        month += 1
    return found


def rows() -> Iterator[str]:
    """Yield the table line by line, header first."""
    yield HEADER
    for year in range(FIRST, LAST + 1):
        first = months(year)
        dates = (
            first[1],
            beijing_day(term(15, julian(datetime.date(year, 4, 5)))),
            first[5] + datetime.timedelta(days=4),
            first[8] + datetime.timedelta(days=14),
        )
        yield ",".join([str(year), *(day.isoformat() for day in dates)])


if __name__ == "__main__":
    sys.stdout.write("".join(f"{row}\n" for row in rows()))
