"""建会筹备金计入收入：工会建立之前，或以筹备金名义收到的钱，直接记入拨缴经费收入。

检查内容
逐张净贷记拨缴经费收入（402）的凭证：日期早于 union.toml 的 established 的，列为问题；摘要或对方含筹备金用语、凭证
没有借记其他应付款（215）的，列为疑点。
依据
《工会会计制度》附录1第215号科目三(一)：收到筹建单位交来的建会筹备金，贷记其他应付款；建立工会后，再按规定转入拨缴
经费收入、应付上级经费和应付下级经费。
危害
工会还没有建立，这笔钱不属于任何一级工会的收入；直接计收入就漏了上级的分成和应返还的部分。
反例
2025 年 3 月成立的工会，2025 年 1 月收到筹备金 5,000.00 元，贷记拨缴经费收入。
正例
收到时贷记其他应付款——建会筹备金；建会后借记其他应付款，贷记拨缴经费收入和应付上级经费。
参数
无；词表在 rules/words/founding_fund.toml。
局限
建会日期以 union.toml 为准。把筹备金写成别的名目的，须看上级工会的往来记录。
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ledger.journal_rows import PostingRow, VoucherRow, net_fen
from ledger.money import shown_yuan
from rules.evidence import posting_evidence
from rules.finding import Certainty, Checked, Citation, Finding, Severity, Text, examined
from rules.remittance.movements import OWN
from rules.remittance.words import words
from rules.rule import Case, rule
from rules.vouchers import first_placed


@rule(
    code="INC14",
    name="founding-fund-as-income",
    title=Text("建会筹备金计入收入", "Founding fund booked as income"),
    severity=Severity.HIGH,
    citations=(Citation("accounting-system-2021", "附录1 第215号科目 三(一)"),),
)
def check(case: Case) -> Checked:
    """Report contribution income of before the union existed, or that its own words call a founding fund."""
    vouchers = {line.entry: line.head for line in case.booked.on(OWN)}
    found = (_finding(case, case.booked.by_entry[entry]) for entry in _suspects(case, vouchers.values()))
    findings = [one for one in found if one is not None]
    untested = []
    if case.facts.union.established is None:
        zh = "union.toml 没有 established（建会日期），建会之前的收入无法判断"
        untested.append(Text(zh, "union.toml has no `established`: income of before it cannot be told"))
    return examined(len(vouchers), findings, untested)


def _suspects(case: Case, vouchers: Iterable[VoucherRow]) -> list[int]:
    """Return the entries of before the union existed, or whose words name the fund: most vouchers are neither."""
    established, listed = case.facts.union.established, words("founding_fund")
    spoken = {text: bool(listed.matched(text)) for text in {_said(voucher) for voucher in vouchers}}
    return [
        voucher.entry
        for voucher in vouchers
        if spoken[_said(voucher)] or (established is not None and voucher.date < established)
    ]


def _said(voucher: VoucherRow) -> str:
    return f"{voucher.payee} {voucher.narration}"


def _finding(case: Case, lines: Sequence[PostingRow]) -> Finding | None:
    income = [line for line in lines if line.group == OWN]
    credited = -net_fen(income)
    if credited <= 0:
        return None
    first, listed = first_placed(income), words("founding_fund")
    day, established, said = first.date, case.facts.union.established, _said(first.head)
    early = established is not None and day < established
    released = any(line.group == "other_payables" and line.amount_fen > 0 for line in lines)
    if not early and (released or not listed.matched(said)):
        return None
    voucher, money = first.voucher, shown_yuan(credited)
    if early:
        why = Text(f"凭证日期 {day} 早于建会日期 {established}", f"dated {day}, the union was founded on {established}")
    else:
        why = listed.shown(said)
    return case.finding(
        voucher,
        message=Text(
            f"{voucher} 把 {money} 元记入拨缴经费收入：{why.zh}",
            f"{voucher}: {money} yuan booked as contribution income; {why.en}",
        ),
        expected=Text("筹备金贷记其他应付款，建会后再按规定分解", "a payable until the union exists"),
        found=Text(f"贷记拨缴经费收入 {money} 元", f"{money} yuan of contribution income"),
        remedy=Text(
            "转入其他应付款——建会筹备金，建会后按规定在本级、上级、下级之间分解",
            "move it to other payables; split it between the levels once the union exists",
        ),
        evidence=[posting_evidence(first, why, credited)],
        amount_fen=credited,
        certainty=Certainty.ESTABLISHED if early else Certainty.LEAD,
    )
