"""结转项目长期未用未清理：结转下来的项目资金，超过规定年数没有收支，也没有转入结余。

检查内容
按项目计算期末还剩多少专项资金（期初工会资金结转中写明项目的金额，加本年及以前的专项收入，减专项支出，减经分析转入
结余的），有余额而最后一次收支（没有收支的为期初）距期末超过规定年数的，列为疑点。
依据
《工会会计制度》第五十三条；附录1第321号科目三(五)：年末对工会结转资金各项目执行情况进行分析，将符合结余资金性质的剩余资金转入
工会资金结余。
危害
项目早已结束，专款长年沉淀，既不用也不交回。
反例
2022 年的劳动竞赛专项结余 9,600.00 元，2025 年末仍挂在结转。
正例
项目结束当年分析，剩余资金按规定转入结余或退回上级。
参数
budget.idle_project_years 视为长期未用的年数（审计惯例）。
局限
期初结转没有写项目的，不知道是哪一年的项目，报告为未能检查。按项目名称归集，名称改写的看作两个项目。
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import chain
from operator import attrgetter

from ledger.accounts import components
from ledger.balances import CURRENT
from ledger.closing import result_of
from ledger.journal_rows import PostingRow, net_fen
from ledger.money import shown_yuan
from rules.evidence import posting_evidence
from rules.finding import Checked, Citation, Finding, Severity, Text, examined, not_applicable
from rules.law import ParameterValue
from rules.rule import Case, rule
from rules.vouchers import net_on

SYSTEM = "accounting-system-2021"
CARRY = "union_carry_forward"
_LEVELS = 2  # 321 and its statutory sub-account; what stands below is a project


@rule(
    code="BUD09",
    name="projects-long-unused",
    title=Text("结转项目长期未用未清理", "Carried-forward projects unused for years"),
    severity=Severity.MEDIUM,
    citations=(Citation(SYSTEM, "第五十三条"), Citation(SYSTEM, "附录1 第321号科目 三(五)")),
    parameters=("budget.idle_project_years",),
    lead_only=True,
)
def check(case: Case) -> Checked:
    """Report projects with money left that saw no receipt and no spending for years."""
    projects = _project_money(case)
    if not projects:
        return not_applicable("账上没有结转的项目资金", "no carried-forward project money in the books")
    totals = {project: -net_fen(lines) for project, lines in projects.items()}
    findings: list[Finding] = []
    left = sorted(project for project, fen in totals.items() if fen > 0 and project)
    if left:
        limit = case.value("budget.idle_project_years", case.until)
        for project in left:
            moved = projects[project][-1].date
            if _years_later(moved, int(limit.number)) < case.until:
                findings.append(_finding(case, project, totals[project], limit, projects[project]))
    untested = []
    unnamed = totals.get("", 0)
    if unnamed > 0:
        zh = f"期初工会资金结转有 {shown_yuan(unnamed)} 元没有写项目，账龄无法判断"
        untested.append(Text(zh, f"{shown_yuan(unnamed)} yuan brought forward on 321 name no project"))
    return examined(len(totals), findings, untested)


def _project_money(case: Case) -> Mapping[str, Sequence[PostingRow]]:
    """Return what moved each project's money, day by day, by project (empty: none is named)."""
    booked = case.facts.booked
    # Without a project, income and spending close to the surplus.
    flows = [
        line
        for line in chain.from_iterable(map(booked.of, CURRENT))
        if line.project
        and not line.head.carry_forward
        and result_of(line.account, line.meaning, line.fund, line.project) == CARRY
    ]
    own = [line for line in booked.on(CARRY) if not (line.head.carry_forward and _closes(booked.by_entry[line.entry]))]
    projects: dict[str, list[PostingRow]] = defaultdict(list)
    for line in sorted([*flows, *own], key=attrgetter("date")):
        if line.date <= case.until and not line.head.change_over:
            projects[_project(line)].append(line)
    return projects


def _closes(voucher: Sequence[PostingRow]) -> bool:
    """Tell whether a carry-forward only closes income and spending, or moves sub-accounts of 321 into one another."""
    return net_on(voucher, CARRY) == 0 or any(line.element in CURRENT for line in voucher)


def _project(line: PostingRow) -> str:
    parts = components(line.account)
    return line.project or (parts[-1][1] if line.element == "net_assets" and len(parts) > _LEVELS else "")


def _years_later(moved: datetime.date, years: int) -> datetime.date:
    try:
        return moved.replace(year=moved.year + years)
    except ValueError:  # 29 February
        return moved.replace(year=moved.year + years, day=28)


def _finding(case: Case, project: str, fen: int, limit: ParameterValue, lines: Sequence[PostingRow]) -> Finding:
    moved = lines[-1].date
    last = [line for line in lines if line.date == moved]
    shown = min(last, key=lambda line: (line.voucher, line.account, line.amount_fen, line.line))
    money = shown_yuan(fen)
    note = Text(f"最后一次收支（或期初）{moved}", f"last moved, or brought forward, on {moved}")
    return case.finding(
        project,
        message=Text(
            f"项目“{project}”结转 {money} 元，{moved} 以后没有收支，到 {case.until} 已超过 {limit.text} 年",
            f"project {project}: {money} yuan left, unmoved since {moved}, over {limit.text} years",
        ),
        expected=Text("年末逐项分析，不再需要的转入结余或退回", "analysed every year end, and cleared when done"),
        found=Text(f"剩余 {money} 元未清理", f"{money} yuan left"),
        remedy=Text("核对项目是否完成，转入工会资金结余或退回拨款单位", "see whether it is done; clear the rest"),
        evidence=(posting_evidence(shown, note, fen),),
        amount_fen=fen,
        parameters=(limit,),
        related=("INC18", "BUD08"),
    )
