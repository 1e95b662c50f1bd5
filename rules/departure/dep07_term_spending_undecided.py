"""任期内重大支出未经集体研究：离任主席任期内达到金额的支出，没有在先的、通过的集体决议。

检查内容
对任期第一日到卸任日的全部支出凭证，按 CTL01 的办法检查：达到须集体研究的金额，凭证没有决议编号，或决议不在登记簿、
没有通过、晚于支出、金额不足。
依据
《基层工会经费收支管理办法》第十八条：重大收支须集体研究决定；《会计法》第二十五条。
危害
重大支出由一人决定，按经济责任审计规定，造成后果的属于直接责任的情形。
反例
任期第二年一次性采购 80,000.00 元，没有会议记录。
正例
支出之前工会委员会集体研究，编号写在凭证上。
参数
control.resolution_threshold（须集体研究的金额，由本单位规定）。
局限
任期跨年时覆盖各年，与各年年度审计的 CTL01 重复的，金额不另计。决议内容与支出是否一致须由人看。
"""

from __future__ import annotations

from rules.control import ctl01_large_spending_undecided as undecided
from rules.departure.in_term import over_term
from rules.finding import Checked, Citation, Kind, Severity, Text
from rules.rule import Case, rule


@rule(
    code="DEP07",
    name="term-spending-undecided",
    title=Text("任期内重大支出未经集体研究", "Large spending of the term without collective decision"),
    severity=Severity.HIGH,
    citations=(Citation("accounting-law-2024", "第二十五条"), Citation("grassroots-funds-2017", "第十八条")),
    needs=("officers", "resolutions"),
    parameters=("control.resolution_threshold",),
    kinds=(Kind.DEPARTURE,),
)
def check(case: Case) -> Checked:
    """Report what CTL01 reports, over the chair's whole term."""
    return over_term(case, undecided.check)
