"""The year kept in the workbook alone: a treasurer types into the template, and calls what the command line offers."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from pathlib import Path

from click.testing import CliRunner, Result
from openpyxl import Workbook, load_workbook

from auditor.cli import main
from tests.year import year
from tests.year.made import BASIC, CUSTODY, Kept, Posted
from tests.year.papers import REGISTERS, statement

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_YUAN = re.compile(r"-?\d+\.\d{2}")
PEOPLE = {"制单人": year.ACCOUNTANT, "审核人": year.FINANCE, "审批人": year.CHAIR, "记账人": year.ACCOUNTANT}
SHEETS = {
    "members": "会员名册", "payroll": "工资总额", "dues": "会费缴纳", "officers": "任职", "resolutions": "决议",
    "grants": "发放清单", "assets": "资产卡片", "invoices": "发票", "hardship": "困难职工档案", "audits": "审计台账",
    "cash_counts": "现金盘点", "publications": "公开",
}  # fmt: skip


def run(*words: object) -> Result:
    """Call `union-audit`."""
    return CliRunner().invoke(main, [str(word) for word in words])


def done(*words: object) -> str:
    """Call `union-audit` and return what it said; it must have gone well."""
    result = run(*words)
    assert result.exit_code == 0, result.output
    return result.output


class Sheets:
    """The workbook as a person fills it in: by heads, days as days, money as numbers."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.book: Workbook = load_workbook(path)
        self.accounts = {str(cell.value) for cell in self.book["科目"]["A"]}

    def row(self, title: str, cells: Mapping[str, object]) -> None:
        """Add one row to a sheet."""
        sheet = self.book[title]
        heads = [cell.value for cell in sheet[1]]
        assert set(cells) <= set(heads), set(cells) - set(heads)
        sheet.append([typed(head, cells.get(head)) for head in heads])

    def account(self, name: str) -> str:
        """Choose an account; one that is not in the list is added to it first."""
        if name not in self.accounts:
            self.book["科目"].append([name])
            self.accounts.add(name)
        return name

    def voucher(self, kept: Kept) -> None:
        """Type a voucher: what is its own in its first row only."""
        own: Mapping[str, object] = {"对方单位": kept.payee, **kept.columns, **PEOPLE}
        for line in kept.lines:
            said = {"日期": kept.day, "凭证字号": kept.number, "摘要": kept.narration}
            self.row("凭证", {**said, **own, **self.sides(line, "借方金额", "贷方金额")})
            own = {}

    def sides(self, line: Posted, debit: str, credit: str) -> dict[str, object]:
        """The account and the amount of a line, under the heads of a sheet."""
        return {"科目": self.account(line.account), debit: line.debit, credit: line.credit}

    def budget(self, rows: Iterable[tuple[str, ...]], version: int, day: str, days: tuple[str, ...]) -> None:
        """Type a version of the budget with the days of its approvals."""
        approvals = dict(zip(("委员会通过", "经审会审查", "上级批准"), days, strict=True))
        for account, project, yuan, *reason in rows:
            cells = {"年度": 2025, "科目": account, "项目": project, "预算金额": yuan, "版本": version, "生效日期": day}
            self.row("预算", {**cells, **approvals, "原因": "".join(reason)})

    def register(self, name: str, since: str = "", until: str = "9999") -> None:
        """Type the rows of a register whose first day lies in a span; all rows of one without days."""
        heads, rows = REGISTERS[name]
        for row in rows:
            days = [cell for cell in row if _DAY.fullmatch(cell)]
            if not days or since <= max(days) < until:
                self.row(SHEETS[name], dict(zip(heads, row, strict=True)))

    def save(self) -> Path:
        """Save the workbook and return where it lies."""
        self.book.save(self.path)
        return self.path


def typed(head: object, cell: object) -> object:
    """A cell as a person types it: a day, a number of yuan, a count, or text."""
    if not isinstance(cell, str) or not cell:
        return cell or None
    if _DAY.fullmatch(cell):
        return datetime.date.fromisoformat(cell)
    if _YUAN.fullmatch(cell) and head != "内容":
        return Decimal(cell)
    counts = ("人数", "到会人数", "应到人数", "使用年限", "附件张数", "参与人数", "获奖人数", "天数", "询价数")
    return int(cell) if head in counts else cell


def who(sheets: Sheets) -> None:
    """Fill in who the union is: the second bank account, both numbers, and the share it keeps."""
    sheets.account(CUSTODY)
    sheets.row("单位信息", {"项目": "银行账户", "内容": CUSTODY})
    for account, number in year.NUMBERS.items():
        sheets.row("单位信息", {"项目": f"银行账号：{number}", "内容": account})
    key, value, since, instrument = year.STANDARD
    sheets.row("单位信息", {"项目": f"自定标准：{key}", "内容": value, "起始日期": since, "依据文件": instrument})


def kept_in_excel(folder: Path) -> Path:
    """Keep the year in a workbook, from no folder at all to the published final accounts; return the book."""
    book = folder / "账套"
    union = ("--name", year.UNION, "--region", year.REGION, "--code", year.CODE, "--parent", year.PARENT)
    done("init", book, *union, "--established", year.FOUNDED, "--year", 2025)
    sheets = Sheets(book / "凭证模板.xlsx")
    who(sheets)
    for line in year.OPENING:
        sheets.row("期初余额", {"年度": 2025, **sheets.sides(line, "期初借方余额", "期初贷方余额")})
    sheets.budget(year.BUDGET, 0, "2025-01-10", year.BUDGET_DAYS)
    for name in ("members", "officers", "hardship"):
        sheets.register(name)
    for quarter, last in enumerate(("2025-03", "2025-06", "2025-09", "2025-12")):
        months = [f"2025-{n:02d}" for n in range(quarter * 3 + 1, quarter * 3 + 4)]
        if quarter == 2:
            sheets.budget(year.REVISION, 1, "2025-07-02", year.REVISION_DAYS)
        for kept in year.VOUCHERS:
            if kept.day[:7] in months:
                sheets.voucher(kept)
        for name in ("resolutions", "grants", "invoices", "cash_counts", "publications", "audits"):
            sheets.register(name, months[0], f"{last}-32")
        if quarter == 3:
            for name in ("payroll", "dues", "assets"):
                sheets.register(name)
        done("import", sheets.save(), "--into", book)
        for account in (BASIC, CUSTODY):
            text = statement(account, *months)
            if text.count("\n") > 2:
                file = folder / f"{account.split()[0]}-{last}.csv"
                file.write_text(text, encoding="utf-8")
                done("import", file, "--into", book, "--as", "bank")
        if quarter == 3:
            done("close", book, 2025)
        for month in months:
            done("seal", book, month, "--by", year.ACCOUNTANT)
    for name in ("resolutions", "audits", "publications"):
        sheets.register(name, "2026")
    done("import", sheets.save(), "--into", book)
    return book
