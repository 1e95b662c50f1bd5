"""Spending on activities and the words of their meals: what the rules on meals and on entertaining share."""

from __future__ import annotations

from ledger.journal_rows import PostingRow

# Lists of words by which a voucher is known to be about a meal.
MEALS = ("meals", "restaurants", "banquets")

_COMPETITION = "labour_competition_expense"


def of_activities(line: PostingRow) -> bool:
    """Tell whether a line of spending is on activities of members or on labour competitions."""
    return line.group == "member_activity_expense" or line.meaning == _COMPETITION
