"""Findings and outcomes as blocks: for reports, the command line and pages alike."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from ledger.contracts import Integrity
from reports.model import CitedLaw, Column, ColumnKind, FindingBlock, LawValue, Row, Table
from reports.parts import bare_value
from reports.words import CERTAINTIES, SEVERITIES, STATUSES, say, wording
from rules.finding import AuditResult, Certainty, Citation, Finding, Outcome, Severity, Status, Text
from rules.law import Instrument, Law, ParameterValue

_ARTICLE = re.compile(r"第[一二三四五六七八九十百零〇\d]+条")
_LONGEST_WORDS = 160  # characters of a clause printed with a finding; the rest is read in the instrument


def finding_block(finding: Finding, finding_id: str, law: Law) -> FindingBlock:
    """Return one finding with its clauses and values of law in words."""
    return FindingBlock(
        id=finding_id,
        finding=finding,
        law=tuple(cited_law(citation, law) for citation in dict.fromkeys(finding.citations)),
        values=tuple(law_value(value, law) for value in dict.fromkeys(finding.parameters)),
    )


def finding_blocks(
    result: AuditResult, law: Law, *, certainty: Certainty | None = None, code: str = ""
) -> tuple[FindingBlock, ...]:
    """Return the findings of a result in its order, of one certainty or one rule if asked."""
    return tuple(
        finding_block(finding, finding_id, law)
        for finding, finding_id in zip(result.findings, result.ids, strict=True)
        if certainty in (None, finding.certainty) and code in ("", finding.code)
    )


def cited_law(citation: Citation, law: Law) -> CitedLaw:
    """Return a clause as printed; an instrument that the law data lack is printed by its key and marked unread."""
    instrument = law.instruments.get(citation.instrument)
    if instrument is None:
        return CitedLaw(citation.instrument, citation.article, "", "remembered")
    return CitedLaw(instrument.full_title, citation.article, _words(instrument, citation.article), instrument.certainty)


def law_value(value: ParameterValue, law: Law) -> LawValue:
    """Return a value of law as printed, with its name and the full title of its instrument."""
    bare = bare_value(value)
    parameter = law.parameters.get(value.key)
    instrument = law.instruments.get(value.instrument)
    return replace(
        bare,
        label=Text(parameter.label, parameter.label_en or parameter.label) if parameter else bare.label,
        instrument=instrument.full_title if instrument else value.instrument,
    )


def _words(instrument: Instrument, article: str) -> str:
    words = instrument.articles.get(article, "")
    if not words and (base := _ARTICLE.search(article)):
        words = instrument.articles.get(base.group(), "")
    plain = " ".join(words.split())
    return plain if len(plain) <= _LONGEST_WORDS else f"{plain[:_LONGEST_WORDS]}……"


def findings_table(
    result: AuditResult,
    language: str = "zh",
    *,
    certainty: Certainty | None = None,
    href: Callable[[str], str] | None = None,
    brief: bool = False,
) -> Table:
    """Return one row a finding in the result's order; `href` says where a page shows the finding of an id.

    `brief` leaves out the condition, where every finding follows in full.
    """
    word = wording(language)
    columns = (
        Column(word("编号", "Id")),
        Column(word("标题", "Title"), weight=2),
        Column(word("严重程度", "Severity")),
        Column(word("认定", "Certainty")),
        Column(word("涉及金额", "Amount"), ColumnKind.FEN),
        *(() if brief else (Column(word("事实", "Condition"), weight=3),)),
    )
    rows = tuple(
        Row(
            (
                finding_id,
                say(finding.title, language),
                say(SEVERITIES[finding.severity], language),
                say(CERTAINTIES[finding.certainty], language),
                finding.amount_fen or None,
                *(() if brief else (say(finding.message, language),)),
            ),
            href=href(finding_id) if href else "",
        )
        for finding, finding_id in zip(result.findings, result.ids, strict=True)
        if certainty in (None, finding.certainty)
    )
    return Table(columns, rows, caption=word("审计发现一览", "Findings"), unit=word("元", "yuan"))


def outcome_table(
    outcomes: Iterable[Outcome],
    language: str = "zh",
    *,
    statuses: Sequence[Status] = tuple(Status),
    caption: str = "",
    href: Callable[[str], str] | None = None,
) -> Table:
    """Return one row a rule: how it ended, what it tested, and why where it could not or need not be tested."""
    word = wording(language)
    several = len(statuses) > 1
    columns = [Column(word("规则", "Rule")), Column(word("检查事项", "Subject"), weight=2)]
    columns += [Column(word("结果", "Outcome"))] if several else []
    columns += [Column(word("测试项数", "Tested"), ColumnKind.COUNT)] if several else []
    columns += [Column(word("发现数", "Findings"), ColumnKind.COUNT)] if several else []
    columns.append(Column(word("原因或说明", "Reason"), weight=4))
    rows = []
    for outcome in outcomes:
        if outcome.status not in statuses:
            continue
        middle = (say(STATUSES[outcome.status], language), outcome.tested, outcome.findings) if several else ()
        cells = (outcome.code, say(outcome.title, language), *middle, say(outcome.reason, language))
        rows.append(Row(cells, href=href(outcome.code) if href else ""))
    return Table(tuple(columns), tuple(rows), caption=caption)


def integrity_table(entries: Sequence[Integrity], language: str = "zh") -> Table:
    """Return what the reader found wrong with the book itself, gravest first."""
    word = wording(language)
    order = {str(severity): rank for rank, severity in enumerate(Severity)}
    ranked = sorted(entries, key=lambda e: (order.get(e.severity, len(order)), e.code, e.file, e.line))
    rows = tuple(
        Row(
            (
                say(SEVERITIES[Severity(e.severity)], language) if e.severity in order else e.severity,
                e.message,
                f"{e.file}:{e.line}" if e.file and e.line else e.file,
            )
        )
        for e in ranked
    )
    columns = (
        Column(word("严重程度", "Severity")),
        Column(word("情况", "What"), weight=4),
        Column(word("位置", "Place"), weight=2),
    )
    return Table(columns, rows, caption=word("账套完整性", "Integrity of the book"))


def outcomes_text(outcomes: Sequence[Outcome], language: str = "zh") -> str:
    """Return how many rules were performed and how they ended, as a sentence without its stop."""
    counts = status_counts(outcomes)
    said = "，".join(f"{say(STATUSES[status], language)} {counts[status]}" for status in Status)
    return wording(language)(f"执行规则 {len(outcomes)} 条：{said}", f"{len(outcomes)} rules: {said}")


def status_counts(outcomes: Iterable[Outcome]) -> Counter[Status]:
    """Return how many rules ended in each way."""
    return Counter(outcome.status for outcome in outcomes)
