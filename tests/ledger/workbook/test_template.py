"""The workbook to fill in: the same bytes every time, no macro, no formula in a cell, lists and checks in place."""

from __future__ import annotations

import datetime
import io
import zipfile
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

import pytest
from click.testing import CliRunner
from openpyxl import Workbook, load_workbook

from auditor.cli import main
from ledger.book import import_file, init_book
from ledger.contracts import REGISTERS
from ledger.importers.headers import layout_of, match_headers, missing_columns
from ledger.importers.register_headers import REGISTER_SHEETS
from ledger.importers.words import VOCABULARIES
from ledger.vouchers import Line, Voucher, VoucherNumber
from ledger.workbook import sheets as sheets_module
from ledger.workbook.content import BookContent, Entry, ExportRefused, of_period, read_content
from ledger.workbook.export import export_template
from ledger.workbook.layout import PLANS, VOUCHERS, word_lists
from ledger.workbook.render import workbook_bytes
from ledger.workbook.sheets import filled_sheets


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return init_book(tmp_path_factory.mktemp("账") / "账套", "某市第一医院工会委员会", "340500", 2025)


@pytest.fixture(scope="module")
def content(book: Path) -> BookContent:
    return read_content(book)


@pytest.fixture(scope="module")
def data(content: BookContent) -> bytes:
    return workbook_bytes(filled_sheets(content), word_lists({"assets.category": ("办公设备",)}), "")


@pytest.fixture(scope="module")
def workbook(data: bytes) -> Workbook:
    return load_workbook(io.BytesIO(data))


def test_the_same_book_gives_the_same_bytes(book: Path) -> None:
    assert export_template(book) == export_template(book)


def test_a_sheet_for_every_kind_and_its_heads_are_understood(workbook: Workbook) -> None:
    assert workbook.sheetnames[:5] == ["填写说明", "凭证", "期初余额", "预算", "科目"]
    assert {names[0] for names in REGISTER_SHEETS.values()} <= set(workbook.sheetnames)
    assert len(workbook.sheetnames) == 1 + 4 + len(REGISTERS) + 1 + 1
    for plan in PLANS:
        sheet = workbook[plan.title]
        heads = [cell.value for cell in sheet[1]]
        found = match_headers(plan.layout, heads)
        assert missing_columns(plan.layout, found) == ()
        assert len(found) == len(heads)
        assert sheet.freeze_panes is not None
        if plan.layout.key in ("vouchers", "balances", "budget", *REGISTERS):
            assert layout_of(plan.title) is plan.layout


def test_no_macro_no_link_and_no_formula_in_a_cell(data: bytes, workbook: Workbook) -> None:
    names = zipfile.ZipFile(io.BytesIO(data)).namelist()
    assert not [name for name in names if "vba" in name.lower() or "external" in name.lower()]
    assert all(cell.data_type != "f" for sheet in workbook for row in sheet.iter_rows() for cell in row)


def test_accounts_and_every_closed_vocabulary_are_chosen_from_lists(workbook: Workbook) -> None:
    options = workbook["选项"]
    assert options.sheet_state == "hidden"
    lists = {column[0].value: [c.value for c in column[1:] if c.value] for column in options.iter_cols()}
    closed = {k for k in VOCABULARIES if k not in ("balances.side", "union.level", "union.collection")}
    assert closed <= set(lists)
    for name in closed:
        assert lists[name] == [words[0] for words in VOCABULARIES[name].values()]
    assert lists["invoices.status"] == ["正常", "红冲", "作废", "重复"]
    assert lists["assets.category"] == ["办公设备"]
    checks = {
        (sheet.title, column): rule
        for sheet in workbook
        for rule in sheet.data_validations.dataValidation
        for area in rule.sqref.ranges
        for column in range(area.min_col, area.max_col + 1)
    }
    for plan in PLANS:
        for position, place in enumerate(plan.places, 1):
            rule = checks.get((plan.title, position))
            if place.list and place.list != "accounts":
                assert rule is not None
                assert (rule.type, bool(rule.showErrorMessage)) == ("list", place.strict)
            elif place.list:
                assert rule is not None
                assert "科目!$A$2" in rule.formula1
            elif place.column.kind == "day":
                assert rule is not None
                assert rule.type == "date"
            elif place.column.kind.startswith(("fen", "count")):
                assert rule is not None
    accounts = [cell.value for cell in workbook["科目"]["A"][1:]]
    assert "50105 会员活动支出" in accounts
    assert "10201 银行存款-基本户" in accounts
    assert len(set(accounts)) == len(accounts)


def test_rows_of_a_voucher_that_does_not_balance_turn_red(workbook: Workbook) -> None:
    (rules,) = workbook["凭证"].conditional_formatting
    assert rules.rules[0].formula == [
        'AND($B2<>"",ROUND(SUMIFS($E$2:$E$3001,$B$2:$B$3001,$B2)-SUMIFS($F$2:$F$3001,$B$2:$B$3001,$B2),2)<>0)'
    ]
    at = VOUCHERS.at
    assert [at[key] for key in ("voucher", "debit", "credit")] == [1, 4, 5]


def test_an_untouched_template_brings_nothing_in(book: Path, tmp_path: Path) -> None:
    path = tmp_path / "空.xlsx"
    path.write_bytes(export_template(book))
    result = import_file(path, book, dry_run=True)
    assert result.problems == ()
    assert (result.vouchers_added, result.budgets_added, dict(result.registers)) == (0, 0, {})


def test_init_and_export_on_the_command_line(tmp_path: Path) -> None:
    run = CliRunner().invoke
    made = run(main, ["init", str(tmp_path / "账"), "--name", "某工会", "--region", "340500", "--year", "2025"])
    assert made.exit_code == 0
    template = tmp_path / "账" / "凭证模板.xlsx"
    again = run(main, ["export", str(tmp_path / "账"), "--template", "-o", str(tmp_path / "模.xlsx")])
    assert again.exit_code == 0
    assert template.read_bytes() == (tmp_path / "模.xlsx").read_bytes()
    whole = run(main, ["export", str(tmp_path / "账"), "--period", "2025", "-o", str(tmp_path / "全.xlsx")])
    assert "凭证 0 张" in whole.output
    for wrong in (
        ["-o", "x.csv"],
        ["--template", "--period", "2025", "-o", "x.xlsx"],
        ["--period", "20x", "-o", "x.xlsx"],
    ):
        assert run(main, ["export", str(tmp_path / "账"), *wrong]).exit_code == 2
    assert run(main, ["export", str(tmp_path / "无"), "-o", str(tmp_path / "x.xlsx")]).exit_code == 2
    assert not (tmp_path / "x.xlsx").exists()


def voucher(day: str, number: int, fen: int, account: str = "Income:401-会费收入") -> Entry:
    date = datetime.date.fromisoformat(day)
    lines = (Line("Assets:102-银行存款:01-基本户", fen), Line(account, -fen))
    made = Voucher(date, VoucherNumber("记", date.year, date.month, number), "", "收会费", lines)
    return Entry(made, str(made.number))


def test_a_period_begins_with_the_balances_before_it(content: BookContent) -> None:
    surplus = "Equity:322-工会资金结余:32205-累计结余"
    entries = (voucher("2024-05-01", 1, 700, surplus), voucher("2025-03-01", 1, 100), voucher("2026-01-01", 1, 5))
    whole = replace(content, entries=entries)
    year = of_period(whole, datetime.date(2025, 1, 1), datetime.date(2025, 12, 31))
    assert [entry.stated for entry in year.entries] == ["记-2025-03-0001"]
    assert year.opening is not None
    assert {line.account: line.amount_fen for line in year.opening.lines} == {
        "Assets:102-银行存款:01-基本户": 700,
        surplus: -700,
    }
    half = of_period(whole, datetime.date(2025, 2, 1), datetime.date(2025, 12, 31))
    assert half.opening is None
    assert "没有期初余额" in half.notes[0]


def test_what_no_sheet_can_hold_is_refused(content: BookContent, monkeypatch: pytest.MonkeyPatch) -> None:
    long = replace(content, entries=(replace_narration(voucher("2025-03-01", 1, 1), "长" * 32_768),))
    with pytest.raises(ExportRefused, match="第 2 行“摘要”有 32,768 字，超过单元格的上限"):
        filled_sheets(long)
    monkeypatch.setattr(sheets_module, "MOST_ROWS", 4)
    three = tuple(voucher("2025-03-01", n, 1) for n in (1, 2))
    with pytest.raises(ExportRefused, match=r"要写 4 行，超过表格的上限 4 行（含表头）；请用 --period 按年度分别导出"):
        filled_sheets(replace(content, entries=three, accounts=(), registers=MappingProxyType({})))


def replace_narration(entry: Entry, text: str) -> Entry:
    return replace(entry, voucher=replace(entry.voucher, narration=text))


def test_a_book_at_fault_is_not_exported(tmp_path: Path) -> None:
    book = init_book(tmp_path / "账", "某工会", "340500", 2025)
    with (book / "main.beancount").open("a", encoding="utf-8") as file:
        file.write('plugin "os"\n')
    with pytest.raises(ExportRefused, match="插件"):
        read_content(book)
