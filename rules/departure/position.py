"""What a chair took over and leaves behind: the term, the position on both days, and the years between.

The position before the term is that of the day before taking office; the one at leaving is that of the leaving
day itself. All amounts are fen, positive on the ordinary side of the account.
"""

from __future__ import annotations

import datetime
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from operator import attrgetter

from ledger.balances import Balance, account_balances
from ledger.facts import Facts
from ledger.journal_rows import PostingRow, net_fen
from ledger.register_rows import OfficerRow, rows_of_register
from rules.budget.execution import BudgetLine, execution
from rules.control.posts import CHAIR
from rules.finding import Checked, Text, not_performed
from rules.law import Law
from rules.remittance.movements import PAID_FROM
from rules.remittance.schedule import upward_position
from rules.rule import Case
from rules.vouchers import days_kept

# 借出款 of the system of 2009 went to 其他应收款 on 2022-01-01: one line on both sides of that day.
RECEIVABLES = frozenset({"due_from_higher_union", "due_from_lower_union", "loans_granted", "other_receivables"})
PAYABLES = frozenset(
    {
        "salaries_payable",
        "allowances_payable",
        "other_personal_income_payable",
        "loans_taken",
        "due_to_higher_union",
        "due_to_lower_union",
        "other_payables",
    }
)
CUSTODY = frozenset({"custody_funds"})
FIXED = frozenset({"fixed_assets", "accumulated_depreciation"})
ASSET_FUNDS = frozenset({"asset_fund", "fixed_asset_fund", "construction_fund", "investment_fund"})
CARRIED = frozenset({"union_carry_forward", "treasury_carry_forward"})
SURPLUS = frozenset({"union_surplus", "treasury_surplus", "surplus"})
NET_ASSETS, INCOME, EXPENSE = "net_assets", "income", "expense"


@dataclass(frozen=True)
class Term:
    """A chair's time in office, both days inclusive; `left` is False while the register names no last day."""

    subject: str
    since: datetime.date
    leaving: datetime.date
    left: bool


@dataclass(frozen=True)
class Position:
    """A union's position at the end of a day, in fen.

    `funds_fen` is what is free of the asset side: net assets without asset funds, with the result of the year so
    far (`result_fen`). `fixed_assets_fen` is net of depreciation.
    """

    day: datetime.date
    cash_fen: int
    receivables_fen: int
    fixed_assets_fen: int
    other_assets_fen: int
    payables_fen: int
    custody_fen: int
    asset_funds_fen: int
    carry_forward_fen: int
    surplus_fen: int
    other_funds_fen: int
    result_fen: int

    @property
    def funds_fen(self) -> int:
        """Carried forward, surplus, other funds and the result not yet closed."""
        return self.carry_forward_fen + self.surplus_fen + self.other_funds_fen + self.result_fen


@dataclass(frozen=True)
class Year:
    """One calendar year, or the part of it in the term: income and expenditure in fen, and the year's budget."""

    year: int
    since: datetime.date
    until: datetime.date
    income_fen: int
    expenditure_fen: int
    budget: tuple[BudgetLine, ...]


@dataclass(frozen=True)
class Bridge:
    """From opening to closing funds: opening + income - expenditure + adjustments = expected; a gap is a break.

    `adjustments_fen` is what vouchers other than carry-forward moved on funds directly, `gap_fen` closing less
    expected. `starts_inside` tells that the books begin after the term does, with an opening voucher in it, whose
    funds are then the opening ones.
    """

    opening_fen: int
    income_fen: int
    expenditure_fen: int
    adjustments_fen: int
    closing_fen: int
    starts_inside: bool

    @property
    def gap_fen(self) -> int:
        """Closing less what the movements explain."""
        expected = self.opening_fen + self.income_fen - self.expenditure_fen + self.adjustments_fen
        return self.closing_fen - expected


@dataclass(frozen=True)
class Departure:
    """Everything the departure report says of a term in figures."""

    term: Term
    opening: Position
    closing: Position
    years: tuple[Year, ...]
    bridge: Bridge
    unpaid_remittance_fen: int


def find_term(case: Case) -> Term | None:
    """Return the subject's last term as chair that began by the end of the period; None when there is none."""
    return term_in(case.rows(OfficerRow), case.subject, case.until)


def officers_of(facts: Facts) -> tuple[OfficerRow, ...] | None:
    """Return the register of officers, or None where the book has none."""
    return rows_of_register(facts, OfficerRow) if "officers" in facts.registers else None


def term_in(officers: Iterable[OfficerRow], subject: str, until: datetime.date) -> Term | None:
    """Return a person's last term as chair in the register of officers that began by a day, or None."""
    own = [row for row in chairs(officers) if row.name == subject and row.from_ is not None and row.from_ <= until]
    if not own or not subject:
        return None
    last = own[-1]
    return Term(subject, last.from_ or until, last.to or until, last.to is not None)


def chairs(officers: Iterable[OfficerRow]) -> tuple[OfficerRow, ...]:
    """Return the terms of chairs in the register of officers by first day, last day and name, unknown days last."""
    return tuple(sorted((row for row in officers if row.post == CHAIR), key=_by_days))


def _by_days(row: OfficerRow) -> tuple[datetime.date, datetime.date, str]:
    return (row.from_ or datetime.date.max, row.to or datetime.date.max, row.name)


def no_term(case: Case) -> Checked:
    """Return *not performed* for a subject without a term as chair, with what the register of officers holds."""
    text = absent_term(case.rows(OfficerRow), case.subject, case.until)
    return not_performed(text.zh, text.en)


def absent_term(officers: Iterable[OfficerRow], subject: str, until: datetime.date) -> Text:
    """Return why `term_in` finds no term of a person as chair: no day of taking office, a later one, another post."""
    listed = chairs(officers)
    own = [row for row in listed if subject and row.name == subject]
    dated = [row.from_ for row in own if row.from_ is not None]
    if own and not dated:
        lines = "、".join(f"第 {line} 行" for line in sorted(row.line for row in own))
        return Text(
            f"registers/officers.csv {lines}：主席“{subject}”没有任职日（from），任期无从确定；请补填",
            f"registers/officers.csv: chair {subject!r} has no day of taking office: fill in `from`",
        )
    if dated:
        since = min(dated)
        return Text(
            f"registers/officers.csv 中主席“{subject}”的任期从 {since} 开始，晚于审计期末 {until}；请核对 --period",
            f"the term of chair {subject!r} begins on {since}, after the period's end {until}: check --period",
        )
    names = sorted({row.name for row in listed})
    who = f"“{subject}”" if subject else "（未指定，用 --subject 写明姓名）"
    return Text(
        f"registers/officers.csv 中没有主席{who}的任期；登记的主席：{'、'.join(names) or '无'}",
        f"registers/officers.csv holds no term of chair {subject!r}; chairs there: {', '.join(names) or 'none'}",
    )


def position_on(facts: Facts, day: datetime.date) -> Position:
    """Return the position at the end of a day."""
    return facts.once(("position", day), lambda: _position_of(account_balances(facts, day), day))


def position_before(facts: Facts, term: Term) -> Position:
    """Return the position when a term began: at the end of the day before, or that of the books where they began later.

    Of the time before the first opening voucher nothing is known: the position is then that voucher's, on its day.
    """
    day_before = term.since - datetime.timedelta(days=1)
    begun = _opened_inside(facts, term)
    if not begun:
        return position_on(facts, day_before)
    return _position_of([*account_balances(facts, day_before), *begun], begun[0].date)


def _opened_inside(facts: Facts, term: Term) -> Sequence[PostingRow]:
    """Return the postings of the opening vouchers of a term, in order of day."""
    days = [v.date for v in facts.listed if v.opening and term.since <= v.date <= term.leaving]
    if not days:
        return ()
    postings = facts.booked.postings
    first = bisect_left(postings, min(days), key=attrgetter("date"))
    last = bisect_right(postings, max(days), key=attrgetter("date"))
    return [posting for posting in postings[first:last] if posting.head.opening]


def _position_of(held: Iterable[Balance | PostingRow], day: datetime.date) -> Position:
    held = tuple(held)

    def of_groups(groups: Collection[str]) -> int:
        return sum(one.amount_fen for one in held if one.group in groups)

    def of_element(*elements: str, but: Collection[str] = (), among: Collection[str] | None = None) -> int:
        return sum(
            one.amount_fen
            for one in held
            if one.element in elements and one.group not in but and (among is None or one.group in among)
        )

    return Position(
        day=day,
        cash_fen=of_groups(PAID_FROM),
        receivables_fen=of_groups(RECEIVABLES),
        fixed_assets_fen=of_groups(FIXED),
        other_assets_fen=of_element("assets", but=PAID_FROM | RECEIVABLES | FIXED),
        payables_fen=-of_groups(PAYABLES),
        custody_fen=-of_groups(CUSTODY),
        asset_funds_fen=-of_element(NET_ASSETS, among=ASSET_FUNDS),
        carry_forward_fen=-of_groups(CARRIED),
        surplus_fen=-of_groups(SURPLUS),
        other_funds_fen=-of_element(NET_ASSETS, but=ASSET_FUNDS | CARRIED | SURPLUS),
        result_fen=-of_element(INCOME, EXPENSE),
    )


def bridge(facts: Facts, term: Term) -> Bridge:
    """Return how the funds went from the beginning of the term, as `position_before` has it, to the leaving day."""
    moved = [p for p in funds_postings(facts, term) if not (p.head.carry_forward or p.head.opening)]
    results = [result_in(facts, since, until) for _, since, until in kept_years(facts, term)]
    return Bridge(
        opening_fen=position_before(facts, term).funds_fen,
        income_fen=sum(income for income, _ in results),
        expenditure_fen=sum(spent for _, spent in results),
        adjustments_fen=-net_fen(moved),
        closing_fen=position_on(facts, term.leaving).funds_fen,
        starts_inside=bool(_opened_inside(facts, term)),
    )


def funds_postings(facts: Facts, term: Term) -> Sequence[PostingRow]:
    """Return the postings of a term on net assets that stand for money: without the asset funds."""
    return [
        posting
        for posting in facts.booked.of(NET_ASSETS)
        if term.since <= posting.date <= term.leaving and posting.group not in ASSET_FUNDS
    ]


def result_in(facts: Facts, since: datetime.date, until: datetime.date) -> tuple[int, int]:
    """Return the income and the expenditure of some days in fen, both inclusive, nothing carried forward."""
    booked = facts.booked_in(since, until)
    return -net_fen(booked.of(INCOME)), net_fen(booked.of(EXPENSE))


def kept_years(facts: Facts, term: Term) -> tuple[tuple[int, datetime.date, datetime.date], ...]:
    """Return the years of a term since the books began, each with its first and last day in the term.

    Of a year before the books nothing is known, not even nothing.
    """
    days = days_kept(facts)
    if days is None:
        return ()
    years = range(max(term.since.year, days[0].year), term.leaving.year + 1)
    ends = [(year, datetime.date(year, 1, 1), datetime.date(year, 12, 31)) for year in years]
    return tuple((year, max(first, term.since), min(last, term.leaving)) for year, first, last in ends)


def departure(facts: Facts, law: Law, term: Term) -> Departure:
    """Return the figures of a departure; raises NoParameter where the share of remittances has no value."""
    years = []
    for year, since, until in kept_years(facts, term):
        income, spent = result_in(facts, since, until)
        years.append(Year(year, since, until, income, spent, execution(facts, year, until)))
    unpaid = sum(b.outstanding_fen for b in upward_position(facts, law, term.leaving))
    return Departure(
        term,
        position_before(facts, term),
        position_on(facts, term.leaving),
        tuple(years),
        bridge(facts, term),
        unpaid,
    )
