"""Depreciation by 财会〔2021〕7号: 第三十五条 fixed assets, 第四十条 intangible ones; entries of 163 and 172."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.depreciation import (
    Charge,
    DepreciableAsset,
    accumulated_fen,
    charge_fen,
    charged_already,
    depreciation,
    depreciation_voucher,
)
from ledger.vouchers import VoucherNumber
from rules.assets import depreciation as audited
from rules.assets.cards import Card

DESK = DepreciableAsset("资-1", "电脑", "计算机设备", datetime.date(2025, 3, 18), 600000, 6)
MONTHS = [f"{year}-{month:02d}" for year in range(2024, 2090) for month in range(1, 13)]


def test_35_the_month_that_brings_it_is_charged_and_the_month_after_the_life_is_not() -> None:
    found = [charge_fen(DESK, month) for month in ("2025-02", "2025-03", "2025-04", "2031-02", "2031-03")]
    assert found == [0, 8333, 8333, 600000 - 71 * 8333, 0]


def test_35_the_month_that_takes_it_is_not_charged() -> None:
    gone = replace(DESK, disposed=datetime.date(2025, 5, 2))
    assert [charge_fen(gone, month) for month in ("2025-04", "2025-05", "2025-06")] == [8333, 0, 0]
    assert (accumulated_fen(gone, "2025-04"), accumulated_fen(gone, "2025-05")) == (16666, 0)


@given(st.integers(0, 10**12), st.integers(1, 50), st.dates(datetime.date(2024, 1, 1), datetime.date(2030, 12, 31)))
def test_a_whole_life_sums_to_the_cost(cost: int, life: int, acquired: datetime.date) -> None:
    asset = DepreciableAsset("资-1", "物", "家具", acquired, cost, life)
    charges = [charge_fen(asset, month) for month in MONTHS]
    assert sum(charges) == cost
    assert min(charges) >= 0
    assert len([c for c in charges if c]) <= life * 12
    total = 0
    for month, fen in zip(MONTHS, charges, strict=True):
        total += fen
        assert accumulated_fen(asset, month) == total


@given(st.integers(1, 10**9), st.integers(1, 30), st.sampled_from(MONTHS[:300]))
def test_the_audit_of_depreciation_finds_nothing_in_it(cost: int, life: int, month: str) -> None:
    """AST04 works the same article out on its own, in fen from the least to the most that rounding allows."""
    asset = replace(DESK, cost_fen=cost, life_years=life)
    card = Card("资-1", "电脑", "计算机设备", DESK.acquired, cost, life, "", "bought", None, None, 2)
    low, high = audited.due(card, month)
    assert low <= charge_fen(asset, month) <= high
    low, high = audited.accumulated(card, month)
    assert low <= accumulated_fen(asset, month) <= high


def test_the_voucher_charges_the_asset_fund_and_no_expenditure() -> None:
    software = replace(
        DESK, asset_id="资-2", name="软件", category="软件", intangible=True, cost_fen=72000, life_years=10
    )
    charges = depreciation([software, DESK], "2025-03")
    assert [c.asset.asset_id for c in charges] == ["资-1", "资-2"]
    accounts = ("Assets:163-累计折旧", "Assets:163-累计折旧:01-计算机设备", "Assets:163-累计折旧:02-家具")
    number = VoucherNumber("转", 2025, 3, 1)
    voucher = depreciation_voucher(charges, "2025-03", number, accounts=accounts)
    assert voucher is not None
    assert (voucher.date, voucher.number, voucher.residual_fen) == (datetime.date(2025, 3, 31), number, 0)
    assert [(line.account, line.amount_fen) for line in voucher.lines] == [
        ("Equity:301-资产基金:30104-固定资产", 8333),
        ("Assets:163-累计折旧:01-计算机设备", -8333),
        ("Equity:301-资产基金:30105-无形资产", 600),
        ("Assets:172-累计摊销", -600),
    ]
    assert voucher.narration == "计提3月固定资产折旧、无形资产摊销"
    assert depreciation_voucher((), "2025-03", number) is None
    assert depreciation_voucher((Charge(DESK, 5),), "2025-03", number) is not None


def test_things_of_one_category_are_one_line_at_any_depth_of_the_account() -> None:
    deep = "Assets:163-累计折旧:02-设备:01-计算机设备"
    charges = (Charge(DESK, 100), Charge(replace(DESK, asset_id="资-2"), 1), Charge(replace(DESK, category="设备"), 7))
    voucher = depreciation_voucher(charges, "2025-12", None, accounts=("Assets:163-累计折旧:01-家具", deep))
    assert voucher is not None
    assert [(line.account, line.amount_fen) for line in voucher.lines] == [
        ("Equity:301-资产基金:30104-固定资产", 108),
        ("Assets:163-累计折旧", -7),
        (deep, -101),
    ]
    assert voucher.date == datetime.date(2025, 12, 31)
    assert (voucher.payee, dict(voucher.metadata), voucher.narration) == ("", {}, "计提12月固定资产折旧")


def test_the_voucher_carries_what_it_is_told() -> None:
    voucher = depreciation_voucher((Charge(DESK, 1),), "2024-02", None, metadata={"prepared-by": "张某某"})
    assert voucher is not None
    assert (voucher.date, dict(voucher.metadata)) == (datetime.date(2024, 2, 29), {"prepared-by": "张某某"})


def test_what_one_voucher_charged_is_added_up_to_the_fen() -> None:
    lines = [
        ("记-2025-03-0001", "accumulated_depreciation", -8333),
        ("记-2025-03-0001", "accumulated_amortisation", -600),
        ("记-2025-03-0002", "accumulated_depreciation", -1),
        ("记-2025-03-0003", "accumulated_depreciation", -5),
        ("记-2025-03-0003", "accumulated_depreciation", 5),
    ]
    assert charged_already(lines) == {"记-2025-03-0001": 8933, "记-2025-03-0002": 1}


def test_what_was_charged_already_is_known_and_disposals_are_not_charges() -> None:
    lines = [
        ("记-2025-03-0009", "accumulated_depreciation", -8333),
        ("记-2025-03-0009", "asset_fund", 8333),
        ("记-2025-03-0010", "accumulated_depreciation", 5000),
    ]
    assert charged_already(lines) == {"记-2025-03-0009": 8333}


def test_a_life_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="life of 0 years"):
        charge_fen(replace(DESK, life_years=0), "2025-03")
