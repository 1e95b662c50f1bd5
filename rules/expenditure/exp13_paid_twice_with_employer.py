"""同一事由工会与行政重复发放：同一人同一事由，同一年里工会慰问了，单位行政也发了。

检查内容
把发放清单与单位行政发放登记（employer.csv）按人员、事由、自然年比对，两边都有的列为疑点，按事由和年份合并。
依据
《基层工会经费收支管理办法》：工会经费用于工会的慰问，不得报销与工会活动无关的费用；同一事由由一方承担是财务管理的通例。
危害
一件事领两份，增加公款负担，也掩盖真实的慰问标准。
反例
职工 3 月结婚，工会发慰问品 1,000.00 元，单位行政同月发慰问金 1,000.00 元。
正例
结婚由工会慰问，单位行政没有发放。
参数
无。
局限
行政依法承担的待遇（丧葬费、抚恤金）与工会慰问可以并存，所以只作疑点。竞赛奖励、消费券不比较。跨年发放的不比较。
"""

from __future__ import annotations

import pandas as pd

from ledger.money import shown_yuan
from rules.expenditure.gifts import events, gift_evidence, people
from rules.finding import Checked, Citation, Evidence, Finding, Severity, Text, examined, not_applicable
from rules.gather import limited
from rules.rule import Case, rule

_NOT_COMPARED = ("奖励", "消费券", "")


@rule(
    code="EXP13",
    name="paid-twice-with-employer",
    title=Text("同一事由工会与行政重复发放", "Union and employer both pay for one occasion"),
    severity=Severity.MEDIUM,
    citations=(Citation("grassroots-funds-2017", "第二十二条"),),
    needs=("grants", "employer"),
    lead_only=True,
)
def check(case: Case) -> Checked:
    """Report people who got something for one occasion of one year both from the union and from the employer."""
    rows = case.register("grants")
    inside = (rows["date"] >= pd.Timestamp(case.since)) & (rows["date"] <= pd.Timestamp(case.until))
    rows = rows[inside & ~rows["occasion"].isin(_NOT_COMPARED)]
    if rows.empty:
        return not_applicable("本期发放清单没有慰问", "no gifts in the distribution lists of the period")
    paid: dict[tuple[str, str, int], list[tuple[str, int, int]]] = {}
    for row in case.register("employer").to_dict("records"):
        if not pd.isna(row["date"]) and int(row["amount_fen"]) > 0:
            day = pd.Timestamp(row["date"]).date()
            key = (str(row["member_id"]), str(row["occasion"]), day.year)
            paid.setdefault(key, []).append((day.isoformat(), int(row["amount_fen"]), int(row["line"])))
    findings = []
    for occasion, own in rows.groupby(rows["occasion"].astype(str), sort=True):
        by_year: dict[int, list[tuple[str, int, list[Evidence]]]] = {}
        for event in events(own.assign(event_key="")):
            year = event.gifts[0].date.year
            also = sorted(paid.get((event.person, str(occasion), year), []))
            if also:
                by_year.setdefault(year, []).append((event.person, sum(g.amount_fen for g in event.gifts), []))
                by_year[year][-1][2].extend(
                    [
                        gift_evidence(gift, Text(f"{event.person}：工会发放", f"{event.person}: by the union"))
                        for gift in event.gifts
                    ]
                )
                by_year[year][-1][2].extend(
                    Evidence(
                        Text(f"{event.person}：单位行政发放（{day}）", f"{event.person}: by the employer on {day}"),
                        amount_fen=amount,
                        file="registers/employer.csv",
                        line=line,
                    )
                    for day, amount, line in also
                )
        findings += [_finding(case, str(occasion), year, found) for year, found in sorted(by_year.items())]
    return examined(len(rows), findings)


def _finding(case: Case, occasion: str, year: int, found: list[tuple[str, int, list[Evidence]]]) -> Finding:
    total = sum(amount for _, amount, _ in found)
    who, who_en = people([person for person, _, _ in found])
    return case.finding(
        occasion,
        str(year),
        message=Text(
            f"{year} 年{who}的“{occasion}”工会和单位行政都发放，工会发放 {shown_yuan(total)} 元",
            f"{year}, {occasion}: {who_en} got something from both; {shown_yuan(total)} yuan from the union",
        ),
        expected=Text("同一事由由一方发放", "one payer for one occasion"),
        found=Text(f"两边都发 {len(found)} 人", f"both paid {len(found)} people"),
        remedy=Text("与单位行政核对依据，重复的由一方收回", "compare the grounds with the employer; one side recovers"),
        evidence=limited([one for _, _, rows in found for one in rows]),
        amount_fen=total,
    )
