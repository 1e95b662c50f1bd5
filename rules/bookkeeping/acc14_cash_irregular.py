"""现金超限额、坐支或白条抵库：现金余额超过核定限额，用现金收入直接付款，大额付现，或盘点与账面不符。

检查内容
一、每日终了库存现金余额与核定限额；二、坐支：备用现金不够支付、只能动用现金收入的部分；现金收入当日没有送存的列为疑点；
三、一张凭证付给一个对方的现金超过结算起点（差旅费、收购农副产品除外）：全额列示；付给个人的（有发放清单的逐人计算，没有清单的
看收款方，凭发票报销的除外）只算超过的部分；四、现金盘点数（cash_counts.csv）与当日账面余额之差。
依据
《现金管理暂行条例》第五条：结算起点以下的零星支出可以使用现金；第六条：支付给个人的款项，超过使用现金限额的部分应当以支票
或者银行本票支付，确需全额支付现金的经开户银行审核；第九条、第十条：核定的库存现金限额必须严格遵守；
第十一条：现金收入当日送存，不得坐支；第十二条：日清月结，账款相符。《工会会计制度》第二十九条。
危害
现金留得多、收支混用、白条抵库，是挪用和贪污的温床。
反例
收会费现金 3,000.00 元当天付活动费 2,800.00 元；盘点短少 500.00 元，出纳出示借条。
正例
限额 2,000.00 元以内留存，收入当日存入银行，大额转账，盘点相符。
参数
cash.holding_limit（由开户银行核定，写入 [[standards]]）、cash.payment_limit。
局限
盘点以前未入账的收付须由人调节。个人按登记簿和名称判断，可能有误。经开户银行核准坐支、全额付现的，须看批件。往来款、多张发票合并的付现只列疑点。以个人账户存放
公款的，账上看不出来。
"""

from __future__ import annotations

from ledger.journal_rows import net_fen
from rules.bookkeeping.cash import CASH, CashDay, cash_days, cash_vouchers
from rules.bookkeeping.cash_faults import Fault, banked_late, counted, large, out_of_receipts, over_holding
from rules.finding import Checked, Citation, Finding, Severity, Text, examined, not_applicable
from rules.gather import Values, limited
from rules.indexes import upto
from rules.rule import Case, rule

CASH_LAW = "cash-regulation-2011"


@rule(
    code="ACC14",
    name="cash-irregular",
    title=Text("现金超限额、坐支或白条抵库", "Cash over limit, spent from receipts or replaced by slips"),
    severity=Severity.HIGH,
    citations=(
        Citation(CASH_LAW, "第五条"),
        Citation(CASH_LAW, "第六条"),
        Citation(CASH_LAW, "第十条"),
        Citation(CASH_LAW, "第十一条"),
        Citation(CASH_LAW, "第十二条"),
        Citation("accounting-system-2021", "第二十九条"),
    ),
    parameters=("cash.holding_limit", "cash.payment_limit"),
)
def check(case: Case) -> Checked:
    """Report cash over its limit, spent out of receipts, paid in large sums, or not there when counted."""
    if not case.facts.booked.on(CASH):
        return not_applicable("账上没有库存现金", "the books hold no cash")
    every = cash_vouchers(case.facts, case.until)
    inside = [v for v in every if v.date >= case.since]
    days = [d for d in cash_days(case.facts, every) if d.date >= case.since]
    holding, payment = Values(case, "cash.holding_limit"), Values(case, "cash.payment_limit")
    faults = [*over_holding([*_carried(case, days), *days], holding), *out_of_receipts(days), *banked_late(days)]
    untested = list(holding.untested)
    lists = 0
    for voucher in inside:
        found = large(case, voucher, payment)
        lists += found is None
        faults += found or []
    untested += payment.untested
    if lists:
        zh = f"{lists} 张现金发放凭证的清单不在 registers/grants.csv，无法逐人核对"
        untested.append(Text(zh, f"the lists of {lists} cash vouchers are not in registers/grants.csv"))
    if "cash_counts" in case.facts.registers:
        faults += counted(case)
    elif inside:
        zh = "缺少 registers/cash_counts.csv，库存现金没有盘点记录可核对"
        untested.append(Text(zh, "missing registers/cash_counts.csv: cash was not compared with counts"))
    return examined(len(days) + 1, [_finding(case, fault) for fault in faults], untested)


def _carried(case: Case, days: list[CashDay]) -> list[CashDay]:
    """Return the period's first day with the balance carried into it, where no voucher moved cash on that day."""
    if days and days[0].date == case.since:
        return []
    return [CashDay(case.since, net_fen(upto(case.facts.booked.on(CASH), case.since)), 0, ())]


def _finding(case: Case, fault: Fault) -> Finding:
    return case.finding(
        *fault.key,
        message=fault.told,
        expected=fault.expected,
        found=fault.told,
        remedy=fault.remedy,
        evidence=limited(fault.evidence),
        amount_fen=fault.amount_fen,
        certainty=fault.certainty,
        severity=fault.severity,
        parameters=fault.parameters,
        citations=(Citation(CASH_LAW, fault.article), Citation("accounting-system-2021", "第二十九条")),
        related=("ACC16", "EXP03"),
    )
