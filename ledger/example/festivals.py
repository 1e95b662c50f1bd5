"""Festival goods for all members and birthday cake coupons by department."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import NamedTuple

from ledger.example import chart
from ledger.example.draft import Draft, grant_to, spend
from ledger.example.names import DEPARTMENTS, SUPPLIERS
from ledger.example.people import Member, active_on
from ledger.example.terms import terms
from ledger.example.workdays import workday
from ledger.vouchers import Line

BIRTHDAY_FEN = 200_00


class Parcel(NamedTuple):
    """Goods for one festival from one supplier; `amount_fen` is for one member."""

    key: str
    date: datetime.date
    festival: str
    supplier: str
    goods: str
    amount_fen: int
    resolution: str


PARCELS = (
    Parcel("spring-grain", workday(1, 17), "春节", "grain", "大米、食用油", 260_00, "spring-festival"),
    Parcel("spring-fruit", workday(1, 20), "春节", "fruit", "干果、水果", 140_00, "spring-festival"),
    Parcel("dragon-boat", workday(5, 26), "端午", "grain", "粽子、咸鸭蛋", 200_00, "dragon-boat"),
    Parcel("mid-autumn", workday(9, 23), "中秋", "fruit", "月饼、水果", 200_00, "autumn-festivals"),
    Parcel("national-day", workday(9, 25), "国庆", "grain", "大米、食用油、牛奶", 300_00, "autumn-festivals"),
)


def festival_goods(everyone: Iterable[Member]) -> tuple[Draft, ...]:
    """Return the goods of each festival, the same for every member of that day."""
    everyone = tuple(everyone)
    drafts = []
    for parcel in PARCELS:
        there = active_on(everyone, parcel.date)
        event = f"{parcel.festival}:{parcel.goods}"
        grants = [grant_to(m, parcel.festival, parcel.amount_fen, "goods", f"{event}:{m.member_id}") for m in there]
        drafts.append(
            spend(
                f"festival/{parcel.key}",
                parcel.date,
                SUPPLIERS[parcel.supplier],
                f"购{parcel.festival}节会员慰问品（{parcel.goods}）{len(there)}份".replace("节节", "节"),
                Line(chart.HOLIDAY, parcel.amount_fen * len(there)),
                item=parcel.goods,
                grants=grants,
                terms=terms(parcel.key, parcel.resolution),
                occasion=parcel.festival,
                activity=f"2025年{parcel.festival}慰问",
                activity_type="welfare",
                participants=str(len(there)),
            )
        )
    return tuple(drafts)


def birthdays(everyone: Iterable[Member]) -> tuple[Draft, ...]:
    """Return the cake coupons of each month and department, for the members whose birthday falls in the month."""
    everyone = tuple(everyone)
    drafts = []
    for month in range(1, 13):
        for place, department in enumerate(DEPARTMENTS):
            day = workday(month, 8 + place % 12)
            born = [
                m
                for m in active_on(everyone, day)
                if m.department == department and m.birth_month == month and m.joined < day.replace(day=1)
            ]
            if born:
                drafts.append(_coupons(month, place, day, department, born))
    return tuple(drafts)


def _coupons(month: int, place: int, day: datetime.date, department: str, born: list[Member]) -> Draft:
    return spend(
        f"birthday/{month:02d}/{place:02d}",
        day,
        SUPPLIERS["cake"],
        f"购{department}工会小组{month}月会员生日蛋糕券{len(born)}张",
        Line(chart.BIRTHDAY, BIRTHDAY_FEN * len(born)),
        item="生日蛋糕券（限兑蛋糕）",
        grants=[grant_to(m, "生日", BIRTHDAY_FEN, "voucher", f"生日:{m.member_id}:2025") for m in born],
        terms=terms("cake", "welfare"),
        occasion="生日",
        activity=f"{month}月会员生日慰问",
        activity_type="welfare",
        participants=str(len(born)),
    )
