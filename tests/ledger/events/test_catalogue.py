"""The events' data are read strictly, and events are found by level and by the words a cashier would say."""

from __future__ import annotations

import re

import pytest

from ledger.events import (
    Event,
    EventsError,
    Level,
    all_events,
    common_fields,
    describe,
    event_of,
    events_for,
    group_titles,
    search,
)
from ledger.events.loading import amount_terms, load_events
from ledger.events.model import Term

SHARED = """
[groups]
income = ["收入", "Income"]
[sets]
every = ["narration"]
[fields.date]
zh = "日期"
en = "Date"
kind = "date"
[fields.amount]
zh = "金额"
en = "Amount"
kind = "amount"
[fields.narration]
zh = "摘要"
en = "Narration"
kind = "text"
required = false
"""
EVENT = """
group = "income"
[[events]]
key = "interest"
zh = "利息"
en = "Interest"
level = "both"
source = ["408-三-(一)"]
narration = "收到利息"
fields = ["amount"]
lines = [{ debit = "bank_deposit" }, { credit = "other_income" }]
"""


def loaded(event: str) -> tuple[Event, ...]:
    return load_events({"fields.toml": SHARED, "income.toml": event})


def test_the_small_example_is_right() -> None:
    (interest,) = loaded(EVENT)
    assert (interest.key, interest.title, interest.source) == ("interest", ("利息", "Interest"), "408-三-(一)")
    assert {field.key for field in interest.fields} == {"date", "amount", "narration"}


@pytest.mark.parametrize(
    ("old", "new", "part"),
    [
        ('level = "both"', 'level = "both"\ncolour = "red"', "unknown keys colour"),
        ('credit = "other_income"', 'credit = "other_income", colour = 1', "unknown keys colour"),
        ('"other_income"', '"odd_income"', "no account 'odd_income'"),
        ('credit = "other_income"', 'credit = "@amount"', "no account field"),
        ('credit = "other_income"', 'credit = "other_income", amount = "amonut"', "unknown 'amonut'"),
        ('credit = "other_income"', 'debit = "other_income"', "both sides"),
        ('fields = ["amount"]', 'fields = ["amount", "amount"]', "same key"),
        ('fields = ["amount"]', 'fields = ["colour"]', "colour"),
        ('"收到利息"', '"收到{bank}利息"', "template names unknown 'bank'"),
        ('level = "both"', 'level = "village"', "village"),
        ('level = "both"', 'level = "both"\nmetadata = { colour = "red" }', "no metadata key"),
        ('source = ["408-三-(一)"]', "source = []", "no treatment"),
        ('group = "income"', 'group = "odd"', "income.toml"),
    ],
)
def test_a_fault_in_the_data_is_told(old: str, new: str, part: str) -> None:
    assert old in EVENT
    with pytest.raises(EventsError, match=re.escape(part)):
        loaded(EVENT.replace(old, new))


def test_every_fault_is_told_at_once() -> None:
    with pytest.raises(EventsError) as caught:
        loaded(EVENT.replace('"bank_deposit"', '"odd"') + EVENT.split("\n", 2)[2].replace('"both"', '"odd"'))
    assert len(caught.value.faults) == 2


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("amount", (Term(1, "amount"),)),
        ("gross - worn", (Term(1, "gross"), Term(-1, "worn"))),
        ("a - b - c", (Term(1, "a"), Term(-1, "b"), Term(-1, "c"))),
        ("a+b", (Term(1, "a"), Term(1, "b"))),
    ],
)
def test_amounts_are_sums(text: str, terms: tuple[Term, ...]) -> None:
    assert amount_terms(text) == terms


@pytest.mark.parametrize("text", ["", "a * b", "a b", "__import__('os')", "a -", "(a)"])
def test_amounts_are_nothing_else(text: str) -> None:
    with pytest.raises(ValueError, match=r"sum of fields|without an amount"):
        amount_terms(text)


def test_levels_share_what_is_for_both() -> None:
    here, county = {e.key for e in events_for("grassroots")}, {e.key for e in events_for("county")}
    assert "dues_received" in here - county
    assert "administrative_paid" in county - here
    assert "interest_received" in here & county
    assert events_for("province") == events_for(Level.COUNTY)


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("拨缴", "contribution_received_direct"),
        ("会费", "dues_received"),
        ("慰问品 中秋", "holiday_gifts"),
        ("备用金", "advance_paid"),
        ("折旧", "depreciation"),
        ("红冲", "reversal"),
        ("2%", "contribution_received_direct"),
        ("质保金 购置", "fixed_asset_bought_with_retention"),
        ("164-没有的", ""),
    ],
)
def test_events_are_found_by_what_people_say(words: str, first: str) -> None:
    found = search(words, Level.GRASSROOTS)
    assert (found[0].key if found else "") == first


def test_pages_get_label_and_help_in_both_languages() -> None:
    for event in all_events():
        page = describe(event)
        assert page.group == group_titles()[event.group]
        assert all(page.title)
        assert all(page.help), event.key
        assert all(all(field.label) for field in page.fields), event.key
        assert all(bool(field.help.zh) == bool(field.help.en) for field in page.fields)
        assert [field.key for field in page.fields][-len(common_fields()) :] == list(common_fields())


def test_titles_tell_events_apart() -> None:
    titles = [event.title.zh for event in all_events()]
    assert len(set(titles)) == len(titles)


def test_unknown_key_is_an_error() -> None:
    with pytest.raises(KeyError, match="nothing_of_the_kind"):
        event_of("nothing_of_the_kind")
