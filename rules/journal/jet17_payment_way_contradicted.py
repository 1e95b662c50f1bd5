"""付款方式与科目矛盾：凭证写明现金付款而动的是银行存款，或写明转账而动的是库存现金。

检查内容
付款凭证写明的付款方式（payment）与贷方科目对照：写“cash”而贷记银行存款、没有动库存现金的；写“transfer”
而贷记库存现金、没有动银行存款的。一年各并作一项。现金超限额、坐支、大额付现由 ACC14 检查，
分次付现由 JET09 检查，不在此重复。
依据
《中华人民共和国会计法》第十四条：记账凭证应当根据经过审核的原始凭证编制。《现金管理暂行条例》第十二条：
应当建立健全现金账目，逐笔记载现金支付，账款相符。
所引会计法是2024年6月28日修正的文本，修正施行以前的业务须对照修正前的文本。
危害
方式与科目矛盾，现金限额和大额付现的检查就可能被绕过，也可能是先取现后付款没有入账。
反例
凭证写明现金付款 3,000.00 元，贷方却是银行存款。
正例
写明转账，贷记银行存款；写明现金，贷记库存现金。
参数
无。
局限
一张凭证同时动现金和银行的不判断。公务卡、电子钱包不在此列。没有写付款方式的付款凭证报告为未能检查。
"""

from __future__ import annotations

from collections import Counter
from operator import attrgetter

from ledger.money import shown_yuan
from rules.finding import Checked, Citation, Severity, Text, examined, not_applicable
from rules.journal.method import Method
from rules.journal.population import population, rows_of
from rules.journal.sides import net_by
from rules.rule import Case, rule
from rules.vouchers import names_of, years

_METHOD = Method(1, Text("写明付款方式的付款凭证", "vouchers of payment that say how"))


@rule(
    code="JET17",
    name="payment-way-contradicted",
    title=Text("付款方式与科目矛盾", "Way of payment contradicts the account"),
    severity=Severity.MEDIUM,
    citations=(Citation("accounting-law-2024", "第十四条"), Citation("cash-regulation-2011", "第十二条")),
    lead_only=True,
)
def check(case: Case) -> Checked:
    """Report payments said to be in cash that left the bank, and transfers that left the cash box."""
    moved = population(case)
    paying = [voucher for voucher in moved.vouchers if moved.money.get(voucher.entry, 0) < 0]
    if not paying:
        return not_applicable("本期没有付款凭证", "no voucher of payment in the period")
    ways = Counter(map(attrgetter("payment"), paying))
    count = len(paying) - ways[""]
    untested = []
    if bare := ways[""]:
        zh = f"{bare} 张付款凭证没有写付款方式，无法判断"
        untested.append(Text(zh, f"{bare} vouchers of payment do not say how"))
    cash = {line.entry for line in case.booked.on("cash_on_hand")}
    kinds = {
        "cash": (
            [voucher for voucher in paying if voucher.payment == "cash"] if ways["cash"] else [],
            ("bank_deposit", "cash_on_hand"),
            Text("写明现金付款而动的是银行存款", "cash, yet the bank moved"),
        ),
        "transfer": (
            [voucher for voucher in paying if voucher.entry in cash and voucher.payment == "transfer"] if cash else [],
            ("cash_on_hand", "bank_deposit"),
            Text("写明转账而动的是库存现金", "transfer, yet cash moved"),
        ),
    }
    findings = []
    for kind, (vouchers, (moves, rests), said) in kinds.items():
        net = {voucher.entry: net_by(moved.lines[voucher.entry], "group") for voucher in vouchers}
        for year, own in years([v for v in vouchers if moves in net[v.entry] and rests not in net[v.entry]]):
            total = sum(map(moved.paid_fen, own))
            findings.append(
                _METHOD.lead(
                    case,
                    str(year),
                    kind,
                    count=count,
                    told=Text(
                        f"{year} 年 {len(own)} 张付款凭证{said.zh}，合计 {shown_yuan(total)} 元：{names_of(own)}",
                        f"{len(own)} payments of {year}: {said.en}, {shown_yuan(total)} yuan",
                    ),
                    expected=Text("付款方式与贷方科目一致", "the account agrees with the way of payment"),
                    evidence=rows_of(own, said, moved.paid_fen, total),
                    related=("ACC14",),
                )
            )
    return examined(count, findings, untested, note=_METHOD.said(count))
