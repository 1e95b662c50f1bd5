"""The spreadsheet, read back by another library: amounts to the fen, texts that stay texts."""

from __future__ import annotations

import dataclasses
import io
import zipfile
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from ledger.money import fen_from_decimal
from reports import xlsx
from reports.model import Block, Column, ColumnKind, Document, FindingBlock, Heading, Row, Table
from tests.reports import sample


def _sheets(content: bytes) -> dict[str, list[list[object]]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}


def _document(*blocks: Block) -> Document:
    return dataclasses.replace(sample.document(findings=0), blocks=blocks)


@pytest.fixture(scope="module")
def sheets() -> dict[str, list[list[object]]]:
    return _sheets(xlsx.render(sample.document()))


def test_one_sheet_for_each_part_and_two_for_findings(sheets: dict[str, list[list[object]]]) -> None:
    assert list(sheets) == ["说明", "一、审计依据与范围", "审计发现", "证据"]


def test_findings_and_evidence_are_rows_with_exact_amounts(sheets: dict[str, list[list[object]]]) -> None:
    blocks = [b for b in sample.document().blocks if isinstance(b, FindingBlock)]
    findings = {row[0]: row for row in sheets["审计发现"][2:]}
    assert list(findings) == [b.id for b in blocks]
    for block in blocks:
        assert fen_from_decimal(Decimal(str(findings[block.id][5]))) == block.finding.amount_fen
    evidence = [e for b in blocks for e in b.finding.evidence]
    rows = sheets["证据"][2:]
    assert [row[1] for row in rows] == [e.voucher for e in evidence]
    assert [fen_from_decimal(Decimal(str(row[4]))) for row in rows] == [e.amount_fen for e in evidence]
    assert [row[2] for row in rows] == [e.date for e in evidence]


def test_texts_that_look_like_formulas_and_links_stay_texts() -> None:
    content = xlsx.render(_document(Heading("甲"), sample.hostile_table()))
    cells = [row[1] for row in _sheets(content)["甲"]]
    assert "=1+1" in cells
    assert "@SUM(A1)" in cells
    assert "https://example.invalid/很长的地址" in cells
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            words = archive.read(name).decode("utf-8")
            assert "<f>" not in words
            assert "<hyperlink " not in words


@settings(deadline=None, max_examples=25)
@given(st.lists(st.integers(-(10**15) + 1, 10**15 - 1), min_size=1, max_size=20))
def test_every_amount_comes_back_to_the_fen(amounts: list[int]) -> None:
    table = Table((Column("金额", ColumnKind.FEN),), tuple(Row((fen,)) for fen in amounts))
    rows = _sheets(xlsx.render(_document(Heading("甲"), table)))["甲"]
    read = [fen_from_decimal(Decimal(str(row[0])).quantize(Decimal("0.01"))) for row in rows[4:]]
    assert read == amounts


def test_an_amount_beyond_fifteen_digits_is_text_rather_than_rounded() -> None:
    table = Table((Column("金额", ColumnKind.FEN),), (Row((10**16 + 1,)),))
    rows = _sheets(xlsx.render(_document(Heading("甲"), table)))["甲"]
    assert rows[4][0] == "100,000,000,000,000.01"


def test_names_of_sheets_are_legal_and_unique() -> None:
    table = Table((Column("甲"),), (Row(("乙",)),))
    title = "一、[预算]/执行:情况?*" + "很长" * 20
    names = list(_sheets(xlsx.render(_document(Heading(title), table, Heading(title), table))))
    assert len(names) == len(set(names)) == 3
    assert all(len(name) <= 31 and not set(name) & set("[]:*?/\\'") for name in names)


def test_figures_become_native_charts_over_numbers() -> None:
    with zipfile.ZipFile(io.BytesIO(xlsx.render(_document(Heading("甲"), sample.figure())))) as archive:
        charts = [name for name in archive.namelist() if name.startswith("xl/charts/chart")]
        assert len(charts) == 1
        assert "barChart" in archive.read(charts[0]).decode()


def test_an_amount_that_is_no_whole_fen_is_refused() -> None:
    table = Table((Column("金额", ColumnKind.FEN),), (Row((Decimal("0.5"),)),))
    with pytest.raises(TypeError, match="int fen"):
        xlsx.render(_document(Heading("甲"), table))
