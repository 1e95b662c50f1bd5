"""The populations that journal tests are made on: vouchers of a period with what each spent, paid and moved."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd

from ledger.rows import Row, records
from rules.finding import Evidence, Text
from rules.gather import MOST_EVIDENCE, cut, voucher_evidence, working_vouchers
from rules.rule import Case

MONEY = ("cash_on_hand", "bank_deposit")


def vouchers(case: Case) -> pd.DataFrame:
    """Return the period's working vouchers with `debit_fen`, `spent_fen` (net debit of expenditure) and `paid_fen`.

    `paid_fen` is what left cash and bank accounts together: 0 for a transfer between them, negative for receipts.
    The order is that of day, word and number.
    """
    name = ("journal population", case.since, case.until)
    return case.facts.once(name, lambda: _vouchers(case)).copy(deep=False)


def _vouchers(case: Case) -> pd.DataFrame:
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
    listed = rows["list"].ne("") | rows["occasion"].ne("")
    return listed | rows["awarded"].fillna(0).gt(0)


def name_of(row: Row) -> str:
    """Return a voucher's number, or what stands for it where it has none."""
    return str(row["voucher"]) or f"（无字号，{row['date']:%Y-%m-%d} {row['narration']}）"


def rows_of(
    rows: pd.DataFrame, note: Text | Sequence[Text], column: str = "debit_fen", total: int | None = None
) -> tuple[Evidence, ...]:
    """Return the evidence of vouchers, one row each, cut after fifty; `note` is one for all or one a row."""
    listed = rows.head(MOST_EVIDENCE)
    notes = [note] * len(listed) if isinstance(note, Text) else list(note)[: len(listed)]
    found = [voucher_evidence(row, one, abs(int(row[column]))) for row, one in zip(records(listed), notes, strict=True)]
    return cut(found, len(rows), total)


def keyed_at(rows: pd.DataFrame) -> pd.Series:
    """Return when each voucher was keyed, NaT where that is not said; a zone is dropped, a date alone is midnight."""
    texts = rows["entered_at"].tolist()
    known = {text: _moment(text) for text in set(texts)}
    return pd.Series([known[text] for text in texts], index=rows.index, dtype="datetime64[s]")


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
    keys = rows[["entry", *columns]]
    codes = [keys[name].cat.codes if keys[name].dtype == "category" else keys[name] for name in keys.columns]
    order = np.lexsort([code.to_numpy() for code in reversed(codes)])
    sorted_codes = [code.to_numpy()[order] for code in codes]
    starts = np.ones(len(order), dtype=bool)
    starts[1:] = np.any([code[1:] != code[:-1] for code in sorted_codes], axis=0)
    places = starts.nonzero()[0]
    sums = np.add.reduceat(rows["amount_fen"].to_numpy()[order], places) if len(order) else np.zeros(0, "int64")
    found = keys.take(order[places]).reset_index(drop=True).assign(amount_fen=sums)
    return found[found["amount_fen"] != 0]


def sides(rows: pd.DataFrame, column: str = "group") -> pd.DataFrame:
    """Return, a row a voucher, the names on its debit side and on its credit side, each sorted and joined by `+`.

    Index: entry; columns `debit` and `credit`, empty where a side has nothing. Amounts are netted first.
    """
    sums = netted(rows, (column,))
    found: dict[str, dict[int, list[str]]] = {"debit": {}, "credit": {}}
    for entry, name, fen in zip(*(sums[c].tolist() for c in ("entry", column, "amount_fen")), strict=True):
        found["debit" if fen > 0 else "credit"].setdefault(entry, []).append(name or "?")
    entries = pd.Index(sums["entry"].unique())
    joined = {side: ["+".join(sorted(names.get(e, ()))) for e in entries.tolist()] for side, names in found.items()}
    return pd.DataFrame(joined, index=entries, dtype="str")
