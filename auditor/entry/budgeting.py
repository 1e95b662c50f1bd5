"""Budget warnings at entry: shown before anything is saved, and passed only with a reason that the voucher keeps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from auditor.entry.desk import Desk
from ledger.budgeting import OVERRIDE, WARNING_SHARE, BudgetWarning, override_of, warnings
from ledger.events import EventProblem, Words
from ledger.posting import PostingProblem
from ledger.vouchers import Voucher
from ledger.writer import OPENING
from rules.law import NoParameter

FIELD = f"m.{OVERRIDE}"  # of every form of entry
LABEL = Words("超预算理由（有预算提示时填写）", "Why in spite of the budget (when warned)")


def budget_warnings(desk: Desk, voucher: Voucher | None) -> tuple[BudgetWarning, ...]:
    """Return what the budget says of a voucher that is not posted yet; nothing of an opening or of no voucher."""
    if voucher is None or OPENING in voucher.tags:
        return ()
    facts = desk.current()
    try:
        share = desk.law.value(WARNING_SHARE, voucher.date, facts.union).number
    except (NoParameter, ValueError):
        return warnings(facts, {}, voucher)
    return warnings(facts, {WARNING_SHARE: share}, voucher)


def reason_problems(desk: Desk, voucher: Voucher | None) -> tuple[EventProblem, ...]:
    """Return the warnings that a voucher needs a reason for and has none, as problems of the field for it."""
    if voucher is None or override_of(voucher):
        return ()
    return tuple(
        EventProblem(FIELD, Words(f"{w.zh}；确须支出的请写明理由", f"{w.en}; give a reason"))
        for w in budget_warnings(desk, voucher)
        if w.needs_reason
    )


def posting_problems(desk: Desk, voucher: Voucher) -> tuple[PostingProblem, ...]:
    """Return the same for a draft that is to be posted: others may have been posted since it was saved."""
    found = reason_problems(desk, voucher)
    return tuple(PostingProblem("", f"{p.message.zh}：请退回修改，填写“超预算理由”") for p in found)


def with_reason(voucher: Voucher | None, fields: Mapping[str, str]) -> Voucher | None:
    """Return a voucher with the reason that the form gives for passing a warning."""
    reason = " ".join(fields.get(FIELD, "").split())
    if voucher is None or not reason or OPENING in voucher.tags:
        return voucher
    return replace(voucher, metadata=MappingProxyType({**voucher.metadata, OVERRIDE: reason}))
