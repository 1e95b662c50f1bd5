"""A second look at a sanitised copy, with beancount's own parser: is anything hostile left that the scan missed?

Fava parses with the same parser, so what is not found here is not there for Fava either. Runs in the child.
"""

from __future__ import annotations

import io
import posixpath
from collections.abc import Mapping, Sequence
from typing import Any

from beancount.core import data
from beancount.parser import options, parser

from ledger.contracts import Integrity
from ledger.reader.allowed import (
    ALLOWED_OPTIONS,
    HARMLESS_FAVA_OPTIONS,
    KEPT_CUSTOMS,
    RUNNING_FAVA_OPTIONS,
)
from ledger.reader.codes import Faults
from ledger.reader.limits import Limits
from ledger.reader.load import NOWHERE
from ledger.reader.walk import walk

# What the scan may find in its own result: it changes nothing that Fava runs, serves or opens.
_HARMLESS = frozenset({"HIDDEN_CHARACTER", "LEDGER_NOT_INCLUDED", "INCLUDE_TWICE"})
_FREE_OPTIONS = ALLOWED_OPTIONS | {"filename", "include", "dcontext", "commodities", "tolerance_multiplier"}


def residue(contents: Mapping[str, bytes], limits: Limits) -> tuple[Integrity, ...]:
    """Return what is still hostile in the ledger files of a copy; an empty result lets Fava see it."""
    faults = Faults()
    files = walk(contents, faults, limits)
    left = Faults()
    for found in faults.entries():
        if found.code not in _HARMLESS:
            left.add(found.code, found.message, found.file, found.line)
    for file in files:
        known = frozenset(include.path for include in file.includes)
        entries, _, asked = parser.parse_file(io.BytesIO(contents[file.path]), report_filename=NOWHERE + file.path)
        _options(asked, known, file.path, left)
        for entry in entries:
            _entry(entry, file.path, left)
    return left.entries()


def _options(asked: Mapping[str, Any], known: frozenset[str], path: str, left: Faults) -> None:
    if not known.issuperset(asked["include"]):
        left.add("INCLUDE_HIDDEN", "有隐藏的 include", path)
    for name, value in asked.items():
        default = options.OPTIONS_DEFAULTS[name]
        if name not in _FREE_OPTIONS and value != default:
            left.add("OPTION_NOT_ALLOWED", f"选项 {name} 仍在起作用", path)


def _entry(entry: Any, path: str, left: Faults) -> None:
    name = NOWHERE + path
    line = entry.meta["lineno"] if type(entry.meta.get("lineno")) is int else 0
    metas: Sequence[Any] = [entry.meta, *(p.meta for p in getattr(entry, "postings", None) or () if p.meta)]
    if any(meta.get("filename") != name or type(meta.get("lineno")) is not int for meta in metas):
        left.add("POSITION_FORGED", "出处仍被冒充", path, line)
    if isinstance(entry, data.Query | data.Pad):
        left.add("QUERY_IGNORED" if isinstance(entry, data.Query) else "PAD_IGNORED", "仍有 query 或 pad", path, line)
    elif isinstance(entry, data.Document):
        inside = posixpath.normpath(entry.filename).startswith(NOWHERE)
        if not inside:
            left.add("DOCUMENT_OUTSIDE", "附件仍指向账套以外", path, line)
    elif isinstance(entry, data.Custom) and not _custom_allowed(entry):
        left.add("CUSTOM_IGNORED", "仍有不许可的 custom", path, line)
    elif isinstance(entry, data.Balance) and entry.tolerance:
        left.add("BALANCE_TOLERANCE", "余额核对仍带容差", path, line)


def _custom_allowed(entry: Any) -> bool:
    if entry.type != "fava-option":
        return entry.type in KEPT_CUSTOMS
    name = str(entry.values[0].value).replace("_", "-") if entry.values else ""
    return name in HARMLESS_FAVA_OPTIONS and name not in RUNNING_FAVA_OPTIONS
