"""小微返还款未入账或旁落：应返还给小额缴费工会的经费没有收到，收到的没有记拨缴经费收入，或转给了单位、个人。

检查内容
一、上一年度拨缴经费全额（402 加 211）低于小额门槛、又有应上缴部分的，到本年末没有收到足额返还（摘要有返还用语或付款方是
上级工会，贷记 402、403）；二、收到返还款（摘要命中“小微、小额返还用语”）而没有记拨缴经费收入、上级补助收入、应付下级或
其他应付款；三、把返还款付给单位或个人。都列为疑点。
依据
全国总工会办公厅关于小微企业、小额缴费工会组织工会经费全额返还的通知（厅字〔2019〕32号、〔2021〕38号、〔2022〕47号）；
《工会会计制度》附录1第402号科目：上级工会按规定转拨的经费归属本级的部分是拨缴经费收入。
危害
返还政策的钱被单位收走或在账外使用，职工没有得到。
反例
税务返还的工会经费 1,200.00 元进了公司账户，工会账上没有。
正例
返还款转入工会账户，贷记拨缴经费收入。
参数
contribution.small_return_threshold 小额缴费的全年上缴门槛（元），contribution.small_return_share 返还比例。
局限
政策原文未读到，一律作疑点。小微企业按企业划型，账上看不出；税务代收只到账留成的，看不出全额。
记在其他应付款的由 INC09 检查。
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from ledger.journal_rows import PostingRow
from ledger.money import round_half_up, shown_yuan
from rules.evidence import posting_evidence
from rules.finding import Checked, Citation, Evidence, Finding, Severity, Text, examined
from rules.gather import Values
from rules.income.small_returns import SUBSIDY, contributed, returned
from rules.income.spoken import vouchers_speaking
from rules.law import ParameterValue
from rules.remittance.movements import OWN, UPWARD
from rules.rule import Case, rule
from rules.text.match import match, told
from rules.vouchers import MONEY, first_line, named, net_on

WORDS = "small_return"
_RIGHT = (OWN, SUBSIDY, "due_to_lower_union", "other_payables", "due_from_higher_union")
_ON_PURPOSE = ("due_to_lower_union", "lower_union_subsidy_expense")


@rule(
    code="INC15",
    name="small-return-diverted",
    title=Text("小微返还款未入账或旁落", "Funds returned to small unions not booked or diverted"),
    severity=Severity.HIGH,
    citations=(
        Citation("small-return-2022", "全文"),
        Citation("micro-return-2021", "全文"),
        Citation("accounting-system-2021", "附录1 第402号科目 一"),
    ),
    parameters=("contribution.small_return_threshold", "contribution.small_return_share"),
    lead_only=True,
)
def check(case: Case) -> Checked:
    """Report returns that a small union did not get, booked elsewhere, or passed on."""
    spoken = vouchers_speaking(case, WORDS)
    findings, tested = [one for lines in spoken if (one := _misplaced(case, lines)) is not None], len(spoken)
    threshold = Values(case, "contribution.small_return_threshold")
    share = Values(case, "contribution.small_return_share")
    untested: list[Text] = []
    years = set(case.facts.years())
    for year in range(case.since.year - 1, case.until.year):
        end = datetime.date(year, 12, 31)
        if case.until < end.replace(year=year + 1):
            continue
        if year not in years:
            zh = f"账簿没有 {year} 年，当年拨缴是否属于小额、应否返还无法判断"
            untested.append(Text(zh, f"the books have no {year}: whether a return was due cannot be told"))
            continue
        tested += 1
        gross, upward = contributed(case, year)
        if upward > 0 and (limit := threshold.on(end)) and (part := share.on(end)) and gross < limit.fen:
            due, came = round_half_up(upward * part.number), returned(case, year)
            if came < due:
                findings.append(_missing(case, year, due, came, limit, part))
    return examined(tested, findings, (*untested, *threshold.untested, *share.untested))


def _missing(case: Case, year: int, due: int, came: int, limit: ParameterValue, part: ParameterValue) -> Finding:
    gap = shown_yuan(due - came)
    note = Text(f"{year} 年上缴部分应返还 {shown_yuan(due)} 元", f"{shown_yuan(due)} yuan to be returned for {year}")
    return case.finding(
        str(year),
        "missing",
        message=Text(
            f"{year} 年拨缴经费低于小额门槛 {shown_yuan(limit.fen)} 元，应返还 {shown_yuan(due)} 元，"
            f"账上只收到 {shown_yuan(came)} 元，差 {gap} 元",
            f"{year}: below the threshold, {shown_yuan(due)} yuan to be returned, {shown_yuan(came)} booked",
        ),
        expected=note,
        found=Text(f"收到 {shown_yuan(came)} 元", f"{shown_yuan(came)} yuan"),
        remedy=Text("向上级工会、税务部门查询返还批次和收款账户", "ask the higher union where the return was paid"),
        evidence=(Evidence(note, date=datetime.date(year, 12, 31), account=UPWARD, amount_fen=due - came),),
        amount_fen=due - came,
        parameters=(limit, part),
        related=("INC09",),
    )


def _misplaced(case: Case, lines: Sequence[PostingRow]) -> Finding | None:
    """Return the lead that a voucher which speaks of returns makes, booked elsewhere or paid on."""
    head = lines[0].head
    hits = match(head.narration, WORDS, head.date)
    money = net_on(lines, *MONEY)
    wrong = money - max(0, -net_on(lines, *_RIGHT))
    passed = -money - max(0, net_on(lines, *_ON_PURPOSE, UPWARD))
    if not hits or head.reverses or (wrong <= 0 and passed <= 0):
        return None
    came = money > 0
    fen, voucher, why = wrong if came else passed, named(head), told(hits)
    found = (
        Text("收到的返还款没有记拨缴经费收入", "a return not taken to contribution income")
        if came
        else Text(f"把返还款付给“{head.payee}”", "a return paid on")
    )
    return case.finding(
        voucher,
        message=Text(f"凭证 {voucher} {found.zh} {shown_yuan(fen)} 元：{why.zh}", f"{voucher}: {found.en}: {why.en}"),
        expected=Text("返还款是本级工会的拨缴经费收入", "a return is the union's own contribution income"),
        found=found,
        remedy=Text("更正科目；付给单位或个人的追回", "correct the account, recover what was passed on"),
        evidence=(posting_evidence(first_line(lines), why, fen),),
        amount_fen=fen,
        related=("INC09",),
    )
