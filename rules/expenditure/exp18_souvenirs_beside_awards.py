"""同一活动奖励与纪念品并发：设了奖项的活动又给参加人员发纪念品。

检查内容
支出凭证命中“活动纪念品用语”的（慰问和会议除外），看同一活动名称、同一年里有没有奖励支出（事由是奖励、写了获奖人数，
或者清单是奖励）；同一张凭证既有纪念品用语又有奖励的也列出。
依据
《基层工会经费收支管理办法》：文体活动可以奖励优胜者；不设奖项的，可以为参加人员发放少量纪念品。
危害
奖励之外再普发纪念品，等于人人有份。
反例
职工运动会发了名次奖，又给全体参赛人员各发一份纪念品。
正例
健步走活动不设奖项，给参加人员各发一份纪念品。
参数
无。
局限
纪念品按用语认定，活动按名称和年份对应，都为疑点。凭证没有写活动名称的无法与奖励对应，报告为未能检查。
"""

from __future__ import annotations

from collections import defaultdict

from ledger.journal_rows import VoucherRow
from ledger.money import shown_yuan
from rules.evidence import voucher_evidence
from rules.expenditure.awards import AwardVoucher, award_vouchers
from rules.expenditure.souvenirs import souvenir_vouchers
from rules.finding import Checked, Citation, Finding, Severity, Text, examined, not_applicable
from rules.gather import joined, limited
from rules.rule import Case, rule
from rules.text.search import Spoken


@rule(
    code="EXP18",
    name="souvenirs-beside-awards",
    title=Text("同一活动奖励与纪念品并发", "Awards and souvenirs at one activity"),
    severity=Severity.MEDIUM,
    citations=(Citation("grassroots-funds-2017", "第八条"),),
    lead_only=True,
)
def check(case: Case) -> Checked:
    """Report activities that gave both prizes to the best and souvenirs to those who took part."""
    found = souvenir_vouchers(case)
    if not found:
        return not_applicable("本期没有活动纪念品", "no souvenirs of activities in the period")
    prizes: dict[tuple[str, int], list[AwardVoucher]] = defaultdict(list)
    for prize in award_vouchers(case):
        prizes[_activity(prize.head), prize.head.event_date.year].append(prize)
    both: dict[tuple[str, int], list[Spoken]] = defaultdict(list)
    silent: list[str] = []
    for one in found:
        key = (_activity(one.head), one.day.year)
        if key in prizes:
            both[key].append(one)
        elif not one.head.activity:
            silent.append(one.voucher or "（无字号）")
    findings = [_finding(case, year, own, prizes[name, year]) for (name, year), own in sorted(both.items())]
    untested: tuple[Text, ...] = ()
    if silent:
        zh = f"纪念品凭证 {joined(silent)} 没有写活动名称，不能与奖励对应"
        untested = (Text(zh, f"{len(silent)} vouchers of souvenirs do not name their activity"),)
    return examined(len(found), findings, untested)


def _activity(voucher: VoucherRow) -> str:
    """Return what an activity's vouchers share: its name, or a voucher's own place where it names none."""
    return voucher.activity or f"#{voucher.entry}"


def _finding(case: Case, year: int, own: list[Spoken], prizes: list[AwardVoucher]) -> Finding:
    first = own[0].head
    name = first.activity or first.narration
    total, awarded = sum(one.amount_fen for one in own), sum(prize.amount_fen for prize in prizes)
    evidence = [one.evidence() for one in own]
    note = Text("同一活动的奖励", "prizes of the same activity")
    souvenirs = {one.entry for one in own}
    evidence += [
        voucher_evidence(prize.head, note, prize.amount_fen) for prize in prizes if prize.head.entry not in souvenirs
    ]
    return case.finding(
        str(year),
        first.activity or first.voucher,
        message=Text(
            f"{year} 年“{name}”既有奖励 {shown_yuan(awarded)} 元，又有纪念品 {shown_yuan(total)} 元",
            f"{name} of {year}: prizes of {shown_yuan(awarded)} and souvenirs of {shown_yuan(total)} yuan",
        ),
        expected=Text("设奖项的活动不再发纪念品", "no souvenirs where there are prizes"),
        found=Text(f"纪念品 {shown_yuan(total)} 元", f"souvenirs of {shown_yuan(total)} yuan"),
        remedy=Text("说明纪念品的依据；没有依据的停止发放", "show the ground for the souvenirs, or stop them"),
        evidence=limited(evidence),
        amount_fen=total,
        related=("EXP17",),
    )
