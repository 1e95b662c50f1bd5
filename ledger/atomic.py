"""Writes several files of a folder as one: after a crash either none or all of them are changed.

The new files are staged, with a list of them, in a hidden folder inside the book and flushed to the disk; one
rename of that folder is the moment of decision. Then each file is renamed into place. A writer that finds a
decided stage left by a crash first finishes it; an undecided one it throws away. Between the decision and the
last rename a reader may see some files old and some new: POSIX renames one name at a time. So readers of our own
call `pending` first, and every writer holds a lock on the folder.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath

from ledger.files import sync_folder

try:
    import fcntl
except ImportError:  # Windows has no advisory lock on folders; there one person keeps one book
    fcntl = None  # type: ignore[assignment]

_UNDECIDED = ".pending.tmp"
_DECIDED = ".pending"
_LIST = "files.json"


class BookBusy(RuntimeError):
    """Another process is writing to the folder at this moment."""


def pending(folder: Path) -> bool:
    """Say whether an interrupted write of a folder still waits to be finished."""
    return (folder / _DECIDED).is_dir()


@contextlib.contextmanager
def writing(folder: Path) -> Iterator[None]:
    """Hold the folder for writing, with any interrupted write finished first; raise BookBusy if another holds it."""
    with _held(folder):
        _recover(folder)
        yield


@contextlib.contextmanager
def _held(folder: Path) -> Iterator[None]:
    if fcntl is None:
        yield
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise BookBusy(f"账套“{folder}”正在被另一个程序写入，请稍后再试") from None
        yield
    finally:
        os.close(handle)


def replace_files(folder: Path, texts: Mapping[str, str | bytes]) -> None:
    """Write all texts and bytes (path relative to the folder → content), all or none; call it inside `writing`."""
    stage = folder / _UNDECIDED
    stage.mkdir()
    try:
        for number, text in enumerate(texts.values()):
            _write(stage / str(number), text)
        names = [str(PurePosixPath(name)) for name in texts]
        _write(stage / _LIST, json.dumps(names, ensure_ascii=False))
        sync_folder(stage)
        stage.rename(folder / _DECIDED)
    except BaseException:
        shutil.rmtree(stage, ignore_errors=True)
        raise
    sync_folder(folder)
    _finish(folder)


def _recover(folder: Path) -> None:
    if (folder / _UNDECIDED).exists():
        shutil.rmtree(folder / _UNDECIDED)
    if pending(folder):
        _finish(folder)


def _finish(folder: Path) -> None:
    stage = folder / _DECIDED
    touched = {folder}
    # The list goes last: without it nothing is left to do, with it the rest can be done again.
    names = json.loads((stage / _LIST).read_text(encoding="utf-8")) if (stage / _LIST).exists() else []
    for number, name in enumerate(names):
        if not _is_inside(name):
            raise ValueError(f"“{stage}”中的文件清单指向账套以外的“{name}”，不予执行；请删去该文件夹")
        staged, target = stage / str(number), folder / name
        if staged.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            os.replace(staged, target)
            touched |= {target.parent, target.parent.parent}
    for place in touched:
        sync_folder(place)
    shutil.rmtree(stage)
    sync_folder(folder)


def _is_inside(name: object) -> bool:
    path = PurePosixPath(str(name))
    return not path.is_absolute() and ".." not in path.parts and "\\" not in str(name) and ":" not in str(name)


def _write(path: Path, content: str | bytes) -> None:
    with open(path, "xb") as file:
        file.write(content.encode("utf-8") if isinstance(content, str) else content)
        file.flush()
        os.fsync(file.fileno())
