"""What a clean year rests on: budget with its approvals, contracts, resolutions, quotations, audits, notices."""

from __future__ import annotations

import datetime
from collections import defaultdict
from dataclasses import replace

from ledger.vouchers import BudgetEntry
from tests.years import days
from tests.years.book import Event, Year, yuan

_STEP = 1_000_00
_SEATS = {"committee": 9, "audit_committee": 3, "congress": 60, "higher": 0}


def planning(book: Year) -> None:
    """Add terms, budget and the registers of decisions, audits and publications."""
    _terms(book)
    book.budgets = [*_budget(book), *_revision(book)]
    _decisions(book)
    _audits(book)
    _activities(book)


def resolve(book: Year, event: Event, body: str = "committee") -> None:
    """Give an event a resolution of a day before it that covers its amount."""
    before = days.workday_until(event.date - datetime.timedelta(days=book.rng.randint(2, 6)))
    number = f"工委〔{before.year}〕{40 + len(book.registers.get('resolutions', []))}号"
    event.meta["resolution"] = number
    decide(book, number, before, body, f"同意{event.narration}", yuan(event.spent_fen + _STEP))


def decide(book: Year, number: str, day: datetime.date, body: str, topic: str, amount: str = "") -> None:
    """Add a decision to the register of resolutions, taken by all but one."""
    seats = _SEATS[body]
    book.row(
        "resolutions",
        id=number,
        date=day.isoformat(),
        body=body,
        topic=topic,
        amount=amount,
        present=str(seats - 1) if seats else "",
        members=str(seats) if seats else "",
        approved="yes",
    )


def _terms(book: Year) -> None:
    for event in book.events:
        spent = event.spent_fen
        if spent <= 0 or "Expenses" not in event.lines[0].account:
            continue
        if _reaches(book, "control.quote_threshold", event, spent):
            event.meta["quotes"] = "3"
        if _reaches(book, "control.contract_threshold", event, spent):
            number = f"合同-{book.year}-{len(book.registers.get('contracts', [])) + 1:02d}"
            signed = days.workday_until(event.date - datetime.timedelta(days=3))
            event.meta["contract"] = number
            book.row(
                "contracts",
                contract=number,
                signed=signed.isoformat(),
                party=event.payee,
                topic=event.narration,
                amount=yuan(spent + _STEP),
                from_=signed.isoformat(),
                to=datetime.date(book.year, 12, 31).isoformat(),
            )
        if _reaches(book, "control.resolution_threshold", event, spent):
            resolve(book, event)


def _reaches(book: Year, key: str, event: Event, spent: int) -> bool:
    threshold = book.cap(key, event.date)
    return threshold is not None and spent >= threshold


def statutory(account: str) -> str:
    """Return the statutory account that a local sub-account stands below: local parts have two digits."""
    parts = account.split(":")
    return ":".join(part for part in parts if len(part.split("-")[0]) != 2)


def _budget(book: Year) -> list[BudgetEntry]:
    spent: dict[str, int] = defaultdict(int)
    came: dict[str, int] = defaultdict(int)
    for event in book.events:
        for line in event.lines:
            if line.account.startswith("Expenses:"):
                spent[statutory(line.account)] += line.amount_fen
            elif line.account.startswith("Income:"):
                came[statutory(line.account)] -= line.amount_fen
    plan = {account: -(-fen * 12 // 10 // _STEP) * _STEP for account, fen in spent.items()}
    income = {account: max(fen // 100_00 * 100_00, 1_00) for account, fen in came.items()}
    drawn = sum(plan.values()) - sum(income.values())
    lines = {**plan, **income}
    if drawn > 0:
        lines[book.account("union_surplus")] = drawn
    elif drawn < 0:
        first = book.account("culture_sports_expense")
        lines[first] = lines.get(first, 0) - drawn
    before = book.year - 1
    return [
        BudgetEntry(
            date=datetime.date(book.year, 1, 1),
            year=book.year,
            account=account,
            amount_fen=fen,
            version=0,
            committee=datetime.date(before, 12, 5),
            audit_review=datetime.date(before, 12, 12),
            approved=datetime.date(before, 12, 20),
            reason="年初预算",
        )
        for account, fen in sorted(lines.items())
    ]


def _revision(book: Year) -> list[BudgetEntry]:
    raised = {book.account("training_expense"), book.account("union_surplus")}
    lines = [entry for entry in book.budgets or _budget(book) if entry.account in raised]
    if book.rng.random() < 0.5 or len(lines) < len(raised):
        return []
    day = datetime.date(book.year, 7, 28)
    return [
        replace(
            entry,
            date=day,
            version=1,
            amount_fen=entry.amount_fen + 2 * _STEP,
            committee=datetime.date(book.year, 7, 14),
            audit_review=datetime.date(book.year, 7, 18),
            approved=datetime.date(book.year, 7, 25),
            reason="增加工会干部培训",
        )
        for entry in lines
    ]


def _decisions(book: Year) -> None:
    before = book.year - 1
    decide(book, f"工委〔{before}〕18号", datetime.date(before, 12, 5), "committee", f"通过{book.year}年度经费收支预算")
    reviewed = datetime.date(before, 12, 12)
    decide(book, f"经审〔{before}〕6号", reviewed, "audit_committee", f"审查{book.year}年度经费收支预算")
    approved = datetime.date(before, 12, 20)
    decide(book, f"市工复〔{before}〕112号", approved, "higher", f"批复{book.year}年度经费收支预算")
    congress = book.day(3, 11)
    decide(book, f"代会〔{book.year}〕1号", congress, "congress", f"听取{before}年度经费收支及审查情况报告")
    if any(entry.version for entry in book.budgets):
        july = (
            ("工委", 14, "committee", "通过"),
            ("经审", 18, "audit_committee", "审查"),
            ("市工复", 25, "higher", "批复"),
        )
        for who, day, body, did in july:
            on = datetime.date(book.year, 7, day)
            decide(book, f"{who}〔{book.year}〕2{day}号", on, body, f"{did}{book.year}年度预算调整")


def _audits(book: Year) -> None:
    before = book.year - 1
    for number, kind, month in ((1, "annual", 3), (2, "remittance", 4)):
        book.row(
            "audits",
            id=f"审-{book.year}-{number:02d}",
            kind=kind,
            period_from=f"{before}-01-01",
            period_to=f"{before}-12-31",
            subject=book.profile.name,
            reported_on=book.day(month, 6).isoformat(),
            findings="个别活动签到表不全",
            rectified_on=book.day(month + 2, 10).isoformat(),
        )
    shown = [(book.day(1, 16), "budget", "工会公开栏"), (book.day(3, 27), "final_accounts", "工会公开栏")]
    shown += [(book.day(3, 11), kind, "会员代表大会报告") for kind in ("funds", "audit")]
    shown += [(book.day(month, 15), "funds", "工会公开栏") for month in (4, 7, 10)]
    if any(entry.version for entry in book.budgets):
        shown.append((book.day(7, 30), "budget", "工会公开栏"))
    for day, kind, how in sorted(shown):
        book.row("publications", date=day.isoformat(), kind=kind, audience="全体会员", how=how)
    book.row(
        "employer",
        date=book.day(5, 8).isoformat(),
        member_id=book.members[-1]["member_id"],
        occasion="荣誉疗养",
        amount="500.00",
    )


def _activities(book: Year) -> None:
    plan: dict[str, list[Event]] = defaultdict(list)
    for event in book.events:
        if event.meta.get("activity"):
            plan[event.meta["activity"]].append(event)
    for name, events in plan.items():
        first = events[0]
        book.row(
            "activities",
            activity=name,
            type=first.meta.get("activity-type", "other"),
            month=f"{first.date:%Y-%m}",
            account=first.lines[0].account,
            budget=yuan(sum(e.spent_fen for e in events) + _STEP),
            participants=first.meta.get("participants", ""),
        )
