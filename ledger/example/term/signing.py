"""From drafts to vouchers: numbers, signatures, attachments, invoices and list ids, given out in order of date."""

from __future__ import annotations

import datetime
import random
from collections import defaultdict
from collections.abc import Iterable

from ledger.example.draft import Draft
from ledger.example.signing import WORD, Signed, signatures
from ledger.example.term.calendar import FIRST_DAY, workday_until
from ledger.example.term.identity import chair_on
from ledger.vouchers import Voucher, VoucherNumber

E_INVOICES_FROM = 2023  # invoices are electronic from this year on, paper before
_DAY = datetime.timedelta(days=1)


def signed(drafts: Iterable[Draft], numbers: random.Random) -> tuple[Signed, ...]:
    """Return the vouchers of the drafts, numbered within each month in order of date."""
    counts: dict[tuple[int, int], int] = defaultdict(int)
    places: dict[int, int] = defaultdict(int)
    done = []
    for draft in sorted(drafts, key=lambda d: (d.date, d.key)):
        year, month = draft.date.year, draft.date.month
        counts[year, month] += 1
        places[year] += 1
        number = VoucherNumber(WORD, year, month, counts[year, month])
        metadata = signatures(draft, numbers, chair_on(draft.date))
        if draft.grants:
            metadata["list"] = f"清单-{year}-{places[year]:04d}"
        if draft.item:
            metadata |= _invoice(draft, places[year])
        metadata |= {key: text for key, text in draft.metadata.items() if text}
        done.append(Signed(Voucher(draft.date, number, draft.payee, draft.narration, draft.lines, metadata), draft))
    return tuple(done)


def _invoice(draft: Draft, place: int) -> dict[str, str]:
    year = draft.date.year
    before = max(datetime.date(year, 1, 1), FIRST_DAY, workday_until(draft.date - _DAY))
    electronic = year >= E_INVOICES_FROM
    return {
        "invoice": f"{year % 100}3420000000{place:08d}" if electronic else f"0340{year % 100}00104{place:08d}",
        "invoice-seller": draft.payee,
        "invoice-date": min(draft.date, before).isoformat(),
        "invoice-type": "数电普票" if electronic else "纸质普票",
    }
