"""往来款项不设明细：其他应收款、其他应付款、代管经费直接记在一级科目，或多半记在“其他”明细。

检查内容
一、本期记在其他应收款（135）、其他应付款（215）、代管经费（221）一级科目上、没有明细的分录，按科目列为问题；二、期末名称为
“其他”“综合”“暂存”等的明细余额占该科目余额的比重超过惯例比重的，列为疑点。
依据
《工会会计制度》附录1第135号科目二：按照类别以及债务单位（或个人）设置明细账；第215号科目二：按对方单位或个人设置明细账；
第221号科目二：按照拨入代管经费的项目或单位设置明细账。
危害
分不清谁欠工会、工会欠谁，无法对账和追讨，也掩盖账龄。
反例
全年借支备用金都记“135 其他应收款”，没有个人明细。
正例
135 其他应收款——0101 张某备用金。
参数
receivable.other_share。
局限
明细的名称是否真实须由人核对。
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from operator import attrgetter
from types import MappingProxyType

from ledger.accounts import components
from ledger.journal_rows import PostingRow, sums_by
from ledger.money import shown_yuan
from rules.evidence import posting_evidence
from rules.finding import Certainty, Checked, Citation, Evidence, Finding, Severity, Text, examined, not_applicable
from rules.gather import Values, limited
from rules.law import ParameterValue
from rules.receivables.parties import holder, said
from rules.rule import Case, rule
from rules.vouchers import first_lines

SYSTEM = "accounting-system-2021"
_GROUPS: Mapping[str, Citation] = MappingProxyType(
    {
        "other_receivables": Citation(SYSTEM, "附录1 第135号科目 二"),
        "other_payables": Citation(SYSTEM, "附录1 第215号科目 二"),
        "custody_funds": Citation(SYSTEM, "附录1 第221号科目 二"),
    }
)


@rule(
    code="CUR13",
    name="receivables-without-sub-accounts",
    title=Text("往来款项不设明细", "Receivables and payables without sub-accounts"),
    severity=Severity.LOW,
    citations=tuple(_GROUPS.values()),
    parameters=("receivable.other_share",),
)
def check(case: Case) -> Checked:
    """Report postings on the bare level-1 accounts, and balances that vague sub-accounts hold."""
    postings = [posting for posting in case.facts.booked.on(*_GROUPS) if posting.date <= case.until]
    if not postings:
        return not_applicable("账上没有往来款项", "the books hold no such receivables or payables")
    shares = Values(case, "receivable.other_share")
    value = shares.on(case.until)
    findings: list[Finding] = []
    for group in sorted(_GROUPS):
        own = [posting for posting in postings if posting.group == group]
        findings += _bare(case, group, own)
        if value is not None:
            findings += _vague(case, group, own, value)
    return examined(len({posting.account for posting in postings}), findings, shares.untested)


def _bare(case: Case, group: str, postings: Sequence[PostingRow]) -> Iterator[Finding]:
    own = (p for p in postings if p.date >= case.since and not (p.head.opening or p.head.change_over))
    bare = [posting for posting in own if len(components(posting.account)) == 1]
    if not bare:
        return
    note = Text("记在一级科目，没有明细", "on the bare level-1 account")
    sums = sums_by(bare, attrgetter("entry"))
    first = first_lines(bare)
    evidence = [posting_evidence(posting, note, abs(sums[posting.entry])) for posting in first]
    name = components(first[0].account)[0][1]
    told = Text(
        f"{name}有 {len(first)} 张凭证没有记到明细科目", f"{len(first)} vouchers on the bare account of {group}"
    )
    yield _finding(case, ("bare", group), group, told, evidence, None)


def _vague(case: Case, group: str, postings: Sequence[PostingRow], value: ParameterValue) -> Iterator[Finding]:
    sums = sums_by(postings, attrgetter("account"))
    whole = sum(abs(fen) for fen in sums.values())
    vague = {a: f for a, f in sums.items() if f and holder(a) and said(holder(a), case.until, "vague_holders")}
    held = sum(abs(fen) for fen in vague.values())
    if not whole or Decimal(held) <= value.number * whole:
        return
    note = Text("名称含糊的明细余额", "balance of a vague sub-account")
    evidence = [Evidence(note, date=case.until, account=a, amount_fen=abs(f)) for a, f in sorted(vague.items())]
    percent = held * 100 // whole
    names = "、".join(holder(account) for account in sorted(vague))
    told = Text(
        f"{case.until}“{names}”明细余额 {shown_yuan(held)} 元，占该科目余额的 {percent}%",
        f"vague sub-accounts of {group} hold {shown_yuan(held)} yuan, {percent}% of its balances",
    )
    yield _finding(case, ("vague", group), group, told, evidence, value)


def _finding(
    case: Case, key: tuple[str, ...], group: str, told: Text, evidence: list[Evidence], value: ParameterValue | None
) -> Finding:
    return case.finding(
        *key,
        message=told,
        expected=Text("按对方单位、个人或项目设置明细", "a sub-account for each party or project"),
        found=told,
        remedy=Text("逐笔查明对方，转入各自的明细科目", "find each party and move the entries to its sub-account"),
        evidence=limited(evidence),
        certainty=Certainty.ESTABLISHED if value is None else Certainty.LEAD,
        parameters=() if value is None else (value,),
        citations=(_GROUPS[group],),
        related=("CUR01",),
    )
