"""The resolution behind a voucher: found by its number, refused or not, and whether it came first."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

from ledger.facts import Facts
from ledger.journal_rows import VoucherRow
from ledger.register_rows import ResolutionRow, rows_of_register
from rules.finding import Text
from rules.rule import Case

_REFUSED = ("", "no", "否", "未通过", "不通过")


def undecided(case: Case, voucher: VoucherRow) -> Text | None:
    """Return what is wrong with the decision behind a voucher, None where nothing is.

    Without resolutions.csv a number that a voucher names is taken as it stands.
    """
    name = voucher.resolution
    if not name:
        return Text("凭证没有写决议或批复的编号", "the voucher names no resolution")
    if "resolutions" not in case.facts.registers:
        return None
    resolution = resolution_named(case.facts, name)
    if resolution is None:
        return Text(f"决议 {name} 不在 resolutions.csv", f"resolution {name} is not in resolutions.csv")
    if refused(resolution):
        return Text(f"决议 {name} 没有通过的记录", f"resolution {name} was not approved")
    if resolution.date is None:
        return Text(f"决议 {name} 没有日期", f"resolution {name} has no date")
    done = min(voucher.date, voucher.event_date)
    if resolution.date > done:
        decided = resolution.date
        return Text(f"决议 {name} 的日期 {decided} 晚于 {done}", f"resolution {name} of {decided} is later than {done}")
    return None


def resolution_named(facts: Facts, number: str) -> ResolutionRow | None:
    """Return the resolution with a number in the register, of several the earliest; None where there is none."""

    def made() -> Mapping[str, ResolutionRow]:
        found: dict[str, ResolutionRow] = {}
        rows = rows_of_register(facts, ResolutionRow)
        for row in sorted(rows, key=lambda row: (row.date or datetime.date.max, row.line)):
            found.setdefault(row.id, row)
        return found

    return facts.once("resolutions by number", made).get(number)


def refused(resolution: ResolutionRow) -> bool:
    """Tell whether the register does not say that a resolution was approved."""
    return resolution.approved.strip().lower() in _REFUSED
