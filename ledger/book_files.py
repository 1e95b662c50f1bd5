"""The files of an existing book: what to append, include and open, with all that people wrote left as it is."""

from __future__ import annotations

import csv
import datetime
import io
import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Protocol

import pandas as pd

from ledger.contracts import REGISTERS
from ledger.encoding import decode
from ledger.importers.cells import canonical
from ledger.writer import accounts_text

MAIN = "main.beancount"
ACCOUNTS = "accounts.beancount"
IMPORT_LOG = "imports/log.jsonl"

_INCLUDE = re.compile(r'^\s*include\s+"([^"]*)"', re.MULTILINE)

# Registers in which one thing has one row: a later import of the same thing replaces the row.
_SUPERSEDED: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "members": ("member_id",),
        "payroll": ("month", "category"),
        "resolutions": ("id",),
        "assets": ("asset_id",),
        "hardship": ("file_id",),
        "audits": ("id",),
        "contracts": ("contract",),
    }
)


def text_of(book: Path, path: str) -> str:
    """Return a file's text, empty when the book has no such file."""
    place = book / path
    return decode(place.read_bytes()).text if place.exists() else ""


def appended(book: Path, path: str, text: str) -> str:
    """Return a file's text with more behind it, one empty line between."""
    before = text_of(book, path).rstrip("\n")
    return f"{before}\n\n{text}" if before else text


def with_includes(book: Path, paths: Iterable[str]) -> dict[str, str]:
    """Return main.beancount with includes for those of the paths that it lacks; nothing when it has them all."""
    text = text_of(book, MAIN)
    present = set(_INCLUDE.findall(text))
    missing = [path for path in sorted(paths) if path not in present]
    if not missing:
        return {}
    lines = "".join(f'include "{path}"\n' for path in missing)
    return {MAIN: text.rstrip("\n") + "\n" + lines}


class HasAccounts(Protocol):
    """What knows a book's open directives: its facts, or the index that posting keeps."""

    @property
    def accounts(self) -> pd.DataFrame:
        """The open directives, as the frame contract of accounts has them."""


def with_accounts(book: Path, facts: HasAccounts, used: Mapping[str, datetime.date]) -> dict[str, str]:
    """Return the files that change so that every account is open on the day of its first use.

    New accounts go to accounts.beancount; an open directive dated too late gets the earlier date in its place.
    """
    texts: dict[str, str] = {}
    opened = {str(r["account"]): r for r in facts.accounts.to_dict("records")}
    new = {account: day for account, day in used.items() if account not in opened}
    for account, day in used.items():
        row = opened.get(account)
        if row is not None and row["opened"].date() > day:
            path = str(row["file"])
            lines = texts.get(path, text_of(book, path)).split("\n")
            lines[int(row["line"]) - 1] = day.isoformat() + lines[int(row["line"]) - 1][10:]
            texts[path] = "\n".join(lines)
    if new:
        before = texts.get(ACCOUNTS, text_of(book, ACCOUNTS))
        texts[ACCOUNTS] = (before.rstrip("\n") + "\n" if before else "") + accounts_text(new)
    return texts


def merged_register(book: Path, name: str, rows: Sequence[Mapping[str, str]]) -> tuple[str, int, int]:
    """Return a register's text with rows added, how many were added, and how many old rows they replace.

    A row that the register has already, in every column of its contract, is passed over as often as it is there.
    Columns of the user's own are kept, and those of the new rows added.
    """
    text = text_of(book, f"registers/{name}.csv")
    old = list(csv.DictReader(io.StringIO(text, newline=""))) if text else []
    header = [*(old[0] if old else csv.DictReader(io.StringIO(text)).fieldnames or [])]
    header += [column for column in REGISTERS[name] if column not in header]
    header += list(dict.fromkeys(column for row in rows for column in row if column not in header))
    kept: list[Mapping[str, str]] = [{k: v or "" for k, v in row.items() if k is not None} for row in old]
    present = Counter(_plain(row, name) for row in kept)
    fresh = []
    for row in rows:
        plain = _plain(row, name)
        if present[plain]:
            present[plain] -= 1
        else:
            fresh.append(row)
    keys = _SUPERSEDED.get(name, ())
    renewed = {_named(row, keys) for row in fresh} if keys else set()
    staying = [row for row in kept if _named(row, keys) not in renewed]
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    writer.writerows([row.get(column, "") for column in header] for row in (*staying, *fresh))
    return out.getvalue(), len(fresh), len(kept) - len(staying)


def _named(row: Mapping[str, str], keys: Iterable[str]) -> tuple[str, ...]:
    return tuple((row.get(key) or "").strip() for key in keys)


def _plain(row: Mapping[str, str], name: str) -> tuple[str, ...]:
    # 100 and 100.00 are one amount: a row must not come in twice because somebody wrote it by hand.
    return tuple(canonical(kind, f"{name}.{key}", row.get(key) or "") for key, kind in REGISTERS[name].items())


def imported_files(book: Path) -> dict[str, str]:
    """Return SHA-256 → day of import of every file that the import log names."""
    found = {}
    for line in text_of(book, IMPORT_LOG).splitlines():
        if line.strip():
            entry = json.loads(line)
            found[str(entry["sha256"])] = str(entry["imported_on"])
    return found


def logged(book: Path, entry: Mapping[str, object]) -> dict[str, str]:
    """Return the import log with one entry more."""
    line = json.dumps(entry, ensure_ascii=False, sort_keys=True)
    return {IMPORT_LOG: text_of(book, IMPORT_LOG) + line + "\n"}
