"""One finding of many rows: the vouchers of one case under one sentence, each with its own note."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from ledger.journal_rows import PostingRow, net_fen
from rules.expenditure.purchases import spending_evidence
from rules.finding import Certainty, Citation, Evidence, Finding, Severity, Text
from rules.gather import MOST_EVIDENCE, cut
from rules.law import ParameterValue
from rules.rule import Case

Note = Text | Callable[[PostingRow], Text]


def at_line(line: PostingRow, note: Text) -> Evidence:
    """Return a voucher as evidence at the place of one of its lines, with that line's amount."""
    return Evidence(
        note, voucher=line.voucher, date=line.date, amount_fen=line.amount_fen, file=line.file, line=line.line
    )


def one_finding(
    case: Case,
    *key: str,
    lines: Sequence[PostingRow],
    message: Text,
    expected: Text,
    found: Text,
    remedy: Text,
    note: Note,
    shown: Callable[[PostingRow, Text], Evidence] = spending_evidence,
    amount_fen: int | None = None,
    certainty: Certainty = Certainty.ESTABLISHED,
    severity: Severity | None = None,
    parameters: Sequence[ParameterValue] = (),
    citations: Sequence[Citation] | None = None,
    related: Sequence[str] = (),
) -> Finding:
    """Return the finding that some vouchers make together, each told by a line that stands for it.

    `note` is what is said of each, `shown` how each becomes evidence. The amount at risk is the sum of the lines
    unless another is given (0 where none can be said).
    """
    total = net_fen(lines)
    evidence = [shown(line, note(line) if callable(note) else note) for line in lines[:MOST_EVIDENCE]]
    return case.finding(
        *key,
        message=message,
        expected=expected,
        found=found,
        remedy=remedy,
        evidence=cut(evidence, len(lines), total),
        amount_fen=total if amount_fen is None else amount_fen,
        parameters=parameters,
        certainty=certainty,
        severity=severity,
        citations=citations,
        related=related,
    )


def by_year(
    lines: Iterable[PostingRow], *names: Callable[[PostingRow], str]
) -> list[tuple[int, tuple[str, ...], list[PostingRow]]]:
    """Return lines year by year, and within a year by some texts of theirs, in order of year and texts."""
    found: dict[tuple[int, tuple[str, ...]], list[PostingRow]] = {}
    for line in lines:
        found.setdefault((line.date.year, tuple(name(line) for name in names)), []).append(line)
    return [(year, texts, own) for (year, texts), own in sorted(found.items(), key=lambda group: group[0])]
