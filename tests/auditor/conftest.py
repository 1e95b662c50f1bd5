"""What the tests of the rim share: the example hospital's book, made once, and a small clean book."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from pathlib import Path

import pytest

from auditor.serve import Server, server_for
from auditor.served import serve_audits
from ledger.book import import_file, init_book
from ledger.closing import close_year
from ledger.example.hospital import hospital
from ledger.example.workbook import write_example
from ledger.reader import read_book
from rules.law_loader import load_law

SMALL = """2025-03-05 * "某市第一医院" "拨缴2月工会经费"
  voucher: "记-2025-03-0001"
  attachments: 1
  prepared-by: "甲某"
  reviewed-by: "乙某"
  posted-by: "丙某"
  month-of: "2025-02"
  Assets:102-银行存款:01-基本户  100.00 CNY
  Income:402-拨缴经费收入       -100.00 CNY
"""


@pytest.fixture(scope="session")
def hospital_book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example hospital's book as `make demo` makes it: workbook, import, year closed."""
    folder = tmp_path_factory.mktemp("hospital")
    write_example(folder / "workbook.xlsx", hospital())
    book = init_book(folder / "book", "某市第一医院工会委员会", "340500", 2025)
    (book / "union.toml").write_text((folder / "union.toml").read_text(encoding="utf-8"), encoding="utf-8")
    result = import_file(folder / "workbook.xlsx", book)
    assert not result.problems
    assert result.written
    close_year(book, 2025)
    return book


@pytest.fixture
def small_book(tmp_path: Path) -> Path:
    """A book of one voucher, to be doctored by a test."""
    book = init_book(tmp_path / "small", "某市第一医院工会委员会", "340500", 2025)
    (book / "2025").mkdir(exist_ok=True)
    (book / "2025" / "03.beancount").write_text(SMALL, encoding="utf-8")
    main = book / "main.beancount"
    main.write_text(main.read_text(encoding="utf-8") + 'include "2025/03.beancount"\n', encoding="utf-8")
    return book


@pytest.fixture(scope="session")
def server(hospital_book: Path) -> Iterator[Server]:
    """The example hospital's book, audited and ready to serve."""
    facts = read_book(hospital_book).facts
    assert facts is not None
    served = serve_audits(facts, load_law(), datetime.date(2025, 1, 1), datetime.date(2025, 12, 31), "zh")
    with server_for(hospital_book, served) as made:
        yield made
