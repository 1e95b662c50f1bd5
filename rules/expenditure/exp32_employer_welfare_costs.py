"""列支体检、职代会、医疗抚恤等行政费用：基层工会支付应由单位行政承担的费用。

检查内容
基层工会的支出凭证，摘要、活动、发票品名、对方和销售方：一、命中“体检用语”；二、命中“职工代表大会用语”；三、命中
“医疗抚恤丧葬费用语”，而不是维权支出、也没有写明住院、去世、困难、大病慰问事由的。有“宣传培训用语”的不列。
依据
《基层工会经费收支管理办法》（原文未核）第十四条：单位应负担的，工会经费只在预算足以保证时适当弥补；第二十二条：不准报销
与工会活动无关的费用。行政应承担的项目另据二手汇编；
安徽省办法：职工体检属单位行政职责，受托承办也不得列工会经费。
危害
单位把应负担的职工福利和民主管理费用转给工会。
反例
付某体检中心职工体检费 36,000.00 元；职工代表大会会务费 8,000.00 元。
正例
会员代表大会会务费；住院会员慰问金；体检中心（科室）工会小组的生日蛋糕券。
参数
无；词表在 rules/words/medical_checkup.toml、workers_congress.toml、medical_costs.toml。
局限
只凭用语，一律为疑点：工会会员代表大会与职工代表大会合并召开的，须看费用如何分摊。
"""

from __future__ import annotations

from rules.expenditure.handouts import IN_NEED
from rules.finding import Checked, Citation, Severity, Text, examined, not_applicable
from rules.rule import Case, rule
from rules.text.match import told
from rules.text.search import pointed_out, search, spending, vouchers_spent

_MEDICAL = "medical_costs"
_LISTS = ("medical_checkup", "workers_congress", _MEDICAL)


@rule(
    code="EXP32",
    name="employer-welfare-costs-borne",
    title=Text("列支体检、职代会、医疗抚恤等行政费用", "Check-ups, workers' congress or medical costs of the employer"),
    severity=Severity.HIGH,
    citations=(Citation("grassroots-funds-2017", "第十四条"), Citation("grassroots-funds-2017", "第二十二条")),
    lead_only=True,
)
def check(case: Case) -> Checked:
    """Report spending of a grassroots union whose words speak of what the employer has to pay for its staff."""
    if case.facts.union.level != "grassroots":
        return not_applicable("本规则只查用人单位的基层工会", "this rule is about unions of employers")
    if not spending(case):
        return not_applicable("本期没有支出", "no spending in the period")
    looks = Text("像是应由单位行政承担的费用", "looks like a cost that the employer owes")
    expected = Text("体检、职代会、医疗抚恤由单位行政承担", "the employer bears check-ups, congress and medical costs")
    remedy = Text("核对费用性质；应由行政承担的收回", "check what it was; let the employer pay it back")
    findings = []
    for one in search(case, _LISTS, beside=("information",)):
        relief = one.row.group == "rights_protection_expense" or one.row.occasion in IN_NEED
        spoken = () if one.of("information") else one.of(*_LISTS)
        wrong = [hit for hit in spoken if hit.list.key != _MEDICAL or not relief]
        if wrong:
            findings.append(pointed_out(case, one, looks, expected, remedy, why=told(wrong)))
    return examined(vouchers_spent(case), findings)
