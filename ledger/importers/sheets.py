"""Reads a received spreadsheet into rows of exact text, in a child process that may crash without harm.

The bytes are read once, hashed, and handed to the child; nothing of the file runs and nothing it names is opened.
What the child refuses, and a child that dies or runs out of time, is one `SheetRefused` with the way out.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import ledger

MAX_FILE_BYTES = 50 * 1024 * 1024
WALL_SECONDS = 120
SUFFIXES = (".xlsx", ".xls", ".csv", ".txt", ".xml", ".json")

# The package is found where it was found for the parent; `-I` keeps the current folder and the environment out.
_START = "import importlib, sys; sys.path.append(sys.argv[2]); sys.exit(importlib.import_module(sys.argv[3]).main())"


class SheetRefused(ValueError):
    """A file that cannot be read as a spreadsheet; the message says why and the way out, in Chinese."""


@dataclass(frozen=True)
class CellFault:
    """A cell whose value cannot be believed: row and column from 0, and why, in Chinese."""

    row: int
    column: int
    message: str


@dataclass(frozen=True)
class Sheet:
    """One sheet: rows of cells as exact text (numbers as plain decimals, days as ISO), from cell A1 on.

    `merged` holds (first row, first column, last row, last column) from 0 of each merged range; `faults` the
    cells that cannot be believed; `notes` remarks on single cells that can.
    """

    name: str
    rows: tuple[tuple[str, ...], ...]
    merged: tuple[tuple[int, int, int, int], ...] = ()
    faults: tuple[CellFault, ...] = ()
    notes: tuple[CellFault, ...] = ()


@dataclass(frozen=True)
class Workbook:
    """A spreadsheet as read: file name, SHA-256 of its bytes, how its text was decoded, and its sheets."""

    name: str
    sha256: str
    encoding: str
    sheets: tuple[Sheet, ...]


def read_workbook(path: Path) -> Workbook:
    """Return the sheets of an .xlsx, .xls (real, or HTML or text under that name), .csv, .txt, .xml or .json file.

    Raises SheetRefused for everything that cannot be read safely and exactly.
    """
    if path.suffix.lower() not in SUFFIXES:
        raise SheetRefused(_unsuitable(path))
    content = received_bytes(path)
    answer = ask_child(path, content)
    return Workbook(
        name=path.name,
        sha256=hashlib.sha256(content).hexdigest(),
        encoding=answer["encoding"],
        sheets=tuple(sheet_of(item) for item in answer["sheets"]),
    )


def _unsuitable(path: Path) -> str:
    if path.suffix.lower() in (".xlsm", ".xlsb", ".xltm", ".xlam"):
        return f"“{path.name}”可能带有宏，不予打开；请在表格软件中另存为 .xlsx（不含宏）后再导入"
    return f"“{path.name}”不是可导入的表格；请另存为 .xlsx、.xls 或 .csv 后再导入"


def received_bytes(path: Path) -> bytes:
    """Return the bytes of a received file; raise SheetRefused for one that is none, empty, or too large."""
    try:
        size = path.stat().st_size
        if not path.is_file():
            raise SheetRefused(f"“{path.name}”不是普通文件，请给出表格文件的路径")
        if size > MAX_FILE_BYTES:
            raise SheetRefused(f"“{path.name}”有 {size // 1024 // 1024} MB，超过 50 MB，请按年度拆分后再导入")
        content = path.read_bytes()
    except OSError as error:
        raise SheetRefused(f"无法读取“{path}”：{error.strerror}，请核对路径和权限") from None
    if not content:
        raise SheetRefused(f"“{path.name}”是空文件，请重新导出")
    return content


def ask_child(path: Path, content: bytes, module: str = "ledger.importers.sheet_child") -> dict[str, Any]:
    """Return what a child process makes of a file's bytes; `module` is the one whose `main` it runs.

    The child has no environment and no folder, and sets its own limits first. Raises SheetRefused for what it
    refuses, and where it dies or takes too long.
    """
    package = Path(ledger.__file__).resolve().parent.parent
    command = [sys.executable, "-I", "-X", "utf8", "-c", _START, path.stem, str(package), module]
    # Windows starts no program without this variable; nothing else of the environment is passed on.
    environment = {key: os.environ[key] for key in ("SYSTEMROOT",) if key in os.environ}
    try:
        child = subprocess.run(
            command,
            input=content,
            capture_output=True,
            timeout=WALL_SECONDS,
            cwd=os.path.abspath(os.sep),
            env=environment,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise SheetRefused(f"“{path.name}”在 {WALL_SECONDS} 秒内没有读完，请删去多余的行列或拆分后再导入") from None
    if child.returncode != 0:
        raise SheetRefused(
            f"“{path.name}”使读表程序中止（内存或时间超限，或文件已损坏），请在表格软件中另存为新的 .xlsx 后再导入"
        )
    try:
        answer: dict[str, Any] = json.loads(child.stdout)
    except ValueError:
        raise SheetRefused(f"“{path.name}”的读取结果不合格式，不予采用；请在表格软件中另存为新的 .xlsx") from None
    if "refused" in answer:
        raise SheetRefused(f"“{path.name}”{answer['refused']}")
    return answer


def sheet_of(item: dict[str, Any]) -> Sheet:
    """Return a sheet as a child process describes it."""
    return Sheet(
        name=str(item["name"]),
        rows=tuple(tuple(row) for row in item["rows"]),
        merged=tuple((int(a), int(b), int(c), int(d)) for a, b, c, d in item["merged"]),
        faults=tuple(CellFault(int(row), int(column), message) for row, column, message in item["faults"]),
        notes=tuple(CellFault(int(row), int(column), message) for row, column, message in item["notes"]),
    )
