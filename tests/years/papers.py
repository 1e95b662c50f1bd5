"""From events to a finished book: signatures, invoices, lists, and the registers that follow from the vouchers."""

from __future__ import annotations

import datetime
import random
from types import MappingProxyType

from ledger.closing import carry_forward
from ledger.example import names
from ledger.vouchers import Line, Voucher, VoucherNumber
from ledger.writer import CARRY_FORWARD, OPENING
from tests.years import chart, days
from tests.years.book import Built, Event, Row, Year, numbered, yuan

_SYSTEM_OF_2021 = 2022
_TYPE = "数电普票"
_PRIVATE = frozenset({"stock-row"})  # what an event knows that its voucher does not say


def build(book: Year) -> Built:
    """Return the finished book of a year in the making, tampered with as the year asks."""
    events = sorted([*book.older, *book.events], key=lambda e: e.date)
    numbered(events)
    numbers = random.Random(f"{book.seed}/papers")
    registers = {name: [dict(row) for row in rows] for name, rows in book.registers.items()}
    for place, event in enumerate(events, 1):
        _complete(book, event, place, numbers, registers)
    registers["bank"] = [*_bank(book, events), *registers.get("bank", [])]
    registers.setdefault("cash_counts", _cash_counts(book, events))
    vouchers = [
        Voucher(
            e.date,
            e.number,
            e.payee,
            e.narration,
            tuple(e.lines),
            MappingProxyType({k: v for k, v in e.meta.items() if k not in _PRIVATE and v}),
        )
        for e in events
    ]
    if book.opening:
        lines = tuple(Line(account, fen) for account, fen in book.opening.items() if fen)
        first = datetime.date(min([book.year, *(e.date.year for e in book.older)]), 1, 1)
        vouchers.insert(0, Voucher(first, None, "", "期初余额", lines, tags=(OPENING,)))
    built = Built(vouchers, list(book.budgets), registers, [])
    if book.close:
        built.closing = _closing(book, built)
    for tamper in book.tampers:
        tamper(built)
    return built


def _complete(book: Year, event: Event, place: int, numbers: random.Random, registers: dict[str, list[Row]]) -> None:
    told = event.meta
    money = (book.bank, book.cash, chart.custody_bank(book.year))
    papers = 1 + bool(event.item) + bool(event.grants) + ("contract" in told) + ("resolution" in told)
    clock = datetime.time(numbers.randint(9, 16), numbers.randint(0, 59))
    usual = {
        "attachments": str(papers),
        "prepared-by": names.ACCOUNTANT,
        "reviewed-by": names.FINANCE,
        "posted-by": names.BOOKKEEPER,
        **({"cashier": names.CASHIER} if any(line.account in money for line in event.lines) else {}),
        "handled-by": numbers.choice(names.HANDLERS),
        "approved-by": names.CHAIR_BEFORE,
        "entered-at": f"{event.date.isoformat()}T{clock.isoformat()}",
    }
    for key, text in usual.items():
        told.setdefault(key, text)
    if event.grants:
        told.setdefault("list", f"清单-{event.date.year}-{place:04d}")
        registers.setdefault("grants", []).extend({"list": told["list"], **row} for row in event.grants)
    if event.item:
        before = max(datetime.date(event.date.year, 1, 1), days.workday_until(event.date - days.DAY))
        told.setdefault("invoice", f"{event.date:%y}3420000000{place:08d}")
        told.setdefault("invoice-seller", event.payee)
        told.setdefault("invoice-date", min(event.date, before).isoformat())
        told.setdefault("invoice-type", _TYPE)
        if all(row["invoice"] != told["invoice"] for row in registers.setdefault("invoices", [])):
            registers["invoices"].append(_invoice(book, event))
    if "stock-row" in told:
        quantity, cost = told["stock-row"].split("|")
        registers.setdefault("stock", []).append(
            {
                "date": event.date.isoformat(),
                "item": "防暑饮品",
                "quantity": quantity,
                "unit_cost": cost,
                "receiver": names.ASSET_KEEPER,
                "voucher": str(event.number),
            }
        )


def _invoice(book: Year, event: Event) -> Row:
    sellers = sorted(names.SUPPLIERS.values())
    place = sellers.index(event.payee) + 1 if event.payee in sellers else 99
    return {
        "invoice": event.meta["invoice"],
        "type": event.meta["invoice-type"],
        "date": event.meta["invoice-date"],
        "seller": event.meta["invoice-seller"],
        "seller_code": f"91340500EXAMPLE{place:03d}",
        "buyer": book.profile.name,
        "amount": yuan(event.spent_fen or sum(line.amount_fen for line in event.lines if line.amount_fen > 0)),
        "item": event.item,
        "status": "正常",
    }


def _bank(book: Year, events: list[Event]) -> list[Row]:
    rows = []
    for place, account in enumerate((book.bank, chart.custody_bank(book.year)), 1):
        balance = book.opening.get(account, 0)
        for count, event in enumerate((e for e in events if e.moved_fen(account)), 1):
            fen = event.moved_fen(account)
            balance += fen
            rows.append(
                {
                    "account": account,
                    "date": event.date.isoformat(),
                    "serial": f"{event.date:%Y%m%d}{place}{count:05d}",
                    "payer_payee": event.payee,
                    "summary": event.narration,
                    "debit": yuan(-fen) if fen < 0 else "",
                    "credit": yuan(fen) if fen > 0 else "",
                    "balance": yuan(balance),
                }
            )
    return rows


def _cash_counts(book: Year, events: list[Event]) -> list[Row]:
    rows = []
    for month in days.months():
        day = days.workday_until(days.month_end(book.year, month))
        till = book.opening.get(book.cash, 0) + sum(e.moved_fen(book.cash) for e in events if e.date <= day)
        rows.append(
            {
                "date": day.isoformat(),
                "account": book.cash,
                "counted": yuan(till),
                "keeper": names.CASHIER,
                "witness": names.ACCOUNTANT,
            }
        )
    return rows


def _closing(book: Year, built: Built) -> list[Voucher]:
    """Close the years: by the program from 2022 on, by hand before."""
    years = sorted({v.date.year for v in built.vouchers})
    made: list[Voucher] = []
    for year in years:
        if year >= _SYSTEM_OF_2021:
            journal = Built(built.vouchers, [], {}, made).facts(book.profile).journal
            made += carry_forward(journal, year)
        else:
            made += _by_hand(year, built.vouchers)
    return made


def _by_hand(year: int, vouchers: list[Voucher]) -> list[Voucher]:
    sums: dict[str, int] = {}
    for voucher in vouchers:
        for line in voucher.lines:
            if voucher.date.year == year and line.account.startswith(("Income:", "Expenses:")):
                sums[line.account] = sums.get(line.account, 0) + line.amount_fen
    lines = [Line(account, -fen) for account, fen in sorted(sums.items()) if fen]
    if not lines:
        return []
    lines.append(Line(chart.account(year, "surplus"), sum(sums.values())))
    number = VoucherNumber("转", year, 12, 1)
    last = datetime.date(year, 12, 31)
    told = {"attachments": "0", "prepared-by": names.ACCOUNTANT, "reviewed-by": names.FINANCE}
    return [Voucher(last, number, "", "年末结转本年收支", tuple(lines), told, tags=(CARRY_FORWARD,))]
