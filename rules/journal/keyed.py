"""When vouchers were keyed: the moment that the bookkeeping software wrote into each."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from ledger.journal_rows import VoucherRow
from rules.finding import Text
from rules.rule import Case


class Keyed(NamedTuple):
    """A voucher and when it was keyed; a zone is dropped, a date alone is midnight."""

    voucher: VoucherRow
    at: datetime.datetime

    @property
    def note(self) -> Text:
        """When it was keyed, in words."""
        return Text(f"{self.at:%Y-%m-%d %H:%M} 录入", f"keyed {self.at}")


def keyed(vouchers: Iterable[VoucherRow]) -> Sequence[Keyed]:
    """Return the vouchers that say when they were keyed, in their order."""
    told = [voucher for voucher in vouchers if voucher.entered_at]
    known = {text: moment(text) for text in {voucher.entered_at for voucher in told}}
    return tuple(Keyed(one, at.replace(microsecond=0)) for one in told if (at := known[one.entered_at]) is not None)


def keyed_in_period(case: Case) -> Sequence[Keyed]:
    """Return the vouchers of the audited period that say when they were keyed."""
    return case.facts.once(("journal keyed", case.since, case.until), lambda: keyed(case.vouchers))


def moment(text: str) -> datetime.datetime | None:
    """Return the moment that a text of `entered-at` names, without its zone; None where it names none."""
    try:
        return datetime.datetime.fromisoformat(text).replace(tzinfo=None)
    except ValueError:
        return None


def unkeyed(case: Case) -> tuple[Text, ...]:
    """Return what cannot be tested because vouchers of the period do not say when they were keyed."""
    bare = len(case.vouchers) - len(keyed_in_period(case))
    if not bare:
        return ()
    zh = f"{bare} 张凭证没有写录入时间（entered-at），无法判断"
    return (Text(zh, f"{bare} vouchers do not say when they were keyed"),)
