"""以预付款套取年终结余：十二月付了款、列了支出，东西次年才到、才发，或者挂成预付款。

检查内容
十二月的支出凭证（元旦慰问除外）：一、所写清单的发放日期都在次年的；二、库存登记簿（stock.csv）里这张凭证的入库都在次年的；
三、业务发生日期（occurred）在次年的。四、十二月向超市、商场、旅行社等付款记其他应收款，年末仍有余额的。规定了比价金额的，
第一至三项只看达到该金额的。
依据
《工会会计制度》第十七条：以实际发生的经济业务或者事项为依据进行会计处理；第二十一条：不得提前或者延后。
危害
年终结余被变成商家的存款，决算虚减结余，次年脱离预算使用。
反例
12 月 28 日付某超市 100,000.00 元列节日慰问，次年 5 月才按清单发放。
正例
次年的活动用次年的预算，年底没有预付。
参数
control.quote_threshold 须比价的采购金额（元），用作大额的界限；没有规定的全部看。
局限
年底采购、春节前发放有其正当原因，一律为疑点。达到金额、付给超市旅行社等而没有清单、库存和发生日期的，报告为未能检查。
"""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Mapping, Sequence
from operator import attrgetter

from ledger.journal_rows import PostingRow, net_fen
from ledger.money import shown_yuan
from ledger.register_rows import GrantRow, StockRow
from rules.expenditure.purchases import net_spending, number_of, spending_evidence, told_purchase
from rules.finding import Checked, Citation, Finding, Severity, Text, examined, not_applicable
from rules.gather import Values
from rules.indexes import between
from rules.invoices.grouped import at_line, by_year, one_finding
from rules.rule import Case, rule
from rules.text.lists import Field, word_list
from rules.text.match import match

THRESHOLD = "control.quote_threshold"
_DECEMBER = 12
REMEDY = Text("核对到货和领用，未到的收回货款或冲回支出", "check the goods; get the money back or reverse the spending")


@rule(
    code="EXP51",
    name="surplus-parked",
    title=Text("以预付款套取年终结余", "Year-end surplus parked as prepayments"),
    severity=Severity.HIGH,
    citations=(Citation("accounting-system-2021", "第十七条"), Citation("accounting-system-2021", "第二十一条")),
    parameters=(THRESHOLD,),
    lead_only=True,
)
def check(case: Case) -> Checked:
    """Report spending of December whose goods came or were used in the next year, and prepayments left open."""
    spent = [line for line in _of_december(case, net_spending(case)) if line.occasion != "元旦"]
    paid = [line for line in _of_december(case, case.booked.on("other_receivables")) if line.amount_fen > 0]
    if not spent and not paid:
        return not_applicable("本期十二月没有支出和预付", "no spending or prepayment in a December of the period")
    values = Values(case, THRESHOLD)
    given, received = _given(case, {line.list for line in spent} - {""}), _received(case)
    findings: list[Finding] = []
    untold = 0
    for line in spent:
        limit = values.on(line.date)
        if limit is not None and line.amount_fen < limit.fen:
            continue
        last = datetime.date(line.date.year, _DECEMBER, 31)
        used, came = given.get(line.list), received.get(line.voucher)
        if line.head.event_date > last:
            findings.append(_finding(case, line, "发生", line.head.event_date))
        elif came is not None and came > last:
            findings.append(_finding(case, line, "入库", came))
        elif used is not None and used > last:
            findings.append(_finding(case, line, "发放", used))
        elif limit is not None and used is None and came is None and _keeps_credit(line.head.payee):
            untold += 1
    prepaid = [line for line in paid if _keeps_credit(line.head.payee)]
    for year, (account,), own in by_year(prepaid, attrgetter("account")):
        if _still_open(case, account, year):
            findings.append(_open(case, year, account, own))
    untested = []
    if untold:
        zh = f"十二月有 {untold} 笔付给商家的大额支出没有清单、库存记录，何时领用无法检查"
        untested.append(Text(zh, f"{untold} large payments of December: when the goods were used is not recorded"))
    return examined(len(spent) + len(paid), findings, untested)


def _of_december(case: Case, lines: Sequence[PostingRow]) -> list[PostingRow]:
    """Return the lines of each December of the period."""
    years = range(case.since.year, case.until.year + 1)
    ends = [datetime.date(year, _DECEMBER, 31) for year in years]
    return [line for end in ends for line in between(lines, end.replace(day=1), end)]


def _given(case: Case, lists: Collection[str]) -> Mapping[str, datetime.date]:
    """Return the first day on which each of some lists was handed out."""
    rows = case.rows(GrantRow) if lists and "grants" in case.facts.registers else ()
    return _first_days((row.list, row.date) for row in rows if row.list in lists)


def _received(case: Case) -> Mapping[str, datetime.date]:
    """Return the first day on which goods of each voucher came in."""
    rows = case.rows(StockRow) if "stock" in case.facts.registers else ()
    return _first_days((row.voucher, row.date) for row in rows if row.quantity > 0)


def _first_days(told: Iterable[tuple[str, datetime.date | None]]) -> Mapping[str, datetime.date]:
    found: dict[str, datetime.date] = {}
    for name, day in told:
        if name and day is not None and day < found.get(name, datetime.date.max):
            found[name] = day
    return found


def _keeps_credit(payee: str) -> bool:
    return bool(match(payee, "stockists", word_list("stockists").revised, Field.PAYEE))


def _finding(case: Case, line: PostingRow, how: str, at: datetime.date) -> Finding:
    what = told_purchase(line, line.head.payee)
    said = Text(f"次年 {at} 才{how}", f"goods came or were used on {at} of the next year")
    return case.finding(
        number_of(line),
        message=Text(f"{what.zh}，{said.zh}", f"{what.en}; {said.en}"),
        expected=Text("当年列支的当年到货、领用", "what is booked in a year comes and is used in it"),
        found=said,
        remedy=REMEDY,
        evidence=(spending_evidence(line, said),),
        amount_fen=line.amount_fen,
        related=("EXP50",),
    )


def _still_open(case: Case, account: str, year: int) -> bool:
    """Tell whether a receivable has a balance at a year's end."""
    return net_fen(p for p in case.facts.booked.postings if p.account == account and p.date.year <= year) > 0


def _open(case: Case, year: int, account: str, lines: Sequence[PostingRow]) -> Finding:
    """Return the finding that debits of December to shops and agencies are still open at the year's end."""
    money = shown_yuan(net_fen(lines))
    said = Text(
        f"{year} 年十二月预付 {money} 元挂 {account}，年末未结清", f"{money} yuan prepaid in December {year}, open"
    )
    return one_finding(
        case,
        str(year),
        "prepaid",
        account,
        lines=lines,
        shown=at_line,
        message=said,
        expected=Text("年底不向商家预付", "no prepayments to shops at the year's end"),
        found=said,
        remedy=REMEDY,
        note=Text("预付给商家", "prepaid to a shop"),
        related=("CUR05",),
    )
