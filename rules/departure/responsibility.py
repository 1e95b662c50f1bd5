"""A proposal for each finding of a departure audit: whose responsibility of which kind the facts speak for.

The rules of 2019 know 直接责任 (第四十条) and 领导责任 (第四十一条). Their words were not read, so that every line is a
proposal for reference, and the committee decides after it has looked into how things were decided. A proposal is
worked out from the finding, the book and the term; it is no part of the finding and is stored nowhere. What the book
does not tell leaves the question open with the reason, and a lead is never held against anybody.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from ledger.facts import Facts
from ledger.journal_rows import VoucherRow
from rules.departure.position import Term
from rules.finding import AuditResult, Certainty, Citation, Finding, Text
from rules.resolutions import refused, resolution_named

DIRECT_CLAUSE = Citation("economic-responsibility-2019", "第四十条")
LEADERSHIP_CLAUSE = Citation("economic-responsibility-2019", "第四十一条")
_STATES = "DEP"  # rules about what stands on the leaving day
# Where approving is the act that the finding is about; elsewhere it is the keeping of books, which a chair leads.
_DECIDING_FAMILIES = frozenset({"EXP", "CTL", "BUD"})
_DECIDING_RULES = frozenset({"DEP07", "DEP09", "DEP10"})
_APART = re.compile(r"[、,，;；/\s]+")


class When(StrEnum):
    """Whether the days of a finding lie inside the term."""

    INSIDE = "inside"
    PARTLY = "partly"
    OUTSIDE = "outside"
    UNKNOWN = "unknown"


class Responsibility(StrEnum):
    """What is proposed."""

    DIRECT = "direct"
    LEADERSHIP = "leadership"
    OPEN = "open"
    NONE = "none"  # no day of it lies inside the term


@dataclass(frozen=True)
class Proposal:
    """What is proposed for one finding: kind, clause (None while open), and the facts that decide it.

    `when` tells how its days lie to the term. Never binding: the committee decides.
    """

    code: str
    key: tuple[str, ...]
    when: When
    responsibility: Responsibility
    clause: Citation | None
    facts: Text


def proposals(result: AuditResult, facts: Facts, term: Term) -> tuple[Proposal, ...]:
    """Return the proposal for every finding of an audit, in its order."""
    vouchers = _by_number(facts, result.findings)
    return tuple(proposal(finding, facts, term, vouchers) for finding in result.findings)


def proposal(
    finding: Finding, facts: Facts, term: Term, vouchers: Mapping[str, Sequence[VoucherRow]] | None = None
) -> Proposal:
    """Return the proposal for one finding; `vouchers` are the book's by number where the caller has them at hand."""
    known = _by_number(facts, (finding,)) if vouchers is None else vouchers
    when = when_of(finding, term)
    kind, told = _weigh(finding, facts, term, when, known)
    clause = {Responsibility.DIRECT: DIRECT_CLAUSE, Responsibility.LEADERSHIP: LEADERSHIP_CLAUSE}.get(kind)
    return Proposal(finding.code, finding.key, when, kind, clause, told)


def when_of(finding: Finding, term: Term) -> When:
    """Return how the days of a finding's evidence lie to a term; a state on the leaving day has that day too."""
    days = [e.date for e in finding.evidence if e.date is not None]
    if finding.code.startswith(_STATES):
        days.append(term.leaving)
    if not days:
        return When.UNKNOWN
    inside = [_inside(at, term) for at in days]
    return When.INSIDE if all(inside) else When.PARTLY if any(inside) else When.OUTSIDE


def _inside(at: datetime.date, term: Term) -> bool:
    return term.since <= at <= term.leaving


def _by_number(facts: Facts, findings: Sequence[Finding]) -> Mapping[str, Sequence[VoucherRow]]:
    """Return the vouchers that findings name, by number; a number used twice names both."""
    found: dict[str, list[VoucherRow]] = {}
    wanted = {e.voucher for finding in findings for e in finding.evidence if e.voucher}
    for voucher in facts.listed:
        if voucher.voucher in wanted:
            found.setdefault(voucher.voucher, []).append(voucher)
    return found


def _weigh(
    finding: Finding, facts: Facts, term: Term, when: When, vouchers: Mapping[str, Sequence[VoucherRow]]
) -> tuple[Responsibility, Text]:
    if when is When.OUTSIDE:
        return Responsibility.NONE, Text("发生日都不在任期之内", "no day of it lies inside the term")
    if finding.certainty is Certainty.LEAD:
        return Responsibility.OPEN, Text("疑点尚未核实，事实成立后再界定", "a lead: to be verified first")
    if when is When.UNKNOWN:
        return Responsibility.OPEN, Text(
            "证据没有日期，是否在任期之内不明", "no day: inside the term or not is not known"
        )
    if finding.code[:3] not in _DECIDING_FAMILIES and finding.code not in _DECIDING_RULES:
        return Responsibility.LEADERSHIP, Text(
            "属于其负责的财务管理事项，账上没有本人直接决定的记载（对分管事项疏于监管的情形）",
            "a matter of the finances in the chair's charge; nothing shows that the chair decided it in person",
        )
    numbers = dict.fromkeys(e.voucher for e in finding.evidence if e.voucher)
    own = [voucher for number in numbers for voucher in vouchers.get(number, ()) if _inside(voucher.date, term)]
    if not own:
        return Responsibility.OPEN, Text(
            "证据中没有任期内的凭证，由谁决定、是否集体研究，账上没有记载",
            "no voucher of the term among the evidence: who decided is not in the book",
        )
    return _together([_of_voucher(voucher, facts, term) for voucher in own])


def _together(found: Sequence[tuple[Responsibility, Text]]) -> tuple[Responsibility, Text]:
    """Return what several vouchers say together: the gravest that facts show, else open where facts are missing."""
    for kind in (Responsibility.DIRECT, Responsibility.OPEN, Responsibility.LEADERSHIP):
        own = [told for one, told in found if one is kind]
        if own:
            reasons = list(dict.fromkeys(own))
            count, whole = len(own), len(found)
            part_zh = f"{whole} 张凭证中 {count} 张：" if whole > 1 else ""
            part_en = f"{count} of {whole} vouchers: " if whole > 1 else ""
            return kind, Text(part_zh + "；".join(r.zh for r in reasons), part_en + "; ".join(r.en for r in reasons))
    raise AssertionError("a voucher is always of one kind")


def _of_voucher(voucher: VoucherRow, facts: Facts, term: Term) -> tuple[Responsibility, Text]:
    """Return what one voucher of the term says: by whom it was approved, and what was decided before."""
    approvers = {name for name in _APART.split(voucher.approved_by) if name}
    if not approvers:
        return Responsibility.OPEN, Text("凭证没有写审批人", "the voucher names no approver")
    if term.subject not in approvers:
        others = "、".join(sorted(approvers))
        return Responsibility.LEADERSHIP, Text(
            f"由{others}审批，本人负责财务（对分管事项疏于监管的情形）",
            f"approved by {others}; the chair leads the finances",
        )
    if len(approvers) > 1:
        return Responsibility.OPEN, Text(
            "本人与他人共同审批，各人意见账上没有记载",
            "approved together with others; who said what is not in the book",
        )
    if term.subject in (voucher.handled_by.strip(), voucher.payee.strip()):
        return Responsibility.DIRECT, Text(
            "本人审批，经办或收款的也是本人（直接违反规定的情形）", "approved by the one who handled or received it"
        )
    return _decided(voucher, facts)


def _decided(voucher: VoucherRow, facts: Facts) -> tuple[Responsibility, Text]:
    """Return what the resolution behind a voucher that the chair approved alone speaks for."""
    name = voucher.resolution
    if not name:
        return Responsibility.DIRECT, Text(
            "本人单独审批，凭证没有写集体决议（未经民主决策程序直接批准的情形）",
            "approved by the chair alone, and the voucher names no resolution",
        )
    if "resolutions" not in facts.registers:
        zh = f"本人审批，写有决议 {name}，缺少 registers/resolutions.csv 无从核对"
        return Responsibility.OPEN, Text(zh, f"names resolution {name}, but registers/resolutions.csv is missing")
    one = resolution_named(facts, name)
    if one is None:
        zh = f"本人审批，所写决议 {name} 不在 resolutions.csv，须先查找原件"
        return Responsibility.OPEN, Text(zh, f"resolution {name} is not in resolutions.csv: find the original first")
    if refused(one):
        return Responsibility.DIRECT, Text(
            f"本人单独审批，决议 {name} 没有通过的记录（多数人不同意仍批准或未经决策的情形，须查会议记录）",
            f"approved by the chair alone although resolution {name} was not approved",
        )
    if one.date is None or one.date > min(voucher.date, voucher.event_date):
        return Responsibility.DIRECT, Text(
            f"本人单独审批，决议 {name} 没有日期或晚于支出（事先未经民主决策程序的情形）",
            f"approved by the chair alone; resolution {name} is undated or later than the spending",
        )
    present, members = one.present, one.members
    if present is None or members is None:
        zh = f"本人审批，决议 {name} 在先，到会人数没有登记，是否多数同意不明"
        return Responsibility.OPEN, Text(zh, f"resolution {name} came first, how many were present is not recorded")
    if 2 * present <= members:
        zh = f"本人审批，决议 {name} 到会 {present} 人，未过应到 {members} 人的半数，效力须先查明"
        return Responsibility.OPEN, Text(zh, f"resolution {name}: {present} of {members} present, no majority")
    zh = f"本人审批，决议 {name} 在先通过，到会 {present}/{members} 人（民主决策、决策不当的情形）"
    return Responsibility.LEADERSHIP, Text(zh, f"resolution {name} came first, {present} of {members} present")
