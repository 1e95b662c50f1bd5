"""The proposal as a workbook: its lines as the importer takes them back, this year's figures beside them."""

from __future__ import annotations

import datetime
import io
from collections.abc import Mapping, Sequence
from typing import Any

import xlsxwriter

from ledger.budgeting.lines import FUNDS, INCOME, SPENDING
from ledger.budgeting.proposal import Proposal, ProposedLine
from ledger.importers.headers import ACCOUNT_SHEET, BUDGET_SHEET
from ledger.money import yuan
from ledger.workbook.labels import account_labels

GUIDE = "说明"  # a sheet of this name is passed over by the importer

# A fixed moment: the file's own clock would make two runs differ.
_CREATED = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC).replace(tzinfo=None)
_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_KEYS = ("year", "account", "project", "amount", "version", "date", "committee", "audit-review", "approved", "reason")
_WIDTHS: Mapping[str, int] = {"account": 38, "project": 22, "amount": 18, "reason": 56}
_TOTALS = ((INCOME, "收入合计"), (FUNDS, "动用以前年度资金合计"), (SPENDING, "支出合计"))


def proposal_workbook(
    proposal: Proposal, opened: Mapping[str, datetime.date], union: str, rests_on: Sequence[str]
) -> bytes:
    """Return the proposal as .xlsx bytes, the same for the same proposal.

    The sheet 预算 holds version 0 with the days of its procedure still empty and the basis of each line as its
    reason; `opened` are the accounts of the book with their days, `rests_on` the values of law in a sentence each.
    """
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, _OPTIONS) as workbook:
        title = f"{union} {proposal.year} 年度工会经费预算（建议稿）"
        workbook.set_properties({"title": title, "author": "", "created": _CREATED})
        _Sheets(workbook, proposal).write(title, opened, rests_on)
    return out.getvalue()


class _Sheets:
    """Adds the sheets of one proposal to a workbook."""

    def __init__(self, workbook: Any, proposal: Proposal) -> None:
        font = {"font_name": "宋体", "font_size": 11}
        head = {**font, "bold": True, "bg_color": "#DCE6F1", "border": 1, "text_wrap": True, "align": "center"}
        self.workbook, self.proposal = workbook, proposal
        self.head = workbook.add_format({**head, "valign": "vcenter"})
        self.title = workbook.add_format({**font, "bold": True, "font_size": 14})
        self.text = workbook.add_format({**font, "num_format": "@", "valign": "top"})
        self.wrapped = workbook.add_format({**font, "num_format": "@", "text_wrap": True, "valign": "top"})
        self.money = workbook.add_format({**font, "num_format": "#,##0.00;[Red]-#,##0.00", "valign": "top"})
        self.count = workbook.add_format({**font, "num_format": "0", "valign": "top"})
        self.day = workbook.add_format({**font, "num_format": "yyyy-mm-dd", "align": "left", "valign": "top"})
        self.base = proposal.year - 1
        self.labels = account_labels(line.key.account for line in proposal.lines)

    def write(self, title: str, opened: Mapping[str, datetime.date], rests_on: Sequence[str]) -> None:
        self._guide(title, rests_on)
        self._budget()
        self._accounts(opened)
        self.workbook.worksheets_objs[1].activate()

    def _budget(self) -> None:
        sheet = self._sheet(BUDGET_SHEET.title)
        heads = [("科目" if key == "account" else BUDGET_SHEET.by_key[key].header) for key in _KEYS]
        heads += [f"{self.base}年预算", f"{self.base}年执行"]
        self._heads(sheet, heads)
        for position, key in enumerate((*_KEYS, "amount", "amount")):
            sheet.set_column(position, position, _WIDTHS.get(key, 12))
        rows = [line for line in self.proposal.lines if line.amount_fen]
        for number, line in enumerate(rows, 1):
            sheet.write_string(number, _KEYS.index("year"), str(self.proposal.year), self.text)
            sheet.write_string(number, _KEYS.index("account"), self.labels[line.key.account], self.text)
            sheet.write_string(number, _KEYS.index("project"), line.key.project, self.text)
            sheet.write_number(number, _KEYS.index("amount"), yuan(line.amount_fen), self.money)
            sheet.write_number(number, _KEYS.index("version"), 0, self.count)
            sheet.write_datetime(number, _KEYS.index("date"), datetime.date(self.proposal.year, 1, 1), self.day)
            for key in ("committee", "audit-review", "approved"):
                sheet.write_blank(number, _KEYS.index(key), None, self.day)
            sheet.write_string(number, _KEYS.index("reason"), line.basis, self.wrapped)
            self._beside(sheet, number, len(_KEYS), line)
        sheet.freeze_panes(1, 3)

    def _beside(self, sheet: Any, row: int, position: int, line: ProposedLine) -> None:
        for offset, fen in enumerate((line.budget_fen, line.actual_fen)):
            if fen is not None:
                sheet.write_number(row, position + offset, yuan(fen), self.money)

    def _accounts(self, opened: Mapping[str, datetime.date]) -> None:
        sheet = self._sheet(ACCOUNT_SHEET.title)
        self._heads(sheet, [column.header for column in ACCOUNT_SHEET.columns])
        sheet.set_column(0, 1, 60)
        used = dict.fromkeys(line.key.account for line in self.proposal.lines if line.amount_fen)
        for number, account in enumerate(used, 1):
            sheet.write_string(number, 0, self.labels[account], self.text)
            sheet.write_string(number, 1, account, self.text)
            if account in opened:
                sheet.write_datetime(number, 2, opened[account], self.day)

    def _guide(self, title: str, rests_on: Sequence[str]) -> None:
        sheet = self._sheet(GUIDE)
        sheet.set_column(0, 0, 44)
        sheet.set_column(1, 3, 18)
        sheet.set_column(4, 4, 80)
        sheet.write_string(0, 0, title, self.title)
        lines = [
            f"本年数截至 {self.proposal.until}。“预算”表是建议数，可直接修改金额；“原因”栏写明测算依据。",
            "工会委员会通过、经审会审查、上级批准之后，在“预算”表填上各日期，再用 union-audit import 导入。",
            *(f"依据：{text}" for text in rests_on),
            *(f"注意：{text}" for text in self.proposal.notes),
        ]
        row = 1
        for text in lines:
            sheet.write_string(row, 0, text, self.text)
            row += 1
        row += 1
        heads = ("项目", f"{self.proposal.year}年建议", f"{self.base}年预算", f"{self.base}年执行", "测算依据")
        for position, head in enumerate(heads):
            sheet.write_string(row, position, head, self.head)
        for element, name in _TOTALS:
            row += 1
            sheet.write_string(row, 0, name, self.text)
            sheet.write_number(row, 1, yuan(self.proposal.total_fen(element)), self.money)
        for line in self.proposal.lines:
            if not line.amount_fen:
                row += 1
                project = f"（{line.key.project}）" if line.key.project else ""
                sheet.write_string(row, 0, f"未编入：{self.labels[line.key.account]}{project}", self.text)
                sheet.write_number(row, 1, 0, self.money)
                self._beside(sheet, row, 2, line)
                sheet.write_string(row, 4, line.basis, self.text)
        sheet.hide_gridlines(2)

    def _sheet(self, title: str) -> Any:
        sheet = self.workbook.add_worksheet(title)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        return sheet

    def _heads(self, sheet: Any, heads: Sequence[str]) -> None:
        for position, head in enumerate(heads):
            sheet.write_string(0, position, head, self.head)
        sheet.repeat_rows(0)
