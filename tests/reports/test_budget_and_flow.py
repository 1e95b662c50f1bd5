"""The tables of budget and remittance as printed: their rows, their sums, and what they leave out."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

import pytest

from ledger.facts import Facts
from reports import html, xlsx
from reports.budget import budget_blocks
from reports.model import Block, Document, Figure, Paragraph, RowKind, Table
from reports.remittance import remittance_blocks
from tests.rules import handmade
from tests.rules.handmade import BANK, OWN, UPWARD, budget, voucher

MEETING = "Expenses:505-业务支出:50502-会议支出"
TRAINING = "Expenses:505-业务支出:50501-培训支出"
SURPLUS = "Equity:322-工会资金结余"
SINCE, UNTIL = datetime.date(2025, 1, 1), datetime.date(2025, 12, 31)
LAW = handmade.law(
    contribution__rate="0.02", contribution__retained_share="0.60", contribution__due_day="15", dues__rate="0.005"
)


def _facts(**more: object) -> Facts:
    opening = voucher("2025-01-01", [(BANK, 900_00), (UPWARD, -100_00), (SURPLUS, -800_00)], opening=True)
    vouchers: list[Mapping[str, object]] = [
        opening,
        voucher("2025-02-10", [(BANK, 2000_00), (OWN, -1200_00), (UPWARD, -800_00)], month_of="2025-01"),
        voucher("2025-03-10", [(UPWARD, 500_00), (BANK, -500_00)], month_of="2025-01"),
        voucher("2025-04-01", [(MEETING, 700_00), (BANK, -700_00)], approved_by="李某某"),
        voucher("2025-05-01", [("Expenses:510-其他支出", 9_00), (BANK, -9_00)]),
    ]
    days = {name: datetime.date(2025, 1, 1) for name in ("committee", "audit_review", "approved")}
    budgets = [
        budget("2025-01-01", OWN, 1300_00, reason="年初预算", **days),
        budget("2025-01-01", MEETING, 600_00, reason="年初预算", **days),
        budget("2025-01-01", TRAINING, 50_00, reason="年初预算", **days),
        budget("2025-06-01", MEETING, 650_00, 1, reason="增开一次会议"),
        budget("2025-07-01", MEETING, 700_00, 2, reason="补足会议支出"),
    ]
    return handmade.facts(vouchers, {"2025-01": 100_000_00, "2025-02": 100_000_00}, budgets=budgets, **more)  # type: ignore[arg-type]


def _tables(blocks: tuple[Block, ...]) -> dict[str, Table]:
    return {block.caption: block for block in blocks if isinstance(block, Table)}


@pytest.fixture(scope="module")
def budget_tables() -> dict[str, Table]:
    return _tables(budget_blocks(_facts(), 2025, UNTIL))


@pytest.fixture(scope="module")
def flow_tables() -> dict[str, Table]:
    return _tables(remittance_blocks(_facts(), LAW, SINCE, UNTIL))


def test_the_replay_names_voucher_approver_excess_and_outcome(budget_tables: dict[str, Table]) -> None:
    (row,) = budget_tables["按当日有效预算重放：超预算的科目"].rows
    day = datetime.date(2025, 4, 1)
    assert row.cells == (
        "50502-会议支出",
        "记-2025-04-0004",
        day,
        "李某某",
        600_00,
        100_00,
        100_00,
        "2025-07-01调整补足",
    )
    (bare,) = budget_tables["没有预算或批准之前的支出"].rows
    assert bare.cells[:4] == ("510-其他支出", "全年没有预算行", 1, 9_00)
    assert budget_tables["截至2025-12-31未曾使用的支出预算"].rows[0].cells == ("50501-培训支出", 50_00, 50_00)


def test_the_statutory_form_has_its_columns_rows_and_sums(budget_tables: dict[str, Table]) -> None:
    form = budget_tables["2025年度工会经费收支预算表（附实际执行数）"]
    assert [c.title for c in form.columns] == [
        "科目编码", "科目名称", "年初核定预算数", "预算调整数", "调整后预算数", "实际执行数", "差异", "说明",
    ]  # fmt: skip
    rows = {row.cells[1]: row.cells for row in form.rows}
    assert rows["会议支出"] == ("50502", "会议支出", 600_00, 100_00, 700_00, 700_00, 0, "补足会议支出")
    assert rows["培训支出"][7] == "", "a reason that all original lines share explains none"
    assert rows["其他支出"][2:] == (None, None, None, 9_00, 9_00, "没有预算")
    assert rows["本年收入合计"][2:7] == (1300_00, None, 1300_00, 1200_00, -100_00)
    assert rows["本年支出合计"][2:7] == (650_00, 100_00, 750_00, 709_00, -41_00)
    assert rows["本年收支差额"][2:7] == (650_00, -100_00, 550_00, 491_00, -59_00)
    assert rows["上年结转结余"][5] == 800_00
    assert rows["期末滚存结转结余"][5] == 1291_00
    assert "结转结余调整及其他变动" not in rows


def test_versions_add_up_to_the_last(budget_tables: dict[str, Table]) -> None:
    versions = budget_tables["2025年度预算的编制与调整"]
    assert [row.cells[0] for row in versions.rows] == ["年初", "第1次调整", "第2次调整"]
    assert [row.cells[6] for row in versions.rows] == [650_00, 700_00, 750_00]
    assert versions.rows[1].cells[2:5] == ("无记录",) * 3
    changes = budget_tables["2025年度预算各次调整的科目"]
    assert [row.cells for row in changes.rows] == [
        ("50502-会议支出", 600_00, 50_00, 50_00, 700_00),
        ("其余支出（未调整）", 50_00, None, None, 50_00),
        ("支出合计", 650_00, 50_00, 50_00, 750_00),
    ]
    for row in changes.rows:
        *parts, last = (cell or 0 for cell in row.cells[1:])
        assert sum(part for part in parts if isinstance(part, int)) == last


def test_every_row_of_the_waterfall_adds_up_both_ways(flow_tables: dict[str, Table]) -> None:
    table = flow_tables["应拨—已收—留成—上解逐级表"]
    assert [c.title for c in table.columns[1:]] == [
        "应拨缴", "减：少收", "已收", "减：留成", "应上解", "减：已上解", "未上解",
    ]  # fmt: skip
    numbers = [[cell if isinstance(cell, int) else 0 for cell in row.cells[1:]] for row in table.rows]
    months = [row.cells[0] for row in table.rows]
    assert months == ["2025-01", "2025-02", "期初及其他月份", "合计"]
    for name, (due, short, received, kept, payable, passed, owed) in zip(months, numbers, strict=True):
        assert payable - passed == owed
        if name not in ("期初及其他月份", "合计"):
            assert due - short == received
            assert received - kept == payable
            assert owed + passed + kept + short == due
    assert numbers[-1] == [sum(column) for column in zip(*numbers[:-1], strict=True)]
    assert numbers[-1][-1] == 400_00  # 100.00 of the opening, 300.00 of January


def test_ages_and_dues_stand_beside_it(flow_tables: dict[str, Table]) -> None:
    aged = flow_tables["应付上级经费账龄表（2025-12-31）"]
    assert [row.cells[:2] for row in aged.rows] == [("6至12个月", 300_00), ("建账前形成", 100_00), ("合计", 400_00)]
    owed = flow_tables["会费收缴情况表"]
    assert owed.rows[-1].kind is RowKind.TOTAL
    assert "不能逐人计算" in owed.notes[0]


def test_without_payroll_what_is_owed_and_its_age_are_still_shown() -> None:
    bare = handmade.facts([voucher("2025-02-10", [(BANK, 5_00), (OWN, -3_00), (UPWARD, -2_00)], month_of="2025-01")])
    blocks = remittance_blocks(bare, LAW, SINCE, UNTIL)
    assert isinstance(blocks[0], Paragraph)
    assert "registers/payroll.csv" in blocks[0].text
    assert _tables(blocks)["应付上级经费账龄表（2025-12-31）"].rows[-1].cells[1] == 2_00
    nothing = remittance_blocks(handmade.facts([]), LAW, SINCE, UNTIL)
    assert any("没有未上解" in block.text for block in nothing if isinstance(block, Paragraph))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_form_takes_them(language: str) -> None:
    facts = _facts()
    blocks = (*budget_blocks(facts, 2025, UNTIL, language), *remittance_blocks(facts, LAW, SINCE, UNTIL, language))
    document = Document("x", (), blocks, UNTIL, language)
    assert html.render(document)
    assert xlsx.render(document).startswith(b"PK")
    assert sum(isinstance(block, Figure) for block in blocks) == 6
