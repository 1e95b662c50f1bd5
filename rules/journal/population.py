"""The populations that journal tests are made on: vouchers of a period with what each spent, paid and moved."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from operator import attrgetter

from ledger.journal_rows import PostingRow, VoucherRow
from rules.evidence import voucher_evidence
from rules.finding import Evidence, Text
from rules.gather import MOST_EVIDENCE, cut, spending_by_entry
from rules.indexes import money_by_entry, spending_vouchers
from rules.rule import Case

Fen = Callable[[VoucherRow], int]


@dataclass(frozen=True, eq=False)
class Population:
    """The vouchers of a period in order of day, word and number, with what each did.

    `spending` are those with a net debit of expenditure. `spent` is that net debit, `money` the one of cash and bank
    accounts together (0 for a transfer between them), both by entry, without vouchers that have no such line. `lines`
    are all postings of the book by voucher.
    """

    vouchers: Sequence[VoucherRow]
    spending: Sequence[VoucherRow]
    spent: Mapping[int, int]
    money: Mapping[int, int]
    lines: Mapping[int, Sequence[PostingRow]]

    def spent_fen(self, voucher: VoucherRow) -> int:
        """Return the net debit of expenditure of a voucher."""
        return self.spent.get(voucher.entry, 0)

    def paid_fen(self, voucher: VoucherRow) -> int:
        """Return what left cash and bank accounts by a voucher, below zero for receipts."""
        return -self.money.get(voucher.entry, 0)

    def debit_fen(self, *vouchers: VoucherRow) -> int:
        """Return the total of the debits of a voucher, or of several together."""
        lines = self.lines
        return sum([line.amount_fen for one in vouchers for line in lines.get(one.entry, ()) if line.amount_fen > 0])

    @cached_property
    def unspending(self) -> Sequence[VoucherRow]:
        """The vouchers that do not spend."""
        spent = self.spent
        return tuple([voucher for voucher in self.vouchers if spent.get(voucher.entry, 0) <= 0])

    @cached_property
    def outgoing(self) -> Sequence[VoucherRow]:
        """The vouchers that spend or pay money out; receipts, interest and depreciation are not among them."""
        spent, money = self.spent, self.money
        return tuple([v for v in self.vouchers if spent.get(v.entry, 0) > 0 or money.get(v.entry, 0) < 0])

    @cached_property
    def free_spending(self) -> Sequence[VoucherRow]:
        """The vouchers that spend what no standard fixes."""
        return self._free(self.spending)

    @cached_property
    def free_spending_by_day(self) -> Mapping[datetime.date, Sequence[VoucherRow]]:
        """The same by day, oldest first."""
        return by_day(self.free_spending)

    @cached_property
    def free_outgoing(self) -> Sequence[VoucherRow]:
        """The vouchers that spend or pay out what no standard fixes."""
        return self._free(self.outgoing)

    def _free(self, vouchers: Sequence[VoucherRow]) -> Sequence[VoucherRow]:
        fixed = self._fixed
        return tuple([voucher for voucher in vouchers if voucher.entry not in fixed]) if fixed else vouchers

    @cached_property
    def _fixed(self) -> frozenset[int]:
        """Entries of vouchers whose amounts a standard fixes: gifts to members, awards, what goes by a list."""
        fixed = [v.entry for v in self.vouchers if v.list or v.occasion or (v.awarded and v.awarded > 0)]
        return frozenset(fixed)

    @cached_property
    def free_in_cash(self) -> Sequence[VoucherRow]:
        """The vouchers that say that they pay in cash, and pay what no standard fixes."""
        in_cash = [voucher for voucher in self.free_outgoing if voucher.payment == "cash"]
        return tuple([voucher for voucher in in_cash if self.paid_fen(voucher) > 0])


def population(case: Case) -> Population:
    """Return the population of the audited period."""

    def made() -> Population:
        spent, money = spending_by_entry(case), money_by_entry(case)
        return Population(case.vouchers, spending_vouchers(case), spent, money, case.facts.booked.by_entry)

    return case.facts.once(("journal population", case.since, case.until), made)


def by_day(vouchers: Sequence[VoucherRow]) -> Mapping[datetime.date, Sequence[VoucherRow]]:
    """Return vouchers that are in order of day by day, oldest first."""
    return {day: tuple(own) for day, own in groupby(vouchers, attrgetter("date"))}


def rows_of(
    vouchers: Sequence[VoucherRow], note: Text | Sequence[Text], fen: Fen, total: int | None = None
) -> tuple[Evidence, ...]:
    """Return the evidence of vouchers, one row each, cut after fifty; `note` is one for all or one a voucher.

    `fen` gives the amount of each.
    """
    listed = vouchers[:MOST_EVIDENCE]
    notes = [note] * len(listed) if isinstance(note, Text) else note[: len(listed)]
    found = [voucher_evidence(one, said, abs(fen(one))) for one, said in zip(listed, notes, strict=True)]
    return cut(found, len(vouchers), total)
