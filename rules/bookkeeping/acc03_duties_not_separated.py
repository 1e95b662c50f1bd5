"""制单、审核、记账不分离：同一人制单又审核又记账，或记账的人同时是审批人、经办人。

检查内容
逐张凭证比较制单、审核、记账、经办、审批各人：一、制单、审核、记账是同一人；二、记账与审批是同一人；三、
记账与经办是同一人；四、制单与审核是同一人（第一种除外）。同一人同一种情形全年列一项。
依据
《中华人民共和国会计法》第二十五条（一）：记账人员与经济业务事项和会计事项的审批人员、经办人员、
财物保管人员的职责权限应当明确，并相互分离、相互制约。第三十五条：会计机构内部应当建立稽核制度。
所引会计法是2024年6月28日修正的文本，修正施行以前的业务须对照修正前的文本。
危害
一个人从头做到尾，错误和舞弊都没有第二个人发现。
反例
制单、审核、记账都是会计李某。
正例
会计制单，会计主管审核，另一会计记账；审批人是主席，经办人是工会委员。
参数
无。
局限
只看凭证上写的姓名，是否本人签名须看原件。缺少制单、审核或记账姓名的凭证无法判断，只报告张数。
制单与审核同一人没有被法律明文禁止，只列为疑点。出纳的不相容职务见 ACC04。
2024 年 7 月 1 日前的业务适用会计法修正前的相应条文，内容相同，条号不同。
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from ledger.journal_rows import VoucherRow
from rules.evidence import voucher_evidence
from rules.finding import Certainty, Checked, Citation, Finding, Severity, Text, examined, not_applicable
from rules.gather import MOST_EVIDENCE, cut, debits_by_entry
from rules.rule import Case, rule
from rules.signatures import Signatures, by_signatures
from rules.vouchers import in_order, years

_SEPARATION = Citation("accounting-law-2024", "第二十五条")
_INSPECTION = Citation("accounting-law-2024", "第三十五条")

ALL_THREE, POSTS_APPROVED, POSTS_HANDLED, REVIEWS_OWN = "all-three", "posts-approved", "posts-handled", "reviews-own"
_SAID: Mapping[str, Text] = MappingProxyType(
    {
        ALL_THREE: Text("制单、审核、记账是同一人", "prepared, reviewed and posted by one person"),
        POSTS_APPROVED: Text("记账与审批是同一人", "posted and approved by one person"),
        POSTS_HANDLED: Text("记账与经办是同一人", "posted and handled by one person"),
        REVIEWS_OWN: Text("制单与审核是同一人", "prepared and reviewed by one person"),
    }
)
_GROUND: Mapping[str, Citation] = MappingProxyType(
    {
        ALL_THREE: _INSPECTION,
        POSTS_APPROVED: _SEPARATION,
        POSTS_HANDLED: _SEPARATION,
        REVIEWS_OWN: _INSPECTION,
    }
)


@rule(
    code="ACC03",
    name="duties-not-separated",
    title=Text("制单、审核、记账不分离", "Preparing, reviewing and posting not separated"),
    severity=Severity.HIGH,
    citations=(_SEPARATION, _INSPECTION),
)
def check(case: Case) -> Checked:
    """Report persons who keep the books of what they approved, handled or should have reviewed."""
    if not case.vouchers:
        return not_applicable("本期没有凭证", "no vouchers in the period")
    groups: dict[tuple[str, str, int], list[VoucherRow]] = defaultdict(list)
    incomplete = 0
    for signed, vouchers in by_signatures(case).items():
        if not (signed.prepared and signed.reviewed and signed.posted):
            incomplete += len(vouchers)
        for what, who in _clashes(signed):
            for year, own in years(vouchers):
                groups[what, who, year] += own
    untested = []
    if incomplete:
        zh = f"{incomplete} 张凭证缺少制单、审核或记账的姓名，无法判断是否分离"
        untested.append(Text(zh, f"{incomplete} vouchers do not name who prepared, reviewed and posted them"))
    findings = [_finding(case, key, in_order(groups[key])) for key in sorted(groups)]
    return examined(len(case.vouchers) - incomplete, findings, untested)


def _clashes(signed: Signatures) -> Iterator[tuple[str, str]]:
    """Yield how the names on a voucher clash, and who it is."""
    reviewed, posted = signed.reviewed, signed.posted
    if reviewed and reviewed == signed.prepared:
        yield (ALL_THREE, posted) if posted == reviewed else (REVIEWS_OWN, reviewed)
    if posted and posted == signed.approved:
        yield POSTS_APPROVED, posted
    if posted and posted == signed.handled:
        yield POSTS_HANDLED, posted


def _finding(case: Case, key: tuple[str, str, int], vouchers: Sequence[VoucherRow]) -> Finding:
    what, who, year = key
    said, debits = _SAID[what], debits_by_entry(case)
    total = sum(debits.get(voucher.entry, 0) for voucher in vouchers)
    certain = what != REVIEWS_OWN
    return case.finding(
        str(year),
        what,
        who,
        message=Text(
            f"{year} 年 {len(vouchers)} 张凭证的{said.zh}（{who}）",
            f"{len(vouchers)} vouchers of {year} {said.en} ({who})",
        ),
        expected=Text("记账与审批、经办分开，审核由制单以外的人做", "posting apart from approval, review by another"),
        found=Text(f"{said.zh}：{who}", f"{said.en}: {who}"),
        remedy=Text(
            "调整岗位分工，由不同的人制单、审核、记账；人手不足的委托代理记账或由上级集中核算",
            "assign the duties to different persons, or entrust the bookkeeping to an agency",
        ),
        evidence=cut(
            [voucher_evidence(v, said, debits.get(v.entry)) for v in vouchers[:MOST_EVIDENCE]], len(vouchers), total
        ),
        certainty=Certainty.ESTABLISHED if certain else Certainty.LEAD,
        severity=None if certain else Severity.MEDIUM,
        citations=(_GROUND[what],),
    )
