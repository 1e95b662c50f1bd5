"""Text made safe to print: what cannot be seen is shown by its code, so that nothing hides or turns a line around.

Texts of a received book reach reports: control characters, bidirectional overrides, invisible and unassigned
characters are written as `〔U+202E〕`; a line break becomes `¶`. Everything else is printed literally.
"""

from __future__ import annotations

import dataclasses
import re
import unicodedata
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, TypeVar

from reports.model import Document, FindingBlock
from rules.finding import Finding, Text

_KEPT = re.compile(r"[\t\u0020-\u007e\u00a0-\u00ac\u00ae-\u02ff\u3000-\u303f\u3400-\u9fff\uff01-\uff5e]*")
_HIDDEN_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
# Letters by category, and yet drawn as nothing: fillers of Hangul, and selectors of variants.
_BLANKS = frozenset("\u115f\u1160\u3164\uffa0\u2800\u034f\u17b4\u17b5")
_T = TypeVar("_T")


def visible(text: str) -> str:
    """Return a text in which every character can be seen."""
    text = text.replace("\r\n", "\n")
    if _KEPT.fullmatch(text):
        return text.replace("\t", " ")
    return "".join(_shown(character) for character in text)


def code_of(character: str) -> str:
    """Return a character by its code, as reports show what cannot be printed: `〔U+202E〕`."""
    return f"〔U+{ord(character):04X}〕"


def _shown(character: str) -> str:
    if character == "\n":
        return "¶"
    if character == "\t":
        return " "
    hidden = unicodedata.category(character) in _HIDDEN_CATEGORIES or character in _BLANKS
    if hidden or "\ufe00" <= character <= "\ufe0f":
        return code_of(character)
    return character


def map_texts(value: _T, change: Callable[[str], str], keep: frozenset[type] = frozenset()) -> _T:
    """Return the same plain value with every text in it changed: documents, tables, findings, tuples.

    Codes, keys and ids of findings stay as they are, and so do enumerations and values of the types in `keep`.
    """
    return _mapped(value, change, keep)  # type: ignore[no-any-return]


_FIXED: Mapping[type, frozenset[str]] = MappingProxyType(
    {
        Finding: frozenset({"code", "key", "related"}),
        FindingBlock: frozenset({"id"}),
        Document: frozenset({"language"}),
    }
)


def _mapped(value: Any, change: Callable[[str], str], keep: frozenset[type]) -> Any:
    if type(value) in keep:
        return value
    if type(value) is str:
        return change(value)
    if isinstance(value, Text):
        return Text(change(value.zh), change(value.en))
    if type(value) is tuple:
        return tuple(_mapped(item, change, keep) for item in value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fixed = _FIXED.get(type(value), frozenset())
        fields = (f.name for f in dataclasses.fields(value) if f.name not in fixed)
        changed = {name: _mapped(getattr(value, name), change, keep) for name in fields}
        return dataclasses.replace(value, **changed)
    return value


def visible_document(document: Document) -> Document:
    """Return a document in which every text can be seen; renderers print this one."""
    return map_texts(document, visible)


def file_stem(text: str) -> str:
    """Return a text as the stem of a file name on any system: no path, no hidden character, at most 80 characters."""
    plain = re.sub(r'[\\/:*?"<>|\s]+', " ", visible(text)).strip(" .")
    return plain[:80].strip(" .") or "report"
