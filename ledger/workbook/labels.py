"""How a workbook names accounts: `10201 银行存款-基本户`, one text for each account and one account for each text."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from ledger.accounts import charts, components, resolve


def account_labels(accounts: Iterable[str]) -> Mapping[str, str]:
    """Return account → the text that stands for it, in order of code; the account's own name where two would agree."""
    made: dict[str, str] = {}
    taken: set[str] = set()
    for account in sorted(set(accounts), key=lambda name: ([digits for digits, _ in components(name)], name)):
        label = account_label(account)
        made[account] = account if label in taken else label
        taken.add(made[account])
    return MappingProxyType(made)


def account_label(account: str) -> str:
    """Return an account's code and name as people read them, whatever other accounts there are."""
    parts = components(account)
    found = next((a for c in reversed(charts()) if (a := resolve(account, c.since or datetime.date.max))), None)
    depth = 1 if found is None or found.code == found.parent_code else 2
    head, local = parts[depth - 1 : depth], parts[depth:]
    digits = "".join(d for d, _ in (*head, *local))
    return f"{digits} {'-'.join(name for _, name in (*head, *local))}"
