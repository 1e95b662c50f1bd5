"""互助保险代收代付计入收支：职工互助保险的代收款计入工会收入，或代缴、转付款计入工会支出。

检查内容
一、贷记收入科目的凭证，摘要、对方含互助保险用语的（上级对工会的奖励、补助科目除外）；二、借记支出科目的凭证，摘要同时含
互助保险用语和代收、代缴、转付、理赔等代收代付用语的。按凭证列为疑点。
依据
《工会会计制度》附录1第221号科目一：其他组织委托工会代管的、不属于工会收入的资金，如代管的社团活动费、职工互助保险等；三：
收到时贷记代管经费，支付时借记代管经费。
危害
虚增收入和支出，还会把职工个人的赔付款花掉。
反例
收到职工缴纳的安康保险费 12,000.00 元，贷记其他收入。
正例
收到时借记银行存款（代管经费），贷记代管经费；代缴时作相反分录。工会出钱补助职工参保，列其他服务支出。
参数
无；词表在 rules/words/mutual_insurance.toml 和 pass_through.toml。
局限
凭用语识别。工会用经费补助参保的支出不在此列。
"""

from __future__ import annotations

from collections.abc import Sequence
from operator import attrgetter

from ledger.journal_rows import PostingRow, net_fen
from ledger.money import shown_yuan
from rules.evidence import posting_evidence
from rules.finding import Checked, Citation, Finding, Severity, Text, examined, not_applicable
from rules.gather import spending_by_entry
from rules.rule import Case, rule
from rules.text.match import match, told

SYSTEM = "accounting-system-2021"
_said = attrgetter("head.narration", "head.payee")
_SUBSIDIES = ("higher_union_subsidy_income", "government_subsidy_income", "employer_subsidy_income")


@rule(
    code="CUR08",
    name="mutual-insurance-in-accounts",
    title=Text("互助保险代收代付计入收支", "Mutual insurance booked as income or expenditure"),
    severity=Severity.HIGH,
    citations=(
        Citation(SYSTEM, "附录1 第221号科目 一"),
        Citation(SYSTEM, "附录1 第221号科目 三(一)"),
        Citation(SYSTEM, "附录1 第221号科目 三(二)"),
    ),
    lead_only=True,
)
def check(case: Case) -> Checked:
    """Report vouchers whose words call income or expenditure mutual insurance collected or passed on."""
    income = [line for line in case.booked.of("income") if line.group not in _SUBSIDIES]
    lines = [*income, *case.booked.of("expense")]
    if not lines:
        return not_applicable("本期没有收入和支出", "neither income nor expenditure in the period")
    texts = set(map(_said, lines))
    spoken = {text for text in texts if match(" ".join(text), "mutual_insurance", case.until)}
    near: dict[int, list[PostingRow]] = {}
    if spoken:
        own = [line for line in lines if _said(line) in spoken]
        for line in sorted(own, key=attrgetter("entry", "account", "amount_fen")):
            near.setdefault(line.entry, []).append(line)
    findings = []
    for own in near.values():
        for element, sign in (("income", -1), ("expense", 1)):
            side = [line for line in own if line.element == element]
            amount = sign * net_fen(side)
            if amount > 0 and (found := _finding(case, side, element, amount)) is not None:
                findings.append(found)
    spent = spending_by_entry(case)
    return examined(len(spent) + sum(entry not in spent for entry in {line.entry for line in income}), findings)


def _finding(case: Case, lines: Sequence[PostingRow], element: str, amount: int) -> Finding | None:
    first = lines[0]
    at, text = first.head.event_date, f"{first.head.narration} {first.head.payee}"
    insurance, passed = match(text, "mutual_insurance", at), match(text, "pass_through", at)
    if not insurance or (element == "expense" and not passed):
        return None
    voucher, money = first.voucher or "（无字号）", shown_yuan(amount)
    side = Text("计入收入", "booked as income") if element == "income" else Text("列支", "booked as expenditure")
    why = told([*insurance, *passed])
    return case.finding(
        first.voucher,
        element,
        message=Text(
            f"{at} 凭证 {voucher} 像是互助保险的代收代付，{side.zh} {money} 元：{why.zh}",
            f"{at}, voucher {voucher}: {money} yuan of mutual insurance {side.en}: {why.en}",
        ),
        expected=Text("收付都记代管经费（221）", "both ways on custody funds"),
        found=Text(f"{side.zh} {money} 元", f"{money} yuan {side.en}"),
        remedy=Text(
            "核对保单和参保名册：属于职工个人缴费和赔付的，冲回收支，转入代管经费",
            "check policy and list; move members' own payments and benefits to custody funds",
        ),
        evidence=[posting_evidence(first, why, amount)],
        amount_fen=amount,
        related=("CUR07",),
    )
