"""Returned contributions (返拨) on their way into income: parked in 215, or seen at the bank and not in the books."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

import pandas as pd

from ledger.rows import Row, records
from rules.remittance.movements import MONEY, OWN
from rules.remittance.words import words
from rules.rule import Case

PARKED = "other_payables"


@dataclass(frozen=True)
class Parked:
    """A receipt booked on 215 that looks like a returned contribution; `moved_on` is when 402 took it over.

    `amount_fen` is the part with this fate; one receipt may have several.
    """

    row: Row
    amount_fen: int
    moved_on: datetime.date | None

    @property
    def date(self) -> datetime.date:
        """Day of the receipt."""
        return pd.Timestamp(self.row["date"]).date()


def parked_returns(case: Case) -> tuple[list[Parked], int]:
    """Return receipts on 215 of up to the period's end that look like returns, and how many there were.

    What 402 later takes over from the same sub-account settles the oldest first.
    """
    rows = case.facts.journal
    rows = rows[rows["date"] <= pd.Timestamp(case.until)]
    rows = rows[~(rows["opening"] | rows["change_over"] | rows["carry_forward"])]
    on_215 = rows[rows["group"] == PARKED]
    touched = rows[rows["entry"].isin(on_215["entry"].unique())]
    queue: dict[str, list[list[object]]] = {}
    found: list[Parked] = []
    count = 0
    for _, voucher in sorted(touched.groupby("entry"), key=lambda pair: _order(pair[1])):
        group = voucher["group"].astype(str)
        money, income = _sum(voucher, group.isin(MONEY)), -_sum(voucher, group == OWN)
        for account, own in voucher[group == PARKED].groupby(voucher["account"].astype(str)):
            credit = -int(own["amount_fen"].sum())
            first = own.sort_values("line").iloc[0]
            if credit > 0 and money > 0 and looks_like_return(case, str(first["payee"]), str(first["narration"])):
                count += 1
                queue.setdefault(str(account), []).append([first, credit])
            elif credit < 0 < income:
                day = pd.Timestamp(first["date"]).date()
                found += _take(queue.get(str(account), []), min(-credit, income), day)
    left = [Parked(first, int(str(rest)), None) for waiting in queue.values() for first, rest in waiting]  # type: ignore[arg-type]
    return [*found, *left], count


def _order(rows: pd.DataFrame) -> tuple[pd.Timestamp, str]:
    first = rows.iloc[0]
    return (pd.Timestamp(first["date"]), str(first["voucher"]))


def _sum(rows: pd.DataFrame, where: pd.Series) -> int:
    return int(rows.loc[where, "amount_fen"].sum())


def _take(waiting: list[list[object]], amount: int, day: datetime.date) -> list[Parked]:
    taken = []
    while amount > 0 and waiting:
        first, left = waiting[0]
        part = min(amount, int(str(left)))
        taken.append(Parked(first, part, day))  # type: ignore[arg-type]
        amount -= part
        waiting[0][1] = int(str(left)) - part
        if not waiting[0][1]:
            waiting.pop(0)
    return taken


def looks_like_return(case: Case, payee: str, said: str) -> bool:
    """Tell whether a receipt's payer is the higher union, or its words are those of a return."""
    parent = case.facts.union.parent.strip()
    return (bool(parent) and payee.strip() == parent) or bool(words("tax_return").matched(f"{payee} {said}"))


@dataclass(frozen=True)
class AtBank:
    """A receipt of the bank statement that looks like a return, and the day the books took it, if they did."""

    row: Row
    booked_on: datetime.date | None


def returns_at_bank(case: Case) -> list[AtBank]:
    """Return the bank's receipts of the period that look like returns, each with the voucher's day.

    A voucher's debit of the same account and amount, the nearest in days, is taken for it, each once.
    """
    bank = case.register("bank")
    inside = (bank["date"] >= pd.Timestamp(case.since)) & (bank["date"] <= pd.Timestamp(case.until))
    journal = case.facts.journal
    debits = journal[(journal["amount_fen"] > 0) & journal["group"].isin(MONEY) & ~journal["opening"]]
    totals = debits.groupby(["entry", debits["account"].astype(str), "date"])["amount_fen"].sum().reset_index()
    free = {
        (str(r["account"]), int(r["amount_fen"]), int(r["entry"])): pd.Timestamp(r["date"]).date()
        for r in totals.to_dict("records")
    }
    found = []
    for row in records(bank[inside & bank["credit_fen"].notna()].sort_values(["date", "account", "line"])):
        credit = int(row["credit_fen"])
        if credit <= 0 or not looks_like_return(case, str(row["payer_payee"]), str(row["summary"])):
            continue
        day = pd.Timestamp(row["date"]).date()
        same = [(abs((at - day).days), at, key) for key, at in free.items() if key[:2] == (str(row["account"]), credit)]
        if same:
            _, at, key = min(same, key=lambda one: one[:2])
            del free[key]
            found.append(AtBank(row, at))
        else:
            found.append(AtBank(row, None))
    return found
