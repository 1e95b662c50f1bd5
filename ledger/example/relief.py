"""Relief: hardship aid out of the higher union's earmarked subsidy, warmth in winter, coolness in summer."""

from __future__ import annotations

import datetime
import random
from collections.abc import Iterable
from typing import NamedTuple

from ledger.example import chart
from ledger.example.draft import Draft, grant_to, spend
from ledger.example.names import RELIEF, SUPPLIERS
from ledger.example.people import HEADS_OF_DEPARTMENT_SPARED, Member
from ledger.example.terms import terms
from ledger.example.workdays import workday
from ledger.vouchers import Line

AIDED = 14
WARMED = 26
CATEGORIES = ("深度困难", "相对困难", "意外致困")
POSTS = ("急诊科、重症医学科", "手术麻醉科、医学影像科", "行政后勤（保安、维修）")


class HardshipFile(NamedTuple):
    """A member's hardship file: number, member, category and the day it was opened."""

    file_id: str
    member_id: str
    category: str
    opened: datetime.date


def hardship_members(numbers: random.Random, everyone: Iterable[Member]) -> tuple[Member, ...]:
    """Return the members with a hardship file: those aided in money come first, then those given warmth in kind."""
    staying = [m for m in everyone if m.status == "active" and m.joined.year < 2024][HEADS_OF_DEPARTMENT_SPARED:]
    return tuple(numbers.sample(staying, AIDED + WARMED))


def hardship_files(numbers: random.Random, helped: Iterable[Member]) -> tuple[HardshipFile, ...]:
    """Return the files, all opened in 2024, before any aid of 2025."""
    return tuple(
        HardshipFile(
            f"困-2024-{place:03d}",
            member.member_id,
            numbers.choice(CATEGORIES),
            datetime.date(2024, numbers.randint(3, 11), numbers.randint(1, 28)),
        )
        for place, member in enumerate(helped, start=1)
    )


def hardship_aid(numbers: random.Random, helped: tuple[Member, ...]) -> tuple[Draft, ...]:
    """Return the aid in money, once a member, each transferred to the member's own account."""
    drafts = []
    for place, member in enumerate(helped[:AIDED]):
        amount = numbers.choice((1_200_00, 1_500_00, 1_800_00, 2_000_00))
        drafts.append(
            spend(
                f"hardship/{member.member_id}",
                workday(4 + place // 3, 10 + place % 3 * 5),
                member.name,
                f"困难职工{member.name}帮扶金",
                Line(chart.HARDSHIP, amount),
                grants=[grant_to(member, "困难", amount, "transfer", f"困难:{member.member_id}:2025")],
                fund="earmarked",
                project=RELIEF,
                occasion="困难",
                activity="困难职工帮扶",
                activity_type="relief",
            )
        )
    return tuple(drafts)


def warmth(numbers: random.Random, helped: tuple[Member, ...]) -> tuple[Draft, ...]:
    """Return the goods given before the Spring Festival to members with a hardship file."""
    given = [
        grant_to(member, "困难", numbers.choice((400_00, 500_00, 600_00)), "goods", f"送温暖:{member.member_id}:2025")
        for member in helped[AIDED:]
    ]
    return (
        spend(
            "warmth/winter",
            workday(1, 21),
            SUPPLIERS["goods"],
            f"春节前送温暖慰问品{len(given)}份",
            Line(chart.WARMTH, sum(g.amount_fen for g in given)),
            item="棉被、取暖器、米面油",
            grants=given,
            terms=terms("warmth", "spring-festival"),
            occasion="困难",
            activity="2025年送温暖",
            activity_type="relief",
            participants=str(len(given)),
        ),
    )


def coolness() -> tuple[Draft, ...]:
    """Return the drinks and medicine brought to hot posts in summer; they are used on the spot, not given out."""
    drafts = []
    for month in (6, 7, 8):
        for place, posts in enumerate(POSTS):
            supplier, goods, amount = (
                ("drink", "防暑饮品", 2_640_00) if place < 2 else ("medicine", "防暑药品", 1_980_00)
            )
            drafts.append(
                spend(
                    f"coolness/{month:02d}/{place + 1}",
                    workday(month, 17 + place),
                    SUPPLIERS[supplier],
                    f"夏送清凉：{posts}{month}月{goods}",
                    Line(chart.WARMTH, amount + month * 10_00 - place * 35_00),
                    item=goods,
                    terms=terms(supplier, "summer"),
                    activity="2025年夏送清凉",
                    activity_type="relief",
                )
            )
    return tuple(drafts)
