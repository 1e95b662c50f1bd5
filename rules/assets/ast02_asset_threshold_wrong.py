"""固定资产确认标准用错：单价不到标准的记成固定资产，单价达到标准的当作库存物品。

检查内容
一、本期增加的资产卡片：属于折旧年限表中通用设备、专用设备的，单价低于增加当天标准的列为问题；同日同名有几件的可能是“大批
同类物资”，列为疑点。二、本期入库的物品（stock.csv）：品名是设备而单价达到标准的，列为疑点。
依据
《工会会计制度》第三十二条：通用设备单位价值在1000元以上，专用设备单位价值在1500元以上的，应当确认为固定资产；单价未达到
但使用超过一年的大批同类物资也按固定资产管理。2021年底以前分别为500元、800元。
危害
标准用错，资产、折旧和资产基金都不实；达标设备当物品领走，账上就没有了。
反例
2025 年购入计算器 1 台 800.00 元，建了固定资产卡片。
正例
800.00 元的计算器列支出，登记低值物品；1,000.00 元的打印机记固定资产。
参数
asset.general_threshold 通用设备单价标准，asset.special_threshold 专用设备单价标准（元），用增加当天的值。
局限
家具、用具、房屋等没有规定单价标准的类别不检查；类别不在折旧年限表中的报告为未能检查。列入日常支出的设备由 EXP49 检查。
"""

from __future__ import annotations

import datetime
from collections import Counter

from ledger.money import shown_yuan
from ledger.register_rows import StockRow
from rules.assets.cards import GENERAL, SPECIAL, Card, cards, equipment_classes
from rules.evidence import register_evidence
from rules.finding import Certainty, Checked, Citation, Finding, Severity, Text, examined, not_applicable
from rules.gather import Values, joined
from rules.law import ParameterValue, ValueStatus
from rules.rule import Case, rule
from rules.text.lists import Field
from rules.text.match import match, told

_KEYS = {GENERAL: "asset.general_threshold", SPECIAL: "asset.special_threshold"}
_EXPECTED = Text("按单价标准区分固定资产与物品", "fixed assets and supplies are told apart by the unit price")


@rule(
    code="AST02",
    name="asset-threshold-wrong",
    title=Text("固定资产确认标准用错", "Wrong threshold for fixed assets"),
    severity=Severity.HIGH,
    citations=(Citation("accounting-system-2021", "第三十二条"),),
    needs=("assets",),
    parameters=tuple(_KEYS.values()),
)
def check(case: Case) -> Checked:
    """Report cards below the unit price of fixed assets, and stock that reaches it."""
    limits = {kind: Values(case, key) for kind, key in _KEYS.items()}
    new = [c for c in cards(case) if c.acquired and case.since <= c.acquired <= case.until and c.own]
    new = [c for c in new if not c.intangible]
    stock = _stock(case)
    if not new and not stock:
        return not_applicable("本期没有增加资产，也没有入库物品", "no assets and no stock came in")
    classes = equipment_classes(case.law)
    alike = Counter((c.name, c.acquired) for c in new)
    findings = []
    for card in new:
        kind = classes.get(card.category)
        limit = limits[kind].on(card.acquired) if kind and card.acquired else None
        if limit and card.cost_fen < limit.fen:
            findings.append(_below(case, card, limit, alone=alike[card.name, card.acquired] == 1))
    for came, row in stock:
        findings += _stocked(case, came, row, limits)
    known = {parameter.category for parameter in case.law.parameters.values() if parameter.category}
    strange = [c for c in new if c.category not in known and not c.exempt]
    untested = [text for values in limits.values() for text in values.untested]
    if strange:
        zh = f"资产 {joined([c.shown for c in strange])} 的类别不在折旧年限表中，无法判断适用哪一个单价标准"
        untested.append(Text(zh, f"{len(strange)} assets of categories that are not in the table of lives"))
    return examined(len(new) + len(stock), findings, untested)


def _stock(case: Case) -> list[tuple[datetime.date, StockRow]]:
    """Return what came into stock in the period by day, item and price, the first row of each."""
    rows = case.rows(StockRow) if "stock" in case.facts.registers else ()
    came = [(row.date, row) for row in rows if row.date is not None and row.quantity > 0]
    found: dict[tuple[datetime.date, str, int], tuple[datetime.date, StockRow]] = {}
    for date, row in sorted(came, key=lambda one: (one[0], one[1].item, one[1].unit_cost_fen, one[1].line)):
        if case.since <= date <= case.until:
            found.setdefault((date, row.item, row.unit_cost_fen), (date, row))
    return list(found.values())


def _below(case: Case, card: Card, limit: ParameterValue, *, alone: bool) -> Finding:
    cost, least = shown_yuan(card.cost_fen), shown_yuan(limit.fen)
    found = Text(f"单价 {cost} 元，标准 {least} 元", f"{cost} yuan, the threshold is {least}")
    return case.finding(
        card.asset_id,
        "below",
        message=Text(
            f"{card.acquired} 增加的“{card.shown}”（{card.category}）单价 {cost} 元，不到 {least} 元，记成了固定资产"
            + ("" if alone else "；同日有几件同名资产，是否大批同类物资请核实"),
            f"{card.shown}: {cost} yuan is below the threshold of {least}, yet it is a fixed asset",
        ),
        expected=_EXPECTED,
        found=found,
        remedy=Text("转作物品管理，冲减固定资产和资产基金", "take it off the fixed assets and their fund"),
        evidence=(card.evidence(found, date=card.acquired),),
        amount_fen=card.cost_fen,
        parameters=(limit,),
        certainty=Certainty.ESTABLISHED if alone else Certainty.LEAD,
        severity=Severity.LOW,
        citations=_citations(limit),
    )


def _stocked(case: Case, came: datetime.date, row: StockRow, limits: dict[str, Values]) -> list[Finding]:
    hits = match(row.item, "equipment", came, Field.ITEM)
    values = [value for hit in hits if (value := limits[hit.means].on(came)) is not None]
    if not values or match(row.item, "equipment_services", came, Field.ITEM):
        return []
    limit = max(values, key=lambda value: value.fen)
    price = row.unit_cost_fen
    if price < limit.fen:
        return []
    amount = price * row.quantity
    why = told(hits)
    return [
        case.finding(
            "stock",
            came.isoformat(),
            row.item,
            str(price),
            message=Text(
                f"{came} 入库“{row.item}”单价 {shown_yuan(price)} 元，达到固定资产标准 {shown_yuan(limit.fen)} 元："
                f"{why.zh}",
                f"{came}: {row.item} at {shown_yuan(price)} yuan was taken into stock, a fixed asset: {why.en}",
            ),
            expected=_EXPECTED,
            found=Text("当作库存物品", "treated as supplies"),
            remedy=Text("符合条件的转记固定资产并建卡片", "make it a fixed asset with a card"),
            evidence=(register_evidence(row, why, amount),),
            amount_fen=amount,
            parameters=(limit,),
            certainty=Certainty.LEAD,
            citations=_citations(limit),
            related=("EXP49",),
        )
    ]


def _citations(limit: ParameterValue) -> tuple[Citation, ...] | None:
    return None if limit.status is ValueStatus.STANDARD else (Citation(limit.instrument, limit.article),)
