"""Invoices as vouchers book them, beside what the register of invoices says of them."""

from __future__ import annotations

import datetime
from bisect import bisect_left
from collections.abc import Collection, Mapping, Sequence
from operator import attrgetter

from ledger.journal_rows import PostingRow, net_fen
from ledger.register_rows import InvoiceRow
from rules.expenditure.purchases import one_each, repeated, spending_so_far
from rules.finding import Certainty
from rules.rule import Case

MEASURES = "invoice-measures-2023"


def certainty_on(case: Case, at: datetime.date, instrument: str = MEASURES) -> Certainty:
    """Return what a breach of an instrument may be called on a day: established only where it was read and in force."""
    read = case.law.instruments[instrument]
    begun = read.in_force_from is not None and read.in_force_from <= at
    return Certainty.ESTABLISHED if begun and read.certainty == "read" else Certainty.LEAD


def invoice_lines(case: Case) -> Sequence[PostingRow]:
    """Return one line for each invoice in each voucher of spending up to the period's end, in order of vouchers.

    `amount_fen` is the net spending that the voucher booked on the invoice.
    """

    def made() -> Sequence[PostingRow]:
        lines = [line for line in spending_so_far(case) if line.invoice]
        return one_each(lines, attrgetter("invoice"), _as_one)

    return case.facts.once(("invoice lines", case.since, case.until), made)


def _as_one(lines: Sequence[PostingRow]) -> PostingRow:
    """Return the line that stands for a voucher's several on one invoice: the last by seller, type and day."""
    last = max(lines, key=lambda line: (line.invoice_seller, line.invoice_type, *_late(line.invoice_date)))
    return last._replace(amount_fen=net_fen(lines))


def _late(at: datetime.date | None) -> tuple[bool, datetime.date]:
    """Return what sorts a day that may be missing after all others."""
    return (at is None, at or datetime.date.min)


def booked_in_period(case: Case) -> Sequence[tuple[PostingRow, InvoiceRow | None]]:
    """Return the lines of `invoice_lines` that the period spent on, each with the invoice's row in the register."""

    def made() -> Sequence[tuple[PostingRow, InvoiceRow | None]]:
        lines = invoice_lines(case)
        first = bisect_left(lines, case.since, key=attrgetter("date"))
        lines = [line for line in lines[first:] if line.amount_fen > 0]
        known = invoice_register(case) or {}
        return tuple(zip(lines, map(known.get, map(attrgetter("invoice"), lines)), strict=True))

    return case.facts.once(("invoices booked", case.since, case.until), made)


def registered_in_period(case: Case) -> Sequence[tuple[PostingRow, InvoiceRow]]:
    """Return those of `booked_in_period` that stand in the register of invoices."""

    def made() -> Sequence[tuple[PostingRow, InvoiceRow]]:
        return tuple([(line, row) for line, row in booked_in_period(case) if row is not None])

    return case.facts.once(("registered invoices booked", case.since, case.until), made)


def on_several_lines(case: Case) -> Collection[str]:
    """Return the invoices that several vouchers up to the period's end booked something on."""
    name = ("invoices on several lines", case.since, case.until)
    return case.facts.once(name, lambda: repeated([line.invoice for line in invoice_lines(case)]))


def invoice_register(case: Case) -> Mapping[str, InvoiceRow] | None:
    """Return the register of invoices by number, the first row of each by date and line; None without a register."""
    if "invoices" not in case.facts.registers:
        return None

    def made() -> Mapping[str, InvoiceRow]:
        rows = case.rows(InvoiceRow)
        found = {row.invoice: row for row in rows}
        if len(found) < len(rows):
            last_first = sorted(rows, key=lambda row: (_late(row.date), row.line), reverse=True)
            found = {row.invoice: row for row in last_first}
        found.pop("", None)
        return found

    return case.facts.once("invoice register", made)
