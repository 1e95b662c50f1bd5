"""Which names a book can hold: account components of letters, digits and hyphens, as beancount reads them."""

from __future__ import annotations

import re
import unicodedata

_COMPONENT = re.compile(r"\d+-.+", re.DOTALL)
_ROOTS = frozenset({"Assets", "Liabilities", "Equity", "Income", "Expenses"})


def component_name(name: str) -> str:
    """Return a name as a component can hold it: whatever is neither letter nor digit becomes one hyphen."""
    plain = "".join(c if _is_plain(c) else "-" for c in unicodedata.normalize("NFC", name))
    return re.sub(r"-+", "-", plain).strip("-")


def is_account_name(text: str) -> bool:
    """Say whether a text is an account name of the book format: a root, then `<digits>-<name>` components."""
    root, *parts = text.split(":")
    return (
        root in _ROOTS
        and bool(parts)
        and all(
            _COMPONENT.fullmatch(part) is not None and part[0].isascii() and all(c == "-" or _is_plain(c) for c in part)
            for part in parts
        )
    )


def _is_plain(character: str) -> bool:
    category = unicodedata.category(character)
    return category[0] == "L" or category == "Nd"
