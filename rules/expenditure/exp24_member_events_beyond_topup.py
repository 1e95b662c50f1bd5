"""会员活动超出会费及可弥补额度：观影、春游秋游、公园年票等支出减去当年会费，超过会费收入的规定倍数。

检查内容
按年计算：职工活动支出中不是慰问、活动类型是 outing 的，以及会员活动支出中摘要、活动、科目命中“会员观影游园用语”的，
合计与当年会费收入（贷方净额）比较；支出超过会费的部分不得超过会费收入乘以规定的倍数。倍数用截止日施行的值。
依据
《基层工会经费收支管理办法》：可以用会费组织观影、春游秋游等活动，会费不足的用工会经费弥补，弥补部分不超过当年会费收入的三倍；
2025年3月20日起全国提高弥补额度，倍数由各省规定。
危害
工会经费过多用于娱乐，挤占维权和服务。
反例
当年会费收入 10,000.00 元，规定三倍，会员活动支出 40,000.01 元。
正例
当年会费收入 10,000.00 元，会员活动支出 40,000.00 元。
参数
dues.topup_multiple 会费不足时工会经费弥补的倍数。
局限
只凭用语认定的支出、年度中间的检查都列为疑点。以前年度的会费结余不计入。没有会员活动支出的不判断。
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Sequence
from operator import attrgetter

from ledger.journal_rows import Journal, PostingRow, net_fen
from ledger.money import round_half_up, shown_yuan
from rules.evidence import posting_evidence
from rules.finding import Certainty, Checked, Citation, Finding, Severity, Text, examined, not_applicable
from rules.gather import MOST_EVIDENCE, Values, cut
from rules.law import ParameterValue
from rules.rule import Case, rule
from rules.text.lists import word_list
from rules.text.normalise import normalise

_ACTIVITIES, _EVENTS, _DUES = "member_activity_expense", "member_event_expense", "dues_income"
_DECEMBER, _LAST = 12, 31


@rule(
    code="EXP24",
    name="member-events-beyond-topup",
    title=Text("会员活动超出会费及可弥补额度", "Member events beyond dues and the permitted top-up"),
    severity=Severity.HIGH,
    citations=(Citation("grassroots-funds-2017", "第八条"),),
    parameters=("dues.topup_multiple",),
)
def check(case: Case) -> Checked:
    """Report years whose films, shows, outings and passes cost more than dues and the multiple of them allow."""
    multiples = Values(case, "dues.topup_multiple")
    findings: list[Finding] = []
    tested = 0
    for year in range(case.since.year, case.until.year + 1):
        end = min(case.until, datetime.date(year, _DECEMBER, _LAST))
        journal = case.facts.booked_in(datetime.date(year, 1, 1), end)
        dues, events = -net_fen(journal.on(_DUES)), _member_events(journal)
        spent = net_fen(events)
        tested += len({posting.entry for posting in events})
        multiple = multiples.on(end) if spent > max(dues, 0) else None
        if multiple is None:
            continue
        allowed = max(dues, 0) + round_half_up(max(dues, 0) * multiple.number)
        if spent > allowed:
            findings.append(_finding(case, end, events, dues, allowed, multiple))
    if not tested:
        return not_applicable("本期没有观影、春游秋游、公园年票等会员活动支出", "no member events in the period")
    return examined(tested, findings, multiples.untested)


def _member_events(journal: Journal) -> list[PostingRow]:
    """Return the postings on member events that dues should pay: told by the type of the activity, or by words."""
    postings = [posting for posting in journal.on(_ACTIVITIES) if not posting.occasion]
    # Shows and films under other accounts are the union's own performances, not members' evenings out.
    general = (_EVENTS, _ACTIVITIES)
    pattern = word_list("member_events").pattern
    different = {_texts(posting) for posting in postings if posting.meaning in general}
    told = {texts for texts in different if pattern.search(normalise("。".join(texts)))}
    return [
        posting
        for posting in postings
        if _sure(posting) or (told and posting.meaning in general and _texts(posting) in told)
    ]


def _sure(posting: PostingRow) -> bool:
    return posting.head.activity_type == "outing"


def _texts(posting: PostingRow) -> tuple[str, str, str]:
    return posting.head.narration, posting.head.activity, posting.account


def _finding(
    case: Case, end: datetime.date, events: Sequence[PostingRow], dues: int, allowed: int, multiple: ParameterValue
) -> Finding:
    spent = net_fen(events)
    sure = net_fen(posting for posting in events if _sure(posting)) > allowed
    whole = (end.month, end.day) == (_DECEMBER, _LAST)
    excess, topped = spent - allowed, spent - max(dues, 0)
    note = Text("会员活动支出", "spent on member events")
    by_account: dict[tuple[int, str], list[PostingRow]] = defaultdict(list)
    for posting in sorted(events, key=attrgetter("line")):
        by_account[posting.entry, posting.account].append(posting)
    ordered = sorted(by_account.items(), key=lambda item: (item[1][0].date, item[1][0].voucher, item[0][1], item[0][0]))
    evidence = [posting_evidence(own[0], note, abs(net_fen(own))) for _, own in ordered[:MOST_EVIDENCE]]
    return case.finding(
        str(end.year),
        message=Text(
            f"{end.year} 年截至 {end} 会员活动支出 {shown_yuan(spent)} 元，会费收入 {shown_yuan(dues)} 元，"
            f"工会经费弥补 {shown_yuan(topped)} 元，超过会费的 {multiple.text} 倍，超 {shown_yuan(excess)} 元",
            f"member events of {end.year} up to {end}: {shown_yuan(spent)} yuan, dues {shown_yuan(dues)}, "
            f"topped up beyond {multiple.text} times the dues by {shown_yuan(excess)}",
        ),
        expected=Text(f"会员活动支出不超过 {shown_yuan(allowed)} 元", f"at most {shown_yuan(allowed)} yuan"),
        found=Text(f"{shown_yuan(spent)} 元", f"{shown_yuan(spent)} yuan"),
        remedy=Text("压缩会员活动支出，或者足额收取会费", "spend less on member events, or collect the dues in full"),
        evidence=cut(evidence, len(ordered), spent),
        amount_fen=excess,
        parameters=(multiple,),
        certainty=Certainty.ESTABLISHED if sure and whole else Certainty.LEAD,
        related=("INC05",),
    )
