"""What the reader can find wrong with a book: one code each, how grave it is, and whether the book is at fault.

A *fatal* code means that the books are incomplete, or were made to run or reach something: nothing may be
concluded from them before they are put right. Any other code is reported beside the findings.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from ledger.contracts import Integrity

_MOST_OF_ONE_CODE = 200  # a file of a million faults must not become a million sentences


class Weight(NamedTuple):
    """How grave a code is (`high`, `medium`, `low`) and whether the book cannot be used because of it."""

    severity: str
    fatal: bool


_FATAL = Weight("high", True)
_HIGH = Weight("high", False)
_MEDIUM = Weight("medium", False)
_LOW = Weight("low", False)

CODES: Mapping[str, Weight] = MappingProxyType(
    {
        # the folder
        "BOOK_WITHOUT_MAIN": _FATAL,
        "UNION_TOML_MISSING": _FATAL,
        "UNION_TOML_FAULT": _FATAL,
        "FOLDER_TOO_LARGE": _FATAL,
        "FILE_TOO_LARGE": _FATAL,
        "FILE_UNREADABLE": _FATAL,
        "FILE_NAME_UNREADABLE": _MEDIUM,
        "SYMLINK_IGNORED": _MEDIUM,
        "SPECIAL_FILE_IGNORED": _MEDIUM,
        "PROGRAM_FILE_IGNORED": _MEDIUM,
        "PICKLE_CACHE_IGNORED": _MEDIUM,
        "ENCRYPTED_FILE_IGNORED": _MEDIUM,
        # bytes and lines
        "ENCODING_UNKNOWN": _FATAL,
        "ENCODING_GB18030": _MEDIUM,
        "BYTE_ORDER_MARK": _LOW,
        "NUL_BYTE": _FATAL,
        "CARRIAGE_RETURN": _MEDIUM,
        "HIDDEN_CHARACTER": _MEDIUM,
        "LINE_TOO_LONG": _FATAL,
        "LINE_IGNORED": _MEDIUM,
        # what a line asks for
        "PLUGIN_LINE": _FATAL,
        "INCLUDE_OUTSIDE": _FATAL,
        "INCLUDE_PATTERN": _FATAL,
        "INCLUDE_MISSING": _FATAL,
        "INCLUDE_TWICE": _MEDIUM,
        "LEDGER_NOT_INCLUDED": _MEDIUM,
        "INCLUDE_HIDDEN": _FATAL,
        "OPTION_PYTHONPATH": _FATAL,
        "OPTION_INCLUDE": _FATAL,
        "OPTION_ROOT_NAME": _FATAL,
        "OPTION_RAW_MODE": _HIGH,
        "OPTION_TOLERANCE": _HIGH,
        "OPTION_DOCUMENTS": _MEDIUM,
        "OPTION_NOT_ALLOWED": _MEDIUM,
        "FAVA_EXTENSION": _FATAL,
        "FAVA_OPTION_DANGEROUS": _FATAL,
        "FAVA_OPTION": _LOW,
        "CUSTOM_IGNORED": _LOW,
        "QUERY_IGNORED": _MEDIUM,
        "PAD_IGNORED": _HIGH,
        "POSITION_FORGED": _HIGH,
        "BALANCE_TOLERANCE": _HIGH,
        "AMOUNT_DIVISION": _FATAL,
        "NUMBER_TOO_LONG": _FATAL,
        "DOCUMENT_OUTSIDE": _HIGH,
        "DOCUMENT_MISSING": _MEDIUM,
        # what beancount says
        "SYNTAX_ERROR": _FATAL,
        "FILE_NOT_PARSED": _FATAL,
        "ACCOUNT_UNKNOWN": _FATAL,
        "ACCOUNT_NAME_INVALID": _FATAL,
        "ACCOUNT_NAME_ALIKE": _MEDIUM,
        "ACCOUNT_INACTIVE": _HIGH,
        "ACCOUNT_OPENED_TWICE": _MEDIUM,
        "VOUCHER_INCOMPLETE": _FATAL,
        "VOUCHER_UNBALANCED": _HIGH,
        "BALANCE_FAILED": _HIGH,
        "BOOK_FAULT": _HIGH,
        # what the frames cannot hold
        "VOUCHER_NUMBER_REPEATED": _HIGH,
        "VOUCHER_FLAGGED": _LOW,
        "CURRENCY_NOT_CNY": _FATAL,
        "AMOUNT_NOT_FEN": _HIGH,
        "AMOUNT_TOO_LARGE": _FATAL,
        "METADATA_MISPLACED": _MEDIUM,
        "METADATA_NOT_COUNT": _MEDIUM,
        "METADATA_NOT_DATE": _MEDIUM,
        "METADATA_NOT_MONTH": _MEDIUM,
        "BUDGET_MALFORMED": _HIGH,
        "BUDGET_REPEATED": _HIGH,
        "BUDGET_ACCOUNT_UNOPENED": _MEDIUM,
        "REGISTER_UNREADABLE": _HIGH,
        "REGISTER_UNKNOWN": _LOW,
        "REGISTER_COLUMN_MISSING": _HIGH,
        "REGISTER_COLUMN_UNKNOWN": _LOW,
        "REGISTER_VALUE": _HIGH,
        "REGISTER_DUPLICATE": _HIGH,
        "REGISTER_REPEATED": _MEDIUM,
        # the reader itself
        "READER_CRASHED": _FATAL,
        "READER_TIMED_OUT": _FATAL,
        "READER_NONSENSE": _FATAL,
        "MORE_OF_THE_SAME": _MEDIUM,
    }
)


def entry(code: str, message: str, file: str = "", line: int = 0) -> Integrity:
    """Return the integrity entry of a code, with the severity that the code has."""
    return Integrity(code, CODES[code].severity, message, file, line)


def is_fatal(found: Integrity) -> bool:
    """Whether this entry makes the book itself unusable until it is put right."""
    return CODES[found.code].fatal


class Faults:
    """Collects the integrity entries of one reading; of one code in one file only the first two hundred."""

    def __init__(self) -> None:
        self._entries: list[Integrity] = []
        self._counts: dict[tuple[str, str], int] = {}

    def add(self, code: str, message: str, file: str = "", line: int = 0) -> None:
        """Note one thing wrong."""
        count = self._counts.get((code, file), 0) + 1
        self._counts[code, file] = count
        if count <= _MOST_OF_ONE_CODE:
            self._entries.append(entry(code, message, file, line))

    def entries(self) -> tuple[Integrity, ...]:
        """Return what was noted, in order of file, line and code, each once."""
        more = [
            entry("MORE_OF_THE_SAME", f"{code} 还有 {count - _MOST_OF_ONE_CODE} 处，未逐一列出", file)
            for (code, file), count in self._counts.items()
            if count > _MOST_OF_ONE_CODE
        ]
        unique = set(self._entries) | set(more)
        return tuple(sorted(unique, key=lambda e: (e.file, e.line, e.code, e.message)))
