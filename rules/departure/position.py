"""What a chair took over and leaves behind: the term, the position on both days, and the years between.

The position before the term is that of the day before taking office; the one at leaving is that of the leaving
day itself. All amounts are fen, positive on the ordinary side of the account.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from ledger.facts import Facts
from rules.budget.execution import BudgetLine, execution
from rules.finding import Checked, not_performed
from rules.law import Law
from rules.remittance.movements import MONEY
from rules.remittance.schedule import upward_position
from rules.rule import Case

CHAIR = "chair"
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
    expected. `starts_inside` tells that the books begin after the term does, with an opening voucher in it.
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
    return term_in(case.register("officers"), case.subject, case.until)


def term_in(officers: pd.DataFrame, subject: str, until: datetime.date) -> Term | None:
    """Return a person's last term as chair in the register of officers that began by a day, or None."""
    rows = officers[(officers["post"].astype(str) == CHAIR) & (officers["name"].astype(str) == subject)]
    rows = rows[rows["from"].notna() & (rows["from"] <= pd.Timestamp(until))]
    if rows.empty or not subject:
        return None
    row = rows.sort_values(["from", "to"]).iloc[-1]
    left = not pd.isna(row["to"])
    leaving = pd.Timestamp(row["to"]).date() if left else until
    return Term(subject, pd.Timestamp(row["from"]).date(), leaving, left)


def no_term(case: Case) -> Checked:
    """Return *not performed* for a subject that the register of officers does not know as chair, with the names."""
    officers = case.register("officers")
    names = sorted(set(officers.loc[officers["post"].astype(str) == CHAIR, "name"].astype(str)))
    known = "、".join(names) or "无"
    who = f"“{case.subject}”" if case.subject else "（未指定，用 --subject 写明姓名）"
    return not_performed(
        f"registers/officers.csv 中没有主席{who}的任期；登记的主席：{known}",
        f"registers/officers.csv holds no term of chair {case.subject!r}; chairs there: {', '.join(names) or 'none'}",
    )


def position_on(facts: Facts, day: datetime.date) -> Position:
    """Return the position at the end of a day."""
    balances = facts.balances_on(day)
    group, element = balances["group"].astype(str), balances["element"].astype(str)
    amounts = balances["amount_fen"]

    def total(where: pd.Series) -> int:
        return int(amounts[where].sum())

    assets = element == "assets"
    known = MONEY | RECEIVABLES | FIXED
    funds = (element == NET_ASSETS) & ~group.isin(ASSET_FUNDS)
    return Position(
        day=day,
        cash_fen=total(group.isin(MONEY)),
        receivables_fen=total(group.isin(RECEIVABLES)),
        fixed_assets_fen=total(group.isin(FIXED)),
        other_assets_fen=total(assets & ~group.isin(known)),
        payables_fen=-total(group.isin(PAYABLES)),
        custody_fen=-total(group.isin(CUSTODY)),
        asset_funds_fen=-total((element == NET_ASSETS) & group.isin(ASSET_FUNDS)),
        carry_forward_fen=-total(group.isin(CARRIED)),
        surplus_fen=-total(group.isin(SURPLUS)),
        other_funds_fen=-total(funds & ~group.isin(CARRIED | SURPLUS)),
        result_fen=-total(element.isin([INCOME, EXPENSE])),
    )


def bridge(facts: Facts, term: Term) -> Bridge:
    """Return how the funds went from the day before the term to the leaving day."""
    before = term.since - datetime.timedelta(days=1)
    rows = facts.journal
    rows = rows[(rows["date"] >= pd.Timestamp(term.since)) & (rows["date"] <= pd.Timestamp(term.leaving))]
    element = rows["element"].astype(str)
    free = (element == NET_ASSETS) & ~rows["group"].astype(str).isin(ASSET_FUNDS)
    live = ~(rows["opening"] | rows["change_over"] | rows["carry_forward"])
    return Bridge(
        opening_fen=position_on(facts, before).funds_fen,
        income_fen=-int(rows.loc[live & (element == INCOME), "amount_fen"].sum()),
        expenditure_fen=int(rows.loc[live & (element == EXPENSE), "amount_fen"].sum()),
        adjustments_fen=-int(rows.loc[free & ~rows["carry_forward"], "amount_fen"].sum()),
        closing_fen=position_on(facts, term.leaving).funds_fen,
        starts_inside=bool(rows["opening"].any()),
    )


def years_of(term: Term) -> Iterable[tuple[int, datetime.date, datetime.date]]:
    """Yield each calendar year of a term with its first and last day in it."""
    for year in range(term.since.year, term.leaving.year + 1):
        first, last = datetime.date(year, 1, 1), datetime.date(year, 12, 31)
        yield year, max(first, term.since), min(last, term.leaving)


def kept_years(facts: Facts, term: Term) -> tuple[tuple[int, datetime.date, datetime.date], ...]:
    """Return the years of a term since the books began: of a year before it nothing is known, not even nothing."""
    first = min(facts.years(), default=None)
    return tuple(span for span in years_of(term) if first is not None and span[0] >= first)


def departure(facts: Facts, law: Law, term: Term) -> Departure:
    """Return the figures of a departure; raises NoParameter where the share of remittances has no value."""
    years = []
    for year, since, until in kept_years(facts, term):
        rows = facts.activity_of(since, until)
        element = rows["element"].astype(str)
        income = -int(rows.loc[element == INCOME, "amount_fen"].sum())
        spent = int(rows.loc[element == EXPENSE, "amount_fen"].sum())
        years.append(Year(year, since, until, income, spent, execution(facts, year, until)))
    unpaid = sum(b.outstanding_fen for b in upward_position(facts, law, term.leaving))
    before = term.since - datetime.timedelta(days=1)
    return Departure(
        term,
        position_on(facts, before),
        position_on(facts, term.leaving),
        tuple(years),
        bridge(facts, term),
        unpaid,
    )
