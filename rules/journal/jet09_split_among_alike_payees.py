"""拆给名称相近的几个收款方：几天之内，分开都不到限额，合起来达到，而收款方名称几乎一样。

检查内容
10 天之内付给名称相近（去掉地区和公司字样以后 100 分中 80 分以上，即五个字差一个）而不相同的收款方，
每笔都不到须比价的金额，合计达到的；3 天之内以现金付给同一收款方，每笔不超过现金结算起点，合计超过的。
付给同一收款方（包括只差地区和公司字样的）、按同一限额拆分的采购由 EXP44 检查，不在此重复。
按标准发放的（清单、事由、奖励）不在总体内。
依据
《中华人民共和国会计法》第二十五条（二）：重要经济业务事项的决策和执行的相互监督、相互制约程序应当明确。
《现金管理暂行条例》第五条：结算起点以下的零星支出可以使用现金；第六条：支付给个人的款项，超过使用现金限额的部分应当以支票
或者银行本票支付。分次付现才引用：付给个人的引第六条，其他的引第五条。
所引会计法是2024年6月28日修正的文本，修正施行以前的业务须对照修正前的文本。
危害
换一个名称相近的抬头，或分几次付现金，就绕过了比价、集体研究和转账。
反例
5 月 6 日、8 日付某市佳惠百货商贸有限公司、佳慧百货商贸有限公司各 6,000.00 元，限额 10,000.00 元。
正例
同一供应商一次采购 12,000.00 元，已比价。
参数
control.quote_threshold 须比价的采购金额，由本单位自定；cash.payment_limit 现金结算起点。
方法常数：采购 10 天，现金 3 天，名称相近 80 分。
局限
名称相近的可能是不同的单位，一律为疑点。个人按登记簿和名称判断，凭发票报销的也算付给个人。没有规定比价金额的，该项报告为未能检查。
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from ledger.journal_rows import VoucherRow
from ledger.money import shown_yuan
from rules.finding import Checked, Citation, Finding, Severity, Text, examined, not_applicable
from rules.gather import Values
from rules.invoices.parties import is_person, known_people
from rules.journal.alike import groups_alike
from rules.journal.method import Method
from rules.journal.population import Fen, by_day, population, rows_of
from rules.journal.splits import Part, split_below
from rules.law import ParameterValue
from rules.rule import Case, rule
from rules.text.near import bare_name

_DAYS, _CASH_DAYS = 10, 3
_CONTROL = Citation("accounting-law-2024", "第二十五条")
_SETTLEMENT, _PERSONS = Citation("cash-regulation-2011", "第五条"), Citation("cash-regulation-2011", "第六条")
_METHOD = Method(
    1,
    Text("不按标准发放的支出或付款凭证", "vouchers of spending or payment that no standard fixes"),
    (
        Text("采购 10 天", "10 days"),
        Text("现金 3 天", "3 days for cash"),
        Text("名称相近 80 分", "names alike from 80"),
    ),
)


@rule(
    code="JET09",
    name="split-among-alike-payees",
    title=Text("拆给名称相近的收款方或分次付现", "Split among alike payees or into several cash payments"),
    severity=Severity.MEDIUM,
    citations=(_CONTROL, _SETTLEMENT, _PERSONS),
    parameters=("control.quote_threshold", "cash.payment_limit"),
    lead_only=True,
)
def check(case: Case) -> Checked:
    """Report payments below a limit that reach it together, to payees of nearly one name or in cash."""
    count = len(population(case).free_outgoing)
    if not count:
        return not_applicable("本期没有可测试的支出或付款", "no spending or payment to be tested in the period")
    quotes, cash = Values(case, "control.quote_threshold"), Values(case, "cash.payment_limit")
    findings = [*_alike(case, quotes, count), *_in_cash(case, cash, count)]
    return examined(count, findings, (*quotes.untested, *cash.untested), note=_METHOD.said(count))


def _alike(case: Case, values: Values, count: int) -> Iterator[Finding]:
    found = population(case)
    at = {day: values.on(day) for day, own in found.free_spending_by_day.items() if any(map(_undecided, own))}
    if not any(at.values()):
        return
    rows = list(filter(_undecided, found.free_spending))
    for names in groups_alike(sorted({voucher.payee for voucher in rows} - {""})):
        own = [voucher for voucher in rows if voucher.payee in names]
        limits = [value for day in by_day(own) if (value := at[day]) is not None]
        limit = max(limits, key=lambda value: value.fen, default=None)
        if limit is None:
            continue
        for split in _split(own, found.spent_fen, limit.fen, _DAYS):
            # Payees whose names differ in region and legal form only are one supplier to EXP44.
            if len({bare_name(voucher.payee) for voucher in split}) > 1:
                yield _finding(case, "alike", split, limit, found.spent_fen, sorted(names), count, (_CONTROL,))


def _undecided(voucher: VoucherRow) -> bool:
    """Tell whether a purchase was made without quotations and without a collective decision."""
    return (voucher.quotes or 0) <= 1 and not voucher.resolution


def _in_cash(case: Case, values: Values, count: int) -> Iterator[Finding]:
    found = population(case)
    by_payee: dict[str, list[VoucherRow]] = defaultdict(list)
    for voucher in found.free_in_cash:
        if voucher.payee:
            by_payee[voucher.payee].append(voucher)
    for payee, own in sorted(by_payee.items()):
        limit = values.on(own[-1].date)
        if limit is None:
            continue
        article = _PERSONS if is_person(payee, known_people(case.facts)) else _SETTLEMENT
        # The limit itself may still be paid in cash, so a part is one fen more free than below a threshold.
        for split in _split(own, found.paid_fen, limit.fen + 1, _CASH_DAYS):
            yield _finding(case, "cash", split, limit, found.paid_fen, [payee], count, (_CONTROL, article))


def _split(own: Sequence[VoucherRow], fen: Fen, limit_fen: int, days: int) -> Iterator[list[VoucherRow]]:
    """Yield the vouchers of each group of payments that together reach a limit, in order of day and number."""
    parts = [Part(voucher.date, fen(voucher), voucher.entry) for voucher in own]
    for group in split_below(parts, limit_fen, days):
        entries = {part.entry for part in group}
        yield [voucher for voucher in own if voucher.entry in entries]


def _finding(
    case: Case,
    kind: str,
    rows: Sequence[VoucherRow],
    limit: ParameterValue,
    fen: Fen,
    names: Sequence[str],
    count: int,
    citations: Sequence[Citation],
) -> Finding:
    total, since, until = sum(map(fen, rows)), rows[0].date, rows[-1].date
    shown = "、".join(names)
    how = Text("现金", "in cash") if kind == "cash" else Text("名称相近的收款方", "payees of nearly one name")
    return _METHOD.lead(
        case,
        kind,
        shown,
        since.isoformat(),
        count=count,
        told=Text(
            f"{since} 至 {until} 分 {len(rows)} 笔付给{shown}（{how.zh}），合计 {shown_yuan(total)} 元，"
            f"每笔都不超过限额 {shown_yuan(limit.fen)} 元",
            f"{len(rows)} payments {since} to {until}, {how.en}, {shown_yuan(total)} yuan in all, each below "
            f"{shown_yuan(limit.fen)}",
        ),
        expected=Text("同一业务合并计算，达到限额的按限额办理", "one dealing counted as one against the limit"),
        evidence=rows_of(rows, Text("拆分的一笔", "one of the parts"), fen, total),
        related=("EXP44", "ACC14") if kind == "cash" else ("EXP44", "EXP46"),
        parameters=(limit,),
        citations=citations,
    )
