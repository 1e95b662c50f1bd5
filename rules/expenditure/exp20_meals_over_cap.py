"""活动伙食超标或以聚餐代替：文体等活动的餐食人均超过标准，或有聚餐、酒水。

检查内容
职工活动支出和劳动竞赛支出中，摘要、活动、发票品名命中“餐食用语”或对方是餐馆的凭证：一、以参与人数（participants）乘
天数（days，没有写的按一天）与人均标准相乘，超过的列出；二、不超过而命中“聚餐用语”“烟酒用语”的，列为疑点。
一张凭证只作一项。
依据
《基层工会经费收支管理办法》：文体活动中的伙食补助费不得超过当地差旅费中的伙食补助标准。
危害
以活动之名聚餐、饮酒，是请客的变形。
反例
趣味运动会 50 人一天，工作餐 5,000.01 元，标准每人每天 100.00 元。
正例
50 人一天，工作餐 5,000.00 元。
参数
meal.cap 活动工作餐上限，没有的用 meal.travel_day_allowance 差旅伙食补助标准（元），都用活动当天施行的值。
局限
餐食靠用语辨认：发票品名是餐食、又写明天数的列为问题，其余为疑点；标准未核对原文的只作疑点。没有参与人数的报告为未能检查。
一张凭证里还有餐食以外的内容时会高估。培训、会议的伙食见 EXP41。
"""

from __future__ import annotations

from ledger.money import shown_yuan
from rules.expenditure.meals import MEALS, of_activities
from rules.finding import Certainty, Checked, Citation, Finding, Severity, Text, examined, not_applicable
from rules.gather import Values, joined
from rules.law import ParameterValue
from rules.rule import Case, rule
from rules.text.match import told
from rules.text.search import Spoken, pointed_out, search

_DRINK = ("banquets", "alcohol_tobacco")
REMEDY = Text(
    "核对就餐人数、天数和菜单；超出标准和酒水部分清退",
    "check heads, days and the menu; recover what is beyond the standard and the drinks",
)


@rule(
    code="EXP20",
    name="activity-meals-over-cap",
    title=Text("活动伙食超标或以聚餐代替", "Activity meals over the cap, or a banquet instead"),
    severity=Severity.MEDIUM,
    citations=(Citation("grassroots-funds-2017", "第八条"),),
    parameters=("meal.cap", "meal.travel_day_allowance"),
)
def check(case: Case) -> Checked:
    """Report meals of activities that cost more than the standard allows, or that were banquets with drinks."""
    meals = search(case, MEALS, beside=("alcohol_tobacco", "teetotal"), among=of_activities)
    if not meals:
        return not_applicable("本期活动没有餐食支出", "no meals among the activities of the period")
    own, travel = Values(case, "meal.cap"), Values(case, "meal.travel_day_allowance")
    findings: list[Finding] = []
    headless: list[str] = []
    for one in meals:
        over = False
        if (one.head.participants or 0) <= 0:
            headless.append(one.voucher or str(one.day))
        else:
            cap = own.on(one.day) or travel.on(one.day)
            over = cap is not None and one.amount_fen > _allowed(one, cap)
            if cap is not None and over:
                findings.append(_over(case, one, cap))
        if not over and one.of(*_DRINK) and not one.of("teetotal"):
            findings.append(_banquet(case, one))
    untested = list(travel.untested)
    if headless:
        zh = f"凭证 {joined(headless)} 是活动餐食而没有参与人数（participants），不能算人均"
        untested.append(Text(zh, f"{len(headless)} vouchers of meals without the number of participants"))
    return examined(len(meals), findings, untested)


def _days(one: Spoken) -> int:
    return max(1, one.head.days or 1)


def _allowed(one: Spoken, cap: ParameterValue) -> int:
    return cap.fen * (one.head.participants or 0) * _days(one)


def _over(case: Case, one: Spoken, cap: ParameterValue) -> Finding:
    heads, days, allowed = one.head.participants, _days(one), _allowed(one, cap)
    sum_zh = f"{heads} 人 × {days} 天 × {shown_yuan(cap.fen)} 元 = {shown_yuan(allowed)} 元"
    sure = one.in_item() and one.head.days is not None
    looks = Text(
        f"活动餐食超过标准（{sum_zh}）{shown_yuan(one.amount_fen - allowed)} 元",
        f"meals over the standard of {shown_yuan(allowed)} yuan ({heads} people, {days} days)",
    )
    return pointed_out(
        case,
        one,
        looks,
        Text(f"不超过 {sum_zh}", f"at most {shown_yuan(allowed)} yuan"),
        REMEDY,
        certainty=Certainty.ESTABLISHED if sure else Certainty.LEAD,
        parameters=(cap,),
    )


def _banquet(case: Case, one: Spoken) -> Finding:
    looks = Text("像是聚餐或含酒水", "looks like a banquet, or holds drinks")
    expected = Text("活动只开支必要的伙食补助，不聚餐饮酒", "necessary meals only, no banquets or drinks")
    return pointed_out(case, one, looks, expected, REMEDY, why=told(one.of(*_DRINK)), related=("EXP26",))
