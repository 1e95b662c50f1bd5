"""借新还旧：年末收回借款、预付款，年初又以同样的金额借出，账龄重新计算。

检查内容
其他应收款、预付性质的往来明细科目，在 12 月收回一笔、60 天之内（跨过年末）又向同一明细科目借出同样金额的，
每个科目每年一项。至少一笔在本期。长期挂账本身由 CUR01、CUR02 检查，不在此重复。
依据
《工会会计制度》附录1 第135号科目四：对其他应收及暂付款项严格控制，及时清理，不得长期挂账；第十七条：
以实际发生的经济业务为依据，如实反映。
危害
账面上年年结清，实际上钱一直被占用，账龄分析也看不出来。
反例
12 月 30 日收回张某借款 20,000.00 元，次年 1 月 6 日又借给张某 20,000.00 元。
正例
12 月收回后不再借出；或次年按新的培训借出不同金额。
参数
无。方法常数：12 月收回，60 天之内再借出，金额完全相同。
局限
定额备用金年末交回、年初领用是正常做法，一律为疑点。次年年初的凭证还没有入账时看不出来。
"""

from __future__ import annotations

import pandas as pd

from ledger.accounts import components
from ledger.money import shown_yuan
from rules.finding import Checked, Citation, Evidence, Finding, Severity, Text, examined, not_applicable
from rules.gather import day, joined, limited, voucher_evidence
from rules.journal.method import Method
from rules.journal.population import netted
from rules.rule import Case, rule

_DECEMBER = 12
_DAYS = pd.Timedelta(days=60)
_METHOD = Method(
    1,
    Text("年末收回的其他应收款", "other receivables repaid in December"),
    (Text("60 天、同额", "60 days, same amount"),),
)


@rule(
    code="JET19",
    name="receivable-refreshed",
    title=Text("借新还旧", "Receivables repaid at the year's end and lent again"),
    severity=Severity.MEDIUM,
    citations=(
        Citation("accounting-system-2021", "附录1 第135号科目 四"),
        Citation("accounting-system-2021", "第十七条"),
    ),
    lead_only=True,
)
def check(case: Case) -> Checked:
    """Report receivables that are repaid in December and lent again in the same amount soon after."""
    rows = case.facts.journal
    kept = rows[
        rows["group"].eq("other_receivables") & ~(rows["opening"] | rows["change_over"] | rows["carry_forward"])
    ]
    since, until = pd.Timestamp(case.since), pd.Timestamp(case.until)
    book = case.facts.vouchers.set_index("entry", drop=False)
    moves = netted(kept).astype({"account": "str"})
    moves["date"] = book["date"].reindex(moves["entry"].to_numpy()).to_numpy()
    repaid = moves[(moves["amount_fen"] < 0) & (moves["date"].dt.month == _DECEMBER)]
    repaid = repaid[(repaid["date"] >= since - _DAYS) & (repaid["date"] <= until)]
    if repaid.empty:
        return not_applicable("年末没有收回其他应收款", "no other receivable was repaid at a year's end")
    lent = moves[moves["amount_fen"] > 0].assign(mirror=-moves["amount_fen"])
    pairs = repaid.merge(
        lent, left_on=["account", "amount_fen"], right_on=["account", "mirror"], suffixes=("", "_again")
    )
    crosses = pairs["date_again"].dt.year == pairs["date"].dt.year + 1
    pairs = pairs[crosses & (pairs["date_again"] - pairs["date"] <= _DAYS) & (pairs["date_again"] >= since)]
    keys = [pairs["account"], pairs["date"].dt.year.rename("year")]
    findings = [
        _finding(case, str(account), int(str(year)), own, book, len(repaid))
        for (account, year), own in pairs.groupby(keys, sort=True)
    ]
    return examined(len(repaid), findings, note=_METHOD.said(len(repaid)))


def _finding(case: Case, account: str, year: int, own: pd.DataFrame, book: pd.DataFrame, count: int) -> Finding:
    name = components(account)[-1][1]
    first = own.drop_duplicates("entry")
    total = -int(first["amount_fen"].sum())
    evidence: list[Evidence] = []
    for entry, again, fen in zip(own["entry"], own["entry_again"], own["mirror"], strict=True):
        evidence.append(voucher_evidence(book.loc[entry], Text("年末收回", "repaid"), -int(fen)))
        evidence.append(voucher_evidence(book.loc[again], Text("又借出", "lent again"), -int(fen)))
    days = joined([f"{day(at)}" for at in own["date_again"]])
    return _METHOD.lead(
        case,
        account,
        str(year),
        count=count,
        told=Text(
            f"{name} {year} 年末收回 {shown_yuan(total)} 元，{days} 又以同样金额借出",
            f"{name} repaid {shown_yuan(total)} yuan at the end of {year} and had it again on {days}",
        ),
        expected=Text("收回后不再以同样金额借出", "what is repaid is not lent again at once"),
        evidence=limited(evidence),
        amount_fen=total,
        related=("CUR01", "CUR02"),
    )
