"""One month of the example hospital's vouchers, and a book to import them into."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest

from ledger.book import ImportRefused, import_file, init_book
from ledger.example.hospital import hospital_vouchers
from ledger.vouchers import Voucher
from tests.ledger.importers.packages.written import Written


def folder_hash(folder: Path) -> str:
    """Return one hash of all files of a folder, names and bytes."""
    whole = hashlib.sha256()
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        whole.update(f"{path.relative_to(folder)}\0".encode() + path.read_bytes() + b"\0")
    return whole.hexdigest()


@pytest.fixture(scope="session")
def month() -> tuple[Voucher, ...]:
    """The hospital's vouchers of January 2025."""
    return tuple(v for v in hospital_vouchers() if v.number is not None and v.number.month == 1)


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return init_book(tmp_path / "账套", "某市第一医院工会委员会", "340500", 2025)


@pytest.fixture
def put(tmp_path: Path) -> Callable[[Written], Path]:
    """Put a file where it can be imported from."""

    def run(written: Written) -> Path:
        path = tmp_path / written.name
        path.write_bytes(written.content)
        return path

    return run


@pytest.fixture
def refused(book: Path, put: Callable[[Written], Path]) -> Callable[..., str]:
    """Import a faulty file: return its report, a line for each fault; the book's folder must stay as it was."""

    def run(written: Written, kind: str | None = None) -> str:
        before = folder_hash(book)
        try:
            result = import_file(put(written), book, kind)
            lines = [str(problem) for problem in result.problems]
            assert lines, "the faulty file was taken without a word"
            assert not result.written
        except ImportRefused as error:
            lines = [str(error)]
        assert folder_hash(book) == before
        return "\n".join(lines)

    return run
