"""上缴上级经费列作支出：付给上级工会的经费分成记入支出科目。

检查内容
逐笔查看支出科目的借方：对方是本单位的上级工会（union.toml 的 parent），且摘要含上缴用语的，列为问题；只占其一
的，列为疑点。用语见词表，每项发现写明命中的词和词表日期。
依据
《工会会计制度》附录1第211号科目二(二)：实际上缴工会经费时，借记应付上级经费，贷记银行存款；第五十八条：支出是
为开展各项工作和活动所发生的资金耗费和损失。
危害
收入和支出同时虚增，应付上级经费余额失真，预算执行率失实。
反例
借记其他支出 8,000.00 元，摘要“上缴一季度工会经费 40%”。
正例
借记应付上级经费，贷记银行存款。
参数
无；词表在 rules/words/remittance.toml。
局限
付给上级工会的款也可能是参加其活动的费用，只凭对方名称的为疑点。账内没有登记上级工会的，只能凭用语。
"""

from __future__ import annotations

from ledger.journal_rows import PostingRow
from ledger.money import shown_yuan
from rules.evidence import posting_evidence
from rules.finding import Certainty, Checked, Citation, Finding, Severity, Text, examined
from rules.gather import spending_by_entry
from rules.income.spoken import by_narration, by_payee
from rules.remittance.words import words
from rules.rule import Case, rule
from rules.vouchers import first_placed

SYSTEM = "accounting-system-2021"


@rule(
    code="INC11",
    name="remittance-as-expense",
    title=Text("上缴上级经费列作支出", "Remittance to the higher union booked as expenditure"),
    severity=Severity.HIGH,
    citations=(Citation(SYSTEM, "附录1 第211号科目 二(二)"), Citation(SYSTEM, "第五十八条")),
)
def check(case: Case) -> Checked:
    """Report expenditure that is paid to the higher union as its share, or looks like it."""
    parent, listed = case.facts.union.parent.strip(), words("remittance")
    said = [voucher for text, own in by_narration(case).items() if listed.matched(text) for voucher in own]
    payees = [payee for payee in by_payee(case) if payee.strip() == parent] if parent else []
    named = [voucher for payee in payees for voucher in by_payee(case)[payee]]
    spent = spending_by_entry(case)
    suspect = {voucher.entry for voucher in (*said, *named) if spent.get(voucher.entry, 0) > 0}
    findings = []
    for entry in suspect:
        first = first_placed(line for line in case.booked.by_entry[entry] if line.element == "expense")
        findings.append(_finding(case, first, spent[entry], parent))
    return examined(len(spent), findings)


def _finding(case: Case, line: PostingRow, amount: int, parent: str) -> Finding:
    listed, narration = words("remittance"), line.head.narration
    named = bool(parent) and line.head.payee.strip() == parent
    said = bool(listed.matched(narration))
    why_zh = [f"对方是上级工会“{parent}”"] if named else []
    why_en = ["paid to the higher union"] if named else []
    if said:
        why_zh.append(listed.shown(narration).zh)
        why_en.append(listed.shown(narration).en)
    voucher, money = line.voucher, shown_yuan(amount)
    why = Text("；".join(why_zh), "; ".join(why_en))
    return case.finding(
        voucher,
        message=Text(
            f"{voucher} 列支 {money} 元，摘要“{narration}”，{why.zh}",
            f"{voucher}: {money} yuan booked as expenditure; {why.en}",
        ),
        expected=Text("上缴经费借记应付上级经费（211），不是支出", "a remittance is a debit of 211, no expenditure"),
        found=Text(f"借记 {line.account} {money} 元", f"debit of {line.account}, {money} yuan"),
        remedy=Text(
            "查看上级工会收据，确属上缴的作更正分录，补计应付上级经费",
            "look at the higher union's receipt; if it is a remittance, correct the entry to 211",
        ),
        evidence=[posting_evidence(line, why, amount)],
        amount_fen=amount,
        certainty=Certainty.ESTABLISHED if named and said else Certainty.LEAD,
        related=("CUR10",),
    )
