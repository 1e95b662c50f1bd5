"""What a month's depreciation is made of: nothing before the accounting system that depreciates."""

from __future__ import annotations

from pathlib import Path

from auditor.charges import month_charges
from ledger.reader.build import facts_from
from ledger.reader.core import read_tables
from rules.law_loader import load_law
from tests.rules.casefile import book_files

CARDS = (
    "asset_id,name,category,acquired,cost,life_years,keeper,source,last_counted,disposed\n"
    "资-001,投影仪,专用设备,2020-05-01,6000.00,5,丁某,bought,2024-12-20,\n"
)


def test_a_month_of_the_old_system_charges_nothing(tmp_path: Path) -> None:
    for path, text in book_files("", {"assets": CARDS}).items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    facts, law = facts_from(read_tables(tmp_path)), load_law()
    before, after = month_charges(facts, law, "2021-12"), month_charges(facts, law, "2022-01")
    assert before.charges == ()
    assert before.voucher(facts, None) is None
    # 6,000 yuan over 60 months.
    assert [charge.amount_fen for charge in after.charges] == [10_000]
