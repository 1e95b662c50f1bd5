"""报销与工会活动无关的费用：党务、行政事务、个人消费，或同一经办人一天多张餐票。

检查内容
一、支出凭证的摘要、活动、发票品名命中“党务与行政事务用语”或“个人消费用语”的；二、同一经办人同一天经手两张以上餐食凭证，
而都没有写明活动的，合为一项。
依据
《基层工会经费收支管理办法》第二十二条：不准用工会经费报销与工会活动无关的费用。
危害
工会账户成为单位和个人的报销渠道。
反例
摘要“党支部主题党日活动”，支付门票 2,000.00 元。
正例
党建带工建的工会活动；工会运动会工作餐写明活动名称和参与人数。
参数
无；词表在 rules/words/party_activities.toml、personal_items.toml、meals.toml。
局限
只凭用语，一律为疑点：党工共建的活动须看方案和经费分担。请客招待见 EXP26，党费捐款见 EXP34。
"""

from __future__ import annotations

from collections import defaultdict

from ledger.money import shown_yuan
from rules.expenditure.meals import MEALS
from rules.finding import Checked, Citation, Finding, Severity, Text, examined, not_applicable
from rules.gather import limited
from rules.rule import Case, rule
from rules.text.lists import Field
from rules.text.search import Spoken, pointed_out, search, spending, vouchers_spent

_TEXTS = (Field.NARRATION, Field.ACTIVITY, Field.ITEM)
EXPECTED = Text("只报销工会活动的费用", "only costs of union work are reimbursed")
REMEDY = Text("核对事由和受益人；无关的由责任单位或个人退回", "check purpose and beneficiaries; recover it")


@rule(
    code="EXP33",
    name="unrelated-costs-reimbursed",
    title=Text("报销与工会活动无关的费用", "Costs unrelated to union work"),
    severity=Severity.HIGH,
    citations=(Citation("grassroots-funds-2017", "第二十二条"),),
    lead_only=True,
)
def check(case: Case) -> Checked:
    """Report spending on party, administrative or personal matters, and several meals of one person on one day."""
    if not spending(case):
        return not_applicable("本期没有支出", "no spending in the period")
    looks = Text("像是与工会活动无关的费用", "looks unrelated to union work")
    findings = [
        pointed_out(case, one, looks, EXPECTED, REMEDY)
        for one in search(case, ("party_activities", "personal_items"), _TEXTS)
    ]
    meals: dict[tuple[str, str], list[Spoken]] = defaultdict(list)
    for one in search(case, MEALS, among=lambda line: not line.head.activity):
        if one.head.handled_by:
            meals[one.head.handled_by, one.day.isoformat()].append(one)
    findings += [_many_meals(case, *key, own) for key, own in sorted(meals.items()) if len(own) > 1]
    return examined(vouchers_spent(case), findings)


def _many_meals(case: Case, handler: str, day: str, own: list[Spoken]) -> Finding:
    total = sum(one.amount_fen for one in own)
    said = Text(
        f"{day} {handler} 经手 {len(own)} 张餐食凭证，合计 {shown_yuan(total)} 元，都没有写明活动",
        f"{day}: {len(own)} vouchers of meals handled by {handler}, {shown_yuan(total)} yuan, no activity named",
    )
    return case.finding(
        "meals",
        handler,
        day,
        message=said,
        expected=EXPECTED,
        found=said,
        remedy=REMEDY,
        evidence=limited([one.evidence() for one in own], total),
        amount_fen=total,
        related=("EXP20", "EXP26"),
    )
