"""Holiday goods per head from the vouchers, for books without distribution lists: never more than a lead."""

from __future__ import annotations

import datetime

import pandas as pd

from ledger.money import shown_yuan
from ledger.rows import records
from rules.expenditure.grants import FESTIVALS
from rules.finding import Certainty, Finding, Text
from rules.gather import Values, limited
from rules.rule import Case, evidence_of


def average_over_cap(case: Case, caps: Values) -> tuple[list[Finding], list[Text]]:
    """Return, for each year, a lead where holiday spending per active member went over the cap.

    The spending of the year up to each payment of the period is compared with the cap on its day times the
    members of that day, so that nothing is rounded. Days without members are returned as untested.
    """
    findings: list[Finding] = []
    untested: list[Text] = []
    for year in range(case.since.year, case.until.year + 1):
        rows = case.facts.activity_of(datetime.date(year, 1, 1), min(case.until, datetime.date(year, 12, 31)))
        rows = rows[(rows["element"] == "expense") & rows["occasion"].isin(FESTIVALS)]
        worst: tuple[int, datetime.date] | None = None
        for stamp, amount in rows.groupby("date", sort=True)["amount_fen"].sum().cumsum().items():
            day = pd.Timestamp(str(stamp)).date()
            cap = caps.on(day) if day >= case.since else None
            if cap is None:
                continue
            heads = active_members(case.register("members"), day)
            if not heads:
                untested.append(Text(f"{day} 没有在册会员，无法算人均", f"no members on {day}"))
                continue
            excess = int(amount) - cap.fen * heads
            if excess > 0 and (worst is None or excess > worst[0]):
                worst = (excess, day)
        if worst is not None:
            findings.append(_finding(case, year, rows[rows["date"] <= pd.Timestamp(worst[1])], worst, caps))
    return findings, untested


def active_members(members: pd.DataFrame, day: datetime.date) -> int:
    """Return how many members were neither retired nor gone on a day."""
    at = pd.Timestamp(day)
    joined = members["joined"].isna() | (members["joined"] <= at)
    present = members["left"].isna() | (members["left"] > at)
    gone = (members["status"] == "retired") | ((members["status"] == "left") & members["left"].isna())
    return int((joined & present & ~gone).sum())


def _finding(case: Case, year: int, rows: pd.DataFrame, worst: tuple[int, datetime.date], caps: Values) -> Finding:
    excess, day = worst
    cap = caps.on(day)
    assert cap is not None
    total, heads = int(rows["amount_fen"].sum()), active_members(case.register("members"), day)
    note = Text("节日慰问支出", "spent on holiday goods")
    return case.finding(
        str(year),
        "average",
        message=Text(
            f"{year} 年截至 {day} 节日慰问支出 {shown_yuan(total)} 元，会员 {heads} 人，"
            f"人均超过上限 {shown_yuan(cap.fen)} 元，合计超 {shown_yuan(excess)} 元（没有发放清单，按人均估算）",
            f"holiday goods of {year} up to {day}: {shown_yuan(total)} yuan for {heads} members, "
            f"on average over the cap of {shown_yuan(cap.fen)}",
        ),
        expected=Text(
            f"不超过 {heads} 人 × {shown_yuan(cap.fen)} 元", f"at most {heads} times {shown_yuan(cap.fen)} yuan"
        ),
        found=Text(f"{shown_yuan(total)} 元", f"{shown_yuan(total)} yuan"),
        remedy=Text("提供逐人签收的发放清单，按人核对", "supply the signed distribution lists and check each member"),
        evidence=limited([evidence_of(row, note) for row in records(rows)], total),
        amount_fen=excess,
        parameters=(cap,),
        certainty=Certainty.LEAD,
    )
