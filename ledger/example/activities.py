"""Activities of the year: outings, films, the sports day and the associations, mostly paid out of dues."""

from __future__ import annotations

import random
from collections.abc import Iterable
from typing import NamedTuple

from ledger.example import chart
from ledger.example.draft import Draft, grant_to, spend
from ledger.example.names import DEPARTMENTS, SUPPLIERS
from ledger.example.people import Member, active_on
from ledger.example.terms import terms
from ledger.example.workdays import workday
from ledger.vouchers import Line

FILM_TICKET_FEN = 40_00
GARDEN_TICKET_FEN = 45_00
COACH_FEN = 35_00
MEAL_FEN = 30_00
SPORTS_DAY = "2025年职工运动会"
SPORTS_PARTICIPANTS = 360
SPORTS_PRIZES = ((30, 200_00), (60, 150_00), (90, 100_00))  # 180 of 360: below two thirds
CLOTHING_FEN = 120_00


class Association(NamedTuple):
    """An association of members: what it is called, what it pays for, and the usual amount of a month in yuan."""

    name: str
    kind: str
    supplier: str
    purpose: str
    item: str
    usual: int


ASSOCIATIONS = (
    Association("羽毛球协会", "sports", "stadium", "活动场地租金", "羽毛球场地租赁", 860),
    Association("乒乓球协会", "sports", "stadium", "活动场地租金", "乒乓球场地租赁", 520),
    Association("篮球协会", "sports", "stadium", "活动场地租金", "篮球场地租赁", 780),
    Association("健步走协会", "sports", "print", "活动号码布、路线图制作", "印刷服务", 260),
    Association("瑜伽协会", "sports", "stadium", "活动场地租金", "多功能厅租赁", 640),
    Association("合唱协会", "culture", "print", "曲谱印制", "印刷服务", 310),
    Association("书画摄影协会", "culture", "office", "纸张、颜料", "书画用品", 430),
    Association("读书协会", "culture", "books", "共读图书", "图书", 560),
)


def outings(everyone: Iterable[Member]) -> tuple[Draft, ...]:
    """Return the spring and autumn outings: day trips within the city, in batches of departments."""
    everyone = tuple(everyone)
    drafts = []
    for season, month, first in (("春游", 4, 9), ("秋游", 10, 14)):
        key = "spring" if season == "春游" else "autumn"
        for batch in range(6):
            day = workday(month, first + 2 * batch)
            departments = DEPARTMENTS[batch * 4 : batch * 4 + 4]
            going = [m for m in active_on(everyone, day) if m.department in departments]
            heads = len(going) * 55 // 100
            told = {
                "fund": "dues",
                "activity": f"2025年{season}（第{batch + 1}批）",
                "activity_type": "outing",
                "participants": str(heads),
                "days": "1",
                "nights": "0",
                "destination": SUPPLIERS["garden"],
            }
            where = "、".join(departments)
            drafts.append(
                spend(
                    f"outing/{key}/{batch + 1}/coach",
                    day,
                    SUPPLIERS["coach"],
                    f"{season}第{batch + 1}批（{where}）往返包车费",
                    Line(chart.OUTING, COACH_FEN * heads),
                    item="旅客运输服务",
                    terms=terms(f"coach-{key}", f"outing-{key}"),
                    also=told,
                )
            )
            drafts.append(
                spend(
                    f"outing/{key}/{batch + 1}/garden",
                    day,
                    SUPPLIERS["garden"],
                    f"{season}第{batch + 1}批（{where}）门票及讲解费",
                    Line(chart.OUTING, GARDEN_TICKET_FEN * heads),
                    item="景区门票、讲解服务",
                    terms=terms(f"garden-{key}", f"outing-{key}"),
                    also=told,
                )
            )
    return tuple(drafts)


def films(everyone: Iterable[Member]) -> tuple[Draft, ...]:
    """Return the two film showings of the year for all members."""
    everyone = tuple(everyone)
    drafts = []
    for place, (month, day, title) in enumerate(((3, 13, "职工观影周"), (11, 13, "爱国主义影片观影")), start=1):
        when = workday(month, day)
        heads = len(active_on(everyone, when))
        drafts.append(
            spend(
                f"film/{place}",
                when,
                SUPPLIERS["cinema"],
                f"{title}团体票{heads}张",
                Line(chart.FILM, FILM_TICKET_FEN * heads),
                item="电影票",
                terms=terms("film", "film"),
                fund="dues",
                activity=title,
                activity_type="culture",
                participants=str(heads),
                days="1",
                nights="0",
            )
        )
    return tuple(drafts)


def sports_day(numbers: random.Random, everyone: Iterable[Member]) -> tuple[Draft, ...]:
    """Return the sports day of October: ground, equipment, clothing, meals and prizes for half of those taking part."""
    day = workday(10, 24)
    there = active_on(everyone, day)
    athletes = numbers.sample(there, SPORTS_PARTICIPANTS)
    prizes = []
    at = 0
    for count, amount in SPORTS_PRIZES:
        prizes += [
            grant_to(m, "奖励", amount, "goods", f"奖励:{SPORTS_DAY}:{m.member_id}") for m in athletes[at : at + count]
        ]
        at += count
    told = {"activity": SPORTS_DAY, "activity_type": "sports", "participants": str(SPORTS_PARTICIPANTS), "days": "1"}
    won = {**told, "awarded": str(len(prizes))}
    rest = terms("", "sports-day")
    return (
        spend(
            "sports-day/clothing",
            workday(10, 13),
            SUPPLIERS["clothing"],
            f"职工运动会参赛运动服{SPORTS_PARTICIPANTS}套",
            Line(chart.SPORTS, CLOTHING_FEN * SPORTS_PARTICIPANTS),
            item="运动服",
            terms=terms("clothing", "sports-day"),
            also=told,
        ),
        spend(
            "sports-day/ground",
            workday(10, 27),
            SUPPLIERS["stadium"],
            "职工运动会场地租金",
            Line(chart.SPORTS, 8_600_00),
            item="体育场地租赁",
            terms=terms("stadium", "sports-day"),
            also=told,
        ),
        spend(
            "sports-day/equipment",
            workday(10, 15),
            SUPPLIERS["sports"],
            "职工运动会比赛器材（拔河绳、跳绳、标志桶）",
            Line(chart.SPORTS, 3_870_00),
            item="拔河绳、跳绳、标志桶",
            terms=terms("prizes", "sports-day"),
            also=told,
        ),
        spend(
            "sports-day/print",
            workday(10, 16),
            SUPPLIERS["print"],
            "职工运动会秩序册、号码布印制",
            Line(chart.SPORTS, 2_340_00),
            item="印刷服务",
            terms=rest,
            also=told,
        ),
        spend(
            "sports-day/meal",
            workday(10, 28),
            SUPPLIERS["canteen"],
            f"职工运动会工作餐{SPORTS_PARTICIPANTS}份",
            Line(chart.SPORTS, MEAL_FEN * SPORTS_PARTICIPANTS),
            item="盒饭",
            terms=terms("sports-meal", "sports-day"),
            also=told,
        ),
        spend(
            "sports-day/prizes",
            workday(10, 29),
            SUPPLIERS["sports"],
            f"职工运动会优胜者奖品（一二三等奖共{len(prizes)}人）",
            Line(chart.SPORTS, sum(p.amount_fen for p in prizes)),
            item="运动水壶、毛巾、护具",
            grants=prizes,
            terms=terms("prizes", "sports-day"),
            occasion="奖励",
            also=won,
        ),
    )


def associations(numbers: random.Random) -> tuple[Draft, ...]:
    """Return what the associations of members spend: every one of them in ten months of the year."""
    drafts = []
    for place, association in enumerate(ASSOCIATIONS):
        for month in (1, 3, 4, 5, 6, 7, 9, 10, 11, 12):
            amount = association.usual * 100 + numbers.randint(-60, 60) * 100 + numbers.choice((0, 20, 50, 80))
            rests_on = terms("stadium-year", "year") if association.supplier == "stadium" else terms("", "year")
            if association.supplier == "books":
                rests_on = terms("books", "year")
            drafts.append(
                spend(
                    f"association/{place + 1}/{month:02d}",
                    workday(month, 14 + place),
                    SUPPLIERS[association.supplier],
                    f"{association.name}{month}月{association.purpose}",
                    Line(chart.ASSOCIATIONS, amount),
                    item=association.item,
                    terms=rests_on,
                    activity=f"{association.name}{month}月活动",
                    activity_type=association.kind,
                    participants=str(numbers.randint(18, 46)),
                    days="1",
                )
            )
    return tuple(drafts)
