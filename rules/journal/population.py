"""The populations that journal tests are made on: vouchers of a period with what each spent, paid and moved."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence

import pandas as pd

from rules.finding import Evidence, Text
from rules.gather import limited, voucher_evidence, working_vouchers
from rules.rule import Case

MONEY = ("cash_on_hand", "bank_deposit")


def vouchers(case: Case) -> pd.DataFrame:
    """Return the period's working vouchers with `debit_fen`, `spent_fen` (net debit of expenditure) and `paid_fen`.

    `paid_fen` is what left cash and bank accounts together: 0 for a transfer between them, negative for receipts.
    The order is that of day, word and number.
    """
    rows = case.activity
    found = working_vouchers(case)
    amounts = rows["amount_fen"]
    sums = {
        "debit_fen": amounts.where(amounts > 0, 0),
        "spent_fen": amounts.where(rows["element"].eq("expense"), 0),
        "paid_fen": (-amounts).where(rows["group"].isin(MONEY), 0),
    }
    totals = pd.DataFrame(sums).groupby(rows["entry"].to_numpy()).sum()
    aligned = totals.reindex(found["entry"].to_numpy(), fill_value=0)
    return found.assign(**{name: aligned[name].to_numpy() for name in sums})


def spending(case: Case) -> pd.DataFrame:
    """Return the vouchers that spend: those with a net debit of expenditure."""
    found = vouchers(case)
    spent: pd.DataFrame = found[found["spent_fen"] > 0]
    return spent


def outgoing(case: Case) -> pd.DataFrame:
    """Return the vouchers that spend or pay money out; receipts, interest and depreciation are not among them."""
    found = vouchers(case)
    out: pd.DataFrame = found[(found["spent_fen"] > 0) | (found["paid_fen"] > 0)]
    return out


def fixed_by_standard(rows: pd.DataFrame) -> pd.Series:
    """Tell which vouchers pay amounts that a standard fixes: gifts to members, awards, what goes by a list."""
    listed = rows["list"].astype("str").ne("") | rows["occasion"].astype("str").ne("")
    return listed | rows["awarded"].fillna(0).gt(0)


def name_of(row: pd.Series) -> str:
    """Return a voucher's number, or what stands for it where it has none."""
    return str(row["voucher"]) or f"（无字号，{row['date']:%Y-%m-%d} {row['narration']}）"


def rows_of(
    rows: pd.DataFrame, note: Text | Sequence[Text], column: str = "debit_fen", total: int | None = None
) -> tuple[Evidence, ...]:
    """Return the evidence of vouchers, one row each, cut after fifty; `note` is one for all or one a row."""
    notes = [note] * len(rows) if isinstance(note, Text) else list(note)
    found = [
        voucher_evidence(row, one, abs(int(row[column]))) for (_, row), one in zip(rows.iterrows(), notes, strict=True)
    ]
    return limited(found, total)


def keyed_at(rows: pd.DataFrame) -> pd.Series:
    """Return when each voucher was keyed, NaT where that is not said; a zone is dropped, a date alone is midnight."""
    known = {text: _moment(text) for text in rows["entered_at"].astype("str").unique()}
    return pd.Series([known[t] for t in rows["entered_at"].astype("str")], index=rows.index, dtype="datetime64[s]")


def _moment(text: str) -> pd.Timestamp | None:
    try:
        return pd.Timestamp(datetime.datetime.fromisoformat(text).replace(tzinfo=None, microsecond=0))
    except ValueError:
        return None


def unkeyed(rows: pd.DataFrame) -> tuple[Text, ...]:
    """Return what cannot be tested because vouchers do not say when they were keyed."""
    bare = int(keyed_at(rows).isna().sum())
    if not bare:
        return ()
    zh = f"{bare} 张凭证没有写录入时间（entered-at），无法判断"
    return (Text(zh, f"{bare} vouchers do not say when they were keyed"),)


def years(rows: pd.DataFrame) -> Iterator[tuple[int, pd.DataFrame]]:
    """Yield vouchers year by year, oldest first."""
    for year, own in rows.groupby(rows["date"].dt.year, sort=True):
        yield int(str(year)), own


def netted(rows: pd.DataFrame, columns: Sequence[str] = ("account",)) -> pd.DataFrame:
    """Return a journal netted by voucher and account (or other columns), without what nets to nothing.

    So that dividing a posting in two changes nothing. Columns: `entry`, those asked for, `amount_fen`.
    """
    keys = ["entry", *columns]
    sums = rows.groupby(keys, observed=True, sort=True)["amount_fen"].sum().reset_index()
    kept: pd.DataFrame = sums[sums["amount_fen"] != 0]
    return kept


def sides(rows: pd.DataFrame, column: str = "group") -> pd.DataFrame:
    """Return, a row a voucher, the names on its debit side and on its credit side, each sorted and joined by `+`.

    Index: entry; columns `debit` and `credit`, empty where a side has nothing. Amounts are netted first.
    """
    sums = netted(rows, (column,))
    found: dict[str, dict[int, list[str]]] = {"debit": {}, "credit": {}}
    for entry, name, fen in zip(sums["entry"], sums[column].astype("str"), sums["amount_fen"], strict=True):
        found["debit" if fen > 0 else "credit"].setdefault(int(entry), []).append(str(name) or "?")
    entries = pd.Index(sums["entry"].unique())
    joined = {side: ["+".join(sorted(names.get(int(e), ()))) for e in entries] for side, names in found.items()}
    return pd.DataFrame(joined, index=entries, dtype="str")
