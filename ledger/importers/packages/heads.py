"""Which of a sheet's rows is its head, in heads of one row and of two, and what table the sheet holds."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from ledger.importers.headers import SheetLayout, match_headers, plain_header
from ledger.importers.packages.layouts import BALANCES, CHART, VOUCHERS
from ledger.importers.sheets import Sheet
from ledger.importers.tables import HEAD_ROWS, ImportProblem, Table, find_table

_GROUP = re.compile(r"(年初|期初|月初|本期|本月|本年|期末|月末|发生|累计)")
_PART = re.compile(r"(借方|贷方|借|贷|方向|余额|金额|借方金额|贷方金额|借方余额|贷方余额|数量|原币|本币|本位币)")
_DETAIL = re.compile(r"辅助.*明细|核算项目明细")
_AUXILIARY = re.compile(r"辅助.*余额|核算项目.*余额|往来余额")
_SIDES = ("方向", "借贷方向", "余额方向")


@dataclass(frozen=True)
class Read:
    """A sheet of a package as it was recognised: what it is (`role`), and its table.

    `role` is vouchers, balances, auxiliary (balances by auxiliary item), detail (the vouchers once more, by
    auxiliary item: not read) or chart.
    """

    role: str
    table: Table


def recognise(sheet: Sheet) -> Read | None:
    """Return a sheet's role and table, None when its heads are none that are known."""
    plain = replace(_one_head(sheet), merged=())
    for role, layout in (("vouchers", VOUCHERS), ("balances", BALANCES), ("chart", CHART)):
        at = _head_row(plain, layout, role)
        if at is None or _is_widened(sheet, at):
            continue
        # The rows above are titles; a head must not be looked for among them again.
        found = find_table(replace(plain, rows=(*[()] * at, *plain.rows[at:])), layout)
        if isinstance(found, ImportProblem):
            continue
        table = Table(plain, layout, found.positions, found.head_row)
        if role == "chart" and not _is_coded(table):
            continue
        if role != "chart" and _DETAIL.search(sheet.name):
            return Read("detail", table)
        partial = _AUXILIARY.search(sheet.name) or "item-type" in found.positions
        return Read("auxiliary" if role == "balances" and partial else role, table)
    return None


def is_ready(role: str, found: Mapping[str, int]) -> bool:
    """Say whether the columns found are enough for a table of a role."""
    keys = found.keys()
    named = bool(keys & {"code", "account"})
    if role == "vouchers":
        told = bool(keys & {"narration", "line:narration"})
        numbered = "date" in keys and bool(keys & {"voucher", "number"})
        return named and told and numbered and ({"debit", "credit"} <= keys or "amount" in keys)
    if role == "balances":
        amounts = {k for k in keys if k.startswith(("opening", "closing", "year-")) and not k.endswith("side")}
        return named and bool(amounts) and "from" not in amounts
    return {"code", "account"} <= keys and bool(keys & {"level", "type", "side", "leaf", "upper"})


def _is_coded(table: Table) -> bool:
    """Say whether a table that may be a chart of accounts is one: of codes, and of nothing that vouchers have."""
    if match_headers(VOUCHERS, table.sheet.rows[table.head_row]).keys() & {"date", "narration", "voucher", "number"}:
        return False
    code = next((row.get("code") for row in table.rows() if row.get("code")), "")
    return code[:1].isdigit()


def is_nearly_vouchers(sheet: Sheet) -> bool:
    """Say whether a sheet that was not recognised has a head that can only be one of vouchers, with something amiss."""
    found = [match_headers(VOUCHERS, row).keys() for row in _one_head(sheet).rows[:HEAD_ROWS]]
    return any(len(keys) >= 4 and "date" in keys and keys & {"voucher", "number"} for keys in found)


def heads_seen(sheet: Sheet) -> tuple[str, ...]:
    """Return what looks most like a sheet's head: the fullest of its first rows."""
    rows = [tuple(cell for cell in row if cell.strip()) for row in sheet.rows[:HEAD_ROWS]]
    return max(rows, key=len, default=())


def _head_row(sheet: Sheet, layout: SheetLayout, role: str) -> int | None:
    for at, row in enumerate(sheet.rows[:HEAD_ROWS]):
        if is_ready(role, match_headers(layout, row)):
            return at
    return None


def _one_head(sheet: Sheet) -> Sheet:
    """Return a sheet with a head of two rows made one, and sides named after the balances beside them."""
    rows = [list(row) for row in sheet.rows[: HEAD_ROWS + 1]]
    for at in range(len(rows) - 1):
        upper, lower = rows[at], rows[at + 1]
        parts = sum(1 for cell in lower if _PART.fullmatch(plain_header(cell)))
        if parts >= 2 and any(_GROUP.search(cell) for cell in upper) and not any(map(_looks_like_data, lower)):
            rows[at], rows[at + 1] = [], _joined(upper, lower)
            break
    return replace(sheet, rows=(*(tuple(_with_sides(row)) for row in rows), *sheet.rows[HEAD_ROWS + 1 :]))


def _is_widened(sheet: Sheet, head: int) -> bool:
    """Say whether one name of the head stands over several columns, so that nobody can say whose name it is."""
    return any(top == head and left < right for top, left, _, right in sheet.merged)


def _looks_like_data(cell: str) -> bool:
    return re.fullmatch(r"[\d.,-]+", cell.strip()) is not None


def _joined(upper: Sequence[str], lower: Sequence[str]) -> list[str]:
    head, group = [], ""
    for column in range(max(len(upper), len(lower))):
        above = upper[column].strip() if column < len(upper) else ""
        below = lower[column].strip() if column < len(lower) else ""
        group = above or (group if below else "")
        head.append(f"{group}{below}" if _GROUP.search(group) else below or above)
    return head


def _with_sides(row: Sequence[str]) -> list[str]:
    """Name two columns 方向 of one head after the balances that stand next to them."""
    plain = [plain_header(cell) for cell in row]
    at = [n for n, cell in enumerate(plain) if cell in _SIDES]
    named = list(row)
    if len(at) == 2:
        for n, name in zip(at, ("期初方向", "期末方向"), strict=True):
            named[n] = name
    return named
