"""业务跨年记账：业务发生日与凭证日期不在同一年度。

检查内容
写明业务发生日（occurred）的收支凭证，发生日与凭证日期分属两个年度，而相差不超过 30 天的，
按发生在先、在后一年各并作一项。按发票日期看的跨年入账由 BIL05 检查，相差 30 天以上的由 ACC08 检查，都不在此重复。
依据
《工会会计制度》第二十一条：对已经发生的经济业务或者事项及时进行会计处理和报告，不得提前或者延后。
危害
把 12 月的支出记到次年 1 月，或把次年的提前入账，可以调节预算执行和结余。
反例
12 月 29 日的活动费用 1 月 8 日才入账。
正例
12 月 29 日发生，12 月 31 日入账。
参数
无。方法常数：30 天以内，更久的是记账不及时的问题。
局限
收付实现制下按付款日入账是允许的，一律为疑点，供与预算执行一并判断。没有写发生日的凭证视为当日发生。
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from ledger.journal_rows import VoucherRow
from ledger.money import shown_yuan
from ledger.register_rows import InvoiceRow
from rules.finding import Checked, Citation, Severity, Text, examined, not_applicable
from rules.journal.history import flows_by_entry
from rules.journal.method import Method
from rules.journal.population import population, rows_of
from rules.rule import Case, rule
from rules.vouchers import years

_DAYS = datetime.timedelta(days=30)
_METHOD = Method(1, Text("收入支出凭证", "vouchers of income and spending"), (Text("30 天以内", "within 30 days"),))


@rule(
    code="JET20",
    name="event-in-another-year",
    title=Text("业务跨年记账", "Booked in another year than it happened"),
    severity=Severity.LOW,
    citations=(Citation("accounting-system-2021", "第二十一条"),),
    lead_only=True,
)
def check(case: Case) -> Checked:
    """Report income and spending booked just over the year's end from the day it happened."""
    flowing = flows_by_entry(case.facts)
    found = [voucher for voucher in case.vouchers if voucher.entry in flowing]
    if not found:
        return not_applicable("本期没有收入和支出", "neither income nor spending in the period")
    away = [voucher for voucher in found if voucher.event_date != voucher.date]
    near = [v for v in away if v.event_date.year != v.date.year and abs(v.date - v.event_date) <= _DAYS]
    kept = _invoiced_in_the_year(case, near)
    kinds = {
        "late": ([v for v in kept if v.event_date < v.date], Text("业务发生在上一年度", "happened the year before")),
        "early": ([v for v in kept if v.event_date > v.date], Text("业务发生在下一年度", "happened the year after")),
    }
    debit_fen = population(case).debit_fen
    findings = []
    for kind, (vouchers, said) in kinds.items():
        for year, own in years(vouchers):
            total = debit_fen(*own)
            days = [f"{voucher.event_date:%Y-%m-%d}" for voucher in own]
            notes = [Text(f"业务发生于 {day}", f"happened on {day}") for day in days]
            findings.append(
                _METHOD.lead(
                    case,
                    str(year),
                    kind,
                    count=len(found),
                    told=Text(
                        f"{year} 年 {len(own)} 张收支凭证的{said.zh}，合计 {shown_yuan(total)} 元",
                        f"{len(own)} vouchers of {year} {said.en}: {shown_yuan(total)} yuan",
                    ),
                    expected=Text("在业务发生的年度记账", "booked in the year it happened"),
                    evidence=rows_of(own, notes, debit_fen, total),
                    related=("ACC08", "BIL05"),
                )
            )
    return examined(len(found), findings, note=_METHOD.said(len(found)))


def _invoiced_in_the_year(case: Case, vouchers: Sequence[VoucherRow]) -> list[VoucherRow]:
    """Return the vouchers without those that have an invoice of another year, which are BIL05's."""
    registered: dict[str, datetime.date | None] = {}
    if vouchers and "invoices" in case.facts.registers:
        registered = {row.invoice: row.date for row in case.rows(InvoiceRow)}
    kept = []
    for voucher in vouchers:
        lines = population(case).lines[voucher.entry]
        days = [line.invoice_date or registered.get(line.invoice) for line in lines]
        if all(day is None or day.year == voucher.date.year for day in days):
            kept.append(voucher)
    return kept
