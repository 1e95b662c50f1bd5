"""Who stands on the other side of a payment: a firm, a person, a union — by the words of the name and by registers.

A name establishes little: what these functions say decides at most which rule looks at a voucher.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from enum import StrEnum
from functools import lru_cache

from ledger.facts import Facts
from ledger.register_rows import MemberRow, OfficerRow, rows_of_register
from rules.text.lists import Field, word_list
from rules.text.match import match
from rules.text.near import LEAST_ALIKE, alike, bare_name
from rules.text.normalise import BAR, normalise

_UNION = "工会"
_BANK = "银行"
_NAME = re.compile(r"[㐀-鿿·]{2,4}")


class Sameness(StrEnum):
    """How one name stands to another: the same, perhaps the same, or another one's."""

    SAME = "same"
    NEAR = "near"
    OTHER = "other"


@lru_cache(maxsize=16384)
def is_union(name: str) -> bool:
    """Tell whether a name is a union's: union bodies sell nothing."""
    return _UNION in normalise(name)


@lru_cache(maxsize=16384)
def is_firm(name: str) -> bool:
    """Tell whether a name sounds like one who trades: a company, a shop, an inn."""
    return bool(name) and not is_union(name) and _BANK not in normalise(name) and _said(name, "firms")


@lru_cache(maxsize=16384)
def sounds_like_person(name: str) -> bool:
    """Tell whether a name sounds like a person's: a surname, two to four characters, no word for organisations."""
    plain = normalise(name)
    if not _NAME.fullmatch(plain):
        return False
    surname = any(plain.startswith(word.plain) for word in word_list("surnames").words)
    return surname and not _said(name, "supplier_kinds") and not _said(name, "firms")


def _said(name: str, key: str) -> bool:
    return bool(match(name, key, word_list(key).revised, Field.PAYEE))


def known_people(facts: Facts) -> frozenset[str]:
    """Return the names of members and officers, normalised; empty without these registers."""

    def made() -> frozenset[str]:
        names: set[str] = set()
        if "members" in facts.registers:
            names.update(member.name for member in rows_of_register(facts, MemberRow))
        if "officers" in facts.registers:
            names.update(officer.name for officer in rows_of_register(facts, OfficerRow))
        return frozenset(map(normalise, names)) - {""}

    return facts.once("known people", made)


def is_person(name: str, people: Collection[str]) -> bool:
    """Tell whether a payee is a person: one of the known people, or a name that sounds like one."""
    return bool(name) and (normalise(name) in people or sounds_like_person(name))


@lru_cache(maxsize=65536)
def sameness(one: str, other: str) -> Sameness:
    """Tell how two names stand: the same but for region and legal form, near or one within the other, or others."""
    first, second = _plain(one), _plain(other)
    if first == second or bare_name(one) == bare_name(other):
        return Sameness.SAME
    if first in second or second in first or alike(one, other) >= LEAST_ALIKE:
        return Sameness.NEAR
    return Sameness.OTHER


def _plain(name: str) -> str:
    return normalise(name).replace(BAR, "").replace(" ", "")
