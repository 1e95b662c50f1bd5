"""离任时欠缴上级经费：卸任日应付上级经费（211）尚未上缴。

检查内容
截至卸任日，把应付上级经费按所属月分开：贷记数减已上缴数，列出尚未上缴的合计和各月。
依据
《工会会计制度》附录1第211号科目二(二)：实际上缴时借记本科目；《中华人民共和国工会法》第四十七条：工会的经费不得侵占、
挪用和任意调拨。
危害
欠缴由继任者承担，任期内的结余虚高。
反例
卸任日 211 贷方余额 36,000.00 元，其中 24,000.00 元是两年以前的。
正例
交接前缴清，或在移交清册中逐月列明并经上级确认。
参数
无。
局限
只看已入账的应付数；没有贷记 211 的见 INC12，上级的账见 CUR10。
"""

from __future__ import annotations

from ledger.money import shown_yuan
from rules.departure.in_term import in_term
from rules.departure.position import Term
from rules.finding import Checked, Citation, Evidence, Kind, Severity, Text, examined
from rules.gather import shown_month
from rules.remittance.schedule import upward_position
from rules.remittance.upward import Bucket
from rules.rule import Case, rule


@rule(
    code="DEP02",
    name="departure-remittance-unpaid",
    title=Text("离任时欠缴上级经费", "Remittance unpaid at departure"),
    severity=Severity.MEDIUM,
    citations=(
        Citation("accounting-system-2021", "附录1 第211号科目 二(二)"),
        Citation("trade-union-law-2021", "第四十七条"),
    ),
    needs=("officers",),
    kinds=(Kind.DEPARTURE,),
)
def check(case: Case) -> Checked:
    """Report what was booked for the higher union and not paid by the leaving day."""
    return in_term(case, _look)


def _look(case: Case, term: Term) -> Checked:
    buckets = upward_position(case.facts, case.law, term.leaving)
    unpaid = [b for b in buckets if b.outstanding_fen > 0]
    if not unpaid:
        return examined(len(buckets))
    total = sum(b.outstanding_fen for b in unpaid)
    finding = case.finding(
        term.subject,
        term.leaving.isoformat(),
        message=Text(
            f"{term.subject} {term.leaving} 离任时应付上级经费尚有 {shown_yuan(total)} 元未缴，"
            f"最早的 {unpaid[0].booked_on} 入账",
            f"{shown_yuan(total)} yuan payable to the higher union on {term.leaving}, oldest of {unpaid[0].booked_on}",
        ),
        expected=Text("离任时缴清应付上级经费", "nothing unpaid at departure"),
        found=Text(f"未缴 {shown_yuan(total)} 元，共 {len(unpaid)} 个月份", f"{shown_yuan(total)} yuan unpaid"),
        remedy=Text("与上级核对后缴清，或在移交清册中列明", "remit, or list it in the handover"),
        evidence=[_evidence(b) for b in unpaid],
        amount_fen=total,
        related=("INC13", "CUR10"),
    )
    return examined(len(buckets), [finding])


def _evidence(bucket: Bucket) -> Evidence:
    name = shown_month(bucket.month) if bucket.month else "期初结转"
    booked, paid = shown_yuan(bucket.booked_fen), shown_yuan(bucket.paid_fen)
    note = Text(f"{name}：贷记 {booked}，已缴 {paid}", f"{bucket.month or 'opening'}: booked {booked}, paid {paid}")
    return Evidence(note, date=bucket.booked_on, amount_fen=bucket.outstanding_fen)
