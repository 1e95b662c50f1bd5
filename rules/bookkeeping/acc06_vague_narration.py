"""摘要含糊：凭证摘要没有写明经济业务的内容。

检查内容
本期凭证的摘要去掉“含糊摘要”词表里的词、数字和标点以后什么都不剩的（“报销”“支付费用”“3月活动费”），或者没有摘要的。
同一摘要一年并作一项。
依据
《会计基础工作规范》：记账凭证应当填明经济业务的内容摘要。《工会会计制度》第六十五条：填制会计凭证按该规范执行。
危害
看不出钱用在哪里，事后无法核对，也使按用途的检查失效。
反例
摘要“报销”“支付费用”。
正例
摘要“羽毛球协会3月活动场地租金”。
参数
无；词表在 rules/words/vague_narrations.toml。
局限
只看摘要，一律为疑点：活动名称、发票品名写在别处的凭证也会列出。写得具体而不真实的摘要不能发现。
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from ledger.journal_rows import VoucherRow
from rules.evidence import voucher_evidence
from rules.finding import Checked, Citation, Finding, Severity, Text, examined, not_applicable
from rules.gather import MOST_EVIDENCE, cut, debits_by_entry
from rules.rule import Case, rule
from rules.text.lists import word_list
from rules.text.match import made_of

_LIST = "vague_narrations"


@rule(
    code="ACC06",
    name="vague-narration",
    title=Text("摘要含糊", "Vague narration"),
    severity=Severity.LOW,
    citations=(
        Citation("bookkeeping-standards", "记账凭证内容摘要（条号未核对）"),
        Citation("accounting-system-2021", "第六十五条"),
    ),
    lead_only=True,
)
def check(case: Case) -> Checked:
    """Report narrations that hold nothing but vague words, or nothing at all."""
    vouchers = case.vouchers
    if not vouchers:
        return not_applicable("本期没有凭证", "no vouchers in the period")
    days = word_list(_LIST).changes
    doubtful = {text for text in {v.narration for v in vouchers} if any(made_of(text, _LIST, day) for day in days)}
    groups: dict[tuple[int, str], list[VoucherRow]] = defaultdict(list)
    for voucher in [voucher for voucher in vouchers if voucher.narration in doubtful]:
        if made_of(voucher.narration, _LIST, voucher.event_date):
            groups[voucher.date.year, voucher.narration.strip()].append(voucher)
    findings = [_finding(case, *key, own) for key, own in sorted(groups.items(), key=lambda group: group[0])]
    return examined(len(vouchers), findings)


def _finding(case: Case, year: int, narration: str, vouchers: Sequence[VoucherRow]) -> Finding:
    amounts = debits_by_entry(case)
    total = sum(amounts.get(voucher.entry, 0) for voucher in vouchers)
    listed = word_list(_LIST).shown
    told = Text(
        f"{year} 年 {len(vouchers)} 张凭证的摘要是“{narration}”，没有写明业务内容（{listed.zh}）"
        if narration
        else f"{year} 年 {len(vouchers)} 张凭证没有摘要",
        f"{year}: {len(vouchers)} vouchers are narrated “{narration}”, which says nothing ({listed.en})",
    )
    note = Text(f"摘要“{narration}”" if narration else "没有摘要", f"narration “{narration}”")
    evidence = [voucher_evidence(v, note, amounts.get(v.entry, 0)) for v in vouchers[:MOST_EVIDENCE]]
    return case.finding(
        str(year),
        narration,
        message=told,
        expected=Text("摘要写明什么事、为谁、哪一期", "a narration that says what, for whom and when"),
        found=told,
        remedy=Text("补充说明业务内容；以后按业务写摘要", "add what it was; narrate by the business in future"),
        evidence=cut(evidence, len(vouchers), total),
        related=("BIL03",),
    )
