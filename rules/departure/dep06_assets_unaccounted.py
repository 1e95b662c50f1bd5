"""离任时资产未交代清楚：离任前没有盘点、保管人已不在、或账与卡片不符。

检查内容
卸任日在册的每件资产：自上次盘点日起超过规定月数或从未盘点的；没有保管人、保管人已离开或退休、保管人就是离任主席的；
并比较固定资产账面原值（162）与卡片原值合计（单位提供和租入的不计）。
依据
《工会会计制度》第三十七条：每年至少全面盘点一次；附录1第162号科目二：设置固定资产明细账和卡片。
危害
资产随人走失，离任后无从追查。
反例
离任主席名下保管的相机，两年没有盘点，没有办理移交。
正例
卸任前全面盘点，逐件变更保管人，账卡相符。
参数
asset.count_interval_months（盘点间隔）。
局限
保管人按姓名或会员编号在会员名册中查找，不在名册的不作判断。实物是否存在须现场盘点。
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from operator import attrgetter

from ledger.balances import account_balances
from ledger.money import shown_yuan
from ledger.register_rows import MemberRow
from rules.assets.cards import Card, cards
from rules.departure.in_term import in_term
from rules.departure.position import Term
from rules.finding import Checked, Citation, Evidence, Finding, Kind, Severity, Text, examined
from rules.law import ParameterValue
from rules.rule import Case, rule

GONE = frozenset({"left", "retired"})


@rule(
    code="DEP06",
    name="departure-assets-unaccounted",
    title=Text("离任时资产未交代清楚", "Assets not accounted for at departure"),
    severity=Severity.MEDIUM,
    citations=(
        Citation("accounting-system-2021", "第三十七条"),
        Citation("accounting-system-2021", "附录1 第162号科目 二"),
    ),
    needs=("officers", "assets", "members"),
    parameters=("asset.count_interval_months",),
    kinds=(Kind.DEPARTURE,),
)
def check(case: Case) -> Checked:
    """Report assets not counted, without a keeper in service, or not in agreement with the books."""
    return in_term(case, _look)


def _look(case: Case, term: Term) -> Checked:
    limit = case.value("asset.count_interval_months", term.leaving)
    held = [card for card in cards(case) if card.held_on(term.leaving)]
    gone = _gone(case, term.leaving)
    findings = []
    for card in sorted(held, key=attrgetter("asset_id", "line")):
        faults = [*_count_fault(card, term, int(limit.number)), *_keeper_fault(card, term, gone)]
        if faults:
            findings.append(_finding(case, term, card, faults, limit))
    findings += _books_and_cards(case, term, sum(card.cost_fen for card in held if card.own))
    return examined(len(held) + 1, findings)


def _gone(case: Case, day: datetime.date) -> Mapping[str, bool]:
    gone: dict[str, bool] = {}
    for member in case.rows(MemberRow):
        is_gone = member.left <= day if member.left else member.status in GONE
        for name in (member.name, member.member_id):
            # Two of the same name: someone of that name is still there.
            gone[name] = gone.get(name, True) and is_gone
    return gone


def _count_fault(card: Card, term: Term, months: int) -> list[Text]:
    if card.count_due(months) >= term.leaving:
        return []
    if card.last_counted is None:
        return [Text("从未盘点", "never counted")]
    return [Text(f"上次盘点 {card.last_counted}，已超过 {months} 个月", f"last counted over {months} months ago")]


def _keeper_fault(card: Card, term: Term, gone: Mapping[str, bool]) -> list[Text]:
    keeper = card.keeper
    if not keeper:
        return [Text("没有保管人", "no keeper")]
    if keeper == term.subject:
        return [Text("保管人是离任主席，没有移交", "kept by the leaving chair, not handed over")]
    if gone.get(keeper, False):
        return [Text(f"保管人{keeper}已离开", f"keeper {keeper} has left")]
    return []


def _finding(case: Case, term: Term, card: Card, faults: list[Text], limit: ParameterValue) -> Finding:
    name, cost = f"{card.asset_id} {card.name}", shown_yuan(card.cost_fen)
    told = Text("；".join(f.zh for f in faults), "; ".join(f.en for f in faults))
    return case.finding(
        term.subject,
        card.asset_id,
        message=Text(f"{term.leaving} 离任时资产“{name}”（原值 {cost} 元）{told.zh}", f"asset {name}: {told.en}"),
        expected=Text("离任前盘点过，由在职人员保管", "counted before departure, kept by someone in service"),
        found=told,
        remedy=Text("离任前全面盘点，办理保管人变更和移交手续", "count everything and hand keepers over"),
        evidence=[card.evidence(told)],
        amount_fen=card.cost_fen,
        parameters=[limit],
        related=("AST04",),
    )


def _books_and_cards(case: Case, term: Term, cards: int) -> list[Finding]:
    balances = [one for one in account_balances(case.facts, term.leaving) if one.group == "fixed_assets"]
    books = sum(one.amount_fen for one in balances)
    if books == cards:
        return []
    gap = shown_yuan(abs(books - cards))
    evidence = [
        Evidence(
            Text("账面原值", "cost in the books"),
            date=term.leaving,
            account=one.account,
            amount_fen=abs(one.amount_fen),
        )
        for one in balances
    ]
    cards_note = Text("卡片原值合计", "cost of the cards")
    evidence.append(Evidence(cards_note, amount_fen=cards, file="registers/assets.csv"))
    return [
        case.finding(
            term.subject,
            "books-and-cards",
            message=Text(
                f"{term.leaving} 离任时固定资产账面原值 {shown_yuan(books)} 元，"
                f"卡片合计 {shown_yuan(cards)} 元，差 {gap} 元",
                f"fixed assets on {term.leaving}: {shown_yuan(books)} yuan in the books, {shown_yuan(cards)} on cards",
            ),
            expected=Text("账卡相符", "books and cards agree"),
            found=Text(f"差 {gap} 元", f"{gap} yuan apart"),
            remedy=Text("逐件核对账、卡、物，查明差额", "compare books, cards and things one by one"),
            evidence=evidence,
            amount_fen=abs(books - cards),
            related=("AST04",),
        )
    ]
