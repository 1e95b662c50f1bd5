"""资产无偿出借无手续：工会的资产在工会以外的人或单位手里，没有合同等手续。

检查内容
期末在用的自有资产卡片：保管人是单位、科室、公司等组织，或不在会员名册、工会人员名单中的人，或已经离开、退休的会员，又没有
与该保管人签订、期末仍有效的合同的，列为疑点；没有填保管人的合并列一项。每个保管人一项。
依据
《中华人民共和国工会法》第四十七条：工会的财产，任何组织和个人不得侵占、挪用和任意调拨。
危害
资产长期被行政或个人占用，损坏、丢失无人负责。
反例
工会的投影机由单位宣传科长期使用，没有借用手续。
正例
资产由工会资产管理员保管；出借的签订借用协议并登记在 contracts.csv。
参数
无；组织名称的判断用 rules/words/legal_forms.toml。
局限
保管人重名、写岗位名称的须由人辨认；只看登记簿，不看实物。会员名册和工会人员名单都没有时不检查人名。
"""

from __future__ import annotations

import datetime

from ledger.money import shown_yuan
from ledger.register_rows import ContractRow, MemberRow, OfficerRow
from rules.assets.cards import Card, cards
from rules.finding import Checked, Citation, Finding, Severity, Text, examined, not_applicable
from rules.gather import joined, limited
from rules.rule import Case, rule
from rules.text.match import match

_OFFICES = ("科", "处", "部", "室", "办公室", "中心", "医院", "学院", "学校", "公司", "集团", "局", "馆")
_UNION = ("工会", "职工之家")


@rule(
    code="AST08",
    name="assets-lent-without-papers",
    title=Text("资产无偿出借无手续", "Assets lent free without papers"),
    severity=Severity.MEDIUM,
    citations=(Citation("trade-union-law-2021", "第四十七条"),),
    needs=("assets",),
    lead_only=True,
)
def check(case: Case) -> Checked:
    """Report own assets whose keeper stands outside the union, with no contract to show for it."""
    held = [c for c in cards(case) if c.own and not c.intangible and c.held_on(case.until)]
    if not held:
        return not_applicable("期末没有自有资产卡片", "no cards of own assets at the period's end")
    people, gone = _people(case)
    groups: dict[str, list[Card]] = {}
    for card in held:
        groups.setdefault(card.keeper, []).append(card)
    faults = {keeper: _fault(keeper, people, gone) for keeper in groups}
    why = {keeper: fault for keeper, fault in faults.items() if fault is not None and not _papers(case, keeper)}
    untested = []
    if not people:
        zh = "会员名册（members.csv）和工会人员名单（officers.csv）都没有人名，保管人无法核对"
        untested.append(Text(zh, "neither members.csv nor officers.csv names anybody: keepers not checked"))
    findings = [_finding(case, keeper, groups[keeper], why[keeper]) for keeper in sorted(why)]
    return examined(len(held), findings, untested)


def _people(case: Case) -> tuple[frozenset[str], frozenset[str]]:
    """Return the names of those in service at the period's end, and of members who have left or retired."""
    here: set[str] = set()
    gone: set[str] = set()
    for member in case.rows(MemberRow) if "members" in case.facts.registers else ():
        left = member.left is not None and member.left <= case.until
        names = gone if left or member.status in ("left", "retired") else here
        names.add(member.name.strip())
        names.add(member.member_id.strip())
    if "officers" in case.facts.registers:
        here |= {officer.name.strip() for officer in case.rows(OfficerRow)}
    return frozenset(here - {""}), frozenset(gone - here - {""})


def _fault(keeper: str, people: frozenset[str], gone: frozenset[str]) -> Text | None:
    if not keeper:
        return Text("没有保管人", "no keeper")
    if keeper in people or any(word in keeper for word in _UNION):
        return None
    if keeper in gone:
        return Text("保管人已离开或退休", "the keeper has left or retired")
    if keeper.endswith(_OFFICES) or match(keeper, "legal_forms", datetime.date.max):
        return Text("保管人是工会以外的单位或部门", "the keeper is an office or firm, not the union")
    return Text("保管人不在会员名册和工会人员名单中", "the keeper is no member and no officer") if people else None


def _papers(case: Case, keeper: str) -> bool:
    if "contracts" not in case.facts.registers or not keeper:
        return False
    contracts = (contract for contract in case.rows(ContractRow) if contract.party.strip() == keeper)
    return any(contract.to is None or contract.to >= case.until for contract in contracts)


def _finding(case: Case, keeper: str, held: list[Card], why: Text) -> Finding:
    total = sum(c.cost_fen for c in held)
    who = f"“{keeper}”保管的" if keeper else ""
    names = joined([c.shown for c in held], 3)
    return case.finding(
        keeper or "none",
        message=Text(
            f"{who}资产 {len(held)} 件、原值 {shown_yuan(total)} 元（{names}）{why.zh}，没有借用合同等手续",
            f"{len(held)} assets of {shown_yuan(total)} yuan kept by {keeper or 'nobody'}: {why.en}, no contract",
        ),
        expected=Text("由工会人员保管；出借有合同和期限", "kept by the union's people, or lent by contract"),
        found=why,
        remedy=Text("核实使用人，收回或补办借用手续", "find who uses them; take them back or make a contract"),
        evidence=limited([c.evidence(why) for c in held], total),
        amount_fen=total,
        related=("AST10", "DEP06"),
    )
