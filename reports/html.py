"""HTML: fragments for pages, and whole documents that print well; no script, nothing loaded from outside.

Every text is escaped by the template engine. The classes `ua-…` are stable: pages may style them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from reports import figures
from reports.model import Block, Document, Figure, FindingBlock, Table
from reports.parts import FindingParts, parts
from reports.visible import map_texts, visible, visible_document
from reports.words import cell_text, right_aligned
from rules.finding import Evidence

if TYPE_CHECKING:
    from jinja2 import Environment


def render(document: Document) -> str:
    """Return a document as one self-contained page, printable on A4."""
    shown = visible_document(document)
    body = render_blocks(shown.blocks, document.language)
    return _engine().get_template("page.html.j2").render(document=shown, body=body, css=style_sheet())


def render_blocks(
    blocks: Sequence[Block],
    language: str = "zh",
    *,
    evidence_href: Callable[[Evidence], str] | None = None,
) -> str:
    """Return blocks as an HTML fragment to be put into a page; every text in it is escaped.

    `evidence_href` says where on the site a piece of evidence is shown; nothing where it has no place.
    """

    def finding_parts(block: FindingBlock) -> FindingParts:
        return parts(block, language, evidence_href)

    shown = map_texts(tuple(blocks), visible)
    template = _engine().get_template("blocks.html.j2")
    return template.render(blocks=shown, language=language, finding_parts=finding_parts)


def style_sheet() -> str:
    """Return the style sheet of the classes `ua-…`."""
    return resources.files("reports.templates").joinpath("report.css").read_text(encoding="utf-8")


@cache
def _engine() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined
    from markupsafe import Markup

    def figure_svg(figure: Figure, language: str) -> Markup:
        return Markup(figures.svg(figure, language))  # its texts were escaped when it was drawn

    def name_of(block: Block) -> str:
        return type(block).__name__

    def numeric(table: Table, i: int) -> bool:
        return right_aligned(table.columns[i])

    engine = Environment(
        loader=PackageLoader("reports", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    engine.filters.update(figure_svg=figure_svg, name_of=name_of, cell_text=cell_text, safe_href=safe_href)
    engine.globals.update(numeric=numeric)
    return engine


def safe_href(href: str) -> str:
    """Return a link target of a page if it leads nowhere but within the site, else nothing."""
    scheme_free = ":" not in href.split("/", 1)[0].split("?", 1)[0].split("#", 1)[0]
    return href if scheme_free and not href.startswith(("//", "\\")) else ""
