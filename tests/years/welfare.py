"""What members get in a clean year: festivals, birthdays, weddings, illness, hardship, always below every cap."""

from __future__ import annotations

from ledger.example.names import SUPPLIERS
from tests.years.book import Event, Row, Year, yuan
from tests.years.people import active_members

# Festival, month and day of the hand-out, key of a cap of its own; days before the festival of every year.
FESTIVALS = (
    ("春节", 1, 14, "holiday.spring_festival_cap"),
    ("端午", 5, 22, "holiday.other_festival_cap"),
    ("中秋", 9, 8, "holiday.other_festival_cap"),
    ("国庆", 9, 24, "holiday.national_day_cap"),
)
_LEAST_SHARE = 15  # per cent of the year's retained contributions that festivals may take: below every share in force


def welfare(book: Year) -> None:
    """Add the year's hand-outs, each with its list."""
    _festivals(book)
    _birthdays(book)
    _weddings_and_illness(book)
    _hardship(book)


def grant_rows(event: Event, members: list[Row], occasion: str, fen: int, form: str, key: str = "") -> None:
    """Give an event a list on which members get the same amount."""
    for member in members:
        event.grants.append(
            {
                "date": event.date.isoformat(),
                "member_id": member["member_id"],
                "occasion": occasion,
                "amount": yuan(fen),
                "form": form,
                "signed": "yes",
                "event_key": key or f"{occasion}:{member['member_id']}:{event.date.year}",
            }
        )


def gift(book: Year, member: Row, occasion: str, month: int, fen: int, narration: str, below: str) -> Event:
    """Add a gift in kind for one member on one occasion, and return it."""
    event = book.spend(
        book.day(month, book.rng.randint(5, 24)),
        SUPPLIERS["gift"],
        narration,
        book.account("member_event_expense", below),
        fen,
        item="毛巾被",
        occasion=occasion,
    )
    grant_rows(event, [member], occasion, fen, "goods", f"{occasion}:{member['member_id']}:{book.year}-1")
    return event


def _festivals(book: Year) -> None:
    members = active_members(book)
    retained = -sum(e.moved_fen(book.account("contribution_income")) for e in book.events)
    chosen = [f for f in FESTIVALS if book.rng.random() < 0.7] or [FESTIVALS[0]]
    chosen = chosen[:3]
    limit = retained * _LEAST_SHARE // 100 // len(members)
    for _, month, day, _ in chosen:
        cap = book.cap("holiday.annual_cap", book.day(month, day))
        limit = min(limit, cap if cap is not None else limit)
    for festival, month, day, key in chosen:
        when = book.day(month, day)
        cap = book.cap(key, when)
        most = min(limit // len(chosen), cap if cap is not None else limit)
        fen = book.rng.randint(most // 200, most // 100) * 100
        event = book.spend(
            when,
            SUPPLIERS["grain"],
            f"{festival}会员慰问品采购{len(members)}份",
            book.account("member_event_expense", "01-节日慰问"),
            fen * len(members),
            item="大米、食用油",
            occasion=festival,
            activity=f"{book.year}年{festival}慰问",
            activity_type="welfare",
        )
        grant_rows(event, members, festival, fen, "goods")


def _birthdays(book: Year) -> None:
    by_month: dict[int, list[Row]] = {}
    for member in active_members(book):
        by_month.setdefault(int(member["birth_month"]), []).append(member)
    for month, members in sorted(by_month.items()):
        when = book.day(month, 10)
        cap = book.cap("birthday.cap", when) or 100_00
        fen = cap * book.rng.randint(50, 100) // 10_000 * 100
        event = book.spend(
            when,
            SUPPLIERS["cake"],
            f"{month}月会员生日蛋糕券{len(members)}张",
            book.account("member_event_expense", "02-生日慰问"),
            fen * len(members),
            item="生日蛋糕券",
            occasion="生日",
        )
        grant_rows(event, members, "生日", fen, "voucher")


def _weddings_and_illness(book: Year) -> None:
    members = book.rng.sample(active_members(book), 4)
    for member, (occasion, key, narration, below) in zip(
        members,
        (
            ("结婚", "marriage.cap", "会员结婚慰问品", "03-婚育慰问"),
            ("生育", "birth.cap", "会员生育慰问品", "03-婚育慰问"),
            ("住院", "hospital.cap", "住院会员慰问品", "04-住院慰问"),
            ("亲属去世", "death.kin_cap", "会员父亲去世慰问品", "05-丧葬慰问"),
        ),
        strict=True,
    ):
        month = book.rng.randint(2, 11)
        cap = book.cap(key, book.day(month, 15)) or 300_00
        if book.rng.random() < 0.8:
            gift(book, member, occasion, month, cap * book.rng.randint(50, 100) // 10_000 * 100, narration, below)


def _hardship(book: Year) -> None:
    member = book.rng.choice(active_members(book))
    book.row(
        "hardship",
        file_id="困-001",
        member_id=member["member_id"],
        category="相对困难",
        opened=f"{book.year - 1}-03-01",
        closed="",
    )
    cap = book.cap("hardship.cap", book.day(11, 15)) or 800_00
    fen = cap * book.rng.randint(40, 90) // 10_000 * 100
    event = book.spend(
        book.day(11, book.rng.randint(3, 20)),
        member["name"],
        "困难职工帮扶金",
        book.account("hardship_aid_expense"),
        fen,
        occasion="困难",
    )
    grant_rows(event, [member], "困难", fen, "transfer", f"困难:{member['member_id']}:{book.year}")
