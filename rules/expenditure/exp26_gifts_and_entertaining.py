"""用工会经费请客送礼：宴请招待、购买烟酒，或给会员以外的人送礼品。

检查内容
支出凭证的摘要、对方、活动、发票品名和销售方：一、命中“请客招待用语”；二、命中“烟酒用语”而不是戒烟限酒宣传；三、同时命中
“礼品、土特产用语”和“对外对象用语”。三者之一即列出，一张凭证一项。活动餐食里的酒水见 EXP20，会议费里的礼品见 EXP42。
依据
《基层工会经费收支管理办法》第二十二条：不准使用工会经费请客送礼。
危害
以工会名义拉关系，侵占职工的钱。
反例
摘要“中秋走访上级领导购土特产”，1,200.00 元。
正例
购会员节日慰问品、活动奖品、退休纪念品。
参数
无；词表在 rules/words/entertaining.toml、alcohol_tobacco.toml、gift.toml、outsiders.toml。
局限
只凭用语，一律为疑点。以慰问品名义购买而实际外送的，须核对发放清单。
"""

from __future__ import annotations

from rules.expenditure.meals import MEALS, of_activities
from rules.finding import Checked, Citation, Severity, Text, examined, not_applicable
from rules.rule import Case, rule
from rules.text.match import Match, told
from rules.text.search import Spoken, pointed_out, search, spending, vouchers_spent

_LISTS = ("entertaining", "alcohol_tobacco", "outsiders")


@rule(
    code="EXP26",
    name="gifts-and-entertaining",
    title=Text("用工会经费请客送礼", "Entertaining and gifts out of union funds"),
    severity=Severity.HIGH,
    citations=(Citation("grassroots-funds-2017", "第二十二条"),),
    lead_only=True,
)
def check(case: Case) -> Checked:
    """Report spending whose words speak of entertaining, of alcohol and tobacco, or of gifts to outsiders."""
    if not spending(case):
        return not_applicable("本期没有支出", "no spending in the period")
    looks = Text("像是请客送礼", "looks like entertaining or gifts")
    expected = Text("工会经费不请客送礼", "no entertaining and no gifts out of union funds")
    remedy = Text("核对用途、对象和签收；属实的由责任人退赔", "check purpose and recipients; recover the money")
    findings = []
    for one in search(case, _LISTS, beside=("gift", *MEALS, "teetotal")):
        wrong = _wrong(one, meal_of_activity=bool(one.of(*MEALS)) and _of_activity(case, one))
        if wrong:
            findings.append(
                pointed_out(case, one, looks, expected, remedy, why=told(wrong), related=("EXP20", "EXP33", "EXP42"))
            )
    return examined(vouchers_spent(case), findings)


def _of_activity(case: Case, one: Spoken) -> bool:
    return any(of_activities(line) for line in case.booked.by_entry[one.entry] if line.element == "expense")


def _wrong(one: Spoken, *, meal_of_activity: bool) -> tuple[Match, ...]:
    """Return the matches that together look wrong, none where they are harmless."""
    of_meeting = "meeting_expense" in one.meanings
    wrong = list(one.of("entertaining"))
    if not (one.of("teetotal") or meal_of_activity or of_meeting):
        wrong += one.of("alcohol_tobacco")
    if one.of("outsiders") and one.of("gift") and not of_meeting:
        wrong += [*one.of("gift"), *one.of("outsiders")]
    return tuple(wrong)
