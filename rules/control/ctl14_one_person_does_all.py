"""一人操作录入、审批和发放全程：同一人制单、审批、出纳付款，或其中两项。

检查内容
本期有付款的凭证：一、制单、审批、出纳是同一人的，列为问题；二、审批人就是出纳、或审批人就是制单人的，列为疑点。按年和人列出。
依据
《中华人民共和国会计法》第二十五条（一）：记账人员与经济业务事项和会计事项的审批人员、经办人员、财物保管人员的职责权限应当明确，
并相互分离、相互制约。
危害
一个人从录入到付款全程经手，套取公款没有任何障碍。
反例
李某制单、审批并付款慰问金 5,000.00 元。
正例
会计制单，主席审批，出纳付款。
参数
无。
局限
业务系统的操作日志不在账套里，用同一账号代操作的看不出来。审批人兼记账、经办的见 ACC03，出纳兼记账的见 ACC04。凭证没有
写全三方的报告张数。
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from ledger.journal_rows import VoucherRow
from ledger.money import shown_yuan
from rules.evidence import voucher_evidence
from rules.finding import Certainty, Checked, Citation, Finding, Severity, Text, examined, not_applicable
from rules.gather import MOST_EVIDENCE, cut
from rules.indexes import net_by_entry
from rules.remittance.movements import PAID_FROM
from rules.rule import Case, rule
from rules.signatures import Signatures, by_signatures
from rules.vouchers import in_order

ALL, PAYS, KEYS = "all", "pays", "keys"
_SAID: Mapping[str, Text] = MappingProxyType(
    {
        ALL: Text("制单、审批、出纳付款是同一人", "prepared, approved and paid by one person"),
        PAYS: Text("审批人自己付款", "approved and paid by one person"),
        KEYS: Text("审批人自己制单", "prepared and approved by one person"),
    }
)


@rule(
    code="CTL14",
    name="one-person-does-all",
    title=Text("一人操作录入、审批和发放全程", "One user keys, approves and pays"),
    severity=Severity.HIGH,
    citations=(Citation("accounting-law-2024", "第二十五条"),),
)
def check(case: Case) -> Checked:
    """Report vouchers of payments on which one person prepares, approves and pays, or two of these."""
    money = net_by_entry(case, *PAID_FROM)
    groups: dict[tuple[int, str, str], list[VoucherRow]] = defaultdict(list)
    tested = bare = 0
    for signed, vouchers in by_signatures(case).items():
        paid = [voucher for voucher in vouchers if money.get(voucher.entry, 0) < 0]
        if signed.prepared and signed.approved and signed.cashier:
            tested += len(paid)
        else:
            bare += len(paid)
        kind = _kind(signed)
        for voucher in paid if kind else ():
            groups[voucher.date.year, kind, signed.approved].append(voucher)
    if not tested and not bare:
        return not_applicable("本期没有付款凭证", "no voucher of payment in the period")
    untested = []
    if bare:
        zh = f"{bare} 张付款凭证没有写全制单、审批和出纳，无法判断"
        untested.append(Text(zh, f"{bare} vouchers do not name who prepared, approved and paid"))
    findings = [_finding(case, key, in_order(own), money) for key, own in sorted(groups.items())]
    return examined(tested, findings, untested)


def _kind(signed: Signatures) -> str:
    """Return what one person did alone; empty for nothing."""
    pays = bool(signed.approved) and signed.approved == signed.cashier
    keys = bool(signed.approved) and signed.approved == signed.prepared
    return ALL if pays and keys else PAYS if pays else KEYS if keys else ""


def _finding(case: Case, key: tuple[int, str, str], rows: Sequence[VoucherRow], money: Mapping[int, int]) -> Finding:
    year, kind, who = key
    said = _SAID[kind]
    total = -sum(money[row.entry] for row in rows)
    evidence = [voucher_evidence(row, said, -money[row.entry]) for row in rows[:MOST_EVIDENCE]]
    certain = kind == ALL
    return case.finding(
        str(year),
        kind,
        who,
        message=Text(
            f"{year} 年 {len(rows)} 张付款凭证{said.zh}（{who}），付款合计 {shown_yuan(total)} 元",
            f"{len(rows)} payments of {year} {said.en} ({who}), {shown_yuan(total)} yuan",
        ),
        expected=Text("制单、审批、付款由不同的人办理", "prepared, approved and paid by different people"),
        found=Text(f"{said.zh}：{who}", f"{said.en}: {who}"),
        remedy=Text(
            "调整岗位分工和系统权限，由他人复核这些付款", "part duties and rights; have these payments reviewed"
        ),
        evidence=cut(evidence, len(rows), total),
        amount_fen=total if certain else 0,
        certainty=Certainty.ESTABLISHED if certain else Certainty.LEAD,
        severity=None if certain else Severity.MEDIUM,
        related=("ACC03", "ACC04", "CTL02"),
    )
