"""Puts the irregularities of the answer key into an otherwise clean book, and nothing else.

Each function takes a part of the clean book and returns it with what `planted` says of it.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from ledger.example.budget import LineKey, flows
from ledger.example.draft import Draft, spend
from ledger.example.names import HIGHER_UNION, SUPPLIERS
from ledger.example.registers import Row
from ledger.example.term import chart
from ledger.example.term.calendar import workday
from ledger.example.term.identity import CHAIR_1, CHAIR_2
from ledger.example.term.people import Due, Wages, contribution_fen
from ledger.example.term.planning import revised
from ledger.vouchers import BudgetEntry, Line

SPARED: Mapping[str, frozenset[str]] = MappingProxyType(
    {"decoration": frozenset({"resolution"}), "festival/2024/2": frozenset({"resolution"})}
)
UNAUDITED = frozenset({CHAIR_2})
UNRECTIFIED = "审-2023-01"
LAST_COUNTED: Mapping[str, datetime.date] = MappingProxyType({"资-011": datetime.date(2023, 12, 18)})

SHORT_MONTH, LATE_MONTH, UNPAID_UPWARD = "2019-05", "2020-03", "2020-08"
AS_SUBSIDY, SHORT_RETURN, ACCRUED = "2021-06", "2024-06", "2025-08"
ELSEWHERE = "remittance/2021-08"
UNPAID_MONTH, UNPAID_MEMBERS = "2023-10", ("M011", "M019", "M027")
PARKED = "small-return/2023"
HEALED_FEN, OVERSPENT_FEN, BELOW_FEN = 200_00, 300_00, 100_00


def weave_drafts(drafts: Iterable[Draft], wages: Sequence[Wages]) -> tuple[Draft, ...]:
    """Return the drafts with the vouchers that are changed and those that are added."""
    by_key = {draft.key: draft for draft in drafts}
    for key, change in _changes(wages).items():
        by_key[key] = change(by_key[key])
    return (*by_key.values(), *_added(wages, by_key))


def weave_dues(register: Iterable[Due]) -> tuple[Due, ...]:
    """Return the dues register without three members whose dues of one month were never withheld."""
    return tuple(due for due in register if due.month != UNPAID_MONTH or due.member_id not in UNPAID_MEMBERS)


def weave_audits(rows: Iterable[Row]) -> tuple[Row, ...]:
    """Return the audits register with one annual audit whose finding was never put right."""
    return tuple({**row, "rectified_on": ""} if row["id"] == UNRECTIFIED else row for row in rows)


def weave_budgets(entries: Iterable[BudgetEntry], drafts: Iterable[Draft]) -> tuple[BudgetEntry, ...]:
    """Return the budgets with the lines that were missing, too small, too late or changed the wrong way."""
    drafts = tuple(drafts)
    kept = {(e.year, e.account, e.project, e.version): e for e in entries}

    def line(year: int, meaning: str) -> BudgetEntry:
        return kept[year, chart.account(year, meaning), "", 0]

    def put(entry: BudgetEntry) -> None:
        kept[entry.year, entry.account, entry.project, entry.version] = entry

    # 2019: overrun in May by 200.00, healed by the revision of July.
    publicity = line(2019, "publicity_expense")
    by_may = _spent(drafts, publicity.account, 2019, datetime.date(2019, 6, 30))
    put(replace(publicity, amount_fen=by_may - HEALED_FEN))
    put(replace(revised(publicity, 0, "宣传活动增加")))
    # 2020: overrun at the end, never healed.
    training = line(2020, "training_expense")
    put(replace(training, amount_fen=_spent(drafts, training.account, 2020) - OVERSPENT_FEN))
    # 2021: no line at all.
    missing = line(2021, "labour_relations_expense")
    del kept[2021, missing.account, "", 0]
    # 2022: spent in April, the line adopted in July only.
    late = line(2022, "labour_relations_expense")
    del kept[2022, late.account, "", 0]
    put(revised(late, 0, "补列劳动关系协调支出"))
    # 2023: revised below what was spent, and spent on.
    below = line(2023, "training_expense")
    by_july = _spent(drafts, below.account, 2023, datetime.date(2023, 7, 27))
    put(revised(below, by_july - BELOW_FEN - below.amount_fen, "压减培训支出"))
    # 2024: a second revision that nobody reviewed or approved.
    for entry in (line(2024, "publicity_expense"), kept[2024, chart.account(2024, "union_surplus"), "", 1]):
        put(
            replace(
                entry,
                date=datetime.date(2024, 11, 11),
                version=2,
                amount_fen=entry.amount_fen + 1_000_00,
                committee=datetime.date(2024, 11, 7),
                audit_review=None,
                approved=None,
                reason="调增宣传活动支出",
            )
        )
    return tuple(kept.values())


def _spent(drafts: Iterable[Draft], account: str, year: int, until: datetime.date | None = None) -> int:
    last = until or datetime.date(year, 12, 31)
    spent, _ = flows(d for d in drafts if d.date.year == year and d.date <= last)
    return spent[LineKey(account, "")]


def _changes(wages: Sequence[Wages]) -> Mapping[str, Callable[[Draft], Draft]]:
    """Return what is changed in vouchers of the clean book, by their keys."""
    agency = sum(row.total_fen for row in wages if row.month == SHORT_MONTH and row.category == "派遣") * 2 // 100

    def short_receipt(draft: Draft) -> Draft:
        cash, own, upward = (line.amount_fen for line in draft.lines)
        return _with_amounts(draft, cash - agency, own + agency * 3 // 5, upward + agency * 2 // 5)

    def short_payment(draft: Draft) -> Draft:
        owed, cash = (line.amount_fen for line in draft.lines)
        return _with_amounts(draft, owed - agency * 2 // 5, cash + agency * 2 // 5)

    def unpaid(draft: Draft) -> Draft:
        owed, cash = (line.amount_fen for line in draft.lines)
        part = contribution_fen(wages, UNPAID_UPWARD)[1]
        return _with_amounts(draft, owed - part, cash + part)

    def returned_short(draft: Draft) -> Draft:
        part = contribution_fen(wages, SHORT_RETURN)[0]
        return _with_amounts(
            draft, *(line.amount_fen - (part if line.amount_fen > 0 else -part) for line in draft.lines)
        )

    def as_subsidy(draft: Draft) -> Draft:
        cash, own, upward = draft.lines
        return replace(
            draft, lines=(cash, replace(own, account=chart.account(2021, "employer_subsidy_income")), upward)
        )

    def parked(draft: Draft) -> Draft:
        cash, income = draft.lines
        return replace(draft, lines=(cash, replace(income, account=_waiting())))

    def accrued(draft: Draft) -> Draft:
        cash, income = draft.lines
        owed = chart.account(2025, "contribution_due_from_higher_union")
        return replace(draft, lines=(replace(cash, account=owed), income), payee=HIGHER_UNION)

    return {
        f"contribution/{SHORT_MONTH}": short_receipt,
        f"remittance/{SHORT_MONTH}": short_payment,
        f"contribution/{LATE_MONTH}": lambda draft: replace(draft, date=workday(2020, 4, 24)),
        "remittance/2020-06..2020-08": unpaid,
        f"contribution/{AS_SUBSIDY}": as_subsidy,
        ELSEWHERE: lambda draft: replace(draft, payee="某市工会服务中心"),
        PARKED: parked,
        "contribution/2024-04..2024-06": returned_short,
        f"contribution/{ACCRUED}": accrued,
        "safety/2022": lambda draft: draft.noting(handled_by=CHAIR_1, approved_by=CHAIR_1),
        "lecture/2023": lambda draft: draft.noting(handled_by=CHAIR_2, approved_by=CHAIR_2),
    }


def _with_amounts(draft: Draft, *amounts: int) -> Draft:
    lines = tuple(replace(line, amount_fen=fen) for line, fen in zip(draft.lines, amounts, strict=True))
    return replace(draft, lines=lines)


def _waiting() -> str:
    return chart.account(2024, "other_payables", "02-待查来款")


def _added(wages: Sequence[Wages], drafts: Mapping[str, Draft]) -> tuple[Draft, ...]:
    upward = contribution_fen(wages, UNPAID_UPWARD)[1]
    parked, accrual = drafts[PARKED], drafts[f"contribution/{ACCRUED}"]
    owed = chart.advance(2025, 21, CHAIR_2)
    told = {"fund": "retained", "payment": "transfer"}
    month = {key: accrual.metadata[key] for key in ("month-of", "fund")}
    goods = ("goods", "sports")
    return (
        spend(
            "unpaid-upward/paid",
            workday(2022, 9, 20),
            HIGHER_UNION,
            f"补缴{HIGHER_UNION}2020年8月工会经费",
            Line(chart.due_to_higher(2022), upward),
            month_of=UNPAID_UPWARD,
        ),
        spend(
            "misbooked-remittance",
            workday(2022, 8, 17),
            HIGHER_UNION,
            f"上缴{HIGHER_UNION}二季度工会经费差额",
            Line(chart.account(2022, "other_operating_expense"), 1_280_00),
        ),
        spend(
            "decoration",
            workday(2021, 10, 27),
            SUPPLIERS["decor"],
            "职工之家活动室布置",
            Line(chart.account(2021, "union_home_building_expense"), 6_860_00),
            item="活动室布置服务",
        ),
        *(
            spend(
                f"split/{turn}",
                workday(2023, 8, 8 + 3 * turn),
                SUPPLIERS[goods[0]],
                f"秋季球类联赛奖品（第{turn}批）",
                Line(chart.account(2023, "culture_sports_expense", "03-球类联赛"), amount),
                item="毛巾、保温杯",
            )
            for turn, amount in ((1, 2_760_00), (2, 2_840_00))
        ),
        Draft(
            "parked/moved",
            workday(2024, 9, 12),
            HIGHER_UNION,
            "上级返还小额缴费工会经费转收入",
            (
                Line(_waiting(), parked.amount_fen),
                Line(chart.account(2024, "contribution_income"), -parked.amount_fen),
            ),
            {"month-of": parked.metadata["month-of"], "fund": "retained"},
        ),
        Draft(
            "accrual/came",
            workday(2025, 11, 20),
            HIGHER_UNION,
            "收到税务代收返拨2025年8月工会经费，冲应收",
            (Line(chart.BASIC, accrual.amount_fen), Line(accrual.lines[0].account, -accrual.amount_fen)),
            {**month, "payment": "transfer"},
        ),
        spend(
            "loan",
            workday(2025, 4, 9),
            CHAIR_2,
            f"{CHAIR_2}借支备用金（赴省总工会学习交流）",
            Line(owed, 3_000_00),
            handled_by=CHAIR_2,
            approved_by="王某某",
        ),
        Draft(
            "loan/back",
            workday(2025, 10, 16),
            CHAIR_2,
            f"{CHAIR_2}交回备用金",
            (Line(chart.BASIC, 3_000_00), Line(owed, -3_000_00)),
            told,
        ),
    )
