"""Monthly straight-line depreciation and amortisation of 财会〔2021〕7号, from cards to one voucher a month.

第三十五条: what comes in a month is charged in that month, what leaves in it is not; nothing is kept as residual
value; what is charged in full is charged no more. 第四十条 says the same of intangible assets. The charge is never
an expenditure: 借 资产基金, 贷 累计折旧 (accounts 163 and 172). How long a life is, and what is exempt, is law, and
comes in with the cards.
"""

from __future__ import annotations

import calendar
import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from ledger.accounts import account_name, chart_on, components
from ledger.vouchers import Line, Voucher, VoucherNumber

_MONTHS = 12
_CREDIT = {False: "accumulated_depreciation", True: "accumulated_amortisation"}
_DEBIT = {False: "asset_fund_fixed_assets", True: "asset_fund_intangible_assets"}
_WHAT = {False: "固定资产折旧", True: "无形资产摊销"}


@dataclass(frozen=True)
class DepreciableAsset:
    """One thing that is written off over its life: number, name, category, day and cost in fen, life in years.

    `disposed` is the day it left, None while it is there; `intangible` says that it is amortised, not depreciated.
    """

    asset_id: str
    name: str
    category: str
    acquired: datetime.date
    cost_fen: int
    life_years: int
    disposed: datetime.date | None = None
    intangible: bool = False


@dataclass(frozen=True)
class Charge:
    """What one thing is charged in one month, in fen."""

    asset: DepreciableAsset
    amount_fen: int


def charge_fen(asset: DepreciableAsset, month: str) -> int:
    """Return what an asset is charged in a month (`2025-03`), in fen.

    Every month takes the same whole fen, the last month of the life what is left, so that a whole life sums to the
    cost. Raises ValueError for a life that is not at least a year.
    """
    if asset.life_years < 1:
        raise ValueError(f"{asset.asset_id}: a life of {asset.life_years} years")
    length = asset.life_years * _MONTHS
    place = _index(month) - _index(f"{asset.acquired:%Y-%m}")
    gone = asset.disposed is not None and month >= f"{asset.disposed:%Y-%m}"
    if gone or not 0 <= place < length:
        return 0
    monthly = asset.cost_fen // length
    return monthly if place < length - 1 else asset.cost_fen - monthly * (length - 1)


def accumulated_fen(asset: DepreciableAsset, month: str) -> int:
    """Return what an asset was charged up to the end of a month, in fen; 0 once it has left the books.

    The back depreciation of the change-over is that of December 2021.
    """
    if asset.disposed is not None and month >= f"{asset.disposed:%Y-%m}":
        return 0
    length = asset.life_years * _MONTHS
    passed = _index(month) - _index(f"{asset.acquired:%Y-%m}") + 1
    if passed >= length:
        return asset.cost_fen
    return max(0, passed) * (asset.cost_fen // length)


def depreciation(assets: Iterable[DepreciableAsset], month: str) -> tuple[Charge, ...]:
    """Return the charges of a month, in order of asset number, those of zero left out."""
    charges = (Charge(asset, charge_fen(asset, month)) for asset in assets)
    return tuple(sorted((c for c in charges if c.amount_fen), key=lambda c: (c.asset.asset_id, c.asset.name)))


def depreciation_voucher(
    charges: Sequence[Charge],
    month: str,
    number: VoucherNumber | None,
    *,
    accounts: Sequence[str] = (),
    metadata: Mapping[str, str] = MappingProxyType({}),
) -> Voucher | None:
    """Return the voucher of a month's charges, dated its last day; None when nothing is charged.

    `accounts` are the book's accounts: a charge goes to the sub-account of 累计折旧 that is named like the asset's
    category, and to 累计折旧 itself where there is none.
    """
    day = last_day(month)
    sums: dict[tuple[bool, str], int] = {}
    for charge in charges:
        credit = _account(_CREDIT[charge.asset.intangible], charge.asset.category, day, accounts)
        key = (charge.asset.intangible, credit)
        sums[key] = sums.get(key, 0) + charge.amount_fen
    lines: list[Line] = []
    for intangible in (False, True):
        credits = [Line(account, -fen) for (kind, account), fen in sorted(sums.items()) if kind is intangible]
        if credits:
            total = sum(line.amount_fen for line in credits)
            lines += [Line(account_name(chart_on(day).by_meaning[_DEBIT[intangible]]), -total), *credits]
    if not lines:
        return None
    kinds = sorted({charge.asset.intangible for charge in charges})
    narration = f"计提{day.month}月{'、'.join(_WHAT[kind] for kind in kinds)}"
    return Voucher(day, number, "", narration, tuple(lines), metadata)


def charged_already(lines: Iterable[tuple[str, str, int]]) -> Mapping[str, int]:
    """Return voucher → fen credited to 累计折旧 and 累计摊销, out of lines (voucher, group meaning, fen) of a month.

    A voucher that takes a thing out of the books debits them and is none of these.
    """
    found: dict[str, int] = {}
    for voucher, group, fen in lines:
        if group in _CREDIT.values():
            found[voucher] = found.get(voucher, 0) - fen
    return MappingProxyType({voucher: fen for voucher, fen in found.items() if fen > 0})


def last_day(month: str) -> datetime.date:
    """Return the last day of a month (`2025-03`)."""
    year, number = int(month[:4]), int(month[5:])
    return datetime.date(year, number, calendar.monthrange(year, number)[1])


def _account(meaning: str, category: str, day: datetime.date, accounts: Sequence[str]) -> str:
    plain = account_name(chart_on(day).by_meaning[meaning])
    below = [a for a in accounts if a.startswith(f"{plain}:")]
    return next((a for a in below if components(a)[-1][1] == category), plain)


def _index(month: str) -> int:
    return int(month[:4]) * _MONTHS + int(month[5:]) - 1
