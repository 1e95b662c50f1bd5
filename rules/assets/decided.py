"""Whether a voucher names an approved resolution of an earlier day."""

from __future__ import annotations

import pandas as pd

from ledger.rows import Row
from rules.finding import Text
from rules.gather import day
from rules.rule import Case

_REFUSED = ("", "no", "否", "未通过", "不通过")


def undecided(case: Case, row: Row) -> Text | None:
    """Return what is wrong with the decision behind a voucher, None where nothing is.

    Without resolutions.csv a number that a voucher names is taken as it stands.
    """
    name = str(row["resolution"])
    if not name:
        return Text("凭证没有写决议或批复的编号", "the voucher names no resolution")
    if "resolutions" not in case.facts.registers:
        return None
    register = case.register("resolutions")
    found = register[register["id"] == name]
    if found.empty:
        return Text(f"决议 {name} 不在 resolutions.csv", f"resolution {name} is not in resolutions.csv")
    resolution = found.sort_values(["date", "line"]).iloc[0]
    if str(resolution["approved"]).strip().lower() in _REFUSED:
        return Text(f"决议 {name} 没有通过的记录", f"resolution {name} was not approved")
    if pd.isna(resolution["date"]):
        return Text(f"决议 {name} 没有日期", f"resolution {name} has no date")
    done = min(day(row["date"]), day(row["event_date"]))
    if day(resolution["date"]) > done:
        decided = day(resolution["date"])
        return Text(f"决议 {name} 的日期 {decided} 晚于 {done}", f"resolution {name} of {decided} is later than {done}")
    return None
