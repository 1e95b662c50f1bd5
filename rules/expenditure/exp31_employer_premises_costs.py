"""承担应由行政负担的房屋、水电、车辆费用：基层工会支付办公用房、水电暖、物业和车辆的费用。

检查内容
基层工会除职工活动支出和资本性支出以外的支出凭证，摘要、活动、发票品名、对方和销售方命中“房屋水电物业车辆用语”的。
依据
《中华人民共和国工会法》第四十六条：用人单位应当为工会办公和开展活动，提供必要的设施和活动场所等物质条件。
《基层工会经费收支管理办法》第十四条：单位保障不足且工会经费预算足以保证时，可以用工会经费适当弥补。
危害
单位把应负担的公用经费转给工会，挤占职工活动和服务。
反例
付物业公司工会办公用房物业费 4,800.00 元。
正例
租用体育馆开展活动；购买矿泉水。
参数
无；词表在 rules/words/utilities.toml。
局限
办法允许适当弥补，一律为疑点：须看单位是否保障、预算是否足以保证。活动用车列在职工活动支出，不查。
"""

from __future__ import annotations

from rules.finding import Checked, Citation, Severity, Text, examined, not_applicable
from rules.rule import Case, rule
from rules.text.search import pointed_out, search, spending, vouchers_spent

_ELSEWHERE = ("member_activity_expense", "capital_expenditure")


@rule(
    code="EXP31",
    name="employer-premises-costs-borne",
    title=Text("承担应由行政负担的房屋、水电、车辆费用", "Premises, utilities or vehicles that the employer owes"),
    severity=Severity.MEDIUM,
    citations=(Citation("trade-union-law-2021", "第四十六条"), Citation("grassroots-funds-2017", "第十四条")),
    lead_only=True,
)
def check(case: Case) -> Checked:
    """Report spending of a grassroots union whose words speak of premises, utilities or vehicles."""
    if case.facts.union.level != "grassroots":
        return not_applicable("县级以上工会自行负担办公费用", "unions at county level and above bear their own costs")
    if not spending(case):
        return not_applicable("本期没有支出", "no spending in the period")
    looks = Text("像是应由行政负担的房屋、水电、物业或车辆费用", "looks like premises, utilities or vehicles")
    expected = Text(
        "由用人单位提供；单位保障不足、预算足以保证的才适当弥补",
        "provided by the employer; topped up only where that falls short and the budget allows",
    )
    remedy = Text("说明单位保障情况和预算安排；应由行政负担的收回", "explain, or let the employer pay it back")
    findings = [
        pointed_out(case, one, looks, expected, remedy)
        for one in search(case, ("utilities",), among=lambda line: line.group not in _ELSEWHERE)
    ]
    return examined(vouchers_spent(case), findings)
