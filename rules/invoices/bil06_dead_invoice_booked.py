"""重复、作废或红冲发票入账：发票登记簿标明发票已经作废、红冲或重复，或同一张发票在几张凭证上入账超过票面。

检查内容
一、本期入账的发票在发票登记簿的状态是作废、红冲、重复的；二、同一发票号在两张以上凭证入账，合计大于票面金额的，多出部分列为重复；
发票登记簿没有这张发票的，几张凭证的金额相同即列为疑点。红字冲销按凭证抵减，以前年度的凭证一并计算。
依据
《中华人民共和国发票管理办法》第二十条：不符合规定的发票，不得作为财务报销凭证；第二十三条：不得使用废止的发票。
危害
电子发票可以反复打印，一票两报是最常见的套取办法；作废、红冲的发票没有真实交易。
反例
3 月、9 月两张凭证都以同一数电普票报销 1,200.00 元。
正例
分次付款，各凭证合计不超过票面金额。
参数
无。
局限
状态以登记时查验的结果为准，未登记的发票不能判断，报告为未能检查。2023年7月20日以前只作疑点。
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from ledger.journal_rows import PostingRow, net_fen
from ledger.money import shown_yuan
from rules.finding import Certainty, Checked, Citation, Finding, Severity, Text, examined, not_applicable
from rules.gather import joined
from rules.invoices.booked import (
    booked_in_period,
    certainty_on,
    invoice_lines,
    invoice_register,
    on_several_lines,
    registered_in_period,
)
from rules.invoices.grouped import one_finding
from rules.rule import Case, rule

DEAD = ("作废", "红冲", "重复")
REMEDY = Text("查验发票，追回重复或不实的报销，冲销支出", "verify the invoice, recover what was paid twice, reverse it")


@rule(
    code="BIL06",
    name="dead-invoice-booked",
    title=Text("重复、作废或红冲发票入账", "Repeated, void or reversed invoice booked"),
    severity=Severity.HIGH,
    citations=(Citation("invoice-measures-2023", "第二十条"), Citation("invoice-measures-2023", "第二十三条")),
)
def check(case: Case) -> Checked:
    """Report invoices that the register calls dead, and invoices booked beyond their face in several vouchers."""
    booked = booked_in_period(case)
    inside = {line.invoice for line, _ in booked}
    if not inside:
        return not_applicable("本期没有入账的发票", "no invoices booked in the period")
    known = invoice_register(case)
    registered = registered_in_period(case)
    dead = {row.invoice for _, row in registered if row.status in DEAD}
    looked_at = dead.union(inside.intersection(on_several_lines(case)))
    groups: dict[str, list[PostingRow]] = {}
    if looked_at:
        for line in invoice_lines(case):
            if line.invoice in looked_at:
                groups.setdefault(line.invoice, []).append(line)
    findings: list[Finding] = []
    untested: list[Text] = []
    if known is None:
        zh = f"缺少登记簿 registers/invoices.csv，{len(inside)} 张发票的状态无法检查"
        untested.append(Text(zh, f"missing registers/invoices.csv: the state of {len(inside)} invoices not checked"))
    else:
        if len(registered) < len(booked):
            missing = len({line.invoice for line, row in booked if row is None})
            zh = f"{missing} 张入账的发票不在 registers/invoices.csv，状态无法检查"
            untested.append(Text(zh, f"{missing} booked invoices are not registered"))
        for name in sorted(dead):
            if net_fen(groups[name]) > 0:
                findings.append(_dead(case, name, known[name].status, groups[name]))
    for name in sorted(groups.keys() - dead):
        lines = groups[name]
        if net_fen(lines) > 0 and len({line.entry for line in lines if line.amount_fen > 0}) > 1:
            row = None if known is None else known.get(name)
            findings += _repeated(case, name, lines, None if row is None else row.amount_fen)
    return examined(len(inside), findings, untested)


def _dead(case: Case, name: str, state: str, lines: Sequence[PostingRow]) -> Finding:
    total = net_fen(lines)
    said = Text(f"发票 {name} 的状态是“{state}”", f"invoice {name} is marked “{state}”")
    return one_finding(
        case,
        name,
        "state",
        lines=lines,
        message=Text(
            f"{said.zh}，仍入账 {shown_yuan(total)} 元", f"{said.en}, yet {shown_yuan(total)} yuan are booked"
        ),
        expected=Text("只以有效的发票入账", "only valid invoices are booked"),
        found=said,
        remedy=REMEDY,
        note=said,
        certainty=certainty_on(case, _last(lines)),
    )


def _last(lines: Sequence[PostingRow]) -> datetime.date:
    return max(line.date for line in lines)


def _repeated(case: Case, name: str, lines: Sequence[PostingRow], face: int | None) -> list[Finding]:
    total = net_fen(lines)
    if face is not None:
        over, sure = total - face, certainty_on(case, _last(lines))
        compared = Text(f"票面 {shown_yuan(face)} 元", f"its face is {shown_yuan(face)} yuan")
    else:
        paid = [line for line in lines if line.amount_fen > 0]
        alike = len({line.invoice_seller for line in paid}) == 1
        different = {line.amount_fen for line in paid}
        over, sure = net_fen(paid) - sum(different) if alike else 0, Certainty.LEAD
        compared = Text("登记簿没有票面金额", "its face is not registered")
    if over <= 0:
        return []
    vouchers = joined([line.voucher for line in lines])
    return [
        one_finding(
            case,
            name,
            "repeated",
            lines=lines,
            message=Text(
                f"发票 {name} 在 {len(lines)} 张凭证（{vouchers}）入账共 {shown_yuan(total)} 元，{compared.zh}，"
                f"重复 {shown_yuan(over)} 元",
                f"invoice {name} is booked in {len(lines)} vouchers for {shown_yuan(total)} yuan; {compared.en}",
            ),
            expected=Text("一张发票入账不超过票面金额", "an invoice is booked up to its face once"),
            found=Text(f"入账 {shown_yuan(total)} 元", f"{shown_yuan(total)} yuan booked"),
            remedy=REMEDY,
            note=Text(f"以发票 {name} 入账", f"booked on invoice {name}"),
            amount_fen=over,
            certainty=sure,
            related=("BIL03",),
        )
    ]
