"""Budget lines of which nobody knows what they hold: one version number, two different contents.

The reader reports such lines with file and line. What compares with one of them, or adds it up, is not performed:
to choose one of the two would be to decide what the committee has to find out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from ledger.facts import Facts
from ledger.journal_rows import values_of
from rules.budget.lines import BudgetVersion, LineKey
from rules.finding import Text


def disputed(versions: Iterable[BudgetVersion]) -> frozenset[LineKey]:
    """Return the lines of which some version stands in the book more than once, with different contents."""
    counts = Counter((v.key, v.version) for v in versions)
    return frozenset(key for (key, _), count in counts.items() if count > 1)


def dispute_texts(year: int, versions: Iterable[BudgetVersion]) -> tuple[Text, ...]:
    """Return a sentence for each disputed version: which it is, where both stand, and that it was not compared."""
    places: dict[tuple[LineKey, int], list[str]] = {}
    for version in versions:
        places.setdefault((version.key, version.version), []).append(f"{version.file}:{version.line}")
    return tuple(
        Text(
            f"{year} 年度预算{key.shown}第 {number} 版有 {len(where)} 种内容（{'、'.join(sorted(where))}），"
            "与这一行有关的比较未作",
            f"budget {year}, {key.account}: version {number} has {len(where)} contents ({', '.join(sorted(where))});"
            " nothing was compared with this line",
        )
        for (key, number), where in sorted(places.items())
        if len(where) > 1
    )


def slips(facts: Facts, versions: Iterable[BudgetVersion]) -> tuple[LineKey, ...]:
    """Return the lines that no voucher can meet: on no account of the chart, or on one that was never opened."""
    opened = [name.split(":") for name in values_of(facts.accounts["account"])]
    usable = {":".join(parts[:depth]) for parts in opened for depth in range(1, len(parts) + 1)}
    versions = list(versions)
    off = {v.key for v in versions if not v.code}
    unused = {v.key for v in versions if v.key.account not in usable} if usable else set()
    return tuple(sorted(off | unused))
