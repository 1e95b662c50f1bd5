"""发放现金、购物卡或红包：节日慰问以现金、转账、购物卡、预付卡或红包代替慰问品。

检查内容
一、发放清单的节日慰问和消费券，发放形式是现金或转账的；二、凭证以预付卡支付，或摘要、对方、活动、发票品名命中
“购物卡代金券用语”的；三、命中“红包用语”“节日发钱用语”，或节日慰问以电子钱包支付而没有发票的；四、在消费券措施施行之前
发放消费券的。都为疑点（所引办法的原文未核）；本单位自己的标准禁止购物卡而以预付卡支付或发票品名是购物卡的，列为问题。
依据
《基层工会经费收支管理办法》：逢年过节可以向全体会员发放少量的节日慰问品。各省实施办法禁止发放现金和各种购物卡；
2017年12月15日以前，全国总工会2014年通知禁止购买购物卡、代金券。2025年起每年可发放一次工会消费券。
危害
现金和可以流通的卡券难以证明用途，是滥发奖金补贴、套取经费的常见形式。
反例
春节以现金向 120 名会员发放慰问金，清单形式为 cash。
正例
发放米、油等实物，或只能在指定商家领取指定慰问品的提货券；2025年5月发放一次工会消费券。
参数
handout.card_max 可发放购物卡的次数（零即禁止）；coupon.max_per_year 工会消费券每年发放次数上限。都用发放当天施行的值。
局限
住院、去世、困难等可以发慰问金，生日、婚育、退休的现金分别见 EXP07、EXP09、EXP12。消费券一年几次见 EXP52。
没有发放清单的节日慰问不能判断形式，报告为未能检查。
"""

from __future__ import annotations

from collections.abc import Sequence
from operator import attrgetter

from ledger.journal_rows import PostingRow
from rules.expenditure.grants import FESTIVALS, grants_for, spent_on
from rules.expenditure.handouts import COUPON, MONEY_FORMS, Handout, granted, handouts, in_money
from rules.finding import Certainty, Checked, Citation, Finding, Severity, Text, examined, not_applicable
from rules.gather import Values, joined
from rules.law import ValueStatus
from rules.rule import Case, rule
from rules.text.search import Spoken, gathered, pointed_out, search, spending, vouchers_spent

_CARDS, _COUPONS = "prepaid_cards", "coupons"
_MONEY_WORDS = ("red_packets", "festival_money")
EXPECTED = Text("发放慰问品实物或指定商家的提货凭证", "goods, or slips for goods of a named shop")
REMEDY = Text(
    "核对领取方式和签收；属于现金、购物卡的停止发放，按上级工会意见清退",
    "check what was handed out; stop it and settle what was given as money",
)


@rule(
    code="EXP03",
    name="cash-or-cards-handed-out",
    title=Text("发放现金、购物卡或红包", "Cash, shopping cards or red packets handed out"),
    severity=Severity.HIGH,
    citations=(Citation("grassroots-funds-2017", "第八条"), Citation("grassroots-funds-2017", "第二十四条")),
    parameters=("handout.card_max", "coupon.max_per_year"),
)
def check(case: Case) -> Checked:
    """Report holiday gifts that were money, shopping cards or red packets, and coupons before they were allowed."""
    grants = granted(case)
    festive = spent_on(case, *FESTIVALS)
    if not spending(case) and not grants:
        return not_applicable("本期没有支出和发放", "no spending and no grants in the period")
    findings: list[Finding] = []
    untested: list[Text] = []
    listed: set[str] = set()
    if grants is not None:
        own = grants_for(case, *FESTIVALS, COUPON, since=case.since)
        listed = {row.list for row in own if row.list}
        findings += [_of_list(case, handout) for handout in handouts(own, MONEY_FORMS)]
    elif festive:
        names = joined(sorted({line.voucher or "（无字号）" for line in festive}))
        zh = f"缺少登记簿 registers/grants.csv，节日慰问凭证 {names} 的发放形式无法检查"
        untested.append(Text(zh, "missing registers/grants.csv: the form of holiday gifts could not be tested"))
    cards = _cards(case)
    seen = {one.entry for one, _ in cards}
    findings += [found for _, found in cards]
    for one in _money(case, festive):
        if one.entry not in seen and one.row.list not in listed:  # a list says better than words what was handed out
            looks = Text("像是以现金或红包代替慰问品", "looks like money instead of goods")
            findings.append(pointed_out(case, one, looks, EXPECTED, REMEDY, why=_how(one)))
    findings += _coupons(case)
    tested = vouchers_spent(case) + len(grants or ())
    return examined(tested, findings, untested)


def _of_list(case: Case, one: Handout) -> Finding:
    key = ("list", one.list, one.day.isoformat(), one.occasion)
    return in_money(case, one, *key, expected=EXPECTED, remedy=REMEDY)


def _how(one: Spoken) -> Text | None:
    if one.matches:
        return None
    return Text(f"支付方式是 {one.row.payment}，没有发票", f"paid by {one.row.payment} without an invoice")


def _cards(case: Case) -> list[tuple[Spoken, Finding]]:
    limits, found = Values(case, "handout.card_max"), []
    by_word = {one.entry: one for one in search(case, (_CARDS,))}
    by_card = [line for line in spending(case) if line.payment == "prepaid-card"]
    paid = {one.entry: one for one in gathered(case, by_card)}
    for entry, one in sorted({**paid, **by_word}.items(), key=lambda pair: (pair[1].day, pair[1].voucher)):
        limit = limits.on(one.day)
        if limit is not None and limit.number > 0:
            continue
        told = entry in paid or one.in_item()
        sure = told and limit is not None and limit.status is ValueStatus.STANDARD
        banned = Text("当地禁止发放", "forbidden here") if limit else Text("当地规定未读到", "regional rule not read")
        looks = Text(f"像是购买购物卡、预付卡（{banned.zh}）", f"looks like shopping cards ({banned.en})")
        finding = pointed_out(
            case,
            one,
            looks,
            EXPECTED,
            REMEDY,
            certainty=Certainty.ESTABLISHED if sure else Certainty.LEAD,
            parameters=(limit,) if limit else (),
            why=None if one.matches else Text("支付方式是预付卡", "paid by prepaid card"),
        )
        found.append((one, finding))
    return found


def _money(case: Case, festive: Sequence[PostingRow]) -> list[Spoken]:
    wallet = [line for line in festive if line.payment == "e-wallet" and not line.invoice]
    by_word = {one.entry: one for one in search(case, _MONEY_WORDS)}
    by_wallet = {one.entry: one for one in gathered(case, wallet)}
    return sorted({**by_wallet, **by_word}.values(), key=attrgetter("order"))


def _coupons(case: Case) -> list[Finding]:
    allowed = Values(case, "coupon.max_per_year")
    looks = Text("发放消费券，当日没有准许发放的规定", "coupons on a day when no rule allowed them")
    return [
        pointed_out(case, one, looks, EXPECTED, REMEDY, related=("EXP52",))
        for one in search(case, (_COUPONS,))
        if allowed.on(one.day) is None
    ]
