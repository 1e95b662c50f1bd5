"""The chain of seals: `seals/log.jsonl`, one line for every sealing and reopening, each naming the line before.

A line is canonical JSON; its id is the SHA-256 of its text. Lines are only ever added. The seal itself, with what
it was made of, is a file of its own beside the log, and the line holds that file's SHA-256.
"""

from __future__ import annotations

import datetime
import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath
from typing import Any

FOLDER = "seals"
LOG = f"{FOLDER}/log.jsonl"
SEAL, REOPEN = "seal", "reopen"

_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")
_SEAL_FILE = re.compile(r"(\d{4}-(?:0[1-9]|1[0-2]))(?:-\d+)?\.json")
_LOG_BYTES = 16 * 1024 * 1024  # far above a line a month for as long as any union has been there
_SHORT = 20  # characters of an id that are printed on paper


class BrokenChain(ValueError):
    """A log of seals that is not as it was written; the message says where, in Chinese."""


@dataclass(frozen=True)
class SealRecord:
    """One line of the log: its place, what was done to which month, by whom, when and why, and the line before.

    `file` and `sha256` are those of the seal that was made or, on reopening, opened. `reason` says why a month was
    sealed although checks failed, or why it was opened again; it is empty for an ordinary seal.
    """

    sequence: int
    kind: str
    month: str
    at: str
    by: str
    reason: str
    file: str
    sha256: str
    previous: str

    @property
    def text(self) -> str:
        """The line as it stands in the log, without its line break."""
        return canonical(asdict(self))

    @property
    def id(self) -> str:
        """SHA-256 of the line: what the next line names, and what leaves the bookkeeper's hands as a receipt."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    @property
    def receipt(self) -> str:
        """The beginning of the id in groups of five, short enough to be written on paper."""
        short = self.id[:_SHORT].upper()
        return "-".join(short[n : n + 5] for n in range(0, _SHORT, 5))


def canonical(value: object) -> str:
    """Return a value as the one JSON text that stands for it: keys in order, no blanks."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def is_month(text: str) -> bool:
    """Whether a text is a month as books write it, `2025-03`."""
    return _MONTH.fullmatch(text) is not None


def read_chain(book: Path) -> tuple[SealRecord, ...]:
    """Return the lines of a book's log, none where it has no log.

    Raises BrokenChain for a line that is no record, or does not name the line before it.
    """
    path = book / LOG
    if not path.is_file():
        return ()
    if path.stat().st_size > _LOG_BYTES:
        raise BrokenChain(f"“{LOG}”大得不合理，不予读入；请恢复封账时的备份")
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except UnicodeDecodeError:
        raise BrokenChain(f"“{LOG}”不是 UTF-8 文本；请恢复封账时的备份") from None
    records: list[SealRecord] = []
    for number, line in enumerate(lines, 1):
        record = _record(line, number)
        before = records[-1].id if records else ""
        if (record.sequence, record.previous) != (number, before):
            raise BrokenChain(f"“{LOG}”第 {number} 行与上一行不相接：其间有记录被改动、增加或删除；请恢复备份")
        records.append(record)
    return tuple(records)


def _record(line: str, number: int) -> SealRecord:
    try:
        data = json.loads(line)
        record = SealRecord(**data)
    except (ValueError, TypeError, RecursionError):
        raise BrokenChain(f"“{LOG}”第 {number} 行不是封账记录；请恢复封账时的备份") from None
    kinds = {name: type(value) for name, value in asdict(record).items()}
    texts = {name for name, kind in kinds.items() if kind is str}
    if kinds["sequence"] is not int or texts != set(kinds) - {"sequence"} or record.text != line:
        raise BrokenChain(f"“{LOG}”第 {number} 行的写法与封账时不同；请恢复封账时的备份")
    name = PurePosixPath(record.file)
    if record.kind not in (SEAL, REOPEN) or not is_month(record.month) or not _is_seal_of(name, record.month):
        raise BrokenChain(f"“{LOG}”第 {number} 行的内容不是封账记录；请恢复封账时的备份")
    return record


def _is_seal_of(path: PurePosixPath, month: str) -> bool:
    match = _SEAL_FILE.fullmatch(path.name)
    return str(path.parent) == FOLDER and match is not None and match[1] == month


def standing_seals(records: tuple[SealRecord, ...]) -> Mapping[str, SealRecord]:
    """Return the seal in force of every month that is sealed, by month."""
    last = {record.month: record for record in records}
    return {month: record for month, record in sorted(last.items()) if record.kind == SEAL}


def sealed_months(book: Path) -> frozenset[str]:
    """Return the months of a book that are sealed, each as `2025-03`.

    A log that cannot be trusted opens nothing: then every month with a seal file counts as sealed, as does one
    whose seal the log does not know.
    """
    files = frozenset(month for month, _ in _seal_files(book))
    try:
        records = read_chain(book)
    except BrokenChain:
        return files
    return frozenset(standing_seals(records)) | (files - {record.month for record in records})


def _seal_files(book: Path) -> Iterator[tuple[str, str]]:
    folder = book / FOLDER
    if folder.is_dir():
        for path in sorted(folder.iterdir()):
            match = _SEAL_FILE.fullmatch(path.name)
            if match is not None:
                yield match[1], path.name


def next_seal_file(book: Path, month: str) -> str:
    """Return the path in the book of a new seal of a month: `seals/2025-03.json`, later `seals/2025-03-2.json`."""
    taken = {name for found, name in _seal_files(book) if found == month}
    count = 1
    while (name := f"{month}.json" if count == 1 else f"{month}-{count}.json") in taken:
        count += 1
    return f"{FOLDER}/{name}"


def locked_problem(day: datetime.date, sealed: frozenset[str]) -> str:
    """Return why a voucher of that day cannot be added, with the way out, in Chinese; empty where it can."""
    month = f"{day.year:04d}-{day.month:02d}"
    if month not in sealed:
        return ""
    return (
        f"{month} 已封账，不能增加或更改该月的凭证；更正请在未封账的月份编制红字冲销和更正凭证（reverses 写原凭证号），"
        f"确需重开的用 union-audit seal 账套 {month} --reopen 原因，重开会永久留下记录"
    )


def as_object(text: str) -> Mapping[str, Any]:
    """Return the JSON object of a text; raises BrokenChain for any other text."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        raise BrokenChain("不是合法的 JSON") from None
    if not isinstance(data, dict):
        raise BrokenChain("不是封账文件")
    return data
