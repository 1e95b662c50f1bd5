"""Bank statements of the two accounts: what the books say, a few days apart at the turn of the year.

`IN_TRANSIT` and `UNBOOKED` are the reconciling items, and the only ones: payments that the bank had not carried
out by 31 December, and a charge that the union only learnt of in January.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from ledger.example import chart
from ledger.example.names import BANK
from ledger.example.signing import Signed
from ledger.example.workdays import LAST_DAY


class BankLine(NamedTuple):
    """One line of a statement; `debit_fen` is money out, `credit_fen` money in, as banks print."""

    account: str
    date: datetime.date
    serial: str
    payer_payee: str
    summary: str
    debit_fen: int
    credit_fen: int
    balance_fen: int


class Unbooked(NamedTuple):
    """Something that only the bank has recorded by the end of the year."""

    account: str
    date: datetime.date
    payer_payee: str
    summary: str
    debit_fen: int


IN_TRANSIT = ("publicity/9", "office/3")
UNBOOKED = (Unbooked(chart.BASIC, LAST_DAY, BANK, "回单服务费", 36_00),)
ACCOUNTS = (chart.BASIC, chart.CUSTODY_BANK)


def statements(vouchers: Iterable[Signed], opening: Mapping[str, int]) -> tuple[BankLine, ...]:
    """Return the statement of each account, running on from its opening balance (account → fen)."""
    vouchers = tuple(vouchers)
    lines: list[BankLine] = []
    for place, account in enumerate(ACCOUNTS, start=1):
        moves = [
            (signed.voucher.date, signed.number, signed.voucher.payee, signed.voucher.narration, amount)
            for signed in vouchers
            if signed.draft.key not in IN_TRANSIT
            if (amount := sum(line.amount_fen for line in signed.voucher.lines if line.account == account))
        ]
        moves += [(u.date, "~", u.payer_payee, u.summary, -u.debit_fen) for u in UNBOOKED if u.account == account]
        balance = opening[account]
        for count, (day, _, other, summary, amount) in enumerate(sorted(moves), start=1):
            balance += amount
            serial = f"{day:%Y%m%d}{place}{count:05d}"
            lines.append(BankLine(account, day, serial, other, summary, max(0, -amount), max(0, amount), balance))
    return tuple(lines)
