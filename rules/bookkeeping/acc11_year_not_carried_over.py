"""期初不等于上年期末：年末收支没有结平、期初余额重复或混入收支、结转凭证动用资产，或结账以后又改上年的账。

检查内容
账套连续记载各年，年初余额就是上年年末余额，所以检查会使两者脱节的事：一、年末结转后收入、支出科目仍有余额；二、
结转凭证涉及资产、负债科目；三、期初余额（#opening）录入不止一次，或日期之前已有凭证，或在 1 月 1 日带有收支科目；四、
年终结转凭证录入之后，又录入日期在该年的凭证。本期涉及的年度和其上一年度都检查。
依据
《中华人民共和国会计法》第十七条：会计账簿之间相对应的记录相符。《工会会计制度》附录1 第322号科目三（四）：
期末将各项收入、支出本期发生额转入工会资金结余；各收入、支出科目期末结转后无余额。
危害
上年的收支漏进本年，或结账后改动上年，已经审查过的决算就与账簿不符。
反例
2025 年末会议支出尚有 0.01 元没有结转。
正例
2025 年 12 月 31 日全部收入、支出科目结转后余额为零。
参数
无。
局限
本期最后一年尚未做年终结转的，只报告尚未结转。没有录入时间的凭证看不出结账后改账。前后两套账（不同账套）
之间的期初期末须由人核对。
"""

from __future__ import annotations

import datetime

from rules.bookkeeping.closing import (
    YearFault,
    after_close,
    carried_elsewhere,
    left_over,
    not_closed,
    not_emptied,
)
from rules.bookkeeping.opening import opening_faults
from rules.finding import Checked, Citation, Finding, Severity, Text, examined, not_applicable
from rules.gather import limited
from rules.indexes import transfers, vouchers_by_day
from rules.rule import Case, rule


@rule(
    code="ACC11",
    name="year-not-carried-over",
    title=Text("期初不等于上年期末", "Opening balances not those of last year's close"),
    severity=Severity.HIGH,
    citations=(
        Citation("accounting-law-2024", "第十七条"),
        Citation("accounting-system-2021", "附录1 第322号科目 三(四)"),
        Citation("accounting-system-2021", "附录1 第322号科目 三(六)"),
    ),
)
def check(case: Case) -> Checked:
    """Report years whose books were not closed to the fen, or were changed after they were closed."""
    facts = case.facts
    first = datetime.date(case.since.year - 1, 1, 1)
    brought = [voucher for voucher in transfers(facts) if voucher.date <= case.until]
    carried = [voucher for voucher in brought if voucher.carry_forward and voucher.date >= first]
    faults = [*opening_faults(facts, case.until), *carried_elsewhere(facts, first, case.until)]
    tested = sum(voucher.opening for voucher in brought) + len(carried)
    untested: list[Text] = []
    years = {day.year for day in vouchers_by_day(facts)}
    for year in range(first.year, case.until.year + 1):
        if year not in years or datetime.date(year, 12, 31) > case.until:
            continue
        tested += 1
        faults += after_close(facts, year)
        closed = any(voucher.date.year == year for voucher in carried)
        if closed:
            faults += not_emptied(facts, year)
        left = left_over(facts, year)
        if not left:
            continue
        if closed or max(years) > year:
            faults.append(not_closed(year, left))
        else:
            zh = f"{year} 年尚未做年终结转，收支科目还有余额"
            untested.append(Text(zh, f"{year} is not closed yet: income and expenditure still stand"))
    if not tested:
        return not_applicable("本期不含年末，也没有期初余额可查", "neither a year's end nor opening balances")
    return examined(tested, [_finding(case, fault) for fault in faults], untested)


def _finding(case: Case, fault: YearFault) -> Finding:
    return case.finding(
        *fault.key,
        message=fault.told,
        expected=fault.expected,
        found=fault.told,
        remedy=Text(
            "查明差异，按规定的方法更正，重新结转", "find the difference, correct it by the rules, close again"
        ),
        evidence=limited(fault.evidence),
        amount_fen=fault.amount_fen,
        certainty=fault.certainty,
    )
