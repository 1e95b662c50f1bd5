"""What the register of officers leaves unsettled about a term: no last day, two terms at once, no such person.

A term that is not settled does not stop the audit of its figures, but nobody may take them for the final ones.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from ledger.register_rows import OfficerRow
from rules.departure.position import Term, chairs, term_in
from rules.finding import Text


def term_doubts(officers: Sequence[OfficerRow], subject: str, until: datetime.date) -> tuple[Text, ...]:
    """Return, one sentence each, what the register leaves open about a person's last term as chair.

    Empty for a settled term, and for a person without one: whoever needs the term says that himself.
    """
    term = term_in(officers, subject, until)
    if term is None:
        return ()
    doubts = []
    if not term.left:
        doubts.append(
            Text(
                f"registers/officers.csv 中主席{subject}的任期没有离任日，暂计至 {term.leaving}，"
                "离任日登记后须重新计算",
                f"registers/officers.csv gives no last day of chair {subject}: counted up to {term.leaving} for now",
            )
        )
    return (*doubts, *_overlaps(officers, term))


def _overlaps(officers: Sequence[OfficerRow], term: Term) -> tuple[Text, ...]:
    """Return the terms of chairs that share days with a term, another's or the person's own."""
    found = []
    own_seen = False
    for row in chairs(officers):
        if row.from_ is None:
            continue
        name, since, open_end = row.name, row.from_, row.to is None
        last = row.to or term.leaving
        ends_alike = open_end != term.left and (open_end or last == term.leaving)
        if name == term.subject and since == term.since and ends_alike and not own_seen:
            own_seen = True  # the term itself; the same row twice is an overlap
            continue
        first, until = max(since, term.since), min(last, term.leaving)
        if first > until:
            continue
        whose = "本人另一段任期" if name == term.subject else f"主席{name}的任期"
        whose_en = "another term of the same person" if name == term.subject else f"the term of chair {name}"
        found.append(
            Text(
                f"registers/officers.csv 中主席{term.subject}的任期与{whose}在 {first} 至 {until} 重叠，"
                "这段时间由谁负责须先查明",
                f"registers/officers.csv: the term of chair {term.subject} and {whose_en} share {first} to {until}:"
                " who was in charge is to be settled first",
            )
        )
    return tuple(found)
