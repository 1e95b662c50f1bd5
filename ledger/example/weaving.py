"""Weaves the planted irregularities into a clean year: every departure from the rules is made here and nowhere else.

What each case is and what a rule may say of it stands in `planted`.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import replace

from ledger.example import chart
from ledger.example.budget import LineKey, flows, revised
from ledger.example.condolences import KINDS, one_condolence
from ledger.example.draft import Draft, grant_to, spend
from ledger.example.names import (
    ACCOUNTANT,
    CHAIR_AFTER,
    CHAIR_BEFORE,
    HIGHER_UNION,
    SUPPLIERS,
    VICE_CHAIR,
)
from ledger.example.payroll import Due, Wages, contribution_fen
from ledger.example.people import Member
from ledger.example.terms import terms
from ledger.example.workdays import workday
from ledger.vouchers import BudgetEntry, Line

OLD_DEBT_FEN = 36_480_00
UNPAID_DEPARTMENTS = ("康复医学科", "行政后勤")
UNPAID_MONTH = 10
LEFT_OUT = ("03", "派遣")
LATE_MONTH = "06"
EXTRA_GOODS_FEN = 1_200_00
OVER_CAP_FEN = 2_400_00
REVISED_BELOW_FEN = 8_000_00
OVERSPENT_FEN = 1_900_00


def weave(drafts: Iterable[Draft], wages: tuple[Wages, ...], everyone: tuple[Member, ...]) -> tuple[Draft, ...]:
    """Return the clean year's drafts with the planted changes made and the planted vouchers added."""
    changed = {draft.key: draft for draft in drafts}
    _leave_out_a_category(changed, wages)
    changed[f"contribution/{LATE_MONTH}"] = replace(changed[f"contribution/{LATE_MONTH}"], date=workday(7, 28))
    changed[f"remittance/{LATE_MONTH}"] = replace(changed[f"remittance/{LATE_MONTH}"], date=workday(7, 30))
    changed["education/4"] = changed["education/4"].noting(
        prepared_by=ACCOUNTANT, reviewed_by=ACCOUNTANT, posted_by=ACCOUNTANT
    )
    changed["publicity/6"] = changed["publicity/6"].noting(attachments="0")
    return (*changed.values(), *_income(), *_spending(), *_gifts(everyone), *_chair())


def _leave_out_a_category(changed: dict[str, Draft], wages: tuple[Wages, ...]) -> None:
    month, category = LEFT_OUT
    retained, upward = contribution_fen([row for row in wages if row.category != category], int(month))
    received, passed_on = changed[f"contribution/{month}"], changed[f"remittance/{month}"]
    lines = (
        Line(chart.BASIC, retained + upward),
        Line(chart.CONTRIBUTION, -retained),
        Line(chart.DUE_TO_HIGHER, -upward),
    )
    changed[received.key] = replace(received, lines=lines)
    paid = (Line(chart.DUE_TO_HIGHER, upward), Line(chart.BASIC, -upward))
    changed[passed_on.key] = replace(passed_on, lines=paid)


def _income() -> tuple[Draft, ...]:
    amount = 6_480_00
    told = {"month-of": "2024-12", "fund": "retained"}
    return (
        Draft(
            "accrual/booked",
            workday(9, 29),
            HIGHER_UNION,
            "预提2024年12月绩效工资应补拨的拨缴经费留成",
            (Line(chart.DUE_FROM_HIGHER, amount), Line(chart.CONTRIBUTION, -amount)),
            told,
        ),
        Draft(
            "accrual/received",
            workday(11, 14),
            HIGHER_UNION,
            "收到市总工会转拨2024年12月拨缴经费留成",
            (Line(chart.BASIC, amount), Line(chart.DUE_FROM_HIGHER, -amount)),
            {**told, "payment": "transfer"},
        ),
        spend(
            "misbooked-remittance",
            workday(8, 6),
            HIGHER_UNION,
            "上缴市总工会2024年度工会经费差额",
            Line(chart.OTHER_OPERATING, 3_280_00),
            activity_type="other",
        ),
    )


def _spending() -> tuple[Draft, ...]:
    return (
        spend(
            "no-budget",
            workday(6, 11),
            SUPPLIERS["media"],
            "职工创新成果展示册制作",
            Line(chart.INNOVATION, 8_600_00),
            item="画册制作服务",
            terms=terms("media", "year"),
            activity="职工创新成果展示",
            activity_type="publicity",
        ),
        spend(
            "renovation",
            workday(5, 22),
            SUPPLIERS["decor"],
            "职工之家活动室改造工程款",
            Line(chart.HOME_BUILDING, 58_600_00),
            item="活动室软装与隔断",
            terms=terms("decor"),
            activity="职工之家活动室改造",
            activity_type="purchase",
        ),
        spend(
            "self-approved",
            workday(9, 18),
            SUPPLIERS["print"],
            "工会宣传单页加印",
            Line(chart.PUBLICITY, 1_360_00),
            item="印刷服务",
            handled_by=CHAIR_AFTER,
            approved_by=CHAIR_AFTER,
            activity="工会宣传单页加印",
            activity_type="publicity",
        ),
    )


def _gifts(everyone: tuple[Member, ...]) -> tuple[Draft, ...]:
    office = [m for m in everyone if m.department == "行政后勤" and m.status == "active"][:7]
    extra = [grant_to(m, "国庆", EXTRA_GOODS_FEN, "goods", f"国庆补发:{m.member_id}") for m in office]
    twice, dear = (m for m in everyone[:24] if m.department in ("心血管内科", "呼吸内科"))
    quiz = [m for m in everyone[:40] if m.status == "active"] + [m for m in everyone[300:330] if m.status == "active"]
    prizes = [grant_to(m, "奖励", 100_00, "goods", f"奖励:知识竞赛:{m.member_id}") for m in quiz[:42]]
    marriage = KINDS["marriage"]
    return (
        spend(
            "extra-goods",
            workday(10, 10),
            SUPPLIERS["goods"],
            f"国庆节补发会员慰问品（行政后勤）{len(extra)}份",
            Line(chart.HOLIDAY, EXTRA_GOODS_FEN * len(extra)),
            item="大米、食用油、牛奶",
            grants=extra,
            occasion="国庆",
            activity="2025年国庆慰问",
            activity_type="welfare",
            participants=str(len(extra)),
        ),
        one_condolence("marriage-first", marriage, twice, workday(3, 17)),
        one_condolence("marriage-again", marriage, twice, workday(11, 6)),
        one_condolence("marriage-over", marriage._replace(amount_fen=OVER_CAP_FEN), dear, workday(9, 4)),
        spend(
            "quiz-prizes",
            workday(11, 21),
            SUPPLIERS["goods"],
            f"工会知识竞赛奖品（获奖{len(prizes)}人）",
            Line(chart.account("culture_sports_expense", "03-文化活动"), sum(p.amount_fen for p in prizes)),
            item="保温杯",
            grants=prizes,
            occasion="奖励",
            activity="工会知识竞赛",
            activity_type="culture",
            participants="50",
            awarded=str(len(prizes)),
        ),
    )


def _chair() -> tuple[Draft, ...]:
    owed = chart.advance(9, CHAIR_BEFORE)
    own = {"handled_by": CHAIR_BEFORE, "approved_by": VICE_CHAIR}
    purpose = "赴省总工会学习交流"
    return (
        spend(
            "chair-advance",
            workday(5, 13),
            CHAIR_BEFORE,
            f"{CHAIR_BEFORE}借支备用金（{purpose}）",
            Line(owed, 6_000_00),
            also=own,
        ),
        spend(
            "chair-advance/spent",
            workday(9, 16),
            SUPPLIERS["training"],
            f"{CHAIR_BEFORE}核销备用金：{purpose}培训费",
            Line(chart.TRAINING, 5_240_00),
            source=owed,
            item="培训服务",
            terms=terms("training", "year"),
            activity=purpose,
            activity_type="training",
            also=own,
        ),
        Draft(
            "chair-advance/back",
            workday(9, 16),
            CHAIR_BEFORE,
            f"{CHAIR_BEFORE}交回备用金余款（{purpose}）",
            (Line(chart.BASIC, 760_00), Line(owed, -760_00)),
            {"fund": "retained", "payment": "transfer", "handled-by": CHAIR_BEFORE, "approved-by": VICE_CHAIR},
        ),
    )


def weave_dues(register: Iterable[Due], everyone: Iterable[Member]) -> tuple[Due, ...]:
    """Return the dues register without the two departments whose dues of one month were never withheld."""
    missing = {m.member_id for m in everyone if m.department in UNPAID_DEPARTMENTS}
    return tuple(due for due in register if due.month != UNPAID_MONTH or due.member_id not in missing)


def weave_budget(entries: Iterable[BudgetEntry], drafts: Iterable[Draft]) -> tuple[BudgetEntry, ...]:
    """Return the budget with a missing line, a line too small, one revised below what was spent, and a bad revision."""
    drafts = tuple(drafts)
    spent, _ = flows(drafts)
    kept = [entry for entry in entries if entry.account != chart.INNOVATION]
    by_account = {entry.account: entry for entry in kept if entry.version == 0 and not entry.project}
    library, training = by_account[chart.LIBRARY], by_account[chart.TRAINING]
    publicity, surplus = by_account[chart.PUBLICITY], by_account[chart.SURPLUS_LINE]
    small = replace(library, amount_fen=spent[LineKey(chart.LIBRARY, "")] - OVERSPENT_FEN)
    kept[kept.index(library)] = small
    bad = replace(
        revised(publicity, 5_000_00, "调增宣传活动支出"),
        date=datetime.date(2025, 11, 10),
        version=2,
        committee=datetime.date(2025, 11, 6),
        audit_review=None,
        approved=None,
    )
    drawn = next(e.amount_fen for e in kept if e.account == surplus.account and e.version == 1)
    funded = replace(bad, account=surplus.account, amount_fen=drawn + 5_000_00, reason="动用以前年度结余")
    below = revised(training, REVISED_BELOW_FEN - training.amount_fen, "压减培训支出")
    return (*kept, below, bad, funded)
