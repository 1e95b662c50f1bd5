"""大额款项付给个人代替对公支付：发票由单位开具，钱却付给个人。

检查内容
支出凭证的对方是个人（会员、干部，或像姓名的），而发票（凭证所写，没有的取发票登记簿）的销售方是经营者的，同一凭证向同一
销售方的金额超过现金结算起点的，一张凭证一项。
依据
《现金管理暂行条例》第三条：开户单位之间的经济往来，除规定的范围可以使用现金外，应当通过开户银行进行转账结算；第五条：
结算起点。
危害
先由个人垫付再报销，交易对象、价格和时间都脱离监督，便于虚开和抬价。
反例
某干部报销某商店发票 8,600.00 元，款转个人卡。
正例
直接转账给商店；零星小额才由个人垫付。
参数
cash.payment_limit 现金结算起点（元），作为可以对公支付的界限。
局限
公务卡、网购等确需个人垫付的情形须人工判断，一律为疑点。差旅、伙食等本来由个人支付的也会列出。没有写销售方的发票报告为未能检查。
"""

from __future__ import annotations

from ledger.money import shown_yuan
from ledger.rows import Row, records
from rules.expenditure.purchases import looked_up
from rules.finding import Checked, Citation, Finding, Severity, Text, examined, not_applicable
from rules.gather import Values, day
from rules.invoices.booked import booked_invoices, registered
from rules.invoices.grouped import grouped
from rules.invoices.parties import is_firm, is_person, known_people
from rules.law import ParameterValue
from rules.rule import Case, rule

LIMIT = "cash.payment_limit"


@rule(
    code="CTL12",
    name="persons-paid-for-firms",
    title=Text("大额款项付给个人代替对公支付", "Large payments through persons instead of firms"),
    severity=Severity.MEDIUM,
    citations=(Citation("cash-regulation-2011", "第三条"), Citation("cash-regulation-2011", "第五条")),
    parameters=(LIMIT,),
    lead_only=True,
)
def check(case: Case) -> Checked:
    """Report payments to persons for what a firm invoiced, over the limit of settlement in cash."""
    rows = booked_invoices(case)
    rows = rows[rows["inside"]]
    people = known_people(case.facts)
    persons = {payee for payee in rows["payee"].unique() if is_person(str(payee), people)}
    rows = rows[rows["payee"].isin(persons)]
    if rows.empty:
        return not_applicable("本期没有凭发票付给个人的支出", "nothing was paid to persons on invoices")
    known = registered(case)
    sellers = rows["invoice_seller"]
    if known is not None:
        sellers = sellers.where(sellers != "", looked_up(rows["invoice"], known["seller"].to_dict()))
    rows = rows.assign(seller=sellers)
    sums = rows.groupby(["entry", "seller"], sort=False)["amount_fen"].sum().rename("amount_fen").reset_index()
    told = sums.merge(rows.drop(columns="amount_fen").drop_duplicates(["entry", "seller"]), on=["entry", "seller"])
    firms = {seller for seller in told["seller"].unique() if is_firm(str(seller))}
    limits = Values(case, LIMIT)
    findings: list[Finding] = []
    for row in records(told[told["seller"].isin(firms)].sort_values(["date", "voucher", "seller"])):
        limit = limits.on(day(row["date"]))
        if limit is not None and row["amount_fen"] > limit.fen:
            findings.append(_finding(case, row, limit))
    blank = int((told["seller"] == "").sum())
    untested = list(limits.untested)
    if blank:
        zh = f"{blank} 张凭发票付给个人的凭证没有写销售方"
        untested.append(Text(zh, f"{blank} vouchers paid to persons name no seller"))
    return examined(len(told), findings, untested)


def _finding(case: Case, row: Row, limit: ParameterValue) -> Finding:
    money = shown_yuan(int(row["amount_fen"]))
    said = Text(
        f"销售方是{row['seller']}，款付给个人{row['payee']}", f"sold by {row['seller']}, paid to {row['payee']}"
    )
    return grouped(
        case,
        str(row["voucher"]),
        str(row["seller"]),
        rows=[row],
        message=Text(
            f"{day(row['date'])} 凭证 {row['voucher']} 支付 {money} 元，{said.zh}",
            f"{day(row['date'])}, voucher {row['voucher']}: {money} yuan, {said.en}",
        ),
        expected=Text(
            f"超过 {shown_yuan(limit.fen)} 元直接转账给销售方", f"over {shown_yuan(limit.fen)} yuan, pay the firm"
        ),
        found=said,
        remedy=Text(
            "核对个人垫付凭据和实物；今后对公转账", "check the person's own payment and the goods; pay firms directly"
        ),
        note=said,
        parameters=(limit,),
        related=("EXP47",),
    )
