"""A statement printed in any layout and read back gives every fen, and importing it twice adds nothing."""

from __future__ import annotations

import csv
import datetime
import io

from hypothesis import given
from hypothesis import strategies as st

from ledger.contracts import REGISTERS
from ledger.importers.bank import Statement, find_head, read_statement, unseen_lines
from ledger.importers.sheets import Sheet
from ledger.money import shown_yuan
from ledger.registers import read_register

ACCOUNT = "Assets:102-银行存款:01-基本户"
MOVES = st.lists(
    st.tuples(st.integers(0, 60), st.integers(-10_000_000, 10_000_000).filter(bool)), min_size=1, max_size=20
).map(sorted)


def _printed(moves: list[tuple[int, int]], layout: int, newest_first: bool) -> Sheet:
    heads = (
        ("记账日期", "借方发生额", "贷方发生额", "余额", "对方户名"),
        ("交易时间", "收入", "支出", "账户余额", "对方单位"),
        ("交易日", "借贷标志", "交易金额", "余额", "对方名称"),
    )
    rows, balance = [], 50_000_000
    for day, amount in moves:
        balance += amount
        when = datetime.date(2025, 1, 1) + datetime.timedelta(days=day)
        size, shown = shown_yuan(abs(amount)), shown_yuan(balance)
        pair = ("", size) if amount > 0 else (size, "")
        cells = (
            (when.isoformat(), *pair, shown, "某超市"),
            (f"{when:%Y%m%d} 10:00:00", *pair[::-1], shown, "某超市"),
            (f"{when:%Y/%m/%d}", "贷" if amount > 0 else "借", size, shown, "某超市"),
        )
        rows.append(cells[layout])
    return Sheet("流水", (heads[layout], *(rows[::-1] if newest_first else rows)))


def _read(sheet: Sheet) -> Statement:
    head = find_head(sheet)
    assert head is not None
    return read_statement(sheet, head)


@given(MOVES, st.integers(0, 2), st.booleans())
def test_every_fen_comes_back(moves: list[tuple[int, int]], layout: int, newest_first: bool) -> None:
    found = _read(_printed(moves, layout, newest_first))
    assert found.problems == ()
    assert sorted(line.amount_fen for line in found.lines) == sorted(amount for _, amount in moves)
    assert found.closing_fen == 50_000_000 + sum(amount for _, amount in moves)
    rows = found.rows(ACCOUNT)
    assert unseen_lines(rows, rows) == []
    out = io.StringIO()
    writer = csv.DictWriter(out, REGISTERS["bank"], restval="")
    writer.writeheader()
    writer.writerows(rows)
    register = read_register("bank", out.getvalue().encode())
    assert register.faults == ()
    assert register.columns is not None
    pairs = zip(register.columns["credit_fen"], register.columns["debit_fen"], strict=True)
    assert [(credit or 0) - (debit or 0) for credit, debit in pairs] == [line.amount_fen for line in found.lines]


@given(MOVES, st.integers(0, 19), st.integers(0, 2), st.integers(0, 2))
def test_two_overlapping_exports_are_one_whole(moves: list[tuple[int, int]], cut: int, first: int, second: int) -> None:
    whole = _read(_printed(moves, second, False)).rows(ACCOUNT)
    part = _read(_printed(moves[: max(1, cut)], first, True)).rows(ACCOUNT)
    fresh = unseen_lines(part, whole)
    assert len(fresh) == len(whole) - len(part)
