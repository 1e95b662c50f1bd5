"""借行政补助名义过账：单位以行政补助拨进来的钱，原数转给了单位自己或同一个第三方。

检查内容
逐笔看行政补助收入（405）的凭证，在收款当日及以后到期末，有没有一张凭证把同样的金额付给同一个对方，或者同一项目付给一个对方的合计
恰等于这笔补助；付回给拨款单位的，部分付回也列出。一笔补助列一项疑点，写明从收到付相隔的天数。
依据
《基层工会经费收支管理办法》第五条：行政补助按预算确定的用途开支，不得将与工会无关的经费以行政补助名义纳入账户管理。
《中华人民共和国会计法》第九条：根据实际发生的经济业务事项进行会计核算。
危害
工会账户成了单位的过账通道，替行政列支招待、奖金。
反例
6 月 10 日收到行政补助 80,000.00 元，6 月 18 日全额付给某会务公司。
正例
行政补助 100,000.00 元用于岗位练兵比武，按预算付给多个对方。
参数
无。
局限
金额原数转出也可能是正常采购，只作疑点。分几家转出的、以现金转出的看不出来。
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence, Set
from operator import attrgetter
from typing import NamedTuple

from ledger.journal_rows import PostingRow, VoucherRow, sums_by
from ledger.money import shown_yuan
from rules.evidence import posting_evidence
from rules.finding import Checked, Citation, Finding, Severity, Text, examined, not_applicable
from rules.gather import limited
from rules.rule import Case, rule
from rules.vouchers import MONEY, first_line, named, net_on, touching

SUBSIDY = "employer_subsidy_income"


class Paid(NamedTuple):
    """A voucher by which a subsidy came, or by which money left, and how much."""

    head: VoucherRow
    lines: Sequence[PostingRow]
    fen: int

    @property
    def project(self) -> str:
        """The project of the line that stands for the voucher."""
        return first_line(self.lines).project


@rule(
    code="INC19",
    name="money-passed-through",
    title=Text("借行政补助名义过账", "Foreign money passed through as employer's subsidy"),
    severity=Severity.HIGH,
    citations=(Citation("grassroots-funds-2017", "第五条"), Citation("accounting-law-2024", "第九条")),
    lead_only=True,
)
def check(case: Case) -> Checked:
    """Report subsidies of the employer that left again whole, to one party, or that went back to the employer."""
    touched = touching(case.booked, SUBSIDY)
    if not touched:
        return not_applicable("本期没有行政补助收入", "no subsidy of the employer in the period")
    nets = [Paid(lines[0].head, lines, -net_on(lines, SUBSIDY)) for lines in touched]
    came = _in_order(one for one in nets if one.fen > 0 and not one.head.reverses)
    paid = _paid(case, {one.head.entry for one in came})
    findings = []
    taken: set[int] = set()
    for subsidy in came:
        later = [one for one in paid if one.head.date >= subsidy.head.date and one.head.entry not in taken]
        chosen = _passed(subsidy, later)
        if chosen:
            taken.update(one.head.entry for one in chosen)
            findings.append(_finding(case, subsidy, chosen))
    return examined(len(came), findings)


def _in_order(vouchers: Iterable[Paid]) -> list[Paid]:
    return sorted(vouchers, key=lambda one: (one.head.date, one.head.voucher, one.head.entry))


def _paid(case: Case, received: Set[int]) -> list[Paid]:
    """Return the vouchers that pay money away to a party, oldest first, without those that receive a subsidy."""
    out = sums_by(case.booked.on(*MONEY), attrgetter("entry"))
    upward = {line.entry for line in case.booked.on("due_to_higher_union", "custody_funds")}
    found = []
    for entry, fen in out.items():
        if fen < 0 and entry not in received and entry not in upward:
            lines = case.booked.by_entry[entry]
            head = lines[0].head
            if head.payee and not head.reverses:
                found.append(Paid(head, lines, -fen))
    return _in_order(found)


def _passed(subsidy: Paid, later: Sequence[Paid]) -> Sequence[Paid]:
    """Return the payments by which one subsidy left again: back to its payer, whole in one, or whole by project."""
    back = [one for one in later if one.head.payee == subsidy.head.payee]
    if back and sum(one.fen for one in back) <= subsidy.fen:
        return back
    whole = next((one for one in later if one.fen == subsidy.fen), None)
    if whole is not None:
        return [whole]
    project = subsidy.project
    own: dict[str, list[Paid]] = defaultdict(list)
    for one in later if project else ():
        if one.project == project:
            own[one.head.payee].append(one)
    same = [payments for payments in own.values() if sum(one.fen for one in payments) == subsidy.fen]
    return same[0] if len(same) == 1 else []


def _finding(case: Case, subsidy: Paid, chosen: Sequence[Paid]) -> Finding:
    left = sum(one.fen for one in chosen)
    head, voucher, came, out = subsidy.head, named(subsidy.head), shown_yuan(subsidy.fen), shown_yuan(left)
    payee = chosen[0].head.payee
    days = (chosen[-1].head.date - head.date).days
    back = payee == head.payee
    whom = "付回拨款单位" if back else "原数付给"
    received, paid = Text("收到行政补助", "subsidy received"), Text(f"{whom}“{payee}”", f"paid to {payee}")
    evidence = [posting_evidence(first_line(subsidy.lines), received, subsidy.fen)]
    evidence += [posting_evidence(first_line(one.lines), paid, one.fen) for one in chosen]
    return case.finding(
        voucher,
        message=Text(
            f"凭证 {voucher} 收到“{head.payee}”行政补助 {came} 元，{days} 天内{whom}“{payee}”{out} 元",
            f"voucher {voucher}: a subsidy of {came} yuan, {out} yuan paid to {payee} within {days} days",
        ),
        expected=Text("行政补助按预算用于工会活动", "the subsidy is used for the union's own activities"),
        found=Text(f"{days} 天内转出 {out} 元", f"{out} yuan left within {days} days"),
        remedy=Text("核对合同、发票和活动资料；与工会无关的退回单位", "check what it paid for; return the rest"),
        evidence=limited(evidence),
        amount_fen=left,
        related=("INC04",),
    )
