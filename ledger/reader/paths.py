"""Paths as a book may name them: relative, inside its folder, with `/`."""

from __future__ import annotations

import posixpath
import re

_DRIVE = re.compile(r"[A-Za-z]:")


def inside(path: str) -> bool:
    """Whether a path relative to the book stays inside it: no absolute path, no drive, no backslash, no way up."""
    if not path or path.startswith(("/", "~")) or "\\" in path or "\0" in path or _DRIVE.match(path):
        return False
    return not posixpath.normpath(path).startswith("..")


def joined(folder: str, path: str) -> str | None:
    """Return a path that a file in `folder` names, relative to the book; None when it leads outside."""
    if not path or path.startswith(("/", "~")) or "\\" in path or "\0" in path or _DRIVE.match(path):
        return None
    whole = posixpath.normpath(posixpath.join(folder, path))
    return whole if inside(whole) else None
