"""Beancount's own parser with a quicker builder: the same grammar, the same directives, the same complaints.

What is left out is what an audit never asks for (the display precision of every number) and what is done twice.
`tests/ledger/reader/test_booking.py` holds this builder against beancount's.
"""

from __future__ import annotations

import io
from typing import Any

from beancount.core import data
from beancount.parser import _parser, grammar  # type: ignore[attr-defined]


def parse(content: bytes, name: str) -> tuple[list[Any], list[Any], dict[str, Any]]:
    """Return directives (in order of the file), complaints and options of a ledger's UTF-8 text.

    `name` is what metadata gives as the file's name; nothing of that name is opened.
    """
    builder = _Builder()
    _parser.Parser(builder, debug=False).parse(io.BytesIO(content), filename=name, lineno=1)
    entries, errors, options = builder.finalize()  # type: ignore[no-untyped-call]
    return entries, errors, options


class _Builder(grammar.Builder):
    """Beancount's builder with short ways for what fills a book: accounts seen before, postings of an amount."""

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._valid: dict[str, str] = {}

    def _dcupdate(self, number: Any, currency: Any) -> None:
        """Keep no statistics of digits."""

    def get_entries(self) -> list[Any]:
        """Return the directives as they stand; whoever reads several files sorts them once."""
        entries: list[Any] = self.entries
        return entries

    def account(self, filename: str, lineno: int, account: str) -> str:
        """Check an account's name when it is first seen; a name that is not valid is complained of each time."""
        known = self._valid.get(account)
        if known is not None:
            return known
        before = len(self.errors)
        name: str = super().account(filename, lineno, account)  # type: ignore[no-untyped-call]
        if len(self.errors) == before:
            self._valid[account] = name
        return name

    def posting(
        self, filename: str, lineno: int, account: str, units: Any, cost: Any, price: Any, istotal: Any, flag: Any
    ) -> Any:
        """Return a posting; only those with a cost or a price need checks."""
        if cost is not None or price is not None or istotal:
            return super().posting(  # type: ignore[no-untyped-call]
                filename, lineno, account, units, cost, price, istotal, flag
            )
        meta = {"filename": filename, "lineno": lineno}
        return data.Posting(account, units, None, None, chr(flag) if flag else None, meta)
