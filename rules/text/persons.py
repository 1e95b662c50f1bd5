"""Telling persons from organisations by their names: never more than a guess."""

from __future__ import annotations

import datetime

from rules.text.lists import Field
from rules.text.match import match
from rules.text.normalise import normalise

_LONGEST_NAME = 4  # characters of a Chinese personal name


def looks_like_a_person(payee: str, day: datetime.date) -> bool:
    """Tell whether a payee's name is written like a person's: a private word, or a short name of no organisation."""
    if not payee.strip():
        return False
    if match(payee, "private_payees", day, Field.PAYEE):
        return True
    plain = normalise(payee)
    short = 1 < len(plain) <= _LONGEST_NAME and not plain.isascii()
    return short and not match(payee, "supplier_kinds", day, Field.PAYEE)
