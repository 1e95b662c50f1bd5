"""拆给名称相近的几个收款方：几天之内，分开都不到限额，合起来达到，而收款方名称几乎一样。

检查内容
10 天之内付给名称相近（去掉地区和公司字样以后 100 分中 80 分以上，即五个字差一个）而不相同的收款方，
每笔都不到须比价的金额，合计达到的；3 天之内以现金付给同一收款方，每笔不超过现金结算起点，合计超过的。
付给同一收款方（包括只差地区和公司字样的）、按同一限额拆分的采购由 EXP44 检查，不在此重复。
按标准发放的（清单、事由、奖励）不在总体内。
依据
《中华人民共和国会计法》第二十五条（二）：重要经济业务事项的决策和执行的相互监督、相互制约程序应当明确。
《现金管理暂行条例》第五条、第六条：结算起点以上的支付应当转账。
所引会计法是2024年6月28日修正的文本，修正施行以前的业务须对照修正前的文本。
危害
换一个名称相近的抬头，或分几次付现金，就绕过了比价、集体研究和转账。
反例
5 月 6 日、8 日付某市佳惠百货商贸有限公司、佳慧百货商贸有限公司各 6,000.00 元，限额 10,000.00 元。
正例
同一供应商一次采购 12,000.00 元，已比价。
参数
control.quote_threshold 须比价的采购金额，由本单位自定；cash.payment_limit 现金结算起点。
方法常数：采购 10 天，现金 3 天，名称相近 80 分。
局限
名称相近的可能是不同的单位，一律为疑点。没有规定比价金额的，该项报告为未能检查。
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pandas as pd

from ledger.money import shown_yuan
from rules.finding import Checked, Citation, Finding, Severity, Text, examined, not_applicable
from rules.gather import Values, day
from rules.journal.alike import groups_alike
from rules.journal.method import Method
from rules.journal.population import fixed_by_standard, outgoing, rows_of
from rules.journal.splits import Part, split_below
from rules.law import ParameterValue
from rules.rule import Case, rule
from rules.text.near import bare_name

_DAYS, _CASH_DAYS = 10, 3
_METHOD = Method(
    1,
    Text("不按标准发放的支出或付款凭证", "vouchers of spending or payment that no standard fixes"),
    (
        Text("采购 10 天", "10 days"),
        Text("现金 3 天", "3 days for cash"),
        Text("名称相近 80 分", "names alike from 80"),
    ),
)


@rule(
    code="JET09",
    name="split-among-alike-payees",
    title=Text("拆给名称相近的收款方或分次付现", "Split among alike payees or into several cash payments"),
    severity=Severity.MEDIUM,
    citations=(Citation("accounting-law-2024", "第二十五条"), Citation("cash-regulation-2011", "第五条")),
    parameters=("control.quote_threshold", "cash.payment_limit"),
    lead_only=True,
)
def check(case: Case) -> Checked:
    """Report payments below a limit that reach it together, to payees of nearly one name or in cash."""
    moved = outgoing(case)
    found = moved[~fixed_by_standard(moved)]
    if found.empty:
        return not_applicable("本期没有可测试的支出或付款", "no spending or payment to be tested in the period")
    quotes, cash = Values(case, "control.quote_threshold"), Values(case, "cash.payment_limit")
    findings = [*_alike(case, found, quotes), *_in_cash(case, found, cash)]
    return examined(len(found), findings, (*quotes.untested, *cash.untested), note=_METHOD.said(len(found)))


def _alike(case: Case, found: pd.DataFrame, values: Values) -> Iterator[Finding]:
    rows = found[(found["spent_fen"] > 0) & found["quotes"].fillna(0).le(1) & found["resolution"].eq("")]
    payees = rows["payee"].astype("str")
    at = {one: values.on(day(one)) for one in rows["date"].unique()}
    for names in groups_alike(sorted(set(payees) - {""})):
        own = rows[payees.isin(names)]
        limit = max((v for v in (at[one] for one in own["date"].unique()) if v), key=lambda v: v.fen, default=None)
        if limit is None:
            continue
        for group in split_below(_parts(own, "spent_fen"), limit.fen, _DAYS):
            split = own[own["entry"].isin({part.entry for part in group})]
            # Payees whose names differ in region and legal form only are one supplier to EXP44.
            if len({bare_name(str(payee)) for payee in split["payee"]}) > 1:
                yield _finding(case, "alike", split, limit, "spent_fen", sorted(names), len(found))


def _in_cash(case: Case, found: pd.DataFrame, values: Values) -> Iterator[Finding]:
    rows = found[found["payment"].eq("cash") & (found["paid_fen"] > 0) & found["payee"].ne("")]
    for payee, own in rows.groupby(rows["payee"].astype("str"), sort=True):
        limit = values.on(day(own["date"].max()))
        if limit is None:
            continue
        # The limit itself may still be paid in cash, so a part is one fen more free than below a threshold.
        for group in split_below(_parts(own, "paid_fen"), limit.fen + 1, _CASH_DAYS):
            split = own[own["entry"].isin({part.entry for part in group})]
            yield _finding(case, "cash", split, limit, "paid_fen", [str(payee)], len(found))


def _parts(rows: pd.DataFrame, column: str) -> list[Part]:
    columns = zip(rows["date"], rows[column], rows["entry"], strict=True)
    return [Part(day(date), int(amount), int(entry)) for date, amount, entry in columns]


def _finding(
    case: Case, kind: str, rows: pd.DataFrame, limit: ParameterValue, column: str, names: Sequence[str], count: int
) -> Finding:
    total, since, until = int(rows[column].sum()), day(rows["date"].min()), day(rows["date"].max())
    shown = "、".join(names)
    how = Text("现金", "in cash") if kind == "cash" else Text("名称相近的收款方", "payees of nearly one name")
    return _METHOD.lead(
        case,
        kind,
        shown,
        since.isoformat(),
        count=count,
        told=Text(
            f"{since} 至 {until} 分 {len(rows)} 笔付给{shown}（{how.zh}），合计 {shown_yuan(total)} 元，"
            f"每笔都不超过限额 {shown_yuan(limit.fen)} 元",
            f"{len(rows)} payments {since} to {until}, {how.en}, {shown_yuan(total)} yuan in all, each below "
            f"{shown_yuan(limit.fen)}",
        ),
        expected=Text("同一业务合并计算，达到限额的按限额办理", "one dealing counted as one against the limit"),
        evidence=rows_of(rows, Text("拆分的一笔", "one of the parts"), column, total),
        related=("EXP44", "ACC14") if kind == "cash" else ("EXP44", "EXP46"),
        parameters=(limit,),
    )
