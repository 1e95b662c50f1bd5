"""What is put into the bookkeeping itself: numbers, balance, signatures, attachments, closing, statements."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ledger.example import names
from ledger.vouchers import Line, Voucher
from tests.years.book import Built, Event, Year, yuan
from tests.years.injecting import FROM_2022, Clue, injection


def spending(book: Year) -> Event:
    """Return a drawn expenditure of the year."""
    return book.rng.choice([e for e in book.events if e.spent_fen and len(e.lines) == 2])


def swap(built: Built, old: Voucher, new: Voucher) -> None:
    """Put one voucher of a finished book in the place of another."""
    built.vouchers[built.vouchers.index(old)] = new


@injection("ACC01")
def number_missing(book: Year) -> Sequence[Clue]:
    month, place = book.rng.randint(1, 12), book.rng.randint(2, 4)

    def tamper(built: Built) -> None:
        for voucher in list(built.vouchers):
            number = voucher.number
            if number and number.month == month and number.number >= place:
                swap(built, voucher, replace(voucher, number=number._replace(number=number.number + 1)))

    book.tampers.append(tamper)
    return [f"{book.year}-{month:02d}"]


@injection("ACC01")
def number_twice(book: Year) -> Sequence[Clue]:
    month = book.rng.randint(1, 12)

    def tamper(built: Built) -> None:
        own = [v for v in built.vouchers if v.number and v.number.month == month]
        swap(built, own[-1], replace(own[-1], number=own[-2].number))

    book.tampers.append(tamper)
    return [f"{book.year}-{month:02d}"]


@injection("ACC02")
def out_of_balance(book: Year) -> Sequence[Clue]:
    event = spending(book)
    first = event.lines[0]

    def tamper(built: Built) -> None:
        voucher = next(v for v in built.vouchers if v.number == event.number)
        more = Line(first.account, first.amount_fen + 1)
        swap(built, voucher, replace(voucher, lines=(more, *voucher.lines[1:])))

    book.tampers.append(tamper)
    return [event]


@injection("ACC03")
def one_person_does_all(book: Year) -> Sequence[Clue]:
    event = spending(book)
    event.meta |= dict.fromkeys(("prepared-by", "reviewed-by", "posted-by"), names.ACCOUNTANT)
    return [event]


@injection("ACC04")
def cashier_reviews(book: Year) -> Sequence[Clue]:
    event = spending(book)
    event.meta |= {"reviewed-by": names.CASHIER, "cashier": names.CASHIER}
    return [event]


@injection("ACC04")
def cashier_is_accountant(book: Year) -> Sequence[Clue]:
    book.row("officers", post="accountant", name=names.CASHIER, from_=f"{book.year}-02-01", to="")
    return [names.CASHIER]


@injection("ACC05")
def no_attachment(book: Year) -> Sequence[Clue]:
    event = spending(book)
    event.meta["attachments"] = "0"
    return [event]


@injection("ACC06")
def vague_words(book: Year) -> Sequence[Clue]:
    event = spending(book)
    event.narration = book.rng.choice(("报销", "支付费用", "活动费"))
    return [event]


@injection("ACC07")
def account_of_its_own(book: Year) -> Sequence[Clue]:
    event = spending(book)
    event.lines[0] = Line("Expenses:599-福利支出", event.lines[0].amount_fen)
    return ["599-福利支出"]


@injection("ACC08", years=FROM_2022)
def booked_long_after(book: Year) -> Sequence[Clue]:
    event = book.rng.choice([e for e in book.events if e.spent_fen and e.date.month > 5])
    event.meta["occurred"] = f"{book.year}-{event.date.month - book.rng.randint(3, 4):02d}-11"
    return [event]


@injection("ACC09")
def expense_lowered_without_money(book: Year) -> Sequence[Clue]:
    fen = book.rng.randint(1, 9) * 100_00
    owed = book.account("other_payables", "0101-某商店")
    lines = [Line(owed, fen), Line(book.account("culture_sports_expense"), -fen)]
    return [book.add(Event(book.any_day(), "某商店", "调整活动支出", lines, {"fund": "retained"}))]


@injection("ACC10")
def months_booked_at_once(book: Year) -> Sequence[Clue]:
    month = book.rng.randint(2, 8)
    for event in book.events:
        if event.date.month == month:
            event.meta["entered-at"] = f"{book.day(month + 2, 12)}T10:00:00"
    return [f"{month}月"]


@injection("ACC13", years=FROM_2022)
def balance_unlike_the_bank(book: Year) -> Sequence[Clue]:
    event = spending(book)

    def tamper(built: Built) -> None:
        rows = [r for r in built.registers["bank"] if r["account"] == book.bank]
        late = [r for r in rows if r["date"] >= event.date.isoformat()]
        for row in late:
            row["balance"] = yuan(int(row["balance"].replace(".", "")) - 77_00)

    book.tampers.append(tamper)
    return []


@injection("ACC14")
def cash_above_the_limit(book: Year) -> Sequence[Clue]:
    book.standard("cash.holding_limit", "2000")
    drawn = 2000_00 + book.rng.randint(1, 900_00)
    told = {"fund": "retained", "payment": "transfer"}
    month = book.rng.choice((3, 7, 11))
    lines = [Line(book.cash, drawn), Line(book.bank, -drawn)]
    day = book.day(month, 8)
    book.add(Event(day, names.CASHIER, "提取备用现金", lines, told))
    back = [Line(line.account, -line.amount_fen) for line in lines]
    book.add(Event(book.day(month, 22), names.CASHIER, "交存多余现金", back, told))
    return [str(book.year)]


@injection("ACC14")
def cash_short_at_the_count(book: Year) -> Sequence[Clue]:
    month = book.rng.randint(1, 12)

    def tamper(built: Built) -> None:
        row = built.registers["cash_counts"][month - 1]
        row["counted"] = yuan(int(row["counted"].replace(".", "")) - 50_00)

    book.tampers.append(tamper)
    return ["50.00"]


@injection("ACC17", years=FROM_2022)
def earmarked_without_project(book: Year) -> Sequence[Clue]:
    event = spending(book)
    event.meta["fund"] = "earmarked"
    return [event]


@injection("ACC19")
def reimbursed_twice(book: Year) -> Sequence[Clue]:
    first = book.rng.choice([e for e in book.events if e.item and len(e.lines) == 2])
    first.meta["invoice"] = "24340000000000077777"
    told = {key: first.meta[key] for key in ("invoice", "fund", "payment")}
    return [first, book.add(Event(book.any_day(), first.payee, first.narration, first.lines, told, item=first.item))]


@injection("ACC20")
def employers_own_account_used(book: Year) -> Sequence[Clue]:
    event = spending(book)
    foreign = book.account("bank_deposit", f"09-{names.EMPLOYER}财务科")
    event.lines[1] = Line(foreign, event.lines[1].amount_fen)
    return ["财务科"]


@injection("ACC22", years=FROM_2022)
def one_scan_for_two(book: Year) -> Sequence[Clue]:
    events = book.rng.sample([e for e in book.events if e.spent_fen], 2)
    for event in events:
        event.meta["document"] = "documents/签到表.pdf"
    book.tampers.append(lambda built: built.documents.add("documents/签到表.pdf"))
    return events


@injection("ACC15")
def many_payments_in_one(book: Year) -> Sequence[Clue]:
    event = book.rng.choice([e for e in book.events if e.moved_fen(book.cash) < 0 and e.spent_fen])
    event.narration = "本月零星支出汇总"
    return [event]


@injection("ACC16")
def payable_on_the_wrong_side(book: Year) -> Sequence[Clue]:
    fen = book.rng.randint(1, 90) * 100_00
    lines = [Line(book.account("other_payables", "0101-某商店"), fen), Line(book.bank, -fen)]
    book.add(Event(book.any_day(), "某商店", "退还暂收款", lines, {"payment": "transfer"}))
    return ["0101-某商店"]


@injection("ACC11", years=FROM_2022)
def close_short_by_a_fen(book: Year) -> Sequence[Clue]:
    def tamper(built: Built) -> None:
        place, voucher = next((n, v) for n, v in enumerate(built.closing) if v.lines[0].account.startswith("Expenses"))
        first, last = voucher.lines[0], voucher.lines[-1]
        lines = (replace(first, amount_fen=first.amount_fen + 1), *voucher.lines[1:-1])
        built.closing[place] = replace(voucher, lines=(*lines, replace(last, amount_fen=last.amount_fen - 1)))

    book.tampers.append(tamper)
    return [str(book.year)]


@injection("ACC11")
def opening_twice(book: Year) -> Sequence[Clue]:
    def tamper(built: Built) -> None:
        first = next(v for v in built.vouchers if "opening" in v.tags)
        less = tuple(replace(line, amount_fen=line.amount_fen // 100) for line in first.lines)
        rest = sum(line.amount_fen for line in less)
        less = (replace(less[0], amount_fen=less[0].amount_fen - rest), *less[1:])
        built.vouchers.append(replace(first, lines=less))

    book.tampers.append(tamper)
    return ["opening"]


@injection("ACC18", years=FROM_2022)
def reserve_fund_kept(book: Year) -> Sequence[Clue]:
    fen = book.rng.randint(1, 90_000_00)
    book.opening["Equity:322-后备金"] = -fen
    book.opening[book.bank] += fen
    return ["322-后备金"]


@injection("STM01", years=FROM_2022)
def asset_without_fund(book: Year) -> Sequence[Clue]:
    fen = book.rng.randint(1000, 9000) * 100
    lines = [Line(book.account("fixed_assets", "01-通用设备"), fen), Line(book.bank, -fen)]
    book.add(Event(book.any_day(), names.SUPPLIERS["computer"], "购置打印机", lines, {"payment": "transfer"}))
    return [f"{book.year}-12-31"]


@injection("STM02", years=FROM_2022)
def funds_without_money(book: Year) -> Sequence[Clue]:
    fen = book.rng.randint(1000, 9000) * 100
    lines = [Line(book.account("investment", "01-国债"), fen), Line(book.bank, -fen)]
    book.add(Event(book.any_day(), "某银行", "购入国债", lines, {"payment": "transfer"}))
    return []


@injection("STM03", years=FROM_2022)
def spent_straight_from_surplus(book: Year) -> Sequence[Clue]:
    event = spending(book)
    event.lines[0] = Line(book.account("union_surplus_accumulated"), event.lines[0].amount_fen)
    return [str(book.year)]
