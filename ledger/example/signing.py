"""From drafts to vouchers: numbers, signatures, attachments, invoices and list ids, given out in order of date."""

from __future__ import annotations

import datetime
import random
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from ledger.example import chart
from ledger.example.draft import Draft
from ledger.example.names import ACCOUNTANT, BOOKKEEPER, CASHIER, FINANCE, HANDLERS, chair_on
from ledger.example.workdays import FIRST_DAY, YEAR, workday_before
from ledger.vouchers import Voucher, VoucherNumber

WORD = "记"
INVOICE_TYPE = "数电普票"
MONEY = (chart.BASIC, chart.CUSTODY_BANK, chart.CASH)


@dataclass(frozen=True)
class Signed:
    """A voucher with the draft it came from: registers need what the voucher itself does not say."""

    voucher: Voucher
    draft: Draft

    @property
    def number(self) -> str:
        """The voucher number as text."""
        return str(self.voucher.number)

    @property
    def paid_fen(self) -> int:
        """What it spent or paid out: its credits on money and receivables, in fen."""
        away = (*MONEY, "Assets:135")
        return -sum(
            line.amount_fen for line in self.voucher.lines if line.amount_fen < 0 and line.account.startswith(away)
        )


def signed(drafts: Iterable[Draft], numbers: random.Random, out_of_order: str) -> tuple[Signed, ...]:
    """Return the vouchers of the drafts in order of date; one draft's number is exchanged with its predecessor's."""
    ordered = sorted(drafts, key=lambda draft: (draft.date, draft.key))
    given = _numbers(ordered, out_of_order)
    lists = invoices = 0
    done = []
    for draft in ordered:
        lists += bool(draft.grants)
        invoices += bool(draft.item)
        metadata = signatures(draft, numbers, chair_on(draft.date))
        if draft.grants:
            metadata["list"] = f"清单-{YEAR}-{lists:04d}"
        if draft.item:
            invoice = f"253420000000{invoices * 7 + numbers.randint(0, 6):08d}"
            told = min(draft.date, max(FIRST_DAY, workday_before(draft.date)))
            metadata |= {
                "invoice": invoice,
                "invoice-seller": draft.payee,
                "invoice-date": told.isoformat(),
                "invoice-type": INVOICE_TYPE,
            }
        elif "invoice" in draft.metadata:
            metadata["invoice-date"] = draft.date.isoformat()
        metadata |= draft.metadata
        voucher = Voucher(draft.date, given[draft.key], draft.payee, draft.narration, draft.lines, metadata)
        done.append(Signed(voucher, draft))
    return tuple(sorted(done, key=lambda s: (s.voucher.date, s.number)))


def _numbers(ordered: Iterable[Draft], out_of_order: str) -> dict[str, VoucherNumber]:
    counts: dict[int, int] = defaultdict(int)
    given: dict[str, VoucherNumber] = {}
    before = ""
    for draft in ordered:
        month = draft.date.month
        counts[month] += 1
        given[draft.key] = VoucherNumber(WORD, YEAR, month, counts[month])
        if draft.key == out_of_order:
            given[before], given[draft.key] = given[draft.key], given[before]
        before = draft.key
    return given


def signatures(draft: Draft, numbers: random.Random, chair: str) -> dict[str, str]:
    """Return who signed a draft's voucher, the chair last, with its attachments and when it was entered."""
    money = any(line.account in MONEY for line in draft.lines)
    papers = (
        1 + bool(draft.item) + bool(draft.grants) + ("contract" in draft.metadata) + ("resolution" in draft.metadata)
    )
    clock = datetime.time(numbers.randint(9, 16), numbers.randint(0, 59))
    return {
        "attachments": str(papers),
        "prepared-by": ACCOUNTANT,
        "reviewed-by": FINANCE,
        "posted-by": BOOKKEEPER,
        **({"cashier": CASHIER} if money else {}),
        "handled-by": numbers.choice(HANDLERS),
        "approved-by": chair,
        "entered-at": f"{draft.date.isoformat()}T{clock.isoformat()}",
    }
