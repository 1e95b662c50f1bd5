"""支出挂应收款，长期不列支：已取得发票的支出仍挂在其他应收款上。

检查内容
期末其他应收款（135）未结清的部分：一、形成它的凭证写有发票号码；二、发票登记簿（invoices.csv）中有同名销售方、开票日期不
早于付款日的正常发票，而没有任何凭证用过。付款或开票到期末超过惯例日数的列为疑点。
依据
《工会会计制度》第二十一条：对已经发生的经济业务或者事项及时进行会计处理和报告，不得提前或者延后。
危害
少列支出，当年结余虚增；预算执行率和人均标准都被压低，跨年列支又躲过年度限额。
反例
11 月付体育用品店 20,000.00 元，发票 11 月已到，12 月末仍挂其他应收款。
正例
取得发票当月结转支出。
参数
booking.delay_days。
局限
发票没有登记、凭证也没有写发票号的看不出来。同名以明细科目名称和发票销售方一致为准。
"""

from __future__ import annotations

import datetime

from ledger.money import shown_yuan
from ledger.register_rows import InvoiceRow
from rules.departure.open_items import OpenItem, open_items
from rules.evidence import register_evidence
from rules.finding import Checked, Citation, Evidence, Finding, Severity, Text, examined, not_applicable
from rules.gather import Values, limited
from rules.law import ParameterValue
from rules.receivables.ages import parts_before
from rules.receivables.cur01_receivables_outstanding import GROUPS
from rules.receivables.parties import holder, is_employer, is_person, posting_at
from rules.rule import Case, rule
from rules.text.normalise import normalise

_GOOD = "正常"


@rule(
    code="CUR05",
    name="expenditure-parked-in-receivables",
    title=Text("支出挂应收款，长期不列支", "Expenditure parked among receivables"),
    severity=Severity.MEDIUM,
    citations=(Citation("accounting-system-2021", "第二十一条"), Citation("accounting-law-2024", "第二十四条")),
    parameters=("booking.delay_days",),
    lead_only=True,
)
def check(case: Case) -> Checked:
    """Report receivables that an invoice has turned into expenditure, still open at the period's end."""
    items, tested = open_items(case.facts, GROUPS, case.until, credit=False)
    if not tested:
        return not_applicable("账上没有其他应收款", "the books hold no other receivables")
    delays = Values(case, "booking.delay_days")
    value = delays.on(case.until)
    findings, firms = [], 0
    for item in items:
        if value is None:
            break
        before = case.until - datetime.timedelta(days=int(value.number))
        name = holder(item.account)
        named = [p for p in parts_before(item, before) if _has_invoice(case, p)]
        firm = not is_employer(name, case.facts.union, case.until) and not is_person(name, case.facts, case.until)
        firms += firm
        arrived = _arrived(case, item, before) if firm else []
        if named or arrived:
            findings.append(_finding(case, item, named, arrived, value))
    untested = list(delays.untested)
    if firms and "invoices" not in case.facts.registers:
        zh = f"缺少 registers/invoices.csv，{firms} 个单位的往来有没有已到的发票无从核对"
        untested.append(Text(zh, f"missing registers/invoices.csv: arrived invoices of {firms} parties not checked"))
    return examined(tested, findings, untested)


def _has_invoice(case: Case, part: Evidence) -> bool:
    posting = posting_at(case.facts, part.file, part.line)
    return posting is not None and bool(posting.invoice)


def _arrived(case: Case, item: OpenItem, before: datetime.date) -> list[InvoiceRow]:
    """Return the good invoices of the party, of the day of payment or later, that no voucher has used."""
    name = normalise(holder(item.account))
    if "invoices" not in case.facts.registers or not name:
        return []
    found = [
        (row.date, row.invoice, row)
        for row in case.rows(InvoiceRow)
        if row.date is not None and item.oldest <= row.date < before and row.status == _GOOD
        if normalise(row.seller) == name and row.invoice not in _used(case)
    ]
    return [row for _, _, row in sorted(found, key=lambda one: one[:2])]


def _used(case: Case) -> frozenset[str]:
    """Return the invoices that postings up to the period's end name."""
    used = (posting.invoice for posting in case.facts.booked.postings if posting.date <= case.until)
    return case.facts.once(("invoices used", case.until), lambda: frozenset(used))


def _finding(
    case: Case, item: OpenItem, named: list[Evidence], arrived: list[InvoiceRow], value: ParameterValue
) -> Finding:
    booked = sum(part.amount_fen or 0 for part in named)
    billed = sum(row.amount_fen for row in arrived)
    amount = min(item.balance_fen, booked + billed)
    last = min([p.date for p in named if p.date] + [row.date for row in arrived if row.date])
    money, count = shown_yuan(amount), len(named) + len(arrived)
    notes = [register_evidence(row, Text(f"发票 {row.invoice} 已到", "invoice"), row.amount_fen) for row in arrived]
    return case.finding(
        item.account,
        message=Text(
            f"“{item.name}”{money} 元已有发票（{count} 笔，最早 {last}），{case.until} 仍挂其他应收款",
            f"{item.account}: {money} yuan have invoices ({count}, first of {last}), still open on {case.until}",
        ),
        expected=Text(f"取得发票后 {value.text} 日内列支", f"booked within {value.text} days of the invoice"),
        found=Text(f"{money} 元没有列支", f"{money} yuan not booked as expenditure"),
        remedy=Text("凭发票结转支出；跨年的按会计差错更正", "book the expenditure; correct what crosses a year"),
        evidence=limited([*named, *notes], amount),
        amount_fen=amount,
        parameters=(value,),
        related=("CUR01", "ACC08"),
    )
