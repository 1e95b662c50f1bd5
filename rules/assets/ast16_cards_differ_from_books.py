"""资产卡片与账面不符：卡片原值合计与固定资产账面原值不等，或期初累计折旧与卡片推算数不符。

检查内容
一、期末自有资产卡片原值合计与固定资产（162）账面原值比较，无形资产卡片与无形资产（171）比较，差额列为问题。二、期初（审计期间
或建账月的上月末）累计折旧与按卡片推算数比较，超出分位误差的列为疑点：常见于留净残值、提足后续提或历年漏提。
依据
《工会会计制度》附录1第162号科目二：设置固定资产明细账，按类别和项目核算；第三十五条：计提折旧时不考虑预计净残值。
《中华人民共和国会计法》第十七条：账簿记录与实物、款项及有关资料相互核对。
危害
有账无卡的找不到人，有卡无账的在账外。
反例
账面原值 120,000.00 元，卡片合计 114,000.00 元。
正例
每件资产一张卡片，原值合计与账面一致。
参数
asset.nominal_value 名义金额（以名义金额计量的资产不提折旧）。
局限
本期折旧由 AST04 检查，不在此重复。2022年以前没有累计折旧。单位提供、租入的资产不计。
"""

from __future__ import annotations

import datetime

from ledger.balances import account_balances
from ledger.journal_rows import net_fen
from ledger.money import shown_yuan
from rules.assets.cards import Card, cards
from rules.assets.depreciation import START, accumulated, depreciable
from rules.finding import Certainty, Checked, Citation, Evidence, Finding, Severity, Text, examined, not_applicable
from rules.gather import joined, limited
from rules.remittance.months import last_day, month_of_day, shifted
from rules.rule import Case, rule
from rules.vouchers import days_kept

DEPRECIATION = "accumulated_depreciation"


@rule(
    code="AST16",
    name="cards-differ-from-books",
    title=Text("资产卡片与账面不符", "Asset cards differ from the ledger"),
    severity=Severity.LOW,
    citations=(
        Citation("accounting-system-2021", "附录1 第162号科目 二"),
        Citation("accounting-system-2021", "第三十五条"),
        Citation("accounting-law-2024", "第十七条"),
    ),
    needs=("assets",),
    parameters=("asset.nominal_value",),
)
def check(case: Case) -> Checked:
    """Report that the cards' cost, or the depreciation brought forward, is not that of the books."""
    listed = [c for c in cards(case) if c.own]
    held = [c for c in listed if c.held_on(case.until)]
    booked = {one.group for one in account_balances(case.facts, case.until)}
    if not held and not booked & {"fixed_assets", "intangible_assets"}:
        return not_applicable("账上和登记簿都没有自有资产", "no own assets in the books or on cards")
    tested, findings = 1, _cost(case, "fixed_assets", [c for c in held if not c.intangible], "固定资产")
    if any(c.intangible for c in held):
        findings += _cost(case, "intangible_assets", [c for c in held if c.intangible], "无形资产")
        tested += 1
    day = _brought_forward(case)
    untested = []
    if day is not None:
        whole, without = depreciable(case, listed)
        if without:
            zh = f"资产 {joined([c.shown for c in without])} 缺取得日期或使用年限，期初累计折旧无法推算"
            untested.append(Text(zh, f"{len(without)} cards without a day of acquisition or a life"))
        else:
            findings += _depreciation(case, day, whole)
            tested += 1
    return examined(tested, findings, untested)


def _cost(case: Case, group: str, held: list[Card], name: str) -> list[Finding]:
    balances = [one for one in account_balances(case.facts, case.until) if one.group == group]
    books, on_cards = sum(one.amount_fen for one in balances), sum(c.cost_fen for c in held)
    if books == on_cards:
        return []
    gap = abs(books - on_cards)
    more = "账面多" if books > on_cards else "卡片多"
    note, cards_note = Text("账面原值", "cost in the books"), Text("卡片原值合计", "cost of the cards")
    evidence = [
        Evidence(note, date=case.until, account=one.account, amount_fen=abs(one.amount_fen))
        for one in balances
        if one.amount_fen
    ]
    evidence.append(Evidence(cards_note, amount_fen=on_cards, file="registers/assets.csv"))
    return [
        case.finding(
            case.until.isoformat(),
            group,
            message=Text(
                f"{case.until} {name}账面原值 {shown_yuan(books)} 元，{len(held)} 张卡片合计 "
                f"{shown_yuan(on_cards)} 元，{more} {shown_yuan(gap)} 元",
                f"{case.until}: {shown_yuan(books)} yuan in the books, {shown_yuan(on_cards)} on {len(held)} cards",
            ),
            expected=Text("卡片合计与账面原值相等", "cards and books agree"),
            found=Text(f"差 {shown_yuan(gap)} 元", f"{shown_yuan(gap)} yuan apart"),
            remedy=Text("逐件核对账、卡、物，补登或注销", "compare books, cards and things one by one"),
            evidence=limited(evidence),
            amount_fen=gap,
            related=("AST01", "AST07", "AST09", "DEP06"),
        )
    ]


def _brought_forward(case: Case) -> datetime.date | None:
    """Return the month's end whose depreciation was brought forward into the period, None where none can be."""
    kept = days_kept(case.facts)
    if kept is None:
        return None
    first = max(case.since, kept[0].replace(day=1))
    end = last_day(shifted(month_of_day(first), -1))
    return end if first.day == 1 and end >= START and first <= case.until else None


def _depreciation(case: Case, day: datetime.date, whole: tuple[Card, ...]) -> list[Finding]:
    own = case.facts.booked.on(DEPRECIATION)
    books = -net_fen(p for p in own if p.date <= day or p.head.opening or p.head.change_over)
    amounts = [accumulated(card, month_of_day(day)) for card in whole]
    low, high = sum(low for low, _ in amounts), sum(high for _, high in amounts)
    if low <= books <= high:
        return []
    gap = books - high if books > high else low - books
    more = ("多", "more") if books > high else ("少", "less")
    note = Text(
        f"累计折旧 {shown_yuan(books)} 元，按卡片推算 {shown_yuan(low)} 元",
        f"{shown_yuan(books)}, by the cards {shown_yuan(low)}",
    )
    return [
        case.finding(
            day.isoformat(),
            DEPRECIATION,
            message=Text(
                f"{day} 累计折旧 {shown_yuan(books)} 元，按 {len(whole)} 张卡片推算应为 {shown_yuan(low)} 元，"
                f"{more[0]} {shown_yuan(gap)} 元，是否留有净残值或漏提请核实",
                f"{day}: depreciation of {shown_yuan(books)} yuan, {shown_yuan(gap)} {more[1]} than by the cards",
            ),
            expected=Text("按卡片逐月累计，不留净残值", "what the cards add up to, with nothing left over"),
            found=Text(f"{more[0]} {shown_yuan(gap)} 元", f"{shown_yuan(gap)} yuan {more[1]}"),
            remedy=Text("重编折旧表，核对历年计提后调整", "recompute the schedule and adjust"),
            evidence=(Evidence(note, date=day, amount_fen=gap, file="registers/assets.csv"),),
            amount_fen=gap,
            certainty=Certainty.LEAD,
            related=("AST04",),
        )
    ]
