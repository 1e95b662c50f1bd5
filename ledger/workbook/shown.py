"""Values of a book as cells that the importer reads back as the same values, or not at all."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Mapping
from decimal import Decimal

from ledger.importers.cells import CellError, value
from ledger.importers.headers import LINE_MORE, LINE_PREFIX, METADATA_COLUMNS, MORE, Column
from ledger.importers.more import more_text
from ledger.importers.words import VOCABULARIES, chinese_word
from ledger.money import fen_from_text, yuan
from ledger.reader.metadata import contract_of, document_keys

Cell = str | int | Decimal | datetime.date | None

_MOST_NUMBER_FEN = 10**14  # a spreadsheet's numbers hold 15 digits: a larger amount goes in as text
_FIRST_DAY = datetime.date(1900, 3, 1)  # before it a spreadsheet's calendar has a day that never was
_WHOLE = re.compile(r"0|[1-9]\d{0,8}")


def amount(fen: int) -> Cell:
    """Return fen as a cell of yuan."""
    return yuan(fen) if abs(fen) < _MOST_NUMBER_FEN else f"{yuan(fen)}"


def day(date: datetime.date | None) -> Cell:
    """Return a day as a cell."""
    return date if date is None or date >= _FIRST_DAY else date.isoformat()


def cell(column: Column, vocabulary: str, text: str) -> Cell:
    """Return a value of the book as a person would see it in a cell of that kind; text that is no such, as it is."""
    if not text:
        return None
    if vocabulary in VOCABULARIES:
        return chinese_word(VOCABULARIES[vocabulary], text)
    try:
        if value(column.kind, vocabulary, text) != text:
            return text
    except CellError:
        return text
    if column.kind.startswith("fen"):
        return amount(fen_from_text(text))
    if column.kind.startswith("count"):
        return int(text) if _WHOLE.fullmatch(text) else text
    return day(datetime.date.fromisoformat(text)) if column.kind == "day" else text


def metadata_cells(metadata: Mapping[str, str], columns: Iterable[Column], *, own: bool) -> dict[str, Cell]:
    """Return metadata of a voucher, or a line's `own`, as cells by column key.

    What its column would not give back letter by letter goes into 附加信息.
    """
    rest = dict(metadata)
    cells: dict[str, Cell] = {}
    if not own:
        cells |= _spread(rest)
    for column in columns:
        key = column.key.removeprefix(LINE_PREFIX) if own else column.key
        if key in rest and key not in ("document", "contract-date") and _is_kept(column.kind, key, rest[key]):
            cells[column.key] = cell(column, key, rest.pop(key))
    if rest:
        cells[LINE_MORE if own else MORE] = more_text(dict(sorted(rest.items())))
    return cells


def _spread(rest: dict[str, str]) -> dict[str, Cell]:
    """Take documents and a contract's day out of metadata, as the columns that hold several of them have them."""
    cells: dict[str, Cell] = {}
    keys = document_keys(rest)
    names = [rest[key] for key in keys]
    numbered = ["document", *(f"document-{n}" for n in range(2, len(keys) + 1))][: len(keys)]
    joined = "；".join(names)
    if keys and keys == numbered and _is_kept("documents", "document", joined, "\n".join(names)):
        cells["document"] = joined
        for key in keys:
            del rest[key]
    if "contract" in rest:
        number, signed = contract_of(rest["contract"])
        if signed is not None and f"{number} {signed}" == rest["contract"] and "contract-date" not in rest:
            cells |= {"contract": number, "contract-date": day(signed)}
            del rest["contract"]
    elif "contract-date" in rest and _is_kept("day", "contract-date", rest["contract-date"]):
        column = next(c for c in METADATA_COLUMNS if c.key == "contract-date")
        cells["contract-date"] = cell(column, "contract-date", rest.pop("contract-date"))
    return cells


def _is_kept(kind: str, key: str, text: str, expected: str = "") -> bool:
    try:
        shown = chinese_word(VOCABULARIES[key], text) if key in VOCABULARIES else text
        return value(kind, key, shown) == (expected or text)
    except CellError:
        return False
