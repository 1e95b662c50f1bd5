"""收取经费未开或错开专用收据：单位拨缴经费到账，凭证上没有票据号，或票据不是财政部门监制的票据。

检查内容
自主拨缴的单位，逐张看收到拨缴经费（收到银行存款或现金、贷记拨缴经费收入）的凭证：一、没有写票据号的；二、票据种类
写明而不是财政票据的。每年每种情形并作一项。
依据
国家税务总局公告2010年第24号：拨缴的工会经费凭工会组织开具的《工会经费收入专用收据》税前扣除。《中华人民共和国
会计法》第十四条：办理经济业务事项必须填制或者取得原始凭证。
危害
单位无从税前扣除而迟拨、少拨；收款不开票，便于收入不入账。
反例
3 月收到拨缴经费 214,726.20 元，凭证没有票据号。
正例
凭证写明专用收据的号码，票据种类为财政票据。
参数
无。
局限
专用收据的规定原文未读到，一律为疑点。税务代收、财政划拨由代收机关开具凭据，不在此列。收据的存根与领用结存须看票据
本身（号码中断见 BIL09）。
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from ledger.journal_rows import PostingRow, net_fen
from ledger.money import shown_yuan
from rules.expenditure.purchases import FISCAL
from rules.finding import Checked, Citation, Finding, Severity, Text, examined, not_applicable
from rules.invoices.grouped import by_year, one_finding
from rules.rule import Case, rule, voucher_order
from rules.vouchers import CASH_AND_BANK, net_on

_NONE, _WRONG = "none", "wrong"
_SAID = {
    _NONE: Text("没有写票据号", "without the number of a receipt"),
    _WRONG: Text("票据不是财政票据", "on a receipt of another kind"),
}


@rule(
    code="BIL01",
    name="contribution-receipt-missing",
    title=Text("收取经费未开或错开专用收据", "No or wrong receipt for contributions"),
    severity=Severity.HIGH,
    citations=(Citation("contribution-receipt-2010", "全文"), Citation("accounting-law-2024", "第十四条")),
    lead_only=True,
)
def check(case: Case) -> Checked:
    """Report contributions received for which the voucher names no receipt, or one of another kind."""
    if "direct" not in case.facts.union.collections(_month_before(case.since), case.until):
        return not_applicable(
            "拨缴经费由税务代收或财政划拨，凭据由代收机关开具",
            "contributions are collected by others, who give receipts",
        )
    received = _received(case)
    if not received:
        return not_applicable("本期没有收到拨缴经费", "no contribution received in the period")
    without = [line for line in received if not line.invoice]
    wrong = [line for line in received if line.invoice and line.invoice_type not in ("", FISCAL)]
    findings = []
    for kind, lines in ((_NONE, without), (_WRONG, wrong)):
        findings += [_finding(case, year, kind, own) for year, _, own in by_year(lines)]
    return examined(len(received), findings)


def _received(case: Case) -> Sequence[PostingRow]:
    """Return a line for each voucher of contributions received in money: the sum received and the receipt named."""
    income = [line for line in case.booked.meaning("contribution_income") if line.amount_fen < 0]
    vouchers, found = case.booked.by_entry, []
    for entry in dict.fromkeys(line.entry for line in income):
        lines = vouchers[entry]
        money = net_on(lines, *CASH_AND_BANK)
        if money > 0 and _direct(case, lines[0].date):
            receipt = max(line.invoice for line in lines)
            kind = max(line.invoice_type for line in lines)
            found.append(lines[0]._replace(amount_fen=money, invoice=receipt, invoice_type=kind))
    return sorted(found, key=lambda line: voucher_order(line.head))


def _direct(case: Case, day: datetime.date) -> bool:
    """Tell whether a receipt of a day, for the wages of the month before, came from the employer itself."""
    return case.facts.union.collection_on(_month_before(day)) == "direct"


def _month_before(day: datetime.date) -> datetime.date:
    return day.replace(day=1) - datetime.timedelta(days=1)


def _finding(case: Case, year: int, kind: str, lines: Sequence[PostingRow]) -> Finding:
    said, money = _SAID[kind], shown_yuan(net_fen(lines))
    return one_finding(
        case,
        str(year),
        kind,
        lines=lines,
        message=Text(
            f"{year} 年 {len(lines)} 笔拨缴经费{said.zh}，共 {money} 元",
            f"{len(lines)} contributions of {year} {said.en}, {money} yuan",
        ),
        expected=Text("每笔拨缴经费开具工会经费收入专用收据", "the special receipt for every contribution"),
        found=Text(f"{len(lines)} 笔{said.zh}", f"{len(lines)} {said.en}"),
        remedy=Text(
            "核对票据存根；未开的补开专用收据并在凭证上写明号码",
            "check the stubs; issue the receipts and note their numbers on the vouchers",
        ),
        note=lambda line: Text(f"收到拨缴经费，{said.zh}{line.invoice_type and '：' + line.invoice_type}", said.en),
        amount_fen=0,
    )
