"""Several e-invoices at once, as the rows of one sheet of the register; the same invoice in two forms counts once."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path

from ledger.importers.cells import CellError
from ledger.importers.invoices.model import Invoice, invoice_of
from ledger.importers.invoices.printed_text import invoice_fields, is_invoice_text
from ledger.importers.register_headers import REGISTER_HEADERS, REGISTER_SHEETS
from ledger.importers.sheets import CellFault, Sheet, SheetRefused, Workbook, ask_child, received_bytes

E_INVOICES = "电子发票"  # the "encoding" of a workbook made of e-invoices
MAX_FILES = 2000
SUFFIXES = (".xml", ".ofd", ".pdf")
_MARK = b"<EInvoice"


def invoice_files(folder: Path) -> tuple[Path, ...]:
    """Return the files of a folder, and of those below it, that may be e-invoices, in order of their paths.

    Links and hidden files are passed over. Raises SheetRefused when there are none or too many.
    """
    every = sorted(p for p in folder.rglob("*") if p.is_file() and not p.is_symlink())
    hidden = [p for p in every if any(part.startswith(".") for part in p.relative_to(folder).parts)]
    files = tuple(p for p in every if p.suffix.lower() in SUFFIXES and p not in hidden)
    if not files:
        raise SheetRefused(f"文件夹“{folder.name}”里没有电子发票（{'、'.join(SUFFIXES)}）；表格文件请逐个导入")
    if len(files) > MAX_FILES:
        raise SheetRefused(f"文件夹“{folder.name}”里有 {len(files)} 个文件，超过 {MAX_FILES} 个；请按月分开导入")
    return files


def is_invoice_file(path: Path) -> bool:
    """Say whether a file is an e-invoice by its kind and first bytes: an OFD, or an XML with the root of a 数电票."""
    if path.suffix.lower() == ".ofd":
        return True
    if path.suffix.lower() != ".xml" or not path.is_file():
        return False
    with path.open("rb") as file:
        return _MARK in file.read(64 * 1024)


def read_invoices(paths: Sequence[Path], name: str) -> Workbook:
    """Return a workbook with one sheet of the register `invoices`, a row for each file; faults stand on the row."""
    rows: list[tuple[str, ...]] = [tuple(headers[0] for headers in REGISTER_HEADERS["invoices"].values())]
    faults: list[CellFault] = []
    notes: list[CellFault] = []
    seen: dict[str, tuple[Invoice, str]] = {}
    digests: list[str] = []
    for path in paths:
        at = len(rows)
        try:
            content = received_bytes(path)
            digests.append(hashlib.sha256(content).hexdigest())
            invoice = read_invoice(path, content)
        except (SheetRefused, CellError) as error:
            text = str(error)
            faults.append(CellFault(at, 0, text if path.name in text else f"“{path.name}”：{text}"))
            rows.append(("",))
            continue
        old = seen.get(invoice.number)
        if old is None:
            seen[invoice.number] = (invoice, path.name)
            rows.append(invoice.row())
        elif _same(old[0], invoice):
            notes.append(CellFault(0, 0, f"“{path.name}”与“{old[1]}”是同一张发票 {invoice.number}，只计一次"))
        else:
            message = f"“{path.name}”与“{old[1]}”的发票号码都是 {invoice.number}，内容不同；请核实哪一张是真的"
            faults.append(CellFault(at, 0, message))
            rows.append(("",))
    # Remarks stand on the last row, which is always there.
    placed = tuple(CellFault(len(rows) - 1, 0, note.message) for note in notes)
    digest = digests[0] if len(paths) == 1 and digests else hashlib.sha256("".join(digests).encode()).hexdigest()
    sheet = Sheet(REGISTER_SHEETS["invoices"][0], tuple(rows), (), tuple(faults), _joined(placed))
    return Workbook(name, digest, E_INVOICES, (sheet,))


def _joined(notes: Sequence[CellFault]) -> tuple[CellFault, ...]:
    """Return the notes as one, because a cell has room for one."""
    return (CellFault(notes[0].row, 0, "；".join(n.message for n in notes)),) if notes else ()


def _same(one: Invoice, other: Invoice) -> bool:
    """Say whether two files are one invoice in two forms: a PDF does not tell the item or the seller's code."""
    return (one.date, one.amount_fen, one.seller, one.buyer) == (
        other.date,
        other.amount_fen,
        other.seller,
        other.buyer,
    )


def read_invoice(path: Path, content: bytes) -> Invoice:
    """Return the e-invoice of a file's bytes, read in a child process.

    Raises SheetRefused for what cannot be opened safely, CellError for what is no whole invoice.
    """
    if path.suffix.lower() == ".pdf":
        lines = ask_child(path, content, "ledger.importers.pdf_child")["text"]
        if not is_invoice_text(lines):
            raise CellError("文字里没有发票号码和价税合计，不是电子发票")
        return invoice_of(invoice_fields(lines))
    found: Mapping[str, str] = ask_child(path, content, "ledger.importers.invoices.child")["invoice"]
    return invoice_of(found)
