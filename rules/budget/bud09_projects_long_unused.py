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

import pandas as pd

from ledger.accounts import components
from ledger.closing import result_of
from ledger.money import shown_yuan
from rules.finding import Checked, Citation, Evidence, Finding, Severity, Text, examined, not_applicable
from rules.gather import day
from rules.law import ParameterValue
from rules.rule import Case, rule

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
    rows = _project_money(case)
    if rows.empty:
        return not_applicable("账上没有结转的项目资金", "no carried-forward project money in the books")
    totals = -rows.groupby("of_project")["amount_fen"].sum()
    last = rows.groupby("of_project")["date"].max()
    findings: list[Finding] = []
    limit: ParameterValue | None = None
    left = totals[(totals > 0) & (totals.index != "")]
    if not left.empty:
        limit = case.value("budget.idle_project_years", case.until)
        for project, fen in sorted(left.items(), key=lambda pair: str(pair[0])):
            moved = day(last.to_dict()[project])
            if _years_later(moved, int(limit.number)) < case.until:
                findings.append(_finding(case, str(project), int(fen), moved, limit, rows))
    untested = []
    unnamed = int(totals.to_dict().get("", 0))
    if unnamed > 0:
        zh = f"期初工会资金结转有 {shown_yuan(unnamed)} 元没有写项目，账龄无法判断"
        untested.append(Text(zh, f"{shown_yuan(unnamed)} yuan brought forward on 321 name no project"))
    return examined(len(totals), findings, untested)


def _project_money(case: Case) -> pd.DataFrame:
    """Return what moved each project's money, credit negative, with `of_project` (empty: none named)."""
    rows = case.facts.journal
    rows = rows[(rows["date"] <= pd.Timestamp(case.until)) & ~rows["change_over"]]
    keys = list(zip(*(rows[name].tolist() for name in ("account", "meaning", "fund", "project")), strict=True))
    flows = rows["element"].isin(["income", "expense"]) & ~rows["carry_forward"]
    carried = {key for key in set(keys) if result_of(*key) == CARRY}
    closes = [flow and key in carried for flow, key in zip(flows.tolist(), keys, strict=True)]
    own = (rows["group"] == CARRY) & ~_closing(rows)
    chosen = rows[pd.Series(closes, index=rows.index) | own]
    texts = zip(chosen["project"], chosen["account"], chosen["element"], strict=True)
    return chosen.assign(of_project=[_project(*map(str, three)) for three in texts])


def _closing(rows: pd.DataFrame) -> pd.Series:
    """Tell which lines of 321 only close income and spending, or move its sub-accounts into one another."""
    closing = rows[rows["carry_forward"]]
    sums = closing[closing["group"] == CARRY].groupby("entry")["amount_fen"].sum()
    moved = closing.loc[closing["element"].isin(["income", "expense"]), "entry"]
    within = set(sums[sums == 0].index) | set(moved)
    return rows["carry_forward"] & rows["entry"].isin(within)


def _project(project: str, account: str, element: str) -> str:
    parts = components(account)
    return project or (parts[-1][1] if element == "net_assets" and len(parts) > _LEVELS else "")


def _years_later(moved: datetime.date, years: int) -> datetime.date:
    try:
        return moved.replace(year=moved.year + years)
    except ValueError:  # 29 February
        return moved.replace(year=moved.year + years, day=28)


def _finding(
    case: Case, project: str, fen: int, moved: datetime.date, limit: ParameterValue, rows: pd.DataFrame
) -> Finding:
    own = rows[(rows["of_project"] == project) & (rows["date"] == pd.Timestamp(moved))]
    row = own.sort_values(["voucher", "account", "amount_fen", "line"]).iloc[0]
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
        evidence=(
            Evidence(
                note,
                voucher=str(row["voucher"]),
                date=moved,
                account=str(row["account"]),
                amount_fen=fen,
                file=str(row["file"]),
                line=int(row["line"]),
            ),
        ),
        amount_fen=fen,
        parameters=(limit,),
        related=("INC18", "BUD08"),
    )
