"""Books in a temporary folder for the tests of the reader."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

UNION = '[union]\nname = "某市第一医院工会委员会"\nregion = "340500"\n'
HEADER = """option "title" "某市第一医院工会委员会"
option "operating_currency" "CNY"
option "tolerance_multiplier" "0"
"""
ACCOUNTS = """2009-12-31 open Assets:101-库存现金
2009-12-31 open Assets:102-银行存款:01-基本户
2009-12-31 open Income:402-拨缴经费收入
2009-12-31 open Expenses:501-职工活动支出:50105-会员活动支出:01-节日慰问
2009-12-31 open Equity:322-工会资金结余
"""
VOUCHER = """2025-03-20 * "某市第一医院" "拨缴3月工会经费"
  voucher: "记-2025-03-0001"
  Assets:102-银行存款:01-基本户   100.00 CNY
  Income:402-拨缴经费收入        -100.00 CNY
"""

WriteBook = Callable[..., Path]


@pytest.fixture
def write_book(tmp_path: Path) -> WriteBook:
    """Write a book: `main` follows the usual header and accounts; further files by path, text or bytes."""

    def write(main: str = VOUCHER, files: Mapping[str, str | bytes] | None = None, *, union: str = UNION) -> Path:
        folder = tmp_path / "book"
        contents: dict[str, str | bytes] = {"union.toml": union, "main.beancount": HEADER + ACCOUNTS + main}
        contents |= files or {}
        for name, content in contents.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode() if isinstance(content, str) else content)
        return folder

    return write


@pytest.fixture
def hashes() -> Callable[[Path], dict[str, str]]:
    """Return the hash of every file below a folder, hidden ones too."""

    def of(folder: Path) -> dict[str, str]:
        return {
            str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in sorted(folder.rglob("*"))
            if path.is_file() and not path.is_symlink()
        }

    return of


@pytest.fixture
def readings(tmp_path: Path) -> Path:
    """A cache folder of this test's own."""
    return tmp_path / "readings"
