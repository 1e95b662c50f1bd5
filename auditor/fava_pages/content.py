"""What the audit pages show, as blocks: the same builders as the printed report, with links where a page can lead.

Nothing is decided here. A filter only leaves rows out; a finding that the address names is looked up by its id.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping

from auditor.fava_pages.page import Links, PageBlock, Way, Ways
from auditor.served import Served
from reports.budget import budget_blocks, execution_figures
from reports.departure import departure_blocks, term_blocks, term_of
from reports.findings import finding_block, findings_table, integrity_table, outcome_table, outcomes_text, status_counts
from reports.model import Block, Column, ColumnKind, Heading, Paragraph, Row, RowKind, Table
from reports.remittance import contribution_figures, remittance_blocks
from reports.statements import Statement, StatementError, balance_sheet, income_statement, trial_balance
from reports.words import CERTAINTIES, SEVERITIES, STATUSES, say, wording
from rules.families import families
from rules.finding import AuditResult, Certainty, Finding, Severity, Status, Text


def overview(served: Served, links: Links) -> tuple[Block, ...]:
    """Return the front page: counts, coverage, budget and remittance figures, integrity of the book."""
    audit, language = served.audit, served.language
    word = wording(language)
    period = f"{audit.since} — {audit.until}"
    made: list[Block] = [
        Heading(word(f"{audit.union_name}　{period}", f"{audit.union_name}, {period}")),
        Paragraph(outcomes_text(audit.outcomes, language) + word("。", ".")),
        by_severity(audit, links, language),
        by_family(audit, links, language),
    ]
    if served.facts.integrity:
        made.append(integrity_table(served.facts.integrity, language))
    made += execution_figures(served.facts, audit.until.year, audit.until, language)
    made += contribution_figures(served.facts, served.law, audit.since, audit.until, language)
    made += [
        Heading(word("各规则的结果", "How each rule ended")),
        outcome_table(audit.outcomes, language, href=lambda code: links.page("AuditFindings", code=code)),
    ]
    return tuple(made)


def by_severity(audit: AuditResult, links: Links, language: str) -> Table:
    """Return the number of findings by severity and certainty; each row leads to its findings."""
    word = wording(language)
    columns = [Column(word("严重程度", "Severity"))]
    columns += [Column(say(CERTAINTIES[c], language), ColumnKind.COUNT) for c in Certainty]
    rows = []
    for severity in Severity:
        own = [f for f in audit.findings if f.severity is severity]
        counts = [sum(1 for f in own if f.certainty is c) for c in Certainty]
        href = links.page("AuditFindings", severity=severity)
        rows.append(Row((say(SEVERITIES[severity], language), *counts), href=href))
    totals = [sum(1 for f in audit.findings if f.certainty is c) for c in Certainty]
    rows.append(Row((word("合计", "Total"), *totals), RowKind.TOTAL, href=links.page("AuditFindings")))
    return Table(tuple(columns), tuple(rows), caption=word("审计发现", "Findings"))


def by_family(audit: AuditResult, links: Links, language: str) -> Table:
    """Return, for each family of rules, how many rules ended in each way and how many findings there are."""
    word = wording(language)
    columns = [Column(word("类别", "Family"), weight=2)]
    columns += [Column(say(STATUSES[status], language), ColumnKind.COUNT) for status in Status]
    columns.append(Column(word("发现数", "Findings"), ColumnKind.COUNT))
    rows = []
    for family in families():
        own = [o for o in audit.outcomes if o.code.startswith(family.code)]
        if own:
            counts = status_counts(own)
            cells = (*(counts.get(status, 0) for status in Status), sum(o.findings for o in own))
            href = links.page("AuditFindings", family=family.code)
            rows.append(Row((f"{say(family.name, language)} {family.code}", *cells), href=href))
    return Table(tuple(columns), tuple(rows), caption=word("规则覆盖情况", "Coverage of the rules"))


def findings(served: Served, links: Links, arguments: Mapping[str, str]) -> tuple[PageBlock, ...]:
    """Return the findings that the address asks for: by severity, certainty, family or rule, or one by its id."""
    language = served.language
    wanted = arguments.get("id", "")
    results = [served.audit, *(result for _, result in served.departures)]
    if wanted:
        for result in results:
            if wanted in result.ids:
                finding = result.findings[result.ids.index(wanted)]
                return (back_to_list(links, language), finding_block(finding, wanted, served.law))
        absent = Text(f"没有编号为 {wanted} 的审计发现", f"no finding has the id {wanted}")
        return (back_to_list(links, language), Paragraph(say(absent, language), strong=True))
    shown = narrowed(served.audit, arguments)
    table = findings_table(shown, language, href=lambda finding_id: links.page("AuditFindings", id=finding_id))
    made: list[PageBlock] = [filters(served.audit, links, arguments, language), table]
    code = arguments.get("code", "")
    if code:
        own = [outcome for outcome in served.audit.outcomes if outcome.code == code]
        made.insert(1, outcome_table(own, language))
    return tuple(made)


def narrowed(audit: AuditResult, arguments: Mapping[str, str]) -> AuditResult:
    """Return the result with only the findings that a request's filters let through."""

    def let_through(finding: Finding) -> bool:
        return (
            arguments.get("severity", finding.severity) == finding.severity
            and arguments.get("certainty", finding.certainty) == finding.certainty
            and finding.code.startswith(arguments.get("family", ""))
            and finding.code.startswith(arguments.get("code", ""))
        )

    return _with_only(audit, let_through)


def _with_only(audit: AuditResult, chosen: Callable[[Finding], bool]) -> AuditResult:
    pairs = [pair for pair in zip(audit.findings, audit.ids, strict=True) if chosen(pair[0])]
    return dataclasses.replace(audit, findings=tuple(f for f, _ in pairs), ids=tuple(i for _, i in pairs))


def filters(audit: AuditResult, links: Links, arguments: Mapping[str, str], language: str) -> Ways:
    """Return the filters as ways that lead to the same page with one filter changed."""
    kept = {key: arguments[key] for key in ("severity", "certainty", "family", "code") if key in arguments}
    choices: list[tuple[str, str, str]] = [("", "", say(Text("全部", "all"), language))]
    choices += [("severity", s, say(SEVERITIES[s], language)) for s in Severity]
    choices += [("certainty", c, say(CERTAINTIES[c], language)) for c in Certainty]
    present = {finding.code[:3] for finding in audit.findings}
    choices += [("family", f.code, say(f.name, language)) for f in families() if f.code in present]
    ways = []
    for key, value, label in choices:
        changed = {**kept, key: value} if key else {}
        count = len(narrowed(audit, changed).findings)
        chosen = kept.get(key) == value if key else not kept
        ways.append(Way(f"{label} {count}", links.page("AuditFindings", **changed), chosen))
    return Ways(tuple(ways))


def back_to_list(links: Links, language: str) -> Ways:
    """Return the way back to all findings."""
    return Ways((Way(say(Text("← 全部问题", "← all findings"), language), links.page("AuditFindings")),))


def budget(served: Served) -> tuple[Block, ...]:
    """Return the execution of the period's budget."""
    until = served.audit.until
    return budget_blocks(served.facts, until.year, until, served.language, served.law)


def remittance(served: Served) -> tuple[Block, ...]:
    """Return the schedule of the period's contributions."""
    audit = served.audit
    return remittance_blocks(served.facts, served.law, audit.since, audit.until, served.language)


def departure(served: Served, links: Links, arguments: Mapping[str, str]) -> tuple[PageBlock, ...]:
    """Return one chair's departure with its findings; a list leads to the others."""
    language = served.language
    if not served.departures:
        nobody = Text(
            "任职登记簿中没有在审计期末之前离任的主席。", "No chair in the register left by the end of the period."
        )
        return (Paragraph(say(nobody, language)),)
    by_name = dict(served.departures)
    subject = arguments.get("subject", served.departures[0][0])
    result = by_name.get(subject)
    if result is None:
        return (
            Paragraph(say(Text(f"没有“{subject}”的离任审计", f"no departure of {subject}"), language), strong=True),
        )
    made: list[PageBlock] = []
    if len(by_name) > 1:
        made.append(
            Ways(tuple(Way(name, links.page("AuditDeparture", subject=name), name == subject) for name in by_name))
        )
    term = term_of(result, served.facts)
    made += term_blocks(term, language, served.facts) if term else ()

    def href(finding_id: str) -> str:
        return links.page("AuditFindings", id=finding_id)

    made += departure_blocks(result, served.facts, served.law, language, href)
    own = frozenset(o.code for o in result.outcomes if o.status is not Status.NOT_APPLICABLE)
    made.append(findings_table(_with_only(result, lambda f: f.code in own), language, href=href))
    made.append(outcome_table([o for o in result.outcomes if o.code.startswith("DEP")], language))
    return tuple(made)


def statements(served: Served) -> tuple[Block, ...]:
    """Return the statutory statements of the period, or why one cannot be made."""
    facts, since, until = served.facts, served.audit.since, served.audit.until
    made: list[Block] = []
    builders: tuple[Callable[[], Statement], ...] = (
        lambda: balance_sheet(facts, until),
        lambda: income_statement(facts, since, until),
        lambda: trial_balance(facts, since, until),
    )
    for build in builders:
        try:
            made += build().blocks()
        except StatementError as error:
            made.append(Paragraph(say(Text(error.zh, error.en), served.language), strong=True))
    return tuple(made)
