"""Sheets as .xlsx bytes: the same sheets give the same bytes; no macro, no formula in a cell, no text run as one.

Formulas stand in checks and colours only: lists to choose from, checks of days and amounts, red for a voucher that
does not balance.
"""

from __future__ import annotations

import datetime
import io
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from ledger.workbook import guide
from ledger.workbook.layout import ACCOUNT_LIST, ACCOUNTS, PROFILE, VOUCHERS, Place, SheetPlan
from ledger.workbook.sheets import FilledSheet
from ledger.workbook.shown import Cell

LISTS = "选项"
ROOM = 3000  # rows of a sheet that are ready to be filled in, beyond those that are

# A fixed moment: the file's own clock would make two runs differ.
_CREATED = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC).replace(tzinfo=None)
_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_FIRST_DAY, _LAST_DAY = datetime.date(1949, 1, 1), datetime.date(2100, 12, 31)
_MONEY = "#,##0.00;[Red]-#,##0.00"
_LISTED_ACCOUNTS = 5000
_COLOURED = 20_000  # beyond so many rows the sums behind the colour would slow every spreadsheet program


def workbook_bytes(sheets: Sequence[FilledSheet], lists: Mapping[str, Sequence[str]], title: str) -> bytes:
    """Return a workbook of these sheets, with 填写说明 before and the lists of words behind them."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, _OPTIONS) as workbook:
        workbook.set_properties({"title": title, "author": "", "created": _CREATED})
        _Renderer(workbook, lists).render(sheets)
    return out.getvalue()


class _Renderer:
    """Adds the sheets to one workbook."""

    def __init__(self, workbook: Any, lists: Mapping[str, Sequence[str]]) -> None:
        font = {"font_name": "宋体", "font_size": 11}
        self.workbook = workbook
        self.lists = lists
        head = {**font, "bold": True, "bg_color": "#DCE6F1", "border": 1, "text_wrap": True, "valign": "vcenter"}
        self.head = workbook.add_format({**head, "align": "center"})
        self.needed = workbook.add_format({**head, "align": "center", "bg_color": "#FCE4D6"})
        self.title = workbook.add_format({**font, "bold": True, "font_size": 16})
        self.heading = workbook.add_format({**font, "bold": True, "font_size": 12})
        self.boxed = workbook.add_format({**font, "border": 1, "text_wrap": True})
        self.kinds = {
            "fen": workbook.add_format({**font, "num_format": _MONEY}),
            "day": workbook.add_format({**font, "num_format": "yyyy-mm-dd", "align": "left"}),
            "count": workbook.add_format({**font, "num_format": "0"}),
            "text": workbook.add_format({**font, "num_format": "@"}),
        }
        self.red = workbook.add_format({"bg_color": "#FFC7CE", "font_color": "#9C0006"})
        self.places = {name: n for n, name in enumerate(lists)}

    def render(self, sheets: Sequence[FilledSheet]) -> None:
        self._guide()
        for sheet in sheets:
            self._sheet(sheet)
        self._lists()
        self.workbook.worksheets_objs[1 if sheets else 0].activate()

    def _sheet(self, filled: FilledSheet) -> None:
        plan = filled.plan
        sheet = self.workbook.add_worksheet(plan.title)
        frozen = 2 if plan is VOUCHERS else 1
        sheet.freeze_panes(1, frozen)
        sheet.set_row(0, 32)
        last = min(len(filled.rows) + ROOM, 1_048_575)
        for position, header in enumerate(filled.headers):
            place = plan.places[position] if position < len(plan.places) else None
            needed = place is not None and place.needed
            sheet.write_string(0, position, header, self.needed if needed else self.head)
            width = place.width if place else 14
            folded = {"level": 1, "hidden": True} if place and place.folded else {}
            sheet.set_column(position, position, width, self._format(place), folded)
            if place is not None:
                self._check(sheet, place, plan, position, last)
        for number, row in enumerate(filled.rows, start=1):
            for position, cell in enumerate(row):
                if cell is not None and cell != "":
                    place = plan.places[position] if position < len(plan.places) else None
                    self._write(sheet, number, position, cell, self._format(place))
        if plan is VOUCHERS:
            self._balance(sheet, plan, last)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.repeat_rows(0)

    def _format(self, place: Place | None) -> Any:
        kind = place.column.kind.rstrip("?") if place else "text"
        return self.kinds.get(kind, self.kinds["text"])

    def _write(self, sheet: Any, row: int, position: int, cell: Cell, shown: Any) -> None:
        if isinstance(cell, Decimal | int):
            sheet.write_number(row, position, cell, shown)
        elif isinstance(cell, datetime.date):
            sheet.write_datetime(row, position, cell, shown)
        else:
            sheet.write_string(row, position, cell, shown)

    def _check(self, sheet: Any, place: Place, plan: SheetPlan, position: int, last: int) -> None:
        """Let a column take what the importer will take; a list that is not strict only offers its words."""
        rule = self._rule(place, plan, position)
        if rule:
            sheet.data_validation(1, position, last, position, rule)

    def _rule(self, place: Place, plan: SheetPlan, position: int) -> dict[str, Any]:
        kind, column = place.column.kind, xl_col_to_name(position)
        title = {"error_title": place.header, "ignore_blank": True}
        if place.list == ACCOUNTS:
            # As long as the list is now: a row added to the sheet 科目 is in the list at once.
            range_ = f"OFFSET({ACCOUNT_LIST.title}!$A$2,0,0,COUNTA({ACCOUNT_LIST.title}!$A$2:$A${_LISTED_ACCOUNTS}),1)"
            message = "请从列表中选择科目；没有的明细科目先加在“科目”表末尾"
            return {**title, "validate": "list", "source": f"={range_}", "error_message": message}
        if place.list in self.places:
            letter = xl_col_to_name(self.places[place.list])
            source = f"={LISTS}!${letter}$2:${letter}${len(self.lists[place.list]) + 1}"
            message = "请从列表中选择"
            return {**title, "validate": "list", "source": source, "show_error": place.strict, "error_message": message}
        if kind == "day":
            between = {"criteria": "between", "minimum": _FIRST_DAY, "maximum": _LAST_DAY}
            return {**title, "validate": "date", **between, "error_message": "请填日期，例如 2025-03-05"}
        if kind.startswith("fen"):
            sides = {"debit": "credit", "credit": "debit"}
            other = sides.get(place.column.key) if plan.layout.key in ("vouchers", "balances") else None
            alone = f',{xl_col_to_name(plan.at[other])}2=""' if other else ""
            test = f"=AND(ISNUMBER({column}2),ROUND({column}2,2)={column}2{alone})"
            message = "请填金额，单位元，最多两位小数" + ("；借方、贷方一行只填一个" if other else "")
            return {**title, "validate": "custom", "value": test, "error_message": message}
        if kind.startswith("count"):
            least = {"criteria": ">=", "value": -(10**9) if kind == "count" else 0}
            return {**title, "validate": "integer", **least, "error_message": "请填整数"}
        return {}

    def _balance(self, sheet: Any, plan: SheetPlan, last: int) -> None:
        """Colour every row of a voucher, by its number, whose debits and credits differ."""
        if last > _COLOURED:
            return
        number, debit, credit = (xl_col_to_name(plan.at[key]) for key in ("voucher", "debit", "credit"))

        def total(column: str) -> str:
            return f"SUMIFS(${column}$2:${column}${last + 1},${number}$2:${number}${last + 1},${number}2)"

        test = f'=AND(${number}2<>"",ROUND({total(debit)}-{total(credit)},2)<>0)'
        sheet.conditional_format(
            1, 0, last, plan.at["payee"], {"type": "formula", "criteria": test, "format": self.red}
        )

    def _guide(self) -> None:
        sheet = self.workbook.add_worksheet(guide.TITLE)
        sheet.hide_gridlines(2)
        for position, width in enumerate((12, 26, 26, 44)):
            sheet.set_column(position, position, width)
        sheet.write_string(0, 0, guide.TITLE, self.title)
        sheet.write_string(1, 0, guide.COLOURS)
        row = 2
        for number, text in guide.STEPS:
            if not text:
                sheet.write_string(row, 0, number, self.heading)
            else:
                sheet.write_string(row, 0, f"{number}  {text}" if number else text)
            row += 1
        sheet.write_string(row, 0, guide.EXAMPLE_TITLE, self.heading)
        for line, example in enumerate((guide.EXAMPLE_HEAD, *guide.EXAMPLE), row + 1):
            for position, text in enumerate(example):
                sheet.write_string(line, position, text, self.boxed if line > row + 1 else self.head)
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)

    def _lists(self) -> None:
        sheet = self.workbook.add_worksheet(LISTS)
        for name, position in self.places.items():
            sheet.write_string(0, position, name, self.head)
            for number, word in enumerate(self.lists[name], 1):
                sheet.write_string(number, position, word)
        sheet.hide()


def title_of(name: str) -> str:
    """Return the title of a union's workbook."""
    return f"{name} 账套工作簿" if name else PROFILE.title
