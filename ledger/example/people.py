"""The members of the hospital's union: codes instead of names, with the dates on which they joined and left."""

from __future__ import annotations

import datetime
import random
from collections.abc import Iterable
from dataclasses import dataclass, replace
from types import MappingProxyType

from ledger.example.names import DEPARTMENTS
from ledger.example.workdays import FIRST_DAY, month_end

MEMBERS_AT_START = 976
JOINING = 26
RETIRING = 14
LEAVING = 8
DYING = 2
HEADS_OF_DEPARTMENT_SPARED = 40  # the first members neither leave nor retire: the planted cases need them

# Category of employment: members of a thousand, and the range of dues bases in tens of yuan.
CATEGORIES = MappingProxyType({"在编": (540, (380, 720)), "合同": (395, (300, 480)), "派遣": (65, (240, 330))})


@dataclass(frozen=True)
class Member:
    """One member; `left` is the last day of membership, `category` the kind of employment."""

    member_id: str
    name: str
    department: str
    category: str
    joined: datetime.date
    birth_month: int
    dues_base_fen: int
    status: str = "active"
    left: datetime.date | None = None

    def active_on(self, day: datetime.date) -> bool:
        """Tell whether the membership holds on a day."""
        return self.joined <= day and (self.left is None or day <= self.left)

    def active_in(self, month: int) -> bool:
        """Tell whether the membership holds in a month of 2025 (it begins on a first and ends on a last day)."""
        return self.active_on(month_end(month))


def members(seed_stream: random.Random) -> tuple[Member, ...]:
    """Return all members of 2025, those who joined and left in the year included."""
    at_start = [_member(seed_stream, number, _joined_before(seed_stream)) for number in range(1, MEMBERS_AT_START + 1)]
    months = sorted(seed_stream.choice((3, 4, 7, 8, 9, 10)) for _ in range(JOINING))
    joining = [
        _member(seed_stream, MEMBERS_AT_START + 1 + place, datetime.date(2025, month, 1))
        for place, month in enumerate(months)
    ]
    going = seed_stream.sample(range(HEADS_OF_DEPARTMENT_SPARED, MEMBERS_AT_START), RETIRING + LEAVING + DYING)
    ends = ["retired"] * RETIRING + ["left"] * (LEAVING + DYING)
    for place, status in zip(going, ends, strict=True):
        month = seed_stream.randint(2, 11)
        at_start[place] = replace(at_start[place], status=status, left=month_end(month))
    return (*at_start, *joining)


def dying(everyone: Iterable[Member]) -> tuple[Member, ...]:
    """Return the members whose membership ended by death: the last of those who left, by number."""
    return tuple(m for m in everyone if m.status == "left")[-DYING:]


def active_on(everyone: Iterable[Member], day: datetime.date) -> tuple[Member, ...]:
    """Return the members on a day, in order of number."""
    return tuple(m for m in everyone if m.active_on(day))


def _member(numbers: random.Random, number: int, joined: datetime.date) -> Member:
    category = numbers.choices(tuple(CATEGORIES), [share for share, _ in CATEGORIES.values()])[0]
    low, high = CATEGORIES[category][1]
    return Member(
        member_id=f"H{number:04d}",
        name=f"职工{number:04d}",
        department=DEPARTMENTS[(number - 1) % len(DEPARTMENTS)],
        category=category,
        joined=joined,
        birth_month=numbers.randint(1, 12),
        # Wages below ten yuan do not count for dues: bases are whole tens, dues whole five-fen pieces.
        dues_base_fen=numbers.randint(low, high) * 1000,
    )


def _joined_before(numbers: random.Random) -> datetime.date:
    day = datetime.date(numbers.randint(2005, 2024), numbers.randint(1, 12), 1)
    return max(min(day, FIRST_DAY - datetime.timedelta(days=31)), datetime.date(2005, 4, 1))
