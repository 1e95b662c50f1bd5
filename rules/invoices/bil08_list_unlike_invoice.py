"""发放清单与发票金额不符：按清单发出的与凭证（发票）入账的金额不一致。

检查内容
凭证写了清单号的支出，按清单合计（几张凭证用同一清单的一并计算，红字抵减），与 grants.csv 该清单各人金额之和比较，
相差一分即列出。入账多于发放而库存登记簿（stock.csv）表明该凭证购入的物品尚有同样价值在库的，不算不符。
依据
《中华人民共和国会计法》第十七条：会计账簿记录与实物、款项及有关资料相互核对，保证账簿记录与会计凭证的有关内容相符。
危害
多报少发，差额就是被截留的钱；少报多发，说明另有账外来源。
反例
购月饼 100 份 12,000.00 元，清单只有 92 人领取 11,040.00 元，没有结存。
正例
清单 100 人合计 12,000.00 元；或者余 8 份登记入库。
参数
无。
局限
清单不在登记簿的不能核对，报告为未能检查。运费等不随清单发放的费用应另行列支，不写清单号。分摊与抹零须人工核对。2022年以前
的只作疑点。
"""

from __future__ import annotations

import datetime
from collections.abc import Collection, Sequence
from operator import attrgetter

from ledger.journal_rows import PostingRow, sums_by
from ledger.money import shown_yuan
from ledger.register_rows import GrantRow, StockRow
from rules.evidence import register_evidence
from rules.expenditure.purchases import net_spending
from rules.finding import Certainty, Checked, Citation, Finding, Severity, Text, examined, not_applicable
from rules.gather import joined
from rules.invoices.booked import certainty_on
from rules.invoices.grouped import one_finding
from rules.rule import Case, rule
from rules.vouchers import business


@rule(
    code="BIL08",
    name="list-unlike-invoice",
    title=Text("发放清单与发票金额不符", "Distribution list differs from the invoice"),
    severity=Severity.HIGH,
    citations=(Citation("accounting-law-2024", "第十七条"), Citation("accounting-system-2021", "第十七条")),
    needs=("grants",),
)
def check(case: Case) -> Checked:
    """Report distribution lists that give out more or less than the vouchers booked for them."""
    lists = {line.list for line in case.booked.of("expense")} - {""}
    if not lists:
        return not_applicable("本期没有写明清单的支出", "no spending names a distribution list")
    lines = [line for line in business(case).of("expense") if line.list in lists]
    booked = sums_by(lines, attrgetter("list"))
    given: dict[str, int] = {}
    for grant in case.rows(GrantRow):
        given[grant.list] = given.get(grant.list, 0) + grant.amount_fen
    unknown = sorted(lists - given.keys())
    untested = []
    if unknown:
        zh = f"清单 {joined(unknown)} 不在 registers/grants.csv，无法核对"
        untested.append(Text(zh, f"{len(unknown)} lists are not in registers/grants.csv"))
    known = sorted(lists & given.keys())
    findings = []
    for name in known:
        over = booked[name] - given[name]
        if not over:
            continue
        entries = {line.entry for line in lines if line.list == name}
        used = [line for line in net_spending(case, datetime.date.min) if line.entry in entries]
        if over < 0 or _in_stock(case, {line.voucher for line in used}) < over:
            findings.append(_finding(case, name, booked[name], given[name], used))
    return examined(len(known), findings, untested)


def _in_stock(case: Case, vouchers: Collection[str]) -> int:
    """Return what of the goods that vouchers bought is still in stock, in fen."""
    if "stock" not in case.facts.registers:
        return 0
    return sum(row.quantity * row.unit_cost_fen for row in case.rows(StockRow) if row.voucher in vouchers)


def _finding(case: Case, name: str, booked: int, given: int, vouchers: Sequence[PostingRow]) -> Finding:
    gap = abs(booked - given)
    side = Text("入账多于发放", "booked more than given") if booked > given else Text("发放多于入账", "given more")
    out, put, apart = shown_yuan(given), shown_yuan(booked), shown_yuan(gap)
    message = Text(
        f"清单 {name} 发放合计 {out} 元，凭证入账 {put} 元，{side.zh} {apart} 元",
        f"list {name}: {out} yuan given, {put} booked, {apart} apart ({side.en})",
    )
    expected = Text("清单合计与入账金额相等", "list and vouchers agree")
    found = Text(f"相差 {apart} 元", f"{apart} yuan apart")
    remedy = Text(
        "核对签收清单、发票和结存；少发的追回或入库，多发的查明来源",
        "compare list, invoice and stock; recover what was not given, or find where the rest came from",
    )
    if not vouchers:
        first = min((grant for grant in case.rows(GrantRow) if grant.list == name), key=lambda grant: grant.line)
        return case.finding(
            name,
            message=message,
            expected=expected,
            found=found,
            remedy=remedy,
            evidence=(register_evidence(first, Text(f"清单 {name}", f"list {name}"), given),),
            amount_fen=gap,
            certainty=Certainty.LEAD,
        )
    return one_finding(
        case,
        name,
        lines=vouchers,
        message=message,
        expected=expected,
        found=found,
        remedy=remedy,
        note=Text(f"以清单 {name} 入账", f"booked on list {name}"),
        amount_fen=gap,
        certainty=certainty_on(case, min(line.date for line in vouchers), "accounting-system-2021"),
        related=("BIL07",),
    )
