"""Condolences to single members: marriage, birth, illness, bereavement and retirement."""

from __future__ import annotations

import datetime
import random
from collections.abc import Iterable
from types import MappingProxyType
from typing import NamedTuple

from ledger.example import chart
from ledger.example.draft import Draft, Terms, grant_to, spend
from ledger.example.names import SUPPLIERS
from ledger.example.people import HEADS_OF_DEPARTMENT_SPARED, Member, dying
from ledger.example.terms import terms
from ledger.example.workdays import workday
from ledger.vouchers import Line


class Kindness(NamedTuple):
    """One kind of condolence: occasion, what it is called, account, amount, whether goods, cases a year."""

    occasion: str
    called: str
    account: str
    amount_fen: int
    item: str
    cases: int


KINDS = MappingProxyType(
    {
        "marriage": Kindness("结婚", "结婚慰问品", chart.WEDDING_BIRTH, 600_00, "床上用品", 16),
        "birth": Kindness("生育", "生育慰问品", chart.WEDDING_BIRTH, 600_00, "母婴用品", 21),
        "illness": Kindness("住院", "住院慰问金", chart.ILLNESS, 500_00, "", 58),
        "kin": Kindness("亲属去世", "直系亲属去世慰问金", chart.BEREAVEMENT, 800_00, "", 23),
    }
)
DEATH = Kindness("会员去世", "会员去世慰问金", chart.BEREAVEMENT, 2_000_00, "", 0)
RETIREMENT = Kindness("退休", "退休纪念品", chart.RETIREMENT, 800_00, "工艺纪念品", 0)
ILLNESSES = ("肺炎", "骨折", "阑尾炎", "胆囊炎", "椎间盘突出", "甲状腺结节", "肾结石", "急性胃肠炎")


def condolences(numbers: random.Random, everyone: Iterable[Member]) -> tuple[Draft, ...]:
    """Return every condolence of the year, each kind at most once a member."""
    everyone = tuple(everyone)
    staying = [m for m in everyone if m.status == "active" and m.joined.year < 2025][HEADS_OF_DEPARTMENT_SPARED:]
    drafts = []
    for key, kind in KINDS.items():
        for member in numbers.sample(staying, kind.cases):
            month = numbers.randint(1, 12)
            day = workday(month, numbers.randint(5 if month == 1 else 1, 24))
            illness = f"（{numbers.choice(ILLNESSES)}）" if key == "illness" else ""
            drafts.append(one_condolence(f"{key}/{member.member_id}", kind, member, day, illness))
    for member in dying(everyone):
        drafts.append(one_condolence(f"death/{member.member_id}", DEATH, member, _before_leaving(member)))
    for member in everyone:
        if member.status == "retired":
            drafts.append(one_condolence(f"retirement/{member.member_id}", RETIREMENT, member, _before_leaving(member)))
    return tuple(drafts)


def one_condolence(key: str, kind: Kindness, member: Member, day: datetime.date, detail: str = "") -> Draft:
    """Return one condolence: goods from the year's supplier, or money transferred to the member."""
    event = f"{kind.occasion}:{member.member_id}{detail}"
    rests_on = terms("gift", "welfare") if kind.item else Terms()
    return spend(
        key,
        day,
        SUPPLIERS["gift"] if kind.item else f"{member.name}家属" if kind is DEATH else member.name,
        f"{member.department}{member.name}{kind.called}{detail}",
        Line(kind.account, kind.amount_fen),
        item=kind.item,
        grants=[grant_to(member, kind.occasion, kind.amount_fen, "goods" if kind.item else "transfer", event)],
        terms=rests_on,
        occasion=kind.occasion,
        activity_type="welfare",
    )


def _before_leaving(member: Member) -> datetime.date:
    left = member.left
    if left is None:
        raise ValueError(f"{member.member_id} has not left")
    return workday(left.month, 22)
