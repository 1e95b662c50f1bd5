"""A table that a person copied out of a spreadsheet or a document, as the CSV file that the importer reads."""

from __future__ import annotations

import csv
import io

from ledger.importers.headers import SHEETS, SheetLayout, match_headers


def table_of(kind: str, text: str) -> bytes:
    """Return pasted rows (cells apart by tabs, or by commas) as CSV with a head; empty for nothing to read.

    Where the first row is no head, the columns are taken to be ours, in our order.
    """
    layout = next((layout for layout in SHEETS if layout.key == kind), None)
    lines = [line for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n") if line.strip()]
    if layout is None or not lines:
        return b""
    separator = "\t" if "\t" in lines[0] else ","
    rows = [[cell.strip() for cell in row] for row in csv.reader(lines, delimiter=separator)]
    if len(match_headers(layout, rows[0])) < min(2, len(rows[0])):
        rows.insert(0, list(heads_of(layout)))
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue().encode()


def heads_of(layout: SheetLayout) -> tuple[str, ...]:
    """Return the heads of a sheet in the order in which its page shows them."""
    return tuple(column.header for column in layout.columns if column.key != "code")
