"""去世慰问的亲属范围过宽：为岳父母、祖父母、兄弟姐妹等直系亲属以外的人去世发放慰问金。

检查内容
事由为“亲属去世”的发放清单看事件号（event_key），凭证看摘要和活动：命中“亲属称谓”词表中直系亲属以外的称谓的，列为疑点。
同一张清单由凭证和登记簿两处看到的只列一次。
依据
《基层工会经费收支管理办法》：会员直系亲属去世可以给予一定金额的慰问金；直系亲属多数省规定为配偶、父母、子女。
危害
擅自扩大慰问范围，挤占其他会员应享受的服务。
反例
凭证摘要“某职工岳父去世慰问金”。
正例
凭证摘要“某职工父亲去世慰问金”。
参数
无。
局限
当地把岳父母、公婆列入慰问范围的不算问题，所以只作疑点。清单和凭证都没有写亲属关系的，报告为未能检查。
"""

from __future__ import annotations

import datetime

from ledger.journal_rows import net_fen
from ledger.money import shown_yuan
from rules.evidence import voucher_evidence
from rules.expenditure.gifts import events, gift_evidence
from rules.expenditure.grants import Given, grants_for
from rules.finding import Checked, Citation, Evidence, Finding, Severity, Text, examined, not_applicable
from rules.gather import joined
from rules.rule import Case, rule
from rules.text.lists import Field
from rules.text.match import match

_OCCASION = "亲属去世"
_BEYOND = "beyond"


@rule(
    code="EXP11",
    name="bereavement-gift-beyond-kin",
    title=Text("去世慰问的亲属范围过宽", "Bereavement gift for relatives beyond the listed ones"),
    severity=Severity.MEDIUM,
    citations=(Citation("grassroots-funds-2017", "第八条"), Citation("grassroots-funds-2017", "第二十四条")),
    lead_only=True,
)
def check(case: Case) -> Checked:
    """Report bereavement gifts whose words name a relative that most provinces do not list."""
    vouchers = [voucher for voucher in case.vouchers if voucher.occasion == _OCCASION]
    gifts = _gifts(case)
    if not vouchers and not gifts:
        return not_applicable("本期没有亲属去世慰问", "no bereavement gifts in the period")
    findings: list[Finding] = []
    told: dict[str, bool] = {}  # list → whether some text gives the relation
    by_list: dict[str, list[tuple[Given, str]]] = {}
    for gift, event in gifts:
        by_list.setdefault(gift.lists, []).append((gift, event))
    seen: set[str] = set()
    silent: list[str] = []
    for voucher in vouchers:
        name, text = voucher.list, f"{voucher.narration}。{voucher.activity}"
        own = by_list.get(name, []) if name else []
        words = _words("。".join([text, *(event for _, event in own)]), voucher.event_date)
        if name:
            seen.add(name)
            told[name] = bool(words)
        if not words:
            silent.append(voucher.voucher or "（无字号）")
        beyond = [word for word, means in words.items() if means == _BEYOND]
        if beyond:
            amount = sum(gift.amount_fen for gift, _ in own) or _spent(case, voucher.entry)
            note = Text(f"命中“{'、'.join(beyond)}”", f"names {', '.join(beyond)}")
            shown = voucher_evidence(voucher, note, amount)
            findings.append(_finding(case, voucher.voucher, beyond, amount, shown))
    for gift, event in gifts:
        if gift.lists in seen and gift.lists:
            continue
        words = _words(event, gift.date)
        beyond = [word for word, means in words.items() if means == _BEYOND]
        if beyond:
            note = Text(f"事件号“{event}”命中“{'、'.join(beyond)}”", f"{event} names {', '.join(beyond)}")
            evidence = gift_evidence(gift, note)
            findings.append(_finding(case, f"{gift.person} {gift.date}", beyond, gift.amount_fen, evidence))
        elif not words:
            silent.append(f"{gift.date} {gift.person}")
    untested: tuple[Text, ...] = ()
    if silent:
        zh = f"亲属去世慰问 {joined(sorted(silent))} 没有写明亲属关系，不能判断范围"
        untested = (Text(zh, f"{len(silent)} bereavement gifts do not name the relative"),)
    return examined(len(vouchers) + len(gifts), findings, untested)


def _gifts(case: Case) -> list[tuple[Given, str]]:
    listed = events(grants_for(case, _OCCASION, since=case.since))
    return [(gift, event.name if event.keyed else "") for event in listed for gift in event.gifts]


def _words(text: str, when: datetime.date) -> dict[str, str]:
    return {one.word: one.means for one in match(text, "kin", when, Field.NARRATION)}


def _spent(case: Case, entry: int) -> int:
    own = case.booked.by_entry.get(entry, ())
    return max(0, net_fen(posting for posting in own if posting.element == "expense"))


def _finding(case: Case, name: str, beyond: list[str], amount: int, evidence: Evidence) -> Finding:
    words = "、".join(beyond)
    return case.finding(
        name,
        message=Text(
            f"{evidence.date} {name or '无字号'} 亲属去世慰问 {shown_yuan(amount)} 元，亲属是“{words}”",
            f"{evidence.date}, {name}: bereavement gift of {shown_yuan(amount)} yuan for {words}",
        ),
        expected=Text(
            "限于配偶、父母、子女（当地另有规定的从其规定）",
            "spouse, parents and children, unless the region says more",
        ),
        found=Text(f"亲属称谓“{words}”", f"relative: {words}"),
        remedy=Text("核对当地关于亲属范围的规定；超出范围的退回", "check the region's list; recover what is beyond it"),
        evidence=(evidence,),
        amount_fen=amount,
    )
