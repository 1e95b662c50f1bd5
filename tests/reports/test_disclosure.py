"""公开表: figures by hand, and nobody's name in it."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from ledger.facts import Facts
from reports.disclosure import disclosure
from reports.model import Table
from reports.statements import StatementError
from tests.reports.statements.worked_book import CLOSED, facts_of

SINCE, UNTIL = datetime.date(2025, 1, 1), datetime.date(2025, 12, 31)


def tables(facts: Facts, since: datetime.date = SINCE, until: datetime.date = UNTIL) -> dict[str, Table]:
    return {b.caption: b for b in disclosure(facts, since, until).blocks if isinstance(b, Table)}


def test_figures_by_hand(tmp_path: Path) -> None:
    found = tables(facts_of(tmp_path, CLOSED))
    summary = {str(row.cells[0]): row.cells[1] for row in found["收支总表"].rows}
    assert summary == {
        "期初结转结余": 10390000,
        "本期收入": 2001267,
        "本期支出": 1160010,
        "本期收支差额": 841257,
        "以前年度结转结余调整等": 20000,
        "期末结转结余": 11251257,
    }
    spending = {str(row.cells[0]): row.cells[1] for row in found["支出"].rows}
    assert spending == {
        "职工活动支出": 410010,
        "文体活动支出": 90000,
        "会员活动支出": 320010,
        "维权支出": 150000,
        "笔数较少的各项合计": 150000,
        "资本性支出": 600000,
        "办公设备购置": 600000,
        "合计": 1160010,
    }
    assert "困难" not in str(found)


def test_months_run_on_from_one_another(tmp_path: Path) -> None:
    facts = facts_of(tmp_path, CLOSED)
    before = None
    for month in range(1, 13):
        first = datetime.date(2025, month, 1)
        last = (first + datetime.timedelta(days=31)).replace(day=1) - datetime.timedelta(days=1)
        rows = {str(row.cells[0]): row.cells[1] for row in tables(facts, first, last)["收支总表"].rows}
        assert before is None or rows["期初结转结余"] == before
        before = rows["期末结转结余"]
    assert before == 11251257
    with pytest.raises(StatementError, match="同一年度"):
        disclosure(facts, datetime.date(2024, 1, 1), UNTIL)
