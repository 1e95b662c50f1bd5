"""软件未列无形资产、未摊销：买软件的钱只列支出，无形资产里没有；或无形资产不按月摊销。

检查内容
一、摘要或发票品名命中“软件用语”的支出凭证，金额达到单价标准，而同一凭证和其他凭证都没有同额增加无形资产的；
二、月末无形资产原值大于累计摊销，而当月没有计提摊销的月份，按年度合并。都列为疑点。
依据
《工会会计制度》第三十八条：应用软件应当确认为无形资产；第三十九条：非大批量购入、单价小于1000元的可以直接计入支出；
第四十条：按月摊销，当月增加当月摊销。
危害
软件不入账，换人后无人知道；不摊销虚增净资产。
反例
会员管理软件 30,000.00 元只列信息网络购建。
正例
借记无形资产、贷记资产基金——无形资产 30,000.00 元，按受益年限逐月摊销。
参数
asset.software_threshold 可直接计入支出的无形资产单价（元）。
局限
硬件附带的软件、软件服务费不是无形资产。一张凭证按总金额比较。使用年限不确定的、以名义金额计量的不摊销。
"""

from __future__ import annotations

import datetime
from operator import attrgetter

from ledger.journal_rows import sums_by
from ledger.money import shown_yuan
from rules.assets.depreciation import START
from rules.finding import Checked, Citation, Evidence, Finding, Severity, Text, examined, not_applicable
from rules.gather import Values, limited, shown_month
from rules.remittance.months import first_day, last_day, month_of_day, span
from rules.rule import Case, rule
from rules.text.lists import Field
from rules.text.search import Spoken, pointed_out, search, spending, vouchers_spent

ASSETS, AMORTISATION = "intangible_assets", "accumulated_amortisation"


@rule(
    code="AST13",
    name="software-expensed",
    title=Text("软件未列无形资产、未摊销", "Software not capitalised or not amortised"),
    severity=Severity.MEDIUM,
    citations=(
        Citation("accounting-system-2021", "第三十八条"),
        Citation("accounting-system-2021", "第三十九条"),
        Citation("accounting-system-2021", "第四十条"),
    ),
    parameters=("asset.software_threshold",),
    lead_only=True,
)
def check(case: Case) -> Checked:
    """Report software that is no asset in the books, and intangible assets that are not amortised."""
    if case.until < START:
        return not_applicable("2022年以前没有无形资产科目", "before 2022 there was no account of intangible assets")
    limits = Values(case, "asset.software_threshold")
    spoken = search(case, ("software",), (Field.NARRATION, Field.ITEM), among=lambda line: line.date >= START)
    taken_up = _taken_up(case)
    findings = []
    for one in spoken:
        limit = limits.on(one.day)
        if limit is None or one.amount_fen < limit.fen or _has_asset(one, taken_up):
            continue
        findings.append(
            pointed_out(
                case,
                one,
                Text("像是购买或开发软件，没有记入无形资产", "looks like software, not taken up as intangible"),
                Text("达到标准的应用软件记无形资产和资产基金", "software at the threshold is an intangible asset"),
                Text("核对合同；属于应用软件的补记无形资产并按月摊销", "check the contract; book and amortise it"),
                parameters=(limit,),
                related=("AST01",),
            )
        )
    months, idle = _unamortised(case)
    findings += [_idle(case, year, own) for year, own in idle.items()]
    untested = list(limits.untested)
    if "invoices" not in case.facts.registers and (unread := _billed(case)):
        zh = f"缺少 registers/invoices.csv，{unread} 笔支出的发票品名无法检查，只看了摘要"
        untested.append(Text(zh, f"no registers/invoices.csv: the items of {unread} lines of spending not looked at"))
    return examined(vouchers_spent(case, START) + months, findings, untested)


def _billed(case: Case) -> int:
    return sum(1 for line in spending(case) if line.date >= START and line.invoice)


def _taken_up(case: Case) -> dict[int, int]:
    """Return by entry what vouchers since the period's beginning added to intangible assets."""
    lines = (line for line in case.facts.booked.on(ASSETS) if line.date >= case.since)
    added = sums_by((p for p in lines if not (p.head.opening or p.head.change_over)), attrgetter("entry"))
    return {entry: fen for entry, fen in sorted(added.items()) if fen > 0}


def _has_asset(one: Spoken, taken_up: dict[int, int]) -> bool:
    """Tell whether an intangible asset answers for a voucher: in it, or once elsewhere with the same amount."""
    if one.entry in taken_up:
        return True
    for entry, fen in taken_up.items():
        if fen == one.amount_fen:
            del taken_up[entry]
            return True
    return False


def _unamortised(case: Case) -> tuple[int, dict[str, list[Evidence]]]:
    """Return how many months were looked at, and by year those at whose end something was left unamortised."""
    lines = [line for line in case.facts.booked.on(ASSETS, AMORTISATION) if line.date <= case.until]
    if not lines:
        return 0, {}
    charged = (p for p in lines if p.group == AMORTISATION and p.amount_fen < 0 and p.head.business)
    booked = {month_of_day(line.date) for line in charged}
    found, months = dict[str, list[Evidence]](), 0
    last = min(case.until, last_day(month_of_day(max(voucher.date for voucher in case.facts.listed))))
    begins = max(case.since, START, lines[0].date.replace(day=1))
    for month in span(month_of_day(begins), month_of_day(last)):
        end = last_day(month)
        if first_day(month) < case.since or end > case.until:
            continue
        months += 1
        left = sum(line.amount_fen for line in lines if line.date <= end)
        if left > 0 and month not in booked:
            found.setdefault(month[:4], []).append(_evidence(month, end, left))
    return months, found


def _evidence(month: str, end: datetime.date, left: int) -> Evidence:
    note = Text(f"{shown_month(month)}没有摊销，月末净值 {shown_yuan(left)} 元", f"{month}: nothing amortised")
    return Evidence(note, date=end, account="Assets:171-无形资产", amount_fen=left)


def _idle(case: Case, year: str, months: list[Evidence]) -> Finding:
    return case.finding(
        year,
        "amortisation",
        message=Text(
            f"{year}年有 {len(months)} 个月没有摊销无形资产，期末净值 {shown_yuan(months[-1].amount_fen or 0)} 元",
            f"{year}: intangible assets were not amortised in {len(months)} months",
        ),
        expected=Text("按月摊销，当月增加当月摊销", "amortised every month"),
        found=Text(f"{len(months)} 个月没有摊销", f"{len(months)} months without"),
        remedy=Text("按受益年限补提摊销；使用年限不确定的写明理由", "amortise, or state why the life is uncertain"),
        evidence=limited(months),
        related=("AST03",),
    )
