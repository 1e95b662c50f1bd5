"""What is passed on to the union above, in the ways it is done: by month, by quarter, and in parts.

The payment for the wages of November 2021 falls into 2022: what is owed crosses the change-over of the systems.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ledger.example.draft import Draft, spend
from ledger.example.names import HIGHER_UNION
from ledger.example.term import chart
from ledger.example.term.calendar import MONTHS, month_name, month_zh, workday
from ledger.example.term.people import Wages, contribution_fen
from ledger.vouchers import Line

PAYDAY = 18
REST_ON = 26
BY_QUARTER = (2020, 2022)
IN_PARTS = (4, 7, 10)  # months of 2021 in which half is paid on one day and half on another


def remittances(wages: Sequence[Wages]) -> tuple[Draft, ...]:
    """Return every payment to the union above of what came with the wages of December 2018 to December 2022."""
    return tuple(_payments(wages))


def _payments(wages: Sequence[Wages]) -> Iterator[Draft]:
    for year in (2019, 2020, 2021, 2022):
        for month in MONTHS:
            span = _span(year, month)
            if span:
                yield from _paid(wages, year, month, span)
    yield from _paid(wages, 2023, 1, [month_name(2023, 0)])


def _span(year: int, month: int) -> list[str]:
    """Return the months of wages that are paid for in a month."""
    if (year, month) == (2021, 12):
        return []
    if (year, month) == (2022, 1):
        return [month_name(2022, -1), month_name(2022, 0)]
    if year not in BY_QUARTER:
        return [month_name(year, month - 1)]
    first = month - 3 if (year, month) != (2022, 3) else month - 2
    return [month_name(year, of) for of in range(first, month)] if month % 3 == 0 else []


def _paid(wages: Sequence[Wages], year: int, month: int, span: Sequence[str]) -> Iterator[Draft]:
    total = sum(contribution_fen(wages, of)[1] for of in span)
    of = span[0] if len(span) == 1 else f"{span[0]}..{span[-1]}"
    shown = month_zh(of) if len(span) == 1 else f"{month_zh(span[0])}至{month_zh(span[-1])}"
    first = total // 2 if year == 2021 and month in IN_PARTS else total
    for part, amount in enumerate((first, total - first), start=1):
        if amount:
            yield spend(
                f"remittance/{of}" + ("" if part == 1 else "/rest"),
                workday(year, month, PAYDAY if part == 1 else REST_ON),
                HIGHER_UNION,
                f"上缴{HIGHER_UNION}{shown}工会经费" + (f"（第{part}笔）" if first != total else ""),
                Line(chart.due_to_higher(year), amount),
                month_of=of,
            )
