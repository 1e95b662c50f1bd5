"""凭证借贷不平或单边：一张凭证借方合计不等于贷方合计，只有一行分录，或全部金额为零。

检查内容
逐张凭证：借方合计与贷方合计分毫不差；至少有两行分录（只有摘要、没有分录的也列）；借方合计大于零。读取账套时发现的不平凭证一并列出。
依据
《工会会计制度》第十条：工会会计处理应当采用借贷记账法记账。《中华人民共和国会计法》第十三条：
会计凭证必须符合国家统一的会计制度的规定。
所引会计法是2024年6月28日修正的文本，修正施行以前的业务须对照修正前的文本。
危害
借贷不平的账不能编出平衡的报表；单边和零金额的凭证常用来占号、凑数或掩盖删除。
反例
借：会员活动支出 100.01 元，贷：银行存款 100.00 元。
正例
借方合计与贷方合计都是 100.00 元。
参数
无。
局限
金额为零的凭证可能是作废凭证，只列为疑点。
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from operator import attrgetter

from ledger.journal_rows import VoucherRow
from ledger.money import shown_yuan
from rules.evidence import voucher_evidence
from rules.finding import Certainty, Checked, Citation, Evidence, Finding, Severity, Text, examined, not_applicable
from rules.indexes import audited
from rules.rule import Case, rule
from rules.vouchers import in_order, named

_REPORTED = ("VOUCHER_UNBALANCED",)  # what the reader calls a voucher that does not balance
EMPTY = "empty"


@rule(
    code="ACC02",
    name="voucher-unbalanced",
    title=Text("凭证借贷不平或单边", "Vouchers unbalanced or one-sided"),
    severity=Severity.HIGH,
    citations=(Citation("accounting-system-2021", "第十条"), Citation("accounting-law-2024", "第十三条")),
)
def check(case: Case) -> Checked:
    """Report vouchers whose debits are not their credits, of a single line, or without an amount."""
    facts, vouchers = case.facts, audited(case)
    reported = [entry for entry in facts.integrity if entry.code in _REPORTED]
    if not vouchers and not reported:
        return not_applicable("本期没有凭证", "no vouchers in the period")
    findings = list(_vouchers(case, vouchers))
    known = {(voucher.file, voucher.line) for voucher in facts.listed} if reported else set()
    for entry in reported:
        if (entry.file, entry.line) not in known:
            note = Text(entry.message, "reported when the book was read")
            told = Text(
                f"读取账套时发现借贷不平的凭证：{entry.message}", f"unbalanced voucher, left out: {entry.message}"
            )
            evidence = Evidence(note, file=entry.file, line=entry.line)
            findings.append(_finding(case, ("reported", entry.message), told, evidence, 0))
    return examined(len(vouchers) + len(reported), findings)


def _vouchers(case: Case, vouchers: Sequence[VoucherRow]) -> Iterator[Finding]:
    postings = case.facts.booked.by_entry
    # What balances and has an amount at all has a debit and a second line.
    fen_of = attrgetter("amount_fen")
    sound = {entry for entry, own in postings.items() if not sum(map(fen_of, own)) and own[0].amount_fen}
    for voucher in in_order(voucher for voucher in vouchers if voucher.entry not in sound):
        name, amounts = named(voucher), [fen_of(posting) for posting in postings.get(voucher.entry, ())]
        debit = sum(fen for fen in amounts if fen > 0)
        credit = -sum(fen for fen in amounts if fen < 0)
        if debit != credit:
            told = Text(
                f"凭证 {name} 借方合计 {shown_yuan(debit)} 元，贷方合计 {shown_yuan(credit)} 元，"
                f"相差 {shown_yuan(abs(debit - credit))} 元",
                f"voucher {name}: debits {shown_yuan(debit)}, credits {shown_yuan(credit)}",
            )
            evidence = voucher_evidence(voucher, Text("借贷不平的凭证", "an unbalanced voucher"), debit)
            yield _finding(case, ("unbalanced", name), told, evidence, abs(debit - credit))
        elif not debit:
            told = (
                Text(f"凭证 {name} 没有金额，或只有一行分录", f"voucher {name} has no amount, or a single line")
                if amounts
                else Text(f"凭证 {name} 没有分录", f"voucher {name} has no line at all")
            )
            evidence = voucher_evidence(voucher, Text("没有金额的凭证", "a voucher without an amount"), 0)
            yield _finding(case, (EMPTY, name), told, evidence, 0)


def _finding(case: Case, key: tuple[str, ...], told: Text, evidence: Evidence, amount: int) -> Finding:
    empty = key[0] == EMPTY
    return case.finding(
        *key,
        message=told,
        expected=Text("有借必有贷，借贷必相等", "debits and credits, and equal"),
        found=told,
        remedy=Text("核对原始凭证，按规定的方法更正，不得删除", "check against the documents and correct by the rules"),
        evidence=(evidence,),
        amount_fen=amount,
        certainty=Certainty.LEAD if empty else Certainty.ESTABLISHED,
        severity=Severity.LOW if empty else None,
    )
