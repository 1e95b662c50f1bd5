"""What vouchers of a period spent, one line a voucher, and which of them are purchases from firms.

A posting tells what its voucher spent: the only line of spending, or the first of several with their sum.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable, Collection, Hashable, Sequence
from dataclasses import replace
from operator import attrgetter
from typing import TypeVar

from ledger.journal_rows import PostingRow, net_fen
from ledger.money import shown_yuan
from rules.evidence import voucher_evidence
from rules.finding import Evidence, Text
from rules.gather import taken_back
from rules.invoices.parties import is_firm
from rules.rule import Case, voucher_order
from rules.vouchers import business

FISCAL = "财政票据"

Key = TypeVar("Key", bound=Hashable)


def spending_in_order(case: Case) -> Sequence[PostingRow]:
    """Return the postings of spending of the period in order of their vouchers: day, word and number."""

    def made() -> Sequence[PostingRow]:
        lines = case.booked.by_entry
        return tuple(
            [line for voucher in case.vouchers for line in lines.get(voucher.entry, ()) if line.element == "expense"]
        )

    return case.facts.once(("spending in order", case.since, case.until), made)


def spending_so_far(case: Case) -> Sequence[PostingRow]:
    """Return the postings of spending up to the period's end, also of earlier years, in order of their vouchers."""
    earlier = business(case, case.since - datetime.timedelta(days=1)).of("expense")
    return (*sorted(earlier, key=lambda line: voucher_order(line.head)), *spending_in_order(case))


def one_each(
    lines: Sequence[PostingRow],
    key: Callable[[PostingRow], str],
    merge: Callable[[Sequence[PostingRow]], PostingRow],
) -> Sequence[PostingRow]:
    """Return lines in their order, those of one voucher that share a key merged into one."""
    if len(set(map(attrgetter("entry"), lines))) == len(lines):
        return lines
    groups: dict[tuple[int, str], list[PostingRow]] = {}
    for line in lines:
        groups.setdefault((line.entry, key(line)), []).append(line)
    return [own[0] if len(own) == 1 else merge(own) for own in groups.values()]


def repeated(keys: Sequence[Key]) -> Collection[Key]:
    """Return the keys that stand in a list more than once."""
    if len(set(keys)) == len(keys):
        return frozenset()
    return frozenset(key for key, count in Counter(keys).items() if count > 1)


def net_spending(case: Case, since: datetime.date | None = None) -> Sequence[PostingRow]:
    """Return one line for each voucher that spent something in the end, in order of day, word and number.

    From a day on, the period's first by default. `amount_fen` is the voucher's net spending less what vouchers up to
    the period's end took back by name (`reverses`). Of metadata that postings may carry themselves, the first text in
    order is kept.
    """
    own = case if since is None else replace(case, since=since)
    return case.facts.once(("net spending", own.since, own.until), lambda: _net_spending(own))


def _net_spending(case: Case) -> Sequence[PostingRow]:
    found = one_each(spending_in_order(case), lambda _: "", _as_one)
    taken = taken_back(case)
    if taken:
        found = [line._replace(amount_fen=line.amount_fen + taken.get(line.voucher, 0)) for line in found]
    return tuple([line for line in found if line.amount_fen > 0])


def _as_one(lines: Sequence[PostingRow]) -> PostingRow:
    """Return the line that stands for several of one voucher."""

    def first(name: str) -> str:
        return min(filter(None, map(attrgetter(name), lines)), default="")

    return lines[0]._replace(
        amount_fen=net_fen(lines),
        occasion=first("occasion"),
        list=first("list"),
        payment=first("payment"),
        invoice=first("invoice"),
        invoice_seller=first("invoice_seller"),
        invoice_type=first("invoice_type"),
        contract=first("contract"),
    )


def bought_from_firms(case: Case, since: datetime.date | None = None) -> Sequence[PostingRow]:
    """Return the lines of `net_spending` that bought from a firm: by the seller on the invoice, else by the payee.

    Payments against fiscal receipts and to unions are no purchases.
    """

    def made() -> Sequence[PostingRow]:
        lines = net_spending(case, since)
        names = {*map(attrgetter("invoice_seller"), lines), *map(attrgetter("head.payee"), lines)}
        firms = frozenset(name for name in names if is_firm(name))
        return tuple(
            [
                line
                for line in lines
                if (line.invoice_seller or line.head.payee) in firms and line.invoice_type != FISCAL
            ]
        )

    return case.facts.once(("bought from firms", since or case.since, case.until), made)


def party_of(line: PostingRow) -> str:
    """Return who sold: the seller on the invoice, or the payee."""
    return line.invoice_seller or line.head.payee


def spending_evidence(line: PostingRow, note: Text) -> Evidence:
    """Return the evidence that a voucher of `net_spending` is, at its own line in the book."""
    return voucher_evidence(line.head, note, line.amount_fen)


def payment_day(line: PostingRow) -> datetime.date:
    """Return the day a voucher paid: its date, or the event's where that was earlier."""
    return min(line.date, line.head.event_date)


def number_of(line: PostingRow) -> str:
    """Return the number of a voucher as a sentence names it."""
    return line.voucher or "（无字号）"


def told_purchase(line: PostingRow, party: str) -> Text:
    """Return day, voucher, party and amount of a purchase in one phrase."""
    money = shown_yuan(line.amount_fen)
    return Text(
        f"{line.date} 凭证 {number_of(line)} 向{party}支付 {money} 元",
        f"{line.date}, voucher {number_of(line)}: {money} yuan to {party}",
    )
