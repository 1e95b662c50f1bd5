"""What is put into income: contributions short, late or misbooked, dues, what belongs to the union above."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import replace

from ledger.example import names
from ledger.vouchers import Line
from tests.years import days
from tests.years.book import Event, Row, Year, yuan
from tests.years.injecting import FROM_2022, Clue, injection

_TOLD = {"fund": "retained", "payment": "transfer"}


def receipts(book: Year) -> list[Event]:
    """Return the receipts of the months of wages of this year, oldest first."""
    income = book.account("contribution_income")
    return [e for e in book.events if e.moved_fen(income) and e.meta["month-of"].startswith(str(book.year))]


def scaled(event: Event, keep: int, of: int) -> None:
    """Leave of every line of an event only a part, so that it still balances."""
    parts = [line.amount_fen * keep // of for line in event.lines[1:]]
    event.lines[1:] = [Line(line.account, fen, line.metadata) for line, fen in zip(event.lines[1:], parts, strict=True)]
    event.lines[0] = Line(event.lines[0].account, -sum(parts), event.lines[0].metadata)


@injection("INC01")
def contribution_cut(book: Year) -> Sequence[Clue]:
    event = book.rng.choice(receipts(book))
    scaled(event, book.rng.randint(10, 95), 100)
    return [event.meta["month-of"]]


@injection("INC01")
def contribution_missing(book: Year) -> Sequence[Clue]:
    event = book.rng.choice(receipts(book))
    book.events.remove(event)
    return [event.meta["month-of"]]


@injection("INC02", collection="direct")
def contribution_late(book: Year) -> Sequence[Clue]:
    event = book.rng.choice(receipts(book)[:9])
    event.date = book.day(event.date.month + 1, book.rng.randint(2, 26))
    return [event.meta["month-of"]]


@injection("INC03")
def wages_of_some_only(book: Year) -> Sequence[Clue]:
    month = days.name(book.year, book.rng.randint(1, 10))
    wages = book.rng.randint(20, 60) * 1000_00
    book.row("payroll", month=month, category="合同", headcount="5", total_wages=yuan(wages), dues_base="")
    return [month]


@injection("INC04")
def contribution_as_subsidy(book: Year) -> Sequence[Clue]:
    fen = book.rng.randint(500, 9000) * 100
    lines = [Line(book.bank, fen), Line(book.account("employer_subsidy_income"), -fen)]
    return [book.add(Event(book.any_day(), names.EMPLOYER, "拨缴一季度款项", lines, _TOLD))]


@injection("INC05")
def dues_short(book: Year) -> Sequence[Clue]:
    row = book.rng.choice(book.registers["dues"])
    row["paid"] = yuan(int(row["paid"].replace(".", "")) // 2)
    return [row["month"], row["member_id"]]


@injection("INC05")
def dues_not_booked(book: Year) -> Sequence[Clue]:
    event = book.rng.choice([e for e in book.events if e.moved_fen(book.account("dues_income"))])
    scaled(event, 1, 2)
    return [event.meta["month-of"], "booked"]


@injection("INC06")
def dues_at_a_flat_amount(book: Year) -> Sequence[Clue]:
    for row in book.registers["dues"]:
        row["paid"] = "10.00"
    return []


@injection("INC07")
def dues_paid_out_of_funds(book: Year) -> Sequence[Clue]:
    fen = book.rng.randint(100, 900) * 100
    account = book.account("other_expense")
    return [book.spend(book.any_day(), names.EMPLOYER, "代会员缴纳会费", account, fen)]


@injection("INC08")
def dues_remitted_upward(book: Year) -> Sequence[Clue]:
    fen = book.rng.randint(100, 900) * 100
    lines = [Line(book.account("dues_income"), fen), Line(book.bank, -fen)]
    return [book.add(Event(book.any_day(), names.HIGHER_UNION, "上缴会费", lines, _TOLD))]


@injection("INC09", collection="tax")
def return_parked(book: Year) -> Sequence[Clue]:
    fen = book.rng.randint(500, 9000) * 100
    parked = book.account("other_payables", "01-待处理返拨")
    month = book.rng.randint(1, 9)
    lines = [Line(book.bank, fen), Line(parked, -fen)]
    came = book.add(Event(book.day(month, 10), names.HIGHER_UNION, "返拨工会经费", lines, _TOLD))
    turned = [Line(parked, fen), Line(book.account("contribution_income"), -fen)]
    day = book.day(month + book.rng.randint(1, 3), 6)
    book.add(Event(day, names.HIGHER_UNION, "转拨缴经费收入", turned, {"fund": "retained"}))
    return [came]


@injection("INC10")
def accrued_in_the_year(book: Year) -> Sequence[Clue]:
    fen = book.rng.randint(500, 9000) * 100
    lines = [
        Line(book.account("contribution_due_from_higher_union"), fen),
        Line(book.account("contribution_income"), -fen),
    ]
    return [book.add(Event(book.any_day(1, 11), names.HIGHER_UNION, "计提返拨", lines, {"fund": "retained"}))]


@injection("INC11")
def remittance_as_expense(book: Year) -> Sequence[Clue]:
    fen = book.rng.randint(500, 9000) * 100
    account = book.account("other_expense")
    return [book.spend(book.any_day(), names.HIGHER_UNION, "上缴一季度工会经费", account, fen)]


@injection("INC12", collection="direct")
def contribution_whole_to_income(book: Year) -> Sequence[Clue]:
    event = book.rng.choice(receipts(book)[:10])
    whole = sum(line.amount_fen for line in event.lines[1:])
    event.lines[1:] = [Line(book.account("contribution_income"), whole)]
    month = event.meta["month-of"]
    paid = [e for e in book.events if e.meta.get("month-of") == month and e.lines[0].account.startswith("Liabilities")]
    for one in paid:
        book.events.remove(one)
    return [month]


@injection("INC13", collection="direct")
def remittance_left_for_long(book: Year) -> Sequence[Clue]:
    fen = book.rng.randint(500, 9000) * 100
    owed = book.account("due_to_higher_union", "02-以前年度欠缴")
    book.standard("arrears.age_months", "6")
    book.opening[owed] = -fen
    book.opening[book.bank] += fen
    for event in [e for e in book.events if e.narration.startswith("上缴")]:
        book.events.remove(event)
    return []


@injection("INC14")
def founding_money_as_income(book: Year) -> Sequence[Clue]:
    book.profile = replace(book.profile, established=datetime.date(book.year, 3, 1))
    fen = book.rng.randint(500, 9000) * 100
    lines = [Line(book.bank, fen), Line(book.account("contribution_income"), -fen)]
    told = {**_TOLD, "month-of": days.name(book.year, 0)}
    return [book.add(Event(book.day(book.rng.randint(1, 2), 12), names.EMPLOYER, "拨缴工会经费", lines, told))]


def bank_line(book: Year, month: int, payee: str, summary: str, *, credit: int = 0, debit: int = 0) -> Row:
    """Add a line to the bank statement that the books do not have."""
    return book.row(
        "bank",
        account=book.bank,
        date=book.day(month, 15).isoformat(),
        serial=f"{book.year}{month:02d}99999",
        payer_payee=payee,
        summary=summary,
        debit=yuan(debit) if debit else "",
        credit=yuan(credit) if credit else "",
        balance="",
    )


@injection("INC08")
def dues_remitted_as_expense(book: Year) -> Sequence[Clue]:
    fen = book.rng.randint(100, 900) * 100
    return [book.spend(book.any_day(), names.HIGHER_UNION, "上缴会费", book.account("other_expense"), fen)]


@injection("INC15", years=range(2024, 2026), collection="direct")
def small_union_return_never_came(book: Year) -> Sequence[Clue]:
    own = book.rng.randint(100, 500) * 100
    lines = [Line(book.bank, own * 2), Line(book.account("contribution_income"), -own)]
    lines.append(Line(book.account("due_to_higher_union", "01-应上缴经费"), -own))
    day = days.workday(book.year - 1, book.rng.randint(2, 11), 9)
    book.older.append(Event(day, names.EMPLOYER, "拨缴工会经费", lines, {**_TOLD, "month-of": f"{day:%Y-%m}"}))
    return [str(book.year - 1)]


@injection("INC15")
def small_union_return_given_away(book: Year) -> Sequence[Clue]:
    fen = book.rng.randint(500, 3000) * 100
    account = book.account("other_expense")
    return [book.spend(book.any_day(), names.EMPLOYER, "转付小微企业工会经费返还款", account, fen)]


@injection("INC17")
def rent_parked(book: Year) -> Sequence[Clue]:
    fen = book.rng.randint(5, 90) * 100_00
    lines = [Line(book.bank, fen), Line(book.account("other_payables", "0004-某餐饮公司"), -fen)]
    return [book.add(Event(book.any_day(), "某餐饮公司", "收场地出租租金", lines, _TOLD))]


@injection("INC17")
def rent_at_the_bank_only(book: Year) -> Sequence[Clue]:
    bank_line(book, book.rng.randint(2, 11), "某餐饮公司", "场地租金", credit=book.rng.randint(500, 3000) * 100)
    return ["场地租金"]


@injection("INC16")
def interest_not_booked(book: Year) -> Sequence[Clue]:
    interest = book.account("other_income", "01-利息收入")
    event = book.rng.choice([e for e in book.events if e.moved_fen(interest)][:3])
    book.events.remove(event)
    bank_line(book, event.date.month, names.BANK, "存款利息", credit=-event.moved_fen(interest))
    return []


@injection("INC18", years=FROM_2022)
def earmarked_income_without_project(book: Year) -> Sequence[Clue]:
    fen = book.rng.randint(500, 9000) * 100
    lines = [Line(book.bank, fen), Line(book.account("earmarked_transfer_subsidy_income"), -fen)]
    told = {"fund": "earmarked", "payment": "transfer"}
    return [book.add(Event(book.any_day(), names.HIGHER_UNION, "困难职工帮扶专项补助", lines, told))]


@injection("INC19")
def money_passed_through(book: Year) -> Sequence[Clue]:
    fen = book.rng.randint(30, 90) * 1000_00
    month = book.rng.randint(2, 9)
    lines = [Line(book.bank, fen), Line(book.account("employer_subsidy_income"), -fen)]
    came = book.add(Event(book.day(month, 8), names.EMPLOYER, "行政补助", lines, _TOLD))
    book.spend(book.day(month, 12), "某市商贸有限公司", "支付代垫款项", book.account("other_expense"), fen)
    return [came]


@injection("INC20", years=FROM_2022)
def earmarked_subsidy_without_project(book: Year) -> Sequence[Clue]:
    return earmarked_income_without_project(book)


@injection("REM01", collection="direct")
def remitted_to_another(book: Year) -> Sequence[Clue]:
    event = book.rng.choice([e for e in book.events if e.narration.startswith("上缴")])
    event.payee = "某商贸公司"
    return [event]


@injection("CUR10", collection="direct")
def remittance_turned_into_income(book: Year) -> Sequence[Clue]:
    event = book.rng.choice([e for e in book.events if e.narration.startswith("上缴")])
    fen = event.lines[0].amount_fen // book.rng.randint(2, 5)
    event.lines[:] = [
        Line(event.lines[0].account, event.lines[0].amount_fen - fen),
        Line(book.bank, fen - event.lines[0].amount_fen),
    ]
    lines = [Line(event.lines[0].account, fen), Line(book.account("other_income"), -fen)]
    return [book.add(Event(book.day(event.date.month, 24), "", "清理往来", lines, {"fund": "retained"}))]
