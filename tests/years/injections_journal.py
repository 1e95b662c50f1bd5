"""What is put into the journal's form: numbers, times, rest days, round or split amounts, repeats, odd payees."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from ledger.example import names
from ledger.example.names import SUPPLIERS
from ledger.vouchers import Line
from tests.years import days
from tests.years.book import Event, Year
from tests.years.injecting import FROM_2023, Clue, injection
from tests.years.injections_bookkeeping import spending


def bought(book: Year, day: datetime.date, payee: str, fen: int, narration: str = "职工之家用品", **meta: str) -> Event:
    """Add a purchase for the members' rooms."""
    account = book.account("union_home_building_expense")
    return book.spend(day, payee, narration, account, fen, item="棋牌用品", **meta)


@injection("JET01")
def month_without_vouchers(book: Year) -> Sequence[Clue]:
    month = book.rng.randint(3, 10)
    book.events[:] = [e for e in book.events if e.date.month != month]
    return [f"{month}月"]


@injection("JET02")
def to_and_fro(book: Year) -> Sequence[Clue]:
    fen = book.rng.randint(1, 9000) * 100
    lines = [Line(book.bank, fen), Line(book.bank, -fen)]
    return [book.add(Event(book.any_day(), names.BANK, "内部调整", lines, {"payment": "transfer"}))]


@injection("JET03")
def keyed_after_the_next(book: Year) -> Sequence[Clue]:
    month = book.rng.randint(2, 11)
    event = min((e for e in book.events if e.date.month == month), key=lambda e: e.date)
    event.meta["entered-at"] = f"{days.workday_until(days.month_end(book.year, month))}T10:00:00"
    return [event]


@injection("JET04")
def keyed_long_after(book: Year) -> Sequence[Clue]:
    event = book.rng.choice([e for e in book.events if e.date.month < 9])
    event.meta["entered-at"] = f"{book.day(event.date.month + 3, 12)}T10:00:00"
    return [event]


@injection("JET05")
def paid_on_a_sunday(book: Year) -> Sequence[Clue]:
    event = spending(book)
    event.date = days.restday(book.year, event.date.month)
    event.meta["entered-at"] = f"{event.date + days.DAY}T10:00:00"
    return [event]


@injection("JET06")
def keyed_at_night(book: Year) -> Sequence[Clue]:
    event = spending(book)
    event.meta["entered-at"] = f"{event.date}T{book.rng.choice((1, 5, 22, 23)):02d}:12:00"
    return [event]


@injection("JET07")
def round_thousands(book: Year) -> Sequence[Clue]:
    shops = ("books", "furniture", "office", "flower")
    return [bought(book, book.any_day(), SUPPLIERS[s], book.rng.choice((1000_00, 2000_00)), "书屋用品") for s in shops]


@injection("JET08")
def just_below(book: Year) -> Sequence[Clue]:
    book.standard("control.quote_threshold", "2000")
    book.standard("control.contract_threshold", "2000")
    amounts = (1999_00, 1990_00 + book.rng.randint(1, 500))
    return [
        bought(book, book.day(m, 8), SUPPLIERS[s], f)
        for m, s, f in zip((3, 9), ("furniture", "office"), amounts, strict=True)
    ]


@injection("JET09")
def split_among_alike_payees(book: Year) -> Sequence[Clue]:
    book.standard("control.quote_threshold", "2000")
    month = book.rng.randint(2, 11)
    bought(book, book.day(month, 6), "某市佳惠商贸有限公司", book.rng.randint(1100, 1900) * 100)
    bought(book, book.day(month, 9), "佳惠商贸部", book.rng.randint(1100, 1900) * 100)
    return ["佳惠商贸"]


@injection("JET10")
def nearly_the_same_again(book: Year) -> Sequence[Clue]:
    month, fen = book.rng.randint(2, 11), book.rng.randint(100_00, 1500_00)
    # Days that no long holiday moves to one and the same working day.
    return [bought(book, book.day(month, day), SUPPLIERS["books"], fen, "职工书屋图书架") for day in (20, 26)]


@injection("JET11")
def drink_as_an_advance(book: Year) -> Sequence[Clue]:
    fen = book.rng.randint(5, 90) * 100_00
    lines = [Line(book.account("other_receivables", "0007-沈某某备用金"), fen), Line(book.bank, -fen)]
    return [book.add(Event(book.any_day(), "沈某某", "购烟酒款", lines, {"payment": "transfer"}))]


@injection("JET12")
def seldom_pair(book: Year) -> Sequence[Clue]:
    fen = book.rng.randint(1, 9) * 100_00
    for month in range(1, 12):  # enough vouchers for what is seldom to mean something
        for day in (7, 13, 19):
            bought(
                book, book.day(month, day), SUPPLIERS["sports"], book.rng.randint(30_00, 200_00), f"{month}月棋牌用品"
            )
    lines = [
        Line(book.account("other_payables", "0101-某商店"), fen),
        Line(book.account("culture_sports_expense"), -fen),
    ]
    return [book.add(Event(book.any_day(), "某商店", "调整", lines, {"fund": "retained"}))]


@injection("JET13")
def rare_preparer(book: Year) -> Sequence[Clue]:
    for month in range(1, 12):
        for day in (7, 13, 19):
            bought(
                book, book.day(month, day), SUPPLIERS["sports"], book.rng.randint(30_00, 200_00), f"{month}月棋牌用品"
            )
    event = spending(book)
    event.meta["prepared-by"] = "尤某某"
    return ["尤某某"]


@injection("JET14")
def taken_back_unsaid(book: Year) -> Sequence[Clue]:
    month, fen = book.rng.randint(2, 9), book.rng.randint(300_00, 1900_00)
    event = bought(book, book.day(month, 8), SUPPLIERS["training"], fen)
    back = [Line(line.account, -line.amount_fen) for line in event.lines]
    told = {"fund": "retained", "payment": "transfer"}
    return [event, book.add(Event(book.day(month + 1, 15), SUPPLIERS["training"], "退回", back, told))]


@injection("JET15")
def accrued_at_the_years_end(book: Year) -> Sequence[Clue]:
    fen = book.rng.randint(1, 90) * 100_00
    lines = [
        Line(book.account("culture_sports_expense"), fen),
        Line(book.account("other_payables", "0101-某商店"), -fen),
    ]
    return [book.add(Event(datetime.date(book.year, 12, 31), "某商店", "计提活动费", lines, {"fund": "retained"}))]


@injection("JET16")
def far_above_the_usual(book: Year) -> Sequence[Clue]:
    for month in range(1, 12):
        bought(book, book.day(month, 9), SUPPLIERS["print"], 100_00 + book.rng.randint(0, 900), f"{month}月文印费")
    fen = book.rng.randint(15, 19) * 100_00 + 11
    return [bought(book, book.day(12, 9), SUPPLIERS["print"], fen, "12月文印费")]


@injection("JET17")
def way_of_payment_contradicted(book: Year) -> Sequence[Clue]:
    event = book.rng.choice([e for e in book.events if e.spent_fen and e.moved_fen(book.bank) < 0])
    event.meta["payment"] = "cash"
    return [event]


@injection("JET18")
def till_below_zero(book: Year) -> Sequence[Clue]:
    month = book.rng.choice((3, 7, 11))
    till = book.opening[book.cash] + sum(e.moved_fen(book.cash) for e in book.events if e.date.month <= month)
    day = book.day(month, 15)
    event = bought(book, day, SUPPLIERS["express"], till + book.rng.choice((1, 100_00)))
    event.lines[1] = Line(book.cash, event.lines[1].amount_fen)
    event.meta["payment"] = "cash"
    again = [Line(book.cash, -event.lines[1].amount_fen), Line(book.bank, event.lines[1].amount_fen)]
    told = {"fund": "retained", "payment": "transfer"}
    book.add(Event(book.day(month, 26), names.CASHIER, "提取备用现金", again, told))
    return [day.isoformat()]


@injection("JET20")
def happened_in_another_year(book: Year) -> Sequence[Clue]:
    event = bought(book, book.day(1, 8), SUPPLIERS["office"], 120_00 + book.rng.randint(1, 900))
    event.meta["occurred"] = f"{book.year - 1}-12-{book.rng.randint(20, 31)}"
    return [event]


@injection("JET21")
def document_shared(book: Year) -> Sequence[Clue]:
    events = book.rng.sample([e for e in book.events if e.spent_fen], 2)
    for event in events:
        event.meta["document"] = "documents/发票88.pdf"
    return events


@injection("JET22")
def unknown_payee(book: Year) -> Sequence[Clue]:
    account = book.account("other_operating_expense")
    return [book.spend(book.any_day(), "某某咨询工作室", "咨询", account, book.rng.randint(3, 19) * 97_00)]


@injection("JET23")
def digits_made_up(book: Year) -> Sequence[Clue]:
    account = book.account("union_home_building_expense")
    for number in range(330):
        fen = 900_00 + book.rng.randint(0, 9999) if number % 3 == 0 else int(10 ** book.rng.uniform(3, 6))
        below = f"{account}:{number % 90 + 1:02d}-用品{number % 90 + 1}"
        book.spend(book.any_day(), SUPPLIERS["sports"], f"职工之家用品第{number}批", below, fen)
    return ["首位"]


@injection("JET24", years=FROM_2023)
def meetings_jump(book: Year) -> Sequence[Clue]:
    account = book.account("meeting_expense")
    for month in range(1, 13):
        fen = 1000_00 if month > 1 else 300_00
        other = account if month == 1 else book.account("culture_sports_expense")
        day = days.workday(book.year - 1, month, 12)
        lines = [Line(other, fen), Line(book.bank, -fen)]
        book.older.append(Event(day, SUPPLIERS["hotel"], f"{month}月活动", lines, {"fund": "retained"}))
    more = sum(e.spent_fen for e in book.events)
    book.spend(book.any_day(), SUPPLIERS["hotel"], "工会会议会场租金", account, more, item="会场租赁")
    return ["会议"]


@injection("JET25")
def narration_of_another_time(book: Year) -> Sequence[Clue]:
    event = bought(
        book, book.day(book.rng.randint(8, 11), 9), SUPPLIERS["stadium"], 150_00, f"{book.year}年2月场地租金"
    )
    return [event]
