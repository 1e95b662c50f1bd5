"""附加信息: metadata that no column of a sheet holds, one `key=value` a line of the cell.

A line break within a value is written `\\n`, a backslash `\\\\`; nothing else is escaped.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from ledger.importers.cells import CellError, documents
from ledger.writer import is_metadata_key

_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
# Keys that say where an entry stands, or what a column of its own always holds.
_RESERVED = frozenset({"voucher", "filename", "lineno"})


def more_text(metadata: Mapping[str, str]) -> str:
    """Return metadata as the text of one cell."""
    return "\n".join(f"{key}={_escaped(value)}" for key, value in metadata.items())


def more_of(text: str) -> dict[str, str]:
    """Return the metadata that a cell's text holds; raise CellError for a line that is none."""
    found: dict[str, str] = {}
    for line in text.split("\n"):
        if not line.strip():
            continue
        key, sign, value = line.partition("=")
        key = key.strip()
        if not sign or not is_metadata_key(key) or key in _RESERVED:
            raise CellError(f"“{line[:40]}”应写作 键=值，键只用小写字母、数字和连字符，例如 remark=补记")
        if key in found:
            raise CellError(f"附加信息“{key}”写了两次，请只保留一行")
        found[key] = _ESCAPED.sub(lambda match: "\n" if match[1] == "n" else match[1], value).strip()
        if key.split("-", maxsplit=1)[0] == "document" and documents(found[key]) != found[key]:
            raise CellError(f"附件“{found[key]}”应写作账套内的相对路径，例如 documents/2025/发票.pdf")
    return {key: value for key, value in found.items() if value}


def _escaped(value: str) -> str:
    return value.replace("\\", "\\\\").replace("\n", "\\n")
