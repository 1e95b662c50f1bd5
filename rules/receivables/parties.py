"""Who stands behind a sub-account of receivables or payables: the employer, a person, a group, nobody named.

A name tells what to ask, never what is proved; `said` looks for words of lists in the account's own names.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping

from ledger.accounts import components
from ledger.facts import Facts
from ledger.journal_rows import PostingRow
from ledger.register_rows import MemberRow, OfficerRow, rows_of_register
from ledger.union import UnionProfile
from rules.text.match import Match, match
from rules.text.normalise import normalise
from rules.text.persons import looks_like_a_person

INCOME_WORDS = ("contribution", "dues", "subsidy", "tax_return", "bank_income", "rents_and_fees", "donations_received")
_UNION = "工会"


def holder(account: str) -> str:
    """Return the name of the last component below level 1, empty for the bare level-1 account."""
    parts = components(account)
    return parts[-1][1] if len(parts) > 1 else ""


def said(text: str, day: datetime.date, *keys: str) -> tuple[Match, ...]:
    """Return the words of the lists that a text holds on a day."""
    return tuple(found for key in keys for found in match(text, key, day))


def employer_name(union: UnionProfile) -> str:
    """Return the employer's name: the union's own without what begins with 工会; empty where nothing is left."""
    name, found, _ = union.name.partition(_UNION)
    return normalise(name) if found else ""


def is_employer(name: str, union: UnionProfile, day: datetime.date) -> bool:
    """Tell whether a name is the employer's or one of its offices'; a name with 工会 in it never is."""
    plain = normalise(name)
    if not plain or _UNION in plain:
        return False
    own = employer_name(union)
    return (bool(own) and own in plain) or bool(said(name, day, "employer"))


def is_person(name: str, facts: Facts, day: datetime.date) -> bool:
    """Tell whether a sub-account is a person's: an advance by its words, or a name of a person."""
    if not name or said(name, day, "legal_forms"):
        return False
    if said(name, day, "advances"):
        return True
    if name in people(facts):
        return True
    return looks_like_a_person(name, day) and not said(name, day, "vague_holders", "deposits", "associations")


def people(facts: Facts) -> frozenset[str]:
    """Return the names in the registers of officers and members."""

    def made() -> frozenset[str]:
        officers = rows_of_register(facts, OfficerRow) if "officers" in facts.registers else ()
        members = rows_of_register(facts, MemberRow) if "members" in facts.registers else ()
        return frozenset({row.name for row in officers} | {row.name for row in members}) - {""}

    return facts.once("people", made)


def posting_at(facts: Facts, file: str, line: int) -> PostingRow | None:
    """Return the posting on other receivables or payables at a place of the book, None where there is none."""

    def made() -> Mapping[tuple[str, int], PostingRow]:
        found: dict[tuple[str, int], PostingRow] = {}
        for posting in facts.booked.on("other_receivables", "other_payables"):
            found.setdefault((posting.file, posting.line), posting)
        return found

    return facts.once("receivables and payables by place", made).get((file, line))
