"""主席自批自支：任期内由离任主席审批、又由其本人经办或收款的支出。

检查内容
任期内的支出凭证，审批人（approved-by）是离任主席，经办人（handled-by）或收款人也是本人的，每张列一项。
依据
《中华人民共和国会计法》第二十五条（一）：经济业务事项的审批人员、经办人员的职责权限应当明确，并相互分离、相互制约。
危害
自己花钱自己批，没有任何制约；经济责任审计中属于本人直接行为。
反例
主席张某经办、张某审批的接待用品 1,200.00 元。
正例
主席经办的支出由副主席或集体审批。
参数
无。
局限
凭证没有写审批人或经办人的，报告为未能检查。同名的不同人须由人分辨。
"""

from __future__ import annotations

import dataclasses

from ledger.journal_rows import VoucherRow
from ledger.money import shown_yuan
from rules.departure.in_term import in_term
from rules.departure.position import Term
from rules.evidence import voucher_evidence
from rules.finding import Checked, Citation, Finding, Kind, Severity, Text, examined
from rules.gather import spending_by_entry
from rules.rule import Case, rule


@rule(
    code="DEP10",
    name="chair-approves-own",
    title=Text("主席自批自支", "The chair approved the chair's own spending"),
    severity=Severity.HIGH,
    citations=(Citation("accounting-law-2024", "第二十五条"), Citation("accounting-system-2021", "第十四条")),
    needs=("officers",),
    kinds=(Kind.DEPARTURE,),
)
def check(case: Case) -> Checked:
    """Report spending of the term that the chair approved and handled, or approved and received."""
    return in_term(case, _look)


def _look(case: Case, term: Term) -> Checked:
    whole = dataclasses.replace(case, since=term.since, until=term.leaving)
    spent = spending_by_entry(whole)
    findings: list[Finding] = []
    blank = tested = 0
    for voucher in whole.vouchers:
        amount = spent.get(voucher.entry, 0)
        if amount <= 0:
            continue
        tested += 1
        approver, handler, payee = (s.strip() for s in (voucher.approved_by, voucher.handled_by, voucher.payee))
        if approver == term.subject and term.subject in (handler, payee):
            findings.append(_finding(case, term, voucher, amount, "经办" if handler == term.subject else "收款"))
        elif not approver or (approver == term.subject and not handler):
            blank += 1
    untested = []
    if blank:
        zh = f"任期内 {blank} 张支出凭证没有写审批人或经办人，不能判断"
        untested.append(Text(zh, f"{blank} vouchers of the term name no approver or no handler"))
    return examined(tested, findings, untested)


def _finding(case: Case, term: Term, voucher: VoucherRow, amount: int, role: str) -> Finding:
    number, money = voucher.voucher, shown_yuan(amount)
    told = Text(f"{term.subject}审批，{role}的也是本人", f"approved by {term.subject}, who also handled or received it")
    return case.finding(
        term.subject,
        number,
        message=Text(
            f"{number} 支出 {money} 元（{voucher.narration}）由{told.zh}", f"{number}: {money} yuan, {told.en}"
        ),
        expected=Text("审批人与经办人、收款人分离", "approver apart from handler and payee"),
        found=told,
        remedy=Text(
            "提供支出事由和票据，由集体或上级复核确认；不应列支的追回",
            "have cause and receipts reviewed by the committee; recover what should not have been paid",
        ),
        evidence=[voucher_evidence(voucher, told, amount)],
        amount_fen=amount,
        related=("CTL02",),
    )
