"""退休慰问超标、发现金或贵金属：退休离岗纪念品超过当地上限，或以现金、黄金首饰代替纪念品。

检查内容
一、发放清单事由为“退休”的，逐人累计，超过发放当天施行的上限的列出；二、以现金或转账发放的，按年合列为疑点；
三、退休慰问的凭证摘要、对方、发票品名命中“黄金珠宝用语”的，列为疑点。
依据
《基层工会经费收支管理办法》：会员退休离岗可以发放一定金额的纪念品，标准由省级工会规定。
危害
以退休名义变相发钱、送贵重物品。
反例
当地上限 1,000.00 元，给一名退休会员发 1,000.01 元的纪念品；或购金币一枚。
正例
每人一份不超过上限的工艺纪念品，逐人签收。
参数
retirement.cap 会员退休离岗纪念品上限（元），用发放当天施行的值。
局限
没有发放清单时金额和形式不能核对，报告为未能检查。是否允许发现金各地规定不一，贵金属只凭品名，都为疑点。
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Sequence

from ledger.money import shown_yuan
from ledger.register_rows import GrantRow
from rules.evidence import register_evidence
from rules.expenditure.gifts import over_alone
from rules.expenditure.grants import given_by_day, grants_for, over_cap
from rules.expenditure.handouts import MONEY_FORMS
from rules.finding import Certainty, Checked, Citation, Finding, Severity, Text, examined, not_applicable
from rules.gather import Values, limited
from rules.rule import Case, rule
from rules.text.search import about, is_about, pointed_out, search

_RETIREMENT = "退休"
_WHAT = Text(_RETIREMENT, "retirement")
EXPECTED = Text("发放一定金额的纪念品", "a souvenir of limited value")


@rule(
    code="EXP12",
    name="retirement-gift-irregular",
    title=Text("退休慰问超标、发现金或贵金属", "Retirement gift over the cap, in cash or precious metal"),
    severity=Severity.MEDIUM,
    citations=(Citation("grassroots-funds-2017", "第八条"), Citation("grassroots-funds-2017", "第二十四条")),
    parameters=("retirement.cap",),
)
def check(case: Case) -> Checked:
    """Report retirement gifts beyond the cap, given as money, or bought as gold."""
    retiring = about(case, _RETIREMENT)
    looks = Text("像是以贵金属、首饰作退休纪念品", "looks like precious metal as a retirement gift")
    remedy = Text("查看发票和实物清单；属于贵金属的停止并清退", "look at the invoice; stop and settle precious metal")
    gold = search(case, ("gold",), among=lambda line: is_about(line, _RETIREMENT))
    findings = [pointed_out(case, one, looks, EXPECTED, remedy) for one in gold]
    if "grants" not in case.facts.registers:
        if not retiring:
            return not_applicable("本期没有退休慰问", "no retirement gifts in the period")
        zh = "缺少登记簿 registers/grants.csv，退休慰问的金额和形式无法按人核对"
        return examined(len(retiring), findings, [Text(zh, "missing registers/grants.csv: caps and forms untested")])
    grants = grants_for(case, _RETIREMENT)
    inside = grants_for(case, _RETIREMENT, since=case.since)
    if not retiring and not inside:
        return not_applicable("本期没有退休慰问", "no retirement gifts in the period")
    caps = Values(case, "retirement.cap")
    beyond = over_cap(given_by_day(grants), caps.on, case.since)
    findings += [over_alone(case, _WHAT, found, so_far="累计 ") for found in beyond]
    findings += _as_money(case, [row for row in inside if row.form in MONEY_FORMS])
    return examined(len(inside) or len(retiring), findings, caps.untested)


def _as_money(case: Case, rows: Sequence[GrantRow]) -> list[Finding]:
    by_year: dict[int, list[tuple[datetime.date, GrantRow]]] = defaultdict(list)
    for row in rows:
        if row.date is not None:
            by_year[row.date.year].append((row.date, row))
    findings = []
    for year, dated in sorted(by_year.items()):
        own = [row for _, row in sorted(dated, key=lambda pair: (pair[0], pair[1].member_id, pair[1].line))]
        total, heads = sum(row.amount_fen for row in own), len({row.member_id for row in own})
        note = Text("退休慰问发给现金或转账", "given as money")
        told = Text(
            f"{year} 年 {heads} 人的退休慰问以现金或转账发放，合计 {shown_yuan(total)} 元",
            f"retirement gifts of {heads} people in {year} were money: {shown_yuan(total)} yuan",
        )
        finding = case.finding(
            "money",
            str(year),
            message=told,
            expected=EXPECTED,
            found=told,
            remedy=Text("说明当地关于发放形式的规定；没有规定的改发纪念品", "show the regional rule that allows money"),
            evidence=limited([register_evidence(row, note, row.amount_fen) for row in own], total),
            amount_fen=total,
            certainty=Certainty.LEAD,
            severity=Severity.LOW,
        )
        findings.append(finding)
    return findings
