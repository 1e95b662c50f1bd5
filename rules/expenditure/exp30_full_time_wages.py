"""专职人员工资社保在工会列支：基层工会用工会经费支付工资、社会保险和公积金。

检查内容
基层工会的支出凭证：一、记入工资福利支出科目（县级以上工会才用）的，按年按科目列为问题；二、摘要、活动、发票品名命中
“工资社保公积金用语”的，列为疑点，有“宣传培训用语”的不列。维权支出中关于工资协商、欠薪的不查。
依据
《中华人民共和国工会法》第四十二条：用人单位工会委员会的专职工作人员的工资、奖励、补贴，由所在单位支付；社会保险和
其他福利待遇等，享受本单位职工同等待遇。
危害
单位把应负担的人员经费转给工会。
反例
付专职工会主席 3 月工资 6,500.00 元。
正例
工资专项集体合同文本印制费。
参数
无；词表在 rules/words/wages.toml。
局限
只凭用语的为疑点。专职社会化工会工作者由上级工会聘用的，另有规定。
"""

from __future__ import annotations

from collections import defaultdict

from ledger.journal_rows import PostingRow, net_fen
from ledger.money import shown_yuan
from rules.finding import Certainty, Checked, Citation, Finding, Severity, Text, examined, not_applicable
from rules.gather import limited
from rules.rule import Case, rule
from rules.text.lists import Field
from rules.text.search import gathered, pointed_out, search, spending, vouchers_spent

_WAGES = "wages_welfare_expense"
_TEXTS = (Field.NARRATION, Field.ACTIVITY, Field.ITEM)
EXPECTED = Text("工资、社会保险由所在单位支付", "the employer pays wages and social insurance")
REMEDY = Text("由单位行政承担，已支付的收回", "let the employer bear it, and recover what was paid")


@rule(
    code="EXP30",
    name="full-time-wages-paid",
    title=Text("专职人员工资社保在工会列支", "Wages or social insurance of full-time officers"),
    severity=Severity.HIGH,
    citations=(Citation("trade-union-law-2021", "第四十二条"),),
)
def check(case: Case) -> Checked:
    """Report wages and social insurance that a grassroots union paid."""
    if case.facts.union.level != "grassroots":
        return not_applicable("县级以上工会自行支付工作人员工资", "higher unions pay their own staff")
    if not spending(case):
        return not_applicable("本期没有支出", "no spending in the period")
    findings = _on_the_account(case)
    looks = Text("像是工资、社会保险或公积金", "looks like wages, social insurance or housing fund")
    for one in search(case, ("wages",), _TEXTS, beside=("information",), among=_elsewhere):
        if one.of("information"):
            continue
        findings.append(pointed_out(case, one, looks, EXPECTED, REMEDY, certainty=Certainty.LEAD, related=("EXP27",)))
    return examined(vouchers_spent(case), findings)


def _elsewhere(line: PostingRow) -> bool:
    return line.meaning != _WAGES and line.group != "rights_protection_expense"


def _on_the_account(case: Case) -> list[Finding]:
    groups: dict[tuple[int, str], list[PostingRow]] = defaultdict(list)
    for line in case.booked.meaning(_WAGES):
        if line.element == "expense":
            groups[line.date.year, line.account].append(line)
    findings = []
    for (year, account), own in sorted(groups.items()):
        total = net_fen(own)
        if total <= 0:
            continue
        told = Text(
            f"{year} 年在“{account}”列支 {shown_yuan(total)} 元，基层工会没有这个科目",
            f"{shown_yuan(total)} yuan on {account} in {year}: no account of a grassroots union",
        )
        note = Text("记入工资福利支出", "booked as wages and welfare")
        evidence = [one.evidence(note) for one in gathered(case, own)]
        findings.append(
            case.finding(
                str(year),
                account,
                message=told,
                expected=EXPECTED,
                found=told,
                remedy=REMEDY,
                evidence=limited(evidence, total),
                amount_fen=total,
                related=("ACC07",),
            )
        )
    return findings
