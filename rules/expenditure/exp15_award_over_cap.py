"""个人或团体奖励超标：文体活动的个人奖励超过当地上限，团体奖励人均超过当地上限。

检查内容
文体等活动的奖励（劳动和技能竞赛、教育培训除外）：有发放清单的，逐份清单、逐人比较发放当天施行的上限，凭证用语是团体奖的
用团体人均上限；没有清单而写了获奖人数的，以奖励支出除以获奖人数，只作疑点。
依据
《基层工会经费收支管理办法》：文体活动优胜者可以奖励，标准由省级工会规定。
危害
超标准奖励是变相发放奖金。
反例
上限 500.00 元，一等奖发给个人 500.01 元。
正例
一等奖 500.00 元，逐人签收。
参数
award.individual_cap 文体活动个人奖励上限；award.team_cap 团体奖励人均上限（元），用发放当天施行的值。
局限
个人与团体按摘要和活动名称的用语区分，团体奖没有人员清单的只能算人均。找不到凭证的清单、既无清单又无获奖人数的凭证，
报告为未能检查。一人在同一活动中得几份清单的奖，逐份判断。
"""

from __future__ import annotations

from rules.expenditure.awards import AwardKind, award_rows, award_vouchers, caps_of_awards, in_period
from rules.finding import Checked, Citation, Severity, Text, examined, not_applicable
from rules.gather import Values
from rules.rule import Case, rule


@rule(
    code="EXP15",
    name="award-over-cap",
    title=Text("个人或团体奖励超标", "Award over the cap for a person or team"),
    severity=Severity.HIGH,
    citations=(Citation("grassroots-funds-2017", "第八条"), Citation("grassroots-funds-2017", "第二十四条")),
    parameters=("award.individual_cap", "award.team_cap"),
)
def check(case: Case) -> Checked:
    """Report prizes of sports and culture beyond the cap in force on the day they were given."""
    vouchers = award_vouchers(case)
    lists = {one.lists for one in vouchers if one.lists and one.kind is not AwardKind.CULTURE}
    listed = any(
        row.date is not None and row.date >= case.since and row.list not in lists for row in award_rows(case) or ()
    )
    if not listed and not any(one.kind is AwardKind.CULTURE for one in in_period(case, vouchers)):
        return not_applicable("本期没有文体活动的奖励", "no prizes of sports or culture in the period")
    single, team = Values(case, "award.individual_cap"), Values(case, "award.team_cap")
    findings, untested, tested = caps_of_awards(case, vouchers, AwardKind.CULTURE, single, team)
    return examined(tested, findings, (*untested, *single.untested, *team.untested))
