"""Payments of the book found in the bank's own list: by account, day and amount, where only one of each answers."""

from __future__ import annotations

import pandas as pd

from rules.rule import Case


def bank_payees(case: Case) -> dict[int, str]:
    """Return, by entry of the voucher, the payee that the bank's list names; empty without bank.csv.

    A payment counts only where the account, the day and the amount are one voucher's and one row's alone.
    """
    if "bank" not in case.facts.registers:
        return {}
    rows = case.activity
    paid = rows[(rows["group"] == "bank_deposit") & (rows["amount_fen"] < 0)]
    paid = paid.groupby(["entry", "account", "date"], observed=True)["amount_fen"].sum().reset_index()
    paid = paid.assign(account=paid["account"].astype("object"), amount_fen=-paid["amount_fen"])
    keys = ["account", "date", "amount_fen"]
    paid = paid[~paid.duplicated(keys, keep=False) & ~paid["entry"].duplicated(keep=False)]
    bank = case.register("bank")
    bank = bank[bank["debit_fen"].fillna(0) > 0]
    listed = pd.DataFrame(
        {
            "account": bank["account"].astype("object"),
            "date": bank["date"],
            "amount_fen": bank["debit_fen"].astype("int64"),
            "name": bank["payer_payee"].astype("object"),
        }
    )
    listed = listed[~listed.duplicated(keys, keep=False)]
    found = paid.merge(listed, on=keys, how="inner")
    return {int(entry): str(name) for entry, name in zip(found["entry"], found["name"], strict=True) if name}
