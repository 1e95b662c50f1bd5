"""Earmarked money in a book: its receipts and spending, its purpose, its opening balance and its closing."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from ledger.accounts import chart_on
from rules.gather import in_order
from rules.mapping.kinds import load_mapping
from rules.rule import Case
from rules.text.lists import Field
from rules.text.match import match

EARMARKED = "earmarked"
_FUNDS = (EARMARKED, "subsidy")
_CARRIED = ("union_carry_forward", "treasury_carry_forward")


@dataclass(frozen=True)
class Closing:
    """How a year's earmarked money was closed: what had to be carried forward, what was, and the vouchers of it.

    `income_short` tells whether already the income that was carried forward falls short of the earmarked income.
    """

    year: int
    income_short: bool
    due_fen: int
    carried_fen: int
    vouchers: pd.DataFrame


def earmarked_rows(case: Case) -> pd.DataFrame:
    """Return income and spending of earmarked money up to the period's end, none where the period has none.

    Earmarked is what says so, and subsidies that name a project.
    """
    rows = case.facts.activity_of(case.facts.vouchers["date"].min().date(), case.until)
    plain = rows.assign(fund=rows["fund"].astype("object"), project=rows["project"].astype("object"))
    kept = (plain["fund"] == EARMARKED) | (plain["fund"].isin(_FUNDS) & (plain["project"] != ""))
    found = plain[kept & plain["element"].isin(["income", "expense"])]
    return found if (found["date"] >= pd.Timestamp(case.since)).any() else found.iloc[:0]


def purpose_of(project: str, at: pd.Timestamp) -> frozenset[str]:
    """Return the meanings of accounts that the words of a project's name point at; none where they say nothing.

    An account that the chart of the day does not know yet says nothing: before 2022 its purpose stood elsewhere.
    """
    known = chart_on(at.date()).by_meaning
    words = match(project, "spending_kinds", at.date(), Field.NARRATION)
    kinds = load_mapping().kinds
    return frozenset(
        meaning for word in words if word.means in kinds for meaning in kinds[word.means].meanings if meaning in known
    )


def opening_of(case: Case, project: str) -> int | None:
    """Return what a project had when the book began, in fen; None where the opening balance is not by project."""
    rows = case.facts.journal
    opened = rows[rows["opening"] & rows["group"].isin(_CARRIED)]
    if opened["amount_fen"].sum() == 0:
        return 0
    own = opened[opened["project"] != ""]
    if own.empty:
        return None
    return -int(own.loc[own["project"].astype("object") == project, "amount_fen"].sum())


def closing_of(case: Case, rows: pd.DataFrame, year: int) -> Closing:
    """Return how a year's earmarked money was closed; `rows` are those of `earmarked_rows`."""
    own = rows[(rows["date"].dt.year == year) & (rows["project"] != "")]
    journal = case.facts.journal
    journal = journal[journal["carry_forward"] & (journal["date"].dt.year == year)]
    sides = {side: set(journal.loc[journal["element"] == side, "entry"]) for side in ("income", "expense")}
    moved = sides["income"] | sides["expense"]
    carried = journal[journal["entry"].isin(moved) & journal["group"].isin(_CARRIED)]
    income = -int(own.loc[own["element"] == "income", "amount_fen"].sum())
    due = -int(own["amount_fen"].sum())
    together = bool(sides["income"] & sides["expense"])  # one voucher closes both: only their net can be seen
    credited = -int(carried.loc[carried["entry"].isin(sides["income"]), "amount_fen"].sum())
    vouchers = case.facts.vouchers[case.facts.vouchers["entry"].isin(moved)]
    return Closing(
        year=year,
        income_short=credited < (due if together else income),
        due_fen=due,
        carried_fen=-int(carried["amount_fen"].sum()),
        vouchers=in_order(vouchers),
    )
