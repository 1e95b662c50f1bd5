"""What the command line prints of results: tables on a terminal, the same tables as plain text in a pipe."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.console import Console

from ledger.contracts import Integrity
from reports.findings import findings_table, integrity_table, outcome_table, outcomes_text
from reports.model import Block, Column, Document, FindingBlock, Heading, Paragraph, Row, Table
from reports.text import finding_to_rich, to_rich
from reports.visible import visible, visible_document
from reports.words import SEVERITIES, say, wording
from rules.finding import AuditResult, Status

if TYPE_CHECKING:
    from rules.coverage import Covered, ListedRule
    from rules.law import Law

_PIPE_WIDTH = 160  # columns in a pipe, where no terminal says how wide it is


def console() -> Console:
    """Return the console of standard output; nothing that a book says is read as markup or highlighted."""
    width = None if sys.stdout.isatty() else _PIPE_WIDTH
    return Console(markup=False, highlight=False, emoji=False, soft_wrap=False, width=width)


def print_audit(result: AuditResult, integrity: Sequence[Integrity], language: str) -> None:
    """Print an audit: integrity of the book, findings, what could not be tested, and the count of outcomes."""
    out = console()
    if integrity:
        out.print(to_rich(integrity_table(integrity, language), language))
    if result.findings:
        out.print(to_rich(findings_table(result, language), language))
    untested = [o for o in result.outcomes if o.status is Status.NOT_PERFORMED]
    if untested:
        caption = wording(language)("未能测试的事项及原因", "What could not be tested, and why")
        out.print(to_rich(outcome_table(untested, language, statuses=(Status.NOT_PERFORMED,), caption=caption)))
    out.print(outcomes_text(result.outcomes, language))


def print_document(document: Document) -> None:
    """Print a document: its title, its facts and its blocks."""
    out = console()
    shown = visible_document(document)
    out.print(shown.title, style="bold")
    for label, text in shown.facts:
        out.print(f"{label}：{text}")
    print_blocks(shown.blocks, shown.language)


def print_blocks(blocks: Sequence[Block], language: str) -> None:
    """Print blocks that a terminal can show: headings, paragraphs, tables and findings."""
    out = console()
    for block in blocks:
        if isinstance(block, Heading | Paragraph):
            out.print(visible(block.text))
        elif isinstance(block, Table):
            out.print(to_rich(block, language))
        elif isinstance(block, FindingBlock):
            out.print(finding_to_rich(block, language))


def print_rules(rules: Sequence[ListedRule], language: str) -> None:
    """Print the list of rules."""
    word = wording(language)
    columns = (
        Column(word("规则", "Rule")),
        Column(word("问题", "Irregularity"), weight=3),
        Column(word("严重程度", "Severity")),
        Column(word("所需登记簿", "Registers needed"), weight=2),
    )
    rows = tuple(
        Row((r.code, say(r.title, language), say(SEVERITIES[r.severity], language), "、".join(r.needs))) for r in rules
    )
    console().print(to_rich(Table(columns, rows)))


def print_coverage(items: Sequence[Covered], law: Law, language: str) -> None:
    """Print each known irregularity with how it is covered, what that needs, its law, and the count of each way."""
    from reports.coverage import coverage_blocks

    print_blocks(tuple(coverage_blocks(items, law, language, steps=True)), language)
