"""借行政补助名义过账：单位以行政补助拨进来的钱，原数转给了单位自己或同一个第三方。

检查内容
逐笔看行政补助收入（405）的凭证，在收款当日及以后到期末，有没有一张凭证把同样的金额付给同一个对方，或者同一项目付给一个对方的合计
恰等于这笔补助；付回给拨款单位的，部分付回也列出。一笔补助列一项疑点，写明从收到付相隔的天数。
依据
《基层工会经费收支管理办法》第五条：行政补助按预算确定的用途开支，不得将与工会无关的经费以行政补助名义纳入账户管理。
《中华人民共和国会计法》第九条：根据实际发生的经济业务事项进行会计核算。
危害
工会账户成了单位的过账通道，替行政列支招待、奖金。
反例
6 月 10 日收到行政补助 80,000.00 元，6 月 18 日全额付给某会务公司。
正例
行政补助 100,000.00 元用于岗位练兵比武，按预算付给多个对方。
参数
无。
局限
金额原数转出也可能是正常采购，只作疑点。分几家转出的、以现金转出的看不出来。
"""

from __future__ import annotations

import pandas as pd

from ledger.money import shown_yuan
from ledger.rows import Row, records
from rules.finding import Checked, Citation, Evidence, Finding, Severity, Text, examined, not_applicable
from rules.gather import day, limited
from rules.nets import MONEY, Nets, header_evidence, headers, named, touching
from rules.rule import Case, rule

SUBSIDY = "employer_subsidy_income"


@rule(
    code="INC19",
    name="money-passed-through",
    title=Text("借行政补助名义过账", "Foreign money passed through as employer's subsidy"),
    severity=Severity.HIGH,
    citations=(Citation("grassroots-funds-2017", "第五条"), Citation("accounting-law-2024", "第九条")),
    lead_only=True,
)
def check(case: Case) -> Checked:
    """Report subsidies of the employer that left again whole, to one party, or that went back to the employer."""
    rows = touching(case.activity, SUBSIDY)
    if rows.empty:
        return not_applicable("本期没有行政补助收入", "no subsidy of the employer in the period")
    heads = headers(rows)
    came = -Nets(rows).of(SUBSIDY)
    heads = heads.assign(came=came)[(came > 0) & (heads["reverses"] == "")]
    paid = _paid(case, set(heads.index))
    findings = []
    taken: set[int] = set()
    for row in records(heads.sort_values(["date", "voucher"])):
        chosen = _passed(row, paid[~paid["entry"].isin(taken)])
        if not chosen.empty:
            taken |= {int(entry) for entry in chosen["entry"]}
            findings.append(_finding(case, row, chosen))
    return examined(len(heads), findings)


def _paid(case: Case, received: set[object]) -> pd.DataFrame:
    """Return one row a voucher that pays money away, with `paid`, without those that receive a subsidy."""
    rows = touching(case.activity, *MONEY)
    paid = -Nets(rows).of(*MONEY)
    heads = headers(rows).assign(paid=paid)
    heads = heads[(paid > 0) & (heads["payee"] != "") & (heads["reverses"] == "")]
    upward = rows.loc[rows["group"].isin(["due_to_higher_union", "custody_funds"]), "entry"]
    return heads[~heads["entry"].isin(received) & ~heads["entry"].isin(upward)]


def _passed(row: Row, paid: pd.DataFrame) -> pd.DataFrame:
    """Return the payments by which one subsidy left again: back to its payer, whole in one, or whole by project."""
    later = paid[paid["date"] >= row["date"]].sort_values(["date", "voucher"])
    back: pd.DataFrame = later[(later["payee"] == row["payee"]) & (str(row["payee"]) != "")]
    if not back.empty and int(back["paid"].sum()) <= int(row["came"]):
        return back
    whole: pd.DataFrame = later[later["paid"] == row["came"]].head(1)
    if not whole.empty:
        return whole
    project = str(row["project"])
    if project:
        own: pd.DataFrame = later[later["project"].astype(str) == project]
        totals = own.groupby(own["payee"].astype(str))["paid"].sum()
        same = totals[totals == row["came"]]
        if len(same) == 1:
            return pd.DataFrame(own[own["payee"] == same.index[0]])
    return pd.DataFrame(columns=paid.columns)


def _finding(case: Case, row: Row, chosen: pd.DataFrame) -> Finding:
    voucher, came, out = named(row), shown_yuan(int(row["came"])), shown_yuan(int(chosen["paid"].sum()))
    payee = str(chosen["payee"].iloc[0])
    days = (day(chosen["date"].iloc[-1]) - day(row["date"])).days
    back = payee == str(row["payee"])
    whom = "付回拨款单位" if back else "原数付给"
    received, paid = Text("收到行政补助", "subsidy received"), Text(f"{whom}“{payee}”", f"paid to {payee}")
    evidence: list[Evidence] = [header_evidence(row, received, int(row["came"]))]
    evidence += [header_evidence(one, paid, int(one["paid"])) for one in records(chosen)]
    return case.finding(
        voucher,
        message=Text(
            f"凭证 {voucher} 收到“{row['payee']}”行政补助 {came} 元，{days} 天内{whom}“{payee}”{out} 元",
            f"voucher {voucher}: a subsidy of {came} yuan, {out} yuan paid to {payee} within {days} days",
        ),
        expected=Text("行政补助按预算用于工会活动", "the subsidy is used for the union's own activities"),
        found=Text(f"{days} 天内转出 {out} 元", f"{out} yuan left within {days} days"),
        remedy=Text("核对合同、发票和活动资料；与工会无关的退回单位", "check what it paid for; return the rest"),
        evidence=limited(evidence),
        amount_fen=int(chosen["paid"].sum()),
        related=("INC04",),
    )
