"""Spending on activities and the words of their meals: what the rules on meals and on entertaining share."""

from __future__ import annotations

import pandas as pd

# Lists of words by which a voucher is known to be about a meal.
MEALS = ("meals", "restaurants", "banquets")

_COMPETITION = "labour_competition_expense"


def of_activities(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of spending on activities of members and on labour competitions."""
    return rows[(rows["group"] == "member_activity_expense") | (rows["meaning"] == _COMPETITION)]
