"""The walk over the includes of a book, kept inside its folder."""

from __future__ import annotations

import fnmatch
import posixpath
import re
from collections.abc import Mapping

from ledger.reader.codes import Faults
from ledger.reader.folder import LEDGER_SUFFIXES, MAIN
from ledger.reader.limits import Limits
from ledger.reader.paths import joined
from ledger.reader.scan import Include, Scanned, scan

_PATTERN = re.compile(r"[*?\[]")


def walk(contents: Mapping[str, bytes], faults: Faults, limits: Limits) -> tuple[Scanned, ...]:
    """Return the scanned ledger files that main.beancount reaches, in the order of their includes.

    A file is taken once. An include that leads outside, matches nothing or asks for `**` is reported and blanked.
    A ledger file that no include reaches is reported.
    """
    if MAIN not in contents:
        faults.add("BOOK_WITHOUT_MAIN", "账套文件夹中没有 main.beancount；请检查给出的文件夹", MAIN)
        return ()
    found: list[Scanned] = []
    seen = {MAIN}
    waiting = [MAIN]
    while waiting:
        path = waiting.pop(0)
        scanned = scan(path, contents[path], faults, limits)
        if scanned is None:
            continue
        refused = []
        for include in scanned.includes:
            wanted = targets(path, include, contents, faults)
            if seen.issuperset(wanted):
                refused.append(include.line)
            for target in wanted:
                if target in seen:
                    faults.add(
                        "INCLUDE_TWICE", f"文件 {target} 被重复引入，只读一次；请删除多余的 include", path, include.line
                    )
                else:
                    seen.add(target)
                    waiting.append(target)
        found.append(scanned.without(refused, "INCLUDE_REFUSED"))
    for path in sorted(name for name in contents if is_ledger(name) and name not in seen):
        faults.add("LEDGER_NOT_INCLUDED", "这个文件没有被 include 引入，其中的凭证未计入；请引入或移出账套文件夹", path)
    return tuple(found)


def targets(path: str, include: Include, contents: Mapping[str, bytes], faults: Faults) -> tuple[str, ...]:
    """Return the files of the book that an include of the file `path` names."""
    wanted = joined(posixpath.dirname(path), include.path)
    shown = include.path[:80]
    if wanted is None:
        message = f"include “{shown}”指向账套文件夹以外，未读入；请把文件放进账套文件夹，写相对路径"
        faults.add("INCLUDE_OUTSIDE", message, path, include.line)
        return ()
    if "**" in wanted:
        faults.add("INCLUDE_PATTERN", f"include “{shown}”含有“**”，未读入；请逐个文件夹写明", path, include.line)
        return ()
    ledgers = [name for name in contents if is_ledger(name)]
    if _PATTERN.search(wanted):
        parts = wanted.split("/")
        matched = tuple(sorted(name for name in ledgers if _matches(name.split("/"), parts)))
    else:
        matched = (wanted,) if wanted in ledgers else ()
    if not matched:
        message = f"include “{shown}”在账套文件夹中找不到 .beancount 文件，有关凭证未读入；请补齐文件或改正路径"
        faults.add("INCLUDE_MISSING", message, path, include.line)
    return matched


def is_ledger(path: str) -> bool:
    """Whether a file of the book is a ledger file, by its name."""
    return posixpath.splitext(path)[1] in LEDGER_SUFFIXES


def _matches(name: list[str], pattern: list[str]) -> bool:
    return len(name) == len(pattern) and all(
        fnmatch.fnmatchcase(part, wanted) for part, wanted in zip(name, pattern, strict=True)
    )
