"""行政补助与拨缴经费混用：行政补助收入的摘要像拨缴，或拨缴经费收入的摘要像补助。

检查内容
逐笔查看行政补助收入（405）的贷方，摘要或对方含拨缴用语的列出；逐笔查看拨缴经费收入（402）的贷方，摘要只含补助
用语、不含拨缴用语的列出。用语见词表，每项发现写明命中的词和词表日期。
依据
《工会会计制度》附录1第405号科目：行政补助收入不包括行政方面按规定向工会拨缴的工会经费；第402号科目。
危害
用补助冲抵拨缴，少计应上缴上级的部分；把补助记成拨缴，虚增拨缴数，掩盖少拨。
反例
行政补助收入一笔，摘要“拨缴一季度工会经费 2%”。
正例
按工资总额 2% 拨来的记 402 和 211，另给的活动补助记 405，摘要写明。
参数
无；词表在 rules/words/contribution.toml、rules/words/subsidy.toml。
局限
只看用语，一律为疑点，须看拨款通知和银行回单。摘要不含词表中的词的不会被发现。
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import cache

from ledger.journal_rows import PostingRow, net_fen
from ledger.money import shown_yuan
from rules.evidence import posting_evidence
from rules.finding import Checked, Citation, Finding, Severity, Text, examined
from rules.remittance.movements import OWN as CONTRIBUTION
from rules.remittance.words import SpokenOf, words
from rules.rule import Case, rule
from rules.vouchers import first_placed

SYSTEM = "accounting-system-2021"
SUBSIDY = "employer_subsidy_income"


@rule(
    code="INC04",
    name="subsidy-for-contribution",
    title=Text("行政补助与拨缴经费混用", "Employer's subsidy and contribution confused"),
    severity=Severity.MEDIUM,
    citations=(Citation(SYSTEM, "附录1 第405号科目 一"), Citation(SYSTEM, "附录1 第402号科目 一")),
    lead_only=True,
)
def check(case: Case) -> Checked:
    """Report income of one kind that its own words call the other."""
    booked: dict[tuple[int, str], list[PostingRow]] = defaultdict(list)
    for line in case.booked.on(SUBSIDY, CONTRIBUTION):
        booked[line.entry, line.group].append(line)
    credited = [lines for lines in booked.values() if net_fen(lines) < 0]
    suspect = cache(_of_the_other_kind)  # many vouchers say the same
    findings = []
    for lines in credited:
        listed = suspect(lines[0].group, _said(lines[0]))
        if listed is not None:
            findings.append(_finding(case, lines, listed))
    return examined(len(credited), findings)


def _said(line: PostingRow) -> str:
    return f"{line.head.payee} {line.head.narration}"


def _of_the_other_kind(group: str, said: str) -> SpokenOf | None:
    """Return the list whose words name the other kind of income than the account does, None where none do."""
    contribution, subsidy = words("contribution"), words("subsidy")
    if contribution.matched(said):
        return contribution if group == SUBSIDY else None
    return subsidy if group == CONTRIBUTION and subsidy.matched(said) else None


def _finding(case: Case, lines: Sequence[PostingRow], listed: SpokenOf) -> Finding:
    first, credit = first_placed(lines), -net_fen(lines)
    said, group = _said(first), first.group
    if group == SUBSIDY:
        booked, looks = "行政补助收入（405）", "拨缴经费"
    else:
        booked, looks = "拨缴经费收入（402）", "行政补助"
    amount, voucher = shown_yuan(credit), first.voucher
    return case.finding(
        voucher,
        group,
        message=Text(
            f"{voucher} 记入{booked} {amount} 元，摘要“{first.head.narration}”像是{looks}：{listed.shown(said).zh}",
            f"{voucher}: {amount} yuan, its words speak of the other kind: {listed.shown(said).en}",
        ),
        expected=Text(
            "行政按工资总额拨缴的记 402 和 211，另给的补助记 405", "contributions on 402 and 211, subsidies on 405"
        ),
        found=Text(f"记入{booked} {amount} 元", f"{amount} yuan on the account of the other kind"),
        remedy=Text(
            "查看拨款通知和银行回单，确属另一种性质的作更正分录，并补计应付上级经费",
            "look at the notice and the bank slip; correct the entry and book the higher union's part",
        ),
        evidence=[posting_evidence(first, listed.shown(said), credit)],
        amount_fen=credit,
        related=("INC01", "INC12"),
    )
