"""Posts held by people, from the register of officers: who was in office when, and who held two posts at once.

A term without a first day counts from the beginning, one without a last day still runs; both days are inclusive.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple

from ledger.register_rows import OfficerRow
from rules.evidence import register_evidence
from rules.finding import Evidence, Text

AUDIT = ("audit_chair", "audit_member")
CHAIR, AUDIT_CHAIR = "chair", "audit_chair"
POSTS: Mapping[str, Text] = MappingProxyType(
    {
        "chair": Text("主席", "chair"),
        "vice_chair": Text("副主席", "vice-chair"),
        "finance": Text("财务负责人", "head of finance"),
        "accountant": Text("会计", "accountant"),
        "cashier": Text("出纳", "cashier"),
        "audit_chair": Text("经审会主任", "chair of the audit committee"),
        "audit_member": Text("经审会委员", "member of the audit committee"),
        "asset_keeper": Text("资产管理员", "keeper of assets"),
        "seal_keeper": Text("印章管理员", "keeper of seals"),
    }
)


class Term(NamedTuple):
    """One row of the register: who held which post from when until when, and the row itself."""

    post: str
    name: str
    since: datetime.date
    until: datetime.date
    row: OfficerRow

    def on(self, at: datetime.date) -> bool:
        """Tell whether the term runs on a day."""
        return self.since <= at <= self.until

    def meets(self, since: datetime.date, until: datetime.date) -> bool:
        """Tell whether the term touches a stretch of days."""
        return self.since <= until and since <= self.until

    @property
    def evidence(self) -> Evidence:
        """The row as evidence: post, name and days."""
        said = POSTS.get(self.post, Text(self.post, self.post))
        first = "…" if self.since == datetime.date.min else self.since.isoformat()
        last = "…" if self.until == datetime.date.max else self.until.isoformat()
        note = Text(f"{self.name} 任{said.zh}：{first} 至 {last}", f"{self.name}, {said.en}: {first} to {last}")
        return register_evidence(self.row, note)


def terms(officers: Iterable[OfficerRow], posts: Collection[str]) -> tuple[Term, ...]:
    """Return the terms of some posts in order of their first day; rows without a name are none."""
    found = [
        Term(row.post, row.name, row.from_ or datetime.date.min, row.to or datetime.date.max, row)
        for row in officers
        if row.post in posts and row.name
    ]
    return tuple(sorted(found, key=lambda t: (t.since, t.post, t.name, t.until)))


def clashes(
    ours: Collection[Term], theirs: Collection[Term], since: datetime.date, until: datetime.date
) -> Iterator[tuple[Term, Term]]:
    """Yield the pairs of terms of one person in two posts that run together on some day of a period."""
    for own in ours:
        for other in theirs:
            together = max(own.since, other.since, since) <= min(own.until, other.until, until)
            if together and own.name == other.name and own.post != other.post:
                yield own, other


def vacancies(
    held: Collection[Term], since: datetime.date, until: datetime.date
) -> Iterator[tuple[datetime.date, datetime.date]]:
    """Yield the stretches of a period, both days inclusive, on which none of the terms runs."""
    at = since
    for term in sorted(held, key=lambda t: (t.since, t.until)):
        if term.until < at:
            continue
        if term.since > until:
            break
        if term.since > at:
            yield at, term.since - datetime.timedelta(days=1)
        if term.until >= until:
            return
        at = term.until + datetime.timedelta(days=1)
    if at <= until:
        yield at, until
