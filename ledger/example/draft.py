"""A voucher in the making: everything the event knows, before numbers, signatures and invoices are given out."""

from __future__ import annotations

import datetime
import random
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from ledger.example.chart import BASIC
from ledger.example.people import Member
from ledger.vouchers import NO_METADATA, Line

SEED = 20250101


class Grant(NamedTuple):
    """What one member gets on one distribution list; `amount_fen` is fen."""

    member_id: str
    occasion: str
    amount_fen: int
    form: str
    event_key: str


@dataclass(frozen=True)
class Draft:
    """One voucher to be: `key` names it within the generator, `item` is the invoice's item ("" for no invoice)."""

    key: str
    date: datetime.date
    payee: str
    narration: str
    lines: tuple[Line, ...]
    metadata: Mapping[str, str] = field(default_factory=lambda: NO_METADATA)
    grants: tuple[Grant, ...] = ()
    item: str = ""

    def noting(self, **metadata: str) -> Draft:
        """Return the draft with more metadata; underscores stand for the hyphens of the book's keys."""
        return replace(self, metadata={**self.metadata, **_keys(metadata)})

    @property
    def amount_fen(self) -> int:
        """The sum of its debits."""
        return sum(line.amount_fen for line in self.lines if line.amount_fen > 0)


class Terms(NamedTuple):
    """What a larger purchase rests on: contract, resolution and quotations compared."""

    contract: str = ""
    resolution: str = ""
    quotes: int = 0

    def metadata(self) -> dict[str, str]:
        """The terms as voucher metadata, absent ones left out."""
        told = {
            "contract": self.contract,
            "resolution": self.resolution,
            "quotes": str(self.quotes) if self.quotes else "",
        }
        return {key: text for key, text in told.items() if text}


NO_TERMS = Terms()


def stream(seed: int, name: str) -> random.Random:
    """Return the random numbers of one part of the example: another part's changes never disturb it."""
    return random.Random(f"{seed}/{name}")


def spend(
    key: str,
    day: datetime.date,
    payee: str,
    narration: str,
    cost: Line,
    *,
    source: str = BASIC,
    item: str = "",
    grants: Iterable[Grant] = (),
    terms: Terms = NO_TERMS,
    also: Mapping[str, str] = NO_METADATA,
    **metadata: str,
) -> Draft:
    """Return the draft of an expenditure paid from the bank, out of the retained contribution unless told otherwise.

    `cost` is the line debited, `source` the account that pays. `also` is metadata that several vouchers share,
    underscores for hyphens like the keywords.
    """
    told = {"fund": "retained", "payment": "transfer", **_keys(also), **_keys(metadata), **terms.metadata()}
    lines = (cost, Line(source, -cost.amount_fen))
    return Draft(key, day, payee, narration, lines, told, tuple(grants), item)


def grant_to(member: Member, occasion: str, amount_fen: int, form: str, event: str = "") -> Grant:
    """Return a member's row on a list; `event` tells one occasion of a kind from another of the same member."""
    return Grant(member.member_id, occasion, amount_fen, form, event or f"{occasion}:{member.member_id}")


def _keys(metadata: Mapping[str, str]) -> dict[str, str]:
    return {key.replace("_", "-"): text for key, text in metadata.items()}
