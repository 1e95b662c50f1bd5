"""其他应收款长期挂账：其他应收款超过规定年数或惯例月数没有结清。

检查内容
期末其他应收款（135）每个明细科目，按先发生先冲销计算尚未结清的部分：发生超过核销年限的列为问题；超过惯例月数的列为
疑点。先进先出算出的账龄只会偏短，不会偏长；期初余额从建账日起算。
依据
《工会会计制度》附录1第135号科目四：严格控制，及时清理，不得长期挂账；三（二）：逾期三年以上、因债务人原因尚未收回的，
报经批准予以核销。第三十条：年末应当分析各项应收款项的可收回性。
危害
长期挂账的钱多半已收不回来，账面资产和结余虚增，也常是变相借款或隐藏的支出。
反例
2021 年 5 月付某商店定金 3,000.00 元，2025 年末仍挂在账上。
正例
活动结束后一个月内凭发票结算，余款交回。
参数
receivable.write_off_years、receivable.stale_months。
局限
个人借款未到核销年限的见 CUR02，单位行政的往来见 CUR04，押金和保证金见 CUR11，不在此重复。没有按对方设明细的科目只能
算出合计的账龄。
"""

from __future__ import annotations

from ledger.money import shown_yuan
from rules.departure.open_items import OpenItem, open_items
from rules.finding import Certainty, Checked, Citation, Evidence, Finding, Severity, Text, examined, not_applicable
from rules.gather import Values, limited
from rules.law import ParameterValue
from rules.receivables.ages import months_before, parts_before, total, years_before
from rules.receivables.parties import holder, is_employer, is_person, said
from rules.rule import Case, rule

GROUPS = frozenset({"other_receivables"})
SYSTEM = "accounting-system-2021"


@rule(
    code="CUR01",
    name="receivables-outstanding-too-long",
    title=Text("其他应收款长期挂账", "Other receivables outstanding too long"),
    severity=Severity.HIGH,
    citations=(
        Citation(SYSTEM, "附录1 第135号科目 四"),
        Citation(SYSTEM, "附录1 第135号科目 三(二)"),
        Citation(SYSTEM, "第三十条"),
    ),
    parameters=("receivable.write_off_years", "receivable.stale_months"),
)
def check(case: Case) -> Checked:
    """Report sub-accounts with entries that are open beyond the limits at the period's end."""
    items, tested = open_items(case.facts, GROUPS, case.until, credit=False)
    if not tested:
        return not_applicable("账上没有其他应收款", "the books hold no other receivables")
    years, months = Values(case, "receivable.write_off_years"), Values(case, "receivable.stale_months")
    limit, stale = years.on(case.until), months.on(case.until)
    findings = []
    for item in items:
        name = holder(item.account)
        if is_employer(name, case.facts.union, case.until) or said(name, case.until, "deposits"):
            continue
        old = parts_before(item, years_before(case.until, int(limit.number))) if limit else ()
        if limit and old:
            findings.append(_finding(case, item, old, limit, Text(f"{limit.text} 年", f"{limit.text} years")))
            continue
        if stale is None or is_person(name, case.facts, case.until):
            continue
        old = parts_before(item, months_before(case.until, int(stale.number)))
        if old:
            findings.append(_finding(case, item, old, stale, Text(f"{stale.text} 个月", f"{stale.text} months")))
    return examined(tested, findings, (*years.untested, *months.untested))


def _finding(case: Case, item: OpenItem, old: tuple[Evidence, ...], value: ParameterValue, limit: Text) -> Finding:
    money, oldest = shown_yuan(total(old)), item.oldest
    written_off = value.key == "receivable.write_off_years"
    return case.finding(
        item.account,
        message=Text(
            f"{case.until}“{item.name}”有 {money} 元挂账超过 {limit.zh}，最早 {oldest} 发生，"
            f"余额共 {shown_yuan(item.balance_fen)} 元",
            f"{item.account}: {money} yuan open for more than {limit.en} on {case.until}, oldest of {oldest}",
        ),
        expected=Text(f"及时清理，不超过 {limit.zh}", f"cleared within {limit.en}"),
        found=Text(f"{len(old)} 笔 {money} 元超过 {limit.zh}", f"{len(old)} entries, {money} yuan"),
        remedy=Text(
            "发函询证、追收；已有发票的结算列支；确实收不回的报经批准后核销，并在备查簿登记",
            "confirm and collect; settle what has invoices; write off only with approval, and keep a memo record",
        ),
        evidence=limited(old, total(old)),
        amount_fen=total(old),
        parameters=(value,),
        certainty=Certainty.ESTABLISHED if written_off else Certainty.LEAD,
        severity=None if written_off else Severity.MEDIUM,
        related=("CUR02", "CUR05", "DEP03"),
    )
