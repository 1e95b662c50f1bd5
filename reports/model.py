"""The content model: what a page or report says, as plain values that every renderer understands.

One model, five forms: docx, pdf, xlsx, html and JSON. Builders make blocks from results; renderers turn blocks
into a file and decide nothing. Amounts stay fen until a renderer writes them.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from rules.finding import Finding, Text
from rules.law import ValueStatus

Cell = str | int | Decimal | datetime.date | None


class ColumnKind(StrEnum):
    """What a column holds; decides alignment and number form."""

    TEXT = "text"
    FEN = "fen"  # int fen, shown as yuan
    COUNT = "count"
    SHARE = "share"  # Decimal fraction of one, shown in per cent
    DAY = "day"


class RowKind(StrEnum):
    """What a row is; decides its weight."""

    PLAIN = "plain"
    HEAD = "head"  # heads the rows below it
    TOTAL = "total"


@dataclass(frozen=True)
class Column:
    """One column of a table; `weight` is its share of the width."""

    title: str
    kind: ColumnKind = ColumnKind.TEXT
    weight: int = 1


@dataclass(frozen=True)
class Row:
    """One row: as many cells as the table has columns; None prints as nothing. `indent` indents the first cell.

    `anchor` is a page-local link target and `href` where the row's first cell leads on a page, if anywhere.
    """

    cells: tuple[Cell, ...]
    kind: RowKind = RowKind.PLAIN
    indent: int = 0
    anchor: str = ""
    href: str = ""


@dataclass(frozen=True)
class Heading:
    """A heading; level 1 is the widest below the title."""

    text: str
    level: int = 1


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of running text; `strong` for one that must not be overlooked."""

    text: str
    strong: bool = False


@dataclass(frozen=True)
class Table:
    """A table with typed columns; `unit` is printed above it (单位：元), `notes` below."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    caption: str = ""
    unit: str = ""
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for row in self.rows:
            if len(row.cells) != len(self.columns):
                raise ValueError(f"{self.caption}: a row of {len(row.cells)} cells in {len(self.columns)} columns")


@dataclass(frozen=True)
class Bar:
    """One group of a bar figure: its label and one fen value per series."""

    label: str
    values_fen: tuple[int, ...]


@dataclass(frozen=True)
class Figure:
    """A bar figure: series names and groups of bars in fen; `caption` also serves readers who cannot see it."""

    caption: str
    series: tuple[str, ...]
    bars: tuple[Bar, ...]


@dataclass(frozen=True)
class CitedLaw:
    """A clause as printed: instrument with its number, article, and its words where they were read."""

    instrument: str
    article: str
    words: str = ""
    certainty: str = ""


@dataclass(frozen=True)
class LawValue:
    """A value of law as printed: its name, its number with the unit, where and since when it holds, its clause.

    `region` is as people read it (全国, 340500, 本单位), `instrument` the full title or the union's own document.
    """

    key: str
    label: Text
    value: Text
    region: Text
    in_force_from: datetime.date
    until: datetime.date | None
    status: ValueStatus
    instrument: str
    article: str


@dataclass(frozen=True)
class FindingBlock:
    """One finding in full: renderers print criterion, condition, effect, evidence and remedy from it.

    `values` are the finding's parameters as printed; where a builder gave none, renderers print the bare keys.
    """

    id: str
    finding: Finding
    law: tuple[CitedLaw, ...]
    values: tuple[LawValue, ...] = ()


@dataclass(frozen=True)
class Signatures:
    """A signature block: one line for each role, to be signed and dated by hand."""

    roles: tuple[str, ...]


@dataclass(frozen=True)
class PageBreak:
    """What follows begins on a new page."""


Block = Heading | Paragraph | Table | Figure | FindingBlock | Signatures | PageBreak


@dataclass(frozen=True)
class Document:
    """A whole document: title, lines of facts below it (union, period, snapshot), and its blocks in order.

    `stamp` is the day printed and written into the file's own metadata, so that equal input gives equal bytes.
    """

    title: str
    facts: tuple[tuple[str, str], ...]
    blocks: tuple[Block, ...]
    stamp: datetime.date
    language: str = "zh"
