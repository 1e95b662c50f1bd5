"""任期资金变动不闭合：任期初的资金加收入减支出加直接调整，不等于离任时的资金。

检查内容
资金是不对应资产的净资产（结转、结余、专用基金等）加尚未结转的收支差。比较：任职前一日资金＋任期收入－任期支出±直接
记入资金科目的调整＝卸任日资金。差额只能来自结转凭证把钱转到了别处，逐张列出。
依据
《工会会计制度》第五十条、附录1第321号、第322号科目：期末结转只在收支与结转、结余之间进行；《会计法》第十七条。
危害
年末结转是最容易藏差额的地方：借结转之名冲减往来、存款，任期的家底就说不清。
反例
年末结转凭证借记结余 3,000.00 元，贷记银行存款。
正例
结转凭证只涉及收入、支出、结转、结余科目，任期资金分毫不差。
参数
无。
局限
账簿始于任期之内的，任职前的资金以期初凭证为准，任职日至建账日无从检查。任职登记没有离任日，或者与别的主席任期重叠的，
照登记计算并报告未能检查，不作为没有问题。直接调整是否应当由 ACC、STM 各项检查。
"""

from __future__ import annotations

from ledger.facts import Facts
from ledger.journal_rows import PostingRow, net_fen
from ledger.money import shown_yuan
from ledger.register_rows import OfficerRow
from rules.departure.in_term import in_term
from rules.departure.position import ASSET_FUNDS, EXPENSE, INCOME, NET_ASSETS, Term, bridge
from rules.departure.terms import term_doubts
from rules.evidence import posting_evidence
from rules.finding import Checked, Citation, Evidence, Kind, Severity, Text
from rules.rule import Case, rule
from rules.vouchers import first_placed


@rule(
    code="DEP08",
    name="term-bridge-broken",
    title=Text("任期资金变动不闭合", "The term's funds do not add up"),
    severity=Severity.HIGH,
    citations=(Citation("accounting-system-2021", "第五十条"), Citation("accounting-law-2024", "第十七条")),
    needs=("officers",),
    kinds=(Kind.DEPARTURE,),
)
def check(case: Case) -> Checked:
    """Report a term whose opening funds, income, expenditure and adjustments do not make its closing funds."""
    return in_term(case, _look)


def _look(case: Case, term: Term) -> Checked:
    made = bridge(case.facts, term)
    sums = Text(
        f"任职前资金 {shown_yuan(made.opening_fen)} ＋收入 {shown_yuan(made.income_fen)} －支出 "
        f"{shown_yuan(made.expenditure_fen)} ＋调整 {shown_yuan(made.adjustments_fen)} ，离任时资金 "
        f"{shown_yuan(made.closing_fen)} 元",
        f"opening {shown_yuan(made.opening_fen)} + income {shown_yuan(made.income_fen)} - expenditure "
        f"{shown_yuan(made.expenditure_fen)} + adjustments {shown_yuan(made.adjustments_fen)}; closing "
        f"{shown_yuan(made.closing_fen)} yuan",
    )
    untested = list(term_doubts(case.rows(OfficerRow), case.subject, case.until))
    if made.starts_inside:
        zh = f"账簿始于任期之内，任职日 {term.since} 到建账日的资金变动无从检查"
        untested.append(Text(zh, "the books begin inside the term: what happened before cannot be tested"))
    gap, evidence = made.gap_fen, _breaks(case.facts, term)
    if not gap and not evidence:
        return Checked((), 1, tuple(untested), sums)
    shown = shown_yuan(abs(gap))
    finding = case.finding(
        term.subject,
        term.leaving.isoformat(),
        message=Text(
            f"{term.since} 至 {term.leaving} 任期资金不闭合，差 {shown} 元：{sums.zh}；涉及结转凭证 {len(evidence)} 张",
            f"funds of the term do not add up by {shown} yuan: {sums.en}",
        ),
        expected=Text("结转凭证不改变资金总额", "carry-forward changes no total of funds"),
        found=Text(f"差 {shown} 元", f"{shown} yuan apart"),
        remedy=Text(
            "查明结转凭证中不属于收支和结转结余的分录，更正", "find and correct what carry-forward moved elsewhere"
        ),
        evidence=evidence,
        amount_fen=abs(gap) or max(e.amount_fen or 0 for e in evidence),
        related=("STM04",),
    )
    return Checked((finding,), 1, tuple(untested), sums)


def _breaks(facts: Facts, term: Term) -> list[Evidence]:
    """Return the carry-forward vouchers of the term that move something besides income, expenditure and funds."""
    closing = [v for v in facts.listed if v.carry_forward and term.since <= v.date <= term.leaving]
    note = Text("结转凭证动了收支、结转结余以外的科目", "carry-forward moved another account")
    found = []
    for voucher in sorted(closing, key=lambda voucher: voucher.entry):
        strange = [line for line in facts.booked.by_entry.get(voucher.entry, ()) if not _is_of_funds(line)]
        moved = net_fen(strange)
        if moved:
            found.append(posting_evidence(first_placed(strange), note, abs(moved)))
    return sorted(found, key=lambda e: (str(e.date), e.voucher))


def _is_of_funds(line: PostingRow) -> bool:
    return line.element in (INCOME, EXPENSE) or (line.element == NET_ASSETS and line.group not in ASSET_FUNDS)
