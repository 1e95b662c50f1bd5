"""What the higher union gives back to small unions: its own part of the contribution, which meets no month's due.

A small union whose whole contribution comes back in one sum gets its own part with it. So a return counts as the
higher union's part only where other receipts already cover at least half of what was due for the months it names.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rules.remittance.allocation import Allotted
from rules.remittance.movement import Movement
from rules.text.lists import word_list
from rules.text.match import match

_SMALL = "small"  # the words of the list that speak of small unions, not of returns in general


def is_small_return(movement: Movement) -> bool:
    """Tell whether a receipt without a part for the union above speaks of the return to small unions."""
    if movement.upward_fen:
        return False
    found = match(movement.narration, "small_return", word_list("small_return").revised)
    return any(hit.means == _SMALL for hit in found)


def is_upper_part(movement: Movement, parts: Mapping[str, Sequence[Allotted]], expected: Mapping[str, int]) -> bool:
    """Tell whether others cover half or more of what was due (`expected`, fen by month) for a return's months."""
    due = sum(expected.get(month, 0) for month in movement.months)
    came = sum(part.own_fen for month in movement.months for part in parts.get(month, ()))
    return due > 0 and 2 * came >= due
