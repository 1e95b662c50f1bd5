"""Returned contributions (返拨) on their way into income: parked in 215, or seen at the bank and not in the books."""

from __future__ import annotations

import datetime
from collections import defaultdict, deque
from collections.abc import Iterator
from dataclasses import dataclass

from ledger.journal_rows import PostingRow, net_fen
from ledger.register_rows import BankRow
from rules.income.bank_receipts import BookedDebits, receipts
from rules.remittance.movements import OWN, PAID_FROM
from rules.remittance.words import words
from rules.rule import Case
from rules.vouchers import by_number, net_on, touching

PARKED = "other_payables"


@dataclass(frozen=True)
class Parked:
    """A receipt booked on 215 that looks like a returned contribution; `moved_on` is when 402 took it over.

    `amount_fen` is the part with this fate; one receipt may have several. `line` is its first posting on 215.
    """

    line: PostingRow
    amount_fen: int
    moved_on: datetime.date | None

    @property
    def date(self) -> datetime.date:
        """Day of the receipt."""
        return self.line.date


def parked_returns(case: Case) -> tuple[list[Parked], int]:
    """Return receipts on 215 of up to the period's end that look like returns, and how many there were.

    What 402 later takes over from the same sub-account settles the oldest first.
    """
    waiting: dict[str, deque[Parked]] = defaultdict(deque)
    found: list[Parked] = []
    count = 0
    vouchers = (
        lines for lines in touching(case.facts.booked, PARKED) if lines[0].head.business and lines[0].date <= case.until
    )
    for voucher in by_number(vouchers):
        money, income = net_on(voucher, *PAID_FROM), -net_on(voucher, OWN)
        parked: dict[str, list[PostingRow]] = defaultdict(list)
        for line in voucher:
            if line.group == PARKED:
                parked[line.account].append(line)
        for account, own in sorted(parked.items()):
            credit, first = -net_fen(own), min(own, key=lambda line: line.line)
            if credit > 0 and money > 0 and looks_like_return(case, first.head.payee, first.head.narration):
                count += 1
                waiting[account].append(Parked(first, credit, None))
            elif credit < 0 < income:
                found += _take(waiting[account], min(-credit, income), first.date)
    return [*found, *(one for left in waiting.values() for one in left)], count


def _take(waiting: deque[Parked], amount: int, day: datetime.date) -> Iterator[Parked]:
    """Yield what is taken over of the receipts that wait, oldest first, and leave the rest waiting."""
    while amount > 0 and waiting:
        oldest = waiting.popleft()
        part = min(amount, oldest.amount_fen)
        amount -= part
        if part < oldest.amount_fen:
            waiting.appendleft(Parked(oldest.line, oldest.amount_fen - part, None))
        yield Parked(oldest.line, part, day)


def looks_like_return(case: Case, payee: str, said: str) -> bool:
    """Tell whether a receipt's payer is the higher union, or its words are those of a return."""
    parent = case.facts.union.parent.strip()
    return (bool(parent) and payee.strip() == parent) or bool(words("tax_return").matched(f"{payee} {said}"))


@dataclass(frozen=True)
class AtBank:
    """A receipt of the bank statement that looks like a return, and the day the books took it, if they did."""

    row: BankRow
    date: datetime.date
    credit_fen: int
    booked_on: datetime.date | None


def returns_at_bank(case: Case) -> list[AtBank]:
    """Return the bank's receipts of the period that look like returns, each with the voucher's day.

    A voucher's debit of the same account and amount, the nearest in days, is taken for it, each once.
    """
    free = BookedDebits(line for line in case.facts.booked.on(*PAID_FROM) if not line.head.opening)
    return [
        AtBank(row, day, fen, free.take(row.account, fen, day))
        for row, day, fen in receipts(case)
        if looks_like_return(case, row.payer_payee, row.summary)
    ]
