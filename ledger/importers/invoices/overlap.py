"""Invoices that the register has already: the same one is passed over, another of the same number is a problem."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ledger.importers.cells import CellError, fen

RegisterRow = Mapping[str, str]
_IDENTITY = ("date", "seller", "buyer")


def unseen_invoices(old: Sequence[RegisterRow], new: Sequence[RegisterRow]) -> tuple[list[RegisterRow], list[str]]:
    """Return the rows of `new` whose number `old` does not have, and a sentence for each that contradicts `old`.

    Cells that the register leaves empty contradict nothing.
    """
    known: dict[str, list[RegisterRow]] = {}
    for row in old:
        known.setdefault(_text(row, "invoice"), []).append(row)
    fresh: list[RegisterRow] = []
    problems: list[str] = []
    for row in new:
        number = _text(row, "invoice")
        if number not in known:
            fresh.append(row)
        elif not any(_agrees(there, row) for there in known[number]):
            problems.append(
                f"发票号码 {number} 已在登记簿中，日期、双方或金额不同；重复号码的发票不能都是真的，请到税务平台查验"
            )
    return fresh, problems


def _agrees(there: RegisterRow, row: RegisterRow) -> bool:
    texts = all(not _text(there, key) or _text(there, key) == _text(row, key) for key in _IDENTITY)
    return texts and _amount(there) == _amount(row)


def _text(row: RegisterRow, key: str) -> str:
    return (row.get(key) or "").strip()


def _amount(row: RegisterRow) -> int | str:
    try:
        return fen(_text(row, "amount"))
    except CellError:
        return _text(row, "amount")
