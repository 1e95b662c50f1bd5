"""Fixed assets: the cards, the purchases of 2025 with their double entry, and the monthly depreciation.

Costs are whole multiples of twelve months of life, so that a month's depreciation is a whole amount under any
rounding.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import NamedTuple

from ledger.example import chart
from ledger.example.draft import Draft, Terms, spend
from ledger.example.names import ACCOUNTING_OFFICE, SUPPLIERS
from ledger.example.terms import terms
from ledger.example.workdays import last_workday, workday
from ledger.vouchers import Line

_GROUPS: Mapping[str, str] = MappingProxyType(
    {"体育设备": "专用设备", "文艺设备": "专用设备", "家具": "家具用具", "用具、装具": "家具用具"}
)


class Asset(NamedTuple):
    """An asset card: number, name, category of the regulation, day, cost, years of life."""

    asset_id: str
    name: str
    category: str
    acquired: datetime.date
    cost_fen: int
    life_years: int

    @property
    def group(self) -> str:
        """The group under which the book keeps it."""
        return _GROUPS.get(self.category, "通用设备")

    @property
    def monthly_fen(self) -> int:
        """A month's straight-line depreciation, without residual value."""
        return self.cost_fen // (self.life_years * 12)

    def months_by(self, year: int, month: int) -> int:
        """Months of depreciation up to the end of a month, that of acquisition included, at most its life."""
        count = (year - self.acquired.year) * 12 + month - self.acquired.month + 1
        return max(0, min(count, self.life_years * 12))


def _asset(number: int, name: str, category: str, acquired: tuple[int, int, int], wear: tuple[int, int]) -> Asset:
    monthly, life = wear  # yuan a month, years
    cost = monthly * 100 * 12 * life
    return Asset(f"资-{number:03d}", name, category, datetime.date(*acquired), cost, life)


OLDER = (
    _asset(1, "台式计算机（会计室）", "计算机设备", (2022, 5, 18), (70, 6)),
    _asset(2, "台式计算机（办公室）", "计算机设备", (2022, 5, 18), (70, 6)),
    _asset(3, "笔记本电脑", "计算机设备", (2023, 3, 9), (85, 6)),
    _asset(4, "激光打印机", "办公设备", (2022, 9, 14), (35, 6)),
    _asset(5, "数码复印机", "办公设备", (2021, 11, 10), (190, 6)),
    _asset(6, "投影机", "办公设备", (2022, 4, 20), (90, 6)),
    _asset(7, "会议音响", "广播、电视、电影设备", (2020, 6, 17), (150, 8)),
    _asset(8, "电子显示屏", "广播、电视、电影设备", (2023, 10, 25), (260, 8)),
    _asset(9, "跑步机（一）", "体育设备", (2021, 4, 15), (65, 10)),
    _asset(10, "跑步机（二）", "体育设备", (2021, 4, 15), (65, 10)),
    _asset(11, "台球桌", "体育设备", (2019, 8, 21), (48, 12)),
    _asset(12, "电钢琴", "文艺设备", (2020, 12, 9), (75, 10)),
    _asset(13, "书架（一组）", "家具", (2019, 5, 22), (42, 15)),
    _asset(14, "会议桌椅", "家具", (2018, 3, 14), (66, 15)),
    _asset(15, "阅览桌椅", "家具", (2019, 5, 22), (58, 15)),
    _asset(16, "档案柜", "用具、装具", (2021, 7, 7), (30, 10)),
)
BOUGHT = (
    _asset(17, "台式计算机（职工书屋）", "计算机设备", (2025, 3, 18), (72, 6)),
    _asset(18, "乒乓球台及发球机", "体育设备", (2025, 6, 24), (115, 10)),
    _asset(19, "阅览书柜", "家具", (2025, 9, 16), (38, 15)),
    _asset(20, "图书自助借还机", "图书档案设备", (2025, 11, 11), (140, 5)),
)
ASSETS = (*OLDER, *BOUGHT)
_SELLERS = {"资-017": "computer", "资-018": "sports", "资-019": "furniture", "资-020": "computer"}


def depreciation_fen(assets: Iterable[Asset], year: int, month: int) -> int:
    """Return the depreciation of one month over all assets, in fen."""
    before = (year, month - 1) if month > 1 else (year - 1, 12)
    return sum(a.monthly_fen * (a.months_by(year, month) - a.months_by(*before)) for a in assets)


def accumulated_fen(assets: Iterable[Asset], year: int, month: int) -> int:
    """Return the depreciation accumulated at the end of a month, in fen."""
    return sum(a.monthly_fen * a.months_by(year, month) for a in assets)


def purchases() -> tuple[Draft, ...]:
    """Return the year's purchases: expenditure paid, and the asset with its fund in the same voucher."""
    drafts = []
    for asset in BOUGHT:
        seller = _SELLERS[asset.asset_id]
        account = chart.SPECIAL_EQUIPMENT if asset.group == "专用设备" else chart.OFFICE_EQUIPMENT
        rests_on = terms("tables", "summer") if asset.asset_id == "资-018" else Terms(quotes=3)
        draft = spend(
            f"equipment/{asset.asset_id}",
            workday(asset.acquired.month, asset.acquired.day),
            SUPPLIERS[seller],
            f"购置{asset.name}",
            Line(account, asset.cost_fen),
            item=asset.name,
            terms=rests_on,
            activity_type="purchase",
        )
        paired = (
            Line(chart.FIXED_ASSETS[asset.group], asset.cost_fen),
            Line(chart.ASSET_FUND, -asset.cost_fen),
        )
        drafts.append(
            Draft(
                draft.key,
                draft.date,
                draft.payee,
                draft.narration,
                (*draft.lines, *paired),
                draft.metadata,
                (),
                asset.name,
            )
        )
    return tuple(drafts)


def depreciation() -> tuple[Draft, ...]:
    """Return the depreciation of each month: a charge on the asset fund, never an expenditure."""
    drafts = []
    for month in range(1, 13):
        amount = depreciation_fen(ASSETS, 2025, month)
        drafts.append(
            Draft(
                f"depreciation/{month:02d}",
                last_workday(month),
                ACCOUNTING_OFFICE,
                f"计提{month}月固定资产折旧",
                (Line(chart.ASSET_FUND, amount), Line(chart.DEPRECIATION, -amount)),
            )
        )
    return tuple(drafts)
