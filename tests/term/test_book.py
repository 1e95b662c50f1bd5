"""The book of seven years as files: accepted by bean-check, sound to the reader, the same bytes on every run."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from ledger.example.draft import SEED
from ledger.example.term.__main__ import main
from ledger.example.term.book import term_book
from ledger.example.term.calendar import YEARS, is_workday
from ledger.reader import read_book
from ledger.union import parse_profile
from tests.term.audits import book, folder

BOTH = pytest.mark.parametrize("clean", [True, False], ids=["clean", "planted"])


def files_of(path: Path) -> dict[str, bytes]:
    """Return every file of a book."""
    return {str(f.relative_to(path)): f.read_bytes() for f in sorted(path.rglob("*")) if f.is_file()}


@BOTH
def test_bean_check_accepts_it(clean: bool) -> None:
    command = [str(Path(sys.executable).with_name("bean-check")), str(folder(clean=clean) / "main.beancount")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@BOTH
def test_the_reader_finds_it_sound(clean: bool) -> None:
    reading = read_book(folder(clean=clean))
    assert reading.integrity == ()
    assert reading.facts is not None
    assert len(reading.facts.vouchers) == len(book(clean=clean).vouchers) + len(book(clean=clean).closing)


@BOTH
def test_two_runs_give_the_same_bytes(clean: bool, tmp_path: Path) -> None:
    term_book.__wrapped__(clean=clean, seed=SEED).write(tmp_path / "book")
    assert files_of(tmp_path / "book") == files_of(folder(clean=clean))


def test_the_command_writes_both_books_and_refuses_what_is_there(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([str(tmp_path / "planted")]) == 0
    assert main([str(tmp_path / "clean"), "--clean"]) == 0
    assert f"问题 {len(book(clean=False).planted)} 处" in capsys.readouterr().out
    assert files_of(tmp_path / "planted") == files_of(folder(clean=False))
    assert files_of(tmp_path / "clean") == files_of(folder(clean=True))
    assert main([str(tmp_path / "clean")]) == 2
    assert "已有账套" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [[], ["a", "b"], ["--clear"], ["a", "--clean", "--clean"]])
def test_a_wrong_call_is_told_how_to_call(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 2
    assert "用法" in capsys.readouterr().err


@BOTH
def test_every_year_has_its_vouchers_on_working_days(clean: bool) -> None:
    signed = book(clean=clean).signed
    years = Counter(s.voucher.date.year for s in signed)
    assert set(years) == set(YEARS)
    assert all(100 <= count <= 130 for count in years.values()), years
    assert all(is_workday(s.voucher.date) for s in signed)
    assert all(v.residual_fen == 0 for v in (*book(clean=clean).vouchers, *book(clean=clean).closing))


def test_the_way_of_collection_changes_with_the_wages_of_2023() -> None:
    profile = parse_profile(book(clean=True).profile)
    receipts = {
        s.voucher.metadata["month-of"]: s.voucher.payee
        for s in book(clean=True).signed
        if s.draft.key.startswith("contribution/")
    }
    assert (receipts["2022-12"], receipts["2023-01"]) == ("某市第一医院", "某市总工会")
    paid = {s.voucher.metadata["month-of"] for s in book(clean=True).signed if s.draft.key.startswith("remittance/")}
    assert max(paid) == "2022-12"
    assert profile.collection == "tax"
    assert [(e.collection, e.until.isoformat()) for e in profile.earlier_collections] == [("direct", "2022-12-31")]


def test_planted_book_differs_where_the_key_says_so() -> None:
    """Vouchers that no case names are the same in both books, but for their numbers and signatures."""
    clean = {s.draft.key: s.voucher.lines for s in book(clean=True).signed}
    other = {s.draft.key: s.voucher.lines for s in book(clean=False).signed}
    changed = {key for key in clean.keys() & other.keys() if clean[key] != other[key]}
    assert changed == {
        "contribution/2019-05",
        "remittance/2019-05",
        "remittance/2020-06..2020-08",
        "contribution/2021-06",
        "small-return/2023",
        "dues/2023-10",
        "contribution/2024-04..2024-06",
        "contribution/2025-08",
    }
    assert not clean.keys() - other.keys()
    assert other.keys() - clean.keys() == {
        "unpaid-upward/paid",
        "misbooked-remittance",
        "decoration",
        "split/1",
        "split/2",
        "parked/moved",
        "accrual/came",
        "loan",
        "loan/back",
    }
