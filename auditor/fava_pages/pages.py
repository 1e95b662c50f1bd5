"""The audit's pages, one class a page, named as Fava's addresses name them; `content` makes what each shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from auditor.fava_pages import content, page
from auditor.served import Served


class AuditOverview(page.Page):
    """Findings by severity and family, coverage of the rules, budget and remittance at a glance."""

    report_title = "审计总览"

    def blocks(self, served: Served, links: page.Links, arguments: Mapping[str, str]) -> Sequence[page.PageBlock]:
        """Return the overview."""
        return content.overview(served, links)


class AuditFindings(page.Page):
    """Every finding, filtered; each opens its evidence, its law and its vouchers."""

    report_title = "问题"

    def blocks(self, served: Served, links: page.Links, arguments: Mapping[str, str]) -> Sequence[page.PageBlock]:
        """Return the list, or the finding that the address names."""
        return content.findings(served, links, arguments)


class AuditBudget(page.Page):
    """Budget against actual."""

    report_title = "预算执行"

    def blocks(self, served: Served, links: page.Links, arguments: Mapping[str, str]) -> Sequence[page.PageBlock]:
        """Return the budget's execution."""
        return content.budget(served)


class AuditRemittance(page.Page):
    """Contribution due, received, retained and remitted, month by month."""

    report_title = "计拨上解"

    def blocks(self, served: Served, links: page.Links, arguments: Mapping[str, str]) -> Sequence[page.PageBlock]:
        """Return the schedule."""
        return content.remittance(served)


class AuditDeparture(page.Page):
    """The term of each chair who left: position at both ends, performance, findings."""

    report_title = "离任审计"

    def blocks(self, served: Served, links: page.Links, arguments: Mapping[str, str]) -> Sequence[page.PageBlock]:
        """Return the departure that the address names, or the latest."""
        return content.departure(served, links, arguments)


class AuditStatements(page.Page):
    """The statutory statements of the period."""

    report_title = "法定报表"

    def blocks(self, served: Served, links: page.Links, arguments: Mapping[str, str]) -> Sequence[page.PageBlock]:
        """Return balance sheet, income statement and trial balance."""
        return content.statements(served)
