"""向全员普发奖金补助：以工会经费给全体会员发钱。

检查内容
一、发放清单中以现金或转账发放，事由不是节日、生日婚育退休、住院去世困难大病和消费券的：领取人包含当天全体在册会员
（两人以上）的；二、支出凭证的摘要、活动、发票品名命中“奖金补贴用语”的（其他业务支出见 EXP27）。
清单管到的凭证不再另列。所引办法的原文未核，都列为疑点。
依据
《基层工会经费收支管理办法》第二十二条：不准违反工会经费使用规定，滥发奖金、津贴、补贴。
危害
工会经费变成工资的补充。
反例
年末向全体 320 名会员每人转账 500.00 元，事由“补贴”。
正例
运动会奖励优胜者，领取人不足全体会员。
参数
无；词表在 rules/words/bonuses.toml。
局限
少发一人即不列，只能靠用语和获奖比例（EXP14、EXP16）发现。没有 grants.csv 或 members.csv 时不能判断是否全员，
报告为未能检查。
"""

from __future__ import annotations

from ledger.register_rows import MemberRow
from rules.expenditure.grants import FESTIVALS
from rules.expenditure.handouts import COUPON, IN_NEED, LIFE, MONEY_FORMS, Handout, granted, handouts
from rules.expenditure.membership import active_on
from rules.finding import Certainty, Checked, Citation, Finding, Severity, Text, examined, not_applicable
from rules.rule import Case, rule
from rules.text.lists import Field
from rules.text.search import pointed_out, search, spending, vouchers_spent

_ELSEWHERE = frozenset((*FESTIVALS, *IN_NEED, *LIFE, COUPON))
_TEXTS = (Field.NARRATION, Field.ACTIVITY, Field.ITEM)
_OFFICERS = "other_operating_expense"
EXPECTED = Text("不普发奖金、津贴、补贴", "no bonuses or allowances for everybody")
REMEDY = Text("停止发放，按上级工会意见清退", "stop, and settle what was paid out")


@rule(
    code="EXP29",
    name="bonuses-for-all-staff",
    title=Text("向全员普发奖金补助", "Bonuses for all staff out of union funds"),
    severity=Severity.HIGH,
    citations=(Citation("grassroots-funds-2017", "第二十二条"),),
)
def check(case: Case) -> Checked:
    """Report money lists that reach every member, and spending whose words speak of bonuses."""
    grants = granted(case)
    if not spending(case) and not grants:
        return not_applicable("本期没有支出和发放", "no spending and no grants in the period")
    findings: list[Finding] = []
    untested: list[Text] = []
    told: set[str] = set()
    missing = [name for name in ("grants", "members") if name not in case.facts.registers]
    if missing:
        files = "、".join(f"registers/{name}.csv" for name in missing)
        untested.append(
            Text(f"缺少登记簿 {files}，是否发给全体会员无法判断", f"missing {files}: lists of all were not tested")
        )
    elif grants is not None:
        for handout in handouts([row for row in grants if row.occasion not in _ELSEWHERE], MONEY_FORMS):
            if _reaches_all(case, handout):
                told.add(handout.list)
                findings.append(_finding(case, handout))
    looks = Text("像是发放奖金、津贴、补贴", "looks like bonuses or allowances")
    findings += [
        pointed_out(case, one, looks, EXPECTED, REMEDY, related=("EXP27",))
        for one in search(case, ("bonuses",), _TEXTS, among=lambda line: line.meaning != _OFFICERS)
        if not one.row.list or one.row.list not in told
    ]
    tested = vouchers_spent(case) + len(grants or ())
    return examined(tested, findings, untested)


def _reaches_all(case: Case, handout: Handout) -> bool:
    everyone = {row.member_id for row in case.rows(MemberRow) if active_on(row, handout.day)}
    return len(everyone) > 1 and everyone <= {row.member_id for row in handout.rows}


def _finding(case: Case, handout: Handout) -> Finding:
    return case.finding(
        "list",
        handout.list,
        handout.day.isoformat(),
        handout.occasion,
        message=Text(f"{handout.told.zh}，包含当天全体在册会员", f"{handout.told.en}, every member of that day"),
        expected=EXPECTED,
        found=Text(f"{handout.heads} 人领取现金或转账，含全体会员", f"{handout.heads} people, all members among them"),
        remedy=REMEDY,
        evidence=handout.evidence(Text("向全体会员发放的现金或转账", "money for every member")),
        amount_fen=handout.total_fen,
        certainty=Certainty.LEAD,  # the text that forbids it was not read
        related=("EXP16",),
    )
