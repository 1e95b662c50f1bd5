"""借新还旧：年末收回借款、预付款，年初又以同样的金额借出，账龄重新计算。

检查内容
其他应收款、预付性质的往来明细科目，在 12 月收回一笔、60 天之内（跨过年末）又向同一明细科目借出同样金额的，
每个科目每年一项。至少一笔在本期。长期挂账本身由 CUR01、CUR02 检查，不在此重复。
依据
《工会会计制度》附录1 第135号科目四：对其他应收及暂付款项严格控制，及时清理，不得长期挂账；第十七条：
以实际发生的经济业务为依据，如实反映。
危害
账面上年年结清，实际上钱一直被占用，账龄分析也看不出来。
反例
12 月 30 日收回张某借款 20,000.00 元，次年 1 月 6 日又借给张某 20,000.00 元。
正例
12 月收回后不再借出；或次年按新的培训借出不同金额。
参数
无。方法常数：12 月收回，60 天之内再借出，金额完全相同。
局限
定额备用金年末交回、年初领用是正常做法，一律为疑点。次年年初的凭证还没有入账时看不出来。
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Sequence
from operator import attrgetter
from typing import NamedTuple

from ledger.accounts import components
from ledger.balances import account_postings
from ledger.journal_rows import VoucherRow, sums_by
from ledger.money import shown_yuan
from rules.evidence import voucher_evidence
from rules.finding import Checked, Citation, Evidence, Finding, Severity, Text, examined, not_applicable
from rules.gather import joined, limited
from rules.journal.method import Method
from rules.rule import Case, rule

_DECEMBER = 12
_DAYS = datetime.timedelta(days=60)
_METHOD = Method(
    1,
    Text("年末收回的其他应收款", "other receivables repaid in December"),
    (Text("60 天、同额", "60 days, same amount"),),
)


class Move(NamedTuple):
    """What one voucher moved on one account, in fen, debit positive."""

    account: str
    voucher: VoucherRow
    fen: int


@rule(
    code="JET19",
    name="receivable-refreshed",
    title=Text("借新还旧", "Receivables repaid at the year's end and lent again"),
    severity=Severity.MEDIUM,
    citations=(
        Citation("accounting-system-2021", "附录1 第135号科目 四"),
        Citation("accounting-system-2021", "第十七条"),
    ),
    lead_only=True,
)
def check(case: Case) -> Checked:
    """Report receivables that are repaid in December and lent again in the same amount soon after."""
    moves = _moves(case)
    decembers = [move for move in moves if move.fen < 0 and move.voucher.date.month == _DECEMBER]
    repaid = [move for move in decembers if case.since - _DAYS <= move.voucher.date <= case.until]
    if not repaid:
        return not_applicable("年末没有收回其他应收款", "no other receivable was repaid at a year's end")
    lent: dict[tuple[str, int], list[Move]] = defaultdict(list)
    for move in moves:
        if move.voucher.date >= case.since:
            lent[move.account, move.fen].append(move)
    pairs: dict[tuple[str, int], list[tuple[Move, Move]]] = defaultdict(list)
    for move in repaid:
        day = move.voucher.date
        for again in lent[move.account, -move.fen]:
            if again.voucher.date.year == day.year + 1 and again.voucher.date - day <= _DAYS:
                pairs[move.account, day.year].append((move, again))
    findings = [_finding(case, account, year, own, len(repaid)) for (account, year), own in sorted(pairs.items())]
    return examined(len(repaid), findings, note=_METHOD.said(len(repaid)))


def _moves(case: Case) -> list[Move]:
    """Return what each voucher of all years moved on each account of other receivables, in order of voucher."""
    found = []
    for lines in account_postings(case.facts):
        if lines[0].group == "other_receivables":
            sums = sums_by(lines, attrgetter("entry"))
            heads = {line.entry: line.head for line in lines if sums[line.entry] and line.head.business}
            found += [Move(lines[0].account, head, sums[entry]) for entry, head in heads.items()]
    return sorted(found, key=lambda move: (move.voucher.entry, move.account))


def _finding(case: Case, account: str, year: int, own: Sequence[tuple[Move, Move]], count: int) -> Finding:
    name = components(account)[-1][1]
    total = -sum({repaid.voucher.entry: repaid.fen for repaid, _ in own}.values())
    evidence: list[Evidence] = []
    for repaid, again in own:
        evidence.append(voucher_evidence(repaid.voucher, Text("年末收回", "repaid"), again.fen))
        evidence.append(voucher_evidence(again.voucher, Text("又借出", "lent again"), again.fen))
    days = joined([f"{again.voucher.date}" for _, again in own])
    return _METHOD.lead(
        case,
        account,
        str(year),
        count=count,
        told=Text(
            f"{name} {year} 年末收回 {shown_yuan(total)} 元，{days} 又以同样金额借出",
            f"{name} repaid {shown_yuan(total)} yuan at the end of {year} and had it again on {days}",
        ),
        expected=Text("收回后不再以同样金额借出", "what is repaid is not lent again at once"),
        evidence=limited(evidence),
        amount_fen=total,
        related=("CUR01", "CUR02"),
    )
