"""The reader's tables: what crosses from the child process to the parent, and what the cache keeps.

Frames of the contract as Arrow tables (names dictionary-encoded, days as `timestamp[s]`, missing amounts null).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pyarrow as pa

from ledger.contracts import CONTRACTS, REGISTERS, Integrity, register_columns
from ledger.reader.codes import CODES

ARROW_TYPES: Mapping[str, pa.DataType] = MappingProxyType(
    {
        "fen": pa.int64(),
        "fen?": pa.int64(),
        "count": pa.int64(),
        "count?": pa.int64(),
        "day": pa.timestamp("s"),
        "month": pa.dictionary(pa.int32(), pa.string()),
        "name": pa.dictionary(pa.int32(), pa.string()),
        "text": pa.string(),
        "flag": pa.bool_(),
    }
)

_REGISTER_PREFIX = "register-"


class NotTables(ValueError):
    """A folder that does not hold the tables of a reading."""


@dataclass(frozen=True)
class Tables:
    """One reading of one book: the four frames, the registers it has, and everything found wrong with it.

    `union_toml` is the text of union.toml, "" when there is none. `documents` are the paths, relative to the
    book, of the attachments that the snapshot really holds. `digest` is the SHA-256 over the book's files.
    """

    vouchers: pa.Table
    postings: pa.Table
    accounts: pa.Table
    budgets: pa.Table
    registers: Mapping[str, pa.Table]
    documents: tuple[str, ...] = ()
    union_toml: str = ""
    integrity: tuple[Integrity, ...] = field(default=())
    digest: str = ""


def schema_of(contract: Mapping[str, str]) -> pa.Schema:
    """Return the Arrow schema of a frame contract."""
    return pa.schema([(column, ARROW_TYPES[kind]) for column, kind in contract.items()])


def write_tables(tables: Tables, folder: Path) -> tuple[Path, ...]:
    """Write the tables into a folder as Arrow IPC files and one JSON file; return the files, JSON last."""
    named = {name: getattr(tables, name) for name in CONTRACTS}
    named |= {f"{_REGISTER_PREFIX}{name}": table for name, table in tables.registers.items()}
    written = []
    for name, table in named.items():
        path = folder / f"{name}.arrow"
        with pa.OSFile(str(path), "wb") as sink, pa.ipc.new_file(sink, table.schema) as writer:
            writer.write_table(table)
        written.append(path)
    rest = {
        "documents": list(tables.documents),
        "union_toml": tables.union_toml,
        "integrity": [asdict(e) for e in tables.integrity],
        "digest": tables.digest,
        "registers": sorted(tables.registers),
    }
    path = folder / "reading.json"
    path.write_text(json.dumps(rest, ensure_ascii=False), encoding="utf-8")
    return (*written, path)


def open_tables(folder: Path, *, mapped: bool) -> Tables:
    """Return the tables that `write_tables` wrote.

    `mapped` tables stay in their files and must be known to be whole; otherwise every buffer is copied and
    validated, because a child that read a hostile book wrote them. Raises NotTables when anything is not as
    `write_tables` leaves it.
    """
    try:
        rest = json.loads((folder / "reading.json").read_text(encoding="utf-8"))
        registers = {name: _register(folder, name, mapped) for name in rest["registers"]}
        return Tables(
            **{name: _open(folder / f"{name}.arrow", CONTRACTS[name], mapped) for name in CONTRACTS},
            registers=MappingProxyType(registers),
            documents=tuple(_texts(rest["documents"])),
            union_toml=_text(rest["union_toml"]),
            integrity=tuple(_integrity(item) for item in rest["integrity"]),
            digest=_text(rest["digest"]),
        )
    except (OSError, ValueError, KeyError, TypeError, pa.ArrowException) as error:
        raise NotTables(str(error)) from error


def _register(folder: Path, name: object, mapped: bool) -> pa.Table:
    if not isinstance(name, str) or name not in REGISTERS:
        raise ValueError("unknown register")
    return _open(folder / f"{_REGISTER_PREFIX}{name}.arrow", register_columns(name), mapped)


def _open(path: Path, contract: Mapping[str, str], mapped: bool) -> pa.Table:
    with pa.memory_map(str(path), "rb") if mapped else pa.OSFile(str(path), "rb") as source:
        table = pa.ipc.open_file(source).read_all()
    if not table.schema.equals(schema_of(contract)):
        raise ValueError(f"{path.name}: another schema")
    if not mapped:
        table.validate(full=True)
    return table


def _integrity(item: Any) -> Integrity:
    found = Integrity(**item)
    if not isinstance(found.line, int) or found.code not in CODES or found.severity != CODES[found.code].severity:
        raise ValueError("no entry of ours")
    for text in (found.message, found.file):
        _text(text)
    return found


def _texts(items: Any) -> list[str]:
    if not isinstance(items, list):
        raise ValueError("not a list")
    return [_text(item) for item in items]


def _text(item: Any) -> str:
    if not isinstance(item, str):
        raise ValueError("not a text")
    return item
