"""What is put into the budget: lines missing or too small, steps left out, a deficit, wrong accounts, standards."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import replace

from ledger.example import names
from ledger.vouchers import BudgetEntry, Line
from tests.years import days
from tests.years.book import Event, Year
from tests.years.injecting import Clue, injection
from tests.years.planning import statutory


def spent_on(book: Year) -> dict[str, int]:
    """Return what was spent on every account that a budget line may stand on, in fen."""
    sums: dict[str, int] = {}
    for event in book.events:
        for line in event.lines:
            if line.account.startswith("Expenses:"):
                key = statutory(line.account)
                sums[key] = sums.get(key, 0) + line.amount_fen
    return sums


def a_line(book: Year) -> BudgetEntry:
    """Return a drawn line of expenditure of the adopted budget that no revision touches."""
    revised = {entry.account for entry in book.budgets if entry.version}
    spent = spent_on(book)
    lines = [e for e in book.budgets if spent.get(e.account, 0) > 200_00 and e.account not in revised]
    return book.rng.choice(lines)


def changed(book: Year, entry: BudgetEntry, **fields: object) -> None:
    """Put a changed line in the place of a line."""
    book.budgets[book.budgets.index(entry)] = replace(entry, **fields)  # type: ignore[arg-type]


def revision(book: Year, entry: BudgetEntry, month: int, amount_fen: int, version: int) -> BudgetEntry:
    """Add a revision of a line, adopted, reviewed and approved before it comes into force."""
    made = replace(
        entry,
        date=datetime.date(book.year, month, 25),
        version=version,
        amount_fen=amount_fen,
        committee=datetime.date(book.year, month, 5),
        audit_review=datetime.date(book.year, month, 12),
        approved=datetime.date(book.year, month, 20),
    )
    book.budgets.append(made)
    return made


@injection("BUD01")
def line_missing(book: Year) -> Sequence[Clue]:
    entry = a_line(book)
    book.budgets.remove(entry)
    return [entry.account.rsplit("-", 1)[-1]]


@injection("BUD02")
def line_too_small(book: Year) -> Sequence[Clue]:
    entry = a_line(book)
    short = book.rng.choice((1, book.rng.randint(1, 100_00)))
    changed(book, entry, amount_fen=spent_on(book)[entry.account] - short)
    return [entry.account.rsplit("-", 1)[-1]]


@injection("BUD03")
def revised_too_often(book: Year) -> Sequence[Clue]:
    book.standard("budget.max_revisions", "1")
    entry = a_line(book)
    for version, month in ((2, 9), (3, 10)):
        revision(book, entry, month, entry.amount_fen + version * 100_00, version)
    return [str(book.year)]


@injection("BUD03")
def revision_unreviewed(book: Year) -> Sequence[Clue]:
    entry = a_line(book)
    made = revision(book, entry, 10, entry.amount_fen + 100_00, 2)
    changed(book, made, audit_review=None)
    return [f"{book.year}-10-25"]


@injection("BUD04")
def deficit(book: Year) -> Sequence[Clue]:
    entry = next(e for e in book.budgets if e.account == book.account("contribution_income"))
    changed(book, entry, amount_fen=entry.amount_fen - book.rng.randint(1, entry.amount_fen // 2))
    return [str(book.year)]


@injection("BUD05")
def budget_not_reviewed(book: Year) -> Sequence[Clue]:
    for entry in list(book.budgets):
        if entry.version == 0:
            changed(book, entry, audit_review=None)
    return [str(book.year)]


@injection("BUD08")
def surplus_piles_up(book: Year) -> Sequence[Clue]:
    book.standard("budget.surplus_multiple", "2")
    fen = book.rng.randint(20, 90) * 10_000_00
    book.opening[book.bank] += fen
    book.opening[book.account("union_surplus_accumulated")] -= fen
    return [str(book.year)]


@injection("BUD10")
def published_before_review(book: Year) -> Sequence[Clue]:
    row = next(r for r in book.registers["audits"] if r["kind"] == "annual")
    row["reported_on"] = book.day(book.rng.randint(4, 9), 12).isoformat()
    return [str(book.year - 1)]


@injection("BUD11")
def budget_off_the_chart(book: Year) -> Sequence[Clue]:
    entry = replace(a_line(book), account="Expenses:599-福利支出", amount_fen=100_00)
    book.budgets.append(entry)
    return ["599-福利支出"]


@injection("BUD12")
def revised_below_spent(book: Year) -> Sequence[Clue]:
    spent: dict[str, int] = {}
    for event in book.events:
        if event.date < datetime.date(book.year, 10, 25):
            for line in event.lines:
                spent[statutory(line.account)] = spent.get(statutory(line.account), 0) + line.amount_fen
    entry = book.rng.choice([e for e in book.budgets if not e.version and spent.get(e.account, 0) > 200_00])
    revision(book, entry, 10, spent[entry.account] - book.rng.randint(1, 100_00), 2)
    return [entry.account]


@injection("BUD06", years=range(2021, 2027))
def income_planned_too_low(book: Year) -> Sequence[Clue]:
    entry = next(e for e in book.budgets if e.account == book.account("contribution_income"))
    changed(book, entry, amount_fen=entry.amount_fen // book.rng.randint(2, 5))
    return [str(book.year)]


@injection("BUD07", years=range(2022, 2027))
def little_for_the_members(book: Year) -> Sequence[Clue]:
    fen = sum(e.spent_fen for e in book.events) * book.rng.randint(2, 4)
    book.spend(book.any_day(), names.SUPPLIERS["hotel"], "工会会议会场租金", book.account("meeting_expense"), fen)
    return [str(book.year)]


@injection("BUD09", years=range(2024, 2027))
def project_money_idle(book: Year) -> Sequence[Clue]:
    fen = book.rng.randint(5, 90) * 100_00
    income = book.account("earmarked_transfer_subsidy_income")
    told = {"fund": "earmarked", "project": "劳动竞赛专项", "payment": "transfer"}
    lines = [Line(book.bank, fen), Line(income, -fen)]
    day = days.workday(book.year - 2, book.rng.randint(2, 10), 9)
    book.older.append(Event(day, names.HIGHER_UNION, "劳动竞赛专项补助", lines, told))
    return ["劳动竞赛专项"]


@injection("BUD13")
def project_without_goal(book: Year) -> Sequence[Clue]:
    book.standard("budget.project_threshold", "3000")
    entry = replace(a_line(book), project="技能提升行动", amount_fen=book.rng.randint(30, 90) * 100_00)
    book.budgets.append(entry)
    return ["技能提升行动"]


@injection("STD01")
def standard_laxer_than_law(book: Year) -> Sequence[Clue]:
    book.standard("contribution.rate", "0.015")
    return ["contribution.rate"]
