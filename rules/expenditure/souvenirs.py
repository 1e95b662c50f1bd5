"""Souvenirs of activities: the vouchers that bought them, by words or by the occasion of their list."""

from __future__ import annotations

import pandas as pd

from rules.expenditure.gifts import WELFARE
from rules.rule import Case
from rules.text.search import Spoken, search, spending

OCCASION = "纪念品"
_MEETING = "meeting_expense"  # gifts at meetings are the matter of EXP42


def souvenir_vouchers(case: Case) -> tuple[Spoken, ...]:
    """Return the vouchers of the period that bought souvenirs for an activity, not gifts to members or at meetings."""
    rows = spending(case)
    rows = rows[~rows["occasion"].isin(WELFARE) & (rows["meaning"] != _MEETING)]
    return search(case, rows, ("souvenirs",))


def souvenir_rows(case: Case, one: Spoken) -> pd.DataFrame | None:
    """Return the rows of the voucher's list in grants.csv, None where it names none or the register has none."""
    name = str(one.row["list"])
    if not name or "grants" not in case.facts.registers:
        return None
    grants = case.register("grants")
    own = grants[grants["list"] == name]
    return None if own.empty else own
