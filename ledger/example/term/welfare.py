"""What members get over the years: three festivals, birthdays, a few condolences, and aid for hardship."""

from __future__ import annotations

import datetime
import random
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from ledger.example.draft import Draft, Grant, grant_to, spend
from ledger.example.names import RELIEF, SUPPLIERS
from ledger.example.people import Member
from ledger.example.relief import CATEGORIES, HardshipFile
from ledger.example.term import chart
from ledger.example.term.calendar import MONTHS, YEARS, month_end, workday
from ledger.example.term.people import active_on, staying_on
from ledger.vouchers import Line


class Festival(NamedTuple):
    """Goods for one festival: month and day of the hand-out, supplier, goods and fen for one member."""

    name: str
    month: int
    day: int
    supplier: str
    goods: str
    amount_fen: int


class Kindness(NamedTuple):
    """One kind of condolence: occasion, what it is called, local account, fen, and invoice item ("" for money)."""

    occasion: str
    called: str
    below: str
    amount_fen: int
    item: str


FESTIVALS = (
    Festival("春节", 1, 14, "grain", "大米、食用油", 300_00),
    Festival("端午", 6, 3, "grain", "粽子、咸鸭蛋", 150_00),
    Festival("中秋", 9, 10, "fruit", "月饼、水果", 150_00),
)
BIRTHDAY_FEN = 120_00
MARRIAGE = Kindness("结婚", "结婚慰问品", "03-婚育慰问", 400_00, "床上用品")
BIRTH = Kindness("生育", "生育慰问品", "03-婚育慰问", 400_00, "母婴用品")
ILLNESS = Kindness("住院", "住院慰问金", "04-住院慰问", 500_00, "")
KIN = Kindness("亲属去世", "父亲去世慰问金", "05-丧葬慰问", 500_00, "")
RETIREMENT = Kindness("退休", "退休纪念品", "06-退休慰问", 500_00, "工艺纪念品")
AIDED = 4
AID_FEN = (1_200_00, 1_400_00, 1_500_00)


def festivals(everyone: Iterable[Member]) -> tuple[Draft, ...]:
    """Return the goods handed out to every member at each festival of each year."""
    everyone = tuple(everyone)
    drafts = []
    for year in YEARS:
        for place, festival in enumerate(FESTIVALS, start=1):
            # The Spring Festival of 2020, 2023 and 2025 is early: goods come before it in any case.
            day = workday(year, festival.month, festival.day - (4 if festival.month == 1 else 0))
            there = active_on(everyone, day)
            drafts.append(
                spend(
                    f"festival/{year}/{place}",
                    day,
                    SUPPLIERS[festival.supplier],
                    f"{year}年{festival.name}会员慰问品采购{len(there)}份",
                    Line(_event(year, "01-节日慰问"), festival.amount_fen * len(there)),
                    item=festival.goods,
                    grants=[_granted(m, festival.name, festival.amount_fen, "goods", year) for m in there],
                    occasion=festival.name,
                    activity=f"{year}年{festival.name}慰问",
                    activity_type="welfare",
                    participants=str(len(there)),
                )
            )
    return tuple(drafts)


def birthdays(everyone: Iterable[Member]) -> tuple[Draft, ...]:
    """Return the cake coupons of each month for those born in it."""
    everyone = tuple(everyone)
    drafts = []
    for year in YEARS:
        for month in MONTHS:
            day = workday(year, month, 9)
            born = [m for m in active_on(everyone, day) if m.birth_month == month]
            if born:
                drafts.append(
                    spend(
                        f"birthday/{year}-{month:02d}",
                        day,
                        SUPPLIERS["cake"],
                        f"购{month}月会员生日蛋糕券{len(born)}张",
                        Line(_event(year, "02-生日慰问"), BIRTHDAY_FEN * len(born)),
                        item="生日蛋糕券（限兑蛋糕）",
                        grants=[_granted(m, "生日", BIRTHDAY_FEN, "voucher", year) for m in born],
                        occasion="生日",
                        activity=f"{year}年{month}月会员生日慰问",
                        activity_type="welfare",
                        participants=str(len(born)),
                    )
                )
    return tuple(drafts)


def condolences(numbers: random.Random, everyone: Iterable[Member]) -> tuple[Draft, ...]:
    """Return marriages, births, illnesses and bereavements, each kind once a year, and every retirement."""
    everyone = tuple(everyone)
    drafts = []
    married: set[str] = set()
    for year in YEARS:
        staying = [m for m in staying_on(everyone, datetime.date(year, 1, 1)) if m.member_id not in married]
        chosen = numbers.sample(staying, 4)
        for member, kind in zip(chosen, (MARRIAGE, BIRTH, ILLNESS, KIN), strict=True):
            # Marriages and births stay apart over the years, so that nobody gets the same twice.
            married.add(member.member_id)
            day = workday(year, numbers.randint(2, 11), numbers.randint(4, 24))
            drafts.append(one_condolence(kind, member, day))
        gone = [m for m in everyone if m.left is not None and m.left.year == year]
        drafts += [one_condolence(RETIREMENT, m, workday(year, _left(m).month, 22)) for m in gone]
    return tuple(drafts)


def one_condolence(kind: Kindness, member: Member, day: datetime.date, key: str = "") -> Draft:
    """Return one condolence: goods from the supplier, or money transferred to the member."""
    return spend(
        key or f"condolence/{day.year}/{kind.occasion}/{member.member_id}",
        day,
        SUPPLIERS["gift"] if kind.item else member.name,
        f"{member.department}{member.name}{kind.called}",
        Line(_event(day.year, kind.below), kind.amount_fen),
        item=kind.item,
        grants=[_granted(member, kind.occasion, kind.amount_fen, "goods" if kind.item else "transfer", day.year)],
        occasion=kind.occasion,
        activity_type="welfare",
    )


def hardship_members(everyone: Iterable[Member]) -> tuple[Member, ...]:
    """Return the members with a hardship file, the last by number of those who were and stay members."""
    return staying_on(everyone, datetime.date(YEARS[0], 1, 1))[-AIDED:]


def hardship_files(helped: Sequence[Member]) -> tuple[HardshipFile, ...]:
    """Return the files, all opened in 2018."""
    return tuple(
        HardshipFile(
            f"困-2018-{place:03d}", m.member_id, CATEGORIES[place % len(CATEGORIES)], datetime.date(2018, 9, 3 + place)
        )
        for place, m in enumerate(helped, start=1)
    )


def hardship_aid(numbers: random.Random, helped: Sequence[Member]) -> tuple[Draft, ...]:
    """Return the aid in money out of the earmarked subsidy, once a year each but for one who is past it."""
    drafts = []
    for year in YEARS:
        for place, member in enumerate(helped):
            amount = AID_FEN[(place + numbers.randint(0, 2)) % len(AID_FEN)]
            drafts.append(
                spend(
                    f"hardship/{year}/{member.member_id}",
                    workday(year, 5 + place, 12),
                    member.name,
                    f"困难职工{member.name}帮扶金",
                    Line(chart.account(year, "hardship_aid_expense"), amount),
                    grants=[_granted(member, "困难", amount, "transfer", year)],
                    fund="earmarked",
                    project=RELIEF,
                    occasion="困难",
                    activity=f"{year}年困难职工帮扶",
                    activity_type="relief",
                )
            )
    return tuple(drafts)


def _event(year: int, below: str) -> str:
    return chart.account(year, "member_event_expense", below)


def _granted(member: Member, occasion: str, amount_fen: int, form: str, year: int) -> Grant:
    return grant_to(member, occasion, amount_fen, form, f"{occasion}:{member.member_id}:{year}")


def _left(member: Member) -> datetime.date:
    return member.left or month_end(YEARS[-1], 12)
