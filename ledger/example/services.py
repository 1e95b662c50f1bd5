"""Services to workers and the union's own work: competition, library, home building, education, training, meetings."""

from __future__ import annotations

import csv
import datetime
import random
from collections.abc import Iterable, Mapping
from importlib.resources import files

from ledger.example import chart
from ledger.example.draft import NO_TERMS, Draft, Grant, grant_to, spend
from ledger.example.names import COMPETITION, SUPPLIERS
from ledger.example.people import Member, active_on
from ledger.example.terms import terms
from ledger.example.workdays import workday
from ledger.money import fen_from_text
from ledger.vouchers import Line

CONTESTS = ("护理技能", "急救技能", "检验技能", "药学知识", "影像读片", "病案书写")
CONTEST_PARTICIPANTS = 60
CONTEST_PRIZES = ((4, 450_00), (8, 350_00), (14, 250_00))  # 26 of 60


def ordinary() -> tuple[Draft, ...]:
    """Return the ordinary expenses of education, publicity, home building, protection, training and meetings.

    They stand in ordinary.csv: name in the generator, day, supplier, what for, account by meaning, yuan, invoice
    item, kind of activity, people taking part and the contract they rest on.
    """
    text = files("ledger.example").joinpath("ordinary.csv").read_text(encoding="utf-8")
    return tuple(_ordinary(row) for row in csv.DictReader(text.splitlines()))


def _ordinary(row: Mapping[str, str]) -> Draft:
    day = datetime.date.fromisoformat(row["date"])
    told = {"activity": row["narration"], "activity_type": row["activity_type"]}
    if row["participants"] != "0":
        told["participants"] = row["participants"]
    return spend(
        row["key"],
        workday(day.month, day.day),
        SUPPLIERS[row["supplier"]],
        row["narration"],
        Line(chart.account(row["meaning"]), fen_from_text(row["amount"])),
        item=row["item"],
        terms=terms(row["contract"], "year") if row["contract"] else NO_TERMS,
        also=told,
    )


def library(numbers: random.Random) -> tuple[Draft, ...]:
    """Return the monthly books of the workers' library."""
    return tuple(
        spend(
            f"library/{month:02d}",
            workday(month, 23),
            SUPPLIERS["books"],
            f"职工书屋{month}月新书购置",
            Line(chart.LIBRARY, numbers.randint(1_220_00, 1_780_00) // 10 * 10),
            item="图书",
            terms=terms("books", "year"),
            activity=f"职工书屋{month}月更新",
            activity_type="education",
        )
        for month in range(1, 13)
    )


def competition(numbers: random.Random, everyone: Iterable[Member]) -> tuple[Draft, ...]:
    """Return the skills competition that the employer subsidises: six contests with prizes for fewer than half."""
    everyone = tuple(everyone)
    told = {"fund": "subsidy", "project": COMPETITION, "activity_type": "competition"}
    drafts = []
    for place, contest in enumerate(CONTESTS):
        day = workday(5, 19) + datetime.timedelta(days=7 * place)
        day = workday(day.month, day.day)
        name = f"{contest}比武"
        entrants = numbers.sample(active_on(everyone, day), CONTEST_PARTICIPANTS)
        prizes: list[Grant] = []
        for count, amount in CONTEST_PRIZES:
            winners = entrants[len(prizes) : len(prizes) + count]
            prizes += [grant_to(m, "奖励", amount, "transfer", f"奖励:{name}:{m.member_id}") for m in winners]
        both = {**told, "activity": name, "participants": str(CONTEST_PARTICIPANTS)}
        drafts.append(
            spend(
                f"competition/{place + 1}/service",
                day,
                SUPPLIERS["training"],
                f"{name}场地与组织服务费",
                Line(chart.LABOUR_COMPETITION, 4_200_00 + place * 150_00),
                item="会务与场地服务",
                terms=terms("competition", "competition"),
                also=both,
            )
        )
        drafts.append(
            spend(
                f"competition/{place + 1}/prizes",
                workday(day.month, day.day + 2),
                "获奖职工",
                f"{name}奖励（一二三等奖共{len(prizes)}人，银行代发）",
                Line(chart.LABOUR_COMPETITION, sum(p.amount_fen for p in prizes)),
                grants=prizes,
                terms=terms("", "competition"),
                occasion="奖励",
                awarded=str(len(prizes)),
                also=both,
            )
        )
    return tuple(drafts)
