"""Facts grown by vouchers are those of the book that holds them, whatever it held before."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from pathlib import Path

import pandas as pd
import pytest

from ledger.facts import Facts
from ledger.growing import with_vouchers
from ledger.reader.build import facts_from
from ledger.reader.core import read_tables
from ledger.union import UnionProfile
from ledger.vouchers import Line, Voucher, VoucherNumber
from ledger.writer import OPENING, profile_text, write_book
from rules.budget.execution import execution

BANK, GAMES = "Assets:102-银行存款:01-基本户", "Expenses:501-职工活动支出:50102-文体活动支出"
SURPLUS = "Equity:322-工会资金结余:32205-累计结余"
PROFILE = profile_text(UnionProfile("某工会", "81340500MC1111111X", "grassroots", "340500"))
FIRST = datetime.date(2025, 1, 1)


def spent(number: int, fen: int, project: str = "") -> Voucher:
    metadata = {"fund": "retained", "attachments": "2", **({"project": project} if project else {})}
    lines = (Line(GAMES, fen), Line(BANK, -fen))
    return Voucher(
        datetime.date(2025, 3, number), VoucherNumber("记", 2025, 3, number), f"某店{number}", "用品", lines, metadata
    )


OPENED = Voucher(FIRST, None, "", "期初余额", (Line(BANK, 5000), Line(SURPLUS, -5000)), {}, (OPENING,))


def book_of(folder: Path, vouchers: Sequence[Voucher]) -> Facts:
    write_book(folder, PROFILE, FIRST, accounts=[BANK], vouchers=vouchers)
    return facts_from(read_tables(folder))


def shown(frame: pd.DataFrame) -> list[dict[str, object]]:
    """Rows as plain values; places in files and row numbers are the only ones that may differ."""
    plain = frame.drop(columns=["file", "line", "entry"]).astype(object)
    return [dict(row) for row in plain.where(plain.notna(), None).to_dict("records")]


@pytest.mark.parametrize("before", [[], [OPENED], [OPENED, spent(1, 100), spent(2, 250, "运动会")]])
def test_grown_facts_are_those_of_the_whole_book(before: list[Voucher], tmp_path: Path) -> None:
    after = [spent(5, 300), spent(6, 1, "书屋")]
    grown = with_vouchers(book_of(tmp_path / "before", before), after, "state")
    whole = book_of(tmp_path / "whole", [*before, *after])
    assert shown(grown.vouchers) == shown(whole.vouchers)
    assert shown(grown.journal) == shown(whole.journal)
    assert set(grown.accounts["account"].astype(str)) == set(whole.accounts["account"].astype(str))
    last = datetime.date(2025, 12, 31)
    assert execution(grown, 2025, last) == execution(whole, 2025, last)
    assert (grown.digest, grown.union) == ("state", whole.union)


def test_nothing_posted_changes_nothing(tmp_path: Path) -> None:
    facts = book_of(tmp_path, [OPENED])
    assert with_vouchers(facts, [], "state") is facts
