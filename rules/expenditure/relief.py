"""Relief: whose file of hardship was open on a day, and which lists look as if need had not been looked at."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from ledger.register_rows import HardshipRow
from rules.expenditure.activity import share_of
from rules.expenditure.handouts import Handout
from rules.expenditure.membership import members_between, roll
from rules.finding import Text
from rules.gather import Values
from rules.law import ParameterValue
from rules.rule import Case

# Member → first and last day of each file, and its category.
Files = Mapping[str, Sequence[tuple[datetime.date, datetime.date, str]]]
Spread = tuple[Handout, Text, tuple[ParameterValue, ...]]


def files_of(rows: Iterable[HardshipRow]) -> Files:
    """Return the files of hardship.csv by member; a day that is not given is open."""
    found: dict[str, list[tuple[datetime.date, datetime.date, str]]] = {}
    for row in rows:
        opened, closed = row.opened or datetime.date.min, row.closed or datetime.date.max
        found.setdefault(row.member_id, []).append((opened, closed, row.category))
    return found


def kinds_on(files: Files, persons: Iterable[str], day: datetime.date) -> frozenset[str]:
    """Return the categories of hardship of the files that these people had open on a day."""
    own = (file for person in persons for file in files.get(person, ()))
    return frozenset(kind for opened, closed, kind in own if opened <= day <= closed)


def evenly_spread(case: Case, files: Files, found: Sequence[Handout]) -> tuple[list[Spread], list[Text]]:
    """Return lists that look evenly spread, how each does and by which value, and what is untested.

    A list does that reaches a larger share of the members than the value of practice, or that gives the same to
    people whose files are of different categories.
    """
    shares = Values(case, "hardship.list_share")
    listed = roll(case)
    spread: list[Spread] = []
    for one in found:
        members = len(members_between(listed, one.day, one.day))
        value = shares.on(one.day) if members else None
        if value is not None and one.heads > share_of(members, value):
            zh = f"占会员 {members} 人的比例超过 {value.text}"
            spread.append((one, Text(zh, f"more than {value.text} of {members} members"), (value,)))
            continue
        sums: dict[str, int] = defaultdict(int)
        for row in one.rows:
            sums[row.member_id] += row.amount_fen
        kinds = kinds_on(files, sorted(sums), one.day)
        if len(kinds) > 1 and one.heads > 1 and len(set(sums.values())) == 1:
            zh = f"困难类别有{'、'.join(sorted(kinds))}，金额却全部相同"
            spread.append((one, Text(zh, "the same for people of different need"), ()))
    untested = list(shares.untested)
    if found and not listed:
        zh = "缺少登记簿 registers/members.csv，困难慰问人数占会员的比例无法计算"
        untested.append(Text(zh, "missing registers/members.csv: the share of members could not be computed"))
    return spread, untested
