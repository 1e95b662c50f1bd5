"""Fees paid to persons for teaching, judging and the like: to whom, for how many hours, and what is wrong with them."""

from __future__ import annotations

import re
from collections.abc import Collection
from decimal import Decimal

from ledger.register_rows import MemberRow
from rules.expenditure.membership import of_name
from rules.finding import Text
from rules.invoices.parties import is_person
from rules.rule import Case
from rules.text.lists import Field, word_list
from rules.text.match import match
from rules.text.normalise import normalise
from rules.text.search import Spoken

TEXTS = (Field.NARRATION, Field.ACTIVITY, Field.PAYEE, Field.SELLER)
_HOURS = re.compile(r"(\d+(?:\.\d+)?)个?(?:学时|课时)")
_GONE = ("retired", "left")
_PARTED = re.compile(r"[、,，;；/和及]")


def people_paid(payee: str, people: Collection[str]) -> tuple[str, ...]:
    """Return the persons that a payee names (`甲、乙`), none where one of them is no person."""
    names = tuple(name for name in (part.strip() for part in _PARTED.split(payee)) if name)
    return names if names and all(is_person(name, people) for name in names) else ()


def insiders(case: Case, one: Spoken, names: tuple[str, ...]) -> tuple[str, ...]:
    """Return who of the persons paid is called like an active member on the voucher's day, in order of name."""

    def active(member: MemberRow) -> bool:
        return member.status not in _GONE and (member.left is None or member.left > one.day)

    return tuple(sorted(name for name in names if any(map(active, of_name(case, name)))))


def hours_told(one: Spoken) -> Decimal | None:
    """Return the teaching hours that the narration or the activity names, None where neither does."""
    for text in (one.head.narration, one.head.activity):
        found = _HOURS.search(normalise(text))
        if found:
            return Decimal(found[1])
    return None


def tax_withheld(case: Case, one: Spoken) -> bool:
    """Tell whether the voucher speaks of income tax withheld: in its narration or on an account it credits."""
    own = case.facts.booked.by_entry[one.entry]
    texts = [one.head.narration, *(posting.account for posting in own if posting.amount_fen < 0)]
    day = word_list("tax_withheld").revised
    return any(match(text, "tax_withheld", day, Field.NARRATION) for text in texts)


def all_of(faults: Collection[Text]) -> Text:
    """Return several faults as one text."""
    return Text("；".join(fault.zh for fault in faults), "; ".join(fault.en for fault in faults))
