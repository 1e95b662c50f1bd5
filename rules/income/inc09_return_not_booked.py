"""返拨经费未及时入账：税务代收、财政划拨后返拨的经费挂在其他应付款，或已到银行而账上没有。

检查内容
收到的款贷记其他应付款（215），对方是上级工会或摘要含返拨用语的：以后月份才转入拨缴经费收入（402）的列为问题，期末
仍未转的列为疑点。银行流水中对方是上级工会或摘要含返拨用语的收款：账上没有同额入账，或以后月份才入账的，列为疑点。
依据
《工会会计制度》附录1第402号科目三(二)：收到上级转拨的工会经费，按实际收到的总金额借记银行存款，属于本级的贷记拨缴
经费收入；第二十一条：及时进行会计处理。
危害
隐瞒收入和结余，形成账外资金的余地，跨年时两个年度的收入都不实。
反例
3 月收到返拨 12,000.00 元记入其他应付款，次年 1 月才转入拨缴经费收入。
正例
收到当月贷记拨缴经费收入，注明所属月。
参数
无；词表在 rules/words/tax_return.toml。“及时”以收款的当月为准。
局限
凭对方名称和用语识别，上级拨来的补助也可能被列出。没有银行流水的，只检查其他应付款。
"""

from __future__ import annotations

from ledger.money import shown_yuan
from rules.evidence import posting_evidence, register_evidence
from rules.finding import Certainty, Checked, Citation, Finding, Severity, Text, examined, not_applicable
from rules.income.returns import AtBank, Parked, parked_returns, returns_at_bank
from rules.remittance.months import month_of_day
from rules.remittance.words import words
from rules.rule import Case, rule

SYSTEM = "accounting-system-2021"
EXPECTED = Text("收到当月贷记拨缴经费收入（402）", "booked on 402 in the month of receipt")
REMEDY = Text(
    "凭返拨通知转入拨缴经费收入，跨年的按会计差错更正",
    "move it to 402 on the notice of the return; correct what crosses a year as an error",
)


@rule(
    code="INC09",
    name="return-not-booked",
    title=Text("返拨经费未及时入账", "Returned contribution not booked in time"),
    severity=Severity.MEDIUM,
    citations=(Citation(SYSTEM, "附录1 第402号科目 三(二)"), Citation(SYSTEM, "第二十一条")),
)
def check(case: Case) -> Checked:
    """Report returns parked in 215 beyond their month, and returns at the bank that the books lack."""
    union = case.facts.union
    if union.collections(case.since, case.until) == {"direct"}:
        return not_applicable("自主拨缴，没有返拨经费", "collected directly: nothing is returned by a higher union")
    parked, tested = parked_returns(case)
    findings = [
        _parked(case, p)
        for p in parked
        if union.collection_on(p.date) != "direct"
        and (p.moved_on is None or (month_of_day(p.moved_on) > month_of_day(p.date) and p.moved_on >= case.since))
    ]
    untested = []
    if "bank" in case.facts.registers:
        at_bank = returns_at_bank(case)
        tested += len(at_bank)
        findings += [_at_bank(case, a) for a in at_bank if _late(a) and union.collection_on(a.date) != "direct"]
    else:
        zh = "缺少登记簿 registers/bank.csv，已到银行而未入账的返拨没有检查"
        untested.append(Text(zh, "missing register registers/bank.csv: returns at the bank were not tested"))
    return examined(tested, findings, untested)


def _parked(case: Case, parked: Parked) -> Finding:
    voucher, money = parked.line.voucher, shown_yuan(parked.amount_fen)
    said = f"{parked.line.head.payee} {parked.line.head.narration}"
    listed = words("tax_return")
    why = listed.shown(said) if listed.matched(said) else Text("对方是上级工会", "paid by the higher union")
    moved = parked.moved_on
    fate_zh = (
        f"{moved} 才转入拨缴经费收入，隔 {(moved - parked.date).days} 日" if moved else f"到 {case.until} 仍未转出"
    )
    fate_en = f"moved to 402 on {moved}" if moved else f"still there on {case.until}"
    return case.finding(
        voucher,
        "215",
        moved.isoformat() if moved else "open",
        message=Text(
            f"{voucher}（{parked.date}）收到 {money} 元记入其他应付款，{fate_zh}；{why.zh}",
            f"{voucher} ({parked.date}): {money} yuan parked in 215, {fate_en}; {why.en}",
        ),
        expected=EXPECTED,
        found=Text(f"记入其他应付款，{fate_zh}", f"on 215, {fate_en}"),
        remedy=REMEDY,
        evidence=[posting_evidence(parked.line, why, parked.amount_fen)],
        amount_fen=parked.amount_fen,
        certainty=Certainty.ESTABLISHED if moved else Certainty.LEAD,
        related=("CUR06", "INC01"),
    )


def _late(at_bank: AtBank) -> bool:
    booked = at_bank.booked_on
    return booked is None or month_of_day(booked) > month_of_day(at_bank.date)


def _at_bank(case: Case, at_bank: AtBank) -> Finding:
    row, booked = at_bank.row, at_bank.booked_on
    day, money = at_bank.date, shown_yuan(at_bank.credit_fen)
    fate_zh = f"{booked} 才入账" if booked else "账上没有同额入账"
    fate_en = f"booked on {booked}" if booked else "not in the books"
    return case.finding(
        "bank",
        row.account,
        day.isoformat(),
        row.serial,
        money,
        message=Text(
            f"{day} 银行收到“{row.payer_payee}”{money} 元（{row.summary}），{fate_zh}",
            f"{day}: {money} yuan received at the bank, {fate_en}",
        ),
        expected=EXPECTED,
        found=Text(fate_zh, fate_en),
        remedy=REMEDY,
        evidence=[register_evidence(row, Text("银行流水收款", "receipt at the bank"), at_bank.credit_fen)],
        amount_fen=at_bank.credit_fen,
        certainty=Certainty.LEAD,
        related=("INC01", "INC16"),
    )
