"""以工会经费代缴党团费或挂名捐款：付给党团组织、慈善机构的款没有集体决定。

检查内容
支出凭证的摘要、活动、对方和销售方命中“党费团费捐款用语”，而没有写明决议（resolution）的。
依据
《基层工会经费收支管理办法》第二十二条：不准用工会经费报销与工会活动无关的费用。
危害
替个人缴纳党费团费，或以单位、个人名义捐款而由工会出钱。
反例
付某慈善会“职工爱心捐款” 5,000.00 元，没有决议。
正例
经工会委员会决定的捐赠，凭证写明决议编号。
参数
无；词表在 rules/words/party_dues.toml。
局限
只凭用语，一律为疑点。写明决议的不列，决议本身见 CTL01、EXP35。代收代付的党费不经支出科目，不在此列。
"""

from __future__ import annotations

from rules.finding import Checked, Citation, Severity, Text, examined, not_applicable
from rules.rule import Case, rule
from rules.text.lists import Field
from rules.text.search import pointed_out, search, spending, vouchers_spent

_TEXTS = (Field.NARRATION, Field.ACTIVITY, Field.PAYEE, Field.SELLER)


@rule(
    code="EXP34",
    name="party-dues-or-donations-paid",
    title=Text("以工会经费代缴党团费或挂名捐款", "Party or league dues, or donations in others' names"),
    severity=Severity.MEDIUM,
    citations=(Citation("grassroots-funds-2017", "第二十二条"),),
    lead_only=True,
)
def check(case: Case) -> Checked:
    """Report spending on dues of party or league and on donations for which no resolution is named."""
    if not spending(case):
        return not_applicable("本期没有支出", "no spending in the period")
    looks = Text("像是党费、团费或捐款，没有写明决议", "looks like party dues or a donation, no resolution named")
    expected = Text("党费团费由个人缴纳；捐款经集体研究", "dues are paid by the persons; donations are decided on")
    remedy = Text("核对付款依据；代缴的收回，捐款补办集体决定", "check the ground; recover dues, decide on donations")
    findings = [
        pointed_out(case, one, looks, expected, remedy, related=("EXP35",))
        for one in search(case, ("party_dues",), _TEXTS, among=lambda line: not line.head.resolution)
    ]
    return examined(vouchers_spent(case), findings)
