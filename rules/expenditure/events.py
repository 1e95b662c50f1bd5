"""Events that vouchers paid for: what one cost, for how many people and days, and whether it was held elsewhere."""

from __future__ import annotations

import re

import pandas as pd

from rules.text.lists import word_list
from rules.text.normalise import normalise

_PLACE = re.compile(r"[㐀-鿿]{2,6}?(?:省|市|州|县|区)")
_NOT_PLACES = ("regions", ("某省", "某市", "某区", "某县", "中国"))


def with_event(rows: pd.DataFrame) -> pd.DataFrame:
    """Return vouchers with the event they belong to: year and activity, or the voucher's own number."""
    name = rows["activity"].where(rows["activity"] != "", rows["voucher"])
    return rows.assign(event=rows["date"].dt.year.astype("str") + "|" + name.astype("str"))


def events_of(rows: pd.DataFrame) -> pd.DataFrame:
    """Return one row an event: what it cost, its heads and days (missing where no voucher says), its first day."""
    groups = rows.groupby("event", sort=True)
    return pd.DataFrame(
        {
            "amount_fen": groups["amount_fen"].sum(),
            "heads": groups["participants"].max(),
            "days": groups["days"].max(),
            "first": groups["event_date"].min(),
        }
    ).reset_index()


def judged(events: pd.DataFrame, caps: dict[pd.Timestamp, int]) -> pd.DataFrame:
    """Return events with `over`, by how much they went over the rate, and `unknown`, where that is undecided.

    Within the rate of one day is within the rate of any number of days.
    """
    heads, days = events["heads"].fillna(0), events["days"].fillna(1).clip(lower=1)
    over = events["amount_fen"] - events["first"].map(caps).astype("int64") * heads * days
    unknown = (heads <= 0) | ((over > 0) & events["days"].isna())
    return events.assign(over=over.clip(lower=0).where(~unknown, 0).astype("int64"), unknown=unknown.astype(bool))


def elsewhere(place: str, home: str) -> bool:
    """Tell whether a destination names a place that neither the union nor its parent is named after."""
    plain = normalise(place)
    names = _PLACE.findall(plain)
    key, general = _NOT_PLACES
    names += [word.plain for word in word_list(key).words if word.word not in general and word.plain in plain]
    return bool(names) and not any(name.rstrip("省市州县区") in home for name in names)
