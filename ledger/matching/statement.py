"""Both sides of a bank account as items: the postings of the book, and the lines of registers/bank.csv."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

import pandas as pd

from ledger.accounts import components
from ledger.facts import Facts
from ledger.importers.bank.chain import Step, chained
from ledger.matching.model import BankItem, BookItem, Unreconcilable


@dataclass(frozen=True)
class BankSide:
    """The statement of an account: lines, oldest first, and the balance before the first of them, in fen."""

    items: tuple[BankItem, ...]
    opening_fen: int

    @property
    def begins(self) -> datetime.date:
        """The day before the first line."""
        return self.items[0].date - datetime.timedelta(days=1)

    def balance_fen(self, until: datetime.date) -> int:
        """Return the balance at the end of a day."""
        return self.opening_fen + sum(item.amount_fen for item in self.items if item.date <= until)


@dataclass(frozen=True)
class BookSide:
    """The postings of an account after the opening, and the opening (with change-over) balance, in fen."""

    items: tuple[BookItem, ...]
    opening_fen: int

    def balance_fen(self, until: datetime.date) -> int:
        """Return the balance at the end of a day."""
        return self.opening_fen + sum(item.amount_fen for item in self.items if item.date <= until)


def bank_side(facts: Facts, account: str) -> BankSide:
    """Return the statement of an account; raise Unreconcilable where there is none with a balance, or it breaks."""
    shown = "—".join(name for _, name in components(account))
    frame = facts.registers.get("bank")
    rows = frame[(frame["account"].astype(str) == account) & frame["date"].notna()] if frame is not None else None
    if rows is None or rows.empty:
        raise Unreconcilable(
            f"registers/bank.csv 没有“{shown}”的对账单；请先用 union-audit import 导入银行对账单",
            f"registers/bank.csv has no statement of {account}; import one first",
        )
    items = [_bank_item(row) for row in rows.sort_values("line").to_dict("records")]
    balances = [None if pd.isna(value) else int(value) for value in rows.sort_values("line")["balance_fen"]]
    if all(balance is None for balance in balances):
        raise Unreconcilable(
            f"“{shown}”的对账单没有余额，无法编制余额调节表；请导入带余额的对账单",
            f"the statement of {account} prints no balance; import one that does",
        )
    steps = [Step(item.date, item.amount_fen, balance) for item, balance in zip(items, balances, strict=True)]
    chain = chained(steps)
    if chain.breaks:
        at = items[chain.order[chain.breaks[0]]]
        raise Unreconcilable(
            f"“{shown}”的对账单有 {len(chain.breaks)} 处余额不连续（第一处 {at.date}，bank.csv 第 {at.line} 行），"
            "可能缺行或被改动；请补齐后再对账",
            f"the statement of {account} breaks at {len(chain.breaks)} places, first on {at.date}, line {at.line}",
        )
    ordered = [steps[n] for n in chain.order]
    first = next(n for n, step in enumerate(ordered) if step.balance_fen is not None)
    opening = (ordered[first].balance_fen or 0) - sum(step.amount_fen for step in ordered[: first + 1])
    by_day = sorted((items[n] for n in chain.order), key=lambda item: item.date)
    return BankSide(tuple(by_day), opening)


def _bank_item(row: dict[str, object] | dict[object, object]) -> BankItem:
    cells = {str(key): value for key, value in row.items()}
    debit, credit = (0 if pd.isna(v) else int(v) for v in (cells["debit_fen"], cells["credit_fen"]))  # type: ignore[call-overload]
    return BankItem(
        date=cells["date"].date(),  # type: ignore[attr-defined]
        amount_fen=credit - debit,
        serial=str(cells["serial"]),
        party=str(cells["payer_payee"]),
        text=str(cells["summary"]),
        line=int(str(cells["line"])),
    )


def book_side(facts: Facts, account: str) -> BookSide:
    """Return the postings of an account; those of an opening or change-over voucher make up the opening balance."""
    rows = facts.journal
    own = rows[rows["account"].astype(str) == account]
    start = own["opening"] | own["change_over"]
    items = [
        BookItem(
            date=date.date(),
            amount_fen=int(fen),
            voucher=str(voucher),
            party=str(payee),
            text=str(narration),
            reverses=str(reverses),
            file=str(file),
            line=int(line),
        )
        for date, fen, voucher, payee, narration, reverses, file, line in own.loc[
            ~start & (own["amount_fen"] != 0),
            ["date", "amount_fen", "voucher", "payee", "narration", "reverses", "file", "line"],
        ].itertuples(index=False, name=None)
    ]
    return BookSide(tuple(sorted(items)), int(own.loc[start, "amount_fen"].sum()))
