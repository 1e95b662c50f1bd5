"""A ledger's text without its strings and comments, as beancount's lexer takes it, so that words can be judged.

Almost every file has each string on one line; then one substitution is exact. Other files are lexed token by
token, which keeps the line breaks inside strings.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_SIMPLE = re.compile(r'"[^"\\\n]*"|;[^\n]*')
# Flex takes the longest token: a line that begins with `#` and a tag's characters is a tag, not an ignored line.
_IGNORED = re.compile(r"^(?:[*:!&?%]|#(?![A-Za-z0-9\-_/.]))[^\n]+", re.MULTILINE)
_TOKEN = re.compile(
    _IGNORED.pattern + r"|;[^\n]*"
    r'|(?P<string>"(?:[^\\"]|\\[^\n])*")'
    # what beancount cannot lex it skips up to the next blank, quotes included
    r'|(?P<invalid>["\\$\'<=>\[\]`]|[^\x00-\x7f])[^ \t\r\n]*'
    r"|[A-Z][A-Za-z0-9\-:\u0080-\U0010ffff]*",
    re.MULTILINE,
)


class Bare(NamedTuple):
    """Text without strings and comments, line for line; `spans` are the lines (from 0) a string runs over."""

    text: str
    spans: tuple[tuple[int, int], ...]
    longest_string: int


def bare(text: str) -> Bare:
    """Return the text with every string as `""` and every comment removed; line breaks stay where they are."""
    simple = _SIMPLE.sub(_EMPTIED, text) if '"' in text or ";" in text else text
    if simple.count('"') == 0:
        return Bare(simple, (), 0)
    return _lexed(text)


_EMPTIED = ""


def ignored_lines(bare_text: str) -> list[int]:
    """Return the numbers (from 1) of lines that beancount silently ignores although they are no comments."""
    found = []
    line, seen = 1, 0
    for match in _IGNORED.finditer(bare_text):
        line += bare_text.count("\n", seen, match.start())
        seen = match.start()
        found.append(line)
    return found


def _lexed(text: str) -> Bare:
    spans: list[tuple[int, int]] = []
    longest = 0
    line, seen = 0, 0

    def replaced(match: re.Match[str]) -> str:
        nonlocal line, seen, longest
        if match["string"] is None:
            kept = match[0]
            # Accounts and ignored lines stay to be judged; comments and what cannot be lexed go.
            return "" if kept[0] == ";" or match["invalid"] is not None else kept
        breaks = match[0].count("\n")
        longest = max(longest, len(match[0]))
        if breaks:
            line += text.count("\n", seen, match.start())
            spans.append((line, line + breaks))
            seen = match.start()
        return "\n" * breaks

    return Bare(_TOKEN.sub(replaced, text), tuple(spans), longest)
