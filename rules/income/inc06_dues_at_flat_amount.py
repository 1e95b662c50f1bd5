"""会费一律定额：多数会员缴同一个数额，与各人的工资无关。

检查内容
按会费登记（dues.csv）逐月看实际缴纳的会员：缴最常见的那个数额、而这个数额不等于本人应缴数的会员超过半数，且他们应缴的数额
各不相同的，为定额收缴。全期合并列一项疑点。
依据
《中国工会章程》：会员按期缴纳会费；《基层工会经费收支管理办法》：会员按本人工资收入的千分之五缴纳会费。
危害
低工资会员多缴、高工资会员少缴，会费收入不实。
反例
全体会员每月一律缴 10.00 元。
正例
按本人计费工资的千分之五计算，由工资代扣。
参数
dues.rate（会费比例）、dues.tail（计费工资的不计尾数，本单位不采用的在 union.toml 写 0.01）。
局限
比例未经原文核对，只作疑点；差额由 INC05 计。没有计费工资的会员不比较。
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from ledger.money import shown_yuan
from ledger.register_rows import MemberRow
from rules.finding import Checked, Citation, Evidence, Finding, Severity, Text, examined, not_applicable
from rules.gather import joined, limited, shown_month
from rules.income.dues import DuesTerms, owed_on_wages, terms
from rules.income.payments import payments_by_month
from rules.remittance.months import month_of_day
from rules.rule import Case, rule

_HALF = 2  # more than one of two is most


@rule(
    code="INC06",
    name="dues-at-flat-amount",
    title=Text("会费一律定额，不按工资比例", "Dues at a flat amount instead of a share of wages"),
    severity=Severity.MEDIUM,
    citations=(Citation("union-constitution", "第四条"), Citation("grassroots-funds-2017", "第四条")),
    needs=("dues", "members"),
    parameters=("dues.rate", "dues.tail"),
    lead_only=True,
)
def check(case: Case) -> Checked:
    """Report months in which most members paid one amount that is not what they owed."""
    first, last = month_of_day(case.since), month_of_day(case.until)
    paid_in = ((month, rows.above_zero) for month, rows in payments_by_month(case.facts).items())
    rows_of = {month: rows for month, rows in paid_in if first <= month <= last and rows.lines}
    if not rows_of:
        return not_applicable("本期没有会费登记", "no dues registered in the period")
    base_of = _bases(case)
    evidence: list[Evidence] = []
    names: list[str] = []
    amounts: set[int] = set()
    unknown, tested, of = 0, 0, None
    for month, rows in rows_of.items():
        of = terms(case, month)
        strangers = rows.by_member.keys() - base_of.keys()
        known = {m: fen for m, fen in rows.by_member.items() if m not in strangers} if strangers else rows.by_member
        unknown += len(strangers)
        tested += len(known)
        flat = _flat(known, base_of, owed_on_wages(case.facts, of))
        if flat is not None:
            amount, count = flat
            amounts.add(amount)
            names.append(month)
            note = Text(
                f"{shown_month(month)} {len(known)} 人中 {count} 人一律缴 {shown_yuan(amount)} 元，不等于本人应缴数",
                f"{month}: {count} of {len(known)} paid {shown_yuan(amount)}, which is not what they owed",
            )
            evidence.append(Evidence(note, amount_fen=amount, file="registers/dues.csv", line=min(rows.lines)))
    untested = []
    if unknown:
        zh = f"{unknown} 人次没有计费工资（members.csv 的 dues_base），没有比较"
        untested.append(Text(zh, f"{unknown} payments of members without dues_base were not compared"))
    findings = [_finding(case, names, amounts, evidence, of)] if evidence and of is not None else []
    return examined(tested, findings, untested)


def _bases(case: Case) -> Mapping[str, int]:
    """Return the wage for dues of each member, the first row's where one has several, without those who have none."""
    base_of: dict[str, int | None] = {}
    for member in case.rows(MemberRow):
        base_of.setdefault(member.member_id, member.dues_base_fen)
    return {member: base for member, base in base_of.items() if base is not None}


def _flat(paid: Mapping[str, int], base_of: Mapping[str, int], owed_on: Mapping[int, int]) -> tuple[int, int] | None:
    """Return the amount that most members paid without owing it, and how many; None where there is no such amount."""
    if not paid:
        return None
    counts = Counter(paid.values())
    most = max(counts.values())
    if most * _HALF <= len(paid):
        return None
    usual = min(amount for amount, count in counts.items() if count == most)
    wrong = [due for member, fen in paid.items() if fen == usual and (due := owed_on[base_of[member]]) != usual]
    if len(wrong) * _HALF > len(paid) and len(set(wrong)) > 1:
        return usual, len(wrong)
    return None


def _finding(case: Case, names: list[str], amounts: set[int], evidence: list[Evidence], of: DuesTerms) -> Finding:
    shown = "、".join(shown_yuan(amount) for amount in sorted(amounts))
    return case.finding(
        names[0],
        message=Text(
            f"{joined([shown_month(name) for name in names], 3)}会费一律按 {shown} 元收取，与工资无关"
            f"（{len(names)} 个月）",
            f"dues of a flat {shown} yuan in {len(names)} months, whatever the wages",
        ),
        expected=Text(f"按本人计费工资的 {of.rate.text} 缴纳", f"{of.rate.text} of each member's wage"),
        found=Text(f"多数会员一律缴 {shown} 元", f"most members paid {shown} yuan"),
        remedy=Text("按本人工资核定会费，更正收缴办法", "set each member's dues by the wage"),
        evidence=limited(evidence),
        parameters=of.values,
        related=("INC05",),
    )
