"""违规发放工会干部津贴补贴：没有依据地向工会干部发放补贴、津贴。

检查内容
一、支出凭证的摘要、活动命中“工会干部补贴用语”的（只写“补贴”“津贴”的，只看其他业务支出科目）；二、其他业务支出科目里，
对方像是个人，同一金额在三个以上月份付给同一人的。写明了决议（resolution）的不列。同一对方一年并作一项。
依据
《基层工会经费收支管理办法》：兼职工会干部补贴的管理办法由省级工会制定；第二十二条：不准违反工会经费使用规定，
滥发奖金、津贴、补贴。
危害
工会干部自己给自己发钱。
反例
每月付工会副主席兼职补贴 500.00 元，没有文件和决议。
正例
按省级办法、经集体决定发放，凭证写明决议编号。
参数
无；词表在 rules/words/cadre_subsidy.toml。
局限
只凭用语和付款规律，一律为疑点。决议是否符合省级办法、是否超标须由人核对。专职人员的工资见 EXP30。
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from ledger.money import shown_yuan
from rules.finding import Checked, Citation, Evidence, Finding, Severity, Text, examined, not_applicable
from rules.gather import limited
from rules.rule import Case, rule
from rules.text.lists import Field
from rules.text.match import match, told
from rules.text.persons import looks_like_a_person
from rules.text.search import Spoken, gathered, search, spending, vouchers_spent

_ACCOUNT = "other_operating_expense"
_LIST = "cadre_subsidy"
_MANY_MONTHS = 3  # the same sum to the same person in so many months is a regular allowance
_TEXTS = (Field.NARRATION, Field.ACTIVITY)


@rule(
    code="EXP27",
    name="officer-allowances-ungrounded",
    title=Text("违规发放工会干部津贴补贴", "Allowances to union officers without ground"),
    severity=Severity.HIGH,
    citations=(Citation("grassroots-funds-2017", "第十条"), Citation("grassroots-funds-2017", "第二十二条")),
    lead_only=True,
)
def check(case: Case) -> Checked:
    """Report allowances to officers, by their words or by their regularity, that name no resolution."""
    if not spending(case):
        return not_applicable("本期没有支出", "no spending in the period")
    found = {one.entry: one for one in _regular(case)}
    for one in search(case, (_LIST,), _TEXTS, among=lambda line: not line.head.resolution):
        if _ACCOUNT in one.meanings or any(hit.means == "officer" for hit in one.matches):
            found[one.entry] = one
    by_person: dict[tuple[str, int], list[Spoken]] = defaultdict(list)
    for one in found.values():
        by_person[one.head.payee, one.day.year].append(one)
    findings = [_finding(case, payee, year, paid) for (payee, year), paid in sorted(by_person.items())]
    return examined(vouchers_spent(case), findings)


def _regular(case: Case) -> Iterable[Spoken]:
    """Return payments to persons out of other operations that repeat the same sum in several months."""
    paid: dict[tuple[str, int], list[Spoken]] = defaultdict(list)
    lines = case.booked.meaning(_ACCOUNT)
    for one in gathered(case, [line for line in lines if line.element == "expense" and not line.head.resolution]):
        if looks_like_a_person(one.head.payee, one.day):
            paid[one.head.payee, one.amount_fen].append(one)
    for _, own in sorted(paid.items()):
        if len({(one.day.year, one.day.month) for one in own}) >= _MANY_MONTHS:
            yield from own


def _finding(case: Case, payee: str, year: int, paid: list[Spoken]) -> Finding:
    ordered = sorted(paid, key=lambda one: (one.day, one.voucher))
    total = sum(one.amount_fen for one in ordered)
    first = next((one for one in ordered if one.matches), ordered[0])
    why = told(first.matches) if first.matches else Text("每月同额付给个人", "the same sum to a person month by month")
    return case.finding(
        payee,
        str(year),
        message=Text(
            f"{year} 年付“{payee or '未写对方'}”{len(ordered)} 笔 {shown_yuan(total)} 元，"
            f"像是工会干部补贴而没有写明决议：{why.zh}",
            f"{year}: {len(ordered)} payments of {shown_yuan(total)} yuan to “{payee}” look like allowances "
            f"without a resolution: {why.en}",
        ),
        expected=Text("按省级工会的办法、经集体决定发放", "allowances by the provincial rule and a resolution"),
        found=Text(f"{len(ordered)} 笔 {shown_yuan(total)} 元，没有决议", f"{shown_yuan(total)} yuan, no resolution"),
        remedy=Text("提供依据和决议；没有依据的停止发放并清退", "show rule and resolution, or stop and recover"),
        evidence=limited([_evidence(one) for one in ordered], total),
        amount_fen=total,
        related=("EXP30", "CTL12"),
    )


def _evidence(one: Spoken) -> Evidence:
    note = told(match(one.head.narration, _LIST, one.day))
    return one.evidence(note if note.zh else Text("付给个人", "paid to a person"))
