"""Gifts by the event they were given for, and the findings that a list of too many or too large gifts makes.

Findings are made list by list and day by day: one list that gave everybody too much is one case, not a thousand.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Sequence
from operator import itemgetter
from typing import NamedTuple

from ledger.journal_rows import PostingRow
from ledger.money import shown_yuan
from ledger.register_rows import GrantRow
from rules.expenditure.grants import FESTIVALS, FILE, Given, OverCap, given_on, over_cap
from rules.finding import Certainty, Evidence, Finding, Text
from rules.gather import MOST_EVIDENCE, Values, cut, joined
from rules.law import ParameterValue, ValueStatus
from rules.rule import Case

# What a union gives its members as members. Relief and prizes are for all workers, so they are not among these.
WELFARE = (*FESTIVALS, "生日", "结婚", "生育", "住院", "会员去世", "亲属去世", "退休", "消费券")

# The last months of a year: New Year's and Spring Festival goods given then are for the coming year's festival.
_SECOND_HALF = 7
_OF_THE_NEW_YEAR = ("元旦", "春节")


class Event(NamedTuple):
    """One event of one person within a year and the gifts for it by day; `keyed` tells that grants.csv names it."""

    person: str
    name: str
    keyed: bool
    gifts: tuple[Given, ...]


class Repeat(NamedTuple):
    """A gift that was the `nth` for its event, which is more than `limit` allows (None: more than one)."""

    event: Event
    given: Given
    nth: int
    limit: ParameterValue | None

    @property
    def evidence(self) -> Evidence:
        """The gift as evidence, with the days of the earlier ones."""
        before = "、".join(str(gift.date) for gift in self.event.gifts[: self.nth - 1])
        note = Text(
            f"{self.given.person}（{self.event.name}）第 {self.nth} 次，此前 {before}",
            f"{self.given.person} ({self.event.name}): gift no. {self.nth}, after {before}",
        )
        return gift_evidence(self.given, note)


def gift_evidence(given: Given, note: Text) -> Evidence:
    """Return a gift as evidence at its row of grants.csv."""
    return Evidence(note, date=given.date, amount_fen=given.amount_fen, file=FILE, line=given.line)


def season_of(day: datetime.date, festival: str) -> int:
    """Return the year whose festival goods given on a day are for."""
    return day.year + (1 if festival in _OF_THE_NEW_YEAR and day.month >= _SECOND_HALF else 0)


def events(rows: Iterable[GrantRow]) -> tuple[Event, ...]:
    """Return the events of rows of grants.csv, by person and event key within each year.

    Rows of a person and year without an event key make one event, which is not keyed. Rows without a day are
    left out.
    """
    by_event: dict[tuple[str, int, str], dict[datetime.date, list[GrantRow]]] = {}
    for row in rows:
        if row.date is not None:
            days = by_event.setdefault((row.member_id, row.date.year, row.event_key), defaultdict(list))
            days[row.date].append(row)
    found = []
    for (person, year, key), days in sorted(by_event.items(), key=itemgetter(0)):
        gifts = tuple(given_on(day, own) for day, own in sorted(days.items(), key=itemgetter(0)))
        found.append(Event(person, key or f"{year} 年", bool(key), gifts))
    return tuple(found)


def repeats(found: Iterable[Event], since: datetime.date, limits: Values | None = None) -> tuple[Repeat, ...]:
    """Return the gifts from a day on that were one too many for their event.

    Without `limits` an event allows one gift; with them what is in force on the day of the gift, and a day
    without a value is remembered there.
    """
    again = []
    for event in found:
        for nth, gift in enumerate(event.gifts[1:], 2):
            if gift.date < since:
                continue
            limit = limits.on(gift.date) if limits else None
            if limits is not None and (limit is None or nth <= limit.number):
                continue
            again.append(Repeat(event, gift, nth, limit))
    return tuple(again)


def over_or_again(
    case: Case, what: Text, found: Sequence[Event], caps: Values, limits: Values | None = None
) -> list[Finding]:
    """Return the findings on events whose gifts went over a cap together, and on gifts given once too often.

    A gift that is over the cap is not told again as a repeat.
    """
    over: list[OverCap] = []
    for event in found:
        over += over_cap(event.gifts, caps.on, case.since)
    beyond = {(one.given.person, one.given.date) for one in over}
    again = [one for one in repeats(found, case.since, limits) if (one.given.person, one.given.date) not in beyond]
    return over_findings(case, what, over) + repeat_findings(case, what, again)


def over_findings(
    case: Case,
    what: Text,
    found: Iterable[OverCap],
    *,
    certainty: Certainty = Certainty.ESTABLISHED,
    related: Sequence[str] = (),
) -> list[Finding]:
    """Return one finding for each list and day on which gifts went over a cap; `what` names the gift."""
    groups: dict[tuple[datetime.date, str, str], list[OverCap]] = defaultdict(list)
    for one in found:
        groups[one.given.date, one.given.lists, one.cap.key].append(one)
    findings = []
    for (day, lists, key), own in sorted(groups.items(), key=itemgetter(0)):
        limit, total = shown_yuan(own[0].cap.fen), sum(one.excess_fen for one in own)
        worst = max(one.total_fen for one in own)
        who, who_en = people([one.given.person for one in own])
        told = Text(
            f"{day} {list_name(lists)}使{who}的{what.zh}超过上限 {limit} 元，最多 {shown_yuan(worst)} 元，"
            f"共超 {shown_yuan(total)} 元",
            f"{day}: {what.en} of {who_en} over the cap of {limit} yuan by {shown_yuan(total)} in all",
        )
        findings.append(
            case.finding(
                "over",
                key,
                day.isoformat(),
                lists,
                message=told,
                expected=Text(f"每人不超过 {limit} 元", f"at most {limit} yuan each"),
                found=Text(f"最多 {shown_yuan(worst)} 元", f"up to {shown_yuan(worst)} yuan"),
                remedy=Text("超出部分清退，按标准执行", "recover what is beyond the cap"),
                evidence=cut([one.evidence for one in own[:MOST_EVIDENCE]], len(own), total),
                amount_fen=total,
                parameters=(own[0].cap,),
                certainty=certainty,
                related=related,
            )
        )
    return findings


def over_alone(case: Case, what: Text, found: OverCap, *key: str, so_far: str = "") -> Finding:
    """Return the finding that what one person got is over a cap; `key` goes before person and day.

    `what` names the event, `so_far` goes before the sum where it is of more than the one gift.
    """
    limit, total = shown_yuan(found.cap.fen), shown_yuan(found.total_fen)
    person, day = found.given.person, found.given.date
    return case.finding(
        "over",
        *key,
        person,
        day.isoformat(),
        message=Text(
            f"会员 {person} 的{what.zh}慰问（{day}）{so_far}{total} 元，"
            f"超过上限 {limit} 元 {shown_yuan(found.excess_fen)} 元",
            f"member {person}, {what.en}: {total} yuan, cap {limit}",
        ),
        expected=Text(f"不超过 {limit} 元", f"at most {limit} yuan"),
        found=Text(f"{total} 元", f"{total} yuan"),
        remedy=Text("超出部分清退，按标准执行", "recover what is beyond the cap"),
        evidence=(found.evidence,),
        amount_fen=found.excess_fen,
        parameters=(found.cap,),
    )


def repeat_findings(case: Case, what: Text, found: Iterable[Repeat], *, related: Sequence[str] = ()) -> list[Finding]:
    """Return one finding for each list and day that gave again for the same event.

    Established only where grants.csv names the event and the limit is verified or the union's own.
    """
    groups: dict[tuple[datetime.date, str, bool], list[Repeat]] = defaultdict(list)
    for one in found:
        groups[one.given.date, one.given.lists, one.event.keyed].append(one)
    findings = []
    for (day, lists, keyed), own in sorted(groups.items(), key=itemgetter(0)):
        limit, total = own[0].limit, sum(one.given.amount_fen for one in own)
        sure = keyed and limit is not None and limit.status is not ValueStatus.UNVERIFIED
        who, who_en = people([one.given.person for one in own])
        times = limit.text if limit else "1"
        unclear = Text("", "") if keyed else Text("（清单没有写事件，按年判断）", " (no event named: judged by year)")
        event = f"（{own[0].event.name}）" if keyed and len(own) == 1 else ""
        told = Text(
            f"{day} {list_name(lists)}中，{who}就同一{what.zh}{event}重复领取，共 {shown_yuan(total)} 元{unclear.zh}",
            f"{day}: {who_en} got {what.en} again for the same event, {shown_yuan(total)} yuan{unclear.en}",
        )
        findings.append(
            case.finding(
                "again",
                day.isoformat(),
                lists,
                "keyed" if keyed else "by-year",
                message=told,
                expected=Text(f"同一{what.zh}不超过 {times} 次", f"at most {times} for one event"),
                found=Text(f"第 {max(one.nth for one in own)} 次", f"no. {max(one.nth for one in own)}"),
                remedy=Text("核对证明材料；重复领取的退回", "check the papers; recover what was given again"),
                evidence=cut([one.evidence for one in own[:MOST_EVIDENCE]], len(own), total),
                amount_fen=total,
                parameters=(limit,) if limit else (),
                certainty=Certainty.ESTABLISHED if sure else Certainty.LEAD,
                related=related,
            )
        )
    return findings


def list_name(lists: str) -> str:
    """Return a list as a sentence names it."""
    return f"清单“{lists}”" if lists else "发放"


def people(persons: Sequence[str]) -> tuple[str, str]:
    """Return some people in Chinese and English: the one by number, many by their count."""
    names = sorted(set(persons))
    if len(names) == 1:
        return f" {names[0]} ", names[0]
    return f" {len(names)} 人", f"{len(names)} people"


def unlisted(spent: Sequence[PostingRow], grants: Iterable[GrantRow] | None, what: Text) -> tuple[Text, ...]:
    """Return what spending of some kind no distribution list answers for, as one sentence of what is untested."""
    missing = without_list(spent, grants or ())
    if not missing:
        return ()
    return (
        Text(
            f"{what.zh}凭证 {joined(missing)} 在 registers/grants.csv 中没有对应的发放清单，无法按人核对",
            f"no distribution list in registers/grants.csv for {len(missing)} vouchers of {what.en}",
        ),
    )


def without_list(spent: Sequence[PostingRow], grants: Iterable[GrantRow]) -> Sequence[str]:
    """Return the vouchers of some spending that no distribution list answers for, by number, else by day.

    A voucher that names a list wants that list; one that names none wants a row of its occasion and year.
    """
    if not spent:
        return ()
    rows = tuple(grants)
    lists = {row.list for row in rows}
    occasions = {line.occasion for line in spent if not line.list}
    told = {(row.date.year, row.occasion) for row in rows if row.occasion in occasions and row.date is not None}
    return sorted(
        {
            line.voucher or f"{line.date:%Y-%m-%d}"
            for line in spent
            if not (line.list in lists if line.list else (line.date.year, line.occasion) in told)
        }
    )
