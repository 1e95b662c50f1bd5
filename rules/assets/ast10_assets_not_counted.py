"""资产未按年盘点：固定资产超过规定间隔没有盘点，或从未盘点。

检查内容
期末在用的自有资产卡片，自上次盘点日（从未盘点的自取得日）起，到期末超过规定月数的，合并列一项。上次盘点日在期末以后的，
不知道期内是否盘点过，报告为未能检查。
依据
《工会会计制度》第三十七条：工会应当定期对固定资产进行清查盘点，每年至少全面盘点一次。无形资产见第四十二条。
危害
账上有、实物无，丢失多年才发现，责任无从追究。
反例
上次盘点 2023 年 12 月 20 日，2025 年 12 月 31 日仍未再盘点。
正例
每年年底全面盘点，逐件登记盘点日期。
参数
asset.count_interval_months 固定资产盘点间隔（月）。
局限
登记簿没有盘点数量，账实是否相符须看盘点表；账卡是否相符见 AST16。库存物品的盘点没有登记簿可查。
"""

from __future__ import annotations

from ledger.money import shown_yuan
from rules.assets.cards import Card, cards
from rules.finding import Checked, Citation, Severity, Text, examined, not_applicable
from rules.gather import joined, limited
from rules.law import ValueStatus
from rules.rule import Case, rule


@rule(
    code="AST10",
    name="assets-not-counted",
    title=Text("资产未按年盘点或账实不符", "Assets not counted yearly or not as recorded"),
    severity=Severity.MEDIUM,
    citations=(Citation("accounting-system-2021", "第三十七条"),),
    needs=("assets",),
    parameters=("asset.count_interval_months",),
)
def check(case: Case) -> Checked:
    """Report the cards that were not counted within the months allowed before the period's end."""
    held = [c for c in cards(case) if c.own and c.held_on(case.until)]
    if not held:
        return not_applicable("期末没有自有资产卡片", "no cards of own assets at the period's end")
    limit = case.value("asset.count_interval_months", case.until)
    months = int(limit.number)
    later = [c for c in held if c.last_counted and c.last_counted > case.until]
    overdue = [c for c in held if c not in later and c.count_due(months) < case.until]
    untested = []
    if later:
        names = joined([c.asset_id for c in later], 5)
        zh = f"{len(later)} 件资产的上次盘点日在 {case.until} 以后，期内是否盘点过不得而知：{names}"
        untested.append(Text(zh, f"{len(later)} assets were last counted after the period: earlier counts unknown"))
    if not overdue:
        return examined(len(held) - len(later), (), untested)
    total = sum(c.cost_fen for c in overdue)
    never = sum(c.last_counted is None for c in overdue)
    told = Text(
        f"{len(overdue)} 件资产（原值 {shown_yuan(total)} 元）超过 {months} 个月没有盘点"
        + (f"，其中 {never} 件从未盘点" if never else ""),
        f"{len(overdue)} assets of {shown_yuan(total)} yuan not counted for over {months} months",
    )
    finding = case.finding(
        case.until.isoformat(),
        message=Text(f"截至 {case.until}，{told.zh}", f"on {case.until}: {told.en}"),
        expected=Text(f"每 {months} 个月至少全面盘点一次", f"counted at least every {months} months"),
        found=told,
        remedy=Text(
            "组织全面盘点，逐件核对并登记盘点日期，盘盈盘亏报批处理", "count everything and enter the day of the count"
        ),
        evidence=limited([c.evidence(_note(c)) for c in overdue], total),
        parameters=(limit,),
        citations=None if limit.status is ValueStatus.STANDARD else (Citation(limit.instrument, limit.article),),
        related=("AST16", "DEP06"),
    )
    return examined(len(held) - len(later), (finding,), untested)


def _note(card: Card) -> Text:
    if card.last_counted is None:
        return Text(f"{card.shown}：从未盘点", f"{card.shown}: never counted")
    return Text(f"{card.shown}：上次盘点 {card.last_counted}", f"{card.shown}: last counted on {card.last_counted}")
