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

import pandas as pd

from ledger.money import shown_yuan
from rules.finding import Certainty, Checked, Citation, Finding, Severity, Text, examined
from rules.remittance.movements import OWN, RECEIVABLE
from rules.rule import Case, evidence_of, rule

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
    rows = case.activity
    income = rows[rows["group"] == OWN]
    entries = income["entry"].unique()
    # A voucher without a receivable is none of these, and most are without.
    accrued = rows.loc[rows["group"].isin(RECEIVABLE) & rows["entry"].isin(entries), "entry"].unique()
    findings = []
    for _, voucher in rows[rows["entry"].isin(accrued)].groupby("entry"):
        found = _finding(case, voucher)
        if found is not None:
            findings.append(found)
    return examined(len(entries), findings)


def _finding(case: Case, rows: pd.DataFrame) -> Finding | None:
    group = rows["group"].astype(str)
    credited = -int(rows.loc[group == OWN, "amount_fen"].sum())
    receivable = rows[group.isin(RECEIVABLE)]
    held = int(receivable["amount_fen"].sum())
    if credited <= 0 or held <= 0 or pd.Timestamp(rows["date"].iloc[0]).month == DECEMBER:
        return None
    shown = receivable[receivable["amount_fen"] > 0].sort_values(["account", "line"]).iloc[0]
    amount = min(credited, held)
    other = set(receivable["group"].astype(str)) == {"other_receivables"}
    voucher, day, money = str(shown["voucher"]), pd.Timestamp(shown["date"]).date(), shown_yuan(amount)
    income = rows[group == OWN].sort_values(["account", "line"]).iloc[0]
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
            evidence_of(shown, Text("借记应收", "receivable debited"), amount_fen=held),
            evidence_of(income, Text("贷记拨缴经费收入", "income credited"), amount_fen=credited),
        ],
        amount_fen=amount,
        certainty=Certainty.LEAD if other else Certainty.ESTABLISHED,
        related=("INC01",),
    )
