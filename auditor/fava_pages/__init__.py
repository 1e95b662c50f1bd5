"""The extension that Fava loads: the audit's pages, in the order of the sidebar.

Fava instantiates every extension class that it sees in this module, in the alphabetical order of the names it
sees them under; so the base class stays in its own module, and these names are numbered.
"""

from auditor.fava_pages.pages import AuditBudget as page_3
from auditor.fava_pages.pages import AuditDeparture as page_5
from auditor.fava_pages.pages import AuditFindings as page_2
from auditor.fava_pages.pages import AuditOverview as page_1
from auditor.fava_pages.pages import AuditRemittance as page_4
from auditor.fava_pages.pages import AuditStatements as page_6

__all__ = ["page_1", "page_2", "page_3", "page_4", "page_5", "page_6"]
