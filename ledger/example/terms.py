"""Contracts and resolutions of 2025 that the example's larger purchases rest on.

Amounts are not written here: they follow from the vouchers that name a contract or resolution (`registers`), as
ceilings rounded up, the way a committee decides them.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from types import MappingProxyType

from ledger.example.draft import Terms
from ledger.example.names import HIGHER_UNION, SUPPLIERS

QUOTES = 3


@dataclass(frozen=True)
class Contract:
    """A contract: number, day signed, other party, what it is about, and its last day."""

    number: str
    signed: datetime.date
    party: str
    topic: str
    until: datetime.date


@dataclass(frozen=True)
class Resolution:
    """A decision of the union committee: id, day and what was decided."""

    number: str
    date: datetime.date
    topic: str


def _contract(number: int, month: int, day: int, supplier: str, topic: str) -> Contract:
    signed = datetime.date(2025, month, day)
    return Contract(f"合同-2025-{number:02d}", signed, SUPPLIERS[supplier], topic, datetime.date(2025, 12, 31))


def _resolution(number: int, month: int, day: int, topic: str) -> Resolution:
    return Resolution(f"工委〔2025〕{number}号", datetime.date(2025, month, day), topic)


CONTRACTS = MappingProxyType(
    {
        "cake": _contract(1, 1, 3, "cake", "2025年会员生日蛋糕券定点供应"),
        "gift": _contract(2, 1, 3, "gift", "2025年会员结婚、生育、退休慰问品定点供应"),
        "spring-grain": _contract(3, 1, 6, "grain", "春节慰问品（米、油）采购"),
        "spring-fruit": _contract(4, 1, 6, "fruit", "春节慰问品（干果、水果）采购"),
        "warmth": _contract(5, 1, 7, "goods", "送温暖慰问品采购"),
        "film": _contract(6, 3, 3, "cinema", "会员观影活动团体票"),
        "coach-spring": _contract(7, 3, 24, "coach", "春游包车"),
        "garden-spring": _contract(8, 3, 24, "garden", "春游门票及讲解"),
        "dragon-boat": _contract(9, 5, 12, "grain", "端午节慰问品采购"),
        "competition": _contract(10, 5, 16, "training", "技术比武场地与组织服务"),
        "drink": _contract(11, 6, 6, "drink", "夏送清凉饮品供应"),
        "medicine": _contract(12, 6, 6, "medicine", "夏送清凉防暑药品供应"),
        "tables": _contract(13, 6, 9, "sports", "乒乓球台等体育设备采购"),
        "mid-autumn": _contract(14, 9, 8, "fruit", "中秋节慰问品采购"),
        "national-day": _contract(15, 9, 8, "grain", "国庆节慰问品采购"),
        "coach-autumn": _contract(16, 9, 15, "coach", "秋游包车"),
        "garden-autumn": _contract(17, 9, 15, "garden", "秋游门票及讲解"),
        "clothing": _contract(18, 9, 22, "clothing", "职工运动会运动服"),
        "sports-meal": _contract(19, 9, 22, "canteen", "职工运动会工作餐"),
        "stadium": _contract(20, 9, 22, "stadium", "职工运动会场地"),
        "prizes": _contract(21, 9, 22, "sports", "职工运动会奖品与器材"),
        "law": _contract(22, 1, 8, "law", "2025年职工法律服务"),
        "decor": _contract(23, 4, 21, "decor", "职工之家活动室改造"),
        "stadium-year": _contract(24, 1, 8, "stadium", "文体协会2025年活动场地"),
        "mind": _contract(25, 3, 10, "mind", "职工心理健康服务"),
        "books": _contract(26, 1, 8, "books", "2025年职工书屋图书定点供应"),
        "media": _contract(27, 1, 8, "media", "2025年宣传制作定点供应"),
        "hotel": _contract(28, 1, 8, "hotel", "2025年会议培训定点服务"),
        "insurance": _contract(30, 3, 12, "insurer", "2025年职工互助保障参保"),
        "training": _contract(29, 2, 17, "training", "职工技能与工会干部培训服务"),
    }
)

RESOLUTIONS = MappingProxyType(
    {
        "remittance": _resolution(1, 1, 3, f"2025年度按月向{HIGHER_UNION}上缴工会经费"),
        "welfare": _resolution(2, 1, 3, "2025年会员生日及结婚、生育、退休慰问方案"),
        "spring-festival": _resolution(3, 1, 6, "2025年春节慰问及送温暖方案"),
        "film": _resolution(4, 3, 3, "2025年会员观影活动方案"),
        "insurance": _resolution(5, 3, 10, "2025年职工互助保险代收代缴及补助方案"),
        "outing-spring": _resolution(6, 3, 21, "2025年春游方案"),
        "dragon-boat": _resolution(7, 5, 9, "2025年端午节慰问方案"),
        "competition": _resolution(8, 5, 15, "岗位练兵技术比武方案"),
        "summer": _resolution(9, 6, 5, "2025年夏送清凉方案及体育设备购置"),
        "autumn-festivals": _resolution(10, 9, 5, "2025年中秋节、国庆节慰问方案"),
        "outing-autumn": _resolution(11, 9, 12, "2025年秋游方案"),
        "sports-day": _resolution(12, 9, 19, "2025年职工运动会方案"),
        "year": _resolution(13, 1, 7, "2025年文体协会、书屋、宣传、会议培训等年度定点服务"),
    }
)


def terms(contract: str = "", resolution: str = "", quotes: int = QUOTES) -> Terms:
    """Return the terms of a purchase under a contract and resolution of this module, by their keys."""
    return Terms(
        CONTRACTS[contract].number if contract else "",
        RESOLUTIONS[resolution].number if resolution else "",
        quotes if contract else 0,
    )
