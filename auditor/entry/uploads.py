"""Scans that a person attaches: which kinds, how large, and under which names they are stored."""

from __future__ import annotations

import datetime
import os
import re
import unicodedata
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePosixPath

from rules.finding import Text

MOST_FILES = 20
MOST_BYTES = 20 * 1024 * 1024  # of one file
MOST_TOGETHER = 60 * 1024 * 1024
_NAME = 60

# Kind by ending → how such a file begins; a file that begins otherwise is not what it says it is.
_KINDS: Mapping[str, tuple[bytes, ...]] = {
    ".pdf": (b"%PDF-",),
    ".jpg": (b"\xff\xd8\xff",),
    ".jpeg": (b"\xff\xd8\xff",),
    ".png": (b"\x89PNG\r\n\x1a\n",),
    ".ofd": (b"PK\x03\x04",),
    ".xlsx": (b"PK\x03\x04",),
    ".docx": (b"PK\x03\x04",),
    ".xml": (b"<", b"\xef\xbb\xbf<"),
}
ACCEPTED = ",".join(_KINDS)


class UploadRefused(ValueError):
    """A file that is not taken; `text` says which, why and the way out."""

    def __init__(self, text: Text) -> None:
        self.text = text
        super().__init__(text.zh)


def check_upload(name: str, content: bytes) -> None:
    """Raise UploadRefused for a file that is empty, too large, or not of a kind that is accepted."""
    shown = safe_name(name)
    suffix = PurePosixPath(shown).suffix
    if not content:
        raise UploadRefused(Text(f"附件“{shown}”是空文件，请重新选择", f"{shown} is empty"))
    if len(content) > MOST_BYTES:
        limit = MOST_BYTES // 1024 // 1024
        raise UploadRefused(Text(f"附件“{shown}”超过 {limit} MB，请压缩或分开扫描", f"{shown} is over {limit} MB"))
    if suffix not in _KINDS:
        kinds = "、".join(_KINDS)
        raise UploadRefused(Text(f"附件“{shown}”的类型不收；可用：{kinds}", f"{shown}: not an accepted kind"))
    if not content.startswith(_KINDS[suffix]):
        zh = f"附件“{shown}”的内容不是 {suffix} 文件；请用原文件，不要改扩展名"
        raise UploadRefused(Text(zh, f"{shown} is no {suffix} file"))


def safe_name(name: str) -> str:
    """Return the last part of a name as a file may be called everywhere: letters, digits, `-`, `_`, and its suffix."""
    base = unicodedata.normalize("NFC", re.split(r"[/\\]", name)[-1])
    stem, suffix = os.path.splitext(base)
    plain = "".join(c if unicodedata.category(c)[0] in "LN" or c in "-_" else "-" for c in stem)
    plain = re.sub(r"-+", "-", plain).strip("-")[:_NAME].strip("-") or "scan"
    ending = re.sub(r"[^a-z0-9.]", "", suffix.lower())
    return f"{plain}{ending}"


def placed(
    book: Path, day: datetime.date, mark: str, files: Mapping[str, bytes], taken: Iterable[str] = ()
) -> dict[str, bytes]:
    """Return the files by the paths they get below `documents/YYYY/MM/`; no path that exists is used again.

    `mark` begins every name, so that the scans of one voucher stand together.
    """
    found: dict[str, bytes] = {}
    used = set(taken)
    for name, content in files.items():
        safe = PurePosixPath(safe_name(name))
        count = 1
        while True:
            extra = "" if count == 1 else f"-{count}"
            path = f"documents/{day:%Y}/{day:%m}/{mark}-{safe.stem}{extra}{safe.suffix}"
            if path not in used and not os.path.lexists(book / path):
                break
            count += 1
        used.add(path)
        found[path] = content
    return found
