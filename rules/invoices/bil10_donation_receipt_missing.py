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

from ledger.money import shown_yuan
from ledger.rows import Row, records
from rules.expenditure.purchases import FISCAL
from rules.finding import Checked, Citation, Finding, Severity, Text, examined, not_applicable
from rules.gather import day, in_order
from rules.invoices.grouped import grouped
from rules.rule import Case, rule
from rules.text.lists import Field
from rules.text.match import Match, match, told

_TEXTS = {"narration": Field.NARRATION, "payee": Field.PAYEE, "activity": Field.ACTIVITY}


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
    rows = case.activity
    rows = rows[(rows["meaning"] == "other_income") | (rows["group"] == "other_income")]
    sums = -rows.groupby("entry")["amount_fen"].sum()
    own = case.facts.vouchers[case.facts.vouchers["entry"].isin(sums[sums > 0].index)]
    own = in_order(own.assign(amount_fen=own["entry"].map(sums).astype("int64")))
    given = [(row, words) for row in records(own) if (words := _words(row))]
    if not given:
        return not_applicable("本期没有接受捐赠的收入", "no donations received in the period")
    bad = [(row, words) for row, words in given if not row["invoice"] or row["invoice_type"] not in ("", FISCAL)]
    return examined(len(given), [_finding(case, row, words) for row, words in bad])


def _words(row: Row) -> tuple[Match, ...]:
    at = day(row["event_date"])
    found = [match(str(row[name]), "donations_received", at, field) for name, field in _TEXTS.items()]
    return tuple(one for matches in found for one in matches)


def _finding(case: Case, row: Row, words: tuple[Match, ...]) -> Finding:
    money, said = shown_yuan(int(row["amount_fen"])), told(words)
    lack = (
        Text(f"票据种类是“{row['invoice_type']}”", "a receipt of another kind")
        if row["invoice"]
        else Text("没有写票据号", "no receipt named")
    )
    return grouped(
        case,
        str(row["voucher"]),
        rows=[row],
        message=Text(
            f"{day(row['date'])} 凭证 {row['voucher']} 收到捐赠 {money} 元，{lack.zh}",
            f"{row['voucher']}: donation of {money} yuan, {lack.en}",
        ),
        expected=Text("开具财政部门监制的捐赠票据", "a donation receipt made under the fiscal authority"),
        found=lack,
        remedy=Text("补开捐赠票据，在凭证上写明号码", "issue the receipt and note its number"),
        note=said,
        amount_fen=0,
    )
