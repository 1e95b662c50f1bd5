"""Commitments: contracts signed and not yet paid in full, on the budget line that they will be charged to.

What of a contract is paid is what the books charged under its number (spending, and what was paid out of money in
custody); an advance is not spending yet and stays committed. The line is that of the account on which most of the
contract was charged so far; of a contract without any voucher it is not known.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from ledger.budgeting.lines import LineKey, covering
from ledger.facts import Facts

_CUSTODY = "custody_funds"
_SPENDING = "Expenses:"


@dataclass(frozen=True)
class Commitment:
    """One contract as it stands on a day, in fen.

    `line` is the deepest budget line that it will be charged to, None where it is not known or no line covers it.
    `lapsed` contracts ended before the year began: what they left unpaid binds no budget any more.
    """

    contract: str
    party: str
    topic: str
    signed: datetime.date | None
    ends: datetime.date | None
    amount_fen: int
    paid_fen: int
    line: LineKey | None
    lapsed: bool

    @property
    def open_fen(self) -> int:
        """What is signed and not yet paid; never negative."""
        return max(0, self.amount_fen - self.paid_fen)


def commitments(
    facts: Facts, year: int, until: datetime.date, lines: Iterable[LineKey]
) -> tuple[Commitment, ...] | None:
    """Return every contract that bears on a year's budget and is not paid in full on a day, in order of its number.

    None where the book has no contracts.csv, which is not the same as no commitment. A contract without an amount,
    signed after the day, beginning after the year, or paid from money in custody alone is left out; of a number given
    twice the last row counts.
    """
    register = facts.registers.get("contracts")
    if register is None:
        return None
    keys = tuple(lines)
    charged = _charged(facts, until)
    found: dict[str, Commitment] = {}
    columns = ["contract", "party", "topic", "signed", "from", "to", "amount_fen"]
    for number, party, topic, signed, begins, ends, fen in register[columns].itertuples(index=False):
        if not str(number) or pd.isna(fen) or _day(signed, until) > until:
            continue
        if _day(begins, until).year > year:
            continue
        parts = charged.get(str(number), {})
        if parts and not any(account.startswith(_SPENDING) for account, _ in parts):
            continue
        last = None if pd.isna(ends) else ends.date()
        found[str(number)] = Commitment(
            contract=str(number),
            party=str(party),
            topic=str(topic),
            signed=None if pd.isna(signed) else signed.date(),
            ends=last,
            amount_fen=int(fen),
            paid_fen=sum(parts.values()),
            line=_line(parts, keys),
            lapsed=last is not None and last.year < year,
        )
    return tuple(c for _, c in sorted(found.items()) if c.open_fen)


def _day(value: object, otherwise: datetime.date) -> datetime.date:
    return value.date() if isinstance(value, pd.Timestamp) else otherwise


def _charged(facts: Facts, until: datetime.date) -> dict[str, dict[tuple[str, str], int]]:
    """Return contract → (account, project) → what was charged, over all years up to a day."""
    rows = facts.journal
    usual = ~(rows["opening"] | rows["change_over"] | rows["carry_forward"])
    rows = rows[usual & (rows["contract"] != "") & (rows["date"] <= pd.Timestamp(until))]
    rows = rows[(rows["element"] == "expense") | (rows["group"] == _CUSTODY)]
    charged: dict[str, dict[tuple[str, str], int]] = defaultdict(dict)
    for contract, account, project, fen in rows[["contract", "account", "project", "amount_fen"]].itertuples(
        index=False
    ):
        parts = charged[str(contract)]
        pair = (str(account), str(project))
        parts[pair] = parts.get(pair, 0) + int(fen)
    return charged


def _line(parts: dict[tuple[str, str], int], lines: tuple[LineKey, ...]) -> LineKey | None:
    ranked = sorted(parts.items(), key=lambda item: (-item[1], item[0]))
    for (account, project), fen in ranked:
        if fen > 0 and account.startswith(_SPENDING):
            return next(iter(covering(lines, account, project)), None)
    return None


def on_commitment_lines(found: Iterable[Commitment], lines: Iterable[LineKey]) -> dict[LineKey, int]:
    """Return what is committed on each line, lines above included; what lapsed or has no line is left out."""
    keys = tuple(lines)
    totals: dict[LineKey, int] = defaultdict(int)
    for one in found:
        if one.line is not None and not one.lapsed:
            for key in covering(keys, *one.line):
                totals[key] += one.open_fen
    return dict(totals)
