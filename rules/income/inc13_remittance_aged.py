"""应付上级经费长期不缴：211 的余额挂账超过规定的月数。

检查内容
截至审计期末，把应付上级经费（211）按所属月分开：贷记数减去已上缴数（注明所属月的先冲该月，其余先记先冲，期初余额最
先冲）。未缴余额自入账日起超过规定月数的，每个所属月列一项。
依据
《中华人民共和国工会法》第四十七条：工会的经费，任何组织和个人不得侵占、挪用和任意调拨；《工会会计制度》附录1第211号
科目二(二)：实际上缴时借记本科目。
危害
上级的分成长期占用，实际已被花掉时就是挪用；离任、撤并时成为难以清偿的债务。
反例
2023 年应上缴的 80,000.00 元，到 2025 年 12 月 31 日仍挂在 211。
正例
每季收到拨缴款后在规定时间内上缴，211 只留最近未到期的数。
参数
arrears.age_months（长期的月数）。
局限
月数出自审计惯例，没有条文，未自定标准的一律为疑点。期初余额没有所属月，自期初凭证日起算，实际更早。
"""

from __future__ import annotations

import datetime

from ledger.money import shown_yuan
from rules.finding import Checked, Citation, Evidence, Finding, Severity, Text, examined
from rules.gather import shown_month
from rules.law import ParameterValue
from rules.remittance.months import day_in, month_of_day, shifted
from rules.remittance.movements import MovementKind, movements
from rules.remittance.schedule import upward_position
from rules.remittance.upward import Bucket, opening_lines
from rules.rule import Case, rule


@rule(
    code="INC13",
    name="remittance-aged",
    title=Text("应付上级经费长期不缴", "Payable to the higher union long unpaid"),
    severity=Severity.HIGH,
    citations=(
        Citation("trade-union-law-2021", "第四十七条"),
        Citation("accounting-system-2021", "附录1 第211号科目 二(二)"),
    ),
    parameters=("arrears.age_months",),
)
def check(case: Case) -> Checked:
    """Report what of 211 is older at the end of the period than the months allowed."""
    limit = case.value("arrears.age_months", case.until)
    buckets = upward_position(case.facts, case.law, case.until)
    findings = [
        _finding(case, bucket, limit)
        for bucket in buckets
        if bucket.outstanding_fen > 0 and aged_on(bucket.booked_on, int(limit.number)) < case.until
    ]
    return examined(len(buckets), findings)


def aged_on(day: datetime.date, months: int) -> datetime.date:
    """Return the last day on which an amount booked on a day is not yet older than that many months."""
    return day_in(shifted(month_of_day(day), months), day.day)


def _finding(case: Case, bucket: Bucket, limit: ParameterValue) -> Finding:
    name = shown_month(bucket.month) if bucket.month else "期初结转"
    left, months = shown_yuan(bucket.outstanding_fen), int(limit.number)
    evidence = [
        m.evidence(Text("贷记应付上级经费", "booked on 211"), abs(m.upward_fen))
        for m in movements(case.facts, case.until)
        if m.upward_fen and m.kind is not MovementKind.PAYMENT and bucket.month in m.months
    ]
    if not evidence:
        note = Text("期初余额中的应付上级经费", "opening balance of 211")
        account = min((line.account for line in opening_lines(case.facts)), default="")
        evidence = [Evidence(note, date=bucket.booked_on, account=account, amount_fen=bucket.booked_fen)]
    return case.finding(
        bucket.month or "opening",
        message=Text(
            f"{name}应付上级经费尚有 {left} 元未缴，{bucket.booked_on} 入账，到 {case.until} 已超过 {months} 个月",
            f"{bucket.month or 'opening'}: {left} yuan still payable, booked {bucket.booked_on}, over {months} months",
        ),
        expected=Text(f"入账后 {months} 个月内上缴", f"remitted within {months} months"),
        found=Text(
            f"贷记 {shown_yuan(bucket.booked_fen)} 元，已缴 {shown_yuan(bucket.paid_fen)} 元，未缴 {left} 元",
            f"booked {shown_yuan(bucket.booked_fen)}, paid {shown_yuan(bucket.paid_fen)}, open {left}",
        ),
        remedy=Text("与上级工会核对后如数上缴", "reconcile with the higher union and remit"),
        evidence=evidence,
        amount_fen=bucket.outstanding_fen,
        parameters=[limit],
        related=("CUR10", "DEP02"),
    )
