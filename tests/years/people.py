"""Members, wages, dues and officers of a clean year, every figure whole so that no rounding can be argued about."""

from __future__ import annotations

from types import MappingProxyType

from ledger.example import names
from tests.years import days
from tests.years.book import Row, Year, yuan

OFFICERS = MappingProxyType(
    {
        "chair": names.CHAIR_BEFORE,
        "vice_chair": names.VICE_CHAIR,
        "finance": names.FINANCE,
        "accountant": names.ACCOUNTANT,
        "cashier": names.CASHIER,
        "audit_chair": names.AUDITORS[0],
        "asset_keeper": names.ASSET_KEEPER,
        "seal_keeper": names.SEAL_KEEPER,
    }
)
PAYDAY = 20


def people(book: Year) -> None:
    """Draw members, officers, wages and the dues of every member for every month."""
    _members(book)
    _officers(book)
    active = [m for m in book.members if m["status"] == "active"]
    base = sum(_fen(m) for m in active)
    others = book.rng.randint(0, 3)
    for month in range(13):
        of = days.name(book.year, month)
        total = len(active) * book.rng.randint(70, 110) * 100_00
        book.row(
            "payroll",
            month=of,
            category="在编",
            headcount=str(len(active)),
            total_wages=yuan(max(total, base)),
            dues_base=yuan(base),
        )
        if others:
            wages = others * book.rng.randint(40, 60) * 100_00
            book.row("payroll", month=of, category="派遣", headcount=str(others), total_wages=yuan(wages), dues_base="")
    for month in days.months():
        paid_on = book.day(month, PAYDAY).isoformat()
        for member in active:
            of = days.name(book.year, month)
            book.row("dues", month=of, member_id=member["member_id"], paid=yuan(_dues(member)), paid_on=paid_on)


def active_members(book: Year) -> list[Row]:
    """Return the members who are active all year, in order of number."""
    return [m for m in book.members if m["status"] == "active"]


def _members(book: Year) -> None:
    count = book.rng.randint(11, 16)
    for number in range(1, count + 2):
        retired = number > count
        book.members.append(
            {
                "member_id": f"M{number:03d}",
                "name": f"会员{number:03d}",
                "department": book.rng.choice(("内科", "外科", "护理部", "行政后勤")),
                "status": "retired" if retired else "active",
                "joined": f"{book.rng.randint(2005, book.year - 2)}-0{book.rng.randint(1, 9)}-01",
                "left": f"{book.year - 1}-06-30" if retired else "",
                "birth_month": str(book.rng.randint(1, 12)),
                "dues_base": yuan(book.rng.randint(300, 600) * 10_00),
            }
        )
    book.registers["members"] = book.members


def _officers(book: Year) -> None:
    began = f"{book.year - 1}-01-05"
    for post, name in OFFICERS.items():
        book.row("officers", post=post, name=name, from_=began, to="")
    book.row("officers", post="accountant", name=names.BOOKKEEPER, from_=began, to="")
    for name in names.AUDITORS[1:]:
        book.row("officers", post="audit_member", name=name, from_=began, to="")


def _fen(member: Row) -> int:
    return int(member["dues_base"].replace(".", ""))


def _dues(member: Row) -> int:
    return _fen(member) * 5 // 1000
