"""Closing a month: what is checked, how it is sealed and locked, and how a later change is found.

A sealed month takes no more vouchers. What was wrong in it is put right in an open month (红字冲销); to open it
again takes a reason, and the record of that stays for ever.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from ledger.months.chain import SealRecord, locked_problem, sealed_months

if TYPE_CHECKING:
    from ledger.months.checks import MonthCheck, Outcome, month_checks
    from ledger.months.sealing import MonthNotSealed, Sealed, reopen_month, seal_month
    from ledger.months.verifying import Change, Verification, verify_book

__all__ = [
    "Change",
    "MonthCheck",
    "MonthNotSealed",
    "Outcome",
    "SealRecord",
    "Sealed",
    "Verification",
    "locked_problem",
    "month_checks",
    "reopen_month",
    "seal_month",
    "sealed_months",
    "verify_book",
]

_WHERE = {
    "MonthCheck": "checks",
    "Outcome": "checks",
    "month_checks": "checks",
    "MonthNotSealed": "sealing",
    "Sealed": "sealing",
    "reopen_month": "sealing",
    "seal_month": "sealing",
    "Change": "verifying",
    "Verification": "verifying",
    "verify_book": "verifying",
}


def __getattr__(name: str) -> Any:
    # Whoever posts a voucher asks only which months are sealed, and must not wait for frames to be loaded.
    if name in _WHERE:
        return getattr(importlib.import_module(f"ledger.months.{_WHERE[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
