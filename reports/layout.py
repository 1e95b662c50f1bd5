"""How wide the columns of a table are, from what stands in them: shared by the forms that print on paper."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from reports.model import Column, ColumnKind, Table
from reports.words import cell_text

PAGE_MM = 156  # width of the text: A4 with margins of 28 and 26 mm
MM_PER_POINT = 25.4 / 72
SIZES = (10.5, 9.0, 8.0, 7.5, 7.0)  # 五号, 小五 and below, in points
_PADDING = 1.2  # em, both sides of a cell together
_WHOLE = 11.0  # em: a text column up to this width is never broken
_LEAST = 4.0  # em: no column of running text is narrower, and by its weight wider
_HEAD_LINES = 3
_AMOUNT = 4.5  # em: an empty column of amounts keeps room for one
_RUN = re.compile(r"[!-~]{13,}")
_PIECE = 12
_BREAK = "\u200b"
_TITLE_EM = 20.0  # 二号 letters in a line of the page
_TITLE_ENDS = ("委员会", "年度", "期间", "工会", "关于", "的", "of", "for")


@dataclass(frozen=True)
class Layout:
    """The size of a table's letters in points, and the share of the width of each column (together one)."""

    size: float
    shares: tuple[float, ...]


def em(text: str) -> float:
    """Return about how wide a text is, in widths of one hanzi."""
    return sum(1.0 if unicodedata.east_asian_width(c) in "WF" else 0.55 for c in text)


def breakable(text: str) -> str:
    """Return a text whose long runs without any space may break, so that none leaves its column or the page.

    Paths break after their slashes, other runs every twelve characters, by a mark that is not printed.
    """
    return _RUN.sub(lambda run: _BREAK.join(_pieces(run.group())), text)


def lines(text: str, share: float, size: float, width_mm: float = PAGE_MM) -> int:
    """Return about how many lines a text takes in a column of a share of the width, in letters of a size in points."""
    room = max(share * width_mm / (size * MM_PER_POINT) - _PADDING, 1.0)
    return max(1, int(-(-em(text) // room)))


def title_lines(title: str) -> tuple[str, ...]:
    """Return a title in lines of about equal length, broken after a whole word where one ends near the middle."""
    count = int(-(-em(title) // _TITLE_EM))
    if count < 2:
        return (title,)
    goal = em(title) / count
    places = range(1, len(title))
    ends = [i for i in places if title[:i].endswith(_TITLE_ENDS) and abs(em(title[:i]) - goal) <= 5]
    cut = min(ends or places, key=lambda i: abs(em(title[:i]) - goal))
    return (title[:cut].strip(), *title_lines(title[cut:].strip()))


def _pieces(run: str) -> list[str]:
    found = []
    for part in re.findall(r"[^/]+/?|/", run):
        found += [part[i : i + _PIECE] for i in range(0, len(part), _PIECE)] if len(part) > 2 * _PIECE else [part]
    return found


def layout(table: Table, width_mm: float = PAGE_MM) -> Layout:
    """Return the largest letters at which the numbers fit, and the columns' shares: numbers are never broken."""
    texts = [_texts(table, i) for i in range(len(table.columns))]
    naturals = [_natural(column, texts[i]) for i, column in enumerate(table.columns)]
    fixed = [c.kind is not ColumnKind.TEXT or n <= _WHOLE for c, n in zip(table.columns, naturals, strict=True)]
    leasts = [naturals[i] if fixed[i] else _least(c, naturals[i], texts[i]) for i, c in enumerate(table.columns)]
    for size in SIZES:
        room = width_mm / (size * MM_PER_POINT)
        if sum(leasts) <= room:
            break
    return Layout(size, _shares(table.columns, naturals, fixed, leasts, room))


def _texts(table: Table, i: int) -> list[str]:
    kind = table.columns[i].kind
    return [("　" * row.indent if i == 0 else "") + cell_text(row.cells[i], kind) for row in table.rows]


def _natural(column: Column, texts: Sequence[str]) -> float:
    least = _AMOUNT if column.kind is ColumnKind.FEN else min(em(column.title), 3.0)
    head = max(em(column.title) / _HEAD_LINES, _longest_run([column.title]), least)
    return max([head, *(em(text) for text in texts)]) + _PADDING


def _longest_run(texts: Sequence[str]) -> float:
    return max((em(run) for text in texts for run in re.findall(r"[!-~]+", breakable(text))), default=0.0)


def _least(column: Column, natural: float, texts: Sequence[str]) -> float:
    return max(min(natural, _LEAST + column.weight), _longest_run(texts) + _PADDING)


def _shares(
    columns: Sequence[Column], naturals: list[float], fixed: list[bool], leasts: list[float], room: float
) -> tuple[float, ...]:
    widths = [n if f else 0.0 for n, f in zip(naturals, fixed, strict=True)]
    rest = max(room - sum(widths), 0.0)
    loose = [i for i, is_fixed in enumerate(fixed) if not is_fixed]
    if loose:
        # By weight, and by what stands in the column, so that a wide column of short words gives way.
        pull = {i: columns[i].weight * min(naturals[i], 40.0) ** 0.5 for i in loose}
        spare = max(rest - sum(leasts[i] for i in loose), 0.0)
        for i in loose:
            widths[i] = leasts[i] + spare * pull[i] / sum(pull.values())
    else:
        texts = [i for i, column in enumerate(columns) if column.kind is ColumnKind.TEXT] or list(range(len(columns)))
        for i in texts:
            widths[i] += rest * 0.5 / len(texts)
        for i in range(len(widths)):
            widths[i] += rest * 0.5 / len(widths)
    total = sum(widths)
    return tuple(round(w / total, 4) for w in widths)
