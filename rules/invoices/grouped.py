"""One finding of many rows: the vouchers of one case under one sentence, each with its own note."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pandas as pd

from ledger.rows import Row, records
from rules.finding import Certainty, Citation, Finding, Severity, Text
from rules.gather import MOST_EVIDENCE, cut, voucher_evidence
from rules.law import ParameterValue
from rules.rule import Case

Note = Text | Callable[[Row], Text]


def grouped(
    case: Case,
    *key: str,
    rows: pd.DataFrame | Sequence[Row],
    message: Text,
    expected: Text,
    found: Text,
    remedy: Text,
    note: Note,
    amount_fen: int | None = None,
    certainty: Certainty = Certainty.ESTABLISHED,
    severity: Severity | None = None,
    parameters: Sequence[ParameterValue] = (),
    citations: Sequence[Citation] | None = None,
    related: Sequence[str] = (),
) -> Finding:
    """Return the finding that some rows of vouchers make together.

    `rows` have `voucher date amount_fen file line`; `note` is what is said of each. The amount at risk is the
    sum of the rows unless another is given (0 where none can be said).
    """
    listed = list(records(rows)) if isinstance(rows, pd.DataFrame) else rows
    total = sum(int(row["amount_fen"]) for row in listed)
    evidence = [
        voucher_evidence(row, note(row) if callable(note) else note, int(row["amount_fen"]))
        for row in listed[:MOST_EVIDENCE]
    ]
    return case.finding(
        *key,
        message=message,
        expected=expected,
        found=found,
        remedy=remedy,
        evidence=cut(evidence, len(listed), total),
        amount_fen=total if amount_fen is None else amount_fen,
        parameters=parameters,
        certainty=certainty,
        severity=severity,
        citations=citations,
        related=related,
    )


def yearly(rows: pd.DataFrame, *by: str) -> list[tuple[int, tuple[str, ...], pd.DataFrame]]:
    """Return rows of vouchers year by year, and within a year by the texts of some columns, in order."""
    keys = [rows["date"].dt.year.rename("year"), *(rows[name].astype("object") for name in by)]
    groups = rows.groupby(keys, sort=True)
    return [(int(str(key[0])), tuple(str(part) for part in key[1:]), own) for key, own in groups]
