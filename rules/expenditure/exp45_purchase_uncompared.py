"""采购未比价、无合同或无验收：达到比价金额的采购没有比较两家以上报价，或购入的慰问品没有验收、发放的记录。

检查内容
向经营者的采购，一张凭证的金额达到须比价的金额的：一、写明报价家数而不足的（比价至少两家，本单位另有规定的按规定）；二、没有
写报价家数的；三、慰问品采购，stock.csv 没有这张凭证的入库，grants.csv 也没有所写清单的。全账套从不登记报价家数的，
第二项报告为未能检查。没有合同见 CTL09。
依据
《工会会计制度》第十四条：工会应当建立健全内部控制制度，并确保内部控制有效施行。金额为本单位的标准。
危害
价格不经比较，容易高价采购、吃回扣；没有验收，货款与实物对不上。
反例
购中秋慰问品 196,000.00 元，只有一家报价，没有验收单和发放清单。
正例
三家报价比较，签合同，验收入库后按清单发放。
参数
control.quote_threshold 须比价的采购金额（元）；control.quotes_min 比价的最少家数。均由本单位自定。
局限
报价单可能只有纸质，没有写家数的只作疑点；写明家数而不足的为问题。验收只看登记簿。拆成几笔的见 EXP44。
"""

from __future__ import annotations

from collections.abc import Collection

from ledger.journal_rows import PostingRow
from ledger.register_rows import GrantRow, StockRow
from rules.expenditure.fees import all_of
from rules.expenditure.purchases import bought_from_firms, number_of, party_of, spending_evidence, told_purchase
from rules.expenditure.splitting import LEAST_QUOTES
from rules.finding import Certainty, Checked, Citation, Finding, Severity, Text, examined, not_applicable
from rules.gather import Values
from rules.law import ParameterValue, ValueStatus
from rules.rule import Case, rule

THRESHOLD, LEAST = "control.quote_threshold", "control.quotes_min"


@rule(
    code="EXP45",
    name="purchase-uncompared",
    title=Text("采购未比价、无合同或无验收", "Purchase without quotations, contract or acceptance"),
    severity=Severity.MEDIUM,
    citations=(Citation("accounting-system-2021", "第十四条"), Citation("grassroots-funds-2017", "第二十四条")),
    parameters=(THRESHOLD, LEAST),
)
def check(case: Case) -> Checked:
    """Report purchases at or over the union's threshold without quotations compared, or goods without acceptance."""
    lines = bought_from_firms(case)
    if not lines:
        return not_applicable("本期没有采购", "no purchases in the period")
    thresholds, least = Values(case, THRESHOLD), Values(case, LEAST)
    limits = {at: value for at in {line.date for line in lines} if (value := thresholds.on(at))}
    large = [line for line in lines if line.date in limits and line.amount_fen >= limits[line.date].fen]
    known = (voucher.quotes for voucher in case.facts.listed if voucher.date <= case.until)
    kept = bool(large) and any(quotes is not None for quotes in known)
    lists, stocked = (_lists(case), _stocked(case)) if large else (None, None)
    findings: list[Finding] = []
    unkept = unaccepted = 0
    for line in large:
        few = _few(line.head.quotes, least.on(line.date), kept=kept)
        unkept += not kept
        goods = bool(line.occasion) or line.head.activity_type == "welfare"
        if goods and stocked is None and (lists is None or not line.list):
            unaccepted += 1
        elif goods and line.voucher not in (stocked or ()) and line.list not in (lists or ()):
            few = (*few, Text("没有入库、验收或发放清单", "no acceptance and no distribution list"))
        if few:
            findings.append(_finding(case, line, few, limits[line.date]))
    untested = list(thresholds.untested)
    if unkept:
        zh = f"账套从不登记报价家数，{unkept} 笔达到金额的采购是否比价无法检查"
        untested.append(Text(zh, f"the book never names quotations: {unkept} purchases not checked"))
    if unaccepted:
        missing = "registers/stock.csv" + ("" if lists is not None else "、registers/grants.csv")
        zh = f"缺少登记簿 {missing}，{unaccepted} 笔慰问品采购的验收无法检查"
        untested.append(Text(zh, f"missing {missing}: acceptance of {unaccepted} purchases not checked"))
    return examined(len(lines), findings, untested)


def _lists(case: Case) -> Collection[str] | None:
    return {grant.list for grant in case.rows(GrantRow)} if "grants" in case.facts.registers else None


def _stocked(case: Case) -> Collection[str] | None:
    if "stock" not in case.facts.registers:
        return None
    return {row.voucher for row in case.rows(StockRow) if row.quantity > 0}


def _few(quotes: int | None, least: ParameterValue | None, *, kept: bool) -> tuple[Text, ...]:
    wanted = max(LEAST_QUOTES, 0 if least is None else int(least.number))
    if quotes is None:
        return (Text("没有比价的记录", "no quotations named"),) if kept else ()
    if quotes < wanted:
        return (Text(f"只有 {quotes} 家报价，应至少 {wanted} 家", f"{quotes} quotations of at least {wanted}"),)
    return ()


def _finding(case: Case, line: PostingRow, faults: tuple[Text, ...], value: ParameterValue) -> Finding:
    said, what = all_of(faults), told_purchase(line, party_of(line))
    sure = value.status is ValueStatus.STANDARD and line.head.quotes is not None and "报价" in said.zh
    return case.finding(
        number_of(line),
        message=Text(f"{what.zh}，{said.zh}", f"{what.en}, {said.en}"),
        expected=Text(
            f"{value.fen // 100} 元以上比较两家以上报价，验收后发放",
            "quotations compared, goods accepted and handed out",
        ),
        found=said,
        remedy=Text(
            "补充报价、验收记录，说明定价依据", "supply the quotations and the acceptance; account for the price"
        ),
        evidence=(spending_evidence(line, said),),
        amount_fen=line.amount_fen,
        parameters=(value,),
        certainty=Certainty.ESTABLISHED if sure else Certainty.LEAD,
        related=("EXP44", "CTL09", "CTL01"),
    )
