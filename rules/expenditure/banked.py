"""Payments of the book found in the bank's own list: by account, day and amount, where only one of each answers."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from operator import attrgetter
from typing import TypeVar

from ledger.journal_rows import PostingRow, net_fen
from ledger.register_rows import BankRow
from rules.expenditure.purchases import one_each, repeated
from rules.rule import Case

Payment = tuple[str, datetime.date | None, int | None]  # account, day and amount
Value = TypeVar("Value")


def other_payees(case: Case) -> Mapping[int, str]:
    """Return, by entry of the voucher, the payee in the bank's list where the voucher names another or none.

    A payment counts only where the account, the day and the amount are one voucher's and one row's alone. Empty
    without bank.csv.
    """
    if "bank" not in case.facts.registers:
        return {}
    lines = [line for line in case.booked.on("bank_deposit") if line.amount_fen < 0]
    paid = one_each(lines, attrgetter("account"), _as_one)
    told = {(line.account, line.date, -line.amount_fen, line.head.payee) for line in paid}
    rows = [row for row in case.rows(BankRow) if row.debit_fen and row.debit_fen > 0]
    # Most statements name the vouchers' own payees: then no payment need be found.
    if told.issuperset(map(attrgetter("account", "date", "debit_fen", "payer_payee"), rows)):
        return {}
    names = _alone([((row.account, row.date, row.debit_fen), row.payer_payee) for row in rows])
    payments = _alone([((line.account, line.date, -line.amount_fen), line) for line in paid])
    several = repeated([line.entry for line in paid])
    found = {payments[key].entry: name for key, name in names.items() if name and key in payments}
    return {entry: name for entry, name in found.items() if entry not in several}


def _as_one(lines: Sequence[PostingRow]) -> PostingRow:
    return lines[0]._replace(amount_fen=net_fen(lines))


def _alone(pairs: Sequence[tuple[Payment, Value]]) -> Mapping[Payment, Value]:
    """Return the values of the payments that stand in one pair only."""
    several = repeated([payment for payment, _ in pairs])
    return {payment: value for payment, value in pairs if payment not in several}
