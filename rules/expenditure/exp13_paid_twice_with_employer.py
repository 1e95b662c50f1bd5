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

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from operator import attrgetter

from ledger.money import shown_yuan
from ledger.register_rows import EmployerRow
from rules.expenditure.gifts import Event, events, gift_evidence, people
from rules.expenditure.grants import grants_for, occasions_of_grants
from rules.finding import Checked, Citation, Evidence, Finding, Severity, Text, examined, not_applicable
from rules.gather import MOST_EVIDENCE, cut
from rules.rule import Case, rule

_NOT_COMPARED = ("奖励", "消费券", "")

# Member, occasion and year → what the employer gave.
Paid = Mapping[tuple[str, str, int], Sequence[EmployerRow]]


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
    gifts = {
        occasion: rows
        for occasion in occasions_of_grants(case)
        if occasion not in _NOT_COMPARED and (rows := grants_for(case, occasion, since=case.since))
    }
    if not gifts:
        return not_applicable("本期发放清单没有慰问", "no gifts in the distribution lists of the period")
    paid = _paid_by_employer(case)
    findings = []
    for occasion, rows in sorted(gifts.items()):
        persons = {person for person, of, _ in paid if of == occasion}
        own = [row._replace(event_key="") for row in rows if row.member_id in persons]
        by_year: dict[int, list[Event]] = defaultdict(list)
        for event in events(own):
            year = event.gifts[0].date.year
            if (event.person, occasion, year) in paid:
                by_year[year].append(event)
        findings += [_finding(case, occasion, year, found, paid) for year, found in sorted(by_year.items())]
    return examined(sum(map(len, gifts.values())), findings)


def _paid_by_employer(case: Case) -> Paid:
    found: dict[tuple[str, str, int], list[EmployerRow]] = defaultdict(list)
    for row in case.rows(EmployerRow):
        if row.date is not None and row.amount_fen > 0:
            found[row.member_id, row.occasion, row.date.year].append(row)
    return dict(found)


def _evidence(event: Event, also: Sequence[EmployerRow]) -> Iterator[Evidence]:
    for gift in event.gifts:
        yield gift_evidence(gift, Text(f"{event.person}：工会发放", f"{event.person}: by the union"))
    for row in sorted(also, key=attrgetter("date", "amount_fen", "line")):
        yield Evidence(
            Text(f"{event.person}：单位行政发放（{row.date}）", f"{event.person}: by the employer on {row.date}"),
            amount_fen=row.amount_fen,
            file="registers/employer.csv",
            line=row.line,
        )


def _finding(case: Case, occasion: str, year: int, found: Sequence[Event], paid: Paid) -> Finding:
    total = sum(gift.amount_fen for event in found for gift in event.gifts)
    who, who_en = people([event.person for event in found])
    rows = sum(len(event.gifts) + len(paid[event.person, occasion, year]) for event in found)
    evidence = (one for event in found for one in _evidence(event, paid[event.person, occasion, year]))
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
        evidence=cut(list(islice(evidence, MOST_EVIDENCE)), rows),
        amount_fen=total,
    )
