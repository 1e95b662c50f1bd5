"""跨年发票入当年账：发票的开票年度与入账年度不同。

检查内容
本期入账的每张发票，开票日期（凭证所写，没有的取发票登记簿）的年度与凭证年度不同的，按入账年度和开票年度并作一项：
上年的发票今年入账，是延后；下年的发票今年已入账，是提前。
依据
《工会会计制度》第二十一条：工会应当对已经发生的经济业务或者事项及时进行会计处理和报告，不得提前或者延后。
危害
支出在年度之间挪移，预算执行和决算失真；旧票也便于重复报销。
反例
2024 年 11 月的发票 2025 年 3 月报销入账。
正例
12 月的活动 12 月报销；确实来不及的，次年 1 月说明原因入账。
参数
无。
局限
年终前后几天的跨年有其正当原因，一律为疑点。没有写开票日期的发票不能判断，报告为未能检查。
"""

from __future__ import annotations

from collections.abc import Sequence

from ledger.journal_rows import PostingRow, net_fen
from ledger.money import shown_yuan
from rules.finding import Checked, Citation, Finding, Severity, Text, examined, not_applicable
from rules.invoices.booked import booked_in_period
from rules.invoices.grouped import by_year, one_finding
from rules.rule import Case, rule


@rule(
    code="BIL05",
    name="invoice-of-another-year",
    title=Text("跨年发票入当年账", "Invoice of another year"),
    severity=Severity.MEDIUM,
    citations=(Citation("accounting-system-2021", "第二十一条"),),
    lead_only=True,
)
def check(case: Case) -> Checked:
    """Report invoices booked in another year than they were made out in."""
    booked = booked_in_period(case)
    if not booked:
        return not_applicable("本期没有入账的发票", "no invoices booked in the period")
    other, blank = [], 0
    for line, row in booked:
        of = line.invoice_date or (row.date if row else None)
        if of is None:
            blank += 1
        elif of.year != line.date.year:
            other.append(line._replace(invoice_date=of))
    findings = [_finding(case, year, of, lines) for year, (of,), lines in by_year(other, _year_of)]
    untested = [Text(f"{blank} 张入账的发票没有开票日期", f"{blank} invoices without a date")] if blank else []
    return examined(len(booked) - blank, findings, untested)


def _year_of(line: PostingRow) -> str:
    return f"{line.invoice_date:%Y}"


def _finding(case: Case, year: int, of: str, lines: Sequence[PostingRow]) -> Finding:
    money = shown_yuan(net_fen(lines))
    how = Text("延后", "late") if int(of) < year else Text("提前", "early")
    return one_finding(
        case,
        str(year),
        of,
        lines=lines,
        message=Text(
            f"{year} 年入账的发票有 {len(lines)} 张开于 {of} 年（{how.zh}入账），共 {money} 元",
            f"{len(lines)} invoices of {of} booked in {year} ({how.en}), {money} yuan",
        ),
        expected=Text("发票在开具的年度入账", "booked in the year of the invoice"),
        found=Text(f"{of} 年的发票 {len(lines)} 张", f"{len(lines)} invoices of {of}"),
        remedy=Text(
            "说明跨年原因，核对是否重复报销；金额较大的调整以前年度结余",
            "give the reason, check for a second booking, and adjust the surplus where large",
        ),
        note=lambda line: Text(f"开票日期 {line.invoice_date}", f"made out on {line.invoice_date}"),
        related=("BIL06",),
    )
