"""捐赠票据不合规：接受捐赠的收入没有开具财政部门监制的票据。

检查内容
其他收入的凭证，摘要、对方或活动命中“接受捐赠用语”的：没有写票据号，或票据种类不是财政票据的，逐张列出。
依据
《工会会计制度》第408号科目：接受捐赠的款项计入其他收入。《中华人民共和国会计法》第十四条：办理经济业务事项必须填制或者
取得原始凭证。
危害
捐赠人无法取得合规凭据，捐赠款容易不入账或另作他用。
反例
收到某公司捐赠职工书屋图书款 20,000.00 元，凭证没有票据号。
正例
开具财政部门监制的捐赠票据，凭证写明号码。
参数
无；词表在 rules/words/donations_received.toml。
局限
捐赠票据的专门办法原文未读到，只凭用语，一律为疑点。实物捐赠不经收入科目，不在此列。
"""

from __future__ import annotations

from collections.abc import Iterator
from operator import attrgetter

from ledger.journal_rows import PostingRow, sums_by
from ledger.money import shown_yuan
from rules.expenditure.purchases import FISCAL
from rules.finding import Checked, Citation, Finding, Severity, Text, examined, not_applicable
from rules.invoices.grouped import one_finding
from rules.rule import Case, rule, voucher_order
from rules.text.lists import Field
from rules.text.match import Match, match, told


@rule(
    code="BIL10",
    name="donation-receipt-missing",
    title=Text("捐赠票据不合规", "Donation receipt not of the prescribed kind"),
    severity=Severity.LOW,
    citations=(
        Citation("accounting-law-2024", "第十四条"),
        Citation("accounting-system-2021", "附录1 第408号科目 三(二)"),
    ),
    lead_only=True,
)
def check(case: Case) -> Checked:
    """Report donations received for which the voucher names no fiscal receipt."""
    given = [(line, words) for line in _received(case) if (words := _words(line))]
    if not given:
        return not_applicable("本期没有接受捐赠的收入", "no donations received in the period")
    bad = [(line, words) for line, words in given if not line.head.invoice or _wrong(line.head.invoice_type)]
    return examined(len(given), [_finding(case, line, words) for line, words in bad])


def _received(case: Case) -> Iterator[PostingRow]:
    """Yield a line for each voucher that took in other income, with the sum of it, in order of vouchers."""
    lines = case.booked.on("other_income")
    sums = sums_by(lines, attrgetter("entry"))
    first = {line.entry: line for line in reversed(lines)}
    for line in sorted(first.values(), key=lambda line: voucher_order(line.head)):
        if sums[line.entry] < 0:
            yield line._replace(amount_fen=-sums[line.entry])


def _wrong(kind: str) -> bool:
    return kind not in ("", FISCAL)


def _words(line: PostingRow) -> tuple[Match, ...]:
    head = line.head
    texts = ((head.narration, Field.NARRATION), (head.payee, Field.PAYEE), (head.activity, Field.ACTIVITY))
    return tuple(one for text, field in texts for one in match(text, "donations_received", head.event_date, field))


def _finding(case: Case, line: PostingRow, words: tuple[Match, ...]) -> Finding:
    money, said = shown_yuan(line.amount_fen), told(words)
    lack = (
        Text(f"票据种类是“{line.head.invoice_type}”", "a receipt of another kind")
        if line.head.invoice
        else Text("没有写票据号", "no receipt named")
    )
    return one_finding(
        case,
        line.voucher,
        lines=[line],
        message=Text(
            f"{line.date} 凭证 {line.voucher} 收到捐赠 {money} 元，{lack.zh}",
            f"{line.voucher}: donation of {money} yuan, {lack.en}",
        ),
        expected=Text("开具财政部门监制的捐赠票据", "a donation receipt made under the fiscal authority"),
        found=lack,
        remedy=Text("补开捐赠票据，在凭证上写明号码", "issue the receipt and note its number"),
        note=said,
        amount_fen=0,
    )
