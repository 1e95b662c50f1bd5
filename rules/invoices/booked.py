"""Invoices as vouchers book them, beside what the register of invoices says of them."""

from __future__ import annotations

import datetime

import pandas as pd

from ledger.rows import Row
from rules.finding import Certainty, Evidence, Text
from rules.gather import day, in_order
from rules.rule import Case

MEASURES = "invoice-measures-2023"
OF_VOUCHER = ("voucher", "word", "number", "date", "payee", "narration", "reverses", "file", "line")
_EVER = datetime.date(1900, 1, 1)  # before any book


def certainty_on(case: Case, at: datetime.date, instrument: str = MEASURES) -> Certainty:
    """Return what a breach of an instrument may be called on a day: established only where it was read and in force."""
    read = case.law.instruments[instrument]
    begun = read.in_force_from is not None and read.in_force_from <= at
    return Certainty.ESTABLISHED if begun and read.certainty == "read" else Certainty.LEAD


def booked_invoices(case: Case) -> pd.DataFrame:
    """Return one row for each invoice in each voucher of spending up to the period's end, in order of vouchers.

    Columns of the voucher, with `invoice invoice_seller invoice_type invoice_date` of the postings and
    `amount_fen`, the net spending booked on it there; `inside` tells whether the voucher is of the period.
    """
    name = ("booked invoices", case.since, case.until)
    return case.facts.once(name, lambda: _booked_invoices(case)).copy(deep=False)


def _booked_invoices(case: Case) -> pd.DataFrame:
    rows = case.facts.activity_of(_EVER, case.until)
    rows = rows[(rows["element"] == "expense") & (rows["invoice"] != "")]
    texts = ("invoice", "invoice_seller", "invoice_type")
    plain = rows[["entry", "invoice_date", "amount_fen"]].assign(**{c: rows[c].astype("object") for c in texts})
    found = plain.reset_index(drop=True)
    if found.duplicated(["entry", "invoice"]).any():
        sums = plain.groupby(["entry", "invoice"], sort=False)["amount_fen"].sum().reset_index()
        told = plain.drop(columns="amount_fen").sort_values(["entry", *texts, "invoice_date"])
        told = told.drop_duplicates(["entry", "invoice"], keep="last")
        found = sums.merge(told, on=["entry", "invoice"], how="left", validate="one_to_one")
    vouchers = case.facts.vouchers
    places = pd.Index(vouchers["entry"]).get_indexer(found["entry"])
    joined = found.assign(**{name: vouchers[name].array.take(places) for name in OF_VOUCHER})
    for name in ("payee", "reverses", "file"):
        joined[name] = joined[name].astype("object")
    joined["inside"] = joined["date"] >= pd.Timestamp(case.since)
    return in_order(joined)


def registered(case: Case) -> pd.DataFrame | None:
    """Return the register of invoices, one row an invoice (the first in order of date and line); None without one."""
    if "invoices" not in case.facts.registers:
        return None
    return case.facts.once("registered invoices", lambda: _registered(case)).copy(deep=False)


def _registered(case: Case) -> pd.DataFrame:
    rows = case.register("invoices")
    rows = rows.assign(**{c: rows[c].astype("object") for c in ("invoice", "type", "seller", "buyer", "status")})
    rows = rows[rows["invoice"] != ""].sort_values(["invoice", "date", "line"])
    return rows.drop_duplicates("invoice").set_index("invoice", drop=False)


def invoice_evidence(row: Row, note: Text, amount_fen: int | None = None) -> Evidence:
    """Return the evidence that one booked invoice is, at its voucher."""
    return Evidence(
        note=note,
        voucher=str(row["voucher"]),
        date=day(row["date"]),
        amount_fen=int(row["amount_fen"]) if amount_fen is None else amount_fen,
        file=str(row["file"]),
        line=int(row["line"]),
    )
