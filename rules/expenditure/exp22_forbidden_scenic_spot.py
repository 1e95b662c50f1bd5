"""到明令禁止的风景名胜区活动：春游秋游、疗休养等活动的目的地在禁止之列。

检查内容
支出凭证的目的地、摘要、对方、活动、发票品名和销售方命中“明令禁止的风景名胜区”。同一活动的多张凭证并作一项。
与本单位名称同名的景区（本单位就在其地）不列。
依据
《基层工会经费收支管理办法》：开展春游秋游不得到有关部门明令禁止的风景名胜区。《关于严禁党政机关到风景名胜区开会的通知》
所列二十一处。
危害
借活动公款旅游。
反例
秋游目的地“黄山风景区”，付门票 6,000.00 元。
正例
秋游到本市农业观光园，当日往返；付给黄山路体育用品店的款不在此列。
参数
无；词表在 rules/words/scenic_spots.toml。
局限
名单凭二手资料，地名又与路名、单位名相混，一律为疑点。有的地方的规定只禁止其中一部分景区。
"""

from __future__ import annotations

from collections import defaultdict

from ledger.money import shown_yuan
from rules.finding import Checked, Citation, Finding, Severity, Text, examined, not_applicable
from rules.gather import limited
from rules.rule import Case, rule
from rules.text.lists import Field
from rules.text.match import told
from rules.text.normalise import normalise
from rules.text.search import Spoken, search, spending, vouchers_spent

_FIELDS = (Field.DESTINATION, Field.NARRATION, Field.PAYEE, Field.ACTIVITY, Field.ITEM, Field.SELLER)


@rule(
    code="EXP22",
    name="forbidden-scenic-spot",
    title=Text("到明令禁止的风景名胜区活动", "Activity at a forbidden scenic spot"),
    severity=Severity.HIGH,
    citations=(
        Citation("grassroots-funds-2017", "第八条"),
        Citation("scenic-spots-2014", "名单（条款未读到）"),
    ),
    lead_only=True,
)
def check(case: Case) -> Checked:
    """Report activities whose words name one of the forbidden scenic spots."""
    if not spending(case):
        return not_applicable("本期没有支出", "no spending in the period")
    home = normalise(case.facts.union.name)
    trips: dict[tuple[str, ...], list[Spoken]] = defaultdict(list)
    for one in search(case, ("scenic_spots",), _FIELDS):
        away = [found for found in one.matches if normalise(found.word) not in home]
        if away:
            activity = one.head.activity
            trips[(activity, str(one.day.year)) if activity else ("", one.voucher)].append(one)
    findings = [_finding(case, key, found) for key, found in sorted(trips.items())]
    return examined(vouchers_spent(case), findings)


def _finding(case: Case, key: tuple[str, ...], found: list[Spoken]) -> Finding:
    total = sum(one.amount_fen for one in found)
    spots = "、".join(dict.fromkeys(match.word for one in found for match in one.matches))
    name = f"活动“{key[0]}”" if key[0] else f"凭证 {found[0].voucher or '无字号'}"
    said = told(found[0].matches)
    return case.finding(
        *key,
        message=Text(
            f"{name}像是到禁止的风景名胜区（{spots}），共 {len(found)} 张凭证 {shown_yuan(total)} 元：{said.zh}",
            f"{key[0] or found[0].voucher}: looks like a forbidden scenic spot ({spots}), "
            f"{shown_yuan(total)} yuan: {said.en}",
        ),
        expected=Text("不到明令禁止的风景名胜区活动", "no activity at a forbidden scenic spot"),
        found=Text(f"命中 {spots}，{shown_yuan(total)} 元", f"{spots}, {shown_yuan(total)} yuan"),
        remedy=Text("核对行程、门票和合同；属实的费用清退", "check itinerary, tickets and contract; settle the cost"),
        evidence=limited([one.evidence() for one in found], total),
        amount_fen=total,
        related=("EXP21", "EXP23"),
    )
