"""A voucher register in the old binary .xls form, as many accounting packages still export it."""

from __future__ import annotations

import datetime
from pathlib import Path

import xlwt

from ledger.book import import_file, init_book
from ledger.importers.existing import vouchers_of
from ledger.reader import read_book

HEADS = ("日期", "凭证字号", "摘要", "科目编码", "科目名称", "借方金额", "贷方金额")


def test_binary_xls_is_imported_to_the_fen(tmp_path: Path) -> None:
    old = xlwt.Workbook()
    sheet = old.add_sheet("序时账")
    day = xlwt.easyxf(num_format_str="YYYY-MM-DD")
    for column, head in enumerate(HEADS):
        sheet.write(0, column, head)
    for row, (code, name, debit, credit) in enumerate(
        ((10201, "基本户", 1234.56, ""), (401, "会费收入", "", 1234.56)), start=1
    ):
        for column, cell in enumerate((datetime.date(2025, 4, 2), "记-4", "收到4月会费", code, name, debit, credit)):
            if isinstance(cell, datetime.date):
                sheet.write(row, column, cell, day)
            else:
                sheet.write(row, column, cell)
    path = tmp_path / "序时账.xls"
    old.save(str(path))
    book = init_book(tmp_path / "book", "某工会", "340500", 2025)

    result = import_file(path, book, allow_gaps=True)

    assert result.problems == ()
    facts = read_book(book).facts
    assert facts is not None
    (voucher,) = vouchers_of(facts)
    assert str(voucher.number) == "记-2025-04-0004"
    assert voucher.date == datetime.date(2025, 4, 2)
    assert sorted(line.amount_fen for line in voucher.lines) == [-123_456, 123_456]
