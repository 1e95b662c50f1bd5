"""Bank deposits and cash of a month beside what is outside the books: statements of the bank, counts of the cash.

Each function returns problems, what is missing, and what is worth a note, all as sentences in Chinese.
"""

from __future__ import annotations

import datetime
from typing import NamedTuple

import pandas as pd

from ledger.facts import Facts
from ledger.matching import Unreconcilable, match_bank
from ledger.money import shown_yuan

_BANK, _CASH = "bank_deposit", "cash_on_hand"


class Result(NamedTuple):
    """What comparing came to: problems, what is missing to compare, and notes on what was explained."""

    problems: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def bank_problems(facts: Facts, first: datetime.date, last: datetime.date) -> Result:
    """Return where the ledger and the statements differ at the end of a month, and which statements are missing.

    An account that differs passes, with a note, when items in transit explain all of it (`ledger.matching`).
    """
    accounts = _used(facts, _BANK, last)
    rows = facts.registers.get("bank")
    if rows is None:
        return Result(missing=("没有 registers/bank.csv（银行对账单）",) if accounts else ())
    problems, missing, notes = [], [], []
    for account, (booked, moved) in accounts.items():
        own = rows[(rows["account"].astype(str) == account) & rows["date"].notna()]
        inside = own[(own["date"] >= pd.Timestamp(first)) & (own["date"] <= pd.Timestamp(last))]
        stated = _last_balance(own, last)
        if inside.empty and (moved or stated is None) and (moved or booked):
            missing.append(f"“{account}”没有 {first:%Y-%m} 的对账单")
        elif stated is None and not inside.empty:
            missing.append(f"“{account}”的对账单没有余额栏")
        elif stated is not None and stated != booked:
            told = f"“{account}”账面 {shown_yuan(booked)} 元，对账单 {shown_yuan(stated)} 元"
            explained = _explained(facts, account, last)
            if explained:
                notes.append(f"{told}，{explained}")
            else:
                apart = shown_yuan(abs(booked - stated))
                problems.append(f"{told}，相差 {apart} 元；请编制余额调节表，查明未达账项")
    return Result(tuple(problems), tuple(missing), tuple(notes))


def cash_problems(facts: Facts, first: datetime.date, last: datetime.date) -> Result:
    """Return the counts of a month that differ from the ledger, and the accounts of cash that nobody counted."""
    accounts = {account: held for account, held in _used(facts, _CASH, last).items() if any(held)}
    counts = facts.registers.get("cash_counts")
    if counts is None:
        return Result(missing=("没有 registers/cash_counts.csv（现金盘点）",) if accounts else ())
    problems, missing = [], []
    inside = counts[(counts["date"] >= pd.Timestamp(first)) & (counts["date"] <= pd.Timestamp(last))]
    for account in accounts:
        own = inside[inside["account"].astype(str) == account]
        if own.empty:
            missing.append(f"“{account}”在 {first:%Y-%m} 没有盘点记录")
        for day, counted in zip(own["date"].dt.date, own["counted_fen"], strict=True):
            booked = _balance(facts, account, day)
            if booked != int(counted):
                problems.append(
                    f"“{account}”{day} 盘点 {shown_yuan(int(counted))} 元，账面 {shown_yuan(booked)} 元；"
                    "长短款查明原因后编制凭证"
                )
    return Result(tuple(problems), tuple(missing))


def _used(facts: Facts, group: str, last: datetime.date) -> dict[str, tuple[int, bool]]:
    """Return the accounts of a group with their balance in fen, and whether anything moved in the last day's month."""
    rows = facts.journal
    own = rows[(rows["group"] == group) & (rows["date"] <= pd.Timestamp(last))]
    moved = set(own.loc[own["date"].dt.strftime("%Y-%m") == f"{last:%Y-%m}", "account"].astype(str))
    sums = own.groupby(own["account"].astype(str))["amount_fen"].sum()
    return {str(account): (int(fen), str(account) in moved) for account, fen in sums.items()}


def _balance(facts: Facts, account: str, day: datetime.date) -> int:
    rows = facts.journal
    return int(rows.loc[(rows["account"] == account) & (rows["date"] <= pd.Timestamp(day)), "amount_fen"].sum())


def _last_balance(own: pd.DataFrame, last: datetime.date) -> int | None:
    """Return the balance that the statement prints last; banks print either the oldest or the newest row first."""
    upto = own[(own["date"] <= pd.Timestamp(last)) & own["balance_fen"].notna()].sort_values("line")
    if upto.empty:
        return None
    day = upto[upto["date"] == upto["date"].max()]
    newest_first = upto["date"].iloc[0] > upto["date"].iloc[-1]
    if upto["date"].nunique() == 1:
        newest_first = _breaks(day) > _breaks(day.iloc[::-1])
    return int(day["balance_fen"].iloc[0 if newest_first else -1])


def _breaks(rows: pd.DataFrame) -> int:
    amounts = rows["credit_fen"].fillna(0).astype("int64") - rows["debit_fen"].fillna(0).astype("int64")
    balances = rows["balance_fen"].astype("int64")
    return int((balances.diff().iloc[1:] != amounts.iloc[1:]).sum())


def _explained(facts: Facts, account: str, last: datetime.date) -> str:
    """Return what items in transit explain of a difference, empty where they do not explain it whole."""
    try:
        found = match_bank(facts, account, last)
    except Unreconcilable:
        return ""
    if found.unexplained_fen or not found.open_items:
        return ""
    return f"由 {len(found.open_items)} 笔未达账项解释，调节后余额均为 {shown_yuan(found.adjusted_book_fen)} 元"
