"""What is put into internal control: posts in one hand, audits left out, nothing published, accounts off the books."""

from __future__ import annotations

from collections.abc import Sequence

from ledger.example import names
from tests.years.book import Row, Year
from tests.years.injecting import Clue, injection


def officer(book: Year, post: str) -> Row:
    """Return the first row of a post."""
    return next(r for r in book.registers["officers"] if r["post"] == post)


@injection("CTL03")
def chair_left_without_audit(book: Year) -> Sequence[Clue]:
    chair = officer(book, "chair")
    chair["to"] = book.any_day(3, 10).isoformat()
    book.row("officers", post="chair", name=names.CHAIR_AFTER, from_=chair["to"], to="")
    return [chair["name"], chair["to"]]


@injection("CTL04")
def auditor_keeps_the_books(book: Year) -> Sequence[Clue]:
    post = book.rng.choice(("accountant", "cashier", "finance", "vice_chair", "asset_keeper"))
    auditor = book.rng.choice(names.AUDITORS)
    book.row("officers", post=post, name=auditor, from_=book.any_day(1, 9).isoformat(), to="")
    return [auditor]


@injection("CTL05")
def no_audit_committee(book: Year) -> Sequence[Clue]:
    officers = book.registers["officers"]
    officers[:] = [r for r in officers if not r["post"].startswith("audit")]
    return ["经审会"]


@injection("CTL06")
def nothing_reported_to_the_congress(book: Year) -> Sequence[Clue]:
    shown, decided = book.registers["publications"], book.registers["resolutions"]
    shown[:] = [r for r in shown if "大会" not in r["how"]]
    decided[:] = [r for r in decided if r["body"] != "congress"]
    return [str(book.year)]


@injection("CTL07")
def last_year_not_audited(book: Year) -> Sequence[Clue]:
    audits = book.registers["audits"]
    audits[:] = [r for r in audits if r["kind"] != "annual"]
    return [str(book.year - 1)]


@injection("CTL08")
def not_put_right(book: Year) -> Sequence[Clue]:
    book.standard("audit.rectify_days", "60")
    row = book.rng.choice(book.registers["audits"])
    row["rectified_on"] = ""
    return [row["id"]]


@injection("CTL10")
def seal_and_money_in_one_hand(book: Year) -> Sequence[Clue]:
    keeper = officer(book, "seal_keeper")
    keeper["name"] = officer(book, book.rng.choice(("cashier", "accountant", "finance", "chair")))["name"]
    return [keeper["name"]]


@injection("CTL11")
def account_off_the_books(book: Year) -> Sequence[Clue]:
    hidden = book.account("bank_deposit", "08-食堂户")
    day = book.any_day().isoformat()
    book.row(
        "bank",
        account=hidden,
        date=day,
        serial="S1",
        payer_payee="某人",
        summary="收费",
        debit="",
        credit="0.01",
        balance="0.01",
    )
    return ["08-食堂户"]


@injection("CTL14")
def one_person_pays(book: Year) -> Sequence[Clue]:
    event = book.rng.choice([e for e in book.events if e.spent_fen and e.moved_fen(book.bank) < 0])
    event.meta |= dict.fromkeys(("prepared-by", "approved-by", "cashier"), "尤某某")
    return ["尤某某"]
