"""Starting the child process: a private work folder, no environment, no input, bounds, and a wall clock."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

import ledger
from ledger.contracts import Integrity
from ledger.reader.codes import CODES, entry
from ledger.reader.folder import Survey
from ledger.reader.limits import Limits

# The package is found where it was found for the parent; `-I` keeps the current folder, the environment and the
# user's own packages out.
_START = (
    "import sys; from pathlib import Path; sys.path.append(sys.argv[2]); "
    "from ledger.reader.child import main; sys.exit(main(Path(sys.argv[1])))"
)


@contextmanager
def work_folder() -> Iterator[Path]:
    """Give a private folder for one child; it goes with the context."""
    with tempfile.TemporaryDirectory(prefix="union-audit-") as name:
        yield Path(name)


def run_child(work: Path, task: str, found: Survey, limits: Limits) -> Integrity | None:
    """Let a child do `task` (`read`, `verify`, `records`) on the snapshot; return what went wrong with it, or None."""
    limits = limits.for_book(sum(map(len, found.contents.values())))
    _write_request(work, task, found, limits)
    package = Path(ledger.__file__).resolve().parent.parent
    child = subprocess.Popen(
        [sys.executable, "-I", "-X", "utf8", "-c", _START, str(work), str(package)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=os.path.abspath(os.sep),
        env=_environment(),
        close_fds=True,
    )
    try:
        status = child.wait(limits.wall_seconds)
    except subprocess.TimeoutExpired:
        message = f"读取账套超过 {limits.wall_seconds:g} 秒，已停止；文件可能是为了拖垮程序而作，请检查或拆分"
        return entry("READER_TIMED_OUT", message)
    finally:
        if child.poll() is None:
            child.kill()
            child.wait()
    return None if status == 0 else _trouble(status, work)


def verify_in_child(found: Survey, limits: Limits) -> tuple[Integrity, ...]:
    """Return what is still hostile in a surveyed copy, as a child sees it."""
    with work_folder() as work:
        trouble = run_child(work, "verify", found, limits)
        if trouble is not None:
            return (trouble,)
        try:
            items = json.loads((work / "out" / "residue.json").read_text(encoding="utf-8"))
            left = tuple(Integrity(**item) for item in items)
        except (OSError, ValueError, TypeError):
            return (nonsense(),)
    return left if all(item.code in CODES for item in left) else (nonsense(),)


def nonsense() -> Integrity:
    """Return the entry for a child whose result is not as it should be."""
    return entry("READER_NONSENSE", "读取程序给出的结果不合格式，不予采用；文件可能被篡改，请逐个文件排查")


def _environment() -> dict[str, str]:
    # Without this the linear algebra library that pyarrow may load reserves memory for every processor.
    environment = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
    if "SYSTEMROOT" in os.environ:  # Windows starts no process without it
        environment["SYSTEMROOT"] = os.environ["SYSTEMROOT"]
    return environment


def _write_request(work: Path, task: str, found: Survey, limits: Limits) -> None:
    snapshot = work / "book"
    snapshot.mkdir(mode=0o700)
    (work / "out").mkdir(mode=0o700)
    for number, content in enumerate(found.contents.values()):
        # Numbered, not named: no name that a book chose becomes a path here.
        path = snapshot / str(number)
        path.write_bytes(content)
        path.chmod(0o400)
    request = {
        "task": task,
        "limits": asdict(limits),
        "contents": list(found.contents),
        "hashes": dict(found.hashes),
        "integrity": [asdict(e) for e in found.integrity],
        "digest": found.digest,
    }
    (work / "request.json").write_text(json.dumps(request), encoding="ascii")


def _trouble(status: int, work: Path) -> Integrity:
    if status < 0:
        names = {s.value: s.name for s in signal.Signals}
        name = names.get(-status, str(-status))
        if name == "SIGXCPU":
            return entry("READER_TIMED_OUT", "读取账套超过处理器时间的限额，已停止；请检查或拆分文件")
        return entry("READER_CRASHED", f"账套使读取程序崩溃（{name}），未能读入；文件可能被篡改，请逐个文件排查")
    try:
        kind, where = json.loads((work / "error.json").read_text(encoding="utf-8"))
        shown = f"{kind!s:.40} {where!s:.60}".strip()
    except (OSError, ValueError, TypeError):
        shown = f"status {status}"
    return entry("READER_CRASHED", f"账套使读取程序中止（{shown}），未能读入；文件可能被篡改，请逐个文件排查")
