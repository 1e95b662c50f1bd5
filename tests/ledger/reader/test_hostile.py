"""Hostile constructs: each is neutralised and reported. The payloads only ever touch a marker file."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

import pytest

from ledger.reader import read_book
from ledger.reader.build import facts_from
from ledger.reader.codes import is_fatal
from ledger.reader.core import read_tables

VOUCHER = """2025-03-20 * "某市第一医院" "拨缴3月工会经费"
  voucher: "记-2025-03-0001"
  Assets:102-银行存款:01-基本户   100.00 CNY
  Income:402-拨缴经费收入        -100.00 CNY
"""


def with_metadata(line: str) -> str:
    return VOUCHER.replace("  Assets", f"  {line}\n  Assets", 1)


class Hostile(NamedTuple):
    """One construct: lines for main.beancount (`{marker}` is the marker's path), the code it must be reported by."""

    main: str
    code: str
    fatal: bool
    files: Mapping[str, str] = {}
    line: int | None = 9


PAYLOAD = {"evil.py": "open({marker!r}, 'w').close()\n__plugins__ = ()\n"}

CORPUS = {
    "plugin": Hostile('plugin "evil"\n', "PLUGIN_LINE", True, PAYLOAD),
    "plugin of beancount that evaluates": Hostile(
        'plugin "beancount.plugins.check_commodity" "open({marker!r}, \'w\')"\n', "PLUGIN_LINE", True
    ),
    "plugin after a blank": Hostile('  plugin "evil"\n', "PLUGIN_LINE", True, PAYLOAD),
    "plugin over two lines": Hostile('plugin "ev\nil"\n', "PLUGIN_LINE", True),
    "plugin after a lone carriage return": Hostile('; x\rplugin "evil"\n', "CARRIAGE_RETURN", False, PAYLOAD),
    "python path": Hostile('option "insert_pythonpath" "TRUE"\n', "OPTION_PYTHONPATH", True, PAYLOAD),
    "include outside, absolute": Hostile('include "/etc/passwd"\n', "INCLUDE_OUTSIDE", True),
    "include outside, way up": Hostile('include "../../x.beancount"\n', "INCLUDE_OUTSIDE", True),
    "include outside, backslash": Hostile('include "..\\\\x.beancount"\n', "INCLUDE_OUTSIDE", True),
    "include everything": Hostile('include "**/*.beancount"\n', "INCLUDE_PATTERN", True),
    "include nothing": Hostile('include "2025/none.beancount"\n', "INCLUDE_MISSING", True),
    "include of encrypted file": Hostile('include "x.gpg"\n', "INCLUDE_MISSING", True, {"x.gpg": "x"}),
    "include of itself": Hostile('include "main.beancount"\n', "INCLUDE_TWICE", False),
    "include by option": Hostile('option "include" "/etc/passwd"\n', "OPTION_INCLUDE", True),
    "include with company": Hostile('include "a.beancount" plugin\n', "PLUGIN_LINE", True),
    "documents option": Hostile('option "documents" "/etc"\n', "OPTION_DOCUMENTS", False),
    "raw mode": Hostile('option "plugin_processing_mode" "raw"\n', "OPTION_RAW_MODE", False),
    "tolerance": Hostile('option "tolerance_multiplier" "1000000"\n', "OPTION_TOLERANCE", False),
    "tolerance NaN": Hostile('option "tolerance_multiplier" "NaN"\n', "OPTION_TOLERANCE", False),
    "tolerance default": Hostile('option "inferred_tolerance_default" "*:99999"\n', "OPTION_TOLERANCE", False),
    "root renamed": Hostile('option "name_assets" "Income"\n', "OPTION_ROOT_NAME", True),
    "unknown option": Hostile('option "allow_pipe_separator" "TRUE"\n', "OPTION_NOT_ALLOWED", False),
    "fava extension": Hostile('2025-01-01 custom "fava-extension" "evil"\n', "FAVA_EXTENSION", True, PAYLOAD),
    "fava import": Hostile(
        '2025-01-01 custom "fava-option" "import-config" "evil.py"\n', "FAVA_OPTION_DANGEROUS", True, PAYLOAD
    ),
    "fava import, underscore": Hostile(
        '2025-01-01 custom "fava-option" "import_dirs" "/"\n', "FAVA_OPTION_DANGEROUS", True
    ),
    "fava link": Hostile('2025-01-01 custom "fava-sidebar-link" "x" "javascript:alert(1)"\n', "CUSTOM_IGNORED", False),
    "fava budget": Hostile('2025-01-01 custom "budget" Assets:101-库存现金 "x" 1 CNY\n', "CUSTOM_IGNORED", False),
    "query": Hostile('2025-01-01 query "月报" ".output {marker}"\n', "QUERY_IGNORED", False),
    "pad": Hostile("2025-01-01 pad Assets:101-库存现金 Equity:322-工会资金结余\n", "PAD_IGNORED", False),
    "forged position": Hostile(VOUCHER + '  filename: "/etc/passwd"\n', "POSITION_FORGED", False, line=13),
    "forged line": Hostile(VOUCHER + "    lineno: 1\n", "POSITION_FORGED", False, line=13),
    "forged by pushmeta": Hostile('pushmeta filename: "/etc/passwd"\n' + VOUCHER, "POSITION_FORGED", False),
    "balance tolerance": Hostile(
        "2025-01-01 balance Assets:101-库存现金 0.00 ~ 99999 CNY\n", "BALANCE_TOLERANCE", False
    ),
    "division": Hostile(
        '2025-01-02 * "x" "y"\n  Assets:101-库存现金  1/0 CNY\n  Equity:322-工会资金结余\n',
        "AMOUNT_DIVISION",
        True,
        line=10,
    ),
    "division in a custom": Hostile('2025-01-02 custom "union-budget" 0/0\n', "AMOUNT_DIVISION", True),
    "division beside a date": Hostile("2025-01-02 price CNY 1,2025/0/0 CNY\n", "AMOUNT_DIVISION", True),
    "long number": Hostile(f"2025-01-02 price CNY {'9' * 40} CNY\n", "NUMBER_TOO_LONG", True),
    "long line": Hostile(f"; {'x' * 20_000}\n", "LINE_TOO_LONG", True),
    "ignored line": Hostile("* 2025-01-02 open Assets:103-x\n", "LINE_IGNORED", False),
    "ignored line, hash": Hostile("# 2025-01-02 open Assets:103-x\n", "LINE_IGNORED", False),
    "document outside": Hostile('2025-01-02 document Assets:101-库存现金 "/etc/passwd"\n', "DOCUMENT_OUTSIDE", False),
    "document way up": Hostile('2025-01-02 document Assets:101-库存现金 "../x.pdf"\n', "DOCUMENT_OUTSIDE", False),
    "document in metadata": Hostile(VOUCHER + '  document: "/etc/passwd"\n', "DOCUMENT_OUTSIDE", False, line=13),
    "document up in metadata": Hostile(
        VOUCHER + '  document-2: "documents/../../x"\n', "DOCUMENT_OUTSIDE", False, line=13
    ),
    "hidden character": Hostile('2025-01-02 event "x" "甲\u202e乙"\n', "HIDDEN_CHARACTER", False),
    "zero width": Hostile('2025-01-02 event "x" "甲\u200b乙"\n', "HIDDEN_CHARACTER", False),
    "syntax": Hostile("2025-01-02 open open\n", "SYNTAX_ERROR", True),
    "nesting": Hostile(f"2025-01-02 price CNY {'(' * 12_000}\n", "FILE_NOT_PARSED", True, line=0),
    "unknown account": Hostile(
        '2025-01-02 * "x" "y"\n  Assets:999-没有  1.00 CNY\n  Equity:322-工会资金结余\n', "ACCOUNT_UNKNOWN", True
    ),
    "full-width account": Hostile("2025-01-02 open Assets:102-银行（二）\n", "ACCOUNT_NAME_INVALID", True),
    "unbalanced": Hostile(
        '2025-01-02 * "x" "y"\n  Assets:101-库存现金  1.00 CNY\n  Equity:322-工会资金结余  -1.01 CNY\n',
        "VOUCHER_UNBALANCED",
        False,
    ),
    "balance by one fen": Hostile("2025-01-02 balance Assets:101-库存现金 0.01 CNY\n", "BALANCE_FAILED", False),
    "number repeated": Hostile(VOUCHER + VOUCHER, "VOUCHER_NUMBER_REPEATED", False, line=13),
    "two amounts missing": Hostile(
        '2025-01-02 * "x" "y"\n  Assets:101-库存现金\n  Equity:322-工会资金结余\n', "VOUCHER_INCOMPLETE", True, line=11
    ),
    "cost that divides by zero": Hostile(
        '2025-01-02 * "x" "y"\n  Assets:101-库存现金  0 X {{2 CNY}}\n  Equity:322-工会资金结余\n' + VOUCHER,
        "VOUCHER_INCOMPLETE",
        True,
    ),
    "account that looks like another": Hostile(
        "2025-01-02 open Assets:101-a\n2025-01-02 open Assets:101-ａ\n", "ACCOUNT_NAME_ALIKE", False, line=10
    ),
    "account of compatibility characters": Hostile("2025-01-02 open Assets:101-\ufa1b\n", "ACCOUNT_NAME_ALIKE", False),
    "foreign money": Hostile(
        '2025-01-02 * "x" "y"\n  Assets:101-库存现金  1.00 USD\n  Equity:322-工会资金结余  -1.00 USD\n',
        "CURRENCY_NOT_CNY",
        True,
        line=10,
    ),
    "third of a fen": Hostile(
        '2025-01-02 * "x" "y"\n  Assets:101-库存现金  1.001 CNY\n  Equity:322-工会资金结余  -1.001 CNY\n',
        "AMOUNT_NOT_FEN",
        False,
        line=10,
    ),
    "more money than there is": Hostile(
        '2025-01-02 * "x" "y"\n  Assets:101-库存现金  9999999999999999.00 CNY\n  Equity:322-工会资金结余\n',
        "AMOUNT_TOO_LARGE",
        True,
        line=10,
    ),
    "many participants": Hostile(with_metadata('participants: "many"'), "METADATA_NOT_COUNT", False, line=11),
    "half a participant": Hostile(with_metadata("participants: 1.5"), "METADATA_NOT_COUNT", False, line=11),
    "an amount of participants": Hostile(
        with_metadata("participants: 30.00 CNY"), "METADATA_NOT_COUNT", False, line=11
    ),
    "an amount for a month": Hostile(with_metadata("month-of: 1 CNY"), "METADATA_NOT_MONTH", False, line=11),
    "no date": Hostile(with_metadata('occurred: "2025-02-30"'), "METADATA_NOT_DATE", False, line=11),
    "month as a difference": Hostile(with_metadata("month-of: 2025-02"), "METADATA_NOT_MONTH", False, line=11),
    "month on a posting": Hostile(VOUCHER + '    month-of: "2025-13"\n', "METADATA_NOT_MONTH", False, line=13),
    "approval below a posting": Hostile(VOUCHER + '  approved-by: "甲"\n', "METADATA_MISPLACED", False, line=12),
    "unfinished": Hostile(VOUCHER.replace("*", "!"), "VOUCHER_FLAGGED", False),
    "budget without money": Hostile('2025-01-02 custom "union-budget" "2025" "x"\n', "BUDGET_MALFORMED", False),
    "budget without anything": Hostile('2025-01-02 custom "union-budget"\n', "BUDGET_MALFORMED", False),
    "orphan file": Hostile("", "LEDGER_NOT_INCLUDED", False, {"2025/07.beancount": VOUCHER}, line=0),
    "program beside the book": Hostile("", "PROGRAM_FILE_IGNORED", False, PAYLOAD, line=0),
}


@pytest.fixture
def planted(write_book: Callable[..., Path], tmp_path: Path) -> Callable[[Hostile], Path]:
    def plant(case: Hostile) -> Path:
        marker = str(tmp_path / "marker")
        files = {name: text.replace("{marker!r}", repr(marker)) for name, text in case.files.items()}
        return write_book(case.main.replace("{marker!r}", repr(marker)).replace("{marker}", marker), files)

    return plant


@pytest.mark.parametrize("name", CORPUS)
def test_hostile_constructs_are_neutralised_and_reported(
    name: str, planted: Callable[[Hostile], Path], tmp_path: Path, hashes: Callable[[Path], dict[str, str]]
) -> None:
    case = CORPUS[name]
    book = planted(case)
    before = hashes(book)
    tables = read_tables(book)
    found = [entry for entry in tables.integrity if entry.code == case.code]
    assert found, tables.integrity
    assert is_fatal(found[0]) is case.fatal
    if case.line is not None:
        assert found[0].line == case.line, found
    assert not (tmp_path / "marker").exists()
    assert hashes(book) == before
    facts_from(tables)


@pytest.mark.parametrize("name", ["plugin", "division", "fava extension", "include outside, absolute", "nesting"])
def test_the_child_says_the_same(name: str, planted: Callable[[Hostile], Path], tmp_path: Path, readings: Path) -> None:
    case = CORPUS[name]
    reading = read_book(planted(case), cache=readings)
    assert case.code in {entry.code for entry in reading.fatal}
    assert reading.facts is not None
    assert not (tmp_path / "marker").exists()


def test_false_balances_do_not_pass_with_the_checks_turned_off(write_book: Callable[..., Path]) -> None:
    loose = (
        'option "plugin_processing_mode" "raw"\noption "tolerance_multiplier" "1000000"\n'
        + VOUCHER
        + "2025-04-01 balance Assets:102-银行存款:01-基本户  99.99 ~ 5000 CNY\n"
        + '2025-04-02 * "x" "y"\n  Assets:101-库存现金  1.00 CNY\n  Equity:322-工会资金结余  -1.01 CNY\n'
    )
    codes = [entry.code for entry in read_tables(write_book(loose)).integrity]
    assert {"BALANCE_FAILED", "VOUCHER_UNBALANCED", "OPTION_RAW_MODE", "OPTION_TOLERANCE"} <= set(codes)


def test_exact_tolerance_is_the_required_setting(write_book: Callable[..., Path]) -> None:
    book = write_book(VOUCHER + "2025-04-01 balance Assets:102-银行存款:01-基本户  100.00 ~ 0 CNY\n")
    assert read_tables(book).integrity == ()


@pytest.mark.skipif(os.name != "posix", reason="links and pipes as POSIX knows them")
def test_links_pipes_and_caches_are_left_alone(
    write_book: Callable[..., Path], tmp_path: Path, hashes: Callable[[Path], dict[str, str]], readings: Path
) -> None:
    outside = tmp_path / "outside.beancount"
    outside.write_text(VOUCHER, encoding="utf-8")
    book = write_book('include "linked.beancount"\ninclude "pipe.beancount"\n')
    (book / "linked.beancount").symlink_to(outside)
    (book / "documents").symlink_to(tmp_path)
    os.mkfifo(book / "pipe.beancount")
    (book / ".main.beancount.picklecache").write_bytes(b"cos\nsystem\n(S'x'\ntR.")
    (book / ".git").mkdir()
    (book / ".git" / "config").write_text("[core]\n", encoding="utf-8")
    before = hashes(book)
    reading = read_book(book, cache=readings)
    codes = [entry.code for entry in reading.integrity]
    assert codes.count("SYMLINK_IGNORED") == 2
    assert codes.count("INCLUDE_MISSING") == 2
    assert "SPECIAL_FILE_IGNORED" in codes
    assert "PICKLE_CACHE_IGNORED" in codes
    assert reading.facts is not None
    assert len(reading.facts.vouchers) == 0
    assert hashes(book) == before


@pytest.mark.parametrize(
    ("union", "code"),
    [
        ("[union]\nname = 1\nregion = '340500'\n", "UNION_TOML_FAULT"),
        ("[union]\nname = '某'\nregion = '340500'\nparnet = 'x'\n", "UNION_TOML_FAULT"),
        ("[union\n", "UNION_TOML_FAULT"),
    ],
)
def test_a_faulty_profile_leaves_no_facts(
    write_book: Callable[..., Path], readings: Path, union: str, code: str
) -> None:
    reading = read_book(write_book(union=union), cache=readings)
    assert reading.facts is None
    assert code in {entry.code for entry in reading.fatal}


def test_a_misspelt_key_is_named_with_its_line(write_book: Callable[..., Path]) -> None:
    book = write_book(union="[union]\nname = '某'\nregion = '340500'\nparnet = 'x'\n")
    fault = next(e for e in read_tables(book).integrity if e.code == "UNION_TOML_FAULT")
    assert "parnet" in fault.message
    assert "parent" in fault.message
    assert (fault.file, fault.line) == ("union.toml", 4)


def test_a_folder_without_main_or_profile_is_no_book(tmp_path: Path, readings: Path) -> None:
    (tmp_path / "empty").mkdir()
    reading = read_book(tmp_path / "empty", cache=readings)
    assert reading.facts is None
    assert {entry.code for entry in reading.fatal} == {"BOOK_WITHOUT_MAIN", "UNION_TOML_MISSING"}
