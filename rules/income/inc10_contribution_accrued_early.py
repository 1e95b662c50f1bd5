"""非年末按应收计提拨缴经费收入：年度中间借记应收款、贷记拨缴经费收入。

检查内容
逐张凭证：净贷记拨缴经费收入（402），同时净借记应收上级经费（131）、应收下级经费（132）或其他应收款（135），而
凭证不在十二月的，列出挂应收的金额。
依据
《工会会计制度》第八条：一般采用收付实现制；附录1第402号科目三：收到时入账，年末存在应收未收的，才按通知或报告表
的金额借记应收科目。
危害
收入没有收到就确认，期中报表虚增收入和结余，少拨、迟拨被应收款掩盖。
反例
6 月 30 日借记应收上级转拨经费 12,000.00 元、贷记拨缴经费收入。
正例
平时收到才记收入；12 月 31 日按上级转拨通知挂应收。
参数
无。
局限
挂其他应收款（135）的只列疑点：也可能是更正或代垫。十二月挂应收而无通知的，须看附件，本规则不作判断。
"""

from __future__ import annotations

from collections.abc import Sequence

from ledger.journal_rows import PostingRow, net_fen
from ledger.money import shown_yuan
from rules.evidence import posting_evidence
from rules.finding import Certainty, Checked, Citation, Finding, Severity, Text, examined
from rules.remittance.movements import OWN, RECEIVABLE
from rules.rule import Case, rule
from rules.vouchers import first_placed

SYSTEM = "accounting-system-2021"
DECEMBER = 12


@rule(
    code="INC10",
    name="contribution-accrued-early",
    title=Text("非年末计提拨缴经费收入", "Contribution income accrued before the year's end"),
    severity=Severity.HIGH,
    citations=(
        Citation(SYSTEM, "第八条"),
        Citation(SYSTEM, "附录1 第402号科目 三(一)"),
        Citation(SYSTEM, "附录1 第402号科目 三(二)"),
    ),
)
def check(case: Case) -> Checked:
    """Report every voucher that books contribution income against a receivable before December."""
    entries = {line.entry for line in case.booked.on(OWN)}
    # A voucher without a receivable is none of these, and most are without.
    accrued = {line.entry for line in case.booked.on(*RECEIVABLE)} & entries
    found = (_finding(case, case.booked.by_entry[entry]) for entry in accrued)
    return examined(len(entries), [one for one in found if one is not None])


def _finding(case: Case, lines: Sequence[PostingRow]) -> Finding | None:
    income = [line for line in lines if line.group == OWN]
    receivable = [line for line in lines if line.group in RECEIVABLE]
    credited, held, day = -net_fen(income), net_fen(receivable), lines[0].date
    if credited <= 0 or held <= 0 or day.month == DECEMBER:
        return None
    shown = first_placed(line for line in receivable if line.amount_fen > 0)
    amount = min(credited, held)
    other = {line.group for line in receivable} == {"other_receivables"}
    voucher, money = shown.voucher, shown_yuan(amount)
    return case.finding(
        voucher,
        message=Text(
            f"{voucher}（{day}）借记应收、贷记拨缴经费收入 {money} 元，不在年末",
            f"{voucher} ({day}): {money} yuan of contribution income against a receivable, not at the year's end",
        ),
        expected=Text("收到时确认收入，只有年末才按通知挂应收", "income when received; accruals at year end only"),
        found=Text(f"{day.month} 月挂应收 {money} 元", f"{money} yuan accrued in month {day.month}"),
        remedy=Text(
            "冲回该笔收入，收到款项时再入账；年末确有应收未收的，凭转拨通知计提",
            "reverse the income and book it when received; accrue at the year's end on the notice",
        ),
        evidence=[
            posting_evidence(shown, Text("借记应收", "receivable debited"), held),
            posting_evidence(first_placed(income), Text("贷记拨缴经费收入", "income credited"), credited),
        ],
        amount_fen=amount,
        certainty=Certainty.LEAD if other else Certainty.ESTABLISHED,
        related=("INC01",),
    )
