"""折旧起止月份错误：当月增加的资产当月没有提折旧，或当月减少、已提足的资产当月还在提。

检查内容
按卡片逐月计算应提折旧，与累计折旧的贷方发生额比较。某月的差额恰好等于当月增加的资产一个月的折旧（少提），或当月减少、
上月已提足的资产一个月的折旧（多提），且下月起正常计提的，列为起止月份错误，每年一项。
依据
《工会会计制度》第三十五条：当月增加的固定资产，当月计提折旧；当月减少的固定资产，当月不再计提折旧；提足折旧后不再计提。
危害
沿用企业会计“次月起提”的做法，资产净值逐件差一个月。
反例
3 月 18 日购入的电脑 4 月才开始计提。
正例
3 月 18 日购入的电脑 3 月即计提一个月折旧。
参数
asset.nominal_value 名义金额（以名义金额计量的资产不提折旧）。
局限
差额不能由某件资产的起止月份解释的，由 AST04 列出。同月几件资产一对一错的，可能落入 AST04。
"""

from __future__ import annotations

from ledger.money import shown_yuan
from rules.assets.depreciation import START, Boundary, MonthCharge, charges
from rules.finding import Checked, Citation, Evidence, Finding, Severity, Text, examined, not_applicable
from rules.gather import joined, limited, shown_month
from rules.remittance.months import last_day
from rules.rule import Case, rule


@rule(
    code="AST06",
    name="depreciation-months-wrong",
    title=Text("折旧起止月份错误", "Depreciation begins or ends in the wrong month"),
    severity=Severity.MEDIUM,
    citations=(Citation("accounting-system-2021", "第三十五条"),),
    needs=("assets",),
    parameters=("asset.nominal_value",),
)
def check(case: Case) -> Checked:
    """Report months whose difference is just a card's first or last month."""
    if case.until < START:
        return not_applicable("2022年以前的工会会计制度不提折旧", "before 2022 unions did not depreciate")
    found = charges(case)
    if not found.depreciable and not found.without:
        return not_applicable("没有须提折旧的资产卡片", "no cards of assets that are depreciated")
    untested = []
    if found.without:
        zh = f"资产 {joined([c.shown for c in found.without])} 缺取得日期或使用年限，各月应提折旧算不全"
        untested.append(Text(zh, f"{len(found.without)} cards without a day of acquisition or a life"))
        return examined(0, (), untested)
    if not found.months:
        untested.append(Text("审计期间没有完整的记账月份", "no whole month of books in the period"))
    unexplained = [one for one in found.months if one.gap_fen and not one.explained]
    wrong = [one for one in found.months if one.explained]
    years = sorted({one.month[:4] for one in wrong})
    findings = [_finding(case, year, [one for one in wrong if one.month.startswith(year)]) for year in years]
    if unexplained and not findings:
        months = "、".join(shown_month(one.month) for one in unexplained)
        zh = f"{months}的折旧与卡片不符（见 AST04），起止月份无法单独判断"
        untested.append(Text(zh, f"{len(unexplained)} months differ for other reasons (see AST04)"))
    return examined(len(found.months), findings, untested)


def _finding(case: Case, year: str, wrong: list[MonthCharge]) -> Finding:
    pairs = [(one.month, why) for one in wrong for why in one.explained]
    total = sum(why.fen for _, why in pairs)
    told = "；".join(_told(month, why).zh for month, why in pairs[:3])
    more = f" 等 {len(pairs)} 件次" if len(pairs) > 3 else ""  # noqa: PLR2004 - what fits one sentence
    return case.finding(
        year,
        message=Text(
            f"{year}年折旧起止月份有误：{told}{more}",
            f"{year}: {len(pairs)} assets were charged from or to the wrong month",
        ),
        expected=Text("当月增加当月计提，当月减少或提足后不再计提", "charged in the month it comes, not when it goes"),
        found=Text(f"{len(pairs)} 件次，一个月折旧合计 {shown_yuan(total)} 元", f"{shown_yuan(total)} yuan in all"),
        remedy=Text("补提或冲回相应月份的折旧，改正折旧表的起止规则", "correct those months and the schedule's rule"),
        evidence=limited([_evidence(month, why) for month, why in pairs], total),
        amount_fen=total,
        related=("AST04",),
    )


def _told(month: str, why: Boundary) -> Text:
    name, shown = why.card.shown, shown_month(month)
    if why.started:
        return Text(f"“{name}”{why.card.acquired} 增加，{shown}没有计提", f"{name} came in {month} and was not charged")
    if why.card.disposed is not None and f"{why.card.disposed:%Y-%m}" == month:
        return Text(f"“{name}”{why.card.disposed} 减少，{shown}仍在计提", f"{name} left in {month} and was charged")
    return Text(f"“{name}”已提足，{shown}仍在计提", f"{name} was fully charged before {month}")


def _evidence(month: str, why: Boundary) -> Evidence:
    return why.card.evidence(_told(month, why), why.fen, last_day(month))
