"""What a small union contributed in a year and what of it came back."""

from __future__ import annotations

import datetime

import pandas as pd

from rules.income.returns import looks_like_return
from rules.rule import Case

OWN, UPWARD = "contribution_income", "due_to_higher_union"


def of_year(case: Case, first: int, last: int) -> pd.DataFrame:
    """Return the journal of some years up to the period's end."""
    return case.facts.activity_of(datetime.date(first, 1, 1), min(case.until, datetime.date(last, 12, 31)))


def contributed(case: Case, year: int) -> tuple[int, int]:
    """Return the whole contribution of a year and the higher union's part of it, in fen."""
    rows = of_year(case, year, year)
    own = -int(rows.loc[rows["group"] == OWN, "amount_fen"].sum())
    credited = rows[(rows["group"] == UPWARD) & (rows["amount_fen"] < 0)]
    upward = -int(credited["amount_fen"].sum())
    return own + upward, upward


def returned(case: Case, year: int) -> int:
    """Return what came back of a year's contribution in it and the next, up to the period's end, in fen."""
    rows = of_year(case, year, year + 1)
    split = rows.loc[rows["group"] == UPWARD, "entry"]  # a month's ordinary contribution is split; a return is not
    rows = rows[rows["group"].isin([OWN, "higher_union_subsidy_income"]) & (rows["amount_fen"] < 0)]
    rows = rows[~rows["entry"].isin(split)]
    fits = [looks_like_return(case, str(p), str(n)) for p, n in zip(rows["payee"], rows["narration"], strict=True)]
    return -int(rows.loc[fits, "amount_fen"].sum())
