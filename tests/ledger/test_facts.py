"""What many checks share is worked out once, and two views that are called alike stay two."""

from __future__ import annotations

from tests.rules import handmade


def test_a_view_is_worked_out_once_for_a_book() -> None:
    facts, asked = handmade.facts([]), []

    def view() -> tuple[int, ...]:
        asked.append(1)
        return tuple(asked)

    assert facts.once("view", view) is facts.once("view", view)
    assert asked == [1]
    assert facts.once(("view", 2), view) == (1, 1)
    assert handmade.facts([]).once("view", view) == (1, 1, 1)


def test_two_views_that_are_called_alike_stay_two() -> None:
    facts = handmade.facts([])
    assert facts.once("grants by list", lambda: "rows") == "rows"
    assert facts.once("grants by list", _sums) == "sums"
    assert facts.once("grants by list", _sums) == "sums"


def _sums() -> str:
    return "sums"
