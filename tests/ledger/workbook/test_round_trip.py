"""A book becomes a workbook and a book again, to the fen and the letter."""

from __future__ import annotations

import csv
import datetime
from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from ledger.book import import_file, init_book
from ledger.contracts import REGISTERS
from ledger.example.hospital import hospital
from ledger.importers.contents import FileReading, read_file
from ledger.importers.sheet_child import _spreadsheet
from ledger.importers.sheets import Sheet, Workbook
from ledger.union import parse_profile
from ledger.vouchers import Voucher
from ledger.workbook.content import BookContent, Entry, Register, read_content
from ledger.workbook.export import export_book
from ledger.workbook.layout import word_lists
from ledger.workbook.render import workbook_bytes
from ledger.workbook.sheets import filled_sheets
from ledger.writer import profile_text, write_book
from rules.law_loader import load_law
from tests.ledger.workbook.made import contents
from tests.years.clean import clean_year
from tests.years.papers import build

RELAXED = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture, HealthCheck.data_too_large]


def reading_of(data: bytes) -> FileReading:
    """Read a workbook's bytes as the importer does, without its child process."""
    return read_file(Workbook("工作簿2019.xlsx", "", "xlsx", sheets_of(data)), None)


def book_of(content: BookContent, folder: Path) -> Path:
    """Write a book that holds just this content."""
    whole = [entry.voucher for entry in content.entries] + ([content.opening] if content.opening else [])
    write_book(
        folder,
        profile_text(content.profile),
        datetime.date(2024, 12, 31),
        accounts=[account.name for account in content.accounts],
        vouchers=whole,
        budgets=content.budgets,
    )
    (folder / "registers").mkdir()
    for name, register in content.registers.items():
        _write_register(folder, name, register)
    return folder


def _write_register(folder: Path, name: str, register: Register) -> None:
    with (folder / f"registers/{name}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        columns = [*REGISTERS[name], *register.own]
        writer.writerow(columns)
        writer.writerows([row.get(column, "") for column in columns] for row in register.rows)


def filled(rows: Iterable[Mapping[str, str]]) -> list[dict[str, str]]:
    return [{key: text for key, text in row.items() if text} for row in rows]


@settings(max_examples=25, deadline=None, suppress_health_check=RELAXED)
@given(contents())
def test_a_workbook_gives_back_the_book_it_was_made_of(content: BookContent) -> None:
    data = workbook_bytes(filled_sheets(content), word_lists({}), "")
    assert data == workbook_bytes(filled_sheets(content), word_lists({}), "")
    reading = reading_of(data)
    assert reading.problems == ()
    assert reading.profile == parse_profile(profile_text(content.profile))
    assert list(reading.vouchers) == [entry.voucher for entry in content.entries]
    assert reading.opening == content.opening
    assert reading.budgets == content.budgets
    assert {name: filled(rows) for name, rows in reading.registers.items()} == {
        name: filled(register.rows) for name, register in content.registers.items()
    }
    assert set(reading.listed.opened) >= {account.name for account in content.accounts}


@settings(max_examples=4, deadline=None, suppress_health_check=RELAXED, phases=[Phase.generate])
@given(content=contents())
def test_book_to_workbook_to_book_to_workbook(tmp_path_factory: pytest.TempPathFactory, content: BookContent) -> None:
    folder = tmp_path_factory.mktemp("账")
    book = book_of(content, folder / "甲")
    assert_again_the_same(book, folder)


def assert_again_the_same(book: Path, folder: Path) -> None:
    """Assert that a book's workbook makes the same book in a new folder, and that one the same workbook."""
    first = export_book(book)
    path = folder / "甲.xlsx"
    path.write_bytes(first.content)
    new = init_book(folder / "乙", "某新工会", "340500", 2025)
    result = import_file(path, new, allow_gaps=True)
    assert result.problems == ()
    before, after = read_content(book), read_content(new)
    assert [canonical(e) for e in after.entries] == [canonical(e) for e in before.entries]
    assert after.opening == before.opening
    assert after.budgets == before.budgets
    assert after.profile == before.profile
    assert {n: r.rows for n, r in after.registers.items()} == {n: r.rows for n, r in before.registers.items()}
    assert {a.name for a in before.accounts} <= {a.name for a in after.accounts}
    second = folder / "乙.xlsx"
    second.write_bytes(export_book(new).content)
    cells = [{s.name: s.rows for s in sheets_of(p.read_bytes())} for p in (path, second)]
    cells[1]["科目"] = tuple(row for row in cells[1]["科目"] if row[0] in {r[0] for r in cells[0]["科目"]})
    for name, rows in cells[0].items():
        if name != "科目":
            assert cells[1][name] == rows


def canonical(entry: Entry) -> tuple[object, ...]:
    v: Voucher = entry.voucher
    return v.date, entry.stated, v.payee, v.narration, v.lines, v.metadata, v.tags


def sheets_of(data: bytes) -> tuple[Sheet, ...]:
    """Return the sheets of a workbook as the importer's child process reads them."""
    return tuple(
        Sheet(item["name"], tuple(map(tuple, item["rows"]))) for item in _spreadsheet(data, has_formulas=False)
    )


def test_the_demo_book(tmp_path: Path) -> None:
    made = hospital()
    write_book(
        tmp_path / "甲",
        made.profile,
        datetime.date(2025, 1, 1),
        vouchers=[made.opening, *made.vouchers],
        budgets=made.budgets,
        registers=made.registers,
    )
    assert_again_the_same(tmp_path / "甲", tmp_path)


@pytest.mark.parametrize("seed", [3, 11])
def test_generated_years(tmp_path: Path, seed: int) -> None:
    year = clean_year(seed, load_law())
    texts = build(year).texts(year.profile)
    for path, text in texts.items():
        (tmp_path / "甲" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "甲" / path).write_text(text, encoding="utf-8")
    assert_again_the_same(tmp_path / "甲", tmp_path)
