"""Fixed assets over two systems: bought with a fund beside them, depreciated from 2022 on, one sold, some too small.

Under the system of 2009 things from 500 (special equipment: 800) yuan were fixed assets and never depreciated. What
does not reach the limits of 2021 becomes inventory at the change-over and leaves the books, for it is long in use.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import replace

from ledger.example.draft import Draft, spend
from ledger.example.equipment import Asset, accumulated_fen, depreciation_fen
from ledger.example.names import ACCOUNTING_OFFICE, SUPPLIERS
from ledger.example.term import chart
from ledger.example.term.calendar import MONTHS, SYSTEM_OF_2021, YEARS, last_workday, workday
from ledger.vouchers import Line

SOLD_ON = (2024, 12, 11)
SOLD_FOR_FEN = 260_00
SALE_RESOLUTION = "工委〔2024〕17号"


def _asset(number: int, name: str, category: str, acquired: tuple[int, int, int], monthly: int, life: int) -> Asset:
    return Asset(f"资-{number:03d}", name, category, datetime.date(*acquired), monthly * 100 * 12 * life, life)


SOLD = _asset(1, "台式计算机（会计室）", "计算机设备", (2018, 5, 16), 65, 6)
OLDER = (
    SOLD,
    _asset(2, "会议音响", "广播、电视、电影设备", (2017, 6, 14), 60, 8),
    _asset(3, "跑步机", "体育设备", (2016, 4, 13), 45, 10),
    _asset(4, "阅览桌椅", "家具", (2015, 9, 16), 30, 15),
)
# Below the limits of 2021: 720.00 and 840.00 yuan.
SMALL = (
    _asset(5, "碎纸机", "办公设备", (2017, 3, 15), 10, 6),
    _asset(6, "饮水机", "用具、装具", (2018, 9, 12), 7, 10),
)
BOUGHT = (
    _asset(7, "激光打印机", "办公设备", (2019, 5, 15), 40, 6),
    _asset(8, "乒乓球台", "体育设备", (2020, 6, 17), 35, 10),
    _asset(9, "书架（一组）", "家具", (2021, 7, 14), 22, 15),
    _asset(10, "台式计算机（办公室）", "计算机设备", (2022, 5, 18), 68, 6),
    _asset(11, "投影机", "办公设备", (2023, 6, 14), 55, 6),
    _asset(12, "电钢琴", "文艺设备", (2024, 4, 17), 48, 10),
    _asset(13, "台式计算机（职工书屋）", "计算机设备", (2025, 3, 19), 70, 6),
)
ASSETS = (*OLDER, *BOUGHT)
_SELLERS = {
    "计算机设备": "computer",
    "办公设备": "computer",
    "体育设备": "sports",
    "家具": "furniture",
    "文艺设备": "gift",
}


def kept_in(year: int, month: int) -> tuple[Asset, ...]:
    """Return the assets under the system of 2021 that were there at the end of a month."""
    return tuple(a for a in ASSETS if a != SOLD or (year, month) < SOLD_ON[:2])


def purchases() -> tuple[Draft, ...]:
    """Return the purchases: expenditure paid, and the asset with its fund in the same voucher."""
    drafts = []
    for asset in BOUGHT:
        year = asset.acquired.year
        special = asset.group == "专用设备"
        meaning = "special_equipment_purchase" if special else "office_equipment_purchase"
        draft = spend(
            f"equipment/{asset.asset_id}",
            workday(*_parts(asset.acquired)),
            SUPPLIERS[_SELLERS[asset.category]],
            f"购置{asset.name}",
            Line(chart.account(year, meaning), asset.cost_fen),
            item=asset.name,
            activity_type="purchase",
        )
        fund = Line(chart.account(year, "asset_fund_fixed_assets"), -asset.cost_fen)
        pair = (Line(chart.fixed_assets(year, asset.group), asset.cost_fen), fund)
        drafts.append(replace(draft, lines=(*draft.lines, *pair)))
    return tuple(drafts)


def depreciation() -> tuple[Draft, ...]:
    """Return the depreciation of each month from 2022 on: a charge on the asset fund, never an expenditure."""
    drafts = []
    for year in range(SYSTEM_OF_2021, YEARS[-1] + 1):
        for month in MONTHS:
            amount = depreciation_fen(kept_in(year, month), year, month)
            lines = (
                Line(chart.account(year, "asset_fund_fixed_assets"), amount),
                Line(chart.account(year, "accumulated_depreciation"), -amount),
            )
            narration = f"计提{year}年{month}月固定资产折旧"
            day = last_workday(year, month)
            drafts.append(Draft(f"depreciation/{year}-{month:02d}", day, ACCOUNTING_OFFICE, narration, lines))
    return tuple(drafts)


def sale() -> tuple[Draft, ...]:
    """Return the disposal of the oldest computer, wholly depreciated, and the money that it brought."""
    day = workday(*SOLD_ON)
    worn = accumulated_fen([SOLD], *SOLD_ON[:2])
    retired = (
        Line(chart.account(day.year, "accumulated_depreciation"), worn),
        Line(chart.account(day.year, "asset_fund_fixed_assets"), SOLD.cost_fen - worn),
        Line(chart.fixed_assets(day.year, SOLD.group), -SOLD.cost_fen),
    )
    income = chart.account(day.year, "other_income", "02-资产处置收入")
    return (
        Draft(
            "sale/retired",
            day,
            ACCOUNTING_OFFICE,
            f"经批准处置{SOLD.name}，核销原值与折旧",
            tuple(line for line in retired if line.amount_fen),
            {"resolution": SALE_RESOLUTION},
        ),
        Draft(
            "sale/money",
            day,
            "某市再生资源回收公司",
            f"收到处置{SOLD.name}变价收入",
            (Line(chart.BASIC, SOLD_FOR_FEN), Line(income, -SOLD_FOR_FEN)),
            {"fund": "retained", "payment": "transfer"},
        ),
    )


def worn_fen(assets: Iterable[Asset] = ASSETS) -> int:
    """Return the depreciation up to the end of 2021, made up for at the change-over, in fen."""
    return accumulated_fen(assets, SYSTEM_OF_2021 - 1, 12)


def _parts(day: datetime.date) -> tuple[int, int, int]:
    return day.year, day.month, day.day
