"""大修装修归类错误或改造行政房产：装修、修缮、改造列在日常支出，或日常修理列成资本性支出。

检查内容
一、摘要、活动或发票品名命中“装修修缮用语”、没有列资本性支出也没有记资产的支出，同一对方在本期合计达到通用设备固定资产单价标准的，
每个对方列一项；工会账上没有房屋的，提示改造的可能是行政房产。二、列资本性支出而只写维修、修理、保养的凭证，每张列一项。
依据
《工会会计制度》第三十三条：改建、扩建、大型修缮的支出计入固定资产成本；第四十四条：租入固定资产的改良支出记长期待摊费用；
附录1第162号科目四(三)。《中华人民共和国工会法》第四十六条：用人单位应当为工会提供必要的设施和活动场所。
危害
用工会经费装修单位的房子，工会什么也没留下；大修费用化，资产少记。
反例
职工之家改造 50,000.00 元一次列入建家活动支出，房屋是单位的。
正例
单位提供的活动场所由单位装修；工会承担的改良支出记长期待摊费用，按受益年限分摊。
参数
asset.general_threshold 通用设备固定资产单价标准（元）：低于它的支出不会是资产，不看。
局限
按用语判断，只作疑点；大修与日常修理没有金额界限，须看合同和工程内容。
"""

from __future__ import annotations

from collections import defaultdict

from ledger.accounts import components
from ledger.balances import account_balances
from ledger.money import shown_yuan
from rules.assets.cards import cards
from rules.finding import Checked, Citation, Finding, Severity, Text, examined, not_applicable
from rules.gather import Values, joined, limited
from rules.law import ParameterValue
from rules.rule import Case, rule
from rules.text.lists import Field
from rules.text.match import told
from rules.text.search import Spoken, pointed_out, search, spending, spoken_in, vouchers_spent
from rules.vouchers import THINGS

CAPITAL = "capital_expenditure"
_FIELDS = (Field.NARRATION, Field.ACTIVITY, Field.ITEM)
_REPAIR = ("维修", "修理", "维护", "保养", "清洗")
_BUILDINGS = ("房屋", "结构", "简易房", "构筑物")


@rule(
    code="AST14",
    name="renovation-misclassified",
    title=Text("大修装修归类错误或改造行政房产", "Repairs misclassified or on the employer's premises"),
    severity=Severity.MEDIUM,
    citations=(
        Citation("accounting-system-2021", "第三十三条"),
        Citation("accounting-system-2021", "第四十四条"),
        Citation("accounting-system-2021", "附录1 第162号科目 四(三)"),
        Citation("trade-union-law-2021", "第四十六条"),
    ),
    parameters=("asset.general_threshold",),
    lead_only=True,
)
def check(case: Case) -> Checked:
    """Report renovation booked as running expenditure, and running repairs booked as capital."""
    if not spending(case):
        return not_applicable("本期没有支出", "no spending in the period")
    limits = Values(case, "asset.general_threshold")
    with_assets = {line.entry for line in case.booked.on(*THINGS)}
    groups: dict[str, list[Spoken]] = defaultdict(list)
    running = search(
        case, ("renovation",), _FIELDS, among=lambda line: line.group != CAPITAL and line.entry not in with_assets
    )
    for one in running:
        groups[one.head.payee].append(one)
    findings = []
    for payee, own in sorted(groups.items()):
        limit = limits.on(own[0].day)
        if limit is not None and sum(one.amount_fen for one in own) >= limit.fen:
            findings.append(_renovation(case, payee, own, limit))
    findings += _repairs(case)
    return examined(vouchers_spent(case), findings, limits.untested)


def _repairs(case: Case) -> list[Finding]:
    texts = (Field.NARRATION, Field.ITEM)
    booked = [line for line in case.booked.on(CAPITAL) if line.element == "expense"]
    found = []
    for one in spoken_in(case, booked, ("equipment_services",), texts, beside=("renovation",)):
        repairs = [hit for hit in one.of("equipment_services") if hit.word in _REPAIR]
        if repairs and not one.of("renovation"):
            found.append(
                pointed_out(
                    case,
                    one,
                    Text("像是日常修理，列成了资本性支出", "looks like running repairs, booked as capital"),
                    Text("日常修理计入当期支出，不计入资产成本", "running repairs are current expenditure"),
                    Text("核对维修内容，属于日常修理的调整科目", "check what was done; correct the account"),
                    key=("repair",),
                    why=told(repairs),
                )
            )
    return found


def _own_building(case: Case) -> bool:
    """Tell whether the union has a building of its own, by its cards or its accounts of fixed assets."""
    if any(card.own and any(word in card.category for word in _BUILDINGS) for card in cards(case)):
        return True
    held = [one for one in account_balances(case.facts, case.until) if one.group == "fixed_assets" and one.amount_fen]
    return any("房屋" in name for one in held for _, name in components(one.account))


def _renovation(case: Case, payee: str, own: list[Spoken], limit: ParameterValue) -> Finding:
    total = sum(one.amount_fen for one in own)
    why = told(own[0].matches)
    whose = "" if _own_building(case) else "；工会账上没有房屋，改造的可能是行政房产"
    vouchers = joined([one.voucher or "无字号" for one in own], 5)
    return case.finding(
        payee or own[0].voucher,
        "renovation",
        message=Text(
            f"付“{payee}”装修改造 {shown_yuan(total)} 元（凭证 {vouchers}）列在日常支出：{why.zh}{whose}",
            f"{shown_yuan(total)} yuan of renovation by {payee} booked as running expenditure: {why.en}",
        ),
        expected=Text(
            "大修、改扩建计入资产成本，租用场所的改良记长期待摊费用；单位的房产由单位装修",
            "works that last are assets or deferred expense; the employer's premises are the employer's matter",
        ),
        found=Text(f"{shown_yuan(total)} 元列在日常支出", f"{shown_yuan(total)} yuan of running expenditure"),
        remedy=Text("核对产权、合同与工程内容，调整科目或由单位承担", "check whose premises; correct it, or they pay"),
        evidence=limited([one.evidence() for one in own], total),
        amount_fen=total,
        parameters=(limit,),
        related=("AST01", "EXP31"),
    )
