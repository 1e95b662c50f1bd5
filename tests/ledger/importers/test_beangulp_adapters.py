"""Our importers as beangulp and Fava's import page call them: identify, account, date, extract."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from pathlib import Path

import beangulp
import pytest
from beancount.core.data import Balance, Transaction
from click.testing import CliRunner
from fava.core.ingest import WrappedImporter, extract_from_file, load_import_config

from ledger.importers.beangulp_adapters import RegisterImporter, StatementImporter, UnreadableFile

BANK = "Assets:102-银行存款:01-基本户"
TEXT = (
    "账号,3405000000000001\r\n交易日期,流水号,借方发生额,贷方发生额,余额,对方户名,摘要\r\n"
    "2025-03-04,G0001,2100.00,,7900.00,某超市,慰问品\r\n2025-03-05,G0002,,100.00,8000.00,某市第一医院,经费\r\n"
)
HEAD = ("日期", "凭证字号", "摘要", "科目编码", "科目名称", "借方金额", "贷方金额")


@pytest.fixture
def statement(tmp_path: Path) -> Path:
    path = tmp_path / "received" / "三月.csv"
    path.parent.mkdir()
    path.write_bytes(TEXT.encode("gb18030"))
    return path


@pytest.fixture
def register(workbook: Callable[..., Path]) -> Path:
    lines = [
        ["2025-03-04", "记-1", "购慰问品", "510", "其他支出", "2100.00", ""],
        ["2025-03-04", "记-1", "购慰问品", "101", "库存现金", "", "2100.00"],
    ]
    return workbook({"序时账": [HEAD, *lines]})


def test_beangulps_own_command_identifies_and_extracts(statement: Path) -> None:
    ingest = beangulp.Ingest([StatementImporter(BANK, ("3405000000000001",)), RegisterImporter()])
    seen = CliRunner().invoke(ingest.cli, ["identify", str(statement.parent)])
    assert seen.exit_code == 0
    assert f"银行对账单 {BANK}" in seen.output
    made = CliRunner().invoke(ingest.cli, ["extract", str(statement.parent)])
    assert made.exit_code == 0
    assert f"{BANK}  -2100.00 CNY" in made.output
    assert f"2025-03-06 balance {BANK}" in made.output


def test_fava_takes_the_import_config_of_the_docstring(statement: Path, tmp_path: Path) -> None:
    config = tmp_path / "import-config.py"
    config.write_text(
        "from ledger.importers.beangulp_adapters import RegisterImporter, StatementImporter\n"
        f'CONFIG = [StatementImporter("{BANK}"), RegisterImporter()]\n',
        encoding="utf-8",
    )
    loaded = load_import_config(config)
    wrapped: WrappedImporter = loaded.importers[f"银行对账单 {BANK}"]
    assert wrapped.identify(statement)
    info = wrapped.file_import_info(statement)
    assert (info.account, info.date) == (BANK, datetime.date(2025, 3, 5))
    entries = extract_from_file(wrapped, statement, [])
    paid, got, balance = entries
    assert isinstance(paid, Transaction)
    assert isinstance(got, Transaction)
    assert isinstance(balance, Balance)
    assert (paid.flag, paid.payee, paid.narration, paid.meta["serial"]) == ("!", "某超市", "慰问品", "G0001")
    assert str(balance.amount) == "8000.00 CNY"


def test_a_statement_of_another_account_is_left_alone(statement: Path) -> None:
    assert not StatementImporter(BANK, ("3405000000000009",)).identify(str(statement))
    assert not RegisterImporter().identify(str(statement))


def test_a_statement_that_does_not_add_up_gives_nothing(statement: Path) -> None:
    statement.write_text(TEXT.replace("8000.00", "8000.01"), encoding="utf-8")
    with pytest.raises(UnreadableFile, match="第 4 行"):
        StatementImporter(BANK).extract(str(statement), [])


def test_a_register_gives_its_vouchers(register: Path) -> None:
    importer = RegisterImporter()
    assert importer.identify(str(register))
    assert not StatementImporter(BANK).identify(str(register))
    (entry,) = importer.extract(str(register), [])
    assert isinstance(entry, Transaction)
    assert entry.meta["voucher"] == "记-2025-03-0001"
    assert [str(posting.units) for posting in entry.postings] == ["2100.00 CNY", "-2100.00 CNY"]


def test_what_is_no_table_is_nobodys(tmp_path: Path) -> None:
    picture = tmp_path / "照片.jpg"
    picture.write_bytes(b"\xff\xd8\xff")
    assert not StatementImporter(BANK).identify(str(picture))
    assert not RegisterImporter().identify(str(picture))
