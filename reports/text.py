"""Tables and findings for a terminal: what the command line prints, with nothing of a book read as markup."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports.model import FindingBlock, RowKind, Table
from reports.parts import parts
from reports.visible import map_texts, visible
from reports.words import cell_text, right_aligned, say
from rules.finding import Text

if TYPE_CHECKING:
    from rich.console import Group
    from rich.table import Table as RichTable


def to_rich(table: Table, language: str = "zh") -> RichTable:
    """Return a table for the terminal, its caption above and its unit and notes below."""
    from rich.table import Table as RichTable
    from rich.text import Text as RichText

    shown = map_texts(table, visible)
    unit = say(Text("单位：", "Unit: "), language)
    notes = [f"{unit}{shown.unit}"] if shown.unit else []
    made = RichTable(
        title=RichText(shown.caption) if shown.caption else None,
        caption=RichText("\n".join([*notes, *shown.notes])) if notes or shown.notes else None,
        title_justify="left",
        caption_justify="left",
    )
    for column in shown.columns:
        right = right_aligned(column)
        # Fold: the terminal's own way ends a long Chinese text with dots, and a finding's words would be lost.
        made.add_column(RichText(column.title), justify="right" if right else "left", no_wrap=right, overflow="fold")
    for row in shown.rows:
        texts = [cell_text(cell, column.kind) for cell, column in zip(row.cells, shown.columns, strict=True)]
        texts[0] = "  " * row.indent + texts[0]
        made.add_row(*(RichText(t) for t in texts), style="bold" if row.kind is not RowKind.PLAIN else None)
    return made


def finding_to_rich(block: FindingBlock, language: str = "zh") -> Group:
    """Return a finding in full for the terminal: criterion, condition, effect, remedy, then its evidence."""
    from rich.console import Group
    from rich.text import Text as RichText

    taken = parts(map_texts(block, visible), language)
    heading = RichText(taken.heading, style="bold")
    marks = RichText("  ".join(f"{label} {text}" for label, text in taken.marks))
    items = [RichText(f"{label}  {text}") for label, texts in taken.items for text in texts]
    return Group(heading, marks, *items, to_rich(taken.evidence, language))
