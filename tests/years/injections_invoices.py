"""What is put into invoices and receipts: slips, wrong names, dead or repeated invoices, lists unsigned or short."""

from __future__ import annotations

from collections.abc import Sequence

from ledger.example.names import EMPLOYER
from ledger.vouchers import Line
from tests.years.book import Built, Event, Row, Year, yuan
from tests.years.injecting import Clue, injection


def invoiced(book: Year) -> Event:
    """Return a drawn expenditure with an invoice."""
    return book.rng.choice([e for e in book.events if e.item and len(e.lines) == 2])


def listed(book: Year) -> Event:
    """Return a drawn hand-out in kind or vouchers with a list."""
    return book.rng.choice([e for e in book.events if e.grants and e.grants[0]["form"] != "transfer"])


def registered(book: Year, event: Event, **cells: str) -> None:
    """Change an invoice's row in the register once it is there."""

    def tamper(built: Built) -> None:
        _row(built, event.meta["invoice"]).update(cells)

    book.tampers.append(tamper)


def _row(built: Built, invoice: str) -> Row:
    return next(r for r in built.registers["invoices"] if r["invoice"] == invoice)


@injection("BIL01", collection="direct")
def contribution_without_receipt(book: Year) -> Sequence[Clue]:
    event = book.rng.choice([e for e in book.events if e.narration.startswith("拨缴")])
    for key in ("invoice", "invoice-type", "invoice-date"):
        del event.meta[key]
    return [event]


@injection("BIL02")
def slip_of_a_shop(book: Year) -> Sequence[Clue]:
    event = invoiced(book)
    event.meta["invoice-type"] = "白条"
    return [event]


@injection("BIL03")
def invoice_of_the_employer(book: Year) -> Sequence[Clue]:
    event = invoiced(book)
    registered(book, event, buyer=EMPLOYER)
    return [EMPLOYER, event]


@injection("BIL03")
def booked_above_the_invoice(book: Year) -> Sequence[Clue]:
    event = invoiced(book)
    registered(book, event, amount=yuan(event.spent_fen - 1))
    return [event]


@injection("BIL04")
def goods_unlike_the_seller(book: Year) -> Sequence[Clue]:
    account = book.account("other_operating_expense")
    day = book.any_day()
    return [book.spend(day, "某市名烟名酒店", "购办公用品", account, book.rng.randint(1, 19) * 97_00, item="办公用品")]


@injection("BIL05")
def invoice_of_last_year(book: Year) -> Sequence[Clue]:
    event = invoiced(book)
    event.meta["invoice-date"] = f"{book.year - 1}-{book.rng.randint(1, 12):02d}-11"
    return [event]


@injection("BIL06")
def cancelled_invoice(book: Year) -> Sequence[Clue]:
    event = invoiced(book)
    registered(book, event, status=book.rng.choice(("作废", "红冲")))
    return [event]


@injection("BIL06")
def invoice_used_twice(book: Year) -> Sequence[Clue]:
    first = invoiced(book)
    first.meta["invoice"] = "24340000000000088888"
    told = {k: v for k, v in first.meta.items() if k in ("invoice", "fund", "payment")}
    book.add(Event(book.any_day(), first.payee, first.narration, list(first.lines), told, item=first.item))
    return ["24340000000000088888"]


@injection("BIL07")
def list_unsigned(book: Year) -> Sequence[Clue]:
    event = listed(book)
    book.rng.choice(event.grants)["signed"] = ""
    return [event.date.isoformat()]


@injection("BIL08")
def list_short(book: Year) -> Sequence[Clue]:
    event = listed(book)
    row = book.rng.choice(event.grants)
    row["amount"] = yuan(int(row["amount"].replace(".", "")) - 1)
    return [event]


@injection("BIL09", collection="direct")
def receipt_number_missing(book: Year) -> Sequence[Clue]:
    event = book.rng.choice([e for e in book.events if e.narration.startswith("拨缴")][3:9])
    del event.meta["invoice"]
    return [f"{book.year}"]


@injection("BIL10")
def donation_without_receipt(book: Year) -> Sequence[Clue]:
    fen = book.rng.randint(5, 90) * 100_00
    lines = [Line(book.bank, fen), Line(book.account("other_income"), -fen)]
    event = Event(
        book.any_day(), "某公司", "收到捐赠职工书屋图书款", lines, {"payment": "transfer", "fund": "retained"}
    )
    return [book.add(event)]
