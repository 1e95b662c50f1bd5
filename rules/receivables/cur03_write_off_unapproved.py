"""应收款未经批准直接核销：其他应收款不经待处理财产损溢直接冲减，没有批准，或不到核销年限。

检查内容
一、2022 年起借记其他支出或净资产、贷记其他应收款（135），而不经待处理财产损溢（182）的凭证；摘要写明坏账核销的列为
问题，其他列为疑点。二、核销（由 135 转入 182 的部分列其他支出，或 2021 年以前直接列支）没有写批准文件编号，或所写决议
不存在、没有通过、晚于核销。三、转入待处理或核销时，该明细最早一笔尚未满核销年限。
依据
《工会会计制度》附录1第135号科目三（二）：逾期三年以上、确实无法收回的，报经批准后核销，先转入待处理财产损溢，批准后列
其他支出。
危害
未经批准的核销等于把公款送人；直接冲减不留备查记录，日后收回的钱也不会入账。
反例
借：其他支出 8,000.00 元，贷：其他应收款——某公司，摘要“核销坏账”，没有批复。
正例
满三年、催收无果，报上级批复后由待处理财产损溢转其他支出，凭证写明批复文号。
参数
receivable.write_off_years。
局限
逾期从约定的还款日算起，账上只有发生日：发生不满年限的必然不满逾期年限，满年限的不能说明已逾期满年限。期初转入的
余额看不出发生日，不查年限。
"""

from __future__ import annotations

import datetime

from ledger.money import shown_yuan
from rules.departure.open_items import open_items
from rules.evidence import posting_evidence
from rules.finding import Certainty, Checked, Citation, Finding, Severity, Text, examined, not_applicable
from rules.gather import Values
from rules.law import ParameterValue
from rules.receivables.ages import years_before
from rules.receivables.parties import said
from rules.receivables.written_off import RECEIVABLE, Step, WriteOff, write_offs
from rules.resolutions import undecided
from rules.rule import Case, rule

SYSTEM = "accounting-system-2021"
_NEW = datetime.date(2022, 1, 1)  # from this day a write-off goes by way of 182


@rule(
    code="CUR03",
    name="receivable-written-off-unapproved",
    title=Text("应收款未经批准直接核销", "Receivable written off without approval"),
    severity=Severity.HIGH,
    citations=(Citation(SYSTEM, "附录1 第135号科目 三(二)"), Citation(SYSTEM, "附录1 第510号科目 二(二)")),
    parameters=("receivable.write_off_years",),
)
def check(case: Case) -> Checked:
    """Report write-offs that bypass 182, are not approved, or come too early."""
    years = Values(case, "receivable.write_off_years")
    findings, tested, unread = [], 0, 0
    for step in write_offs(case):
        tested += 1
        value = years.on(step.date)
        direct = step.step is Step.DIRECT
        loss = bool(said(step.said, step.date, "bad_debts"))
        if direct and step.date >= _NEW:
            told = Text("不经待处理财产损溢直接冲减", "past account 182")
            certainty = Certainty.ESTABLISHED if loss else Certainty.LEAD
            findings.append(_finding(case, step, "direct", told, certainty))
        elif step.step is Step.LOSS or (direct and loss):
            fault = undecided(case, step.line.head)
            unread += bool(step.line.head.resolution) and "resolutions" not in case.facts.registers
            if fault is not None:
                findings.append(_finding(case, step, "unapproved", fault, Certainty.ESTABLISHED))
        early = value is not None and step.step is not Step.LOSS and (loss or not direct)
        if value is not None and early and (young := _young(case, step, value)) is not None:
            findings.append(_finding(case, step, "early", young, Certainty.ESTABLISHED, value))
    untested = list(years.untested)
    if unread:
        zh = f"缺少 registers/resolutions.csv，{unread} 张核销凭证所写的批准文件无从核对"
        untested.append(Text(zh, f"missing registers/resolutions.csv: {unread} approvals not checked"))
    if not tested and not untested:
        return not_applicable("本期没有核销其他应收款", "no receivable was written off in the period")
    return examined(tested, findings, untested)


def _young(case: Case, step: WriteOff, value: ParameterValue) -> Text | None:
    """Return what is wrong where every entry that was open the day before is younger than the limit."""
    before = step.date - datetime.timedelta(days=1)
    items, _ = open_items(case.facts, {RECEIVABLE}, before, credit=False)
    own = [item for item in items if item.account in step.accounts]
    if not own or not all(part.voucher for item in own for part in item.parts):
        return None
    oldest = min(item.oldest for item in own)
    if oldest <= years_before(step.date, int(value.number)):
        return None
    zh = f"最早 {oldest} 发生，不满 {value.text} 年就核销"
    return Text(zh, f"the oldest entry is of {oldest}, less than {value.text} years before")


def _finding(
    case: Case, step: WriteOff, what: str, told: Text, certainty: Certainty, value: ParameterValue | None = None
) -> Finding:
    voucher, money = step.line.voucher or "（无字号）", shown_yuan(step.amount_fen)
    note = Text(f"核销或转出 {money} 元：{told.zh}", f"{money} yuan: {told.en}")
    return case.finding(
        what,
        step.line.voucher,
        *step.accounts,
        message=Text(
            f"{step.date} 凭证 {voucher} 核销其他应收款 {money} 元，{told.zh}",
            f"{step.date}, voucher {voucher}: {money} yuan of receivables written off, {told.en}",
        ),
        expected=Text(
            "满核销年限、报经批准，先转待处理财产损溢再列其他支出", "old enough, approved, by way of account 182"
        ),
        found=told,
        remedy=Text(
            "提供批准文件；没有的恢复应收款并追收，按规定程序重新报批",
            "supply the approval; otherwise reinstate the receivable and collect it",
        ),
        evidence=[posting_evidence(step.line, note, step.amount_fen)],
        # One amount, however many faults a write-off has: the way past 182 and the missing approval carry it.
        amount_fen=0 if what == "early" else step.amount_fen,
        certainty=certainty,
        parameters=() if value is None else (value,),
        related=("CUR01",),
    )
