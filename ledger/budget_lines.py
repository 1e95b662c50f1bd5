"""Budget lines: an account and a project each, and which of them counts a posting.

A line covers its account and everything below it, component by component, never by string prefix. A posting's
covering lines follow from two sentences:

- A line with a project covers only postings of that project; what a project line covers, no line without a
  project counts again (project money is not basic expenditure).
- Among the rest lines may be nested (501 and 50105 both budgeted): the deepest covers first, and the lines above
  it count it too, because a parent's amount is a total that contains its children's.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from ledger.accounts import ELEMENTS

INCOME, SPENDING, FUNDS = "income", "expense", "net_assets"


class LineKey(NamedTuple):
    """What a budget line is per: an account of the book, and a project (empty for basic expenditure)."""

    account: str
    project: str = ""

    @property
    def element(self) -> str:
        """What the line budgets: `income`, `expense`, or `net_assets` for the use of earlier years' funds."""
        return ELEMENTS[self.account.split(":", 1)[0]]

    @property
    def shown(self) -> str:
        """The line as people read it: the account's own name, with the project where it has one."""
        name = self.account.rsplit(":", 1)[-1]
        return f"“{name}”（项目：{self.project}）" if self.project else f"“{name}”"


def covers(line_account: str, account: str) -> bool:
    """Tell whether an account is a line's own or stands below it: `501-x` covers `501-x:01-y`, never `501-xy`."""
    return account == line_account or account.startswith(f"{line_account}:")


def covering(lines: Iterable[LineKey], account: str, project: str) -> tuple[LineKey, ...]:
    """Return the lines that count a posting, the deepest (which takes it) first; empty when none does."""
    found = [key for key in lines if key.project in ("", project) and covers(key.account, account)]
    own = [key for key in found if key.project] if project else []
    return tuple(sorted(own or [key for key in found if not key.project], key=lambda k: -k.account.count(":")))


def outermost(lines: Iterable[LineKey]) -> tuple[LineKey, ...]:
    """Return the lines that no line of the same project contains: those whose amounts may be added up."""
    keys = sorted(set(lines))
    return tuple(
        key
        for key in keys
        if not any(o != key and o.project == key.project and covers(o.account, key.account) for o in keys)
    )
