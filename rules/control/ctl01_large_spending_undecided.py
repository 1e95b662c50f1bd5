"""重大支出未经集体研究：达到集体决定金额的支出没有决议，或决议不能支持这笔支出。

检查内容
每张凭证的支出合计（含资本性支出，一张凭证内分几行不影响）达到须集体研究的金额的：一、没有写决议编号；二、
所写编号不在 resolutions.csv；三、决议没有通过；四、决议日期晚于支出日期；五、引用同一决议的支出累计超过决议金额。
依据
《基层工会经费收支管理办法》：各项收支实行工会委员会集体领导下的主席负责制，重大收支须集体研究决定。
《中华人民共和国会计法》第二十五条（二）：重要经济业务事项的决策和执行的相互监督、相互制约程序应当明确。
本单位内部控制制度规定的金额。
所引会计法是2024年6月28日修正的文本，修正施行以前的业务须对照修正前的文本。
危害
个人说了算的大额支出，是违规采购、利益输送和资金损失的主要来源；离任时还要承担直接责任。
反例
采购慰问品 86,000.00 元，本单位规定 50,000.00 元以上须委员会集体研究，凭证没有决议编号。
正例
付款前 10 天委员会通过 90,000.00 元的采购决议，凭证写明决议编号，付款 86,000.00 元。
参数
control.resolution_threshold 须集体研究决定的支出金额（元），由各级工会自定，须在账套的 [[standards]] 写明。
局限
会议记录是否真实、到会人数是否够，须看原件。没有写金额的决议只核对编号、通过与日期。往来款项的大额支付不在此列。
拆成几张凭证规避的不在此列。
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from ledger.journal_rows import PostingRow, VoucherRow, net_fen
from ledger.money import shown_yuan
from ledger.register_rows import ResolutionRow, register_of
from rules.evidence import register_evidence, voucher_evidence
from rules.finding import Checked, Citation, Evidence, Finding, Severity, Text, examined, not_applicable
from rules.gather import Values, spending_by_entry
from rules.indexes import spending_vouchers
from rules.law import ParameterValue
from rules.resolutions import refused, resolution_named
from rules.rule import Case, rule, voucher_order
from rules.vouchers import named


@rule(
    code="CTL01",
    name="large-spending-undecided",
    title=Text("重大支出未经集体研究", "Large spending without collective decision"),
    severity=Severity.HIGH,
    citations=(Citation("accounting-law-2024", "第二十五条"), Citation("grassroots-funds-2017", "第十八条")),
    parameters=("control.resolution_threshold",),
)
def check(case: Case) -> Checked:
    """Report vouchers of large spending that no approved resolution of an earlier day supports."""
    thresholds = Values(case, "control.resolution_threshold")
    spent = spending_by_entry(case)
    findings: list[Finding] = []
    unread = tested = 0
    for day, vouchers in groupby(spending_vouchers(case), attrgetter("date")):
        value = thresholds.on(day)
        if value is None:
            continue
        spending, limit = list(vouchers), value.fen
        tested += len(spending)
        for voucher in [voucher for voucher in spending if spent[voucher.entry] >= limit]:
            if voucher.resolution and register_of(ResolutionRow) not in case.facts.registers:
                unread += 1
            elif fault := _fault(case, voucher):
                findings.append(_finding(case, voucher, spent[voucher.entry], value, fault))
    untested = list(thresholds.untested)
    if unread:
        zh = f"缺少 registers/resolutions.csv，{unread} 张凭证所写的决议无从核对"
        untested.append(Text(zh, f"missing registers/resolutions.csv: {unread} vouchers' resolutions not checked"))
    if not tested and not untested:
        return not_applicable("本期没有支出", "no spending in the period")
    return examined(tested, findings, untested)


def _used(case: Case, voucher: VoucherRow) -> int:
    """Return what all vouchers up to and including this one spent on its resolution, over all years."""

    def by_resolution() -> Mapping[str, Sequence[PostingRow]]:
        found: dict[str, list[PostingRow]] = defaultdict(list)
        for line in case.facts.booked.of("expense"):
            if line.head.resolution and not line.head.carry_forward:
                found[line.head.resolution].append(line)
        return found

    lines = case.facts.once("spent on resolutions", by_resolution)[voucher.resolution]
    until = voucher_order(voucher)
    return net_fen(line for line in lines if voucher_order(line.head) <= until)


class Fault(NamedTuple):
    """What is wrong with the decision behind a voucher, and the register's row that shows it."""

    told: Text
    evidence: tuple[Evidence, ...] = ()


def _fault(case: Case, voucher: VoucherRow) -> Fault | None:
    name = voucher.resolution
    if not name:
        return Fault(Text("凭证没有写集体决议的编号", "the voucher names no resolution"))
    resolution = resolution_named(case.facts, name)
    if resolution is None:
        return Fault(Text(f"决议 {name} 不在 resolutions.csv", f"resolution {name} is not in resolutions.csv"))
    evidence = (register_evidence(resolution, Text(f"决议 {name}", f"resolution {name}")),)
    if refused(resolution):
        return Fault(Text(f"决议 {name} 没有通过的记录", f"resolution {name} was not approved"), evidence)
    paid = min(voucher.date, voucher.event_date)
    decided = resolution.date
    if decided is None:
        return Fault(Text(f"决议 {name} 没有日期", f"resolution {name} has no date"), evidence)
    if decided > paid:
        zh = f"决议 {name} 的日期 {decided} 晚于支出之日 {paid}"
        return Fault(Text(zh, f"resolution {name} of {decided} is later than the spending of {paid}"), evidence)
    if resolution.amount_fen is not None and (used := _used(case, voucher)) > resolution.amount_fen:
        total, most = shown_yuan(used), shown_yuan(resolution.amount_fen)
        zh = f"引用决议 {name} 的支出累计 {total} 元，超过决议的 {most} 元"
        return Fault(Text(zh, f"{total} yuan spent on resolution {name}, which decided {most}"), evidence)
    return None


def _finding(case: Case, row: VoucherRow, amount: int, value: ParameterValue, fault: Fault) -> Finding:
    voucher = named(row)
    limit = shown_yuan(value.fen)
    note = Text(f"支出合计 {shown_yuan(amount)} 元的凭证", "the voucher of the spending")
    return case.finding(
        voucher,
        message=Text(
            f"凭证 {voucher} 支出 {shown_yuan(amount)} 元，达到须集体研究的 {limit} 元，{fault.told.zh}",
            f"voucher {voucher}: {shown_yuan(amount)} yuan, decision required from {limit}; {fault.told.en}",
        ),
        expected=Text(
            f"{limit} 元以上的支出，支出之前已有通过的集体决议，且在决议金额之内",
            f"an approved resolution before spending {limit} yuan or more, for at least that amount",
        ),
        found=fault.told,
        remedy=Text(
            "提供支出之前的会议记录；没有集体研究的说明原因，由决定人负责",
            "supply the minutes of before the spending, or account for deciding alone",
        ),
        evidence=(voucher_evidence(row, note, amount), *fault.evidence),
        amount_fen=amount,
        parameters=(value,),
    )
