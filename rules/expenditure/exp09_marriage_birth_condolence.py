"""结婚、生育慰问重复、超标或发现金：同一事件慰问两次，超过当地上限，或应发慰问品而发了现金。

检查内容
发放清单中事由为“结婚”“生育”的：一、同一会员同一事件（event_key 相同）在不同日期领取两次以上；没有事件号的，
同一会员同一事由一年内两次；二、一次慰问超过当天施行的上限；三、以现金或转账发放。
依据
《基层工会经费收支管理办法》：会员结婚生育时可以给予一定金额的慰问品，标准由省级工会规定。
危害
重复和超标准的慰问是变相发放福利；发现金不易核实真实发生。
反例
会员 M012 的婚礼，3 月和 5 月各领一次 1,000.00 元慰问品。
正例
同一婚礼领取一次，1,000.00 元慰问品，不超过当地上限。
参数
marriage.cap 结婚慰问上限，birth.cap 生育慰问上限（元），用发放当天施行的值。
局限
没有事件号而一年两次的可能是两次真实的事件，现金是否允许各地规定不一，都只列为疑点；同一事件领取两次的，所引办法的原文未核，
也只列为疑点。夫妻双方都是会员的各算一次。
结婚证、出生证明等附件须由人看。
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from operator import attrgetter
from types import MappingProxyType

from ledger.money import shown_yuan
from ledger.register_rows import GrantRow
from rules.evidence import register_evidence
from rules.expenditure.gifts import gift_evidence, over_alone
from rules.expenditure.grants import Given, given_by_day, grants_for, over_cap
from rules.expenditure.handouts import MONEY_FORMS
from rules.finding import Certainty, Checked, Citation, Finding, Severity, Text, examined, not_applicable
from rules.gather import MOST_EVIDENCE, Values, cut, limited
from rules.rule import Case, rule

_CAPS: Mapping[str, str] = MappingProxyType({"结婚": "marriage.cap", "生育": "birth.cap"})
_ENGLISH: Mapping[str, str] = MappingProxyType({"结婚": "marriage", "生育": "birth"})


@rule(
    code="EXP09",
    name="marriage-birth-condolence-irregular",
    title=Text("结婚、生育慰问重复、超标或发现金", "Marriage or birth gift repeated, over the cap, or in cash"),
    severity=Severity.MEDIUM,
    citations=(Citation("grassroots-funds-2017", "第八条"), Citation("grassroots-funds-2017", "第二十四条")),
    needs=("grants",),
    parameters=tuple(_CAPS.values()),
)
def check(case: Case) -> Checked:
    """Report gifts for a marriage or birth that were given twice, beyond the cap, or as money."""
    inside = grants_for(case, *_CAPS, since=case.since)
    if not inside:
        return not_applicable("本期没有结婚、生育慰问", "no gifts for marriages or births in the period")
    findings: list[Finding] = []
    untested: list[Text] = []
    for occasion, key in _CAPS.items():
        own = grants_for(case, occasion)
        findings += _twice(case, occasion, own)
        findings += _as_money(case, occasion, grants_for(case, occasion, since=case.since))
        caps = Values(case, key)
        for gift in given_by_day(own):
            # Each day's gift alone: a second one for the same event is already a finding of its own.
            beyond = over_cap([gift], caps.on, case.since)
            findings += [over_alone(case, Text(occasion, _ENGLISH[occasion]), found, occasion) for found in beyond]
        untested += caps.untested
    return examined(len(inside), findings, untested)


def _twice(case: Case, occasion: str, rows: Sequence[GrantRow]) -> list[Finding]:
    by_key: dict[tuple[str, str], list[GrantRow]] = defaultdict(list)
    for row in rows:
        by_key[row.member_id, row.event_key].append(row)
    events: dict[tuple[str, str], list[Given]] = defaultdict(list)
    for (member, event), own in sorted(by_key.items()):
        for gift in given_by_day(own):
            events[member, event or f"{gift.date.year} 年"].append(gift)
    findings = []
    for (member, event), gifts in sorted(events.items()):
        later = [gift for gift in gifts[1:] if gift.date >= case.since]
        if not later:
            continue
        total = sum(gift.amount_fen for gift in later)
        told = Text(
            f"会员 {member} 的{occasion}（{event}）慰问了 {len(gifts)} 次：{'、'.join(str(g.date) for g in gifts)}",
            f"member {member}: {len(gifts)} gifts for one {_ENGLISH[occasion]} ({event})",
        )
        findings.append(
            case.finding(
                "twice",
                occasion,
                member,
                event,
                message=told,
                expected=Text("同一事件慰问一次", "one gift for one event"),
                found=told,
                remedy=Text("核对证明；重复领取的退回", "check the certificates; recover what was given twice"),
                evidence=limited([gift_evidence(gift, _gift(gift)) for gift in gifts]),
                amount_fen=total,
                certainty=Certainty.LEAD,  # no text that was read limits the number
            )
        )
    return findings


def _gift(gift: Given) -> Text:
    return Text(f"慰问 {shown_yuan(gift.amount_fen)} 元", "a gift")


def _as_money(case: Case, occasion: str, rows: Sequence[GrantRow]) -> list[Finding]:
    by_year: dict[int, list[GrantRow]] = defaultdict(list)
    for row in sorted(rows, key=attrgetter("date", "member_id", "line")):
        if row.form in MONEY_FORMS and row.date is not None:
            by_year[row.date.year].append(row)
    return [_money_finding(case, occasion, str(year), own) for year, own in by_year.items()]


def _money_finding(case: Case, occasion: str, year: str, rows: Sequence[GrantRow]) -> Finding:
    total = sum(row.amount_fen for row in rows)
    note = Text(f"{occasion}慰问发给现金或转账", "given as money")
    told = Text(
        f"{year} 年 {len(rows)} 笔{occasion}慰问以现金或转账发放，合计 {shown_yuan(total)} 元",
        f"{len(rows)} gifts for a {_ENGLISH[occasion]} of {year} were given as money: {shown_yuan(total)} yuan",
    )
    shown = [register_evidence(row, note, row.amount_fen) for row in rows[:MOST_EVIDENCE]]
    return case.finding(
        "money",
        occasion,
        year,
        message=told,
        expected=Text("发放慰问品（当地规定可以发慰问金的除外）", "goods, unless the region allows money"),
        found=told,
        remedy=Text("说明当地关于发放形式的规定；没有规定的改发慰问品", "show the regional rule that allows money"),
        evidence=cut(shown, len(rows), total),
        amount_fen=total,
        certainty=Certainty.LEAD,
        severity=Severity.LOW,
    )
