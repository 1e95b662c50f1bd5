"""审批人缺位、越权或自批自支：经办人自己审批，审批人给自己付款，或审批人当日不在任。

检查内容
每张写明审批人的凭证：一、审批人就是经办人；二、收款人就是审批人；三、审批人在 officers.csv 有任职记录，
而当日不在任何任期之内；四、审批人不在 officers.csv，或当日只任出纳、会计、经审等没有审批权的职务。
同一人同一种情形全年列一项。
依据
《中华人民共和国会计法》第二十五条（一）：记账人员与经济业务事项和会计事项的审批人员、经办人员、
财物保管人员的职责权限应当明确，并相互分离、相互制约。《工会会计制度》第十四条：各级工会应当建立健全内部控制制度，
并确保内部控制有效施行。
所引会计法是2024年6月28日修正的文本，修正施行以前的业务须对照修正前的文本。
危害
自己花钱自己批，审批就不起作用；离任或未到任的人审批，责任无从落实。
反例
主席王某经办的接待用品 1,200.00 元，由王某自己审批。
正例
主席经办的支出由副主席审批，审批日在其任期之内。
参数
无。
局限
授权审批（如授权分会主席）不在登记簿中，第四项只列为疑点。没有写审批人或经办人的支出凭证报告为未能检查。
姓名相同的不同人须由人分辨。
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from ledger.journal_rows import VoucherRow
from ledger.money import shown_yuan
from ledger.register_rows import OfficerRow, register_of
from rules.control.posts import POSTS
from rules.evidence import register_evidence, voucher_evidence
from rules.finding import Certainty, Checked, Citation, Evidence, Finding, Severity, Text, examined, not_applicable
from rules.gather import MOST_EVIDENCE, cut, spending_by_entry
from rules.rule import Case, rule
from rules.signatures import by_signatures
from rules.vouchers import in_order

_APPROVING = ("chair", "vice_chair", "finance")
OWN, PAYEE, OUT_OF_OFFICE, NO_POWER, UNKNOWN = "own", "payee", "out-of-office", "no-power", "unknown"
_SAID: Mapping[str, Text] = MappingProxyType(
    {
        OWN: Text("经办人自己审批", "approved by the one who handled it"),
        PAYEE: Text("审批人就是收款人", "approved by the payee"),
        OUT_OF_OFFICE: Text("审批人当日不在任", "approved by someone not in office on that day"),
        NO_POWER: Text("审批人当日所任职务没有审批权", "approved by someone whose post does not approve"),
        UNKNOWN: Text("审批人不在任职登记簿", "approved by someone not in the register of officers"),
    }
)
_CERTAIN = (OWN, PAYEE, OUT_OF_OFFICE)


@rule(
    code="CTL02",
    name="approval-irregular",
    title=Text("审批人缺位、越权或自批自支", "Approval by the wrong person, or of one's own"),
    severity=Severity.HIGH,
    citations=(Citation("accounting-law-2024", "第二十五条"), Citation("accounting-system-2021", "第十四条")),
)
def check(case: Case) -> Checked:
    """Report vouchers approved by the one who handled them, by their payee, or by someone without office."""
    spent = spending_by_entry(case)
    register = register_of(OfficerRow) in case.facts.registers
    held = _terms_by_name(case.rows(OfficerRow)) if register else {}
    groups: dict[tuple[str, str, int], list[VoucherRow]] = defaultdict(list)
    tested = bare = 0
    for signed, vouchers in by_signatures(case).items():
        approver = signed.approved
        if not approver or not signed.handled:
            bare += sum(spent.get(voucher.entry, 0) > 0 for voucher in vouchers)
        if not approver:
            continue
        tested += len(vouchers)
        own = approver == signed.handled
        himself = vouchers if own else [v for v in vouchers if v.payee == approver and spent.get(v.entry, 0) > 0]
        faulty = [(OWN if own else PAYEE, voucher) for voucher in himself]
        if register:
            offices = {day: _office(held.get(approver, ()), day) for day in {v.date for v in vouchers}}
            if any(offices.values()):
                faulty += [(offices[v.date], v) for v in vouchers if offices[v.date]]
        for kind, voucher in faulty:
            groups[kind, approver, voucher.date.year].append(voucher)
    untested = []
    if bare:
        zh = f"{bare} 张支出凭证没有写全经办人和审批人，无法判断"
        untested.append(Text(zh, f"{bare} vouchers of spending do not name who handled and who approved them"))
    if not register and tested:
        zh = "缺少 registers/officers.csv，审批人当日是否在任无从核对"
        untested.append(Text(zh, "missing registers/officers.csv: whether approvers were in office is not checked"))
    if not tested and not untested:
        return not_applicable("本期没有需要审批的凭证", "no voucher of the period needs approval")
    findings = [_finding(case, key, in_order(rows), spent) for key, rows in sorted(groups.items())]
    return examined(tested, findings, untested)


def _terms_by_name(officers: Sequence[OfficerRow]) -> Mapping[str, Sequence[OfficerRow]]:
    terms: dict[str, list[OfficerRow]] = defaultdict(list)
    for row in officers:
        terms[row.name].append(row)
    return terms


def _office(terms: Sequence[OfficerRow], day: datetime.date) -> str:
    """Return what is wrong with a person's office on a day; empty for nothing."""
    if not terms:
        return UNKNOWN
    held = {t.post for t in terms if (t.from_ is None or t.from_ <= day) and (t.to is None or day <= t.to)}
    if not held:
        return OUT_OF_OFFICE
    return "" if held.intersection(_APPROVING) else NO_POWER


def _finding(case: Case, key: tuple[str, str, int], rows: Sequence[VoucherRow], spent: Mapping[int, int]) -> Finding:
    kind, approver, year = key
    said = _SAID[kind]
    total = sum(max(0, spent.get(row.entry, 0)) for row in rows)
    certain = kind in _CERTAIN
    evidence = [voucher_evidence(row, said, spent.get(row.entry)) for row in rows[:MOST_EVIDENCE]]
    terms = _terms(case, kind, approver)
    return case.finding(
        str(year),
        kind,
        approver,
        message=Text(
            f"{year} 年 {len(rows)} 张凭证{said.zh}（{approver}），支出合计 {shown_yuan(total)} 元",
            f"{len(rows)} vouchers of {year} {said.en} ({approver}), {shown_yuan(total)} yuan spent",
        ),
        expected=Text("由经办人、收款人以外的在任负责人审批", "approval by another person, in office on that day"),
        found=Text(f"{said.zh}：{approver}", f"{said.en}: {approver}"),
        remedy=Text(
            "由有权的人补审并说明；明确主席经办事项的审批人",
            "have it reviewed by one who may; settle who approves what the chair handles",
        ),
        evidence=cut([*evidence, *terms], len(rows) + len(terms), total),
        amount_fen=total,
        certainty=Certainty.ESTABLISHED if certain else Certainty.LEAD,
        severity=None if certain else Severity.LOW,
    )


def _terms(case: Case, kind: str, approver: str) -> list[Evidence]:
    if kind not in (OUT_OF_OFFICE, NO_POWER):
        return []
    own = [row for row in case.rows(OfficerRow) if row.name == approver]
    notes = []
    for row in sorted(own, key=lambda row: (row.from_ or datetime.date.max, row.post)):
        since, until = row.from_ or "…", row.to or "…"
        post = POSTS[row.post].zh if row.post in POSTS else row.post
        note = Text(f"任{post}：{since} 至 {until}", f"{row.post} from {since} to {until}")
        notes.append(register_evidence(row, note))
    return notes
