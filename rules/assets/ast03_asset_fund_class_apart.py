"""资产基金与非货币性资产不等：哪一类资产、从哪张凭证起，两边对不上。

检查内容
期末逐类（库存物品、投资、在建工程、固定资产净值、无形资产净值、长期待摊费用）比较资产与资产基金明细。某类不等的，
逐张凭证找出只动了一边的凭证：资产增减与资产基金增减不等，转入待处理财产损溢“待处理财产价值”的部分算作另一边。
期初就不等的，列为期初差额；以后更正、两边恢复相等的不列。
依据
《工会会计制度》（财会〔2021〕7号）第五十一条，附录1第301号科目二、三：资产基金按类别设明细，取得、领用、折旧、处置资产时同时记账。
危害
只记一边，说明购入、折旧、领用或处置记漏了，资产负债表失真。
反例
3 月购电脑借记固定资产 5,000.00 元，没有贷记资产基金。
正例
同一凭证借记固定资产、贷记资产基金——固定资产 5,000.00 元。
参数
无。
局限
差额总数由 STM01 报告并计金额，本规则只指出类别和凭证，不重复计金额。资产基金没有按类别设明细的不能分类检查。
2021年底以前按固定基金、在建工程占用资金、投资基金三类比较。
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ledger.accounts import charts
from ledger.journal_rows import PostingRow
from ledger.money import shown_yuan
from rules.evidence import posting_evidence
from rules.finding import Certainty, Checked, Citation, Evidence, Finding, Severity, Text, examined, not_applicable
from rules.gather import limited
from rules.rule import Case, rule
from rules.statements.identities import CLASSES_2021, FUND_GROUPS, PENDING, AssetClass, position, side_text

_OLD = (Citation("accounting-system-2009", "第301号科目"), Citation("accounting-system-2009", "第311号科目"))


@dataclass(frozen=True)
class _Moved:
    """What one voucher moved on one side only, in fen by the fund of each class; None stands for what was before.

    `line` is the first of its lines on things and their funds.
    """

    line: PostingRow
    entry: int | None
    apart: Mapping[str, int]


@rule(
    code="AST03",
    name="asset-fund-class-apart",
    title=Text("资产基金与非货币性资产不等", "Asset fund differs from non-monetary assets"),
    severity=Severity.HIGH,
    citations=(
        Citation("accounting-system-2021", "第五十一条"),
        Citation("accounting-system-2021", "附录1 第301号科目 二"),
        Citation("accounting-system-2021", "附录1 第301号科目 三(一)"),
    ),
)
def check(case: Case) -> Checked:
    """Report each class of assets whose part of the asset fund differs, with the vouchers that moved one side only."""
    held = position(case.facts, case.until)
    groups = {*FUND_GROUPS, PENDING, *(name for each in held.classes for name in each.assets)}
    lines = [line for line in case.facts.booked.on(*groups) if line.date <= case.until]
    if not lines:
        return not_applicable("账上没有非货币性资产和资产基金", "neither such assets nor an asset fund in the books")
    loose = held.group("asset_fund") - sum(held.fund(each) for each in held.classes)
    if held.classes is CLASSES_2021 and loose:
        zh = f"资产基金有 {shown_yuan(abs(loose))} 元没有按类别设明细，无法逐类比较（总数见 STM01）"
        return examined(0, (), [Text(zh, f"{shown_yuan(abs(loose))} yuan of the asset fund belong to no class")])
    moved = _moved(case, held.classes, lines)
    findings = []
    for each in held.classes:
        own = [one for one in moved if one.apart[each.fund]]
        gap = sum(one.apart[each.fund] for one in own)
        if gap:
            findings.append(_finding(case, each, gap, own, held.assets(each), -held.fund(each)))
    return examined(len(held.classes), findings)


def _moved(case: Case, classes: Sequence[AssetClass], lines: Sequence[PostingRow]) -> list[_Moved]:
    """Return what vouchers moved on one side only, by day and number; what was brought forward counts as one."""
    start = charts()[-1].since if case.until >= charts()[-1].since else datetime.date.min
    vouchers: dict[int | None, list[PostingRow]] = defaultdict(list)
    for line in lines:
        brought = line.head.opening or line.head.change_over or line.date < start
        vouchers[None if brought else line.entry].append(line)
    found = []
    for entry, own in vouchers.items():
        apart = _apart(classes, own)
        if any(apart.values()):
            first = min(own, key=lambda line: (line.date, line.voucher, line.account, line.amount_fen))
            found.append(_Moved(first, entry, apart))
    return sorted(found, key=lambda one: (one.line.date, one.line.voucher, -1 if one.entry is None else one.entry))


def _apart(classes: Sequence[AssetClass], lines: Sequence[PostingRow]) -> Mapping[str, int]:
    """Return how far assets and fund of each class moved apart, by the meaning of the fund.

    What was put into or taken out of 182 counts as the other side of the largest difference.
    """
    sums: dict[str, int] = defaultdict(int)
    for line in lines:
        sums[line.meaning if line.group == "asset_fund" else line.group] += line.amount_fen
    apart = {each.fund: sums[each.fund] + sum(sums[name] for name in each.assets) for each in classes}
    if not sums[PENDING] or not any(apart.values()):
        return apart
    largest = max(apart, key=lambda fund: (abs(apart[fund]), fund))
    return {fund: sum(apart.values()) + sums[PENDING] if fund == largest else 0 for fund in apart}


def _finding(case: Case, each: AssetClass, gap: int, own: Sequence[_Moved], assets: int, fund: int) -> Finding:
    side, apart, day = side_text(gap), shown_yuan(abs(gap)), case.until
    evidence = [_evidence(one, one.apart[each.fund]) for one in own]
    names = "、".join(sorted({e.voucher for e in evidence if e.voucher})[:5])
    whence = f"，起于凭证 {names}" if names else "，期初即已不等"
    doubtful = bool(case.facts.booked.on(PENDING))
    return case.finding(
        each.fund,
        message=Text(
            f"{day} {each.name.zh}：资产 {shown_yuan(assets)} 元，资产基金 {shown_yuan(fund)} 元，"
            f"{side.zh}多 {apart} 元{whence}",
            f"{day}, {each.name.en}: assets {shown_yuan(assets)}, fund {shown_yuan(fund)}, {apart} yuan apart",
        ),
        expected=Text(f"{each.name.zh}与资产基金的对应明细相等", f"{each.name.en} equals its part of the fund"),
        found=Text(f"差 {apart} 元（{side.zh}）", f"{apart} yuan apart ({side.en})"),
        remedy=Text("对所列凭证补记或更正缺少的一边", "book the missing side of the vouchers listed"),
        evidence=limited(evidence, abs(gap)),
        certainty=Certainty.LEAD if doubtful else Certainty.ESTABLISHED,
        citations=None if each in CLASSES_2021 else _OLD,
        related=("STM01", "AST01", "AST04"),
    )


def _evidence(one: _Moved, fen: int) -> Evidence:
    side = side_text(fen)
    note = Text(
        f"只动了一边，{side.zh}多 {shown_yuan(abs(fen))} 元", f"one side only, {side.en} by {shown_yuan(abs(fen))}"
    )
    if one.entry is None:
        note = Text(f"期初结转来的差额（{side.zh}）", f"brought forward ({side.en})")
    return posting_evidence(one.line, note, abs(fen))
