"""The core of the reader: from a book's folder to tables. The child process runs it on received books.

It imports beancount and parses; call it in one's own process only on books one wrote oneself.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from pathlib import Path, PurePosixPath
from types import MappingProxyType
from typing import Any

import pyarrow as pa

from ledger.collector import collector_off
from ledger.contracts import REGISTERS, register_columns
from ledger.encoding import UnknownEncoding, decode
from ledger.reader import columns
from ledger.reader.accounts_check import check_names
from ledger.reader.codes import Faults
from ledger.reader.folder import PROFILE, Survey, survey
from ledger.reader.journal import journal_tables
from ledger.reader.limits import Limits
from ledger.reader.lists import accounts_table, budgets_table
from ledger.reader.load import NOWHERE, Loaded, Source, load
from ledger.reader.metadata import Place, Values
from ledger.reader.tables import Tables
from ledger.reader.walk import walk
from ledger.registers import read_register
from ledger.union import ProfileError, parse_profile


def read_tables(folder: Path, limits: Limits | None = None) -> Tables:
    """Return the tables of the book in a folder, read in this process."""
    limits = limits or Limits()
    return tables_of(survey(folder, limits), limits)


def tables_of(found: Survey, limits: Limits) -> Tables:
    """Return the tables of a surveyed book; everything wrong with it is in their `integrity`."""
    faults = Faults()
    for noted in found.integrity:
        faults.add(noted.code, noted.message, noted.file, noted.line)
    union_toml = _profile(found.contents, faults)
    scanned = walk(found.contents, faults, limits)
    with collector_off():
        loaded = load([Source(s.path, s.text, frozenset(i.path for i in s.includes)) for s in scanned], faults)
        values = Values(faults, Place({s.path: _Lines(s.text) for s in scanned}))
        files = {NOWHERE + s.path: s.path for s in scanned}
        vouchers, postings = journal_tables(loaded.transactions, files, values, faults)
        accounts = accounts_table(loaded.opens, loaded.closes, _last_used(loaded), files)
        budgets = budgets_table(loaded.budgets, loaded.opens, files, values, faults)
        check_names(accounts.select(["account", "file", "line"]).to_pylist(), faults)
        _documents(loaded, found.documents, files, faults)
    return Tables(
        vouchers=vouchers,
        postings=postings,
        accounts=accounts,
        budgets=budgets,
        registers=MappingProxyType(_registers(found.contents, faults)),
        documents=found.documents,
        union_toml=union_toml,
        integrity=faults.entries(),
        digest=found.digest,
    )


class _Lines(Sequence[str]):
    """The lines of a text, split when somebody first asks."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._lines: list[str] | None = None

    def _split(self) -> list[str]:
        if self._lines is None:
            self._lines = self._text.split("\n")
        return self._lines

    def __getitem__(self, index: Any) -> Any:
        return self._split()[index]

    def __len__(self) -> int:
        return len(self._split())


def _profile(contents: Mapping[str, bytes], faults: Faults) -> str:
    content = contents.get(PROFILE)
    if content is None:
        faults.add("UNION_TOML_MISSING", "账套文件夹中没有 union.toml；请按格式写明工会名称和地区", PROFILE)
        return ""
    try:
        text = decode(content).text
        parse_profile(text)
    except UnknownEncoding as error:
        faults.add("UNION_TOML_FAULT", str(error), PROFILE)
        return ""
    except ProfileError as error:
        for fault in error.faults:
            line = _line_of(text, fault.key)
            faults.add("UNION_TOML_FAULT", f"{fault.key}：{fault.message}", PROFILE, line)
    return text


def _line_of(text: str, key: str) -> int:
    """Return the line of union.toml that sets a key, or 0."""
    name = key.rpartition(".")[2]
    for number, line in enumerate(text.split("\n"), 1):
        if line.partition("=")[0].strip().strip('"') == name:
            return number
    return 0


def _last_used(loaded: Loaded) -> dict[str, datetime.date]:
    used: dict[str, datetime.date] = {}
    for transaction in loaded.transactions:  # in order of day
        for posting in transaction.postings:
            used[posting.account] = transaction.date
    return used


def _documents(loaded: Loaded, present: Sequence[str], files: Mapping[str, str], faults: Faults) -> None:
    """Check `document` directives against the snapshot, without opening anything."""
    known = set(present)
    for document in loaded.documents:
        place = (files[document.meta["filename"]], document.meta["lineno"])
        if not document.filename.startswith(NOWHERE):
            message = "document 指向账套文件夹以外的文件，不予采信；请把附件放入 documents 文件夹并写相对路径"
            faults.add("DOCUMENT_OUTSIDE", message, *place)
        elif document.filename.removeprefix(NOWHERE) not in known:
            faults.add("DOCUMENT_MISSING", "document 所指的附件不在账套文件夹中；请补齐附件", *place)


def _registers(contents: Mapping[str, bytes], faults: Faults) -> dict[str, pa.Table]:
    tables = {}
    for path in sorted(contents):
        if not path.startswith("registers/"):
            continue
        name = PurePosixPath(path).stem
        if name not in REGISTERS:
            message = f"登记簿“{name}”不属于账套格式，未读入；可用的有 {'、'.join(REGISTERS)}"
            faults.add("REGISTER_UNKNOWN", message, path)
            continue
        register = read_register(name, contents[path])
        for fault in register.faults:
            faults.add(fault.code, fault.message, path, fault.line)
        if register.columns is not None:
            contract = register_columns(name)
            made = {key: columns.column(kind, register.columns[key]) for key, kind in contract.items()}
            tables[name] = columns.table(contract, made, len(register.columns["line"]))
    return tables
