"""What is put into receivables, payables and money held for others."""

from __future__ import annotations

from collections.abc import Sequence

from ledger.example import names
from ledger.vouchers import Line
from tests.years.book import Event, Year
from tests.years.days import workday
from tests.years.injecting import FROM_2022, FROM_2023, Clue, injection

_BY_BANK = {"payment": "transfer"}


def lent(
    book: Year, payee: str, below: str, narration: str, *, years_ago: int = 0, month: int = 6, **meta: str
) -> Event:
    """Add a payment to a receivable, of this year or of one before."""
    fen = book.rng.randint(5, 90) * 100_00
    owed = book.account("other_receivables", below)
    day = workday(book.year - years_ago, month, book.rng.randint(3, 20))
    event = Event(day, payee, narration, [Line(owed, fen), Line(book.bank, -fen)], {**_BY_BANK, **meta})
    (book.older if years_ago else book.events).append(event)
    return event


def held(book: Year, payee: str, below: str, narration: str, *, years_ago: int = 0, month: int = 6) -> Event:
    """Add a receipt that is put on a payable, of this year or of one before."""
    fen = book.rng.randint(5, 90) * 100_00
    owed = book.account("other_payables", below)
    day = workday(book.year - years_ago, month, book.rng.randint(3, 20))
    event = Event(day, payee, narration, [Line(book.bank, fen), Line(owed, -fen)], dict(_BY_BANK))
    (book.older if years_ago else book.events).append(event)
    return event


@injection("CUR01", years=FROM_2023)
def receivable_left_for_long(book: Year) -> Sequence[Clue]:
    lent(book, "某商贸公司", "0008-某商贸公司", "预付款", years_ago=1, month=book.rng.randint(1, 10))
    return ["0008-某商贸公司"]


@injection("CUR02")
def advance_across_the_year(book: Year) -> Sequence[Clue]:
    lent(book, "沈某某", "0007-沈某某备用金", "借支备用金", month=book.rng.randint(3, 11))
    return ["沈某某备用金"]


@injection("CUR03", years=FROM_2023)
def written_off_straight(book: Year) -> Sequence[Clue]:
    event = lent(book, "某商贸公司", "0008-某商贸公司", "预付款", years_ago=1)
    owed, fen = event.lines[0].account, event.lines[0].amount_fen
    lines = [Line(book.account("other_expense"), fen), Line(owed, -fen)]
    return [book.add(Event(book.any_day(), "某商贸公司", "核销坏账", lines, {"fund": "retained"}))]


@injection("CUR04")
def employer_holds_money(book: Year) -> Sequence[Clue]:
    lent(book, names.EMPLOYER, f"0006-{names.EMPLOYER}财务科", "周转", month=book.rng.randint(2, 11))
    return ["0006"]


@injection("CUR05", years=FROM_2022)
def expense_parked(book: Year) -> Sequence[Clue]:
    event = lent(book, "某体育用品店", "0005-某体育用品店", "购体育器材", month=book.rng.randint(2, 9))
    event.meta |= {"invoice": "24340000000000099999", "invoice-type": "数电普票"}
    event.item = "体育器材"
    return ["0005-某体育用品店"]


@injection("CUR06", years=FROM_2022)
def income_parked(book: Year) -> Sequence[Clue]:
    held(book, "某餐饮公司", "0004-暂存款", "收场地租金", month=book.rng.randint(1, 9))
    return ["0004-暂存款"]


@injection("CUR07")
def custody_money_in_the_own_account(book: Year) -> Sequence[Clue]:
    fen = book.rng.randint(5, 90) * 100_00
    lines = [Line(book.bank, fen), Line(book.account("custody_funds", "01-职工互助保险"), -fen)]
    return [
        book.add(Event(book.any_day(), names.EMPLOYER, "代收职工互助保险费", lines, {**_BY_BANK, "fund": "custody"}))
    ]


@injection("CUR08")
def premiums_as_income(book: Year) -> Sequence[Clue]:
    fen = book.rng.randint(5, 90) * 100_00
    lines = [Line(book.bank, fen), Line(book.account("other_income"), -fen)]
    return [book.add(Event(book.any_day(), "会员", "收职工缴纳安康保险费", lines, dict(_BY_BANK)))]


@injection("CUR09")
def club_paid_in_one_sum(book: Year) -> Sequence[Clue]:
    account = book.account("culture_sports_expense")
    fen = book.rng.randint(5, 18) * 100_00
    book.spend(book.any_day(), "羽毛球协会", "拨付活动经费", account, fen)
    return ["羽毛球协会"]


@injection("CUR11")
def deposit_not_returned(book: Year) -> Sequence[Clue]:
    book.row(
        "contracts",
        contract="合-押",
        signed=f"{book.year}-01-06",
        party="某体育馆",
        topic="租场地",
        amount="",
        from_=f"{book.year}-01-06",
        to=f"{book.year}-{book.rng.randint(5, 11):02d}-30",
    )
    lent(book, "某体育馆", "0003-某体育馆押金", "场地押金", month=2, contract="合-押")
    return ["0003-某体育馆押金"]


@injection("CUR12", years=range(2019, 2027))
def withheld_tax_unpaid(book: Year) -> Sequence[Clue]:
    fen = book.rng.randint(10, 90) * 100
    lines = [
        Line(book.account("training_expense"), fen),
        Line(book.account("other_payables", "0009-代扣个人所得税"), -fen),
    ]
    book.add(Event(book.any_day(1, 9), "讲师", "讲课费扣税", lines, {"fund": "retained"}))
    return ["代扣个人所得税"]


@injection("CUR13")
def no_sub_account(book: Year) -> Sequence[Clue]:
    fen = book.rng.randint(5, 90) * 100_00
    owed = book.account("other_receivables")
    day = book.any_day(1, 9)
    event = book.add(Event(day, "沈某某", "借支", [Line(owed, fen), Line(book.bank, -fen)], dict(_BY_BANK)))
    book.add(Event(book.day(11, 6), "沈某某", "归还借支", [Line(book.bank, fen), Line(owed, -fen)], dict(_BY_BANK)))
    return [event]


@injection("JET19", years=FROM_2023)
def old_loan_from_new(book: Year) -> Sequence[Clue]:
    first = lent(book, "沈某某", "0007-沈某某备用金", "借支备用金", years_ago=1, month=3)
    owed, fen = first.lines[0].account, first.lines[0].amount_fen
    back = Event(workday(book.year - 1, 12, 28), "沈某某", "归还备用金", [Line(book.bank, fen), Line(owed, -fen)])
    book.older.append(back)
    again = [Line(owed, fen), Line(book.bank, -fen)]
    book.add(Event(book.day(1, book.rng.randint(4, 20)), "沈某某", "借支备用金", again, dict(_BY_BANK)))
    return ["沈某某备用金"]
