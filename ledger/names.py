"""Which names and typed texts a book can hold: account components as beancount reads them, no unseen characters."""

from __future__ import annotations

import re
import unicodedata

_COMPONENT = re.compile(r"\d+-.+", re.DOTALL)
_UNSEEN = ("Cf", "Mn", "Cc", "Co", "Cn")
_ROOTS = frozenset({"Assets", "Liabilities", "Equity", "Income", "Expenses"})


def component_name(name: str) -> str:
    """Return a name as a component can hold it: whatever is neither letter nor digit becomes one hyphen.

    Letters that only look like common ones (Ĳ, Ａ) become those, so that no account is taken for another.
    """
    plain = "".join(c if _is_plain(c) else "-" for c in unicodedata.normalize("NFKC", name))
    return re.sub(r"-+", "-", plain).strip("-")


def as_seen(text: str) -> str:
    """Return a typed or pasted text as a person sees it: odd spaces are plain ones, characters of no width are gone."""
    if text.isprintable():
        return text
    return "".join(" " if _is_odd_space(c) else c for c in text if unicodedata.category(c) != "Cf")


def skeleton(name: str) -> str:
    """Return what a reader sees of a name: width, case and unseen characters taken away."""
    plain = unicodedata.normalize("NFKC", name)
    return "".join(c for c in plain if unicodedata.category(c) not in _UNSEEN).casefold()


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


def _is_odd_space(character: str) -> bool:
    return character not in "\u3000\u00a0" and unicodedata.category(character) in ("Zs", "Zl", "Zp")
