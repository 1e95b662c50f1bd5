"""收入挂应付款，长期不确认：应当确认的收入挂在其他应付款，或其他应付款余额长期没有变动。

检查内容
一、本期由其他应付款（215）转入收入、而款项在以前年度就已收到的凭证：收款摘要含收入用语的列为问题，其他列为疑点。
二、期末 215 未结清的部分：摘要、对方或明细名称含拨缴、补助、会费、利息、租金、捐赠等收入用语、超过记账惯例日数的列为
疑点；没有这些用语而超过规定月数没有变动的，列为一般疑点。
依据
《中华人民共和国会计法》第二十四条（二）：不得虚列或者隐瞒收入，推迟或者提前确认收入。《工会会计制度》第五十七条：工会各项
收入应当按照实际发生额入账。
危害
收入不入账就不进预算和决算，长期挂账的钱容易变成小金库。
反例
2024 年 12 月收到场地租金 6,000.00 元记其他应付款，2025 年 5 月才转其他收入。
正例
收到租金当日贷记其他收入。
参数
booking.delay_days；payable.stale_months（由上级或本单位规定，写入 [[standards]]，没有规定的不查长期无变动）。
局限
凭用语识别收入，定金、代收款可能被列出。建会筹备金、押金、代扣税款、互助保险不在此列；税务代收返拨款见 INC09。
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence

from ledger.journal_rows import PostingRow, net_fen
from ledger.money import shown_yuan
from rules.departure.open_items import OpenItem, open_items
from rules.finding import Certainty, Checked, Citation, Evidence, Finding, Severity, Text, examined, not_applicable
from rules.gather import Values, limited
from rules.law import ParameterValue
from rules.receivables.ages import months_before, parts_before, total
from rules.receivables.parked import OTHERS, is_returned, looks_like_income, parked
from rules.receivables.parties import holder, said
from rules.remittance.movements import PAID_FROM
from rules.rule import Case, rule
from rules.vouchers import first_line, touching

GROUPS = frozenset({"other_payables"})


@rule(
    code="CUR06",
    name="income-parked-in-payables",
    title=Text("收入挂应付款，长期不确认", "Income parked among payables"),
    severity=Severity.HIGH,
    citations=(Citation("accounting-law-2024", "第二十四条"), Citation("accounting-system-2021", "第五十七条")),
    parameters=("booking.delay_days", "payable.stale_months"),
)
def check(case: Case) -> Checked:
    """Report income that came out of payables years late, and payables that look like income or never move."""
    delays, months = Values(case, "booking.delay_days"), Values(case, "payable.stale_months")
    items, tested = open_items(case.facts, GROUPS, case.until, credit=True)
    if not tested:
        return not_applicable("账上没有其他应付款", "the books hold no other payables")
    findings = list(_released(case))
    delay = delays.on(case.until)
    for item in items:
        if said(holder(item.account), case.until, *OTHERS):
            continue
        held = parked(case, item, case.until - datetime.timedelta(days=int(delay.number))) if delay else ()
        if delay and held:
            findings.append(_open(case, item, held, delay, looks=True))
            continue
        stale = months.on(case.until)
        old = parts_before(item, months_before(case.until, int(stale.number))) if stale else ()
        if stale and old:
            findings.append(_open(case, item, old, stale, looks=False))
    return examined(tested, findings, (*delays.untested, *months.untested))


def _released(case: Case) -> Iterator[Finding]:
    for voucher in sorted(touching(case.booked, *GROUPS), key=lambda postings: postings[0].entry):
        income = -net_fen(posting for posting in voucher if posting.element == "income")
        payable = [posting for posting in voucher if posting.group in GROUPS]
        debited = net_fen(payable)
        if income > 0 and debited > 0 and not any(posting.group in PAID_FROM for posting in voucher):
            yield from _late(case, payable, min(income, debited))


def _late(case: Case, payable: Sequence[PostingRow], amount: int) -> Iterator[Finding]:
    """Yield the finding that money of an earlier year became income only now."""
    first = first_line(payable)
    at = first.date
    accounts = {posting.account for posting in payable}
    held, _ = open_items(case.facts, GROUPS, at - datetime.timedelta(days=1), credit=True)
    parts = [p for item in held if item.account in accounts for p in item.parts if p.date and p.date.year < at.year]
    names = " ".join(sorted(holder(account) for account in accounts))
    text = f"{names} {first.head.narration}"
    if not parts or said(text, at, "founding_fund", "deposits") or is_returned(case, text, at):
        return
    money, voucher = shown_yuan(amount), first.voucher or "（无字号）"
    certain = all(looks_like_income(case, part) for part in parts)
    yield case.finding(
        "released",
        first.voucher,
        message=Text(
            f"{at} 凭证 {voucher} 把其他应付款（{names}）{money} 元转入收入，这笔钱 {parts[0].date} 就已收到",
            f"{at}, voucher {voucher}: {money} yuan of payables became income, received on {parts[0].date}",
        ),
        expected=Text("收到的年度确认收入", "income in the year of receipt"),
        found=Text(f"跨年推迟确认 {money} 元", f"{money} yuan recognised in a later year"),
        remedy=Text("说明推迟的原因，按会计差错更正，补报决算", "account for the delay and correct it as an error"),
        evidence=limited(parts, total(parts)),
        amount_fen=amount,
        certainty=Certainty.ESTABLISHED if certain else Certainty.LEAD,
        related=("INC09", "INC16"),
    )


def _open(case: Case, item: OpenItem, parts: tuple[Evidence, ...], value: ParameterValue, *, looks: bool) -> Finding:
    money, since = shown_yuan(total(parts)), parts[0].date
    why = Text("像是收入", "looks like income") if looks else Text("长期没有变动", "has not moved for long")
    return case.finding(
        "open",
        item.account,
        message=Text(
            f"{case.until} 其他应付款“{item.name}”有 {money} 元未结清，最早 {since} 收到，{why.zh}",
            f"{item.account}: {money} yuan open on {case.until}, received from {since} on, {why.en}",
        ),
        expected=Text("收入在收到时确认，暂存款及时支付", "income recognised on receipt, deposits paid on in time"),
        found=Text(f"{money} 元挂账，{why.zh}", f"{money} yuan parked, {why.en}"),
        remedy=Text(
            "查明款项性质：属于收入的转入收入，属于他人的支付，无法支付的报批后处理",
            "find out what it is: recognise income, pay what belongs to others",
        ),
        evidence=limited(parts, total(parts)),
        amount_fen=total(parts),
        parameters=(value,),
        certainty=Certainty.LEAD,
        severity=None if looks else Severity.LOW,
        related=("INC09", "INC16", "DEP04"),
    )
