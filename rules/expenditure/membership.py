"""Who was a member on a day, from members.csv: spells of membership, retirement, and what the register leaves open."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import pandas as pd


@dataclass(frozen=True)
class Spell:
    """One row of members.csv: a stretch of membership; `line` is its line in the file."""

    joined: datetime.date | None
    left: datetime.date | None
    status: str
    birth_month: int | None
    line: int

    def covers(self, day: datetime.date) -> bool | None:
        """Tell whether it covers a day, the day of leaving included; None where the day of leaving is not known."""
        if self.joined is not None and day < self.joined:
            return False
        if self.left is not None:
            return day <= self.left
        return True if self.status == "active" else None


Roll = Mapping[str, tuple[Spell, ...]]


def roll_of(members: pd.DataFrame) -> Roll:
    """Return the spells of everybody in members.csv by member number."""
    found: dict[str, list[Spell]] = {}
    columns = ("member_id", "joined", "left", "status", "birth_month", "line")
    for person, joined, left, status, month, line in zip(*(members[c].tolist() for c in columns), strict=True):
        spell = Spell(
            joined=None if joined is pd.NaT else joined.date(),
            left=None if left is pd.NaT else left.date(),
            status=status,
            birth_month=None if month is pd.NA else month,
            line=line,
        )
        found.setdefault(person, []).append(spell)
    return MappingProxyType({person: tuple(spells) for person, spells in found.items()})


def member_on(spells: Sequence[Spell], day: datetime.date) -> bool | None:
    """Tell whether a person with these spells was a member on a day; None where the register leaves it open."""
    told = [spell.covers(day) for spell in spells]
    if any(told):
        return True
    return None if None in told else False


def retired_on(spells: Sequence[Spell], day: datetime.date) -> bool:
    """Tell whether a person was retired on a day: the day after leaving, or always where no day of leaving is given."""
    if any(spell.covers(day) for spell in spells):
        return False
    return any(s.status == "retired" and (s.left is None or day > s.left) for s in spells)


def members_between(roll: Roll, first: datetime.date, last: datetime.date) -> frozenset[str]:
    """Return who was a member on the first and on the last of two days."""
    return frozenset(
        person for person, spells in roll.items() if all(member_on(spells, day) is True for day in (first, last))
    )


def officers_of(registers: Mapping[str, pd.DataFrame]) -> frozenset[str]:
    """Return the member numbers of everybody whose name officers.csv has; empty without both registers."""
    if not {"officers", "members"} <= set(registers):
        return frozenset()
    members, names = registers["members"], {str(name) for name in registers["officers"]["name"]}
    pairs = zip(members["member_id"], members["name"], strict=True)
    return frozenset(str(person) for person, name in pairs if str(name) in names)
