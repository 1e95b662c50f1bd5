"""What a chair took over and leaves behind: the term, the position on both days, and the years between.

The position before the term is that of the day before taking office; the one at leaving is that of the leaving
day itself. All amounts are fen, positive on the ordinary side of the account.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable
from dataclasses import dataclass

import pandas as pd

from ledger.facts import Facts
from rules.budget.execution import BudgetLine, execution
from rules.finding import Checked, Text, not_performed
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
    """Return *not performed* for a subject without a term as chair, with what the register of officers holds."""
    text = absent_term(case.register("officers"), case.subject, case.until)
    return not_performed(text.zh, text.en)


def absent_term(officers: pd.DataFrame, subject: str, until: datetime.date) -> Text:
    """Return why `term_in` finds no term of a person as chair: no day of taking office, a later one, another post."""
    chairs = officers[officers["post"].astype(str) == CHAIR]
    own = chairs[chairs["name"].astype(str) == subject] if subject else chairs.iloc[:0]
    dated = own["from"].dropna()
    if len(own) and dated.empty:
        lines = "、".join(f"第 {line} 行" for line in own["line"])
        return Text(
            f"registers/officers.csv {lines}：主席“{subject}”没有任职日（from），任期无从确定；请补填",
            f"registers/officers.csv: chair {subject!r} has no day of taking office: fill in `from`",
        )
    if len(dated):
        since = pd.Timestamp(dated.min()).date()
        return Text(
            f"registers/officers.csv 中主席“{subject}”的任期从 {since} 开始，晚于审计期末 {until}；请核对 --period",
            f"the term of chair {subject!r} begins on {since}, after the period's end {until}: check --period",
        )
    names = sorted(set(chairs["name"].astype(str)))
    who = f"“{subject}”" if subject else "（未指定，用 --subject 写明姓名）"
    return Text(
        f"registers/officers.csv 中没有主席{who}的任期；登记的主席：{'、'.join(names) or '无'}",
        f"registers/officers.csv holds no term of chair {subject!r}; chairs there: {', '.join(names) or 'none'}",
    )


def position_on(facts: Facts, day: datetime.date) -> Position:
    """Return the position at the end of a day."""
    return facts.once(("position", day), lambda: _position_on(facts, day))


def _position_on(facts: Facts, day: datetime.date) -> Position:
    return _position_of(facts.balances_on(day), day)


def position_before(facts: Facts, term: Term) -> Position:
    """Return the position when a term began: at the end of the day before, or that of the books where they began later.

    Of the time before the first opening voucher nothing is known: the position is then that voucher's, on its day.
    """
    begun = _opened_inside(facts, term)
    if begun.empty:
        return position_on(facts, term.since - datetime.timedelta(days=1))
    earlier = facts.journal[facts.journal["date"] < pd.Timestamp(term.since)]
    held = pd.concat([rows[["group", "element", "amount_fen"]] for rows in (earlier, begun)])
    return _position_of(held, pd.Timestamp(begun["date"].min()).date())


def _opened_inside(facts: Facts, term: Term) -> pd.DataFrame:
    rows = facts.journal
    inside = (rows["date"] >= pd.Timestamp(term.since)) & (rows["date"] <= pd.Timestamp(term.leaving))
    return rows[rows["opening"] & inside]


def _position_of(balances: pd.DataFrame, day: datetime.date) -> Position:
    held = list(zip(*(balances[name].tolist() for name in ("group", "element", "amount_fen")), strict=True))

    def of_groups(groups: Collection[str]) -> int:
        return sum(fen for group, _, fen in held if group in groups)

    def of_element(*elements: str, but: Collection[str] = (), among: Collection[str] | None = None) -> int:
        return sum(
            fen
            for group, element, fen in held
            if element in elements and group not in but and (among is None or group in among)
        )

    return Position(
        day=day,
        cash_fen=of_groups(MONEY),
        receivables_fen=of_groups(RECEIVABLES),
        fixed_assets_fen=of_groups(FIXED),
        other_assets_fen=of_element("assets", but=MONEY | RECEIVABLES | FIXED),
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
    rows = facts.journal
    rows = rows[(rows["date"] >= pd.Timestamp(term.since)) & (rows["date"] <= pd.Timestamp(term.leaving))]
    element = rows["element"]
    free = (element == NET_ASSETS) & ~rows["group"].isin(ASSET_FUNDS)
    live = ~(rows["opening"] | rows["change_over"] | rows["carry_forward"])
    return Bridge(
        opening_fen=position_before(facts, term).funds_fen,
        income_fen=-int(rows.loc[live & (element == INCOME), "amount_fen"].sum()),
        expenditure_fen=int(rows.loc[live & (element == EXPENSE), "amount_fen"].sum()),
        adjustments_fen=-int(rows.loc[free & ~rows["carry_forward"] & ~rows["opening"], "amount_fen"].sum()),
        closing_fen=position_on(facts, term.leaving).funds_fen,
        starts_inside=not _opened_inside(facts, term).empty,
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
        element = rows["element"]
        income = -int(rows.loc[element == INCOME, "amount_fen"].sum())
        spent = int(rows.loc[element == EXPENSE, "amount_fen"].sum())
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
