"""The child process that reads a received book: bound by limits, without environment, writing tables only.

It is started with its work folder: `book/` (the snapshot), `request.json` (what to do), and `out/` for the result.
It never writes anywhere else.
"""

from __future__ import annotations

import gc
import json
import sys
import traceback
from collections.abc import Sequence
from dataclasses import asdict
from importlib.abc import MetaPathFinder
from pathlib import Path
from types import MappingProxyType, ModuleType

from ledger.contracts import Integrity
from ledger.reader.folder import Survey
from ledger.reader.limits import Limits


def main(work: Path) -> int:
    """Do what the request in the work folder asks; return 0, or 1 with what failed in `error.json`."""
    request = json.loads((work / "request.json").read_text(encoding="utf-8"))
    limits = Limits(**request["limits"])
    bind(limits)
    sys.meta_path.insert(0, _WithoutFrames())
    gc.disable()  # this process ends with its one reading: to walk a million entries for garbage finds none
    try:
        contents = {name: (work / "book" / f"{number}").read_bytes() for number, name in enumerate(request["contents"])}
        found = Survey(
            MappingProxyType(contents),
            MappingProxyType(request["hashes"]),
            tuple(Integrity(**item) for item in request["integrity"]),
            request["digest"],
        )
        _do(request["task"], found, limits, work / "out")
    except Exception as error:
        # Names of our own files and lines only: a message could quote the book.
        frames = [f for f in traceback.extract_tb(error.__traceback__) if "ledger" in f.filename]
        where = f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
        (work / "error.json").write_text(json.dumps([type(error).__name__, where]), encoding="utf-8")
        return 1
    return 0


class _WithoutFrames(MetaPathFinder):
    """Keeps pandas out, which pyarrow takes in wherever it finds it: nothing here makes frames."""

    def find_spec(self, name: str, path: Sequence[str] | None, target: ModuleType | None = None) -> None:
        if name == "pandas":
            raise ModuleNotFoundError("the reader makes no frames", name=name)


def _do(task: str, found: Survey, limits: Limits, out: Path) -> None:
    if task == "verify":
        from ledger.reader.verify import residue

        left = [asdict(item) for item in residue(found.contents, limits)]
        (out / "residue.json").write_text(json.dumps(left), encoding="ascii")
        return
    if task == "records":
        from ledger.reader.records import records_of

        records, integrity = records_of(found, limits)
        whole = {"records": records, "integrity": [asdict(item) for item in integrity]}
        (out / "records.json").write_text(json.dumps(whole), encoding="ascii")
        return
    from ledger.reader.core import tables_of
    from ledger.reader.tables import write_tables

    write_tables(tables_of(found, limits), out)


def bind(limits: Limits) -> None:
    """Bind this process by the limits that the system knows.

    Where there are none (Windows), only the parent's wall clock and the sizes checked before parsing hold.
    """
    try:
        import resource
    except ImportError:
        return
    for name, value in (
        ("RLIMIT_CORE", 0),
        ("RLIMIT_AS", limits.memory_bytes),
        ("RLIMIT_CPU", limits.cpu_seconds),
        ("RLIMIT_FSIZE", limits.written_bytes),
        ("RLIMIT_NOFILE", limits.open_files),
    ):
        kind = getattr(resource, name, None)
        if kind is None:
            continue
        _, hard = resource.getrlimit(kind)
        bound = value if hard == resource.RLIM_INFINITY else min(value, hard)
        # macOS knows RLIMIT_AS but refuses to set it
        try:
            resource.setrlimit(kind, (bound, bound))
        except (OSError, ValueError):
            continue
