"""待处理财产损溢年末挂账：12月31日待处理财产损溢还有余额。

检查内容
审计期间内的每个12月31日，待处理财产损溢（182）各明细科目有余额的合并列一项。某明细在上一个12月31日已有同方向余额的部分，
挂账已满一年，列为问题；当年新发生的列为疑点。
依据
《工会会计制度》附录1第182号科目三：按照规定报经批准后及时进行账务处理，年末结账前一般应处理完毕；五：年末，经批准处理后，
本科目一般应无余额。
危害
损失长期不处理，责任不清，资产和净资产不实。
反例
2024 年盘亏的相机 3,200.00 元，2025 年末仍挂在待处理财产损溢。
正例
查明原因，报经批准，年末结账前转销。
参数
无。
局限
条文写“一般”，当年末发生、正在报批的可以说明理由。本期不含12月31日的不适用。2022年以前的制度没有这个科目。
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from operator import attrgetter

from ledger.journal_rows import sums_by
from ledger.money import shown_yuan
from rules.assets.depreciation import START
from rules.finding import Certainty, Checked, Citation, Evidence, Finding, Severity, Text, examined, not_applicable
from rules.gather import limited
from rules.indexes import year_ends
from rules.rule import Case, rule
from rules.statements.identities import PENDING, side_text

SYSTEM = "accounting-system-2021"


@rule(
    code="AST11",
    name="pending-assets-at-year-end",
    title=Text("待处理财产损溢年末挂账", "Assets pending disposal left at year end"),
    severity=Severity.MEDIUM,
    citations=(Citation(SYSTEM, "附录1 第182号科目 三"), Citation(SYSTEM, "附录1 第182号科目 五")),
)
def check(case: Case) -> Checked:
    """Report every year's end at which account 182 holds anything."""
    kept = case.facts.years()
    ends = [end for end in year_ends(case) if end >= START and end.year in kept]
    if not ends:
        return not_applicable("本期不含有账的年末，或在2022年以前", "no year's end with books since 2022 in the period")
    findings = [found for end in ends if (found := _year_end(case, end)) is not None]
    return examined(len(ends), findings)


def _balances(case: Case, day: datetime.date) -> Mapping[str, int]:
    lines = (line for line in case.facts.booked.on(PENDING) if line.date <= day)
    return {account: fen for account, fen in sorted(sums_by(lines, attrgetter("account")).items()) if fen}


def _year_end(case: Case, end: datetime.date) -> Finding | None:
    now = _balances(case, end)
    if not now:
        return None
    before = _balances(case, datetime.date(end.year - 1, 12, 31))
    evidence: list[Evidence] = []
    old = 0
    for account, fen in now.items():
        stood = before.get(account, 0)
        kept = min(abs(fen), abs(stood)) if stood * fen > 0 else 0
        old += kept
        side = side_text(fen)
        since = f"，其中 {shown_yuan(kept)} 元上年末已挂账" if kept else ""
        note = Text(f"年末{side.zh}余额{since}", f"{side.en} balance at year end, {shown_yuan(kept)} of it a year old")
        evidence.append(Evidence(note, date=end, account=account, amount_fen=abs(fen)))
    total = sum(e.amount_fen or 0 for e in evidence)
    aged = f"，其中 {shown_yuan(old)} 元上年末已挂账" if old else ""
    return case.finding(
        str(end.year),
        message=Text(
            f"{end} 待处理财产损溢有余额 {shown_yuan(total)} 元（{len(evidence)} 个明细科目）{aged}",
            f"{end}: {shown_yuan(total)} yuan pending on account 182, {shown_yuan(old)} of it for over a year",
        ),
        expected=Text("年末结账前处理完毕，没有余额", "nothing left before the year is closed"),
        found=Text(f"余额 {shown_yuan(total)} 元", f"{shown_yuan(total)} yuan"),
        remedy=Text("查明原因，报经批准后转销；正在报批的说明进度", "find the cause, obtain approval and clear it"),
        evidence=limited(evidence, total),
        amount_fen=total,
        certainty=Certainty.ESTABLISHED if old else Certainty.LEAD,
        related=("AST09",),
    )
