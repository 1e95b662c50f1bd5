"""What the books say of contributions: receipts, accruals, payments upward, and what is none of these.

A voucher with a line on 402 books a contribution; its lines on 211 are the higher union's part. A debit of 211
against money pays upward. Whatever else moves 211 is kept apart as *other*, so that nothing is lost. Amounts
are summed per voucher and month, so that splitting a line changes nothing.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd

from ledger.facts import Facts
from rules.remittance.months import month_of_day, parse_month_of, shifted
from rules.remittance.movement import Movement, MovementKind, Pending, open_accruals
from rules.remittance.words import words

__all__ = ["MONEY", "OWN", "RECEIVABLE", "UPWARD", "Movement", "MovementKind", "movements", "open_accruals"]

MONEY = frozenset({"cash_on_hand", "bank_deposit", "zero_balance_quota"})
RECEIVABLE = frozenset({"due_from_higher_union", "due_from_lower_union", "other_receivables"})
OWN, UPWARD, SUBSIDY_DUE = "contribution_income", "due_to_higher_union", "subsidy_due_from_higher_union"

Row = Mapping[str, Any]  # one line of the journal
Key = tuple[tuple[str, ...], bool]  # months, and whether they were assumed

_COLUMNS = [
    "entry",
    "date",
    "voucher",
    "account",
    "group",
    "meaning",
    "amount_fen",
    "month_of",
    "reverses",
    "narration",
    "file",
    "line",
]


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
    return tuple(sorted(found, key=lambda m: m.order))


def _vouchers(facts: Facts, as_of: datetime.date) -> list[list[Row]]:
    """Return the lines of the vouchers that matter, a list a voucher, in an order made of content."""
    rows = facts.journal
    rows = rows[rows["date"] <= pd.Timestamp(as_of)]
    rows = rows[~(rows["opening"] | rows["change_over"] | rows["carry_forward"])]
    entries = rows.loc[rows["group"].isin([OWN, UPWARD]), "entry"].unique()
    direct = rows[rows["entry"].isin(entries)]
    # A receivable matters only where a contribution was booked against it.
    accounts = direct.loc[direct["group"].isin(RECEIVABLE), "account"].astype(str).unique()
    more = rows.loc[rows["account"].isin(accounts), "entry"].unique()
    kept = rows[rows["entry"].isin(entries) | rows["entry"].isin(more)]
    vouchers: dict[int, list[Row]] = {}
    for row in kept[_COLUMNS].to_dict("records"):
        vouchers.setdefault(int(row["entry"]), []).append({str(k): v for k, v in row.items()})
    return sorted(vouchers.values(), key=_voucher_order)


def _voucher_order(rows: Sequence[Row]) -> tuple[datetime.date, str, int]:
    return (_day(rows[0]), str(rows[0]["voucher"]), sum(max(0, _fen(r)) for r in rows))


def _fen(row: Row) -> int:
    return int(row["amount_fen"])


def _day(row: Row) -> datetime.date:
    return pd.Timestamp(row["date"]).date()


def _read_voucher(rows: Sequence[Row], payments: set[str], pending: Pending) -> list[Movement]:
    money = sum(_fen(r) for r in rows if r["group"] in MONEY)
    receivable: dict[str, int] = {}
    for row in rows:
        if row["group"] in RECEIVABLE and row["meaning"] != SUBSIDY_DUE:
            receivable[str(row["account"])] = receivable.get(str(row["account"]), 0) + _fen(row)
    own = _by_months(r for r in rows if r["group"] == OWN)
    upward = _by_months(r for r in rows if r["group"] == UPWARD)
    if own:
        made = _contribution(own, upward)
        if not str(rows[0]["month_of"]) and names_founding_fund(rows):
            # A founding fund turned into income belongs to no month of wages.
            return [replace(m, kind=MovementKind.OTHER) for m in made]
        return pending.take(made, receivable)
    if upward:
        return _upward_only(upward, money, reversed_payment=str(rows[0]["reverses"]) in payments)
    lines = _by_months(r for r in rows if str(r["account"]) in receivable)
    return pending.settle(receivable, next(iter(lines.values()))) if money > 0 and lines else []


def names_founding_fund(rows: Sequence[Row]) -> bool:
    """Tell whether a voucher's own words or accounts speak of a founding fund (建会筹备金)."""
    spoken = " ".join([str(rows[0]["narration"]), *(str(r["account"]) for r in rows)])
    return bool(words("founding_fund").matched(spoken))


def _by_months(rows: Iterable[Row]) -> dict[Key, Movement]:
    """Sum the lines of one side per months; the movement's `own_fen` holds the credit."""
    sums: dict[Key, Movement] = {}
    for row in sorted(rows, key=lambda r: (str(r["account"]), int(r["line"]))):
        day = _day(row)
        months = parse_month_of(str(row["month_of"]))
        key = (months or (shifted(month_of_day(day), -1),), not months)
        if key in sums:
            sums[key] = replace(sums[key], own_fen=sums[key].own_fen - _fen(row))
            continue
        sums[key] = Movement(
            kind=MovementKind.RECEIPT,
            date=day,
            voucher=str(row["voucher"]),
            months=key[0],
            assumed=key[1],
            own_fen=-_fen(row),
            upward_fen=0,
            account=str(row["account"]),
            file=str(row["file"]),
            line=int(row["line"]),
            narration=str(row["narration"]),
        )
    return sums


def _contribution(own: Mapping[Key, Movement], upward: Mapping[Key, Movement]) -> list[Movement]:
    made = []
    for key in sorted({*own, *upward}):
        base = own.get(key) or upward[key]
        own_fen = own[key].own_fen if key in own else 0
        upward_fen = upward[key].own_fen if key in upward else 0
        if own_fen > 0 > upward_fen:
            # 402 credited while 211 is debited: the debit settles 211 without money.
            made.append(replace(upward[key], kind=MovementKind.OTHER, own_fen=0, upward_fen=upward_fen))
            upward_fen = 0
        made.append(replace(base, own_fen=own_fen, upward_fen=upward_fen))
    return made


def _upward_only(upward: Mapping[Key, Movement], money: int, *, reversed_payment: bool) -> list[Movement]:
    made = []
    paid_out = max(0, -money)
    for key in sorted(upward):
        movement, credit = upward[key], upward[key].own_fen
        if credit < 0:
            paid = min(-credit, paid_out)
            paid_out -= paid
            made.append(replace(movement, kind=MovementKind.PAYMENT, own_fen=0, upward_fen=paid))
            made.append(replace(movement, kind=MovementKind.OTHER, own_fen=0, upward_fen=credit + paid))
        elif reversed_payment:
            made.append(replace(movement, kind=MovementKind.PAYMENT, own_fen=0, upward_fen=-credit))
        else:
            kind = MovementKind.RECEIPT if money > 0 else MovementKind.OTHER
            made.append(replace(movement, kind=kind, own_fen=0, upward_fen=credit))
    return [m for m in made if m.upward_fen]
