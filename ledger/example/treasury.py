"""Small money: bank charges, petty cash, and working advances that are cleared within weeks."""

from __future__ import annotations

import random

from ledger.example import chart
from ledger.example.draft import Draft, spend
from ledger.example.names import ACCOUNTING_OFFICE, BANK, HANDLERS, SUPPLIERS
from ledger.example.terms import terms
from ledger.example.workdays import last_workday, workday, workdays_after
from ledger.vouchers import Line

PETTY = ("express", "print", "office")
_PETTY_WORDS = {
    "express": ("文件快递费", "快递服务"),
    "print": ("通知复印费", "复印服务"),
    "office": ("签字笔、胶水", "签字笔、胶水"),
}
# Month, day, handler, what for, account, advanced and spent in yuan, hotel or training centre.
_ADVANCES = (
    (2, 18, 0, "市总工会财务培训班", chart.TRAINING, 1_800, 1_640, "training"),
    (4, 14, 1, "春游现场踏勘", chart.SPECIAL_OPERATIONS, 900, 760, "coach"),
    (9, 9, 2, "女职工工作交流会", chart.MEETING, 1_500, 1_380, "hotel"),
    (10, 9, 3, "运动会现场布置", chart.SPORTS, 2_000, 1_870, "media"),
)


def bank_charges() -> tuple[Draft, ...]:
    """Return the bank's charges, debited on the last working day of each month."""
    return tuple(
        spend(
            f"charge/{month:02d}",
            last_workday(month),
            BANK,
            f"银行{month}月转账手续费",
            Line(chart.OTHER_OPERATING, 28_00 + month * 50),
            activity_type="other",
        )
        for month in range(1, 13)
    )


def petty_cash(numbers: random.Random) -> tuple[Draft, ...]:
    """Return the withdrawals of petty cash and the small payments made of it, each far below the cash limits."""
    drafts = []
    for place, month in enumerate((1, 5, 9), start=1):
        drafts.append(
            Draft(
                f"cash/drawn/{place}",
                workday(month, 9),
                ACCOUNTING_OFFICE,
                "提取备用现金",
                (Line(chart.CASH, 800_00), Line(chart.BASIC, -800_00)),
                {"payment": "cash"},
            )
        )
    for month in (2, 3, 4, 6, 7, 8, 10, 11, 12):
        supplier = PETTY[month % 3]
        purpose, item = _PETTY_WORDS[supplier]
        drafts.append(
            spend(
                f"cash/paid/{month:02d}",
                workday(month, 12),
                SUPPLIERS[supplier],
                f"{month}月{purpose}",
                Line(chart.OTHER_OPERATING, numbers.randint(86, 238) * 100),
                source=chart.CASH,
                item=item,
                payment="cash",
                activity_type="other",
            )
        )
    return tuple(drafts)


def advances() -> tuple[Draft, ...]:
    """Return the working advances: paid out, spent against an invoice, the rest returned, within ten working days."""
    drafts: list[Draft] = []
    for number, (month, day, handler, purpose, account, advanced, spent, supplier) in enumerate(_ADVANCES, start=1):
        person = HANDLERS[handler]
        receivable = chart.advance(number, person)
        out = workday(month, day)
        back = workdays_after(out, 9)
        rests_on = terms("media", "year") if supplier == "media" else terms(quotes=0)
        drafts += [
            spend(
                f"advance/{number}/out",
                out,
                person,
                f"{person}借支备用金（{purpose}）",
                Line(receivable, advanced * 100),
            ).noting(handled_by=person),
            spend(
                f"advance/{number}/spent",
                back,
                SUPPLIERS[supplier],
                f"{person}核销备用金：{purpose}费用",
                Line(account, spent * 100),
                source=receivable,
                item=purpose,
                terms=rests_on,
                activity=purpose,
                activity_type="other",
            ).noting(handled_by=person),
            Draft(
                f"advance/{number}/back",
                back,
                person,
                f"{person}交回备用金余款（{purpose}）",
                (Line(chart.BASIC, (advanced - spent) * 100), Line(receivable, -(advanced - spent) * 100)),
                {"fund": "retained", "payment": "transfer", "handled-by": person},
            ),
        ]
    return tuple(drafts)
