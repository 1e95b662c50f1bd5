"""Souvenirs of activities: the vouchers that bought them, by words or by the occasion of their list."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from ledger.register_rows import GrantRow
from rules.expenditure.gifts import WELFARE
from rules.rule import Case
from rules.text.search import Spoken, search

OCCASION = "纪念品"
_MEETING = "meeting_expense"  # gifts at meetings are the matter of EXP42


def souvenir_vouchers(case: Case) -> tuple[Spoken, ...]:
    """Return the vouchers of the period that bought souvenirs for an activity, not gifts to members or at meetings."""
    return case.facts.once(
        ("souvenirs", case.since, case.until),
        lambda: search(
            case, ("souvenirs",), among=lambda line: line.occasion not in WELFARE and line.meaning != _MEETING
        ),
    )


def souvenir_rows(case: Case, one: Spoken) -> Sequence[GrantRow] | None:
    """Return the rows of the voucher's list in grants.csv, None where it names none or the register has none."""
    if not one.row.list or "grants" not in case.facts.registers:
        return None
    return case.facts.once("grants by list", lambda: _by_list(case)).get(one.row.list)


def _by_list(case: Case) -> Mapping[str, Sequence[GrantRow]]:
    found: dict[str, list[GrantRow]] = defaultdict(list)
    for row in case.rows(GrantRow):
        found[row.list].append(row)
    return dict(found)
