"""年底突击花钱：十二月或年底最后几天的支出占全年的比例过高。

检查内容
被审期间包含十二月三十一日的每个年度：一、十二月支出占全年支出的比例；二、年底最后几天的支出占全年支出的比例，超过规定的列出，
附十二月金额最大的凭证。
依据
《基层工会经费收支管理办法》第十六条：按预算使用工会经费。比例为实务经验值。
危害
年底集中花钱多半不是为了活动，而是为了把预算花完，容易虚列、预付和囤券。
反例
全年支出 2,000,000.00 元，十二月支出 900,000.00 元。
正例
支出按活动计划分布在各月，年底只结清当年的活动。
参数
control.december_share 十二月支出占比；control.year_end_days、control.year_end_share 年底最后几天的天数和支出占比。
局限
只凭时间分布，一律为疑点；元旦、春节慰问集中采购的须人工判断。预付囤货见 EXP51。
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from ledger.journal_rows import PostingRow, net_fen
from ledger.money import shown_yuan
from rules.expenditure.purchases import net_spending
from rules.finding import Checked, Citation, Finding, Severity, Text, examined, not_applicable
from rules.gather import Values
from rules.indexes import between
from rules.invoices.grouped import one_finding
from rules.law import ParameterValue
from rules.rule import Case, rule

DECEMBER, DAYS, LAST = "control.december_share", "control.year_end_days", "control.year_end_share"


@rule(
    code="EXP50",
    name="year-end-rush",
    title=Text("年底突击花钱", "Spending rush at year end"),
    severity=Severity.MEDIUM,
    citations=(Citation("grassroots-funds-2017", "第十六条"),),
    parameters=(DECEMBER, DAYS, LAST),
    lead_only=True,
)
def check(case: Case) -> Checked:
    """Report years in which December, or the last days, took too large a share of the spending."""
    ends = [datetime.date(year, 12, 31) for year in range(case.since.year, case.until.year + 1)]
    ends = [end for end in ends if case.since <= end <= case.until]
    if not ends:
        return not_applicable("被审期间不含年末", "the period holds no end of a year")
    values = {key: Values(case, key) for key in case.rule.parameters}
    findings: list[Finding] = []
    tested = 0
    for end in ends:
        lines = between(net_spending(case, end.replace(month=1, day=1)), datetime.date.min, end)
        tested += len(lines)
        share, days, last = (values[key].on(end) for key in (DECEMBER, DAYS, LAST))
        if share is not None:
            findings += _rush(case, lines, end.replace(day=1), end, (share,))
        if days is not None and last is not None:
            begun = end - datetime.timedelta(days=int(days.number) - 1)
            findings += _rush(case, lines, begun, end, (last, days))
    if not tested:
        return not_applicable("本年没有支出", "no spending in the year")
    return examined(tested, findings, [text for value in values.values() for text in value.untested])


def _rush(
    case: Case,
    lines: Sequence[PostingRow],
    begun: datetime.date,
    end: datetime.date,
    used: tuple[ParameterValue, ...],
) -> list[Finding]:
    late = between(lines, begun, end)
    total, own, cap = net_fen(lines), net_fen(late), used[0]
    if own <= total * cap.number:
        return []
    part = f"{own * 100 // total}%"
    return [
        one_finding(
            case,
            str(end.year),
            cap.key,
            lines=sorted(late, key=lambda line: (-line.amount_fen, line.voucher)),
            message=Text(
                f"{begun} 至 {end} 支出 {shown_yuan(own)} 元，占全年 {shown_yuan(total)} 元的 {part}，超过 {cap.text}",
                f"{shown_yuan(own)} of {shown_yuan(total)} yuan spent from {begun} to {end}: {part}, over {cap.text}",
            ),
            expected=Text(f"不超过全年的 {cap.text}", f"at most {cap.text} of the year"),
            found=Text(part, part),
            remedy=Text("逐笔核对年底支出的事由、验收和领用", "check what the year-end spending was for, item by item"),
            note=Text("年底支出", "spent at the year's end"),
            amount_fen=0,
            parameters=used,
            related=("EXP51",),
        )
    ]
