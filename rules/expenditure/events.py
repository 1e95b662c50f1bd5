"""Events that vouchers paid for: what one cost, for how many people and days, and whether it was held elsewhere."""

from __future__ import annotations

import datetime
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from ledger.journal_rows import PostingRow, net_fen
from rules.text.lists import word_list
from rules.text.normalise import normalise

_PLACE = re.compile(r"[㐀-鿿]{2,6}?(?:省|市|州|县|区)")
_NOT_PLACES = ("regions", ("某省", "某市", "某区", "某县", "中国"))


class Held(NamedTuple):
    """An event that was held: what its vouchers spent, one line a voucher, for how many people and days.

    `heads` and `days` are None where no voucher says, `first` is the first day of it.
    """

    year: int
    name: str
    lines: Sequence[PostingRow]
    amount_fen: int
    heads: int | None
    days: int | None
    first: datetime.date

    @property
    def key(self) -> str:
        """What names it in the id of a finding."""
        return f"{self.year}|{self.name}"

    def over(self, rate_fen: int) -> int | None:
        """Return by how much it went over a rate for a head and day, None where that is undecided.

        Within the rate of one day is within the rate of any number of days.
        """
        if not self.heads or self.heads < 0:
            return None
        over = self.amount_fen - rate_fen * self.heads * max(1, self.days or 1)
        return None if over > 0 and self.days is None else max(0, over)


def events_held(lines: Iterable[PostingRow]) -> list[Held]:
    """Return the events that lines of spending make, by year and activity, or by the voucher's own number."""
    by_event: dict[tuple[int, str], list[PostingRow]] = defaultdict(list)
    for line in lines:
        by_event[event_of(line)].append(line)
    return [_held(year, name, own) for (year, name), own in by_event.items()]


def event_of(line: PostingRow) -> tuple[int, str]:
    """Return the event that a line of spending belongs to."""
    head = line.head
    return line.date.year, head.activity or head.voucher


def _held(year: int, name: str, lines: Sequence[PostingRow]) -> Held:
    if len(lines) == 1:
        head = lines[0].head
        return Held(year, name, lines, lines[0].amount_fen, head.participants, head.days, head.event_date)
    heads = [line.head for line in lines]
    return Held(
        year,
        name,
        lines,
        amount_fen=net_fen(lines),
        heads=max((head.participants for head in heads if head.participants is not None), default=None),
        days=max((head.days for head in heads if head.days is not None), default=None),
        first=min(head.event_date for head in heads),
    )


def elsewhere(place: str, home: str) -> bool:
    """Tell whether a destination names a place that neither the union nor its parent is named after."""
    plain = normalise(place)
    names = _PLACE.findall(plain)
    key, general = _NOT_PLACES
    names += [word.plain for word in word_list(key).words if word.word not in general and word.plain in plain]
    return bool(names) and not any(name.rstrip("省市州县区") in home for name in names)
