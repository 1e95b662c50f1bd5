"""The scan before the parser: encodings, characters, and lines that keep their place."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.reader.build import facts_from
from ledger.reader.codes import Faults, is_fatal
from ledger.reader.core import read_tables
from ledger.reader.lexing import bare
from ledger.reader.limits import Limits
from ledger.reader.load import Source, load
from ledger.reader.scan import REMOVED, scan
from ledger.reader.walk import walk

ENTRY = """2025-03-01 * "某超市" "慰问品"
  voucher: "记-2025-03-0001"
  Assets:101-库存现金  1.00 CNY
  Equity:322-工会资金结余
"""


def scanned(text: str | bytes) -> tuple[str | None, list[tuple[str, int]]]:
    faults = Faults()
    result = scan("x.beancount", text.encode() if isinstance(text, str) else text, faults, Limits())
    return (result.text if result else None), [(e.code, e.line) for e in faults.entries()]


@pytest.mark.parametrize(
    ("encoded", "code"),
    [
        (ENTRY.encode("gb18030"), "ENCODING_GB18030"),
        (b"\xef\xbb\xbf" + ENTRY.encode(), "BYTE_ORDER_MARK"),
        (ENTRY.replace("\n", "\r\n").encode(), None),
        (ENTRY.replace("\n", "\r").encode(), "CARRIAGE_RETURN"),
    ],
)
def test_files_as_other_programs_save_them(write_book: Callable[..., Path], encoded: bytes, code: str | None) -> None:
    tables = read_tables(write_book('include "x.beancount"\n', {"x.beancount": encoded}))
    codes = {e.code for e in tables.integrity}
    if code == "CARRIAGE_RETURN":
        assert any(is_fatal(e) for e in tables.integrity)  # one long line: nothing can be read from it
        assert code in codes
        return
    assert codes == ({code} if code else set())
    vouchers = facts_from(tables).vouchers
    assert vouchers["payee"].tolist() == ["某超市"]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (ENTRY.encode("utf-16"), "ENCODING_UNKNOWN"),
        (b"\xff\x00x", "NUL_BYTE"),
        (b"\x81\xff\xff\xff", "ENCODING_UNKNOWN"),
    ],
)
def test_files_that_are_no_text_are_refused(content: bytes, code: str) -> None:
    assert scanned(content) == (None, [(code, 0)])


def test_quotes_and_comments_hide_words() -> None:
    text = '2025-01-01 event "x" "plugin ; option" ; plugin "y" 1/0\n; include "z"\n2025-01-01 event "a\\"b" "plugin"\n'
    assert scanned(text) == (text, [])


def test_a_string_over_several_lines_hides_words_too() -> None:
    text = '2025-01-01 event "x" "first\nplugin second\ninclude third"\n'
    assert scanned(text) == (text, [])
    assert bare(text).spans == ((0, 2),)


def test_a_removed_directive_takes_its_own_lines_with_it() -> None:
    text = '2025-01-01 custom "fava-extension" "x"\n  note: "a\nb"\n  other: 1\n2025-01-01 event "x" "y"\n'
    result, found = scanned(text)
    assert found == [("FAVA_EXTENSION", 1)]
    assert result == (REMOVED + "FAVA_EXTENSION\n") * 4 + '2025-01-01 event "x" "y"\n'


def test_comments_after_an_option_are_no_values() -> None:
    text = 'option "title" "x" ; "y"\noption "tolerance_multiplier" "0.0"\n'
    assert scanned(text) == (text, [])


def test_dates_tags_and_links_may_hold_slashes() -> None:
    text = '2025/01/02 * "a" "b" #x/1 ^JZ-2025/01\n  Assets:101-库存现金  1.00 CNY\n  due: 2025/01/02\n'
    assert scanned(text) == (text, [])


def test_at_most_two_hundred_of_a_kind_are_listed() -> None:
    _, found = scanned("* x\n" * 1_000)
    assert len(found) == 201
    assert sum(1 for code, _ in found if code == "MORE_OF_THE_SAME") == 1


FRAGMENTS = [
    '"', "\n", "\n ", " ", "\\", '\\"', ";", "* ", "# ", "#a", "!", "你", "$", "A", "\t", "\r", "~", '"x" "y"',
    'plugin "x"', "plugin", "option ", 'option "insert_pythonpath" "TRUE"', 'include "/etc/x"', "2025-01-01 ",
    'custom "fava-extension" "m"', "pad Assets:1-A Assets:1-B", 'query "a" "b"', 'document Assets:1-A "/etc/x"',
    'pushmeta filename: "x"', 'filename: "x"', "balance Assets:1-A 1 ~ 5 CNY", '* "p" "n"', "  Assets:1-A 1 CNY",
]  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(FRAGMENTS), max_size=14).map("".join))
def test_whatever_the_text_the_reader_reports_what_reaches_the_parser(text: str) -> None:
    faults = Faults()
    files = walk({"main.beancount": text.encode()}, faults, Limits())
    for file in files:
        assert file.text.count("\n") == text.replace("\r\n", "\n").count("\n")
    load([Source(f.path, f.text, frozenset(i.path for i in f.includes)) for f in files], faults)
    found = faults.entries()
    again = Faults()
    for file in files:
        scan(file.path, file.text.encode(), again, Limits())
    # what a second scan would still remove stands in a file that is at fault anyway
    assert not again.entries() or any(is_fatal(e) for e in found)
