"""单位行政占用工会资金：工会的钱转给单位行政，挂其他应收款不还。

检查内容
其他应收款（135）中属于单位行政的明细（名称是本单位或其财务部门），期末按先发生先冲销未结清的部分：由工会付款形成、
超过一年未还的列为问题；其余未结清的列为疑点。写明余额占资产的比例。
依据
《中华人民共和国工会法》第四十七条：工会的财产、经费，任何组织和个人不得侵占、挪用和任意调拨。《工会会计制度》第二十八条：
流动资产是预计在一年内变现的资产；附录1第135号科目四：及时清理，不得长期挂账。
危害
工会经费被行政占用，经费独立落空，单位困难时收不回来。
反例
2024 年 3 月转给医院财务科 200,000.00 元“周转”，2025 年末未还。
正例
行政代扣的会费，次月即转入工会账户。
参数
无；一年是流动资产的界限。
局限
凭明细科目名称识别单位行政。行政应拨未拨的经费见 INC01，不在往来科目上的占用看不出来。
"""

from __future__ import annotations

from ledger.money import shown_yuan
from rules.departure.open_items import OpenItem, open_items
from rules.departure.position import position_on
from rules.finding import Certainty, Checked, Citation, Evidence, Finding, Severity, Text, examined, not_applicable
from rules.gather import limited
from rules.receivables.ages import total, years_before
from rules.receivables.cur01_receivables_outstanding import GROUPS
from rules.receivables.parties import holder, is_employer, posting_at
from rules.remittance.movements import PAID_FROM
from rules.rule import Case, rule
from rules.vouchers import net_on


@rule(
    code="CUR04",
    name="employer-holds-union-money",
    title=Text("单位行政占用工会资金", "The employer keeps union money"),
    severity=Severity.HIGH,
    citations=(
        Citation("trade-union-law-2021", "第四十七条"),
        Citation("accounting-system-2021", "附录1 第135号科目 四"),
        Citation("accounting-system-2021", "第二十八条"),
    ),
)
def check(case: Case) -> Checked:
    """Report what the employer owes the union at the period's end on receivables."""
    items, tested = open_items(case.facts, GROUPS, case.until, credit=False)
    if not tested:
        return not_applicable("账上没有其他应收款", "the books hold no other receivables")
    owed = [item for item in items if is_employer(holder(item.account), case.facts.union, case.until)]
    return examined(tested, [_finding(case, item) for item in owed])


def _paid_out(case: Case, part: Evidence) -> bool:
    """Tell whether the voucher of an entry paid money out."""
    posting = posting_at(case.facts, part.file, part.line)
    if posting is None or posting.head.opening:
        return False
    return net_on(case.facts.booked.by_entry[posting.entry], *PAID_FROM) < 0


def _finding(case: Case, item: OpenItem) -> Finding:
    year_ago = years_before(case.until, 1)
    kept = [p for p in item.parts if p.date is not None and p.date < year_ago and _paid_out(case, p)]
    money, old = shown_yuan(item.balance_fen), shown_yuan(total(kept))
    at = position_on(case.facts, case.until)
    assets = at.cash_fen + at.receivables_fen + at.fixed_assets_fen + at.other_assets_fen
    share = f"，占资产的 {item.balance_fen * 100 // assets}%" if assets > 0 else ""
    beyond = f"，其中工会付出、超过一年未还 {old} 元" if kept else ""
    return case.finding(
        item.account,
        message=Text(
            f"{case.until} 单位行政（{item.name}）欠工会 {money} 元{share}{beyond}，最早 {item.oldest} 发生",
            f"the employer ({item.account}) owes {money} yuan on {case.until}, oldest of {item.oldest}; "
            f"{old} yuan paid to it more than a year ago",
        ),
        expected=Text("行政不占用工会资金，往来一年内结清", "the employer keeps no union money"),
        found=Text(f"余额 {money} 元{beyond}", f"{money} yuan open, {old} of it beyond a year"),
        remedy=Text(
            "向单位行政发函追还；拒不返还的依工会法第五十五条起诉",
            "claim it back; the union may sue under article 55 of the Trade Union Law",
        ),
        evidence=limited(item.parts, item.balance_fen),
        amount_fen=item.balance_fen,
        certainty=Certainty.ESTABLISHED if kept else Certainty.LEAD,
        severity=None if kept else Severity.MEDIUM,
        related=("CUR01", "INC19", "DEP03"),
    )
