"""行政提供或租入资产列入工会资产：不是工会的东西记进了固定资产。

检查内容
一、资产卡片来源为单位提供（employer）或租入（leased）的：取得当月有借记固定资产、金额与卡片相同而又没有工会自有卡片与之对应的
凭证，或期末固定资产账面原值恰等于自有卡片与这些卡片之和的，列为问题。二、借记固定资产的凭证摘要含租入、借用、行政提供
等用语的，列为疑点。
依据
《工会会计制度》附录1第162号科目三(二)：单位行政方面提供工会使用的、工会以经营租赁方式取得的固定资产，不通过本科目核算，
应当设置备查簿进行登记。
危害
虚增工会资产和净资产，产权不清，还要替别人的资产提折旧。
反例
医院提供工会使用的会议桌 12,000.00 元记入固定资产。
正例
登记备查簿（资产登记簿来源写 employer），不记固定资产。
参数
无。
局限
卡片来源写错的看不出来；没有资产登记簿时只按摘要用语检查。
"""

from __future__ import annotations

from collections.abc import Sequence

from ledger.journal_rows import net_fen
from ledger.money import shown_yuan
from rules.assets.cards import Card, cards
from rules.assets.growth import Growth, grown_assets
from rules.evidence import posting_evidence
from rules.finding import Certainty, Checked, Citation, Evidence, Finding, Severity, Text, examined, not_applicable
from rules.remittance.months import month_of_day
from rules.rule import Case, rule
from rules.text.match import match, told
from rules.vouchers import named

_WORDS = "borrowed_assets"


@rule(
    code="AST07",
    name="foreign-assets-recorded",
    title=Text("行政提供或租入资产列入工会资产", "Employer's or leased assets recorded as own"),
    severity=Severity.HIGH,
    citations=(Citation("accounting-system-2021", "附录1 第162号科目 三(二)"),),
)
def check(case: Case) -> Checked:
    """Report things of the employer or of lessors that the books hold as fixed assets."""
    listed = [c for c in cards(case) if not c.intangible]
    grown = grown_assets(case)
    foreign = [c for c in listed if not c.own and c.held_on(case.until)]
    untested = []
    if "assets" not in case.facts.registers:
        if not grown:
            return not_applicable("账上没有增加过固定资产", "no fixed assets ever came in")
        zh = "缺少 registers/assets.csv，不知道哪些资产是单位提供或租入的，只按摘要用语检查"
        untested.append(Text(zh, "no registers/assets.csv: only narrations were looked at"))
    elif not foreign and not grown:
        return not_applicable("没有单位提供或租入的资产，也没有增加固定资产", "no such assets and no new ones")
    found = {card.asset_id: where for card in foreign if (where := _booked(card, listed, grown))}
    rest = [card for card in foreign if card.asset_id not in found]
    found |= _in_balance(case, listed, rest, booked=[c for c in foreign if c.asset_id in found])
    findings = [_finding(case, card, found[card.asset_id]) for card in foreign if card.asset_id in found]
    seen = {where.voucher for where in found.values() if where.voucher}
    findings += _spoken(case, [one for one in grown if one.line.voucher not in seen])
    return examined(len(foreign) + len(grown), findings, untested)


def _booked(card: Card, listed: list[Card], grown: Sequence[Growth]) -> Evidence | None:
    """Return the voucher that took a foreign thing into 162, unless own cards answer for every such voucher."""
    if card.acquired is None:
        return None
    month = month_of_day(card.acquired)
    same = [one for one in grown if one.fen == card.cost_fen and month_of_day(one.line.date) == month]
    alike = (c for c in listed if c.own and c.cost_fen == card.cost_fen)
    if len(same) <= sum(c.acquired is not None and month_of_day(c.acquired) == month for c in alike):
        return None
    note = Text("以同样金额借记固定资产", "the same amount debited to fixed assets")
    return posting_evidence(same[-1].line, note, card.cost_fen)


def _in_balance(case: Case, listed: list[Card], rest: list[Card], booked: list[Card]) -> dict[str, Evidence]:
    """Return the remaining foreign cards where the balance is just own and foreign cards together."""
    lines = [line for line in case.facts.booked.on("fixed_assets") if line.date <= case.until]
    books = net_fen(lines)
    own = sum(c.cost_fen for c in listed if c.own and c.held_on(case.until))
    excess = books - own - sum(c.cost_fen for c in booked)
    if not rest or excess <= 0 or excess != sum(c.cost_fen for c in rest):
        return {}
    note = Text(
        f"固定资产账面原值 {shown_yuan(books)} 元，自有卡片只有 {shown_yuan(own)} 元",
        f"{shown_yuan(books)} yuan in the books, own cards of {shown_yuan(own)} only",
    )
    account = min(line.account for line in lines)
    return {c.asset_id: Evidence(note, date=case.until, account=account, amount_fen=c.cost_fen) for c in rest}


def _finding(case: Case, card: Card, where: Evidence) -> Finding:
    source = "租入" if card.source == "leased" else "单位提供"
    money = shown_yuan(card.cost_fen)
    place = f"（凭证 {where.voucher}）" if where.voucher else ""
    note = Text(f"卡片来源：{source}", f"the card's source: {card.source}")
    return case.finding(
        card.asset_id,
        message=Text(
            f"“{card.shown}”是{source}的资产，{money} 元记入了工会固定资产{place}",
            f"{card.shown} ({card.source}) is in the union's fixed assets at {money} yuan",
        ),
        expected=Text("不记固定资产，登记备查簿", "kept in a memorandum book, not in fixed assets"),
        found=Text(f"记入固定资产 {money} 元", f"{money} yuan of fixed assets"),
        remedy=Text("冲减固定资产和资产基金，改登备查簿", "take it off the assets and the fund; list it apart"),
        evidence=(where, card.evidence(note)),
        amount_fen=card.cost_fen,
        related=("AST16",),
    )


def _spoken(case: Case, grown: Sequence[Growth]) -> list[Finding]:
    findings = []
    for line, fen in grown:
        hits = match(line.head.narration, _WORDS, line.date) if line.date >= case.since else ()
        if not hits:
            continue
        why, voucher = told(hits), named(line.head)
        findings.append(
            case.finding(
                "voucher",
                voucher,
                message=Text(
                    f"凭证 {voucher} 增加固定资产 {shown_yuan(fen)} 元，可能不是工会自有资产：{why.zh}",
                    f"voucher {voucher}: {shown_yuan(fen)} yuan of fixed assets that may not be the union's: {why.en}",
                ),
                expected=Text("只有工会自有的资产记固定资产", "only own things are fixed assets"),
                found=why,
                remedy=Text("核对产权凭据；不是自有的改登备查簿", "check whose it is; if not own, list it apart"),
                evidence=(posting_evidence(line, why, fen),),
                amount_fen=fen,
                certainty=Certainty.LEAD,
            )
        )
    return findings
