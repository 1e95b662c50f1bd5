"""What can be wrong with the opening balances of a book: entered twice, too late, or with income in them."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

import pandas as pd

from ledger.facts import Facts
from ledger.money import shown_yuan
from ledger.rows import records
from rules.bookkeeping.closing import YearFault
from rules.finding import Text
from rules.gather import in_order, voucher_evidence
from rules.rule import evidence_of

_EXPECTED = Text(
    "期初余额只在建账首日录入一次，只含资产、负债、净资产",
    "opening balances are entered once, on the first day, without income and expenditure",
)
_NOTE = Text("期初余额", "opening balances")


def opening_faults(facts: Facts, until: datetime.date) -> Iterator[YearFault]:
    """Yield what is wrong with the opening balances entered up to a day."""
    vouchers = in_order(facts.vouchers)
    openings = vouchers[vouchers["opening"] & (vouchers["date"] <= pd.Timestamp(until))]
    if openings.empty:
        return
    evidence = tuple(voucher_evidence(row, _NOTE) for row in records(openings))
    if len(openings) > 1:
        told = Text(f"期初余额录入了 {len(openings)} 次", f"opening balances were entered {len(openings)} times")
        yield YearFault(("opening", "repeated"), told, _EXPECTED, evidence)
    first = openings.iloc[0]["date"]
    before = vouchers[(vouchers["date"] < first) & ~vouchers["opening"]]
    if not before.empty:
        told = Text(
            f"期初余额的日期（{first:%Y-%m-%d}）之前已有 {len(before)} 张凭证",
            f"{len(before)} vouchers are dated before the opening balances of {first:%Y-%m-%d}",
        )
        yield YearFault(("opening", "late"), told, _EXPECTED, evidence)
    rows = facts.journal
    flows = rows[rows["opening"] & rows["element"].isin(("income", "expense")) & (rows["amount_fen"] != 0)]
    flows = flows[(flows["date"].dt.month == 1) & (flows["date"].dt.day == 1)]
    if not flows.empty:
        total = int(flows["amount_fen"].abs().sum())
        told = Text(
            f"1 月 1 日的期初余额含收支科目，合计 {shown_yuan(total)} 元",
            f"opening balances of 1 January hold income or expenditure: {shown_yuan(total)} yuan",
        )
        found = tuple(evidence_of(row, _NOTE) for row in records(flows))
        yield YearFault(("opening", "flows"), told, _EXPECTED, found, total)
