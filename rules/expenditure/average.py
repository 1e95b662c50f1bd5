"""Holiday goods per head from the vouchers, for books without distribution lists: never more than a lead."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from itertools import accumulate
from operator import attrgetter

from ledger.journal_rows import PostingRow, net_fen, sums_by
from ledger.money import shown_yuan
from ledger.register_rows import MemberRow
from rules.evidence import posting_evidence
from rules.expenditure.grants import FESTIVALS
from rules.expenditure.membership import active_on
from rules.finding import Certainty, Finding, Text
from rules.gather import MOST_EVIDENCE, Values, cut
from rules.rule import Case


def average_over_cap(case: Case, caps: Values) -> tuple[list[Finding], list[Text]]:
    """Return, for each year, a lead where holiday spending per active member went over the cap.

    The spending of the year up to each payment of the period is compared with the cap on its day times the
    members of that day, so that nothing is rounded. Days without members are returned as untested.
    """
    findings: list[Finding] = []
    untested: list[Text] = []
    for year in range(case.since.year, case.until.year + 1):
        journal = case.facts.booked_in(datetime.date(year, 1, 1), min(case.until, datetime.date(year, 12, 31)))
        spent = [posting for posting in journal.of("expense") if posting.occasion in FESTIVALS]
        by_day = sums_by(spent, attrgetter("date"))
        worst: tuple[int, datetime.date] | None = None
        for day, amount in zip(by_day, accumulate(by_day.values()), strict=True):
            cap = caps.on(day) if day >= case.since else None
            if cap is None:
                continue
            heads = active_members(case.rows(MemberRow), day)
            if not heads:
                untested.append(Text(f"{day} 没有在册会员，无法算人均", f"no members on {day}"))
                continue
            excess = amount - cap.fen * heads
            if excess > 0 and (worst is None or excess > worst[0]):
                worst = (excess, day)
        if worst is not None:
            findings.append(
                _finding(case, year, [posting for posting in spent if posting.date <= worst[1]], worst, caps)
            )
    return findings, untested


def active_members(members: Iterable[MemberRow], day: datetime.date) -> int:
    """Return how many members were neither retired nor gone on a day."""
    return sum(active_on(member, day) for member in members)


def _finding(
    case: Case, year: int, spent: Sequence[PostingRow], worst: tuple[int, datetime.date], caps: Values
) -> Finding:
    excess, day = worst
    cap = caps.on(day)
    assert cap is not None
    total, heads = net_fen(spent), active_members(case.rows(MemberRow), day)
    note = Text("节日慰问支出", "spent on holiday goods")
    return case.finding(
        str(year),
        "average",
        message=Text(
            f"{year} 年截至 {day} 节日慰问支出 {shown_yuan(total)} 元，会员 {heads} 人，"
            f"人均超过上限 {shown_yuan(cap.fen)} 元，合计超 {shown_yuan(excess)} 元（没有发放清单，按人均估算）",
            f"holiday goods of {year} up to {day}: {shown_yuan(total)} yuan for {heads} members, "
            f"on average over the cap of {shown_yuan(cap.fen)}",
        ),
        expected=Text(
            f"不超过 {heads} 人 × {shown_yuan(cap.fen)} 元", f"at most {heads} times {shown_yuan(cap.fen)} yuan"
        ),
        found=Text(f"{shown_yuan(total)} 元", f"{shown_yuan(total)} yuan"),
        remedy=Text("提供逐人签收的发放清单，按人核对", "supply the signed distribution lists and check each member"),
        evidence=cut([posting_evidence(posting, note) for posting in spent[:MOST_EVIDENCE]], len(spent), total),
        amount_fen=excess,
        parameters=(cap,),
        certainty=Certainty.LEAD,
    )
