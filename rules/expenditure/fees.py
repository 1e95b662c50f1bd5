"""Fees paid to persons for teaching, judging and the like: to whom, for how many hours, and what is wrong with them."""

from __future__ import annotations

import re
from collections.abc import Collection
from decimal import Decimal

import pandas as pd

from rules.finding import Text
from rules.invoices.parties import is_person, known_people
from rules.rule import Case
from rules.text.lists import Field, word_list
from rules.text.match import match
from rules.text.normalise import normalise
from rules.text.search import Spoken

TEXTS = (Field.NARRATION, Field.ACTIVITY, Field.PAYEE, Field.SELLER)
_HOURS = re.compile(r"(\d+(?:\.\d+)?)个?(?:学时|课时)")
_PARTED = re.compile(r"[、,，;；/和及]")


def people_paid(payee: str, people: Collection[str]) -> tuple[str, ...]:
    """Return the persons that a payee names (`甲、乙`), none where one of them is no person."""
    names = tuple(name for name in (part.strip() for part in _PARTED.split(payee)) if name)
    return names if names and all(is_person(name, people) for name in names) else ()


def insiders(case: Case, one: Spoken, names: tuple[str, ...]) -> tuple[str, ...]:
    """Return who of the persons paid is called like an active member on the voucher's day, in order of name."""
    if "members" not in case.facts.registers:
        return ()
    rows = case.register("members")
    at = pd.Timestamp(one.day)
    here = (rows["left"].isna() | (rows["left"] > at)) & ~rows["status"].isin(["retired", "left"])
    active = {normalise(str(name)) for name in rows.loc[here, "name"]}
    return tuple(sorted(name for name in names if normalise(name) in active))


def hours_told(one: Spoken) -> Decimal | None:
    """Return the teaching hours that the narration or the activity names, None where neither does."""
    for field in ("narration", "activity"):
        found = _HOURS.search(normalise(str(one.row[field])))
        if found:
            return Decimal(found[1])
    return None


def tax_withheld(case: Case, one: Spoken) -> bool:
    """Tell whether the voucher speaks of income tax withheld: in its narration or on an account it credits."""
    rows = case.facts.postings
    own = rows[(rows["entry"] == one.row["entry"]) & (rows["amount_fen"] < 0)]
    texts = [str(one.row["narration"]), *(str(account) for account in own["account"])]
    day = word_list("tax_withheld").revised
    return any(match(text, "tax_withheld", day, Field.NARRATION) for text in texts)


def with_insiders(case: Case) -> frozenset[str]:
    """Return the names by which persons are known, for `people_paid`."""
    return known_people(case.facts)


def all_of(faults: Collection[Text]) -> Text:
    """Return several faults as one text."""
    return Text("；".join(fault.zh for fault in faults), "; ".join(fault.en for fault in faults))
