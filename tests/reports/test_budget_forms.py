"""The papers of a budget: the form's columns and rows, its sums, its procedure, and what a reason was given for."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from functools import cache

import pytest

from ledger.budgeting import standing
from ledger.facts import Facts
from reports import docx, html, pdf, xlsx
from reports.budget import budget_blocks
from reports.budget_forms import budget_forms
from reports.budget_status import status_blocks
from reports.budget_status_json import status_json
from reports.model import Document, Paragraph, Signatures, Table
from reports.statements import StatementError
from tests.rules import handmade
from tests.rules.handmade import BANK, OWN, budget, voucher

MEETING = "Expenses:505-业务支出:50502-会议支出"
TRAINING = "Expenses:505-业务支出:50501-培训支出"
OTHER = "Expenses:510-其他支出"
SURPLUS = "Equity:322-工会资金结余"
UNTIL = datetime.date(2025, 12, 31)


@cache
def _facts() -> Facts:
    vouchers: list[Mapping[str, object]] = [
        voucher("2025-01-01", [(BANK, 900_00), (SURPLUS, -900_00)], opening=True),
        voucher("2025-02-10", [(BANK, 1200_00), (OWN, -1200_00)]),
        voucher(
            "2025-04-01", [(MEETING, 640_00), (BANK, -640_00)], budget_override="临时增开会议", approved_by="李某某"
        ),
        voucher("2025-09-01", [(MEETING, 10_00), (BANK, -10_00)]),
    ]
    days = {
        "committee": datetime.date(2025, 1, 2),
        "audit_review": datetime.date(2025, 1, 3),
        "approved": datetime.date(2025, 1, 4),
    }
    budgets = [
        budget("2025-01-05", OWN, 1200_00, **days),
        budget("2025-01-05", MEETING, 700_00, **days),
        budget("2025-01-05", TRAINING, 500_00, **days),
        budget("2025-01-05", OTHER, 60_00, project="比武", **days),
        budget("2025-01-05", SURPLUS, 60_00, **days),
        budget("2025-07-01", MEETING, 639_99, 1, reason="从会议调剂到培训"),
        budget("2025-07-01", TRAINING, 560_01, 1, reason="从会议调剂到培训"),
    ]
    return handmade.facts(vouchers, budgets=budgets)


def _table(document: Document) -> Table:
    return next(block for block in document.blocks if isinstance(block, Table))


def _rows(document: Document) -> dict[str, tuple[object, ...]]:
    return {str(row.cells[1]): row.cells[2:] for row in _table(document).rows}


def _words(document: Document) -> str:
    return "\n".join(block.text for block in document.blocks if isinstance(block, Paragraph))


def test_form_of_the_years_beginning_has_the_columns_and_rows_of_the_form() -> None:
    first, _ = budget_forms(_facts(), 2025, UNTIL)
    assert first.title == "工会经费收支预算表"
    assert [c.title for c in _table(first).columns] == ["科目编码", "科目名称", "年初核定预算数", "说明"]
    rows = _rows(first)
    assert rows["本年收入合计"][0] == 1200_00
    assert rows["本年支出合计"][0] == 1260_00
    assert rows["业务支出"][0] == 1200_00
    assert rows["其他支出（项目：比武）"][0] == 60_00
    assert rows["本年结余（收支差额）"][0] == -60_00
    assert rows["动用以前年度资金（工会资金结余）"][0] == 60_00
    assert rows["上年结转结余"][0] == 900_00
    assert rows["期末滚存结转结余"][0] == 840_00
    assert rows["本年投资"][0] is None


def test_form_of_a_revision_shows_original_change_and_revised() -> None:
    _, second = budget_forms(_facts(), 2025, UNTIL)
    assert second.title == "工会经费收支预算表（年中调整）"
    columns = [c.title for c in _table(second).columns]
    assert columns == ["科目编码", "科目名称", "年初核定预算数", "预算调整数", "调整后预算数", "说明"]
    rows = _rows(second)
    assert rows["会议支出"] == (700_00, -60_01, 639_99, "从会议调剂到培训")
    assert rows["培训支出"] == (500_00, 60_01, 560_01, "从会议调剂到培训")
    assert rows["业务支出"][:3] == (1200_00, None, 1200_00)
    for row in _table(second).rows:
        if isinstance(row.cells[4], int):
            assert (row.cells[2] or 0) + (row.cells[3] or 0) == row.cells[4]  # type: ignore[operator]


def test_revision_below_what_was_spent_is_said_by_the_fen() -> None:
    _, second = budget_forms(_facts(), 2025, UNTIL)
    assert "调整后 639.99 元，已发生 640.00 元" in _words(second)


def test_procedure_is_printed_with_its_days_and_left_blank_where_there_is_none() -> None:
    first, second = budget_forms(_facts(), 2025, UNTIL)
    assert "业经 2025年1月2日 第　　届第　　次工会委员会（常委会）讨论通过" in _words(first)
    assert "业经 2025年1月3日" in _words(first)
    assert "于 2025年1月4日 批准" in _words(first)
    assert "业经 　　年　月　日 第" in _words(second)
    signed = next(b for b in first.blocks if isinstance(b, Signatures))
    assert signed.roles == ("工会主席", "财务负责人", "制表", "经审会主任")


def test_year_without_a_budget_has_no_form() -> None:
    with pytest.raises(StatementError, match="没有 2024 年度预算"):
        budget_forms(_facts(), 2024, UNTIL)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_papers_are_made_in_every_form(language: str) -> None:
    for document in budget_forms(_facts(), 2025, UNTIL, language):
        assert docx.render(document)[:2] == b"PK"
        assert xlsx.render(document)[:2] == b"PK"
        assert pdf.render(document)[:4] == b"%PDF"
        assert "1,260.00" in html.render(document)


def test_every_override_is_shown_to_the_auditor_with_its_reason() -> None:
    tables = [b for b in budget_blocks(_facts(), 2025, UNTIL) if isinstance(b, Table)]
    (found,) = [t for t in tables if t.caption == "预算提示后仍入账的凭证"]
    row = found.rows[0].cells
    assert row[3] == 640_00
    assert row[5:] == ("李某某", "临时增开会议")
    assert found.rows[-1].cells[3] == 640_00
    assert len(found.rows) == 2


def test_status_is_the_same_in_tables_and_in_json() -> None:
    found = standing(_facts(), 2025, UNTIL)
    table = status_blocks(found)[0]
    assert isinstance(table, Table)
    shown = {row.cells[0]: row.cells[1:] for row in table.rows}
    data = status_json(found)
    meeting = next(line for line in data["lines"] if line["account"] == MEETING)
    amounts = [meeting[key] for key in ("budget_fen", "spent_fen", "committed_fen", "left_fen")]
    assert list(shown["50502 会议支出"][:4]) == amounts == [639_99, 650_00, 0, -10_01]
    assert data["transfers"][0]["from"][0]["amount_fen"] == 60_01
    assert data["contracts_known"] is False
    assert any("没有合同登记簿" in note for note in table.notes)
