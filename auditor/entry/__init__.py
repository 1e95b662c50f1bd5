"""Keeping a book in the browser: the extension that Fava loads for `serve --edit`, in the order of the sidebar.

Fava instantiates every extension class that it sees in this module, in the alphabetical order of the names it
sees them under; so the base class stays in its own module, and these names are numbered.
"""

from auditor.entry.pages import EntryDesk as page_1
from auditor.entry.pages import EntryDrafts as page_2
from auditor.entry.pages import EntryImport as page_5
from auditor.entry.pages import EntryLists as page_4
from auditor.entry.pages import EntryVouchers as page_3
from auditor.entry.pages import EntryYear as page_6

__all__ = ["page_1", "page_2", "page_3", "page_4", "page_5", "page_6"]
