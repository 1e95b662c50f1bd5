"""日记账未逐日逐笔登记：几天、几笔现金收付合并成一笔登记。

检查内容
本期现金、银行存款凭证：一、摘要写明汇总、合并、多笔的；二、一张现金凭证只有一笔现金分录，而所附发票的日期不在同一天。按月
列为疑点。
依据
《工会会计制度》第二十九条：工会应当设置库存现金和银行存款日记账，按照业务发生顺序逐日逐笔登记。第101号科目四、第102号科目
五同。
危害
合并登记使每日余额失真，现金短缺、坐支和超限额都看不出来。
反例
月末一张凭证“本月零星支出汇总”付现金 1,850.00 元，发票日期从 3 日到 28 日。
正例
每笔付款当日一张凭证。
参数
无；词表在 rules/words/summary_entries.toml。
局限
一次集中报销以前垫付的多张发票，付款确实只有一笔的，不算违规，所以只列疑点。
"""

from __future__ import annotations

from collections import defaultdict

from ledger.journal_rows import VoucherRow
from ledger.money import shown_yuan
from rules.evidence import voucher_evidence
from rules.finding import Checked, Citation, Evidence, Finding, Severity, Text, examined, not_applicable
from rules.gather import joined, limited, shown_month
from rules.indexes import money_by_entry
from rules.rule import Case, rule
from rules.text.match import match, told
from rules.vouchers import by_month

SYSTEM = "accounting-system-2021"


@rule(
    code="ACC15",
    name="journals-not-item-by-item",
    title=Text("日记账未逐日逐笔登记", "Cash and bank journals not kept item by item"),
    severity=Severity.LOW,
    citations=(
        Citation(SYSTEM, "第二十九条"),
        Citation(SYSTEM, "附录1 第101号科目 四"),
        Citation(SYSTEM, "附录1 第102号科目 五"),
    ),
    lead_only=True,
)
def check(case: Case) -> Checked:
    """Report vouchers of money that seem to hold several dealings in one entry."""
    moving = money_by_entry(case)
    if not moving:
        return not_applicable("本期没有收付款凭证", "no voucher of money in the period")
    several = _several_days(case)
    narrations = {voucher.narration for voucher in case.vouchers}
    spoken = {text for text in narrations if match(text, "summary_entries", case.until)}
    hits = [v for v in case.vouchers if (v.narration in spoken or v.entry in several) and v.entry in moving]
    findings = [
        _finding(case, month, [_evidence(case, voucher, several) for voucher in own]) for month, own in by_month(hits)
    ]
    return examined(len(moving), findings)


def _several_days(case: Case) -> frozenset[int]:
    """Return the vouchers with cash paid by one line whose invoices are of several days."""
    nets: dict[int, int] = defaultdict(int)
    for line in case.booked.on("cash_on_hand"):
        nets[line.entry] += line.amount_fen
    found = set()
    for entry, fen in nets.items():
        days = {line.invoice_date for line in case.booked.by_entry[entry] if line.invoice_date} if fen < 0 else ()
        if len(days) > 1:
            found.add(entry)
    return frozenset(found)


def _evidence(case: Case, voucher: VoucherRow, several: frozenset[int]) -> Evidence:
    found = match(voucher.narration, "summary_entries", case.until)
    spoken = [told(found)] if found else []
    if voucher.entry in several:
        spoken.append(Text("一笔现金付了不同日期的发票", "one payment in cash for invoices of several days"))
    amount = abs(money_by_entry(case)[voucher.entry])
    return voucher_evidence(voucher, Text("；".join(s.zh for s in spoken), "; ".join(s.en for s in spoken)), amount)


def _finding(case: Case, month: str, evidence: list[Evidence]) -> Finding:
    total = sum(e.amount_fen or 0 for e in evidence)
    names = joined([e.voucher or "（无字号）" for e in evidence])
    return case.finding(
        month,
        message=Text(
            f"{shown_month(month)} {len(evidence)} 张收付款凭证像是几笔合并登记，合计 {shown_yuan(total)} 元：{names}",
            f"{len(evidence)} vouchers of {month} seem to hold several dealings, {shown_yuan(total)} yuan",
        ),
        expected=Text("按发生顺序逐日逐笔登记", "entered day by day and item by item"),
        found=Text(f"{len(evidence)} 张合并登记", f"{len(evidence)} vouchers hold several dealings"),
        remedy=Text("按实际收付日期分笔登记，核对当日现金余额", "enter each dealing on its day and check the cash"),
        evidence=limited(evidence, total),
        related=("ACC14",),
    )
