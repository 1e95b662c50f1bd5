"""生日蛋糕券可作他用：生日慰问发的券卡不是蛋糕店的蛋糕券。

检查内容
事由是“生日”，或摘要、活动写明生日慰问的凭证，发放形式是券卡的（清单形式为 voucher，或摘要、品名命中“券卡形式用语”）：
对方、发票销售方和发票品名都没有命中“蛋糕烘焙”的，列为疑点。
依据
《基层工会经费收支管理办法》：会员过生日可以发放生日蛋糕等实物慰问品，也可以发放指定蛋糕店的蛋糕券。
危害
能买其他商品的券就是购物卡，绕开了形式和金额的限制。
反例
摘要“购会员生日蛋糕券”，对方是综合超市，发票品名为“日用品”。
正例
对方是蛋糕店，发票品名“生日蛋糕券（限兑蛋糕）”。
参数
无；词表在 rules/words/bakery.toml、rules/words/coupon_words.toml。
局限
只凭名称，一律为疑点：超市里的蛋糕柜台也能兑蛋糕。对方、销售方和品名都没有的，报告为未能检查。生日慰问的金额见 EXP07。
"""

from __future__ import annotations

from collections.abc import Sequence
from operator import attrgetter

from ledger.journal_rows import PostingRow
from rules.expenditure.handouts import granted
from rules.finding import Checked, Citation, Severity, Text, examined, not_applicable
from rules.gather import joined
from rules.rule import Case, rule
from rules.text.lists import Field
from rules.text.search import Spoken, about, gathered, is_about, pointed_out, search

_BIRTHDAY = "生日"
_SOLD_BY = (Field.PAYEE, Field.SELLER, Field.ITEM)
EXPECTED = Text("发生日蛋糕等实物，或指定蛋糕店的蛋糕券", "a cake, or a coupon of a named bakery")
REMEDY = Text("查看券样和使用范围；能兑其他商品的停止发放", "look at the coupon; stop it if it buys other goods")


@rule(
    code="EXP08",
    name="cake-voucher-redeemable",
    title=Text("生日蛋糕券可作他用", "Cake voucher usable for other goods"),
    severity=Severity.LOW,
    citations=(Citation("grassroots-funds-2017", "第八条"),),
    lead_only=True,
)
def check(case: Case) -> Checked:
    """Report birthday coupons whose seller and item are nothing of a bakery's."""
    birthday = about(case, _BIRTHDAY)
    if not birthday:
        return not_applicable("本期没有生日慰问支出", "no spending on birthdays in the period")
    coupons = _coupons(case, birthday)
    baked = {one.entry for one in search(case, ("bakery",), _SOLD_BY, among=_of_birthday)}
    findings, unknown = [], []
    for one in coupons:
        if one.entry in baked:
            continue
        seller = one.row.invoice_seller or one.head.payee
        if not (seller or one.item):
            unknown.append(one.voucher or str(one.day))
            continue
        why = Text(f"对方“{seller}”和发票品名都不是蛋糕烘焙", f"neither “{seller}” nor the item is of a bakery")
        looks = Text("生日慰问的券卡不是蛋糕店的", "birthday coupons that are not of a bakery")
        findings.append(pointed_out(case, one, looks, EXPECTED, REMEDY, why=why, related=("EXP03", "EXP07")))
    untested = []
    if unknown:
        zh = f"凭证 {joined(unknown)} 没有对方、销售方和发票品名，不知道是哪里的券"
        untested.append(Text(zh, f"{len(unknown)} vouchers name neither payee nor seller nor item"))
    return examined(len(coupons) or len({line.entry for line in birthday}), findings, untested)


def _of_birthday(line: PostingRow) -> bool:
    return is_about(line, _BIRTHDAY)


def _coupons(case: Case, birthday: Sequence[PostingRow]) -> list[Spoken]:
    """Return the birthday vouchers that bought coupons or cards, by their words or by the form on their list."""
    lists = {row.list for row in granted(case) or () if row.form == "voucher" and row.list}
    listed = {one.entry: one for one in gathered(case, [line for line in birthday if line.list in lists])}
    told = search(case, ("coupon_words",), (Field.NARRATION, Field.ITEM), among=_of_birthday)
    found = {**listed, **{one.entry: one for one in told}}
    return sorted(found.values(), key=attrgetter("order"))
