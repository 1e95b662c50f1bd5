"""年末手工调整：年末最后几天不动现金和银行存款、直接调整收入支出的凭证。

检查内容
12 月 27 日以后涉及收入或支出、而没有现金银行收付的凭证，年末结转除外。制度规定年末确认的应收上级经费、应收下级经费，
以及折旧、摊销，不算。一年并作一项。
依据
《工会会计制度》第八条：工会会计处理一般采用收付实现制；第五十九条：各项支出应当按照实际发生额入账。
危害
没有收付的年末调整是调节结余、虚列支出、凑预算执行率的主要手段。
反例
12 月 31 日，借：会员活动支出 50,000.00 元，贷：其他应付款 50,000.00 元。
正例
12 月 31 日根据上级通知，借：应收上级经费，贷：拨缴经费收入。
参数
无。方法常数：12 月 27 日起，即年末最后五天。
局限
年末核销备用金也会列出，一律为疑点。提前确认应收拨缴收入见 INC10，以预付款套取结余见 EXP51。
"""

from __future__ import annotations

import datetime
from bisect import bisect_left
from collections.abc import Sequence
from operator import attrgetter

from ledger.journal_rows import PostingRow, VoucherRow
from ledger.money import shown_yuan
from rules.finding import Checked, Citation, Severity, Text, examined, not_applicable
from rules.journal.method import Method
from rules.journal.population import population, rows_of
from rules.journal.sides import ACCRUED, sides
from rules.rule import Case, rule
from rules.vouchers import CASH_AND_BANK, years

_MONTH, _DAY = 12, 27
_METHOD = Method(1, Text("12 月 27 日以后的凭证", "vouchers from 27 December on"))


@rule(
    code="JET15",
    name="year-end-adjustments",
    title=Text("年末手工调整", "Manual adjustments at the year's end"),
    severity=Severity.MEDIUM,
    citations=(Citation("accounting-system-2021", "第八条"), Citation("accounting-system-2021", "第五十九条")),
    lead_only=True,
)
def check(case: Case) -> Checked:
    """Report vouchers of the last days of December that change income or spending without money moving."""
    found: list[VoucherRow] = []
    for year, own in years(case.vouchers):
        found += own[bisect_left(own, datetime.date(year, _MONTH, _DAY), key=attrgetter("date")) :]
    if not found:
        return not_applicable("本期没有年末最后几天的凭证", "no voucher of the last days of a year in the period")
    lines, debit_fen = population(case).lines, population(case).debit_fen
    findings = []
    for year, these in years([voucher for voucher in found if _adjusts(lines.get(voucher.entry, ()))]):
        total = debit_fen(*these)
        findings.append(
            _METHOD.lead(
                case,
                str(year),
                count=len(found),
                told=Text(
                    f"{year} 年末 {len(these)} 张凭证不动现金银行而调整收支，合计 {shown_yuan(total)} 元",
                    f"{len(these)} vouchers at the end of {year} adjust income or spending without money: "
                    f"{shown_yuan(total)} yuan",
                ),
                expected=Text("收支按实际收付入账", "income and spending as money moves"),
                evidence=rows_of(these, Text("没有收付的收支调整", "adjusts without money"), debit_fen, total),
                related=("EXP50", "EXP51", "INC10"),
            )
        )
    return examined(len(found), findings, note=_METHOD.said(len(found)))


def _adjusts(lines: Sequence[PostingRow]) -> bool:
    """Tell whether a voucher changes income or spending without money, other than by the accruals laid down."""
    flowing = any(line.element in ("income", "expense") for line in lines)
    if not flowing or any(line.group in CASH_AND_BANK for line in lines):
        return False
    debit = sides(lines).debit
    return not debit or not set(debit) <= set(ACCRUED)
