"""虚开发票或变更品名：销售方的行业与发票品名不相称，或者摘要说买礼品、烟酒，发票却开成办公用品。

检查内容
本期入账并在发票登记簿的发票：一、销售方名称像烟酒、餐饮、旅游、娱乐、珠宝、加油等行业，而品名属于与之不相称的门类
（如烟酒店开办公用品、旅行社开图书）；二、凭证摘要命中“礼品、土特产用语”或“烟酒用语”，而品名是办公、印刷、会议、培训一类。
依据
《中华人民共和国发票管理办法》第十九条：取得发票时，不得要求变更品名和金额；第二十一条：不得让他人为自己开具与实际经营业务情况
不符的发票。
危害
以合法的品名掩盖送礼、吃喝、旅游和购物卡，是虚列支出。
反例
某名烟名酒店开具“办公用品” 4,800.00 元。
正例
文具店开具“文件夹、打印纸”。
参数
无；词表在 rules/words/seller_trades.toml、item_families.toml、gift.toml、alcohol_tobacco.toml。
局限
只凭名称和用语，一律为疑点；综合经营的商家可能确有其物。发票真伪须在税务查验平台查验，状态为作废、红冲、重复的见 BIL06。
没有写品名的发票不能判断，报告为未能检查。
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from ledger.journal_rows import PostingRow
from ledger.money import shown_yuan
from rules.finding import Checked, Citation, Finding, Severity, Text, examined, not_applicable
from rules.invoices.booked import booked_in_period, registered_in_period
from rules.invoices.grouped import one_finding
from rules.rule import Case, rule
from rules.text.lists import Field, word_list
from rules.text.match import Match, match
from rules.text.match import told as as_told
from rules.text.normalise import normalise
from rules.text.search import speaking

_DESK = frozenset({"office", "printing", "meeting", "training", "books"})
# What each trade does not sell: a hotel holds meetings, a supermarket sells stationery.
_UNLIKE: Mapping[str, frozenset[str]] = {
    "alcohol": _DESK | {"service", "sports"},
    "catering": frozenset({"office", "printing", "books", "sports"}),
    "travel": frozenset({"office", "printing", "books", "sports"}),
    "entertainment": _DESK | {"service"},
    "jewellery": _DESK | {"service", "sports"},
    "fuel": _DESK | {"service", "sports"},
    "supermarket": frozenset({"printing", "meeting", "training", "service"}),
}
_HIDDEN = ("gift", "alcohol_tobacco")


@rule(
    code="BIL04",
    name="goods-unlike-seller",
    title=Text("虚开发票或变更品名", "Fictitious invoice or altered goods"),
    severity=Severity.HIGH,
    citations=(Citation("invoice-measures-2023", "第十九条"), Citation("invoice-measures-2023", "第二十一条")),
    needs=("invoices",),
    lead_only=True,
)
def check(case: Case) -> Checked:
    """Report booked invoices whose goods go ill with their seller's trade or with what the voucher says."""
    booked = booked_in_period(case)
    if not booked:
        return not_applicable("本期没有入账的发票", "no invoices booked in the period")
    told = registered_in_period(case)
    items = [row.item for _, row in told]
    goods = _saying(set(items), "item_families")
    trades = _saying({row.seller or line.invoice_seller for line, row in told}, "seller_trades")
    hidden = {text for key in _HIDDEN for text in speaking(case, key, Field.NARRATION)}
    findings = []
    if goods and (trades or hidden):
        for line, row in told:
            seller = row.seller or line.invoice_seller
            if (seller in trades or line.head.narration in hidden) and row.item in goods:
                words = _unlike(line, row.item, seller)
                findings += [_finding(case, line, row.item, seller, words)] if words else []
    blank = len(booked) - len(told) + items.count("")
    untested = [Text(f"{blank} 张入账的发票没有登记品名", f"{blank} invoices without goods")] if blank else []
    return examined(len(booked) - blank, findings, untested)


def _saying(texts: Iterable[str], key: str) -> Collection[str]:
    """Return the texts in which a quick look finds a word of a list."""
    pattern = word_list(key).pattern
    return {text for text in texts if pattern.search(normalise(text))}


def _unlike(line: PostingRow, item: str, seller: str) -> tuple[Match, ...]:
    """Return the words that go ill together, none where nothing does."""
    at = line.date
    goods = match(item, "item_families", at, Field.ITEM)
    trades = match(seller, "seller_trades", at, Field.SELLER)
    for trade in trades:
        ill = [one for one in goods if one.means in _UNLIKE[trade.means]]
        if ill:
            return (trade, *ill)
    desk = [one for one in goods if one.means in _DESK]
    for key in _HIDDEN:
        said = match(line.head.narration, key, at) if desk else ()
        if said:
            return (*said, *desk)
    return ()


def _finding(case: Case, line: PostingRow, item: str, seller: str, words: tuple[Match, ...]) -> Finding:
    said, money = as_told(words), shown_yuan(line.amount_fen)
    return one_finding(
        case,
        line.voucher,
        line.invoice,
        lines=[line],
        message=Text(
            f"{line.date} 凭证 {line.voucher} 入账发票 {line.invoice}（{seller}，{item}）"
            f"{money} 元，品名可能不实：{said.zh}",
            f"{line.voucher}: invoice {line.invoice} of {money} yuan, goods may be untrue: {said.en}",
        ),
        expected=Text("品名与实际购买的、与销售方经营的相符", "goods as bought, and such as the seller trades in"),
        found=Text(f"{seller}开具“{item}”", f"“{item}” sold by {seller}"),
        remedy=Text(
            "核对实物、清单和签收；属实的换开发票，虚开的追回并移送",
            "check the goods and lists; have the invoice replaced, or recover the money",
        ),
        note=said,
        related=("BIL03", "EXP26"),
    )
