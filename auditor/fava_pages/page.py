"""What every audit page shares: it asks for blocks and lets the report's own renderer write them.

A page holds no logic: what it shows was decided by the audit before the server started, and the blocks are the
same that the printed report is made of. A page that fails says so in its own place and leaves Fava standing.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any
from urllib.parse import quote, urlencode

from fava.beans.funcs import hash_entry
from fava.context import g
from fava.ext import FavaExtensionBase
from flask import current_app, request
from markupsafe import Markup, escape

from auditor.served import SERVED, Served
from reports.html import render_blocks, style_sheet
from reports.model import Block
from rules.finding import Evidence

log = logging.getLogger(__name__)

ENTRIES = "UNION_AUDIT_ENTRIES"

_STYLE = Markup("""
.ua-ways { display: flex; flex-wrap: wrap; gap: 0.4rem; margin: 0.5rem 0 1rem; }
.ua-way { padding: 0.15rem 0.7rem; border: 1px solid var(--border, #ccc); border-radius: 1rem; }
.ua a.ua-chosen { background: var(--link-color, #0067b8); color: #fff; }
.ua td { white-space: normal; }
""")


@dataclass(frozen=True)
class Links:
    """Where a page may lead: other audit pages, and vouchers in Fava's journal.

    `entries` maps file and line, relative to the book, to the hash under which Fava knows the entry.
    """

    slug: str
    entries: Mapping[tuple[str, int], str]

    def page(self, name: str, **arguments: str) -> str:
        """Return the address of an audit page."""
        query = f"?{urlencode(arguments)}" if arguments else ""
        return f"/{quote(self.slug)}/extension/{name}/{query}"

    def voucher(self, evidence: Evidence) -> str:
        """Return the address that shows a piece of evidence in Fava's journal, or nothing where it has none."""
        known = self.entries.get((evidence.file, evidence.line), "")
        fragment = f"#context-{known}" if known else ""
        if evidence.voucher:
            query = urlencode({"filter": f'voucher:"^{evidence.voucher}$"'})
            return f"/{quote(self.slug)}/journal/?{query}{fragment}"
        return f"/{quote(self.slug)}/journal/{fragment}" if fragment else ""


@dataclass(frozen=True)
class Way:
    """One way to go from a page: its words, where it leads, and whether it is where the reader stands."""

    label: str
    href: str
    chosen: bool = False


@dataclass(frozen=True)
class Ways:
    """A line of ways to go; print has no use for it, so it is no block of the content model."""

    ways: tuple[Way, ...]

    def __html__(self) -> str:
        """Return the line as HTML."""
        links = Markup("").join(
            Markup('<a href="{}" class="ua-way{}">{}</a>').format(w.href, " ua-chosen" if w.chosen else "", w.label)
            for w in self.ways
        )
        return Markup('<nav class="ua-ways">{}</nav>').format(links)


PageBlock = Block | Ways


class Page(FavaExtensionBase):
    """One audit page in Fava's sidebar; a subclass says which blocks it shows."""

    def blocks(self, served: Served, links: Links, arguments: Mapping[str, str]) -> Sequence[PageBlock]:
        """Return what the page shows for a request's arguments."""
        raise ValueError(f"{type(self).__name__} shows nothing")

    def content(self) -> Markup:
        """Return the page's HTML, or the reason why it cannot be shown."""
        served: Served = current_app.config[SERVED]
        try:
            links = self._links()
            body = Markup("").join(
                block
                if isinstance(block, Ways)
                else Markup(render_blocks([block], served.language, evidence_href=links.voucher))
                for block in self.blocks(served, links, request.args)
            )
        except Exception as error:
            # An exception in an extension takes all of Fava down; here it costs one page and is reported on it.
            log.exception("audit page %s", self.name)
            body = Markup('<p class="ua-strong">本页无法显示：{}</p>').format(escape(str(error)))
        return Markup('<style>{}{}</style><div class="ua">{}</div>').format(Markup(style_sheet()), _STYLE, body)

    def _links(self) -> Links:
        return Links(str(g.beancount_file_slug), current_app.config[ENTRIES])


def entries_of(ledger: Any) -> Mapping[tuple[str, int], str]:
    """Return where each entry of a loaded ledger stands, relative to its folder: file and line → Fava's hash of it.

    The served copy never changes, so the index is made once, when the server starts.
    """
    root = Path(ledger.beancount_file_path).parent
    index: dict[tuple[str, int], str] = {}
    for entry in ledger.all_entries:
        key = hash_entry(entry)
        for meta in (entry.meta, *(posting.meta or {} for posting in getattr(entry, "postings", ()))):
            try:
                place = Path(str(meta.get("filename", ""))).relative_to(root).as_posix()
            except ValueError:
                continue
            index[place, int(meta.get("lineno", 0))] = key
    return MappingProxyType(index)
