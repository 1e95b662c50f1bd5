"""Small money and other people's money: the till, a working advance a year, premiums held for others, a deposit."""

from __future__ import annotations

import random

from ledger.example.draft import Draft, spend
from ledger.example.names import CASHIER, EMPLOYER, HANDLERS, SUPPLIERS
from ledger.example.term import chart
from ledger.example.term.calendar import SYSTEM_OF_2021, YEARS, workday
from ledger.vouchers import Line

HELD = {"fund": "custody", "payment": "transfer"}
MOVED = {"fund": "retained", "payment": "transfer"}
DRAWN_FEN = 600_00
LEFT_FEN = 4_200_00  # benefits that came late in 2021 and went out in 2022, over the change-over
INSURER = SUPPLIERS["insurer"]


def tills(numbers: random.Random) -> tuple[Draft, ...]:
    """Return cash drawn twice a year, spent twice, and the rest paid in again within the month."""
    drafts = []
    for year in YEARS:
        for month in (3, 11):
            key = f"cash/{year}-{month:02d}"
            drawn = (Line(chart.CASH, DRAWN_FEN), Line(chart.BASIC, -DRAWN_FEN))
            drafts.append(Draft(f"{key}/drawn", workday(year, month, 3), CASHIER, "提取备用现金", drawn, MOVED))
            left = DRAWN_FEN
            for turn, day in enumerate((8, 17), start=1):
                amount = numbers.randint(70_0, 190_0) * 10
                left -= amount
                drafts.append(
                    spend(
                        f"{key}/paid/{turn}",
                        workday(year, month, day),
                        SUPPLIERS["express"],
                        f"{year}年{month}月寄送会员资料快递费（第{turn}批）",
                        Line(chart.account(year, "other_operating_expense"), amount),
                        source=chart.CASH,
                        item="快递服务",
                        payment="cash",
                    )
                )
            back = (Line(chart.BASIC, left), Line(chart.CASH, -left))
            drafts.append(Draft(f"{key}/back", workday(year, month, 25), CASHIER, "交存多余现金", back, MOVED))
    return tuple(drafts)


def advances(numbers: random.Random) -> tuple[Draft, ...]:
    """Return one working advance a year: paid out, spent against an invoice, the rest returned in three weeks."""
    drafts = []
    for place, year in enumerate(YEARS, start=1):
        person = HANDLERS[place % len(HANDLERS)]
        owed = chart.advance(year, place, person)
        spent = numbers.randint(900, 1_400) * 100
        also = {"handled_by": person}
        training = Line(chart.account(year, "training_expense"), spent)
        drafts += [
            spend(
                f"advance/{year}/out",
                workday(year, 9, 6),
                person,
                f"{person}借支备用金（市总工会业务培训班）",
                Line(owed, 1_500_00),
                also=also,
            ),
            spend(
                f"advance/{year}/spent",
                workday(year, 9, 24),
                SUPPLIERS["training"],
                f"{person}核销备用金：市总工会业务培训班费用",
                training,
                source=owed,
                item="培训服务",
                also=also,
            ),
            Draft(
                f"advance/{year}/back",
                workday(year, 9, 24),
                person,
                f"{person}交回备用金余款",
                (Line(chart.BASIC, 1_500_00 - spent), Line(owed, spent - 1_500_00)),
                {**MOVED, "handled-by": person},
            ),
        ]
    return tuple(drafts)


def custody(numbers: random.Random) -> tuple[Draft, ...]:
    """Return each year's premiums, collected and passed on, and the benefits that came for members and went to them."""
    drafts = []
    for year in YEARS:
        held = chart.custody(year)
        total, benefit = numbers.randint(34, 40) * 60_00, numbers.randint(20, 45) * 100_00
        late = year == SYSTEM_OF_2021 - 1
        back = (year + 1, 1, 20) if late else (year, 12, 8)
        benefit = LEFT_FEN if late else benefit
        drafts += [
            _taken(year, "collected", (year, 3, 15), EMPLOYER, "代收职工互助保险费（工资代扣）", held, total),
            _passed(year, "passed-on", (year, 3, 22), INSURER, "代缴职工互助保险费", held, total),
            _taken(year, "benefit", (year, 12, 2), INSURER, f"收到{year}年职工互助保险理赔款", held, benefit),
            _passed(
                year,
                "paid-out",
                back,
                "参保职工",
                f"转付{year}年职工互助保险理赔款（银行代发）",
                chart.custody(back[0]),
                benefit,
            ),
        ]
    return tuple(drafts)


def deposits() -> tuple[Draft, ...]:
    """Return a supplier's deposit of late 2021 and its return in 2022, over the change-over."""
    party = SUPPLIERS["decor"]

    def owed(year: int) -> str:
        return chart.account(year, "other_payables", f"01-{party}")

    taken = (Line(chart.BASIC, 2_000_00), Line(owed(2021), -2_000_00))
    back = (Line(owed(2022), 2_000_00), Line(chart.BASIC, -2_000_00))
    return (
        Draft("deposit/taken", workday(2021, 11, 10), party, "收到职工之家布置履约押金", taken, MOVED),
        Draft("deposit/back", workday(2022, 3, 9), party, "退还职工之家布置履约押金", back, MOVED),
    )


def _taken(year: int, key: str, day: tuple[int, int, int], payer: str, narration: str, held: str, fen: int) -> Draft:
    lines = (Line(chart.CUSTODY_BANK, fen), Line(held, -fen))
    return Draft(f"custody/{year}/{key}", workday(*day), payer, narration, lines, HELD)


def _passed(year: int, key: str, day: tuple[int, int, int], payee: str, narration: str, held: str, fen: int) -> Draft:
    lines = (Line(held, fen), Line(chart.CUSTODY_BANK, -fen))
    return Draft(f"custody/{year}/{key}", workday(*day), payee, narration, lines, HELD)
