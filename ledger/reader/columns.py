"""Columns of a frame as Arrow arrays, built from whole lists: one Python loop a column, none a cell."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import pyarrow as pa

from ledger.reader.tables import ARROW_TYPES

_EPOCH = datetime.date(1970, 1, 1).toordinal()
_DAY = 86_400


def names(values: Sequence[str | None]) -> pa.Array:
    """Return texts, without blanks around them, as a dictionary column; None is "".

    The dictionary is sorted, so that grouping is in order of name.
    """
    encoded = pa.array(values, pa.string()).dictionary_encode()
    written = [text.strip() for text in encoded.dictionary.to_pylist()]
    known = sorted({*written, ""} if encoded.null_count else set(written))
    codes = {text: code for code, text in enumerate(known)}
    recoded = np.array([*map(codes.__getitem__, written), codes.get("", 0)], dtype=np.int32)
    indices = encoded.indices.fill_null(len(written)).to_numpy(zero_copy_only=False)
    return pa.DictionaryArray.from_arrays(pa.array(recoded[indices]), pa.array(known, pa.string()))


def same_name(value: str, length: int) -> pa.Array:
    """Return a dictionary column that holds one text throughout."""
    return pa.DictionaryArray.from_arrays(pa.array(np.zeros(length, dtype=np.int32)), pa.array([value], pa.string()))


def days(values: Iterable[datetime.date | None], length: int) -> pa.Array:
    """Return days as a column of `timestamp[s]`; None is missing."""
    missing = np.iinfo(np.int64).min
    seconds = np.fromiter(
        (missing if v is None else (v.toordinal() - _EPOCH) * _DAY for v in values), dtype=np.int64, count=length
    )
    return pa.array(seconds, mask=seconds == missing).cast(ARROW_TYPES["day"])


def numbers(values: Sequence[int | None]) -> pa.Array:
    """Return whole numbers as a column; None is missing."""
    return pa.array(values, pa.int64())


def texts(values: Sequence[str]) -> pa.Array:
    """Return texts as a plain column."""
    return pa.array(values, pa.string())


def flags(values: Sequence[bool]) -> pa.Array:
    """Return truth values as a column."""
    return pa.array(values, pa.bool_())


def column(kind: str, values: Sequence[Any]) -> pa.Array:
    """Return a column of a contract's kind."""
    if kind in ("name", "month"):
        return names(values)
    if kind == "day":
        return days(values, len(values))
    if kind == "text":
        return texts(values)
    if kind == "flag":
        return flags(values)
    return numbers(values)


def blank(kind: str, length: int) -> pa.Array:
    """Return a column in which every value is missing."""
    if kind in ("name", "month"):
        return same_name("", length)
    if kind == "text":
        return texts([""] * length)
    return pa.nulls(length, ARROW_TYPES[kind])


def table(contract: Mapping[str, str], made: Mapping[str, pa.Array], length: int) -> pa.Table:
    """Return the table of a contract; columns that were not made are blank."""
    return pa.table({name: made[name] if name in made else blank(kind, length) for name, kind in contract.items()})
