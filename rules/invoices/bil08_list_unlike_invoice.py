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

import pandas as pd

from ledger.money import shown_yuan
from rules.expenditure.purchases import spent_rows, spent_vouchers
from rules.finding import Certainty, Checked, Citation, Finding, Severity, Text, examined, not_applicable
from rules.gather import day, joined, register_evidence
from rules.invoices.booked import certainty_on
from rules.invoices.grouped import grouped
from rules.rule import Case, rule


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
    own = spent_rows(case)
    lists = {str(name) for name in own["list"].unique() if str(name)}
    if not lists:
        return not_applicable("本期没有写明清单的支出", "no spending names a distribution list")
    first = case.facts.vouchers["date"].min().date()
    rows = spent_rows(case, first)
    rows = rows[rows["list"].isin(lists)]
    booked = rows.groupby(rows["list"].astype("object"))["amount_fen"].sum()
    grants = case.register("grants")
    given = grants.groupby(grants["list"].astype("object"))["amount_fen"].sum()
    unknown = sorted(lists - set(given.index))
    untested = []
    if unknown:
        zh = f"清单 {joined(unknown)} 不在 registers/grants.csv，无法核对"
        untested.append(Text(zh, f"{len(unknown)} lists are not in registers/grants.csv"))
    both = pd.DataFrame({"booked": booked, "given": given}).dropna().astype("int64")
    both = both.loc[sorted(lists & set(both.index))]
    vouchers = spent_vouchers(case, first) if (both["booked"] != both["given"]).any() else None
    findings = []
    for name, row in both[both["booked"] != both["given"]].iterrows():
        assert vouchers is not None
        used = vouchers[vouchers["entry"].isin(rows.loc[rows["list"].astype("object") == name, "entry"])]
        over = int(row["booked"] - row["given"])
        if over > 0 and _in_stock(case, set(used["voucher"])) >= over:
            continue
        findings.append(_finding(case, str(name), int(row["booked"]), int(row["given"]), used))
    return examined(len(both), findings, untested)


def _in_stock(case: Case, vouchers: set[str]) -> int:
    """Return what of the goods that vouchers bought is still in stock, in fen."""
    if "stock" not in case.facts.registers:
        return 0
    rows = case.register("stock")
    rows = rows[rows["voucher"].isin(vouchers)]
    return int((rows["quantity"] * rows["unit_cost_fen"]).sum())


def _finding(case: Case, name: str, booked: int, given: int, vouchers: pd.DataFrame) -> Finding:
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
    if vouchers.empty:
        first = case.register("grants")
        row = first[first["list"] == name].sort_values("line").iloc[0]
        return case.finding(
            name,
            message=message,
            expected=expected,
            found=found,
            remedy=remedy,
            evidence=(register_evidence("grants", row, Text(f"清单 {name}", f"list {name}"), given),),
            amount_fen=gap,
            certainty=Certainty.LEAD,
        )
    return grouped(
        case,
        name,
        rows=vouchers,
        message=message,
        expected=expected,
        found=found,
        remedy=remedy,
        note=Text(f"以清单 {name} 入账", f"booked on list {name}"),
        amount_fen=gap,
        certainty=certainty_on(case, day(vouchers["date"].min()), "accounting-system-2021"),
        related=("BIL07",),
    )
