"""What the union does with its members over the years: outing, film, sports day, contest, courses and small matters."""

from __future__ import annotations

import datetime
import random
from collections.abc import Iterable

from ledger.example.draft import Draft, grant_to, spend
from ledger.example.names import BANK, COMPETITION, SUPPLIERS
from ledger.example.people import Member
from ledger.example.term import chart
from ledger.example.term.calendar import MONTHS, YEARS, last_workday, workday
from ledger.example.term.income import COMPETITION_FEN
from ledger.example.term.people import active_on
from ledger.vouchers import Line

FILM_FEN = 40_00
COACH_FEN = 35_00
GARDEN_FEN = 45_00
MEAL_FEN = 30_00
PRIZE_FEN = 100_00
CONTEST_PRIZE_FEN = 200_00
# Name in the generator, month, day, supplier, narration, account by meaning, item and the range of yuan.
ORDINARY = (
    ("law", 2, 24, "law", "职工法律咨询服务", "legal_aid_expense", "法律服务费", (800, 1600)),
    ("print", 3, 14, "print", "工会小组长业务培训资料印刷", "training_expense", "印刷服务", (300, 700)),
    ("meeting", 3, 17, "hotel", "会员代表大会会场租金", "meeting_expense", "会议场地租赁费", (900, 1800)),
    ("contract", 4, 13, "print", "工资集体协商文本印制", "labour_relations_expense", "印刷服务", (200, 500)),
    ("safety", 5, 19, "media", "安全生产宣传展板制作", "publicity_expense", "展板制作服务", (600, 1400)),
    ("home", 6, 16, "sports", "职工之家棋牌用品", "union_home_building_expense", "象棋、跳棋", (200, 600)),
    ("summer", 7, 9, "medicine", "夏送清凉：藿香正气水", "warmth_relief_expense", "藿香正气水", (700, 1300)),
    ("lecture", 8, 13, "training", "职工素质讲座资料", "worker_education_expense", "培训资料", (300, 800)),
    ("media", 9, 22, "media", "工会工作宣传栏制作", "publicity_expense", "宣传栏制作服务", (500, 1100)),
    ("course", 10, 20, "training", "工会干部业务培训", "training_expense", "培训服务", (900, 1900)),
    ("paper", 11, 9, "office", "工会办公用复印纸", "other_operating_expense", "复印纸", (120, 320)),
)


def ordinary(numbers: random.Random) -> tuple[Draft, ...]:
    """Return each year's ordinary matters, the books of every other month, a ground for the associations, charges."""
    drafts = []
    for year in YEARS:
        for key, month, day, supplier, narration, meaning, item, (low, high) in ORDINARY:
            amount = numbers.randint(low * 10, high * 10) * 10
            drafts.append(
                spend(
                    f"{key}/{year}",
                    workday(year, month, day),
                    SUPPLIERS[supplier],
                    f"{year}年{narration}",
                    Line(chart.account(year, meaning), amount),
                    item=item,
                    also=_gathering(meaning),
                )
            )
        for month in MONTHS:
            if month % 2:
                amount = numbers.randint(280_0, 560_0) * 10
                cost = Line(chart.account(year, "worker_library_expense"), amount)
                when = workday(year, month, 23)
                name = f"{year}年{month}月职工书屋图书购置"
                drafts.append(spend(f"library/{year}-{month:02d}", when, SUPPLIERS["books"], name, cost, item="图书"))
            else:
                amount = numbers.randint(300_0, 700_0) * 10
                cost = Line(chart.account(year, "culture_sports_expense", "02-文体协会活动"), amount)
                when = workday(year, month, 15)
                name = f"{year}年{month}月羽毛球协会活动场地租金"
                drafts.append(
                    spend(f"stadium/{year}-{month:02d}", when, SUPPLIERS["stadium"], name, cost, item="场地租赁费")
                )
            if month % 3 == 0:
                cost = Line(chart.account(year, "other_operating_expense"), numbers.randint(36_0, 72_0) * 10)
                name = f"{year}年第{month // 3}季度账户手续费"
                drafts.append(spend(f"charge/{year}-{month:02d}", last_workday(year, month), BANK, name, cost))
    return tuple(drafts)


def _gathering(meaning: str) -> dict[str, str]:
    """Return how many came for how long, where people were taught or met."""
    return {"participants": "24", "days": "1"} if meaning in ("training_expense", "meeting_expense") else {}


def outings(everyone: Iterable[Member]) -> tuple[Draft, ...]:
    """Return the spring outing and the film of each year, paid out of dues."""
    everyone = tuple(everyone)
    drafts = []
    for year in YEARS:
        day = workday(year, 4, 17)
        heads = len(active_on(everyone, day)) * 4 // 5
        told = {
            "fund": "dues",
            "activity": f"{year}年春游",
            "activity_type": "outing",
            "participants": str(heads),
            "days": "1",
            "nights": "0",
            "destination": SUPPLIERS["garden"],
        }
        account = chart.account(year, "member_event_expense", "08-春秋游")
        for supplier, called, each, item in (
            ("coach", "往返包车费", COACH_FEN, "旅客运输服务"),
            ("garden", "门票及讲解费", GARDEN_FEN, "景区门票、讲解服务"),
        ):
            cost = Line(account, each * heads)
            name = f"{year}年春游{called}"
            drafts.append(
                spend(f"outing/{year}/{supplier}", day, SUPPLIERS[supplier], name, cost, item=item, also=told)
            )
        day = workday(year, 11, 13)
        heads = len(active_on(everyone, day))
        drafts.append(
            spend(
                f"film/{year}",
                day,
                SUPPLIERS["cinema"],
                f"{year}年职工观影团体票{heads}张",
                Line(chart.account(year, "member_event_expense", "07-观影活动"), FILM_FEN * heads),
                item="电影票",
                fund="dues",
                activity=f"{year}年职工观影",
                activity_type="culture",
                participants=str(heads),
                days="1",
                nights="0",
            )
        )
    return tuple(drafts)


def sports_days(numbers: random.Random, everyone: Iterable[Member]) -> tuple[Draft, ...]:
    """Return the sports day of each October: ground, equipment, a meal, and prizes for a quarter of those there."""
    everyone = tuple(everyone)
    drafts = []
    for year in YEARS:
        day = workday(year, 10, 15)
        there = active_on(everyone, day)
        winners = numbers.sample(there, len(there) // 4)
        name = f"{year}年职工运动会"
        told = {"activity": name, "activity_type": "sports", "participants": str(len(there)), "days": "1"}
        account = chart.account(year, "culture_sports_expense", "01-职工运动会")
        ground, gear = numbers.randint(1_500, 1_900) * 100, numbers.randint(600, 900) * 100
        prizes = [grant_to(m, "奖励", PRIZE_FEN, "goods", f"奖励:{name}:{m.member_id}") for m in winners]
        for key, supplier, called, amount, item in (
            ("ground", "stadium", "场地租金", ground, "体育场地租赁"),
            ("gear", "sports", "比赛器材（拔河绳、跳绳）", gear, "拔河绳、跳绳"),
            ("meal", "canteen", f"工作餐{len(there)}份", MEAL_FEN * len(there), "盒饭"),
        ):
            cost = Line(account, amount)
            drafts.append(
                spend(f"sports/{year}/{key}", day, SUPPLIERS[supplier], f"{name}{called}", cost, item=item, also=told)
            )
        drafts.append(
            spend(
                f"sports/{year}/prizes",
                day,
                SUPPLIERS["sports"],
                f"{name}优胜者奖品（获奖{len(prizes)}人）",
                Line(account, PRIZE_FEN * len(prizes)),
                item="运动水壶、毛巾",
                grants=prizes,
                occasion="奖励",
                awarded=str(len(prizes)),
                also=told,
            )
        )
    return tuple(drafts)


def contests(numbers: random.Random, everyone: Iterable[Member]) -> tuple[Draft, ...]:
    """Return the contest of skills that the employer subsidises: its service and prizes use the subsidy up."""
    everyone = tuple(everyone)
    drafts = []
    for year in YEARS:
        day: datetime.date = workday(year, 5, 25)
        there = active_on(everyone, day)
        winners = numbers.sample(there, len(there) // 4)
        name = f"{year}年{COMPETITION}"
        told = {
            "fund": "subsidy",
            "project": COMPETITION,
            "activity": name,
            "activity_type": "competition",
            "participants": str(len(there)),
        }
        account = chart.account(year, "labour_competition_expense")
        prizes = [grant_to(m, "奖励", CONTEST_PRIZE_FEN, "transfer", f"奖励:{name}:{m.member_id}") for m in winners]
        won = CONTEST_PRIZE_FEN * len(prizes)
        drafts += [
            spend(
                f"contest/{year}/service",
                day,
                SUPPLIERS["training"],
                f"{name}场地与组织服务费",
                Line(account, COMPETITION_FEN - won),
                item="会务与场地服务",
                also=told,
            ),
            spend(
                f"contest/{year}/prizes",
                workday(year, 5, 28),
                "获奖职工",
                f"{name}奖励（获奖{len(prizes)}人，银行代发）",
                Line(account, won),
                grants=prizes,
                occasion="奖励",
                awarded=str(len(prizes)),
                also=told,
            ),
        ]
    return tuple(drafts)
