"""The pages of entry, one class a page, named as Fava's addresses name them: what is being written, and what was."""

from __future__ import annotations

from typing import Any

from auditor.entry import gathered, page, shown


class EntryDesk(page.EntryPage):
    """Choose what happened, fill in its few facts, see the entry and the budget left, save a draft."""

    report_title = "记账"
    has_js_module = True
    template = "desk.html"

    def gather(self, view: page.View) -> dict[str, Any]:
        """Return the list of events, or the form of one."""
        return shown.desk_page(view)


class EntryDrafts(page.EntryPage):
    """Drafts on their way: review, approve, return, post."""

    report_title = "草稿与审批"
    template = "drafts.html"

    def gather(self, view: page.View) -> dict[str, Any]:
        """Return the drafts, or one of them."""
        return shown.drafts_page(view)


class EntryVouchers(page.EntryPage):
    """The vouchers of a month, one voucher with its reversal, and the month's checks and seal."""

    report_title = "凭证与月结"
    template = "vouchers.html"

    def gather(self, view: page.View) -> dict[str, Any]:
        """Return a month, or one voucher."""
        return gathered.vouchers_page(view)


class EntryLists(page.EntryPage):
    """Registers, budget lines with their approvals, and the union's own standards."""

    report_title = "登记簿与预算"
    template = "lists.html"

    def gather(self, view: page.View) -> dict[str, Any]:
        """Return one register, or the budget, or the standards."""
        return gathered.lists_page(view)


class EntryImport(page.EntryPage):
    """Bring a file into the book: look first, then confirm."""

    report_title = "导入文件"
    template = "import.html"

    def gather(self, view: page.View) -> dict[str, Any]:
        """Return the form, or what an import would do."""
        return gathered.import_page(view)


class EntryYear(page.EntryPage):
    """The year's end: carry-forward, statements, reports."""

    report_title = "年度与报表"
    template = "year.html"

    def gather(self, view: page.View) -> dict[str, Any]:
        """Return where the year stands and what can be printed."""
        return gathered.year_page(view)
