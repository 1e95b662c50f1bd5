"""Gifts from the distribution lists: put together by person and day, and held against the cap of their own day."""

from __future__ import annotations

import datetime
from dataclasses import replace

from ledger.register_rows import GrantRow
from rules.expenditure.grants import Given, OverCap, given_by_day, grants_for, over_cap, rows_of_list
from rules.law import ParameterValue
from rules.rule import Case, all_rules
from tests.rules import handmade

JANUARY, MAY, OCTOBER = datetime.date(2025, 1, 20), datetime.date(2025, 5, 30), datetime.date(2025, 10, 6)
CAP = replace(
    handmade.law(holiday__annual_cap="2000").value("holiday.annual_cap", JANUARY, handmade.UNION), unit="yuan"
)


def rows(*gifts: tuple[str, str, str, int, int]) -> list[GrantRow]:
    """Rows of the register: list, day, person, fen, line."""
    return [
        GrantRow(
            list=name,
            date=datetime.date.fromisoformat(day) if day else None,
            member_id=person,
            occasion="",
            amount_fen=fen,
            form="",
            signed="",
            event_key="",
            line=line,
        )
        for name, day, person, fen, line in gifts
    ]


def gift(day: datetime.date, fen: int, person: str = "M001") -> Given:
    return Given(person, day, "Q", fen, 2)


def judged(gifts: list[Given], since: datetime.date = JANUARY, cap: ParameterValue | None = CAP) -> list[OverCap]:
    return list(over_cap(gifts, lambda _: cap, since))


def test_a_day_of_a_person_is_one_gift_named_by_its_first_row_whatever_the_order() -> None:
    made = [
        ("Q2", "2025-01-20", "M002", 5, 7),
        ("Q2", "2025-01-20", "M001", 30, 6),
        ("", "2025-01-20", "M001", 100, 4),
        ("Q1", "2025-01-20", "M001", 20, 5),
        ("Q1", "2025-01-19", "M001", 1, 9),
        ("Q1", "", "M001", 77, 10),
        ("A1", "2025-01-20", "M003", 8, 11),
    ]
    expected = (
        Given("M001", datetime.date(2025, 1, 19), "Q1", 1, 9),
        Given("M001", JANUARY, "Q1、Q2", 150, 4),
        Given("M002", JANUARY, "Q2", 5, 7),
        Given("M003", JANUARY, "A1", 8, 11),
    )
    assert given_by_day(rows(*made)) == expected
    assert given_by_day(rows(*reversed(made))) == expected


def book(*gifts: tuple[str, str, str, int, int]) -> Case:
    """A book of those grants, audited up to the end of May."""
    listed = [{**row._asdict(), "occasion": "端午"} for row in rows(*gifts)]
    facts = handmade.facts([], registers={"grants": listed} if gifts else {})
    return Case(all_rules()[0], facts, handmade.law(), datetime.date(2025, 1, 1), datetime.date(2025, 5, 31))


def test_the_last_day_of_the_period_counts_and_the_next_does_not() -> None:
    made = book(("Q1", "2025-05-31", "M001", 5, 2), ("Q2", "2025-06-01", "M001", 7, 3), ("Q3", "", "M001", 9, 4))
    assert [row.list for row in grants_for(made, "端午")] == ["Q1"]
    assert [row.list for row in grants_for(made, "端午", until=datetime.date(2025, 6, 1))] == ["Q1", "Q2"]
    assert grants_for(made, "端午", since=datetime.date(2025, 6, 1)) == []
    assert grants_for(made, "中秋") == []


def test_a_list_that_is_not_named_or_not_there_has_no_rows() -> None:
    made = book(("Q1", "2025-05-31", "M001", 5, 2), ("", "2025-05-31", "M002", 7, 3))
    assert [row.line for row in rows_of_list(made, "Q1") or ()] == [2]
    assert rows_of_list(made, "") is None
    assert rows_of_list(made, "Q9") is None
    assert rows_of_list(book(), "Q1") is None


def test_a_gift_is_judged_from_the_first_day_on_and_an_earlier_one_counts() -> None:
    early = gift(JANUARY - datetime.timedelta(days=1), 2000_00)
    assert judged([early, gift(JANUARY, 1)]) == [OverCap(gift(JANUARY, 1), 2000_01, CAP, 1)]
    assert judged([gift(JANUARY, 2000_00)]) == []
    assert judged([early._replace(amount_fen=9000_00)]) == []


def test_a_gift_answers_for_no_more_than_itself() -> None:
    found = judged([gift(JANUARY, 1900_00), gift(MAY, 300_00), gift(OCTOBER, 50_00)])
    assert [(o.given.date, o.total_fen, o.excess_fen) for o in found] == [
        (MAY, 2200_00, 200_00),
        (OCTOBER, 2250_00, 50_00),
    ]


def test_a_refund_is_no_gift_over_the_cap_and_makes_room() -> None:
    found = judged([gift(JANUARY, 2500_00), gift(MAY, -600_00), gift(OCTOBER, 100_01)])
    assert [(o.given.date, o.excess_fen) for o in found] == [(JANUARY, 500_00), (OCTOBER, 1)]


def test_people_are_apart_and_days_without_a_cap_pass() -> None:
    assert judged([gift(JANUARY, 1500_00), gift(JANUARY, 1500_00, "M002")]) == []
    assert judged([gift(JANUARY, 9000_00)], cap=None) == []
    found = over_cap([gift(JANUARY, 1500_00), gift(MAY, 600_00)], lambda d: CAP if d == MAY else None, JANUARY)
    assert [(o.given.date, o.excess_fen) for o in found] == [(MAY, 100_00)]


def test_the_evidence_names_the_row_and_what_is_beyond() -> None:
    (found,) = judged([gift(JANUARY, 2000_01)])
    evidence = found.evidence
    assert (evidence.date, evidence.amount_fen, evidence.file, evidence.line) == (JANUARY, 1, "registers/grants.csv", 2)
    assert evidence.note.zh == "M001：本次 2,000.01 元，累计 2,000.01 元，超 0.01 元"
