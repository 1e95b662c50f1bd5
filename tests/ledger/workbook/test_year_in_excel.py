"""A treasurer's whole year in a spreadsheet alone: init, fill in, import month by month, close, statements, audit."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from openpyxl import Workbook, load_workbook

from auditor.cli import main
from ledger.example.hospital import hospital
from ledger.importers.headers import METADATA_COLUMNS
from ledger.importers.words import VOCABULARIES, chinese_word
from ledger.union import parse_profile
from ledger.vouchers import Voucher
from ledger.workbook.content import read_content
from ledger.workbook.labels import account_labels
from ledger.workbook.layout import REGISTERS, Place, vocabulary_key
from ledger.workbook.shown import metadata_cells
from ledger.writer import write_book

HALF = datetime.date(2025, 6, 30)


def run(*words: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


class Treasurer:
    """Types into the workbook as a person does: chooses accounts and words, a voucher's own things on its first row."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.book: Workbook = load_workbook(path)
        self.accounts = {row[1].value: row[0].value for row in self.book["科目"].iter_rows(min_row=2)}

    def account(self, name: str) -> str:
        """Choose an account; one that is not in the list is added to it first, by code and name only."""
        if name not in self.accounts:
            label = account_labels([name])[name]
            self.book["科目"].append([label])
            self.accounts[name] = label
        return self.accounts[name]

    def row(self, title: str, cells: Mapping[str, object]) -> None:
        sheet = self.book[title]
        heads = [cell.value for cell in sheet[1]]
        unknown = set(cells) - set(heads)
        assert not unknown, unknown
        sheet.append([cells.get(head) for head in heads])

    def voucher(self, voucher: Voucher) -> None:
        for place, line in enumerate(voucher.lines):
            side = "借方金额" if line.amount_fen >= 0 else "贷方金额"
            cells: dict[str, object] = {
                "日期": voucher.date,
                "凭证字号": str(voucher.number),
                "摘要": voucher.narration,
                "科目": self.account(line.account),
                side: Decimal(abs(line.amount_fen)) / 100,
            }
            if place == 0:
                cells |= {"对方单位": voucher.payee, **metadata(voucher)}
            cells |= {f"本行{HEADS[key]}": text for key, text in line.metadata.items() if key in HEADS}
            self.row("凭证", cells)

    def register(self, name: str, rows: Sequence[Mapping[str, str]]) -> None:
        plan = REGISTERS[name]
        for row in rows:
            cells = {p.header: self.typed(name, p, row[p.column.key]) for p in plan.places if row.get(p.column.key)}
            self.row(plan.title, cells)

    def typed(self, name: str, place: Place, text: str) -> object:
        key = vocabulary_key(REGISTERS[name].layout, place.column)
        if key in VOCABULARIES:
            return chinese_word(VOCABULARIES[key], text)
        if place.column.key == "account":
            return self.account(text)
        if place.column.kind == "day":
            return datetime.date.fromisoformat(text)
        if place.column.kind.startswith("fen"):
            return Decimal(text)
        return int(text) if place.column.kind.startswith("count") else text

    def save(self) -> Path:
        self.book.save(self.path)
        return self.path


HEADS = {column.key: column.header for column in METADATA_COLUMNS}


def metadata(voucher: Voucher) -> dict[str, object]:
    cells = metadata_cells(voucher.metadata, METADATA_COLUMNS, own=False)
    return {HEADS[key]: cell for key, cell in cells.items()}


@pytest.mark.timeout(300)
def test_a_year_in_excel_alone(tmp_path: Path) -> None:
    made = hospital()
    # The first rows of the long lists are enough to type.
    registers = {name: rows[:200] for name, rows in made.registers.items()}
    book = tmp_path / "账套"
    profile = parse_profile(made.profile)
    assert run("init", book, "--name", profile.name, "--region", profile.region, "--year", 2025).exit_code == 0
    (book / "union.toml").write_text(made.profile, encoding="utf-8")

    treasurer = Treasurer(book / "凭证模板.xlsx")
    for line in made.opening.lines:
        side = "期初借方余额" if line.amount_fen >= 0 else "期初贷方余额"
        account = treasurer.account(line.account)
        treasurer.row("期初余额", {"年度": 2025, "科目": account, side: Decimal(abs(line.amount_fen)) / 100})
    for entry in made.budgets:
        days = {"委员会通过": entry.committee, "经审会审查": entry.audit_review, "上级批准": entry.approved}
        cells = {"年度": 2025, "科目": treasurer.account(entry.account), "项目": entry.project, "版本": entry.version}
        amount = Decimal(entry.amount_fen) / 100
        treasurer.row("预算", {**cells, "预算金额": amount, "生效日期": entry.date, "原因": entry.reason, **days})
    vouchers = sorted(made.vouchers, key=lambda v: (v.date, str(v.number)))
    first = [v for v in vouchers if v.date <= HALF]
    for voucher in first:
        treasurer.voucher(voucher)
    for name in ("members", "payroll", "officers"):
        treasurer.register(name, registers[name])
    result = run("import", treasurer.save(), "--into", book)
    assert (result.exit_code, f"凭证 {len(first)} 张（已有 0 张）" in result.output) == (0, True), result.output

    # The other half of the year in the same file: only what is new comes in.
    for voucher in vouchers[len(first) :]:
        treasurer.voucher(voucher)
    for name, rows in registers.items():
        if name not in ("members", "payroll", "officers"):
            treasurer.register(name, rows)
    result = run("import", treasurer.save(), "--into", book)
    assert result.exit_code == 0, result.output
    assert f"凭证 {len(vouchers) - len(first)} 张（已有 {len(first)} 张）" in result.output
    assert "登记簿 members：新增 0 行" in result.output
    again = run("import", treasurer.path, "--into", book)
    assert "已在" in again.output
    assert run("import", treasurer.save(), "--into", book).exit_code == 0

    # The same vouchers posted directly make the same book.
    direct = tmp_path / "直接"
    write_book(
        direct,
        made.profile,
        datetime.date(2025, 1, 1),
        vouchers=[made.opening, *made.vouchers],
        budgets=made.budgets,
        registers=registers,
    )
    ours, theirs = read_content(book), read_content(direct)
    assert ours.entries == theirs.entries
    assert ours.opening is not None
    assert theirs.opening is not None
    assert sorted(map(repr, ours.opening.lines)) == sorted(map(repr, theirs.opening.lines))
    assert ours.budgets == theirs.budgets
    assert {n: r.rows for n, r in ours.registers.items()} == {n: r.rows for n, r in theirs.registers.items()}
    assert ours.profile == theirs.profile

    for folder in (book, direct):
        assert run("close", folder, 2025).exit_code == 0
    papers = [run("statements", folder, "--period", "2025").output for folder in (book, direct)]
    assert papers[0] == papers[1]
    assert "资产负债表" in papers[0]
    audits = [run("audit", folder, "--period", "2025") for folder in (book, direct)]
    assert [audit.exit_code for audit in audits] == [1, 1]
    assert audits[0].output == audits[1].output
