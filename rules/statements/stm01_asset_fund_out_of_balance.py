"""资产基金与非货币性资产不等：同一件东西在资产和资产基金两边的金额对不上。

检查内容
期末（审计期间最后一日）比较两边：
资产基金＝库存物品＋投资＋在建工程＋（固定资产－累计折旧）＋（无形资产－累计摊销）＋长期待摊费用
＋待处理财产损溢中“待处理财产价值”的部分。差一分钱也报告，并按资产类别列出差在哪里。
总数相等而各类别对不上的，另报明细错位。
2022年以前的账按当时的科目：固定基金＝固定资产，在建工程占用资金＝在建工程，投资基金＝投资。
依据
《工会会计制度》（财会〔2021〕7号）第五十一条，附录1第301号科目：取得、领用、折旧、处置各类非货币性资产时，资产与资产基金同时记账。
危害
资产只记一边，说明购入未入账、折旧未提或处置未销账，资产负债表上的净资产也随之失真。
反例
借记固定资产 3,000.00 元，没有贷记资产基金。
正例
购入电脑：借记固定资产、贷记资产基金——固定资产 5,000.00 元；同时借记资本性支出、贷记银行存款 5,000.00 元。
参数
无。
局限
只看期末余额。两边同时漏记的资产看不出来，须盘点。待处理财产损溢没有分设“待处理财产价值”“处理净收入”明细时，
整个余额先按财产价值看待；不计入它两边反而相等的，按不计入看待；仍不相等的只列为疑点。
"""

from __future__ import annotations

from ledger.money import shown_yuan
from rules.finding import (
    Certainty,
    Checked,
    Citation,
    Finding,
    Severity,
    Text,
    examined,
    not_applicable,
)
from rules.gather import limited
from rules.rule import Case, rule
from rules.statements.identities import (
    CLASSES_2021,
    FUND_GROUPS,
    PENDING,
    AssetClass,
    Position,
    account_evidence,
    position,
    side_text,
)

_OLD = (
    Citation("accounting-system-2009", "第301号科目"),
    Citation("accounting-system-2009", "第302号科目"),
    Citation("accounting-system-2009", "第311号科目"),
)


@rule(
    code="STM01",
    name="asset-fund-out-of-balance",
    title=Text("资产基金与非货币性资产不等", "Asset fund out of balance with the assets it stands for"),
    severity=Severity.HIGH,
    citations=(
        Citation("accounting-system-2021", "第五十一条"),
        Citation("accounting-system-2021", "附录1 第301号科目 三(一)"),
        Citation("accounting-system-2021", "附录1 第301号科目 三(四)"),
    ),
)
def check(case: Case) -> Checked:
    """Report that the asset fund and the assets that are not money differ at the period's end."""
    held = position(case.facts, case.until)
    groups = {*FUND_GROUPS, PENDING, *(name for each in held.classes for name in each.assets)}
    if not held.on(*groups):
        return not_applicable(
            "账上没有非货币性资产，也没有资产基金", "the books hold neither such assets nor an asset fund"
        )
    apart = [each for each in held.classes if held.assets(each) + held.fund(each)]
    detailed = held.classes is not CLASSES_2021 or not _undetailed(held)
    if held.things_gap:
        return examined(1, [_gap_finding(case, held, apart if detailed else [], groups)])
    if apart and detailed and not held.pending_value and not held.undivided:
        return examined(1, [_class_finding(case, held, apart)])
    return examined(1)


def _undetailed(held: Position) -> int:
    """Return what the asset fund holds outside its six statutory sub-accounts."""
    return held.group("asset_fund") - sum(held.fund(each) for each in held.classes)


def _gap_finding(case: Case, held: Position, apart: list[AssetClass], groups: set[str]) -> Finding:
    gap, day = abs(held.things_gap), case.until.isoformat()
    assets, funds = held.things_gap - held.funds, -held.funds
    zh = "；".join(_difference(held, each).zh for each in apart)
    en = "; ".join(_difference(held, each).en for each in apart)
    return case.finding(
        day,
        message=Text(
            f"{day}：非货币性资产合计 {shown_yuan(assets)} 元，资产基金 {shown_yuan(funds)} 元，"
            f"相差 {shown_yuan(gap)} 元" + (f"。{zh}" if zh else ""),
            f"{day}: assets that are not money {shown_yuan(assets)} yuan, asset fund {shown_yuan(funds)} yuan, "
            f"{shown_yuan(gap)} yuan apart" + (f". {en}" if en else ""),
        ),
        expected=Text("两边相等", "both sides are equal"),
        found=Text(f"相差 {shown_yuan(gap)} 元", f"{shown_yuan(gap)} yuan apart"),
        remedy=_REMEDY,
        evidence=limited(account_evidence(case.facts, held.on(*groups))),
        amount_fen=gap,
        certainty=Certainty.LEAD if held.undivided else Certainty.ESTABLISHED,
        citations=None if held.classes is CLASSES_2021 else _OLD,
        related=("AST03", "STM02"),
    )


def _class_finding(case: Case, held: Position, apart: list[AssetClass]) -> Finding:
    day = case.until.isoformat()
    misplaced = sum(abs(held.assets(each) + held.fund(each)) for each in apart) // 2
    meanings = {each.fund for each in apart}
    groups = {name for each in apart for name in each.assets}
    balances = [balance for balance in held.balances if balance.meaning in meanings or balance.group in groups]
    zh = "；".join(_difference(held, each).zh for each in apart)
    return case.finding(
        day,
        "classes",
        message=Text(
            f"{day}：资产基金总数与资产相等，但各类别错位：{zh}",
            f"{day}: the totals agree, the classes do not: " + "; ".join(_difference(held, e).en for e in apart),
        ),
        expected=Text("资产基金各明细与所对应的资产相等", "each part of the asset fund equals its class of assets"),
        found=Text(f"错位 {shown_yuan(misplaced)} 元", f"{shown_yuan(misplaced)} yuan misplaced"),
        remedy=_REMEDY,
        evidence=limited(account_evidence(case.facts, balances)),
        amount_fen=misplaced,
        severity=Severity.LOW,
        citations=(Citation("accounting-system-2021", "附录1 第301号科目 二"),)
        if held.classes is CLASSES_2021
        else _OLD,
        related=("AST03",),
    )


def _difference(held: Position, each: AssetClass) -> Text:
    assets, fund = held.assets(each), held.fund(each)
    gap = assets + fund
    more, apart = side_text(gap), shown_yuan(abs(gap))
    return Text(
        f"{each.name.zh}：资产 {shown_yuan(assets)} 元，基金 {shown_yuan(-fund)} 元，差 {apart} 元（{more.zh}）",
        f"{each.name.en}: assets {shown_yuan(assets)}, fund {shown_yuan(-fund)}, apart {apart} ({more.en})",
    )


_REMEDY = Text(
    "逐类核对资产卡片、购置凭证与折旧表，补记或更正缺少的一边",
    "compare asset cards, purchases and depreciation class by class, and book the missing side",
)
