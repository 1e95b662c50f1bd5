"""The workbook of the hospital: the same bytes every time, and an import gives back exactly what went in."""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from pathlib import Path

import pytest

from ledger.book import init_book
from ledger.example.__main__ import main
from ledger.example.hospital import hospital
from ledger.example.workbook import code_and_name, workbook_bytes, write_example
from ledger.importers.contents import read_file
from ledger.importers.importing import import_file
from ledger.importers.sheets import read_workbook
from ledger.reader.build import facts_from
from ledger.reader.core import read_tables

BOOK = hospital()


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("example") / "工会账套示例.xlsx"
    write_example(target, BOOK)
    return target


def test_two_runs_give_the_same_bytes(written: Path) -> None:
    again = hospital.__wrapped__(BOOK.seed)
    assert workbook_bytes(again) == written.read_bytes()


def test_nothing_in_it_is_a_formula_or_a_link(written: Path) -> None:
    with zipfile.ZipFile(io.BytesIO(written.read_bytes())) as archive:
        sheets = [archive.read(name).decode() for name in archive.namelist() if name.startswith("xl/worksheets/")]
    assert len(sheets) == 3 + len(BOOK.registers)
    assert not any(re.search(r"<f[ >]|<hyperlink", sheet) for sheet in sheets)


def test_reading_it_gives_back_every_voucher_budget_line_and_row(written: Path) -> None:
    reading = read_file(read_workbook(written), None, (), 2025)
    assert [problem.message for problem in reading.problems] == []
    assert reading.vouchers == BOOK.vouchers
    assert reading.opening == BOOK.opening
    assert sorted(map(repr, reading.budgets)) == sorted(map(repr, BOOK.budgets))
    assert reading.registers.keys() == BOOK.registers.keys()
    for name, rows in BOOK.registers.items():
        kept = [{key: text for key, text in row.items() if text} for row in rows]
        assert [dict(row) for row in reading.registers[name]] == kept, name


def test_importing_it_into_a_new_book_keeps_every_fen(written: Path, tmp_path: Path) -> None:
    folder = tmp_path / "book"
    init_book(folder, "某市第一医院工会委员会", "340500", 2025)
    (folder / "union.toml").write_text(BOOK.profile, encoding="utf-8")
    result = import_file(written, folder, today=datetime.date(2026, 1, 20))
    assert [problem.message for problem in result.problems] == []
    assert (result.written, result.vouchers_added) == (True, len(BOOK.vouchers))
    facts = facts_from(read_tables(folder))
    assert facts.integrity == ()
    assert len(facts.vouchers) == len(BOOK.vouchers) + 1
    debits = sum(line.amount_fen for v in (BOOK.opening, *BOOK.vouchers) for line in v.lines if line.amount_fen > 0)
    assert int(facts.postings["amount_fen"].clip(lower=0).sum()) == debits
    assert {name: len(frame) for name, frame in facts.registers.items()} == {
        name: len(rows) for name, rows in BOOK.registers.items()
    }


def test_command_writes_workbook_and_profile(written: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "new" / "workbook.xlsx"
    assert main([str(target)]) == 0
    assert target.read_bytes() == written.read_bytes()
    assert (tmp_path / "new" / "union.toml").read_text(encoding="utf-8") == BOOK.profile
    assert f"凭证 {len(BOOK.vouchers)} 张" in capsys.readouterr().out


@pytest.mark.parametrize("arguments", [[], ["workbook.csv"], ["a.xlsx", "seven"], ["a.xlsx", "1", "2"]])
def test_a_wrong_call_is_told_how_to_call(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 2
    assert "用法" in capsys.readouterr().err


def test_codes_are_those_of_packages() -> None:
    account = "Expenses:501-职工活动支出:50105-会员活动支出:01-节日慰问"
    assert code_and_name(account) == ("5010501", "会员活动支出-节日慰问")
    assert code_and_name("Assets:102-银行存款") == ("102", "银行存款")
    with pytest.raises(ValueError, match="不在科目表内"):
        code_and_name("Assets:999-不存在")
