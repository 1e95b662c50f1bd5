"""What a person hands in: a spreadsheet, a PDF statement, an e-invoice or a folder of them, as sheets of exact text."""

from __future__ import annotations

import hashlib
from pathlib import Path

from ledger.importers.invoices.folder import invoice_files, is_invoice_file, read_invoices
from ledger.importers.invoices.printed_text import is_invoice_text
from ledger.importers.sheets import Sheet, Workbook, ask_child, read_workbook, received_bytes


def read_received(path: Path) -> Workbook:
    """Return the sheets of whatever can be imported; raise SheetRefused for everything else.

    An e-invoice becomes a row of a sheet 发票, a PDF statement one sheet with the lines around its tables.
    """
    if path.is_dir():
        return read_invoices(invoice_files(path), path.name)
    if path.suffix.lower() == ".pdf":
        return _pdf(path)
    if is_invoice_file(path):
        return read_invoices((path,), path.name)
    return read_workbook(path)


def _pdf(path: Path) -> Workbook:
    content = received_bytes(path)
    answer = ask_child(path, content, "ledger.importers.pdf_child")
    if is_invoice_text(answer["text"]):
        return read_invoices((path,), path.name)
    sheet = Sheet(path.stem, tuple(tuple(row) for row in answer["rows"]))
    return Workbook(path.name, hashlib.sha256(content).hexdigest(), "PDF", (sheet,))
