"""The cache of readings: an unchanged book is not read again, a damaged entry is as good as none."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from ledger.reader import Limits, process, read_book
from ledger.reader.cache import cached, key_of, user_cache
from ledger.reader.folder import survey


@pytest.fixture
def no_child(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    def forbid() -> None:
        monkeypatch.setattr(process, "_START", "raise SystemExit(3)")

    return forbid


def test_an_unchanged_book_needs_no_child(
    write_book: Callable[..., Path], readings: Path, no_child: Callable[[], None]
) -> None:
    book = write_book()
    first = read_book(book, cache=readings)
    no_child()
    second = read_book(book, cache=readings)
    assert first.facts is not None
    assert second.facts is not None
    for name in ("vouchers", "postings", "accounts", "budgets"):
        pd.testing.assert_frame_equal(getattr(first.facts, name), getattr(second.facts, name))
    assert (first.facts.digest, first.integrity) == (second.facts.digest, second.integrity)


CHANGES: list[Callable[[Path], object]] = [
    lambda book: (book / "main.beancount").write_bytes((book / "main.beancount").read_bytes() + b"\n"),
    lambda book: (book / "union.toml").write_bytes((book / "union.toml").read_bytes() + b"# x\n"),
    lambda book: (book / "registers/dues.csv").write_text("month,member_id\n"),
    lambda book: (book / "documents/a.pdf").write_bytes(b"x"),
    lambda book: (book / "documents/a.pdf").write_bytes(b"y"),
    lambda book: (book / "main.beancount").rename(book / "other.beancount"),
    lambda book: (book / "link").symlink_to(book / "union.toml"),
]


def test_every_change_of_a_book_gives_another_key(write_book: Callable[..., Path]) -> None:
    book = write_book()
    (book / "registers").mkdir()
    (book / "documents").mkdir()
    keys = [key_of(survey(book, Limits()), Limits())]
    for change in CHANGES:
        change(book)
        keys.append(key_of(survey(book, Limits()), Limits()))
    keys.append(key_of(survey(book, Limits()), Limits(files=7)))
    assert len(set(keys)) == len(CHANGES) + 2


DAMAGES: list[Callable[[Path], object]] = [
    lambda entry: (entry / "postings.arrow").write_bytes(b"nothing"),
    lambda entry: (entry / "postings.arrow").unlink(),
    lambda entry: (entry / "manifest.json").write_text("{"),
    lambda entry: (entry / "manifest.json").write_text("[]"),
    lambda entry: (entry / "manifest.json").write_text("{}"),
    lambda entry: (entry / "extra").write_text("x"),
    shutil.rmtree,
]


def test_a_damaged_entry_is_ignored_and_rebuilt(
    write_book: Callable[..., Path], readings: Path, no_child: Callable[[], None]
) -> None:
    book = write_book()
    read_book(book, cache=readings)
    (entry,) = readings.iterdir()
    whole = readings.parent / "whole"
    shutil.copytree(entry, whole)
    for damage in DAMAGES:
        damage(entry)
        assert cached(readings, entry.name) is None
        shutil.rmtree(entry, ignore_errors=True)
        shutil.copytree(whole, entry)
        assert cached(readings, entry.name) is not None
    (entry / "postings.arrow").write_bytes(b"nothing")
    assert read_book(book, cache=readings).fatal == ()
    no_child()
    assert read_book(book, cache=readings).fatal == ()
    assert [p.name for p in readings.iterdir()] == [entry.name]


def test_a_cache_that_cannot_be_written_is_done_without(write_book: Callable[..., Path], tmp_path: Path) -> None:
    occupied = tmp_path / "occupied"
    occupied.write_text("a file", encoding="utf-8")
    reading = read_book(write_book(), cache=occupied)
    assert reading.facts is not None
    assert occupied.read_text(encoding="utf-8") == "a file"


def test_nothing_is_kept_inside_the_book(
    write_book: Callable[..., Path], hashes: Callable[[Path], dict[str, str]]
) -> None:
    book = write_book()
    before = hashes(book)
    assert read_book(book, cache=book / "cache").facts is not None
    assert hashes(book) == before


def test_the_user_s_cache_is_where_the_system_wants_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert user_cache() == tmp_path / "union-audit" / "readings"
    monkeypatch.setenv("XDG_CACHE_HOME", "relative")
    assert user_cache() == Path.home() / ".cache" / "union-audit" / "readings"
    monkeypatch.setattr("sys.platform", "win32")
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path))
    assert user_cache() == tmp_path / "union-audit" / "readings"
    monkeypatch.setattr("sys.platform", "darwin")
    assert user_cache() == Path.home() / "Library" / "Caches" / "union-audit" / "readings"
