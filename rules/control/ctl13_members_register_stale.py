"""会员名册未及时更新：名册自相矛盾，或与会费登记、职工人数对不上。

检查内容
一、名册行与自身矛盾：在册而写了本期以前的离会日，离会、退休而没有离会日，没有入会日，离会早于入会；二、同一会员号有两段重叠的
会籍；三、会费登记里本期缴费的会员号不在名册，或在离会月份之后还在缴费；四、某月末在册会员多于工资表的职工人数。每种并作一项。
依据
《中华人民共和国工会法》第四十三条：会员缴纳的会费是工会经费的来源；《基层工会经费收支管理办法》第五条：按时收取全部会员应交
会费。名册是会费、福利人数的依据，及时更新是审计惯例。
危害
离职的仍领福利，新入会的领不到；会费应收多少没有底数。
反例
调离三个月的职工名册仍为在册，继续领取生日蛋糕券。
正例
每月按人事变动增减，写明入会日、离会日。
参数
无。
局限
一律为疑点。离会后仍领取福利的金额见 EXP05、EXP06，漏发的见 EXP04。没有会费登记、工资表的，第三、四项报告为未能检查。
"""

from __future__ import annotations

import datetime
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from ledger.register_rows import MemberRow, PayrollRow, register_of
from rules.evidence import register_evidence
from rules.finding import Checked, Citation, Evidence, Finding, Severity, Text, examined, not_applicable
from rules.gather import limited, shown_month
from rules.income.payments import payments_by_month
from rules.remittance.months import last_day, month_of_day
from rules.rule import Case, rule

_GONE = ("left", "retired")
_FOREVER = datetime.date(2200, 1, 1)  # after any book
_EVER = datetime.date(1900, 1, 1)  # before any book


@rule(
    code="CTL13",
    name="members-register-stale",
    title=Text("会员名册未及时更新", "Members' register out of date"),
    severity=Severity.MEDIUM,
    citations=(Citation("trade-union-law-2021", "第四十三条"), Citation("grassroots-funds-2017", "第五条")),
    needs=("members",),
    lead_only=True,
)
def check(case: Case) -> Checked:
    """Report what shows that the register of members is not kept up."""
    members = case.rows(MemberRow)
    if not members:
        return not_applicable("会员名册是空的", "the register of members is empty")
    findings = [_contradicting(case, members), _overlapping(case, members)]
    untested: list[Text] = []
    if "dues" in case.facts.registers:
        findings.append(_paying(case, members))
    else:
        untested.append(Text("缺少登记簿 registers/dues.csv，未与会费登记核对", "missing registers/dues.csv"))
    staff = _headcounts(case)
    if staff:
        findings.append(_too_many(case, members, staff))
    else:
        untested.append(Text("没有写职工人数的 registers/payroll.csv，未与职工人数核对", "no headcount in payroll.csv"))
    return examined(len(members), [found for found in findings if found is not None], untested)


def _contradicting(case: Case, members: Sequence[MemberRow]) -> Finding | None:
    faults: dict[Text, list[MemberRow]] = {
        Text("在册而离会日已过", "active though the day of leaving has passed"): [
            m for m in members if m.status == "active" and m.left is not None and m.left < case.until
        ],
        Text("离会或退休而没有离会日", "left or retired without a day"): [
            m for m in members if m.status in _GONE and m.left is None
        ],
        Text("没有入会日", "no day of joining"): [m for m in members if m.joined is None],
        Text("离会早于入会", "left before joining"): [
            m for m in members if m.left is not None and m.joined is not None and m.left < m.joined
        ],
    }
    shown = [
        register_evidence(member, Text(f"{member.member_id}：{said.zh}", f"{member.member_id}: {said.en}"))
        for said, wrong in faults.items()
        for member in sorted(wrong, key=lambda m: (m.member_id, m.joined or _FOREVER, m.line))
    ]
    told = Text(
        "、".join(f"{said.zh} {len(wrong)} 行" for said, wrong in faults.items() if wrong),
        ", ".join(f"{len(wrong)} {said.en}" for said, wrong in faults.items() if wrong),
    )
    return _finding(case, "contradicting", told, shown)


def _overlapping(case: Case, members: Sequence[MemberRow]) -> Finding | None:
    rows = Counter(member.member_id for member in members)
    several = [member for member in members if rows[member.member_id] > 1]
    twice = []
    ends: dict[str, datetime.date] = {}  # the latest day of leaving of each member so far
    for member in sorted(several, key=lambda m: (m.member_id, m.joined or _EVER, m.line)):
        before, end = ends.get(member.member_id, _EVER), member.left or _FOREVER
        if member.member_id in ends and (member.joined or _EVER) < before:
            twice.append(member)
        ends[member.member_id] = max(before, end)
    shown = [
        register_evidence(member, Text(f"{member.member_id} 与另一行会籍重叠", f"{member.member_id} overlaps"))
        for member in twice
    ]
    return _finding(case, "twice", Text(f"重复登记 {len(twice)} 行", f"{len(twice)} rows repeat a member"), shown)


def _paying(case: Case, members: Sequence[MemberRow]) -> Finding | None:
    gone: dict[str, str] = {}  # the month in which each member left in the end
    forever = month_of_day(_FOREVER)
    for row in members:
        month = month_of_day(row.left) if row.left else forever
        gone[row.member_id] = max(month, gone.get(row.member_id, month))
    first, last = month_of_day(case.since), month_of_day(case.until)
    stayed = {member for member, month in gone.items() if month >= last}
    wrong: list[tuple[str, str, int, int]] = []
    for month, rows in payments_by_month(case.facts).items():
        paid = rows.above_zero
        if first <= month <= last and not stayed.issuperset(paid.members):
            each = zip(paid.members, paid.lines, paid.fen, strict=True)
            wrong += [(member, month, line, fen) for member, line, fen in each if gone.get(member, "") < month]
    shown = []
    for member, month, line, fen in sorted(wrong):
        said = Text("已离会", "had left") if member in gone else Text("不在名册", "not registered")
        note = Text(f"{member} {month} 缴费，{said.zh}", f"{member} paid, {said.en}")
        shown.append(Evidence(note, amount_fen=fen, file="registers/dues.csv", line=line))
    told = Text(f"{len(shown)} 笔会费由不在册或已离会的人缴纳", f"{len(shown)} dues of people who are not on the roll")
    return _finding(case, "dues", told, shown)


def _headcounts(case: Case) -> Mapping[str, int]:
    """Return the number of employees of each month that payroll.csv tells it of."""
    staff: dict[str, int] = defaultdict(int)
    for row in case.rows(PayrollRow) if register_of(PayrollRow) in case.facts.registers else ():
        if row.headcount is not None:
            staff[row.month] += row.headcount
    return staff


def _too_many(case: Case, members: Sequence[MemberRow], staff: Mapping[str, int]) -> Finding | None:
    known = [(m.joined or _EVER, m.left or _FOREVER, m.member_id) for m in members if m.left or m.status not in _GONE]
    stays = [stay for stay in known if stay[0] < stay[1]]
    came, went = sorted(joined for joined, _, _ in stays), sorted(left for _, left, _ in stays)
    shown = []
    for month, heads in sorted(staff.items()):
        end = last_day(month)
        inside = month_of_day(case.since) <= month <= month_of_day(case.until)
        # A member may stand on several rows: only where there are more rows than staff are people counted.
        if not inside or bisect_right(came, end) - bisect_right(went, end) <= heads:
            continue
        count = len({member for joined, left, member in stays if joined <= end < left})
        if count > heads:
            zh = f"{shown_month(month)}末在册会员 {count} 人，职工 {heads} 人"
            shown.append(Evidence(Text(zh, f"{month}: {count} members, {heads} staff"), file="registers/payroll.csv"))
    return _finding(case, "headcount", Text(f"{len(shown)} 个月会员多于职工", f"{len(shown)} months"), shown)


def _finding(case: Case, kind: str, told: Text, shown: list[Evidence]) -> Finding | None:
    if not shown:
        return None
    return case.finding(
        kind,
        f"{case.since.year}",
        message=Text(f"会员名册：{told.zh}", f"register of members: {told.en}"),
        expected=Text("名册与人事变动、会费登记一致", "the register follows joining, leaving and dues"),
        found=told,
        remedy=Text("与人事部门核对，更正名册", "compare with the personnel office and correct the register"),
        evidence=limited(shown),
        related=("EXP04", "EXP05", "EXP06"),
    )
