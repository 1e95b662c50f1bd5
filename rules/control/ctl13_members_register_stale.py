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

import calendar
import datetime

import pandas as pd

from ledger.rows import records
from rules.finding import Checked, Citation, Evidence, Finding, Severity, Text, examined, not_applicable
from rules.gather import limited, register_evidence, shown_month
from rules.rule import Case, rule

_GONE = ("left", "retired")
_FOREVER = pd.Timestamp(datetime.date(2200, 1, 1))  # after any book
_EVER = pd.Timestamp(datetime.date(1900, 1, 1))  # before any book


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
    members = case.register("members").sort_values(["member_id", "joined", "line"])
    if members.empty:
        return not_applicable("会员名册是空的", "the register of members is empty")
    findings = [found for found in (_contradicting(case, members), _overlapping(case, members)) if found]
    untested: list[Text] = []
    if "dues" in case.facts.registers:
        findings += [found for found in (_paying(case, members),) if found]
    else:
        untested.append(Text("缺少登记簿 registers/dues.csv，未与会费登记核对", "missing registers/dues.csv"))
    if "payroll" in case.facts.registers and case.register("payroll")["headcount"].notna().any():
        findings += [found for found in (_too_many(case, members),) if found]
    else:
        untested.append(Text("没有写职工人数的 registers/payroll.csv，未与职工人数核对", "no headcount in payroll.csv"))
    return examined(len(members), findings, untested)


def _contradicting(case: Case, members: pd.DataFrame) -> Finding | None:
    until = pd.Timestamp(case.until)
    faults = {
        Text("在册而离会日已过", "active though the day of leaving has passed"): (members["status"] == "active")
        & (members["left"] < until),
        Text("离会或退休而没有离会日", "left or retired without a day"): members["status"].isin(_GONE)
        & members["left"].isna(),
        Text("没有入会日", "no day of joining"): members["joined"].isna(),
        Text("离会早于入会", "left before joining"): members["left"] < members["joined"],
    }
    shown = [
        register_evidence("members", row, Text(f"{row['member_id']}：{said.zh}", f"{row['member_id']}: {said.en}"))
        for said, wrong in faults.items()
        for row in records(members[wrong])
    ]
    told = Text(
        "、".join(f"{said.zh} {int(wrong.sum())} 行" for said, wrong in faults.items() if wrong.any()),
        ", ".join(f"{int(wrong.sum())} {said.en}" for said, wrong in faults.items() if wrong.any()),
    )
    return _finding(case, "contradicting", told, shown)


def _overlapping(case: Case, members: pd.DataFrame) -> Finding | None:
    rows = members.assign(begin=members["joined"].fillna(_EVER), end=members["left"].fillna(_FOREVER))
    rows = rows.sort_values(["member_id", "begin", "line"])
    latest = rows.groupby("member_id", observed=True)["end"].cummax()
    before = latest.groupby(rows["member_id"], observed=True).shift()
    twice = rows[before.notna() & (rows["begin"] < before)]
    shown = [
        register_evidence("members", row, Text(f"{row['member_id']} 与另一行会籍重叠", f"{row['member_id']} overlaps"))
        for row in records(twice)
    ]
    return _finding(case, "twice", Text(f"重复登记 {len(twice)} 行", f"{len(twice)} rows repeat a member"), shown)


def _paying(case: Case, members: pd.DataFrame) -> Finding | None:
    dues = case.register("dues")
    months = dues["month"].astype("object")
    first, last = f"{case.since:%Y-%m}", f"{case.until:%Y-%m}"
    dues = dues.assign(month=months, member_id=dues["member_id"].astype("object"))
    dues = dues[(dues["paid_fen"] > 0) & (months >= first) & (months <= last)]
    ends = members.assign(end=members["left"].fillna(_FOREVER)).groupby("member_id", observed=True)["end"].max()
    dues["gone"] = dues["member_id"].map({str(member): f"{end:%Y-%m}" for member, end in ends.items()})
    wrong = dues[dues["gone"].isna() | (dues["gone"] < dues["month"])]
    shown = []
    for row in records(wrong.sort_values(["member_id", "month", "line"])):
        said = Text("不在名册", "not registered") if pd.isna(row["gone"]) else Text("已离会", "had left")
        note = Text(f"{row['member_id']} {row['month']} 缴费，{said.zh}", f"{row['member_id']} paid, {said.en}")
        shown.append(register_evidence("dues", row, note, int(row["paid_fen"])))
    told = Text(f"{len(shown)} 笔会费由不在册或已离会的人缴纳", f"{len(shown)} dues of people who are not on the roll")
    return _finding(case, "dues", told, shown)


def _too_many(case: Case, members: pd.DataFrame) -> Finding | None:
    payroll = case.register("payroll")
    payroll = payroll[payroll["headcount"].notna()]
    staff = payroll.groupby(payroll["month"].astype("object"))["headcount"].sum()
    shown = []
    for month, heads in sorted((str(month), int(heads)) for month, heads in staff.items()):
        if not f"{case.since:%Y-%m}" <= month <= f"{case.until:%Y-%m}":
            continue
        year, number = (int(part) for part in month.split("-"))
        end = pd.Timestamp(datetime.date(year, number, calendar.monthrange(year, number)[1]))
        here = (members["joined"].isna() | (members["joined"] <= end)) & ~(members["left"] <= end)
        here &= ~(members["status"].isin(_GONE) & members["left"].isna())
        count = int(members.loc[here, "member_id"].nunique())
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
