"""GB/T 24589 of 2024 keeps a voucher's head and its lines in two tables: joined here, one row for each line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from ledger.importers.headers import plain_header
from ledger.importers.sheets import Sheet

_KEYS = (("会计年度", "010113"), ("会计期间号", "010201"), ("记账凭证类型编号", "020201"), ("记账凭证编号", "020602"))
_NUMBER = _KEYS[-1]
_LINE = ("科目编号", "020301")
_DATE = ("记账凭证日期", "020601")


def join_vouchers(sheets: Sequence[Sheet]) -> tuple[Sheet, ...]:
    """Return the sheets with heads and lines of vouchers joined where both are there; other sheets as they are.

    A head without lines and a line without a head stay as rows of their own: they then lack what makes a voucher,
    and are reported so.
    """
    heads = next((s for s in sheets if _has(s, _NUMBER, _DATE) and not _has(s, _LINE)), None)
    lines = next((s for s in sheets if _has(s, _NUMBER, _LINE) and not _has(s, _DATE)), None)
    if heads is None or lines is None:
        return tuple(sheets)
    joined = _joined(heads, lines)
    return tuple(joined if sheet is lines else sheet for sheet in sheets if sheet is not heads)


def _has(sheet: Sheet, *names: tuple[str, ...]) -> bool:
    head = _head(sheet)
    return all(any(name in head for name in either) for either in names)


def _head(sheet: Sheet) -> Mapping[str, int]:
    return {plain_header(cell): at for at, cell in enumerate(sheet.rows[0])} if sheet.rows else {}


def _joined(heads: Sheet, lines: Sheet) -> Sheet:
    head, line = _head(heads), _head(lines)
    both = [names for names in _KEYS if any(n in head for n in names) and any(n in line for n in names)]
    extra = [cell for cell in heads.rows[0] if plain_header(cell) not in line]
    found: dict[tuple[str, ...], tuple[str, ...]] = {}
    for row in heads.rows[1:]:
        if any(row):
            found[_key(row, head, both)] = tuple(_cell(row, head[plain_header(cell)]) for cell in extra)
    used: set[tuple[str, ...]] = set()
    rows: list[tuple[str, ...]] = [(*lines.rows[0], *extra)]
    for row in lines.rows[1:]:
        if not any(row):
            rows.append(())
            continue
        key = _key(row, line, both)
        used.add(key)
        cells = tuple(_cell(row, n) for n in range(len(lines.rows[0])))
        rows.append((*cells, *found.get(key, ("",) * len(extra))))
    for key, cells in found.items():
        if key not in used:
            mine = {next(line[n] for n in names if n in line): text for names, text in zip(both, key, strict=True)}
            rows.append((*(mine.get(n, "") for n in range(len(lines.rows[0]))), *cells))
    return replace(lines, rows=tuple(rows))


def _key(row: Sequence[str], head: Mapping[str, int], names: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(_cell(row, next(head[name] for name in either if name in head)).strip() for either in names)


def _cell(row: Sequence[str], at: int) -> str:
    return row[at] if at < len(row) else ""
