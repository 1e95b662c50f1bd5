"""出纳兼任不相容职务：出纳兼稽核，兼记收入、支出、费用、债权债务账，或在岗位登记上兼任会计。

检查内容
逐张凭证：一、出纳与审核是同一人；二、出纳与记账是同一人，而凭证记有收入、支出或债权债务（应收、应付、其他应收应付、
代管经费）科目。岗位登记簿：三、同一人在同一天既任出纳又任会计。
依据
《中华人民共和国会计法》第三十五条：会计机构内部应当建立稽核制度。出纳人员不得兼任稽核、会计档案保管和收入、支出、
费用、债权债务账目的登记工作。
所引会计法是2024年6月28日修正的文本，修正施行以前的业务须对照修正前的文本。
危害
管钱的人又管账，收了不入账、付了多记账都没有人对得出来。
反例
出纳赵某给付款凭证记账。
正例
出纳登记现金日记账和银行存款日记账，会计登记收支和往来。
参数
无。
局限
凭证没有写出纳的无法判断，只报告收付款凭证的张数。会计档案由谁保管不在账套里。没有 officers.csv 的只查凭证。
2024 年 7 月 1 日前的业务适用会计法修正前的相应条文，内容相同，条号不同。
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from ledger.journal_rows import PostingRow, VoucherRow
from ledger.register_rows import OfficerRow
from rules.control.posts import clashes, terms
from rules.evidence import register_evidence, voucher_evidence
from rules.finding import Checked, Citation, Evidence, Finding, Severity, Text, examined, not_applicable
from rules.gather import debits_by_entry, limited
from rules.indexes import money_by_entry
from rules.rule import Case, rule
from rules.signatures import by_signatures
from rules.vouchers import in_order

_DEBTS = (
    "due_from_higher_union",
    "due_from_lower_union",
    "other_receivables",
    "due_to_higher_union",
    "due_to_lower_union",
    "other_payables",
    "custody_funds",
    "loans_taken",
)


@rule(
    code="ACC04",
    name="cashier-duties-combined",
    title=Text("出纳兼任不相容职务", "Cashier with duties that exclude each other"),
    severity=Severity.HIGH,
    citations=(Citation("accounting-law-2024", "第三十五条"),),
)
def check(case: Case) -> Checked:
    """Report cashiers who review, who post what a cashier must not, or who are the accountant too."""
    moving = money_by_entry(case)
    reviews: list[VoucherRow] = []
    posts: list[VoucherRow] = []
    tested = bare = 0
    for signed, own in by_signatures(case).items():
        if not signed.cashier:
            bare += len([voucher for voucher in own if voucher.entry in moving])
            continue
        tested += len(own)
        if signed.cashier == signed.reviewed:
            reviews += own
        if signed.cashier == signed.posted:
            posts += [voucher for voucher in own if any(map(_barred, case.booked.by_entry[voucher.entry]))]
    findings = [
        *_by_person(case, reviews, "reviews", Text("出纳兼审核（稽核）", "the cashier reviewed")),
        *_by_person(case, posts, "posts", Text("出纳登记收支或债权债务账", "the cashier posted")),
    ]
    if "officers" in case.facts.registers:
        officers = case.rows(OfficerRow)
        tested += sum(officer.post == "cashier" for officer in officers)
        findings += _both_posts(case, officers)
    untested = []
    if bare:
        zh = f"{bare} 张收付款凭证没有写出纳，无法判断"
        untested.append(Text(zh, f"{bare} vouchers of money do not name the cashier"))
    if not tested and not untested:
        return not_applicable("本期没有收付款凭证", "no voucher of money in the period")
    return examined(tested, findings, untested)


def _barred(posting: PostingRow) -> bool:
    """Tell whether a line is on an account that a cashier must not post to."""
    return posting.element in ("income", "expense") or posting.group in _DEBTS


def _by_person(case: Case, vouchers: Sequence[VoucherRow], what: str, said: Text) -> Iterator[Finding]:
    debits = debits_by_entry(case) if vouchers else {}
    persons: dict[tuple[int, str], list[VoucherRow]] = defaultdict(list)
    for voucher in in_order(vouchers):
        persons[voucher.date.year, voucher.cashier].append(voucher)
    for (year, who), own in sorted(persons.items(), key=lambda person: person[0]):
        evidence = [voucher_evidence(voucher, said, debits.get(voucher.entry)) for voucher in own]
        told = Text(f"{year} 年 {len(own)} 张凭证{said.zh}：{who}", f"{len(own)} vouchers of {year}: {said.en} ({who})")
        yield _finding(case, (str(year), what, who), told, evidence)


def _both_posts(case: Case, officers: Sequence[OfficerRow]) -> Iterator[Finding]:
    cashiers, accountants = terms(officers, ("cashier",)), terms(officers, ("accountant",))
    both: dict[str, list[OfficerRow]] = defaultdict(list)
    for cashier, _ in clashes(cashiers, accountants, case.since, case.until):
        both[cashier.name].append(cashier.row)
    note = Text("岗位登记", "the register of officers")
    for who, own in sorted(both.items()):
        told = Text(f"{who} 同时任出纳和会计", f"{who} is cashier and accountant at once")
        yield _finding(case, ("post", who), told, [register_evidence(officer, note) for officer in own])


def _finding(case: Case, key: tuple[str, ...], told: Text, evidence: list[Evidence]) -> Finding:
    return case.finding(
        *key,
        message=told,
        expected=Text("出纳不兼稽核，不记收支和债权债务账", "a cashier who neither reviews nor posts such accounts"),
        found=told,
        remedy=Text("出纳与会计、稽核分设；人手不足的委托代理记账", "separate the posts, or entrust the bookkeeping"),
        evidence=limited(evidence),
    )
