"""A whole year kept through a real browser, and the same year kept in a workbook: two equal books.

What only the browser knows is named here; all else must agree: vouchers, budgets, registers, statements, findings.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from ledger.reader import read_book
from ledger.vouchers import Voucher
from ledger.workbook.content import BookContent, read_content
from tests.year.browser import CHROMIUM, SCAN, Keeper, keeper, kept_in_browser
from tests.year.excel import done, kept_in_excel, run
from tests.year.others import bean_check, fava_errors
from tests.year.year import OPENING

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,  # some minutes of clicking; the shorter way from an empty folder is in the fast set
    pytest.mark.timeout(600),
    pytest.mark.skipif(
        CHROMIUM is None and "browser" not in os.environ.get("UNION_AUDIT_REQUIRE", ""),
        reason="NO CHROMIUM ON THIS MACHINE: the year was not kept in a browser",
    ),
]

# When a voucher was keyed, and its scans, which the browser keeps in the book.
ONLY_BROWSER = ("entered-at", "document")
# Who made and passed the opening balances.
PEOPLE = ("prepared-by", "reviewed-by", "approved-by", "posted-by")
PAPERS = ("balance", "income", "trial", "budget", "notes", "disclosure", "audit")


@dataclass(frozen=True)
class Years:
    """The two books, what the browser complained of, and the papers it brought down."""

    browser: Path
    excel: Path
    complaints: tuple[str, ...]
    papers: Mapping[str, bytes]
    last: str


@pytest.fixture(scope="module")
def years(tmp_path_factory: pytest.TempPathFactory) -> Years:
    """Both years, kept once."""
    folder = tmp_path_factory.mktemp("年")
    book = folder / "browser"
    book.mkdir()
    scan = folder / "回单.pdf"
    for number in (1, 2, 3):
        scan.with_name(f"{number}-{scan.name}").write_bytes(SCAN)
    with keeper(book) as hands:
        kept_in_browser(hands, folder, scan)
        hands.go("EntryYear", year="2025")
        hands.picture("year")
        last = hands.text()
        papers = {kind: download(hands, kind) for kind in PAPERS}
        complaints = tuple(hands.complaints)
    (folder / "excel").mkdir()
    return Years(book, kept_in_excel(folder / "excel"), complaints, papers, last)


def download(hands: Keeper, kind: str) -> bytes:
    """Press the button of a paper as Excel file and return what came."""
    with hands.page.expect_download() as coming:
        hands.page.locator(f'a[href*="kind={kind}&"][href*="form=xlsx"]').click()
    return Path(coming.value.path()).read_bytes()


def plain(voucher: Voucher) -> Voucher:
    """A voucher without what only the browser knows."""
    opening = "opening" in voucher.tags
    left_out = (*ONLY_BROWSER, *(PEOPLE if opening else ()))
    kept = {key: text for key, text in voucher.metadata.items() if not key.startswith(left_out)}
    lines = sorted(voucher.lines, key=lambda line: (line.account, line.amount_fen))
    return replace(voucher, metadata=dict(sorted(kept.items())), lines=tuple(lines))


def test_the_console_stayed_clean(years: Years) -> None:
    assert years.complaints == ()


def test_the_page_of_the_year_says_that_all_is_done(years: Years) -> None:
    assert years.last.count("✓") == 7
    assert "已封账月份：12／12" in years.last


def contents(years: Years) -> tuple[BookContent, BookContent]:
    """What both books hold."""
    return read_content(years.browser), read_content(years.excel)


def test_both_books_hold_the_same_vouchers(years: Years) -> None:
    ours, theirs = contents(years)
    assert [e.stated for e in ours.entries] == [e.stated for e in theirs.entries]
    for one, other in zip(ours.entries, theirs.entries, strict=True):
        assert plain(one.voucher) == plain(other.voucher), one.stated
    assert ours.opening is not None
    assert theirs.opening is not None
    assert plain(ours.opening) == plain(theirs.opening)
    assert len(ours.opening.lines) == len(OPENING)


def test_both_books_hold_the_same_budgets_registers_and_union(years: Years) -> None:
    ours, theirs = contents(years)
    assert sorted(map(repr, ours.budgets)) == sorted(map(repr, theirs.budgets))
    assert set(ours.registers) == set(theirs.registers)
    for name, register in ours.registers.items():
        assert sorted(map(sorted, (r.items() for r in register.rows))) == sorted(
            map(sorted, (r.items() for r in theirs.registers[name].rows))
        ), name
    assert ours.profile == theirs.profile


def test_both_books_give_the_same_statements_cell_by_cell(years: Years, tmp_path: Path) -> None:
    books = (years.browser, years.excel)
    assert len({done("statements", book, "--period", "2025") for book in books}) == 1
    for month in ("2025-03", "2025-06", "2025-12"):
        assert len({done("statements", book, "--period", month) for book in books}) == 1
    for number, book in enumerate(books):
        done("statements", book, "--period", "2025", "-o", tmp_path / str(number))
    files = [sorted(path.name for path in (tmp_path / str(number)).iterdir()) for number in (0, 1)]
    assert files[0] == files[1]
    for name in files[0]:
        assert (tmp_path / "0" / name).read_bytes() == (tmp_path / "1" / name).read_bytes(), name
    for kind in ("balance", "income", "trial"):
        assert years.papers[kind] in [(tmp_path / "1" / name).read_bytes() for name in files[1]], kind


def test_every_paper_came_down(years: Years) -> None:
    assert all(content.startswith(b"PK") for content in years.papers.values())


def findings(book: Path) -> list[dict[str, Any]]:
    """What the audit finds in a book, without the places in its files."""
    told = json.loads(run("audit", book, "--period", "2025", "--format", "json").output)
    return [
        {key: found[key] for key in ("id", "rule", "severity", "certainty", "amount_fen", "message") if key in found}
        for found in told["findings"]
    ]


def test_the_audit_finds_the_same_in_both(years: Years) -> None:
    ours, theirs = findings(years.browser), findings(years.excel)
    assert ours == theirs
    assert [f["certainty"] for f in ours].count("established") == 0


@pytest.mark.parametrize("kind", ["browser", "excel"])
def test_other_programs_accept_both(years: Years, kind: str) -> None:
    book: Path = getattr(years, kind)
    assert bean_check(book) == ""
    assert fava_errors(book) == []
    assert "已封账 12 个月，与封账时一致" in done("verify", book)
    reading = read_book(book)
    assert [f"{f.file}:{f.line} {f.message}" for f in reading.integrity] == []
