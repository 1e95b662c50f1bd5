"""捐赠、赞助未经集体研究：对外捐赠、赞助的支出没有可用的集体决议。

检查内容
支出凭证的摘要、活动、对方和销售方命中“捐赠赞助用语”的：没有写决议编号，所写编号不在 resolutions.csv，决议没有通过，
或决议日期晚于支出日期。本单位规定了须集体研究的捐赠金额的，只看达到该金额的；没有规定的，每一笔都看。
依据
《基层工会经费收支管理办法》第十八条：重大收支须集体研究决定；《工会会计制度》第510号科目：对外捐赠支出列其他支出。
危害
个人决定的捐赠、赞助，常是替单位行政摊派，或用工会的钱做人情。
反例
付某基金会赞助款 8,000.00 元，没有决议。
正例
工会委员会决议捐赠 5,000.00 元，凭证写明决议编号。
参数
control.donation_threshold 须集体研究的对外捐赠、赞助金额（元），由本单位自定；没有规定不影响检查。
局限
只凭用语，一律为疑点。没有决议而同时列为 EXP34 的，金额算在 EXP34。达到重大支出金额的另见 CTL01。实物捐赠不在此列。
"""

from __future__ import annotations

from dataclasses import replace

from ledger.journal_rows import VoucherRow
from rules.finding import Checked, Citation, Finding, Severity, Text, examined, not_applicable
from rules.gather import Values
from rules.law import ParameterValue
from rules.resolutions import refused, resolution_named
from rules.rule import Case, rule
from rules.text.lists import Field
from rules.text.match import told
from rules.text.search import Spoken, pointed_out, search

_TEXTS = (Field.NARRATION, Field.ACTIVITY, Field.PAYEE, Field.SELLER)


@rule(
    code="EXP35",
    name="donation-undecided",
    title=Text("捐赠、赞助未经集体研究", "Donation or sponsorship without a collective decision"),
    severity=Severity.MEDIUM,
    citations=(
        Citation("grassroots-funds-2017", "第十八条"),
        Citation("accounting-system-2021", "附录1 第510号科目 二(五)"),
    ),
    parameters=("control.donation_threshold",),
    lead_only=True,
)
def check(case: Case) -> Checked:
    """Report donations and sponsorships that no approved resolution of an earlier day supports."""
    given = search(case, ("donations",), _TEXTS, beside=("party_dues",))
    if not given:
        return not_applicable("本期没有捐赠、赞助支出", "no donations or sponsorship in the period")
    thresholds = Values(case, "control.donation_threshold")
    findings: list[Finding] = []
    unread = 0
    for one in given:
        value = thresholds.on(one.day)
        if value is not None and one.amount_fen < value.fen:
            continue
        name = one.head.resolution
        if name and "resolutions" not in case.facts.registers:
            unread += 1
            continue
        fault = _fault(case, one.head)
        if fault is None:
            continue
        elsewhere = not name and bool(one.of("party_dues"))
        findings.append(_finding(case, one, fault, elsewhere=elsewhere, parameters=(value,) if value else ()))
    untested = []
    if unread:
        zh = f"缺少 registers/resolutions.csv，{unread} 笔捐赠、赞助所写的决议无从核对"
        untested.append(Text(zh, f"missing registers/resolutions.csv: {unread} donations' resolutions not checked"))
    return examined(len(given), findings, untested)


def _fault(case: Case, voucher: VoucherRow) -> Text | None:
    """Return what is wrong with the resolution of a voucher, None where nothing is."""
    name = voucher.resolution
    if not name:
        return Text("没有写集体决议", "no resolution named")
    resolution = resolution_named(case.facts, name)
    if resolution is None:
        return Text(f"决议 {name} 不在 resolutions.csv", f"resolution {name} is not in resolutions.csv")
    if refused(resolution):
        return Text(f"决议 {name} 没有通过的记录", f"resolution {name} was not approved")
    if resolution.date is None or resolution.date > min(voucher.date, voucher.event_date):
        return Text(f"决议 {name} 晚于支出或没有日期", f"resolution {name} is later than the spending or undated")
    return None


def _finding(
    case: Case, one: Spoken, fault: Text, *, elsewhere: bool, parameters: tuple[ParameterValue, ...]
) -> Finding:
    said = told(one.of("donations"))
    found = pointed_out(
        case,
        one,
        Text("像是对外捐赠、赞助", "looks like a donation or sponsorship"),
        Text("捐赠、赞助事前经集体研究决定", "decided on collectively beforehand"),
        Text("核对用途和决策记录；未经集体研究的补办程序并说明", "check purpose and minutes; have it decided on"),
        parameters=parameters,
        related=("EXP34", "CTL01"),
        why=Text(f"{fault.zh}；{said.zh}", f"{fault.en}; {said.en}"),
    )
    return replace(found, amount_fen=0) if elsewhere else found
