"""The survey of a book's folder: which regular files it holds, their hashes, and what is left aside.

Nothing is followed: a symbolic link, a pipe or a device is reported and skipped. Nothing is written.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BufferedReader
from pathlib import Path, PurePosixPath
from types import MappingProxyType

from ledger.contracts import Integrity
from ledger.reader.codes import Faults
from ledger.reader.limits import Limits

MAIN = "main.beancount"
PROFILE = "union.toml"
LEDGER_SUFFIXES = frozenset({".beancount", ".bean"})

_PROGRAMS = frozenset(
    {".py", ".pyc", ".pyw", ".pyd", ".so", ".dll", ".exe", ".bat", ".cmd", ".ps1", ".sh", ".js", ".pth"}
)
_ENCRYPTED = frozenset({".gpg", ".asc", ".pgp"})
_DEPTH = 24
_NO_FOLLOW = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


@dataclass(frozen=True)
class Survey:
    """A book's folder as it was found: contents of the files that are read, hashes of all.

    Paths are relative to the book, with `/`. `contents` holds ledgers, registers and union.toml; `hashes` holds
    these and the attachments; `digest` is the SHA-256 over paths and hashes.
    """

    contents: Mapping[str, bytes]
    hashes: Mapping[str, str]
    integrity: tuple[Integrity, ...]
    digest: str

    @property
    def documents(self) -> tuple[str, ...]:
        """Paths of the attachments: every regular file that is not read as part of the book."""
        return tuple(path for path in self.hashes if path not in self.contents)


def survey(folder: Path, limits: Limits) -> Survey:
    """Return what a book's folder holds; files beyond the limits and unreadable ones are reported, not read."""
    faults = Faults()
    contents: dict[str, bytes] = {}
    hashes: dict[str, str] = {}
    total = 0
    for count, path in enumerate(_files(folder, faults), 1):
        if count > limits.files:
            faults.add("FOLDER_TOO_LARGE", f"文件夹内的文件超过 {limits.files} 个；账套文件夹只放账套和附件")
            break
        name = path.relative_to(folder).as_posix()
        if is_read(name):
            content = _content(path, name, min(limits.file_bytes, limits.book_bytes - total), faults)
            if content is not None:
                total += len(content)
                contents[name] = content
                hashes[name] = hashlib.sha256(content).hexdigest()
        elif not _left_aside(name, faults):
            digest = _hash(path, name, limits.document_bytes, faults)
            if digest is not None:
                hashes[name] = digest
    ordered = {name: hashes[name] for name in sorted(hashes)}
    whole = hashlib.sha256("".join(f"{name}\0{digest}\n" for name, digest in ordered.items()).encode()).hexdigest()
    return Survey(MappingProxyType(contents), MappingProxyType(ordered), faults.entries(), whole)


def is_read(name: str) -> bool:
    """Whether a file of the book is read: ledgers, registers and union.toml; the rest are attachments."""
    path = PurePosixPath(name)
    if path.suffix in LEDGER_SUFFIXES or name == PROFILE:
        return True
    return path.suffix == ".csv" and path.parent == PurePosixPath("registers")


def _files(folder: Path, faults: Faults, depth: int = 0) -> Iterator[Path]:
    """Yield the regular files below a folder, in order of name; hidden folders and files are not part of a book."""
    try:
        with os.scandir(folder) as found:
            entries = sorted(found, key=lambda e: e.name)
    except OSError:
        faults.add("FILE_UNREADABLE", f"文件夹 {folder.name} 无法打开；请检查权限")
        return
    for entry in entries:
        if not entry.name.isprintable() or "\\" in entry.name:
            shown = entry.name.encode("unicode_escape", "surrogatepass").decode("ascii")
            faults.add("FILE_NAME_UNREADABLE", f"文件名含有看不见或无法辨认的字符（{shown[:60]}），未读入；请改名")
        elif entry.is_symlink():
            message = f"“{entry.name}”是符号链接，可能指向账套以外，未读入；请换成文件本身"
            faults.add("SYMLINK_IGNORED", message, entry.name)
        elif entry.name.endswith(".picklecache"):
            message = f"“{entry.name}”是 beancount 的缓存文件，装入它会运行其中的程序；未读、未写、未删"
            faults.add("PICKLE_CACHE_IGNORED", message, entry.name)
        elif entry.name.startswith("."):
            continue
        elif entry.is_dir(follow_symlinks=False):
            if depth < _DEPTH:
                yield from _files(Path(entry.path), faults, depth + 1)
            else:
                faults.add("FOLDER_TOO_LARGE", f"文件夹套叠超过 {_DEPTH} 层", entry.name)
        elif entry.is_file(follow_symlinks=False):
            yield Path(entry.path)
        else:
            message = f"“{entry.name}”是管道或设备，不是普通文件，未读入；请删除"
            faults.add("SPECIAL_FILE_IGNORED", message, entry.name)


def _left_aside(name: str, faults: Faults) -> bool:
    suffix = PurePosixPath(name).suffix.lower()
    if suffix in _PROGRAMS:
        faults.add("PROGRAM_FILE_IGNORED", "账套文件夹内有程序文件，未读入、未运行；请删除", name)
    elif suffix in _ENCRYPTED:
        faults.add("ENCRYPTED_FILE_IGNORED", "加密文件不解密、不读入；请由编制单位提供明文", name)
    else:
        return False
    return True


def _content(path: Path, name: str, limit: int, faults: Faults) -> bytes | None:
    with _opened(path, name, limit, faults) as file:
        content = None if file is None else file.read(limit + 1)
    if content is not None and len(content) > limit:
        faults.add("FILE_TOO_LARGE", "文件在读取时变大，未读入", name)
        return None
    return content


def _hash(path: Path, name: str, limit: int, faults: Faults) -> str | None:
    with _opened(path, name, limit, faults) as file:
        return None if file is None else hashlib.file_digest(file, "sha256").hexdigest()


def copy_document(source: Path, target: Path, limit: int) -> bool:
    """Copy one regular file without following links; False when it is gone, changed in kind, or too large."""
    with _opened(source, source.name, limit, Faults()) as file:
        if file is None:
            return False
        with target.open("xb") as written:
            shutil.copyfileobj(file, written)
    return True


@contextlib.contextmanager
def _opened(path: Path, name: str, limit: int, faults: Faults) -> Iterator[BufferedReader | None]:
    """Open a file that is regular and within its limit, without following or waiting; None for any other."""
    try:
        handle = os.open(path, os.O_RDONLY | _NO_FOLLOW)
    except OSError as error:
        faults.add("FILE_UNREADABLE", f"文件无法读取（{error.strerror}）；请检查权限", name)
        yield None
        return
    with os.fdopen(handle, "rb") as file:
        status = os.fstat(handle)
        if not stat.S_ISREG(status.st_mode):
            faults.add("SPECIAL_FILE_IGNORED", "不是普通文件，未读入；请删除", name)
            yield None
        elif status.st_size > limit:
            message = f"文件有 {status.st_size} 字节，超过 {max(limit, 0)} 字节的限额，未读入；请按月分成多个文件"
            faults.add("FILE_TOO_LARGE", message, name)
            yield None
        else:
            yield file
