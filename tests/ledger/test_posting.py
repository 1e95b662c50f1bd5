"""Posting: what enters the book, what is refused, and that nothing is ever half written."""

from __future__ import annotations

import datetime
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from ledger import posting
from ledger.atomic import BookBusy, writing
from ledger.book import init_book
from ledger.months import seal_month
from ledger.posting import PostingRefused, next_number, post_vouchers, read_index, state_of
from ledger.reader import read_book
from ledger.vouchers import Line, Voucher, VoucherNumber, parse_voucher_number

BANK = "Assets:102-银行存款:01-基本户"
DUES = "Income:401-会费收入"


def voucher(number: str = "记-2025-03-0001", day: str = "2025-03-05", fen: int = 100_00, **changed: object) -> Voucher:
    """Dues received, 100 yuan unless told otherwise."""
    made = Voucher(
        date=datetime.date.fromisoformat(day),
        number=parse_voucher_number(number),
        payee="会员",
        narration="收到会费",
        lines=(Line(BANK, fen), Line(DUES, -fen)),
        metadata={"prepared-by": "张某某"},
    )
    return replace(made, **changed)  # type: ignore[arg-type]


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A book without vouchers."""
    return init_book(tmp_path / "book", "某市第一医院工会委员会", "340500", 2025)


def files(book: Path) -> dict[str, bytes]:
    """Every file of a book with its content."""
    return {str(p.relative_to(book)): p.read_bytes() for p in sorted(book.rglob("*")) if p.is_file()}


def test_next_number_follows_the_last_of_its_word_and_month() -> None:
    taken = [VoucherNumber("记", 2025, 3, 4), VoucherNumber("记", 2025, 2, 9), VoucherNumber("转", 2025, 3, 7)]
    assert str(next_number(taken, "记", datetime.date(2025, 3, 31))) == "记-2025-03-0005"
    assert str(next_number(taken, "记", datetime.date(2025, 4, 1))) == "记-2025-04-0001"


def test_voucher_and_its_scan_are_in_the_book(book: Path) -> None:
    made = voucher(metadata={"prepared-by": "张某某", "document": "documents/2025/03/回单.pdf"})
    posted = post_vouchers(book, [made], attachments={"documents/2025/03/回单.pdf": b"%PDF-"})
    reading = read_book(book)
    assert reading.facts is not None
    assert not reading.fatal
    assert list(reading.facts.vouchers["voucher"]) == ["记-2025-03-0001"]
    assert (book / "documents/2025/03/回单.pdf").read_bytes() == b"%PDF-"
    assert posted.index.state == state_of(book)


def test_index_that_grew_is_what_a_new_reading_gives(book: Path) -> None:
    index = post_vouchers(book, [voucher()]).index
    new_account = "Assets:135-其他应收款:0101-张某某备用金"
    early = voucher(number="记-2025-01-0001", day="2025-01-02", lines=(Line(new_account, 5), Line(BANK, -5)))
    index = post_vouchers(book, [early], index=index).index
    read = read_index(book)
    assert index.numbers == read.numbers
    assert (index.first, index.opening, index.state) == (read.first, read.opening, read.state)
    columns = ["account", "opened", "file", "line"]
    plain = [f.accounts[columns].astype(str).sort_values("account").values.tolist() for f in (index, read)]
    assert plain[0] == plain[1]


def test_posting_does_not_read_the_book_again(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    index = post_vouchers(book, [voucher()]).index
    monkeypatch.setattr(posting, "read_book", lambda _: pytest.fail("the book was read"))
    post_vouchers(book, [voucher("记-2025-03-0002")], index=index)
    assert "记-2025-03-0002" in (book / "2025/03.beancount").read_text(encoding="utf-8")


def test_book_that_changed_underneath_is_read_again(book: Path) -> None:
    index = read_index(book)
    post_vouchers(book, [voucher()])
    with pytest.raises(PostingRefused, match="已被使用"):
        post_vouchers(book, [voucher()], index=index)


@pytest.mark.parametrize(
    ("made", "reason"),
    [
        (voucher(number="记-2025-03-0002"), "应为 记-2025-03-0001"),
        (voucher(number="记-2025-04-0001"), "不一致"),
        (voucher(number=""), "没有凭证字号"),
        (voucher(lines=(Line(BANK, 100), Line(DUES, -99))), "相差 0.01 元"),
        (voucher(lines=(Line(BANK, 0), Line(DUES, 0))), "金额为零"),
        (voucher(lines=(Line(BANK, 100),)), "一借一贷"),
        (voucher(lines=(Line("Assets:坏", 100), Line(DUES, -100))), "不是账套的科目名"),
        (voucher(narration="坏\x00字"), "控制字符"),
        (voucher(metadata={"坏键": "值"}), "元数据的键"),
    ],
)
def test_fault_is_refused_and_nothing_written(book: Path, made: Voucher, reason: str) -> None:
    before = files(book)
    with pytest.raises(PostingRefused, match=reason):
        post_vouchers(book, [made])
    assert files(book) == before


def test_every_fault_is_named_at_once(book: Path) -> None:
    with pytest.raises(PostingRefused) as refused:
        post_vouchers(book, [voucher(number="记-2025-03-0007", lines=(Line(BANK, 100), Line(DUES, -99)))])
    assert len(refused.value.problems) == 2


def test_same_number_twice_in_one_posting_is_refused(book: Path) -> None:
    with pytest.raises(PostingRefused, match="已被使用"):
        post_vouchers(book, [voucher(), voucher(fen=5)])


def test_sealed_month_takes_no_voucher(book: Path) -> None:
    post_vouchers(book, [voucher()])
    seal_month(book, "2025-03", by="张某某", now=datetime.datetime(2025, 4, 2, tzinfo=datetime.UTC))
    before = files(book)
    with pytest.raises(PostingRefused, match="2025-03 已封账"):
        post_vouchers(book, [voucher("记-2025-03-0002")])
    assert files(book) == before
    post_vouchers(book, [voucher("记-2025-04-0001", "2025-04-01")])


def test_opening_is_taken_once_and_first(book: Path) -> None:
    opening = voucher(number="", day="2025-01-01", tags=("opening",), metadata={})
    post_vouchers(book, [opening])
    with pytest.raises(PostingRefused, match="只记一次"):
        post_vouchers(book, [opening])


@pytest.mark.parametrize("name", ["union.toml", "documents/../union.toml", "/etc/x", "documents", "documents\\x.pdf"])
def test_attachment_stays_in_its_folder(book: Path, name: str) -> None:
    before = files(book)
    with pytest.raises(PostingRefused, match="应放在账套的 documents"):
        post_vouchers(book, [voucher()], attachments={name: b"x"})
    assert files(book) == before


def test_attachment_is_never_replaced(book: Path) -> None:
    post_vouchers(book, [voucher()], attachments={"documents/a.pdf": b"1"})
    with pytest.raises(PostingRefused, match="不能覆盖"):
        post_vouchers(book, [voucher("记-2025-03-0002")], attachments={"documents/a.pdf": b"2"})


def test_second_writer_is_told_that_the_book_is_busy(book: Path) -> None:
    with writing(book), pytest.raises(BookBusy):
        post_vouchers(book, [voucher()])


def test_refusal_while_held_writes_nothing(book: Path) -> None:
    def changed() -> None:
        raise RuntimeError("somebody was here")

    before = files(book)
    with pytest.raises(RuntimeError):
        post_vouchers(book, [voucher()], held=changed)
    assert files(book) == before


KILLED = """
import os, sys
from pathlib import Path
from ledger import atomic
from ledger.posting import post_vouchers
from tests.ledger.test_posting import voucher

left = int(sys.argv[2])

def dying(function):
    def step(*arguments, **named):
        global left
        left -= 1
        if left < 0:
            os._exit(9)
        return function(*arguments, **named)
    return step

os.replace = dying(os.replace)
os.fsync = dying(os.fsync)
Path.rename = dying(Path.rename)
post_vouchers(Path(sys.argv[1]), [voucher()], attachments={"documents/a.pdf": b"%PDF-1"})
"""


def outcomes(make: Callable[[int], Path], steps: range) -> set[tuple[bool, bool]]:
    """Kill a posting before each of its steps to the disk; say after each whether voucher and scan are there."""
    found = set()
    for step in steps:
        folder = make(step)
        subprocess.run(
            [sys.executable, "-c", KILLED, str(folder), str(step)],
            check=False,
            env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
            cwd=folder.parent,
        )
        with writing(folder):  # whoever writes next finishes or forgets what was begun
            pass
        month = folder / "2025/03.beancount"
        found.add(
            (month.exists() and "0001" in month.read_text(encoding="utf-8"), (folder / "documents/a.pdf").exists())
        )
        reading = read_book(folder)
        assert not reading.fatal
    return found


@pytest.mark.slow
def test_killed_at_any_step_all_is_there_or_nothing(tmp_path: Path) -> None:
    def make(step: int) -> Path:
        return init_book(tmp_path / f"book-{step}", "某市第一医院工会委员会", "340500", 2025)

    assert outcomes(make, range(14)) == {(False, False), (True, True)}
