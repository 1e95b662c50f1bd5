"""What the books say of contributions: receipts, accruals, payments upward, and what is none of these.

A voucher with a line on 402 books a contribution; its lines on 211 are the higher union's part. A debit of 211
against money pays upward. Whatever else moves 211 is kept apart as *other*, so that nothing is lost. Amounts
are summed per voucher and month, so that splitting a line changes nothing.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from operator import attrgetter

from ledger.facts import Facts
from ledger.journal_rows import PostingRow, net_fen, sums_by
from rules.remittance.months import month_of_day, parse_month_of, shifted
from rules.remittance.movement import Movement, MovementKind, Pending, open_accruals
from rules.remittance.words import words
from rules.vouchers import net_on, touching

__all__ = ["OWN", "PAID_FROM", "RECEIVABLE", "UPWARD", "Movement", "MovementKind", "movements", "open_accruals"]

PAID_FROM = frozenset({"cash_on_hand", "bank_deposit", "zero_balance_quota"})
RECEIVABLE = frozenset({"due_from_higher_union", "due_from_lower_union", "other_receivables"})
OWN, UPWARD, SUBSIDY_DUE = "contribution_income", "due_to_higher_union", "subsidy_due_from_higher_union"

Key = tuple[tuple[str, ...], bool]  # months, and whether they were assumed
ByMonths = Mapping[Key, Sequence[PostingRow]]


def movements(facts: Facts, as_of: datetime.date) -> tuple[Movement, ...]:
    """Return every movement of 402 and 211 up to a day, oldest first; opening and carry-forward are none."""
    return facts.once(("movements", as_of), lambda: _movements(facts, as_of))


def _movements(facts: Facts, as_of: datetime.date) -> tuple[Movement, ...]:
    found: list[Movement] = []
    payments: set[str] = set()
    pending = Pending()
    for voucher in _vouchers(facts, as_of):
        made = _read_voucher(voucher, payments, pending)
        payments.update(m.voucher for m in made if m.kind is MovementKind.PAYMENT and m.voucher)
        found.extend(made)
    return tuple(sorted(found, key=attrgetter("order")))


def _vouchers(facts: Facts, as_of: datetime.date) -> list[Sequence[PostingRow]]:
    """Return the lines of the vouchers that matter, a list a voucher, in an order made of content."""
    vouchers = [lines for lines in touching(facts.booked, OWN, UPWARD) if _happened(lines[0], as_of)]
    # A receivable matters only where a contribution was booked against it.
    accounts = {line.account for lines in vouchers for line in lines if line.group in RECEIVABLE}
    more = [line for line in facts.booked.postings if line.account in accounts] if accounts else []
    found = {lines[0].entry: lines for lines in vouchers}
    found.update((line.entry, facts.booked.by_entry[line.entry]) for line in more if _happened(line, as_of))
    return sorted(found.values(), key=_voucher_order)


def _happened(line: PostingRow, as_of: datetime.date) -> bool:
    return line.date <= as_of and line.head.business


def _voucher_order(lines: Sequence[PostingRow]) -> tuple[datetime.date, str, int, int]:
    debits = sum(line.amount_fen for line in lines if line.amount_fen > 0)
    return (lines[0].date, lines[0].voucher, debits, lines[0].entry)


def _read_voucher(lines: Sequence[PostingRow], payments: set[str], pending: Pending) -> list[Movement]:
    own = _by_months([line for line in lines if line.group == OWN])
    upward = _by_months([line for line in lines if line.group == UPWARD])
    claims = [line for line in lines if line.group in RECEIVABLE and line.meaning != SUBSIDY_DUE]
    receivable = sums_by(claims, attrgetter("account"))
    if own:
        made = _contribution(own, upward)
        if not lines[0].month_of and _names_founding_fund(lines):
            # A founding fund turned into income belongs to no month of wages.
            return [replace(m, kind=MovementKind.OTHER) for m in made]
        return pending.take(made, receivable)
    money = net_on(lines, *PAID_FROM)
    if upward:
        return _upward_only(upward, money, reversed_payment=lines[0].head.reverses in payments)
    if money > 0 and receivable:
        key, against = next(iter(_by_months([line for line in lines if line.account in receivable]).items()))
        return pending.settle(receivable, _movement(MovementKind.RECEIPT, key, against, 0, 0))
    return []


def _names_founding_fund(lines: Sequence[PostingRow]) -> bool:
    """Tell whether a voucher's own words or accounts speak of a founding fund (建会筹备金)."""
    spoken = " ".join([lines[0].head.narration, *(line.account for line in lines)])
    return bool(words("founding_fund").matched(spoken))


def _by_months(lines: Iterable[PostingRow]) -> dict[Key, list[PostingRow]]:
    """Return the lines of one side by the months that they name, in order of account and place."""
    of_months: dict[Key, list[PostingRow]] = defaultdict(list)
    for line in sorted(lines, key=attrgetter("account", "line")):
        months = parse_month_of(line.month_of)
        of_months[months or (shifted(month_of_day(line.date), -1),), not months].append(line)
    return of_months


def _movement(kind: MovementKind, key: Key, lines: Sequence[PostingRow], own_fen: int, upward_fen: int) -> Movement:
    """Return a movement of some months at the place of the first of its lines."""
    first, (months, assumed) = lines[0], key
    return Movement(
        kind=kind,
        date=first.date,
        voucher=first.voucher,
        months=months,
        assumed=assumed,
        own_fen=own_fen,
        upward_fen=upward_fen,
        account=first.account,
        file=first.file,
        line=first.line,
        narration=first.head.narration,
    )


def _contribution(
    own: Mapping[Key, Sequence[PostingRow]], upward: Mapping[Key, Sequence[PostingRow]]
) -> list[Movement]:
    made = []
    for key in sorted({*own, *upward}):
        own_fen, upward_fen = -net_fen(own.get(key, ())), -net_fen(upward.get(key, ()))
        if own_fen > 0 > upward_fen:
            # 402 credited while 211 is debited: the debit settles 211 without money.
            made.append(_movement(MovementKind.OTHER, key, upward[key], 0, upward_fen))
            upward_fen = 0
        made.append(_movement(MovementKind.RECEIPT, key, own.get(key) or upward[key], own_fen, upward_fen))
    return made


def _upward_only(upward: ByMonths, money: int, *, reversed_payment: bool) -> list[Movement]:
    made = []
    paid_out = max(0, -money)
    for key, lines in sorted(upward.items()):
        credit = -net_fen(lines)
        if credit < 0:
            paid = min(-credit, paid_out)
            paid_out -= paid
            made.append(_movement(MovementKind.PAYMENT, key, lines, 0, paid))
            made.append(_movement(MovementKind.OTHER, key, lines, 0, credit + paid))
        elif reversed_payment:
            made.append(_movement(MovementKind.PAYMENT, key, lines, 0, -credit))
        else:
            kind = MovementKind.RECEIPT if money > 0 else MovementKind.OTHER
            made.append(_movement(kind, key, lines, 0, credit))
    return [m for m in made if m.upward_fen]
