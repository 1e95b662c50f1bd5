"""Computes simple formulas again, exactly: a workbook's stored result may be anything its sender liked.

Understood: numbers, cells of the same sheet, `+ - * /`, brackets and SUM of cells and ranges. Runs in the child.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal, DecimalException

from ledger.importers.zip_check import column_number

Value = Callable[[int, int], Decimal | None]  # row and column from 0 → number; None where the cell holds text

_TOKEN = re.compile(r"\s*(SUM(?=\()|\$?[A-Z]{1,3}\$?\d{1,7}|\d+(?:\.\d+)?|[-+*/(),:])")
_MAX_TOKENS = 500
_MAX_RANGE = 200_000


class _Unknown(Exception):
    """The formula holds something that is not understood."""


def compute(formula: str, value: Value) -> Decimal | None:
    """Return the exact result of a formula, or None when it cannot be computed here."""
    try:
        tokens = _tokens(formula.removeprefix("=").upper())
        parser = _Parser(tokens, value)
        result = parser.sum()
        return result if parser.done else None
    except (_Unknown, DecimalException, RecursionError):
        return None


def _tokens(text: str) -> list[str]:
    tokens: list[str] = []
    at = 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None or len(tokens) > _MAX_TOKENS:
            if not text[at:].strip():
                break
            raise _Unknown
        tokens.append(match[1].replace("$", ""))
        at = match.end()
    return tokens


class _Parser:
    def __init__(self, tokens: list[str], value: Value) -> None:
        self.tokens = tokens
        self.at = 0
        self.value = value

    @property
    def done(self) -> bool:
        return self.at == len(self.tokens)

    @property
    def next(self) -> str:
        return "" if self.done else self.tokens[self.at]

    def take(self) -> str:
        token = self.next
        self.at += 1
        return token

    def expect(self, token: str) -> None:
        if self.take() != token:
            raise _Unknown

    def sum(self) -> Decimal:
        total = self.product()
        while self.next in ("+", "-"):
            sign = 1 if self.take() == "+" else -1
            total += sign * self.product()
        return total

    def product(self) -> Decimal:
        result = self.factor()
        while self.next in ("*", "/"):
            result = result * self.factor() if self.take() == "*" else result / self.factor()
        return result

    def factor(self) -> Decimal:
        token = self.take()
        if token == "-":
            return -self.factor()
        if token == "+":
            return self.factor()
        if token == "(":
            inner = self.sum()
            self.expect(")")
            return inner
        if token == "SUM":
            return self.sum_of()
        if token[:1].isdigit():
            return Decimal(token)
        return self.number(*_position(token))

    def sum_of(self) -> Decimal:
        self.expect("(")
        total = Decimal(0)
        while True:
            total += self.argument()
            if self.take() != ",":
                self.at -= 1
                self.expect(")")
                return total

    def argument(self) -> Decimal:
        if self.at + 1 < len(self.tokens) and self.tokens[self.at + 1] == ":":
            top, left = _position(self.take())
            self.expect(":")
            bottom, right = _position(self.take())
            if (bottom - top + 1) * (right - left + 1) > _MAX_RANGE:
                raise _Unknown
            cells = ((r, c) for r in range(top, bottom + 1) for c in range(left, right + 1))
            # SUM passes over text, an operator does not.
            return sum((self.value(r, c) or Decimal(0) for r, c in cells), Decimal(0))
        return self.sum()

    def number(self, row: int, column: int) -> Decimal:
        found = self.value(row, column)
        if found is None:
            raise _Unknown
        return found


def _position(token: str) -> tuple[int, int]:
    match = re.fullmatch(r"([A-Z]{1,3})(\d{1,7})", token)
    if match is None or int(match[2]) == 0:
        raise _Unknown
    return int(match[2]) - 1, column_number(match[1]) - 1
