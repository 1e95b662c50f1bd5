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
from collections.abc import Mapping
from types import MappingProxyType

from ledger.money import shown_yuan
from ledger.rows import Row, records
from rules.finding import Certainty, Checked, Citation, Finding, Severity, Text, examined, not_applicable
from rules.gather import limited, voucher_evidence, working_vouchers
from rules.remittance.movements import MONEY
from rules.rule import Case, rule

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
    rows = case.activity
    money = rows[rows["group"].isin(MONEY)].groupby("entry")["amount_fen"].sum()
    paid = money[money < 0]
    vouchers = working_vouchers(case)
    vouchers = vouchers[vouchers["entry"].isin(paid.index)]
    if vouchers.empty:
        return not_applicable("本期没有付款凭证", "no voucher of payment in the period")
    prepared, approved, cashier = (vouchers[c].astype(str) for c in ("prepared_by", "approved_by", "cashier"))
    pays = (approved != "") & (approved == cashier)
    keys = (approved != "") & (approved == prepared)
    kinds = {ALL: pays & keys, PAYS: pays & ~keys, KEYS: keys & ~pays}
    groups: dict[tuple[int, str, str], list[Row]] = defaultdict(list)
    for kind, where in kinds.items():
        for row in records(vouchers[where]):
            groups[int(row["date"].year), kind, str(row["approved_by"])].append(row)
    bare = int(((prepared == "") | (approved == "") | (cashier == "")).sum())
    untested = []
    if bare:
        zh = f"{bare} 张付款凭证没有写全制单、审批和出纳，无法判断"
        untested.append(Text(zh, f"{bare} vouchers do not name who prepared, approved and paid"))
    amounts = {int(str(entry)): -int(fen) for entry, fen in paid.items()}
    findings = [_finding(case, key, own, amounts) for key, own in sorted(groups.items(), key=lambda g: g[0])]
    return examined(len(vouchers) - bare, findings, untested)


def _finding(case: Case, key: tuple[int, str, str], rows: list[Row], amounts: Mapping[int, int]) -> Finding:
    year, kind, who = key
    said = _SAID[kind]
    total = sum(amounts[int(row["entry"])] for row in rows)
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
        evidence=limited([voucher_evidence(row, said, amounts[int(row["entry"])]) for row in rows], total),
        amount_fen=total if certain else 0,
        certainty=Certainty.ESTABLISHED if certain else Certainty.LEAD,
        severity=None if certain else Severity.MEDIUM,
        related=("ACC03", "ACC04", "CTL02"),
    )
