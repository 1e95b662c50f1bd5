"""Accounts as a person picks them: a label of code and name, and back to the account of the book."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from ledger.accounts import account_name, chart_on, components
from ledger.names import is_account_name
from ledger.workbook.labels import account_label


def labels_of(accounts: Iterable[str], day: datetime.date, level: str) -> Mapping[str, str]:
    """Return label → account of the open accounts, and of those that the chart of a day adds for the union's level."""
    mine = "grassroots" if level == "grassroots" else "county"
    statutory = [account_name(a) for a in chart_on(day).accounts if a.levels in (mine, "both")]
    found: dict[str, str] = {}
    for account in sorted({*accounts, *statutory}, key=_order):
        label = label_of(account)
        found[label if label not in found else account] = account
    return MappingProxyType(found)


def label_of(account: str) -> str:
    """Return an account as the workbook names it too: `10201 银行存款-基本户`; any other text unchanged."""
    return account_label(account) if components(account) else account


def picked(text: str, labels: Mapping[str, str]) -> str | None:
    """Return the account that a text names: its label, the whole name, or the only one whose label holds the text."""
    wanted = " ".join(text.split())
    if wanted in labels:
        return labels[wanted]
    if is_account_name(wanted):
        return wanted
    first = [account for label, account in labels.items() if label.split(" ")[0] == wanted]
    found = first or [account for label, account in labels.items() if wanted in label]
    return found[0] if len(found) == 1 else None


def _order(account: str) -> tuple[str, ...]:
    return tuple(code for code, _ in components(account))
