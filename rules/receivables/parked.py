"""Open entries of payables that look like income: by the words of the voucher, the other party and the sub-account."""

from __future__ import annotations

import datetime

from rules.departure.open_items import OpenItem
from rules.finding import Evidence
from rules.receivables.ages import parts_before
from rules.receivables.parties import INCOME_WORDS, holder, posting_at, said
from rules.rule import Case

OTHERS = ("founding_fund", "deposits", "tax_withheld", "mutual_insurance")  # looked at by other rules


def _texts(case: Case, part: Evidence) -> str:
    posting = posting_at(case.facts, part.file, part.line)
    if posting is None or posting.head.opening:
        return ""
    return f"{posting.head.narration} {posting.head.payee}"


def looks_like_income(case: Case, part: Evidence) -> bool:
    """Tell whether the words of an open entry and its sub-account are of income that no other rule follows."""
    text = f"{holder(part.account)} {_texts(case, part)}"
    at = case.until if part.date is None else part.date
    return bool(said(text, at, *INCOME_WORDS)) and not said(text, at, *OTHERS) and not is_returned(case, text, at)


def is_returned(case: Case, text: str, at: datetime.date) -> bool:
    """Tell whether it is a returned contribution, which INC09 follows."""
    return case.facts.union.collection_on(at) != "direct" and bool(said(text, at, "tax_return"))


def parked(case: Case, item: OpenItem, before: datetime.date) -> tuple[Evidence, ...]:
    """Return the open entries of before a day that look like income."""
    return tuple(part for part in parts_before(item, before) if looks_like_income(case, part))
