"""E-invoices (数电票 XML, OFD, PDF with text) read strictly into rows of registers/invoices.csv."""

from ledger.importers.invoices.folder import invoice_files, read_invoices
from ledger.importers.invoices.model import Invoice

__all__ = ["Invoice", "invoice_files", "read_invoices"]
