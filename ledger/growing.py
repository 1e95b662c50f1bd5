"""Facts that grow by vouchers just posted, so that nobody waits until the whole book is read again.

Only for what is shown while a book is being kept (budgets left, the next entry): what is sealed, audited or printed
is read from the files. The vouchers' texts are the program's own, so they are read in this process.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd

from ledger.facts import Facts
from ledger.reader.build import facts_from, plain_texts
from ledger.reader.core import read_tables
from ledger.vouchers import Voucher
from ledger.writer import profile_text, write_book


def with_vouchers(facts: Facts, vouchers: Sequence[Voucher], digest: str) -> Facts:
    """Return the facts of a book with vouchers behind all that it has; `digest` names the state of its files.

    Places in files are those of a book of these vouchers alone, and what is wrong with the book is not looked at.
    """
    if not vouchers:
        return facts
    with tempfile.TemporaryDirectory(prefix="union-audit-grow-") as folder:
        first = min(voucher.date for voucher in vouchers)
        write_book(Path(folder), profile_text(facts.union), first, vouchers=vouchers)
        new = facts_from(read_tables(Path(folder)))
    shift = int(facts.vouchers["entry"].max()) + 1 if len(facts.vouchers) else 0
    known = set(facts.accounts["account"].astype(str))
    fresh = new.accounts[~new.accounts["account"].astype(str).isin(known)]
    with plain_texts():
        return replace(
            facts,
            vouchers=_behind(facts.vouchers, new.vouchers, shift),
            postings=_behind(facts.postings, new.postings, shift),
            accounts=_behind(facts.accounts, fresh, 0),
            digest=digest,
        )


def _behind(old: pd.DataFrame, new: pd.DataFrame, shift: int) -> pd.DataFrame:
    """Return the rows of both, the new ones with their entries numbered on."""
    if new.empty:
        return old
    columns = {}
    for name in old.columns:
        before, after = old[name], new[name] + shift if name == "entry" else new[name]
        if isinstance(before.dtype, pd.CategoricalDtype):
            columns[name] = pd.Series(_names(before, after))
        else:
            columns[name] = pd.concat([before, after], ignore_index=True).astype(before.dtype)
    return pd.DataFrame(columns)


def _names(before: pd.Series, after: pd.Series) -> pd.Categorical:
    """Return two columns of names as one, the categories of the first before those that are new."""
    names = list(dict.fromkeys((*before.cat.categories, *after.cat.categories)))
    place = {name: number for number, name in enumerate(names)}
    moved = np.array([place[name] for name in after.cat.categories], dtype=np.int64)
    codes = after.cat.codes.to_numpy()
    fresh = np.where(codes < 0, -1, moved[codes]) if len(moved) else codes
    return pd.Categorical.from_codes(np.concatenate([before.cat.codes, fresh]), categories=pd.Index(names, dtype="str"))
