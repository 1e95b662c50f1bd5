"""Income of a clean year: contributions on the month's wages, what goes on to the union above, dues, interest."""

from __future__ import annotations

from decimal import Decimal

from ledger.example import names
from ledger.money import round_half_up
from ledger.vouchers import Line
from tests.years import days
from tests.years.book import Event, Year
from tests.years.people import PAYDAY

_DIRECT = "direct"


def income(book: Year) -> None:
    """Add the year's income and what is passed upward."""
    for month in days.months():
        _contribution(book, month)
        _dues(book, month)
    for month in (3, 6, 9, 12):
        fen = book.rng.randint(2_000, 9_000)
        interest = [Line(book.bank, fen), Line(book.account("other_income", "01-利息收入"), -fen)]
        told = {"fund": "retained", "payment": "transfer"}
        book.add(Event(book.day(month, 21), names.BANK, f"第{month // 3}季度存款利息", interest, told))


def contribution_fen(book: Year, month: str) -> tuple[int, int]:
    """Return what is due on a month's wages in fen: the retained part, and the part of the unions above."""
    wages = sum(int(r["total_wages"].replace(".", "")) for r in book.registers["payroll"] if r["month"] == month)
    year, number = map(int, month.split("-"))
    day = days.month_end(year, number)
    due = round_half_up(Decimal(wages) * book.law.value("contribution.rate", day, book.profile).number)
    share = book.law.value("contribution.retained_share", day, book.profile).number
    own = round_half_up(Decimal(due) * share)
    return own, due - own


def _contribution(book: Year, month: int) -> None:
    of = days.name(book.year, month - 1)
    own, upward = contribution_fen(book, of)
    shown = f"{int(of[-2:])}月"
    told = {"fund": "retained", "payment": "transfer", "month-of": of}
    income = book.account("contribution_income")
    came = book.day(month, book.rng.randint(5, 9))
    receipt = {"invoice": f"（{book.year}）{month:08d}", "invoice-type": "财政票据", "invoice-date": came.isoformat()}
    if book.profile.collection != _DIRECT:
        lines = [Line(book.bank, own), Line(income, -own)]
        book.add(Event(came, names.HIGHER_UNION, f"收到返拨{shown}工会经费", lines, told))
        return
    due_to = book.account("due_to_higher_union", "01-应上缴经费")
    lines = [Line(book.bank, own + upward), Line(income, -own), Line(due_to, -upward)]
    book.add(Event(came, names.EMPLOYER, f"拨缴{shown}工会经费", lines, {**told, **receipt}))
    paid = [Line(due_to, upward), Line(book.bank, -upward)]
    when = book.day(month, 18)
    book.add(Event(when, names.HIGHER_UNION, f"上缴{shown}工会经费", paid, {"payment": "transfer", "month-of": of}))


def _dues(book: Year, month: int) -> None:
    of = days.name(book.year, month)
    fen = sum(int(r["paid"].replace(".", "")) for r in book.registers["dues"] if r["month"] == of)
    lines = [Line(book.bank, fen), Line(book.account("dues_income"), -fen)]
    told = {"fund": "dues", "payment": "transfer", "month-of": of}
    book.add(Event(book.day(month, PAYDAY), names.EMPLOYER, f"代扣{month}月会员会费", lines, told))


def opening(book: Year) -> None:
    """Set the opening balances: money, custody, the assets of earlier years, and the funds that follow from them."""
    money = book.rng.randint(30_000, 90_000) * 100
    held = book.rng.randint(5, 20) * 100_00
    till = book.rng.randint(100, 900) * 100
    book.opening = {
        book.bank: money,
        book.account("bank_deposit", "02-代管经费户"): held,
        book.cash: till,
        book.account("custody_funds", "01-职工互助保险"): -held,
        book.account("union_surplus_accumulated"): -(money + till),
    }
