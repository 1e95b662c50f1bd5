"""凭证断号、重号、倒号：同一凭证字同一月份内，凭证号不连续、重复、与日期先后不符，或没有凭证号。

检查内容
按凭证字和月份：一、从 1 号到最大号之间缺少的号；二、同一凭证字号用于两张以上凭证；三、号大的凭证日期早于号小的凭证；
四、凭证日期不在字号所属的月份；五、没有字号或字号不合格式的凭证。
依据
《中华人民共和国会计法》第十三条：会计凭证必须符合国家统一的会计制度的规定。《工会会计制度》第六十五条：
填制会计凭证按照《会计基础工作规范》执行（记账凭证应当连续编号；该规范的原文未核，所以只列为疑点）。
所引会计法是2024年6月28日修正的文本，修正施行以前的业务须对照修正前的文本。
危害
断号可能是抽走或销毁了凭证，重号可能是插入了凭证，倒号可能是事后补做。
反例
3 月有记-1、记-2、记-4，没有记-3。
正例
每月每字从 1 号起连续编号，日期随号递增。
参数
无。
局限
月末一个号都没有编的月份看不出断号。期初余额、新旧制度衔接和年末结转凭证自成字号，同样检查连续和重复。
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from operator import attrgetter

from ledger.journal_rows import VoucherRow
from rules.evidence import vouchers_evidence
from rules.finding import Checked, Citation, Evidence, Finding, Severity, Text, examined, not_applicable
from rules.gather import joined, shown_month
from rules.indexes import audited
from rules.remittance.months import month_of_day
from rules.rule import Case, rule
from rules.vouchers import by_month, in_order


@rule(
    code="ACC01",
    name="voucher-numbers-broken",
    title=Text("凭证断号、重号、倒号", "Voucher numbers with gaps, repeats or out of order"),
    severity=Severity.MEDIUM,
    citations=(
        Citation("accounting-law-2024", "第十三条"),
        Citation("accounting-system-2021", "第六十五条"),
        Citation("bookkeeping-standards", "记账凭证连续编号（条号未核对）"),
    ),
    lead_only=True,
)
def check(case: Case) -> Checked:
    """Report gaps, repeats, numbers out of order of date and missing numbers, per word and month."""
    vouchers = audited(case)
    if not vouchers:
        return not_applicable("本期没有凭证", "no vouchers in the period")
    series: dict[tuple[str, str], list[VoucherRow]] = defaultdict(list)
    for voucher in case.facts.listed:
        if voucher.number is not None:
            series[voucher.word, voucher.period].append(voucher)
    bare = [voucher for voucher in vouchers if voucher.number is None]
    touched = {(voucher.word, voucher.period) for voucher in bare}
    findings: list[Finding] = []
    for (word, period), group in sorted(series.items()):
        if (word, period) in touched or any(case.since <= voucher.date <= case.until for voucher in group):
            findings += _series(case, word, period, group)
    findings += _unnumbered(case, bare)
    return examined(len(vouchers), findings)


def _series(case: Case, word: str, period: str, group: Sequence[VoucherRow]) -> Iterator[Finding]:
    rising = sorted(group, key=attrgetter("number"))
    numbers = sorted(set(map(attrgetter("number"), group)))
    if len(numbers) < numbers[-1]:
        yield _gap(case, word, period, [voucher for voucher in group if voucher.number == numbers[-1]], numbers)
    if len(numbers) < len(group):
        yield from _repeats(case, word, period, group)
        rising = sorted(in_order(group), key=attrgetter("number", "date"))
    if late := _late(rising):
        yield _finding(
            case,
            ("order", word, period),
            Text(
                f"{shown_month(period)}“{word}”字有 {len(late)} 张凭证日期早于号在其前的凭证：{_names(late)}",
                f"{period}, word {word}: {len(late)} vouchers are dated before lower numbers",
            ),
            Text("凭证日期随凭证号递增", "dates rise with the numbers"),
            vouchers_evidence(late, Text("日期早于前面的号", "dated before a lower number")),
        )
    outside = {day for day in {voucher.date for voucher in group} if month_of_day(day) != period}
    if outside:
        strange = in_order(voucher for voucher in group if voucher.date in outside)
        yield _finding(
            case,
            ("month", word, period),
            Text(
                f"{len(strange)} 张{shown_month(period)}“{word}”字凭证的日期不在该月：{_names(strange)}",
                f"{len(strange)} vouchers numbered in {period} are dated in another month",
            ),
            Text("凭证编入其日期所在的月份", "a voucher is numbered in the month of its date"),
            vouchers_evidence(strange, Text("日期不在所属月份", "dated outside its month")),
        )


def _late(rising: Sequence[VoucherRow]) -> list[VoucherRow]:
    """Return the vouchers dated before one with a lower number, of vouchers in order of number."""
    late, latest = [], rising[0].date
    for voucher in rising:
        if voucher.date < latest:
            late.append(voucher)
        else:
            latest = voucher.date
    return late


def _names(vouchers: Sequence[VoucherRow]) -> str:
    return joined([voucher.voucher for voucher in vouchers])


def _gap(case: Case, word: str, period: str, last: Sequence[VoucherRow], numbers: list[int]) -> Finding:
    spans, expected = [], 1
    for number in numbers:
        if number > expected:
            spans.append(str(expected) if number == expected + 1 else f"{expected}—{number - 1}")
        expected = number + 1
    count = numbers[-1] - len(numbers)
    return _finding(
        case,
        ("gap", word, period),
        Text(
            f"{shown_month(period)}“{word}”字凭证缺 {count} 个号：{joined(spans)}（最大号 {numbers[-1]}）",
            f"{period}, word {word}: {count} numbers are missing ({joined(spans)}) below {numbers[-1]}",
        ),
        Text(f"从 1 号到 {numbers[-1]} 号连续", f"every number from 1 to {numbers[-1]}"),
        vouchers_evidence(in_order(last), Text("该月最大号的凭证", "the voucher with the highest number of the month")),
    )


def _repeats(case: Case, word: str, period: str, group: Sequence[VoucherRow]) -> Iterator[Finding]:
    for number, times in sorted(Counter(voucher.number or 0 for voucher in group).items()):
        if times > 1:
            same = in_order(voucher for voucher in group if voucher.number == number)
            name = f"{word}-{period}-{number:04d}"
            yield _finding(
                case,
                ("repeat", name),
                Text(f"凭证号 {name} 用于 {times} 张凭证", f"voucher number {name} stands on {times} vouchers"),
                Text("一个凭证号只用一次", "a voucher number is used once"),
                vouchers_evidence(same, Text("使用该号的凭证", "a voucher with this number")),
            )


def _unnumbered(case: Case, unnumbered: Sequence[VoucherRow]) -> Iterator[Finding]:
    bare = in_order(voucher for voucher in unnumbered if not (voucher.opening or voucher.change_over))
    for month, own in by_month(bare):
        yield _finding(
            case,
            ("none", month),
            Text(
                f"{shown_month(month)}有 {len(own)} 张凭证没有凭证字号，或字号不合“字-年-月-号”的格式",
                f"{len(own)} vouchers of {month} have no well-formed number",
            ),
            Text("每张凭证有合格式的字号", "every voucher has a well-formed number"),
            vouchers_evidence(own, Text("没有合格式字号的凭证", "a voucher without a well-formed number")),
        )


def _finding(case: Case, key: tuple[str, ...], told: Text, expected: Text, evidence: tuple[Evidence, ...]) -> Finding:
    return case.finding(
        *key,
        message=told,
        expected=expected,
        found=told,
        remedy=Text(
            "查明原因：凭证是否抽走、补做；作废的凭证留存并注明", "find out why; keep voided vouchers, marked as such"
        ),
        evidence=evidence,
    )
