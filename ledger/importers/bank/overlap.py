"""Statements overlap (a month, then a quarter): a line that the register has already is not added again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from ledger.importers.cells import CellError, fen

RegisterRow = Mapping[str, str]


def unseen_lines(old: Sequence[RegisterRow], new: Sequence[RegisterRow]) -> list[RegisterRow]:
    """Return the rows of `new` that `old` does not hold, in their order.

    Two rows are one line when account, day, amounts and balance agree and their serials do not contradict each
    other; without a balance, serial, party and summary must agree too. A line that `old` has n times is left out n
    times.
    """
    present: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for row in old:
        present[_key(row)].append(_text(row, "serial"))
    fresh = []
    for row in new:
        serials = present[_key(row)]
        own = _text(row, "serial")
        same = next((s for s in (own, "") if s in serials), None)
        if same is None and not own and serials:
            same = serials[0]
        if same is None:
            fresh.append(row)
        else:
            serials.remove(same)
    return fresh


def _key(row: RegisterRow) -> tuple[str, ...]:
    balance = _amount(row, "balance", keep_zero=True)
    key = (_text(row, "account"), _text(row, "date"), _amount(row, "debit"), _amount(row, "credit"), balance)
    return key if balance else (*key, _text(row, "serial"), _text(row, "payer_payee"), _text(row, "summary"))


def _text(row: RegisterRow, key: str) -> str:
    return (row.get(key) or "").strip()


def _amount(row: RegisterRow, key: str, *, keep_zero: bool = False) -> str:
    text = _text(row, key)
    try:
        value = fen(text) if text else 0
    except CellError:
        return text
    return str(value) if value or (keep_zero and text) else ""
