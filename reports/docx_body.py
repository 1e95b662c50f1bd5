"""The body of a Word report: every block as elements of WordprocessingML, in the styles of the shell."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from typing import Any

from reports import figures
from reports.layout import PAGE_MM, layout
from reports.model import (
    Block,
    Column,
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
from reports.words import cell_text, right_aligned

_ROOM_MM = PAGE_MM * 0.92  # the reader's fonts are not known: room for wider ones
_TWIPS_PER_MM = 1440 / 25.4
_WIDTH = round(PAGE_MM * _TWIPS_PER_MM)


def body_elements(made: Any, document: Document) -> Iterator[Any]:
    """Yield the elements that stand in place of `{{ body }}`; pictures are added to the file as they are met."""
    for name, value in document.facts:
        yield paragraph("UAFact", f"{name}　", value, strong_first=True)
    for block in document.blocks:
        yield from _block(made, block, document.language)


def paragraph(style: str, *texts: str, strong_first: bool = False, strong: bool = False, align: str = "") -> Any:
    """Return a paragraph of one run for each text, in a style of the shell by its id."""
    made = _new("p")
    properties = _sub(made, "pPr")
    _sub(properties, "pStyle", val=style)
    if align:
        _sub(properties, "jc", val=align)
    for i, text in enumerate(texts):
        made.append(_run(text, bold=strong or (strong_first and i == 0)))
    return made


def _block(made: Any, block: Block, language: str) -> Iterator[Any]:
    match block:
        case Heading():
            yield paragraph(f"Heading{min(block.level, 3)}", block.text)
        case Paragraph():
            yield paragraph("UABody", block.text, strong=block.strong)
        case Table():
            yield from _table(block, language)
        case Figure():
            yield _picture(made, block, language)
            yield paragraph("UACaption", block.caption, align="center")
        case FindingBlock():
            yield from _finding(block, language)
        case Signatures():
            colon, date = (": ", "Date:") if language == "en" else ("：", "　　年　　月　　日")
            for role in block.roles:
                yield paragraph("UABody", f"{role}{colon}", "＿" * 10, date)
        case PageBreak():
            broken = paragraph("UABody")
            _sub(_sub(broken, "r"), "br", type="page")
            yield broken


def _finding(block: FindingBlock, language: str) -> Iterator[Any]:
    taken = parts(block, language)
    yield paragraph("Heading3", taken.heading)
    marks = tuple(f"{label}　{text}" for label, text in taken.marks)
    weights = (2, 2, 4, 5)
    yield _grid((_table_row(marks, [""] * 4, [ColumnKind.TEXT] * 4, style="UAHead"),), [w / 13 for w in weights])
    for label, texts in taken.items:
        for i, text in enumerate(texts):
            yield (
                paragraph("UAFinding", f"{label}　", text, strong_first=True)
                if i == 0
                else paragraph("UAFinding", text)
            )
    yield from _table(taken.evidence, language)


def _table(table: Table, language: str) -> Iterator[Any]:
    unit, note = ("Unit: ", "Note: ") if language == "en" else ("单位：", "注：")
    if table.caption or table.unit:
        shown = f"　（{unit}{table.unit}）" if table.unit else ""
        yield paragraph("UACaption", f"{table.caption}{shown}")
    made = layout(table, _ROOM_MM)
    half_points = str(round(made.size * 2))
    kinds = [column.kind for column in table.columns]
    aligns = [_align(column) for column in table.columns]
    head = _table_row([c.title for c in table.columns], ["center"] * len(kinds), kinds, style="UAHead", head=True)
    rows = [head]
    for row in table.rows:
        rows.append(_data_row(row, table.columns, aligns))
    yield _grid(rows, made.shares, half_points)
    for text in table.notes:
        yield paragraph("UANote", f"{note}{text}")
    yield paragraph("UANote")


def _align(column: Column) -> str:
    if right_aligned(column):
        return "right"
    return "center" if column.kind is ColumnKind.DAY else ""


def _data_row(row: Row, columns: Sequence[Column], aligns: Sequence[str]) -> Any:
    texts = [cell_text(cell, column.kind) for cell, column in zip(row.cells, columns, strict=True)]
    texts[0] = "　" * row.indent + texts[0]
    kinds = [column.kind for column in columns]
    return _table_row(texts, aligns, kinds, strong=row.kind is not RowKind.PLAIN)


def _table_row(
    texts: Sequence[str],
    aligns: Sequence[str],
    kinds: Sequence[ColumnKind],
    *,
    style: str = "UACell",
    head: bool = False,
    strong: bool = False,
) -> Any:
    row = _new("tr")
    properties = _sub(row, "trPr")
    _sub(properties, "cantSplit")
    if head:
        _sub(properties, "tblHeader")
    for text, align, kind in zip(texts, aligns, kinds, strict=True):
        cell = _sub(row, "tc")
        cell_properties = _sub(cell, "tcPr")
        if head or strong:
            _sub(cell_properties, "shd", val="clear", color="auto", fill="E8E8E8" if head else "F4F4F4")
        if kind is not ColumnKind.TEXT and not head:
            _sub(cell_properties, "noWrap")
        _sub(cell_properties, "vAlign", val="center")
        cell.append(paragraph(style, text, strong=strong, align=align))
    return row


def _grid(rows: Sequence[Any], shares: Sequence[float], half_points: str = "") -> Any:
    table = _new("tbl")
    properties = _sub(table, "tblPr")
    _sub(properties, "tblW", w=str(_WIDTH), type="dxa")
    borders = _sub(properties, "tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        _sub(borders, side, val="single", sz="4", space="0", color="5A5A5A")
    _sub(properties, "tblLayout", type="fixed")
    margins = _sub(properties, "tblCellMar")
    for side in ("left", "right"):
        _sub(margins, side, w="70", type="dxa")
    grid = _sub(table, "tblGrid")
    widths = [str(round(_WIDTH * share)) for share in shares]
    for width in widths:
        _sub(grid, "gridCol", w=width)
    for row in rows:
        for cell, width in zip(row.iterchildren(_w("tc")), widths, strict=True):
            first = _new("tcW", w=width, type="dxa")
            cell[0].insert(0, first)
        if half_points:
            for run in row.iter(_w("r")):
                run_properties = run.find(_w("rPr"))
                if run_properties is None:
                    run_properties = _new("rPr")
                    run.insert(0, run_properties)
                _sub(run_properties, "sz", val=half_points)
                _sub(run_properties, "szCs", val=half_points)
        table.append(row)
    return table


def _picture(made: Any, figure: Figure, language: str) -> Any:
    from docx.shared import Mm

    holder = made.add_paragraph(style="UACaption" if "UACaption" in made.styles else None)
    shape = holder.add_run().add_picture(io.BytesIO(figures.png(figure, language)), width=Mm(PAGE_MM))
    described = shape._inline.docPr
    described.set("descr", f"{figure.caption}。{figures.description(figure, language)}")
    described.set("name", figure.caption)
    element = holder._p
    element.getparent().remove(element)
    properties = element.get_or_add_pPr()
    style = properties.find(_w("pStyle"))
    if style is None:
        style = _new("pStyle")
        properties.insert(0, style)
    style.set(_w("val"), "UACaption")
    # A fixed line height would cut the picture down to one line.
    _sub(properties, "spacing", line="240", lineRule="auto")
    return element


def _run(text: str, *, bold: bool) -> Any:
    run = _new("r")
    if bold:
        _sub(_sub(run, "rPr"), "b")
    words = _sub(run, "t")
    words.text = text
    words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return run


def _w(name: str) -> str:
    from docx.oxml.ns import qn

    return str(qn(f"w:{name}"))


def _new(name: str, **attributes: str) -> Any:
    from docx.oxml import OxmlElement

    made = OxmlElement(f"w:{name}")
    for key, value in attributes.items():
        made.set(_w(key), value)
    return made


def _sub(parent: Any, name: str, **attributes: str) -> Any:
    made = _new(name, **attributes)
    parent.append(made)
    return made
