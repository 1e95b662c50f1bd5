"""From the reader's tables to the facts of a book: the only step that makes pandas frames."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractContextManager
from types import MappingProxyType

import pandas as pd
import pyarrow as pa

from ledger.contracts import CONTRACTS, register_columns
from ledger.facts import Facts
from ledger.reader.tables import Tables
from ledger.union import parse_profile


def plain_texts() -> AbstractContextManager[None]:
    """Let texts made in this context be kept as Python's own: typed rows take them one by one, which is faster so."""
    return pd.option_context("mode.string_storage", "python")


def facts_from(tables: Tables) -> Facts:
    """Return the facts of a reading.

    Raises ProfileError when its union.toml cannot be used, ContractBreach when a table keeps no contract.
    """
    with plain_texts():
        frames = {name: frame_of(getattr(tables, name), contract) for name, contract in CONTRACTS.items()}
        registers = {name: frame_of(table, register_columns(name)) for name, table in tables.registers.items()}
    return Facts(
        union=parse_profile(tables.union_toml),
        **frames,
        registers=MappingProxyType(registers),
        integrity=tables.integrity,
        digest=tables.digest,
        documents=frozenset(tables.documents),
    )


def frame_of(table: pa.Table, contract: Mapping[str, str]) -> pd.DataFrame:
    """Return a table as a frame of its contract; columns that may lack a number become nullable integers."""
    nullable = {column for column, kind in contract.items() if kind.endswith("?")}
    plain = table.drop_columns([c for c in table.column_names if c in nullable]).to_pandas()
    for column in nullable:
        plain[column] = _nullable(table.column(column))
    frame: pd.DataFrame = plain[list(contract)]
    return frame


def _nullable(column: pa.ChunkedArray) -> pd.arrays.IntegerArray:
    missing = column.is_null().to_numpy()
    values = column.fill_null(0).to_numpy()
    return pd.arrays.IntegerArray(values.astype("int64", copy=True), missing.astype(bool, copy=True))
