"""优秀工会干部奖励未经上级批准：评选表彰工会干部、积极分子而没有上级工会的批准。

检查内容
摘要、活动同时命中“评选表彰工会干部用语”和“奖励表彰用语”的支出凭证（事由写明“奖励”的不再要求奖励用语）：写明的决议
（resolution）在 resolutions.csv 中是上级（higher）的，为有批准；没有写明，或登记的不是上级决定的，列为疑点。
依据
《基层工会经费收支管理办法》：经上级工会批准开展的优秀工会干部和积极分子评选表彰，可以奖励。
危害
自评自奖，变相发放奖金。
反例
年末奖励优秀工会积极分子 12 人，每人 500.00 元，没有上级批复。
正例
凭证写明上级工会批复的编号，登记簿中有该决定。
参数
无；词表在 rules/words/cadre_award.toml、rules/words/award_words.toml。
局限
只凭用语，一律为疑点；批复的范围和金额须由人核对。写明决议而没有 resolutions.csv 的，报告为未能检查。
"""

from __future__ import annotations

from ledger.register_rows import ResolutionRow
from rules.finding import Checked, Citation, Finding, Severity, Text, examined, not_applicable
from rules.gather import joined
from rules.rule import Case, rule
from rules.text.lists import Field
from rules.text.search import pointed_out, search, spending, vouchers_spent

_TEXTS = (Field.NARRATION, Field.ACTIVITY, Field.ITEM)
_HIGHER = "higher"
EXPECTED = Text("经上级工会批准评选表彰", "an award approved by the higher union")
REMEDY = Text("提供上级工会批复；没有的停止发放并清退", "show the higher union's approval, or stop and recover")


@rule(
    code="EXP28",
    name="officer-awards-unapproved",
    title=Text("优秀工会干部奖励未经上级批准", "Officers' awards without the higher union's approval"),
    severity=Severity.MEDIUM,
    citations=(Citation("grassroots-funds-2017", "第十条"),),
    lead_only=True,
)
def check(case: Case) -> Checked:
    """Report awards to officers and activists for which no decision of the higher union is named."""
    if not spending(case):
        return not_applicable("本期没有支出", "no spending in the period")
    known = "resolutions" in case.facts.registers
    findings: list[Finding] = []
    untold: list[str] = []
    for one in search(case, ("cadre_award",), _TEXTS, beside=("award_words",)):
        if not one.of("award_words") and one.row.occasion != "奖励":
            continue
        named = one.head.resolution
        if named and not known:
            untold.append(one.voucher or str(one.day))
        elif not named or not _by_higher(case, named):
            findings.append(pointed_out(case, one, _looks(named), EXPECTED, REMEDY, related=("EXP27",)))
    untested = []
    if untold:
        zh = f"凭证 {joined(untold)} 写明了决议，缺少登记簿 registers/resolutions.csv，不知道是否上级批准"
        untested.append(Text(zh, f"missing registers/resolutions.csv: {len(untold)} vouchers name a resolution"))
    return examined(vouchers_spent(case), findings, untested)


def _by_higher(case: Case, named: str) -> bool:
    return any(row.id == named and row.body == _HIGHER for row in case.rows(ResolutionRow))


def _looks(named: str) -> Text:
    if named:
        return Text(f"奖励工会干部，决议 {named} 不是上级工会的决定", f"{named} is no decision of the higher union")
    return Text("像是奖励工会干部，没有写明上级批复", "officers awarded without the higher union's approval")
