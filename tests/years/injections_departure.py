"""What a departing chair leaves behind, seen by the departure audit of the whole year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ledger.example import names
from ledger.vouchers import Line
from rules.finding import Kind
from tests.years.book import Built, Event, Year
from tests.years.injecting import FROM_2022, Clue, injection
from tests.years.injections_assets import card
from tests.years.injections_bookkeeping import spending
from tests.years.injections_budget import a_line, changed, spent_on
from tests.years.injections_money import held, lent

LEAVES = Kind.DEPARTURE
CHAIR = names.CHAIR_BEFORE


@injection("DEP01", kind=LEAVES)
def left_without_audit(book: Year) -> Sequence[Clue]:
    chair = next(r for r in book.registers["officers"] if r["post"] == "chair")
    chair["to"] = book.any_day(4, 9).isoformat()
    book.row("officers", post="chair", name=names.CHAIR_AFTER, from_=chair["to"], to="")
    return [CHAIR, chair["to"]]


@injection("DEP02", kind=LEAVES, collection="direct")
def remittance_left_unpaid(book: Year) -> Sequence[Clue]:
    event = book.rng.choice([e for e in book.events if e.narration.startswith("上缴")])
    book.events.remove(event)
    return []


@injection("DEP03", kind=LEAVES)
def advance_left_open(book: Year) -> Sequence[Clue]:
    lent(book, "沈某某", "0007-沈某某备用金", "借支备用金", month=book.rng.randint(2, 11))
    return ["沈某某备用金"]


@injection("DEP04", kind=LEAVES)
def payable_left_open(book: Year) -> Sequence[Clue]:
    held(book, "某单位", "0004-暂收款", "暂收款", month=book.rng.randint(2, 11))
    return ["0004-暂收款"]


@injection("DEP05", kind=LEAVES)
def custody_uncovered(book: Year) -> Sequence[Clue]:
    fen = book.rng.randint(5, 90) * 100_00
    lines = [Line(book.bank, fen), Line(book.account("custody_funds", "01-职工互助保险"), -fen)]
    book.add(Event(book.any_day(), names.EMPLOYER, "代收职工互助保险费", lines, {"payment": "transfer"}))
    return []


@injection("DEP06", kind=LEAVES)
def camera_taken_along(book: Year) -> Sequence[Clue]:
    card(book)["keeper"] = CHAIR
    card(book)["last_counted"] = ""
    return ["台式计算机"]


@injection("DEP07", kind=LEAVES)
def large_undecided_in_term(book: Year) -> Sequence[Clue]:
    book.standard("control.resolution_threshold", "3000")
    account = book.account("publicity_expense")
    fen = 3000_00 + book.rng.randint(0, 5000_00)
    return [book.spend(book.any_day(), names.SUPPLIERS["media"], "宣传画册制作", account, fen, item="画册制作")]


@injection("DEP08", kind=LEAVES, years=FROM_2022)
def close_moves_money(book: Year) -> Sequence[Clue]:
    def tamper(built: Built) -> None:
        last = built.closing[-1]
        surplus = book.account("union_surplus_accumulated")
        built.closing[-1] = replace(last, lines=(*last.lines, Line(surplus, 3_00), Line(book.bank, -3_00)))

    book.tampers.append(tamper)
    return ["3.00"]


@injection("DEP09", kind=LEAVES)
def over_budget_in_term(book: Year) -> Sequence[Clue]:
    entry = a_line(book)
    changed(book, entry, amount_fen=spent_on(book)[entry.account] - book.rng.randint(1, 100_00))
    return [str(book.year)]


@injection("DEP10", kind=LEAVES)
def chair_approves_his_own(book: Year) -> Sequence[Clue]:
    event = spending(book)
    event.meta |= {"handled-by": CHAIR, "approved-by": CHAIR}
    return [event]
