"""授课劳务费超标、未扣税或付给内部人员：讲课费超过每学时上限，没有代扣个人所得税，或付给本单位会员。

检查内容
支出命中“授课酬金用语”而收款方是个人的：一、摘要写明学时的，按职称（院士、正高、副高；没有写的按最高一档）与学时核对上限；
没有学时而写明天数的，按每半天最多计费学时折算；二、每人金额超过减除费用，凭证没有代扣个人所得税，也没有发票；三、收款方与
在册会员同名的。一张凭证一项。
依据
《基层工会经费收支管理办法》第八条：授课酬金参照国家有关规定。《中央和国家机关培训费管理办法》的讲课费标准；
《个人所得税扣缴申报管理办法（试行）》第八条。
危害
以讲课费名义变相发放补贴，工会还要承担少扣税款的责任。
反例
付某教授讲课费 4 学时 6,000.00 元，没有代扣个税。
正例
正高 4 学时 4,000.00 元（税后），按规定代扣个税。
参数
lecture.expert_cap、lecture.senior_cap、lecture.associate_cap 每学时上限（元，税后）；lecture.half_day_hours 半天最多
计费学时；withholding.labour_deduction 预扣个税的减除费用（元）。
局限
标准原文未读到，同名不等于同一人，一律为疑点。学时和天数都没有写的不能核对上限，报告为未能检查。付给培训机构的
按培训费见 EXP41。
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from ledger.money import shown_yuan
from rules.expenditure.fees import TEXTS, all_of, hours_told, insiders, people_paid, tax_withheld
from rules.finding import Checked, Citation, Finding, Severity, Text, examined, not_applicable
from rules.gather import Values
from rules.invoices.parties import known_people
from rules.law import ParameterValue
from rules.rule import Case, rule
from rules.text.match import match
from rules.text.search import Spoken, pointed_out, search

_CAPS = ("expert", "senior", "associate")
_HALVES = 2  # half days of a day
DEDUCTION, HALF_DAY = "withholding.labour_deduction", "lecture.half_day_hours"


@rule(
    code="EXP39",
    name="lecture-fee-irregular",
    title=Text("授课劳务费超标、未扣税或付给内部人员", "Lecture fees over cap, untaxed or to own staff"),
    severity=Severity.MEDIUM,
    citations=(
        Citation("grassroots-funds-2017", "第八条"),
        Citation("training-expenses-2016", "讲课费标准"),
        Citation("withholding-2018", "减除费用（条号未核对）"),
    ),
    parameters=("lecture.expert_cap", "lecture.senior_cap", "lecture.associate_cap", HALF_DAY, DEDUCTION),
    lead_only=True,
)
def check(case: Case) -> Checked:
    """Report lecture fees to persons that look too high, untaxed, or paid to the union's own members."""
    values = {key: Values(case, key) for key in case.rule.parameters}
    findings: list[Finding] = []
    tested = unhoured = 0
    for one in search(case, ("lecture_fees",), TEXTS):
        names = people_paid(one.head.payee, known_people(case.facts))
        if not names:
            continue
        tested += 1
        hours = _hours(one, values[HALF_DAY])
        unhoured += hours is None
        if found := _finding(case, one, names, hours, values):
            findings.append(found)
    untested = [text for value in values.values() for text in value.untested]
    if unhoured:
        zh = f"{unhoured} 笔讲课费没有写学时和天数，无法核对上限"
        untested.append(Text(zh, f"{unhoured} lecture fees name neither hours nor days"))
    if not tested:
        return not_applicable("本期没有付给个人的讲课费", "no lecture fees to persons in the period")
    return examined(tested, findings, untested)


def _hours(one: Spoken, half_day: Values) -> Decimal | None:
    told = hours_told(one)
    if told is not None:
        return told
    days = one.head.days
    value = half_day.on(one.day) if days is not None and days >= 0 else None
    return None if value is None or days is None else value.number * _HALVES * days


def _finding(
    case: Case, one: Spoken, names: tuple[str, ...], hours: Decimal | None, values: dict[str, Values]
) -> Finding | None:
    faults: list[Text] = []
    used: list[ParameterValue] = []
    amount = 0
    cap = values[f"lecture.{_title(one)}_cap"].on(one.day)
    if cap is not None and hours is not None:
        over = one.amount_fen - int(cap.fen * hours * len(names))
        if over > 0:
            amount = over
            used.append(cap)
            most = f"{hours} 学时 × {shown_yuan(cap.fen)} 元"
            faults.append(Text(f"超过 {most}，多 {shown_yuan(over)} 元", f"{shown_yuan(over)} yuan over the cap"))
    free = values[DEDUCTION].on(one.day)
    taxable = free is not None and one.amount_fen > free.fen * len(names)
    if free is not None and taxable and not one.row.invoice and not tax_withheld(case, one):
        used.append(free)
        faults.append(Text("没有代扣个人所得税", "no income tax withheld"))
    if inside := insiders(case, one, names):
        amount = one.amount_fen
        faults.append(Text(f"收款人{'、'.join(inside)}与在册会员同名", f"{len(inside)} payees bear a member's name"))
    if not faults:
        return None
    found = pointed_out(
        case,
        one,
        Text("讲课费可能不合规定", "the lecture fee may be irregular"),
        Text("按职称和学时计酬，依法代扣个税，不付给内部人员", "by title and hour, taxed, and not to own staff"),
        Text(
            "核对授课人、学时、职称和完税凭证；超标的退回", "check lecturer, hours, title and tax; recover the excess"
        ),
        parameters=used,
        related=("EXP27", "EXP40"),
        why=all_of(faults),
    )
    return replace(found, amount_fen=amount)


def _title(one: Spoken) -> str:
    """Return the lecturer's rank by the words of the voucher; the highest where they name none."""
    texts = f"{one.head.narration} {one.head.activity} {one.head.payee}"
    ranks = {word.means for word in match(texts, "teacher_titles", one.day)}
    return next((rank for rank in _CAPS if rank in ranks), _CAPS[0])
