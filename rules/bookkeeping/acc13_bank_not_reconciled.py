"""未做银行对账或未达账项久拖：对账单缺月，账面余额与对账单余额调节不符，或未达账项长期不清。

检查内容
每个银行存款账户与银行对账单（bank.csv）：一、有收付的月份没有对账单；二、对账单余额不连续；三、各月末账面余额与对账单余额之差，
不能由未达账项说明的，列为问题；四、差额由超过惯例日数的未达账项造成的，列为疑点。未达账项按金额和日期最近逐笔配对得出。
依据
《工会会计制度》第二十九条：银行存款的账面余额应当与银行对账单定期核对，如有不符，应当编制银行存款余额调节表调节相符。
附录1第102号科目五：至少每月核对一次。
危害
不对账，挪用、漏记、套取的存款都不会被发现。
反例
12 月末账面余额比对账单多 3,000.00 元，没有对应的未达账项。
正例
每月编制余额调节表，未达账项次月全部到账。
参数
bank.reconcile_interval_months、bank.transit_days。
局限
余额调节表本身不在账套里，须看原件。一笔对多笔的收付按合计才相符，未达清单会列出两边，合计不受影响。对账单开始不满惯例
日数的，期初差额可能是未达账项，不作结论。对账单早于建账的，从期初余额的日期起核对。
"""

from __future__ import annotations

from rules.bookkeeping.bank_faults import Fault, broken, gaps, missing, shown
from rules.bookkeeping.bank_gaps import live
from rules.bookkeeping.statements_of_bank import bank_accounts, reconciled
from rules.finding import Certainty, Checked, Citation, Finding, Severity, Text, examined, not_applicable
from rules.gather import Values, limited
from rules.rule import Case, rule

SYSTEM = "accounting-system-2021"


@rule(
    code="ACC13",
    name="bank-not-reconciled",
    title=Text("未做银行对账或未达账项久拖", "Bank not reconciled or items long outstanding"),
    severity=Severity.HIGH,
    citations=(Citation(SYSTEM, "第二十九条"), Citation(SYSTEM, "附录1 第102号科目 五")),
    needs=("bank",),
    parameters=("bank.reconcile_interval_months", "bank.transit_days"),
)
def check(case: Case) -> Checked:
    """Report accounts without statements for months with movements, and gaps that items in transit do not explain."""
    accounts = [a for a in bank_accounts(case.facts, case.until) if live(case, a)]
    if not accounts:
        return not_applicable("本期没有银行存款收付，期末也没有余额", "no bank deposits in the period")
    intervals, transits = Values(case, "bank.reconcile_interval_months"), Values(case, "bank.transit_days")
    interval, transit = intervals.on(case.until), transits.on(case.until)
    findings: list[Finding] = []
    untested: list[Text] = [*intervals.untested, *transits.untested]
    for account in accounts:
        found = reconciled(case.facts, account, case.until)
        if found is None:
            zh = f"registers/bank.csv 没有“{shown(account)}”的对账单，无法核对"
            untested.append(Text(zh, f"registers/bank.csv has no statement of {account}"))
            continue
        faults = [
            *(missing(case, found, interval) if interval is not None else ()),
            *broken(found),
            *(gaps(case, found, transit) if transit is not None else ()),
        ]
        findings += [_finding(case, account, fault) for fault in faults]
    return examined(len(accounts), findings, untested)


def _finding(case: Case, account: str, fault: Fault) -> Finding:
    return case.finding(
        account,
        fault.what,
        message=fault.told,
        expected=Text("每月对账，编制余额调节表，调节相符", "reconciled every month, to the fen"),
        found=fault.told,
        remedy=Text(
            "取得全部对账单，编制余额调节表，逐笔查清未达账项并补记",
            "get all statements, reconcile, clear each item in transit and book what is missing",
        ),
        evidence=limited(fault.evidence, fault.amount_fen or None),
        amount_fen=fault.amount_fen,
        parameters=fault.parameters,
        certainty=fault.certainty,
        severity=None if fault.certainty is Certainty.ESTABLISHED else Severity.MEDIUM,
        related=("CTL11", "STM02"),
    )
