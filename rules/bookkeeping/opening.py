"""What can be wrong with the opening balances of a book: entered twice, too late, or with income in them."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from ledger.facts import Facts
from ledger.money import shown_yuan
from rules.bookkeeping.closing import YearFault
from rules.evidence import posting_evidence, voucher_evidence
from rules.finding import Text
from rules.indexes import lines_of, transfers, vouchers_by_day

_EXPECTED = Text(
    "期初余额只在建账首日录入一次，只含资产、负债、净资产",
    "opening balances are entered once, on the first day, without income and expenditure",
)
_NOTE = Text("期初余额", "opening balances")


def opening_faults(facts: Facts, until: datetime.date) -> Iterator[YearFault]:
    """Yield what is wrong with the opening balances entered up to a day."""
    openings = [voucher for voucher in transfers(facts) if voucher.opening and voucher.date <= until]
    if not openings:
        return
    evidence = tuple(voucher_evidence(voucher, _NOTE) for voucher in openings)
    if len(openings) > 1:
        told = Text(f"期初余额录入了 {len(openings)} 次", f"opening balances were entered {len(openings)} times")
        yield YearFault(("opening", "repeated"), told, _EXPECTED, evidence)
    first = openings[0].date
    earlier = (own for day, own in vouchers_by_day(facts).items() if day < first)
    before = sum(not voucher.opening for own in earlier for voucher in own)
    if before:
        told = Text(
            f"期初余额的日期（{first:%Y-%m-%d}）之前已有 {before} 张凭证",
            f"{before} vouchers are dated before the opening balances of {first:%Y-%m-%d}",
        )
        yield YearFault(("opening", "late"), told, _EXPECTED, evidence)
    newyear = [voucher for voucher in openings if (voucher.date.month, voucher.date.day) == (1, 1)]
    flows = [line for line in lines_of(facts, newyear) if line.element in ("income", "expense") and line.amount_fen]
    if flows:
        total = sum(abs(line.amount_fen) for line in flows)
        told = Text(
            f"1 月 1 日的期初余额含收支科目，合计 {shown_yuan(total)} 元",
            f"opening balances of 1 January hold income or expenditure: {shown_yuan(total)} yuan",
        )
        found = tuple(posting_evidence(line, _NOTE) for line in flows)
        yield YearFault(("opening", "flows"), told, _EXPECTED, found, total)
