"""Who was a member on a day, from members.csv: spells of membership, retirement, and what the register leaves open."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence

from ledger.register_rows import MemberRow, OfficerRow
from rules.rule import Case
from rules.text.normalise import normalise

Roll = Mapping[str, Sequence[MemberRow]]


def roll(case: Case) -> Roll:
    """Return the rows of members.csv by member number, nobody where the book has no such register.

    Each row of a person is a spell of membership.
    """
    if "members" not in case.facts.registers:
        return {}
    return case.facts.once("roll", lambda: _roll(case.rows(MemberRow)))


def _roll(members: Iterable[MemberRow]) -> Roll:
    found: dict[str, list[MemberRow]] = {}
    for member in members:
        found.setdefault(member.member_id, []).append(member)
    return found


def of_name(case: Case, name: str) -> Sequence[MemberRow]:
    """Return the rows of members.csv of people called by a name, however it is written."""
    return case.facts.once("members by name", lambda: _by_name(case)).get(normalise(name), ())


def _by_name(case: Case) -> Mapping[str, Sequence[MemberRow]]:
    found: dict[str, list[MemberRow]] = {}
    for member in case.rows(MemberRow) if "members" in case.facts.registers else ():
        found.setdefault(normalise(member.name), []).append(member)
    return found


def covers(spell: MemberRow, day: datetime.date) -> bool | None:
    """Tell whether a spell covers a day, the day of leaving included; None where the day of leaving is not known."""
    if spell.joined is not None and day < spell.joined:
        return False
    if spell.left is not None:
        return day <= spell.left
    return True if spell.status == "active" else None


def active_on(member: MemberRow, day: datetime.date) -> bool:
    """Tell whether a row is of a member who had joined and was neither retired nor gone on a day.

    Whoever left on a day that the register does not give is gone at all times.
    """
    gone = member.status == "retired" or (member.status == "left" and member.left is None)
    joined = member.joined is None or member.joined <= day
    return joined and not gone and (member.left is None or member.left > day)


def member_on(spells: Sequence[MemberRow], day: datetime.date) -> bool | None:
    """Tell whether a person with these spells was a member on a day; None where the register leaves it open."""
    open_end = False
    for spell in spells:
        told = covers(spell, day)
        if told:
            return True
        open_end |= told is None
    return None if open_end else False


def retired_on(spells: Sequence[MemberRow], day: datetime.date) -> bool:
    """Tell whether a person was retired on a day: the day after leaving, or always where no day of leaving is given."""
    if any(covers(spell, day) for spell in spells):
        return False
    return any(s.status == "retired" and (s.left is None or day > s.left) for s in spells)


def members_between(found: Roll, first: datetime.date, last: datetime.date) -> frozenset[str]:
    """Return who was a member on the first and on the last of two days."""
    return frozenset(person for person, spells in found.items() if member_on(spells, first) and member_on(spells, last))


def officers_of(case: Case) -> frozenset[str]:
    """Return the member numbers of everybody whose name officers.csv has; empty without both registers."""
    if not {"officers", "members"} <= set(case.facts.registers):
        return frozenset()
    names = {officer.name for officer in case.rows(OfficerRow)}
    return frozenset(member.member_id for member in case.rows(MemberRow) if member.name in names)
