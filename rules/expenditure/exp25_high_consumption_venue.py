"""高消费娱乐健身场所支出：付给高尔夫、会所、夜总会、养生馆之类场所的款。

检查内容
支出凭证的摘要、对方、活动、目的地、发票品名和销售方命中“高消费场所”。
依据
《基层工会经费收支管理办法》第二十二条：不准使用工会经费从事高消费性娱乐和健身活动。
危害
少数人享受，脱离职工。
反例
付某高尔夫俱乐部 3,000.00 元，摘要“职工健身活动”。
正例
租用全民健身中心的羽毛球场地。
参数
无；词表在 rules/words/high_consumption.toml。
局限
只凭名称，一律为疑点；名称不显眼的场所不会被发现。
"""

from __future__ import annotations

from rules.finding import Checked, Citation, Severity, Text, examined, not_applicable
from rules.rule import Case, rule
from rules.text.search import pointed_out, search, spending, vouchers_spent


@rule(
    code="EXP25",
    name="high-consumption-venue",
    title=Text("高消费娱乐健身场所支出", "Spending at a place of high consumption"),
    severity=Severity.HIGH,
    citations=(Citation("grassroots-funds-2017", "第二十二条"),),
    lead_only=True,
)
def check(case: Case) -> Checked:
    """Report spending whose words name a place of high consumption."""
    if not spending(case):
        return not_applicable("本期没有支出", "no spending in the period")
    looks = Text("像是高消费娱乐健身场所", "looks like a place of high consumption")
    expected = Text("不在高消费场所开展活动", "no activity at a place of high consumption")
    remedy = Text("核对场所、活动方案和参加人员；属实的费用清退", "check the place and who took part; settle the cost")
    findings = [pointed_out(case, one, looks, expected, remedy) for one in search(case, ("high_consumption",))]
    return examined(vouchers_spent(case), findings)
