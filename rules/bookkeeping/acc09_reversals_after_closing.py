"""结账后调整、大额红冲：冲销以前年度的凭证，冲销号对不上，没有注明被冲销的凭证，或大额冲销没有决议。

检查内容
本期凭证：一、冲销（reverses）以前年度的凭证；二、所写被冲销的凭证号账上没有，或冲销金额大于原凭证；三、没有现金银行收付而
贷记支出、借记收入，又没有写被冲销的凭证号；四、冲销金额达到须集体研究的金额而没有写决议。按年和情形列为疑点。
依据
《工会会计制度》第六十五条：填制会计凭证、登记会计账簿按照《会计基础工作规范》执行；第二十三条：会计差错更正。
《中华人民共和国会计法》第十五条：会计账簿记录发生错误的，应当按照规定的方法更正。
危害
年末列支、年初冲回，可以调节结余；无头的红字可以抹掉一笔收入或支出。
反例
2025 年 1 月红字冲销 2024 年 12 月的活动支出 80,000.00 元，没有说明。
正例
当月发现错误，红字冲销注明原凭证号，另作正确凭证。
参数
control.resolution_threshold（大额以本单位须集体研究的金额为准）。
局限
年终结转之后又录入该年凭证的见 ACC11。冲销是否正当须看说明和附件。
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from operator import attrgetter
from types import MappingProxyType

from ledger.journal_rows import VoucherRow
from ledger.money import shown_yuan
from rules.evidence import voucher_evidence
from rules.finding import Checked, Citation, Evidence, Finding, Severity, Text, examined, not_applicable
from rules.gather import Values, joined, limited
from rules.indexes import money_by_entry
from rules.law import ParameterValue
from rules.rule import Case, rule

EARLIER, DANGLING, BEYOND, UNNAMED, LARGE = "earlier-year", "dangling", "beyond", "unnamed", "large"
_SAID: Mapping[str, Text] = MappingProxyType(
    {
        EARLIER: Text("冲销以前年度的凭证", "reverse vouchers of earlier years"),
        DANGLING: Text("所冲销的凭证账上没有", "reverse vouchers that do not exist"),
        BEYOND: Text("冲销的支出或收入大于原凭证", "reverse more than the original"),
        UNNAMED: Text("没有收付款而冲减收支，没有写被冲销的凭证", "take back flows without naming a voucher"),
        LARGE: Text("大额冲销没有写决议", "are large and name no resolution"),
    }
)


@rule(
    code="ACC09",
    name="reversals-after-closing",
    title=Text("结账后调整、大额红冲", "Entries after closing, large reversals"),
    severity=Severity.MEDIUM,
    citations=(
        Citation("accounting-law-2024", "第十五条"),
        Citation("accounting-system-2021", "第六十五条"),
        Citation("accounting-system-2021", "第二十三条"),
    ),
    parameters=("control.resolution_threshold",),
    lead_only=True,
)
def check(case: Case) -> Checked:
    """Report reversals across years, without an original, beyond it, or large without a decision."""
    reversals = _reversals(case)
    if not reversals:
        return not_applicable("本期没有冲销凭证", "no reversals in the period")
    values = Values(case, "control.resolution_threshold")
    originals = _originals(case, {voucher.reverses for voucher in reversals})
    groups: dict[tuple[int, str], list[Evidence]] = defaultdict(list)
    used: dict[tuple[int, str], ParameterValue] = {}
    for voucher in reversals:
        amount = abs(_flow(case, voucher))
        value = values.on(voucher.date) if amount else None
        year = voucher.date.year
        for what in _faults(voucher, amount, originals, value):
            groups[year, what].append(voucher_evidence(voucher, _SAID[what], amount))
            if what == LARGE and value is not None:
                used.setdefault((year, what), value)
    found = sorted(groups.items(), key=lambda group: group[0])
    return examined(len(reversals), [_finding(case, key, own, used.get(key)) for key, own in found], values.untested)


def _reversals(case: Case) -> list[VoucherRow]:
    """Return the vouchers that name one they reverse, or take back income or spending while no money moves."""
    moving = money_by_entry(case)
    quota = {posting.entry for posting in case.booked.on("zero_balance_quota")}
    moneyless = [voucher for voucher in case.vouchers if voucher.reverses or voucher.entry not in moving]
    return [v for v in moneyless if v.reverses or (v.entry not in quota and _flow(case, v) < 0)]


def _flow(case: Case, voucher: VoucherRow) -> int:
    """Return what a voucher moved on income and expenditure, in fen, negative when it takes back more than it adds."""
    signs = {"expense": 1, "income": -1}
    lines = case.facts.booked.by_entry.get(voucher.entry, ())
    return sum(signs.get(line.element, 0) * line.amount_fen for line in lines)


def _originals(case: Case, numbers: set[str]) -> Mapping[str, tuple[int, int]]:
    """Return year and net flow, in fen, of the vouchers with some numbers; of repeated numbers the last one."""
    known = sorted((v for v in case.facts.listed if v.voucher in numbers), key=attrgetter("date", "voucher"))
    return {v.voucher: (v.date.year, _flow(case, v)) for v in known if v.voucher}


def _faults(
    voucher: VoucherRow, amount: int, originals: Mapping[str, tuple[int, int]], value: ParameterValue | None
) -> list[str]:
    found, name = [], voucher.reverses
    original = originals.get(name)
    if not name:
        found.append(UNNAMED)
    elif original is None:
        found.append(DANGLING)
    else:
        if original[0] < voucher.date.year:
            found.append(EARLIER)
        if amount > abs(original[1]) and original[1]:
            found.append(BEYOND)
    if value is not None and amount >= value.fen and not voucher.resolution:
        found.append(LARGE)
    return found


def _finding(case: Case, key: tuple[int, str], evidence: list[Evidence], value: ParameterValue | None) -> Finding:
    year, what = key
    said, total = _SAID[what], sum(e.amount_fen or 0 for e in evidence)
    names = joined([e.voucher or "（无字号）" for e in evidence])
    return case.finding(
        str(year),
        what,
        message=Text(
            f"{year} 年 {len(evidence)} 张凭证{said.zh}，合计 {shown_yuan(total)} 元：{names}",
            f"{len(evidence)} vouchers of {year} {said.en}, {shown_yuan(total)} yuan",
        ),
        expected=Text(
            "当期更正，注明原凭证号，大额的经集体研究", "corrected in time, naming the original, decided if large"
        ),
        found=Text(f"{len(evidence)} 张{said.zh}", f"{len(evidence)} vouchers {said.en}"),
        remedy=Text("逐张核对冲销的原因、原凭证和批准", "check the cause, the original and the approval of each"),
        evidence=limited(evidence, total),
        parameters=() if value is None else (value,),
        related=("ACC11",),
    )
