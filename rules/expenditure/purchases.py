"""Vouchers of spending of a period as one frame, one row a voucher, and which of them are purchases from firms."""

from __future__ import annotations

import datetime
from bisect import insort
from collections.abc import Mapping
from typing import Any

import pandas as pd

from ledger.money import shown_yuan
from ledger.rows import Row
from rules.finding import Evidence, Text
from rules.gather import day, in_order
from rules.invoices.parties import is_firm, is_union
from rules.rule import Case

OWN_TEXTS = ("occasion", "list", "payment", "invoice", "invoice_seller", "invoice_type", "contract")
OF_VOUCHER = (
    "entry",
    "voucher",
    "word",
    "number",
    "date",
    "event_date",
    "payee",
    "narration",
    "activity",
    "activity_type",
    "participants",
    "days",
    "destination",
    "resolution",
    "quotes",
    "contract_date",
    "documents",
    "reverses",
    "file",
    "line",
)
FISCAL = "财政票据"


def spent_rows(case: Case, since: datetime.date | None = None) -> pd.DataFrame:
    """Return the postings of spending from a day on (the period's first by default) to the period's end."""
    first = since or case.since

    def spent() -> pd.DataFrame:
        rows = case.facts.activity_of(first, case.until)
        return rows[rows["element"] == "expense"]

    return case.facts.once(("spent rows", first, case.until), spent).copy(deep=False)


def spent_vouchers(case: Case, since: datetime.date | None = None) -> pd.DataFrame:
    """Return one row for each voucher that spent something in the end, in order of day, word and number.

    `amount_fen` is its net spending less what later vouchers took back by name (`reverses`). Of metadata that
    postings may carry themselves, the first text in order is kept; `sellers` counts the sellers on its invoices.
    """
    name = ("spent vouchers", since or case.since, case.until)
    return case.facts.once(name, lambda: _spent_vouchers(case, since)).copy(deep=False)


def _spent_vouchers(case: Case, since: datetime.date | None) -> pd.DataFrame:
    rows = spent_rows(case, since)
    sums = rows.groupby("entry")["amount_fen"].sum()
    found = case.facts.vouchers.loc[case.facts.vouchers["entry"].isin(sums.index), list(OF_VOUCHER)].copy()
    texts = ("voucher", "word", "payee", "activity", "activity_type", "destination", "resolution", "reverses", "file")
    found = found.assign(**{name: found[name].astype("object") for name in texts})
    found["amount_fen"] = found["entry"].map(sums).astype("int64")
    back = case.facts.journal
    back = back[(back["element"] == "expense") & (back["reverses"] != "")]
    taken = back.groupby(back["reverses"].astype("object"))["amount_fen"].sum()
    taken = taken[(taken < 0) & (taken.index != "")]
    found["amount_fen"] += found["voucher"].map(taken).fillna(0).astype("int64")
    found = found[found["amount_fen"] > 0]
    for name in OWN_TEXTS:
        found[name] = looked_up(found["entry"], {entry: own[0] for entry, own in _texts(rows, name).items()})
    sellers = rows[rows["invoice_seller"] != ""].groupby("entry")["invoice_seller"].nunique()
    found["sellers"] = found["entry"].map(sellers).fillna(0).astype("int64")
    meanings = {entry: " ".join(own) for entry, own in _texts(rows, "meaning").items()}
    found["meanings"] = looked_up(found["entry"], meanings)
    return in_order(found)


def _texts(rows: pd.DataFrame, name: str) -> dict[int, list[str]]:
    """Return the different texts of a column by entry, in order; entries without any are left out."""
    kept = rows[rows[name] != ""]
    found: dict[int, list[str]] = {}
    for entry, text in zip(kept["entry"].tolist(), kept[name].astype("object").tolist(), strict=True):
        own = found.setdefault(entry, [])
        if text not in own:
            insort(own, text)
    return found


def looked_up(keys: pd.Series, texts: Mapping[Any, Any]) -> pd.Series:
    """Return the text that belongs to each key, nothing where none does."""
    found = [texts.get(key, "") for key in keys.tolist()]
    return pd.Series(found, index=keys.index, dtype="object")


def purchases(case: Case, since: datetime.date | None = None) -> pd.DataFrame:
    """Return the vouchers of spending that bought from a firm: by the seller on the invoice, else by the payee.

    Payments against fiscal receipts and to unions are no purchases. `party` is the seller, or the payee.
    """
    name = ("purchases", since or case.since, case.until)
    return case.facts.once(name, lambda: _purchases(case, since)).copy(deep=False)


def _purchases(case: Case, since: datetime.date | None) -> pd.DataFrame:
    found = spent_vouchers(case, since)
    seller = found["invoice_seller"].where(found["invoice_seller"] != "", found["payee"])
    found = found.assign(party=seller)
    names = {name: is_firm(name) and not is_union(name) for name in found["party"].unique()}
    kept = found["party"].map(names).astype(bool) & (found["invoice_type"] != FISCAL)
    return found[kept]


def evidence(row: Row, note: Text, amount_fen: int | None = None) -> Evidence:
    """Return the evidence that one voucher of these frames is; its own spending where no amount is given."""
    return Evidence(
        note=note,
        voucher=str(row["voucher"]),
        date=day(row["date"]),
        amount_fen=int(row["amount_fen"]) if amount_fen is None else amount_fen,
        file=str(row["file"]),
        line=int(row["line"]),
    )


def paid_on(row: Row) -> datetime.date:
    """Return the day a voucher of these frames paid: its date, or the event's where that was earlier."""
    return min(day(row["date"]), day(row["event_date"]))


def named(row: Row) -> str:
    """Return the number of a voucher as a sentence names it."""
    return str(row["voucher"]) or "（无字号）"


def bought(row: Row, party: str | None = None) -> Text:
    """Return day, voucher, party (its own where none is given) and amount of a purchase in one phrase."""
    at, money = day(row["date"]), shown_yuan(int(row["amount_fen"]))
    who = str(row["party"]) if party is None else party
    return Text(
        f"{at} 凭证 {named(row)} 向{who}支付 {money} 元",
        f"{at}, voucher {named(row)}: {money} yuan to {who}",
    )
