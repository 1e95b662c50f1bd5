"""Souvenirs of activities: the vouchers whose words say that they bought them."""

from __future__ import annotations

from rules.expenditure.gifts import WELFARE
from rules.rule import Case
from rules.text.search import Spoken, search

_MEETING = "meeting_expense"  # gifts at meetings are the matter of EXP42


def souvenir_vouchers(case: Case) -> tuple[Spoken, ...]:
    """Return the vouchers of the period that bought souvenirs for an activity, not gifts to members or at meetings."""
    return case.facts.once(
        ("souvenirs", case.since, case.until),
        lambda: search(
            case, ("souvenirs",), among=lambda line: line.occasion not in WELFARE and line.meaning != _MEETING
        ),
    )
