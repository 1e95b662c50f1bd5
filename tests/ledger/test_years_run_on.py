"""What a year closes with, the next one opens with: 财会〔2021〕7号 part five, one (三) and two (四)1.

Three years of drawn business, closed one after another as `union-audit close` does, and the statements of each.
"""

from __future__ import annotations

import datetime
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.closing import carry_forward
from ledger.facts import Facts
from ledger.reader.build import facts_from
from ledger.reader.core import read_tables
from ledger.union import UnionProfile
from ledger.vouchers import Line, Voucher, VoucherNumber
from ledger.writer import profile_text, write_book
from reports.statements import balance_sheet, income_statement

CASH = "Assets:101-库存现金"
ACCOUNTS: tuple[tuple[str, int, dict[str, str]], ...] = (
    ("Income:401-会费收入", -1, {}),
    ("Income:402-拨缴经费收入", -1, {}),
    ("Income:403-上级补助收入:40302-专项转移支付补助", -1, {"fund": "earmarked", "project": "送温暖"}),
    ("Income:404-政府补助收入:40401-财政拨款收入", -1, {"project": "劳模"}),
    ("Income:411-动用预算稳定调节基金", -1, {}),
    ("Expenses:505-业务支出:50501-培训支出", 1, {}),
    ("Expenses:504-维权支出:50405-送温暖支出", 1, {"fund": "earmarked", "project": "送温暖"}),
    ("Expenses:502-职工活动组织支出:01-财政拨款", 1, {"project": "劳模"}),
    ("Expenses:521-安排预算稳定调节基金", 1, {}),
    ("Equity:321-工会资金结转:32101-年初余额调整", -1, {}),
    ("Equity:322-工会资金结余:32201-年初余额调整", -1, {}),
    ("Equity:332-财政拨款结余:33202-归集上缴", 1, {}),
    ("Liabilities:215-其他应付款", -1, {}),
    ("Equity:301-资产基金:30104-固定资产", -1, {}),
)
YEARS = (2023, 2024, 2025)
ENTRY = st.tuples(st.sampled_from(YEARS), st.sampled_from(ACCOUNTS), st.integers(1, 10**9))


def vouchers(entries: list[tuple[int, tuple[str, int, dict[str, str]], int]]) -> list[Voucher]:
    made = []
    for number, (year, (account, side, metadata), fen) in enumerate(entries, 1):
        lines = (Line(account, side * fen), Line(CASH, -side * fen))
        day = datetime.date(year, 6, 1)
        made.append(Voucher(day, VoucherNumber("记", year, 6, number), "", "业务", lines, metadata))
    return made


def facts_of(folder: Path, made: list[Voucher], closing: list[Voucher]) -> Facts:
    profile = profile_text(UnionProfile("某市总工会", "", "city", "340500"))
    write_book(folder, profile, datetime.date(2023, 1, 1), accounts=[CASH], vouchers=made, closing=closing)
    return facts_from(read_tables(folder))


@settings(max_examples=12)
@given(st.lists(ENTRY, min_size=1, max_size=12))
def test_opening_equals_closing(
    tmp_path_factory: pytest.TempPathFactory,
    entries: list[tuple[int, tuple[str, int, dict[str, str]], int]],
) -> None:
    made, closing = vouchers(entries), list[Voucher]()
    for year in YEARS:
        facts = facts_of(tmp_path_factory.mktemp("账套") / "一", made, closing)
        closing += carry_forward(facts.journal, year)
    facts = facts_of(tmp_path_factory.mktemp("账套") / "二", made, closing)
    for year in YEARS:
        sheet = balance_sheet(facts, datetime.date(year, 12, 31))
        assert [note for note in sheet.notes if "年初余额按零列示" not in note] == []
        assert sheet.fen("total_assets", 1) == sheet.fen("total_liabilities_and_net_assets", 1)
        held = facts.balances_on(datetime.date(year, 12, 31))
        standing = held[held["amount_fen"] != 0]
        assert not standing["element"].isin(["income", "expense"]).any()
        results = standing[standing["group"].astype(str).str.startswith(("union_", "treasury_"))]
        assert results["meaning"].astype(str).str.endswith("_accumulated").all()
    for before, after in pairwise(YEARS):
        ends = [balance_sheet(facts, datetime.date(year, 12, 31)) for year in (before, after)]
        for line in ends[0].lines:
            assert line.amounts_fen[1] == ends[1].line(line.key).amounts_fen[0], line.label
        flows = [
            income_statement(facts, datetime.date(year, 1, 1), datetime.date(year, 12, 31)) for year in (before, after)
        ]
        for part in ("funds", "carry_forward", "surplus"):
            assert flows[0].fen(f"closing_{part}") == flows[1].fen(f"opening_{part}")
