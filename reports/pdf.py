"""PDF: a document on paper, after GB/T 9704, with the shipped faces embedded. Equal documents give equal bytes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from reports import figures
from reports.glyphs import drawable, fallback_fonts
from reports.layout import Layout, breakable, layout, lines, title_lines
from reports.model import (
    Block,
    ColumnKind,
    Document,
    Figure,
    FindingBlock,
    Heading,
    PageBreak,
    Paragraph,
    Row,
    RowKind,
    Signatures,
    Table,
)
from reports.parts import parts
from reports.typesetting import page_file
from reports.words import cell_text, right_aligned

_WHOLE = 24  # lines: a row up to this height is kept on one page, of which it takes no more than two thirds


def render(document: Document) -> bytes:
    """Return a document as PDF.

    Raises GlyphError, before anything is made, where a character can be drawn by no font of this machine.
    """
    document = drawable(document)
    fallback = fallback_fonts(document)
    return page_file("report.typ", data_of(document), document.stamp, fallback)


def data_of(document: Document) -> Mapping[str, Any]:
    """Return what the template is given: plain data, every number already written out."""
    language = document.language
    english = language == "en"
    stamp = document.stamp
    return {
        "language": language,
        "title": document.title,
        "title-lines": list(title_lines(document.title)),
        "keywords": [value for _, value in document.facts[:1]],
        "stamp": {"year": stamp.year, "month": stamp.month, "day": stamp.day},
        "facts": [[name, breakable(value)] for name, value in document.facts],
        "words": {
            "unit": "Unit: " if english else "单位：",
            "note": "Note: " if english else "注：",
            "colon": ": " if english else "：",
            "sign-date": "Date:            " if english else "　　年　　月　　日",
        },
        "blocks": [_block(block, language) for block in document.blocks],
    }


def _block(block: Block, language: str) -> dict[str, Any]:
    match block:
        case Heading():
            return {"is": "heading", "level": block.level, "text": breakable(block.text)}
        case Paragraph():
            return {"is": "paragraph", "text": breakable(block.text), "strong": block.strong}
        case Table():
            return {"is": "table", **_table(block)}
        case Figure():
            return {"is": "figure", "caption": block.caption, "svg": figures.svg(block, language)}
        case FindingBlock():
            return {"is": "finding", **_finding(block, language)}
        case Signatures():
            return {"is": "signatures", "roles": list(block.roles)}
        case PageBreak():
            return {"is": "pagebreak"}


def _table(table: Table) -> dict[str, Any]:
    made = layout(table)
    return {
        "caption": table.caption,
        "unit": table.unit,
        "notes": [breakable(note) for note in table.notes],
        "size": made.size,
        "shares": list(made.shares),
        "titles": [column.title for column in table.columns],
        "kinds": [
            "number" if right_aligned(c) else "day" if c.kind is ColumnKind.DAY else "text" for c in table.columns
        ],
        "rows": [_row(row, table, made) for row in table.rows],
    }


def _row(row: Row, table: Table, made: Layout) -> dict[str, Any]:
    texts = [cell_text(cell, column.kind) for cell, column in zip(row.cells, table.columns, strict=True)]
    return {
        "cells": [breakable(text) for text in texts],
        "indent": row.indent,
        "kind": "plain" if row.kind is RowKind.PLAIN else "strong",
        # Cut by the end of a page, a row leaves most of its cells empty on the next; only a long one must be.
        "whole": max(lines(text, share, made.size) for text, share in zip(texts, made.shares, strict=True)) <= _WHOLE,
    }


def _finding(block: FindingBlock, language: str) -> dict[str, Any]:
    taken = parts(block, language)
    return {
        "heading": taken.heading,
        "marks": [list(mark) for mark in taken.marks],
        "items": [[label, [breakable(text) for text in texts]] for label, texts in taken.items],
        "evidence": _table(taken.evidence),
    }
