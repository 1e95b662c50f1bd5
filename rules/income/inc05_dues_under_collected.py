"""会费少收、不收或收了不入账：某月应收会费大于实际收取，或会费登记大于会费收入。

检查内容
有会员名册和会费登记的，逐月逐人比较应缴会费（计费工资 × 比例）与登记的已缴数，并比较登记的已缴数与会费收入（401）
的入账数；没有的，逐月比较工资总额表的计费工资合计 × 比例与 401 的入账数。每月列一项。
依据
《中华人民共和国工会法》第四十三条：会费是工会经费的来源；《基层工会经费收支管理办法》：按规定比例按时收取全部
会员应交会费；《工会会计制度》附录1第401号科目：按实际收到的金额入账。
危害
会费是会员的义务，也是会员活动经费的来源；只在年底象征性收取，观影、春秋游等活动的开支就没有依据。
反例
200 名会员全年只在 12 月收过一次会费。
正例
每月按本人计费工资的比例由工资代扣，当月入账，凭证注明所属月。
参数
dues.rate（会费比例）、dues.tail（计费工资的不计尾数，本单位不采用的在 union.toml 写 0.01）。
局限
会费比例和尾数规则未经原文核对，由此得出的一律为疑点，本单位自定标准的除外。会员名册只有一个计费工资，年中调薪
的按名册计算。工资总额表、会费登记都没有的月份不检查。
"""

from __future__ import annotations

from ledger.money import shown_yuan
from rules.finding import Certainty, Checked, Citation, Evidence, Finding, Severity, Text, examined, not_performed
from rules.gather import joined, shown_month
from rules.income.dues import (
    Collection,
    booked_by_month,
    by_member,
    by_payroll,
    register_months,
    terms,
    wanted_by_month,
)
from rules.income.payments import NOTHING_PAID, payments_by_month
from rules.rule import Case, rule


@rule(
    code="INC05",
    name="dues-under-collected",
    title=Text("会费少收或不入账", "Dues under-collected or not booked"),
    severity=Severity.HIGH,
    citations=(
        Citation("trade-union-law-2021", "第四十三条"),
        Citation("accounting-system-2021", "附录1 第401号科目 二(一)"),
    ),
    parameters=("dues.rate", "dues.tail"),
)
def check(case: Case) -> Checked:
    """Report every month in which less was collected than owed, or less booked than collected."""
    registers = case.facts.registers
    members_known = "members" in registers and "dues" in registers
    if not members_known and "payroll" not in registers:
        return not_performed(
            "既没有会员名册和会费登记（registers/members.csv、dues.csv），也没有工资总额表（registers/payroll.csv）",
            "neither members.csv with dues.csv nor payroll.csv is there",
        )
    months = register_months(case)
    booked, assumed = booked_by_month(case.facts, wanted_by_month(case, months, by_register=members_known))
    by_date = Certainty.LEAD if assumed else Certainty.ESTABLISHED
    findings: list[Finding] = []
    untested: list[Text] = []
    tested = 0
    for month in months:
        of, name, credited = terms(case, month), shown_month(month), booked.get(month, 0)
        if members_known:
            collection = by_member(case.facts, month, of)
            if collection.without:
                zh = f"{name}：{collection.without} 名会员没有计费工资（dues_base），应缴会费无法计算"
                untested.append(Text(zh, f"{month}: {collection.without} members without dues_base"))
            findings += _short(case, collection, Certainty.ESTABLISHED)
            findings += _unbooked(case, month, credited, by_date)
            tested += collection.tested
            continue
        found = by_payroll(case.facts, month, of, credited)
        if found is None:
            zh = f"{name}：工资总额表没有计费工资（dues_base），应收会费无法计算"
            untested.append(Text(zh, f"{month}: no dues_base in the payroll register"))
            continue
        findings += _short(case, found, by_date)
        tested += found.tested
    if not tested and not untested:
        return not_performed("登记簿没有审计期间的月份", "the registers hold no month of the period")
    return examined(tested, findings, untested)


def _short(case: Case, of: Collection, certainty: Certainty) -> list[Finding]:
    gap = of.owed_fen - of.paid_fen
    if gap <= 0:
        return []
    owed, paid, missing = shown_yuan(of.owed_fen), shown_yuan(of.paid_fen), shown_yuan(gap)
    names = [m.member_id for m in of.short]
    who = f"；{len(names)} 人未足额：{joined(names)}" if names else ""
    return [
        case.finding(
            of.month,
            "collected",
            message=Text(
                f"{shown_month(of.month)}应收会费 {owed} 元，实收 {paid} 元，少收 {missing} 元{who}",
                f"{of.month}: dues of {owed} yuan owed, {paid} collected, {missing} short",
            ),
            expected=Text(f"按计费工资的 {of.of.rate.text} 收取 {owed} 元", f"{owed} yuan collected"),
            found=Text(f"收取 {paid} 元", f"{paid} yuan"),
            remedy=Text(
                "按名册逐人补收并入账，建立按月代扣会费的办法",
                "collect what is missing by the roster, book it, and have dues deducted monthly",
            ),
            evidence=of.evidence(gap),
            amount_fen=gap,
            parameters=of.of.values,
            certainty=certainty,
            related=("INC06",),
        )
    ]


def _unbooked(case: Case, month: str, credited: int, certainty: Certainty) -> list[Finding]:
    rows = payments_by_month(case.facts).get(month, NOTHING_PAID)
    paid = rows.total_fen
    if not rows.lines or paid <= credited:
        return []
    registered, booked, missing = shown_yuan(paid), shown_yuan(credited), shown_yuan(paid - credited)
    count = len(rows.lines)
    note = Text(f"会费登记，{count} 人次", f"register of dues, {count} rows")
    return [
        case.finding(
            month,
            "booked",
            message=Text(
                f"{shown_month(month)}会费登记已缴 {registered} 元，会费收入只入账 {booked} 元，差 {missing} 元",
                f"{month}: {registered} yuan of dues registered as paid, {booked} booked",
            ),
            expected=Text(f"401 入账 {registered} 元", f"{registered} yuan on 401"),
            found=Text(f"401 入账 {booked} 元", f"{booked} yuan on 401"),
            remedy=Text("查明差额的去向，如数入账", "find where the difference is, and book it"),
            evidence=[Evidence(note, amount_fen=paid, file="registers/dues.csv", line=min(rows.lines))],
            amount_fen=paid - credited,
            certainty=certainty,
        )
    ]
