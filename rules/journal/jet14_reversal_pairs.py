"""冲销成对：冲销凭证与被冲销凭证对不上，没有注明的反向凭证，以及跨年的一正一反。

检查内容
一、注明冲销（reverses）而账套里没有被冲销凭证的，或金额、科目不是原凭证反方向的；二、涉及收入支出的两张凭证 60 天之内
科目相同、金额相等、方向相反，而没有注明冲销的；其中分在年末前后的单列。大额红冲和结账后调整由 ACC09 检查，不在此重复。
依据
《中华人民共和国会计法》第十五条：登记发生错误的，应当按照国家统一的会计制度规定的方法更正。《工会会计制度》第二十一条：
不得提前或者延后。
所引会计法是2024年6月28日修正的文本，修正施行以前的业务须对照修正前的文本。
危害
年末记一笔、次年冲回，可以虚列支出、调节结余。
反例
12 月 28 日列支培训费 20,000.00 元，次年 1 月 10 日以相同科目、相反方向冲回。
正例
红字冲销凭证注明原凭证号，科目金额与原凭证相同，方向相反。
参数
无。方法常数：60 天，年末虚列的多在次年一二月冲回。
局限
部分冲销的金额不等属正常，列为疑点；被冲销凭证不在账套里的年份同样列出。
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ledger.journal_rows import VoucherRow
from rules.evidence import voucher_evidence
from rules.finding import Checked, Citation, Evidence, Finding, Severity, Text, examined, not_applicable
from rules.gather import limited
from rules.journal.history import flows_by_entry, reversed_numbers
from rules.journal.method import Method
from rules.journal.mirrors import Pair, image, mirrored, pairs
from rules.journal.population import population, rows_of
from rules.rule import Case, rule
from rules.vouchers import names_of, years

_DAYS = 60
_METHOD = Method(1, Text("本期凭证", "vouchers of the period"), (Text("60 天以内", "within 60 days"),))
_EXPECTED = Text("冲销凭证注明原凭证，科目金额相同、方向相反", "a reversal names its voucher and mirrors it")
_CROSSING = Text("分在年末前后", "over the year's end")
_UNNAMED = Text("没有注明冲销", "without being named")


@rule(
    code="JET14",
    name="reversal-pairs",
    title=Text("冲销成对", "Reversals and mirrored pairs"),
    severity=Severity.MEDIUM,
    citations=(Citation("accounting-law-2024", "第十五条"), Citation("accounting-system-2021", "第二十一条")),
    lead_only=True,
)
def check(case: Case) -> Checked:
    """Report reversals without their voucher, and unnamed mirror images, above all over a year's end."""
    count = len(case.vouchers)
    if not count:
        return not_applicable("本期没有凭证", "no vouchers in the period")
    return examined(count, [*_named(case, count), *_unnamed(case, count)], note=_METHOD.said(count))


def _named(case: Case, count: int) -> Iterator[Finding]:
    if not reversed_numbers(case.facts):
        return
    naming = [voucher for voucher in case.vouchers if voucher.reverses]
    book = {voucher.voucher: voucher for voucher in case.facts.listed}
    lines, idle = case.facts.booked.by_entry, case.facts.transfers
    notes: dict[int, Text] = {}
    for voucher in naming:
        name, other = voucher.reverses, book.get(voucher.reverses)
        if other is None:
            notes[voucher.entry] = Text(f"被冲销的 {name} 不在账套里", f"{name}, which it reverses, is not in the book")
            continue
        own, undone = image(lines.get(voucher.entry, ())), image(lines.get(other.entry, ()))
        if not own or other.entry in idle or mirrored(own) != undone:
            notes[voucher.entry] = Text(
                f"与被冲销的 {name} 科目金额不是相反", f"does not mirror {name}, which it reverses"
            )
    for year, own_rows in years([voucher for voucher in naming if voucher.entry in notes]):
        told = Text(
            f"{year} 年 {len(own_rows)} 张冲销凭证与被冲销凭证对不上：{names_of(own_rows)}",
            f"{len(own_rows)} reversals of {year} do not match what they reverse",
        )
        evidence = rows_of(own_rows, [notes[one.entry] for one in own_rows], population(case).debit_fen)
        yield _finding(case, (str(year), "named"), told, evidence, count)


def _unnamed(case: Case, count: int) -> Iterator[Finding]:
    groups: dict[tuple[int, bool], list[Pair]] = {}
    for pair in pairs(_opposite(case), case.facts.booked.by_entry, _DAYS):
        if pair.first.date <= case.until and pair.second.date >= case.since:
            groups.setdefault((pair.first.date.year, pair.crosses), []).append(pair)
    for (year, crosses), own in sorted(groups.items()):
        where = _CROSSING if crosses else _UNNAMED
        told = Text(
            f"{year} 年起 {len(own)} 对凭证科目相同、金额相等、方向相反，{where.zh}",
            f"{len(own)} pairs of vouchers from {year} mirror each other, {where.en}",
        )
        notes = [Text(f"第 {n} 对", f"pair {n}") for n in range(1, len(own) + 1)]
        evidence = [voucher_evidence(one, note) for note, pair in zip(notes, own, strict=True) for one in pair]
        yield _finding(case, (str(year), "crossing" if crosses else "unnamed"), told, limited(evidence), count)


def _opposite(case: Case) -> list[VoucherRow]:
    """Return the vouchers whose income and spending are just the opposite of another's: only they can mirror it.

    Those that name what they reverse, and those that are so named, are left out.
    """
    net, lines, undone = flows_by_entry(case.facts), case.facts.booked.by_entry, reversed_numbers(case.facts)
    other = {-fen for fen in net.values()}
    vouchers = [lines[entry][0].head for entry in sorted([entry for entry, fen in net.items() if fen in other])]
    return [voucher for voucher in vouchers if not voucher.reverses and voucher.voucher not in undone]


def _finding(case: Case, key: tuple[str, ...], told: Text, evidence: Sequence[Evidence], count: int) -> Finding:
    return _METHOD.lead(
        case, *key, count=count, told=told, expected=_EXPECTED, evidence=evidence, related=("ACC09", "JET15")
    )
