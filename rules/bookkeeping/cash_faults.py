"""What can be wrong with cash: over its limit, spent out of receipts, kept, paid in large sums, short when counted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from operator import attrgetter

from ledger.journal_rows import net_fen
from ledger.money import shown_yuan
from ledger.register_rows import CashCountRow
from rules.bookkeeping.cash import CASH, CashDay, CashVoucher
from rules.bookkeeping.cash_payments import Large, certainty, exempt, over_limit
from rules.evidence import posting_evidence, register_evidence
from rules.finding import Certainty, Evidence, Severity, Text
from rules.gather import Values, shown_month
from rules.law import ParameterValue
from rules.remittance.months import month_of_day
from rules.rule import Case

_LIMIT = Text("每日终了不超过核定限额，超过部分当日送存", "within the limit at the end of every day")
_BANKED = Text("现金收入当日送存银行，不坐支", "receipts banked on the day, nothing paid out of them")
_SETTLEMENT, _PERSONS = "第五条", "第六条"  # payments above the limit: at all, and what persons get beyond it
_EXACT = Text("盘点数等于账面余额", "the count equals the books")


@dataclass(frozen=True)
class Fault:
    """One fault of cash: key, what is wrong, should be and is to be done, the rows, fen at risk, and the article."""

    key: tuple[str, ...]
    told: Text
    expected: Text
    remedy: Text
    evidence: tuple[Evidence, ...]
    amount_fen: int
    article: str
    certainty: Certainty = Certainty.ESTABLISHED
    severity: Severity | None = None
    parameters: tuple[ParameterValue, ...] = ()


def over_holding(days: Sequence[CashDay], limits: Values) -> Iterator[Fault]:
    """Yield, year by year, the days that ended with more cash than the limit."""
    years: dict[int, list[tuple[CashDay, ParameterValue]]] = defaultdict(list)
    for at in days:
        value = limits.on(at.date)
        if value is not None and at.closing_fen > value.fen:
            years[at.date.year].append((at, value))
    for year, found in sorted(years.items()):
        worst, value = max(found, key=lambda pair: (pair[0].closing_fen - pair[1].fen, pair[0].date))
        excess = worst.closing_fen - value.fen
        held, limit = shown_yuan(worst.closing_fen), shown_yuan(value.fen)
        note = Text("当日终了库存现金超过限额", "cash over the limit at the day's end")
        yield Fault(
            ("limit", str(year)),
            Text(
                f"{year} 年 {len(found)} 天终了库存现金超过限额 {limit} 元，最多 {held} 元（{worst.date}）",
                f"cash over its limit of {limit} yuan at the end of {len(found)} days of {year}, up to {held}",
            ),
            _LIMIT,
            Text("超过限额的现金存入银行", "pay the excess in at the bank"),
            tuple(Evidence(note, date=at.date, amount_fen=at.closing_fen) for at, _ in found),
            excess,
            "第十条",
            severity=Severity.MEDIUM,
            parameters=(value,),
        )


def out_of_receipts(days: Sequence[CashDay]) -> Iterator[Fault]:
    """Yield, month by month, what was paid straight out of cash receipts."""
    months: dict[str, list[tuple[CashVoucher, int]]] = defaultdict(list)
    for at in days:
        months[month_of_day(at.date)] += at.from_receipts
    for month, used in sorted(months.items()):
        if not used:
            continue
        total = sum(fen for _, fen in used)
        note = Text("备用现金不够，动用了现金收入", "more than the float held: paid out of receipts")
        yield Fault(
            ("receipts", month),
            Text(
                f"{shown_month(month)}坐支现金收入 {shown_yuan(total)} 元（{len(used)} 张凭证）",
                f"{shown_yuan(total)} yuan of {month} paid straight out of cash receipts ({len(used)} vouchers)",
            ),
            _BANKED,
            Text("现金收入全部送存，付款从限额或提现中支付", "bank all receipts, pay from the float"),
            tuple(posting_evidence(voucher.line, note, fen) for voucher, fen in used),
            total,
            "第十一条",
        )


def banked_late(days: Sequence[CashDay]) -> Iterator[Fault]:
    """Yield, year by year, the days that ended with receipts not paid in at the bank: leads."""
    years: dict[int, list[CashDay]] = defaultdict(list)
    for at in days:
        if at.kept_fen:
            years[at.date.year].append(at)
    for year, found in sorted(years.items()):
        most = max(at.kept_fen for at in found)
        note = Text("当日终了尚未送存的现金收入", "receipts not banked at the day's end")
        yield Fault(
            ("kept", str(year)),
            Text(
                f"{year} 年 {len(found)} 天终了留有未送存的现金收入，最多 {shown_yuan(most)} 元",
                f"receipts not banked at the end of {len(found)} days of {year}, up to {shown_yuan(most)} yuan",
            ),
            _BANKED,
            Text("查明未送存的原因和开户银行核定的送存时间", "find out why, and what the bank allowed"),
            tuple(Evidence(note, date=at.date, amount_fen=at.kept_fen) for at in found),
            0,
            "第十一条",
            Certainty.LEAD,
            Severity.LOW,
        )


def large(case: Case, voucher: CashVoucher, limits: Values) -> list[Fault] | None:
    """Return the fault of a payment in cash above the limit, none, or None where its list cannot be looked up."""
    if not voucher.paid_fen:
        return []
    value = limits.on(voucher.date)
    if value is None or exempt(voucher.line.head, voucher.date):
        return []
    over = over_limit(case, voucher, value.fen)
    return None if over is None else [_paid_beyond(case, voucher, one, value) for one in over]


def _paid_beyond(case: Case, voucher: CashVoucher, one: Large, value: ParameterValue) -> Fault:
    """Return the fault of a large payment: all of it where cash was not allowed, to persons the part beyond."""
    name, payee = voucher.line.voucher or "（无字号）", voucher.line.head.payee
    limit, paid, beyond = shown_yuan(value.fen), shown_yuan(one.paid_fen), shown_yuan(one.beyond_fen)
    whom = "" if voucher.line.list else f"（{payee}）"
    told = (
        Text(
            f"{voucher.date} 凭证 {name} 付给个人{whom}现金 {paid} 元，超过使用现金限额 {limit} 元的部分 {beyond} 元",
            f"{voucher.date}, voucher {name}: {paid} yuan paid to persons in cash, {beyond} beyond {limit}",
        )
        if one.to_persons
        else Text(
            f"{voucher.date} 凭证 {name} 付现金 {paid} 元给{payee}，超过结算起点 {limit} 元",
            f"{voucher.date}, voucher {name}: {paid} yuan paid in cash, more than {limit}",
        )
    )
    expected = (
        Text(
            f"付给个人超过 {limit} 元的部分以支票或者银行本票支付；确需全额付现的经开户银行审核",
            f"what persons get beyond {limit} yuan by cheque; all of it in cash only where the bank has examined it",
        )
        if one.to_persons
        else Text(f"超过 {limit} 元的转账支付", f"payments above {limit} yuan by transfer")
    )
    return Fault(
        ("payment", voucher.line.voucher),
        told,
        expected,
        Text("说明付现的原因；以后转账支付", "account for it; pay by transfer"),
        (posting_evidence(voucher.line, Text("现金付款", "paid in cash"), one.paid_fen),),
        one.beyond_fen if one.to_persons else one.paid_fen,
        _PERSONS if one.to_persons else _SETTLEMENT,
        certainty(case, voucher),
        Severity.MEDIUM,
        (value,),
    )


def counted(case: Case) -> Iterator[Fault]:
    """Yield the counts of cash in the period that are not what the books say at that day's end."""
    counts = [row for row in case.rows(CashCountRow) if row.date is not None and case.since <= row.date <= case.until]
    cash = case.facts.booked.on(CASH)
    for row in sorted(counts, key=attrgetter("date", "account", "counted_fen", "line")):
        account, day = row.account, row.date or case.until
        own = (line for line in cash if not account or f"{line.account}:".startswith(f"{account}:"))
        book = net_fen(line for line in own if line.date <= day)
        gap = row.counted_fen - book
        if not gap:
            continue
        at, word = day.isoformat(), Text("短少", "short") if gap < 0 else Text("溢余", "over")
        told = Text(
            f"{at} 盘点库存现金 {shown_yuan(row.counted_fen)} 元，账面 {shown_yuan(book)} 元，"
            f"{word.zh} {shown_yuan(abs(gap))} 元",
            f"{at}: {shown_yuan(row.counted_fen)} yuan counted, {shown_yuan(book)} booked: {word.en}",
        )
        yield Fault(
            ("count", at, account),
            told,
            _EXACT,
            Text("查明长短款，不得以白条抵库；转待处理财产损溢，报批处理", "find the difference; slips are no cash"),
            (register_evidence(row, told, abs(gap)),),
            abs(gap),
            "第十二条",
        )
