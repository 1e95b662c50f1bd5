"""A package's balances of accounts (科目余额表): what it states of each account, and the opening balances in it."""

from __future__ import annotations

import calendar
import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from ledger.accounts import chart_on
from ledger.importers import cells
from ledger.importers.account_map import clean_code
from ledger.importers.packages.rebuilt import Rebuilt, rebuild
from ledger.importers.packages.vouchers import full_name, side_of
from ledger.importers.register import stated_year
from ledger.importers.tables import Row, Table
from ledger.money import plain_yuan

_MONTHS = re.compile(
    r"(?P<y>20\d{2})\s*[年.\-/]\s*(?P<m>\d{1,2})\s*(?:月|期)?(?:\s*[-—~至到]+\s*"
    r"(?:(?P<y2>20\d{2})\s*[年.\-/]\s*)?第?(?P<m2>\d{1,2})\s*(?:月|期)?)?(?![\d.])"
)
_ONE_MONTH = re.compile(r"(?:M|P|第)?(\d{1,2})(?:月份?|期)?", re.IGNORECASE)
_HEADS = {"year": "年度", "code": "科目编码", "account": "科目名称", "debit": "期初借方余额", "credit": "期初贷方余额"}
_FOREIGN = re.compile(r"(人民币.*|RMB|CNY|本位币|本币|综合本位币|)", re.IGNORECASE)


class Period(NamedTuple):
    """The months that a table of balances is about, first and last day."""

    since: datetime.date
    until: datetime.date

    def __str__(self) -> str:
        first, last = self.since.isoformat()[:7], self.until.isoformat()[:7]
        return first if first == last else f"{first} 至 {last}"


@dataclass(frozen=True)
class StatedBalance:
    """What a row states of an account in a period, in fen, debit positive; None where the table has no column."""

    sheet: str
    row: int
    code: str
    name: str
    period: Period
    opening_fen: int | None = None
    debit_fen: int | None = None
    credit_fen: int | None = None
    closing_fen: int | None = None


@dataclass(frozen=True)
class StatedTable:
    """A table of balances: each row, and the sheet of opening balances to import (None: it is of a later month)."""

    balances: tuple[StatedBalance, ...]
    opening: Rebuilt | None
    reason: str = ""


def stated_table(
    table: Table, file_name: str, book_year: int | None, names: Mapping[str, str], *, auxiliary: bool = False
) -> StatedTable:
    """Return what a table of balances states; faults of single cells are recorded in the table.

    Balances by auxiliary item are added up for each account; a table of nothing else (`auxiliary`) opens nothing. The
    opening balances are those of the year's beginning where it has them, else those of a period that begins in
    January. `names` are the names by code of the file's own chart of accounts.
    """
    titled = _titled(table, file_name, book_year)
    found: dict[tuple[str, Period], list[tuple[Row, StatedBalance, int | None]]] = {}
    for row in table.rows():
        if not row.get("code") and not row.get("account"):
            continue
        if not _FOREIGN.fullmatch(row.get("currency")):
            table.note(row.number, "currency", f"币种“{row.get('currency')}”的行未读取，只读本位币")
            continue
        period = _period(table, row, titled)
        if period is None:
            message = "不知道是哪一年哪几个月的余额表；请在表上方写明“2025年1月—2025年12月”，或加会计年度、会计期间两列"
            table.problem(row.number, "period", message)
            break
        balance, first = _balance(table, row, period)
        key = "".join(clean_code(row.get("code"))) or row.get("account")
        found.setdefault((key, period), []).append((row, balance, first))
    merged = {key: _merged(table, rows) for key, rows in found.items()}
    balances = tuple(balance for _, balance, _ in merged.values())
    if auxiliary:
        return StatedTable(balances, None)
    has_year = any(first is not None for _, _, first in merged.values())
    rows = {}
    for row, balance, first in merged.values():
        amount = first if has_year else balance.opening_fen if balance.period.since.month == 1 else None
        if amount is None or row.number in rows:
            continue
        name = full_name(row.get("code"), row.get("account"), names)
        cells_of = {"year": str(balance.period.since.year), "code": row.get("code"), "account": name}
        cells_of["debit" if amount >= 0 else "credit"] = plain_yuan(abs(amount))
        rows[row.number] = cells_of
    if not rows:
        return StatedTable(balances, None, "期间不从 1 月开始，期初余额只作核对，不作为年初余额导入")
    prefix = "year-" if has_year else ""
    origin = {
        "year": ("year",),
        "debit": (f"{prefix}opening-debit".replace("year-opening-", "year-"), f"{prefix}opening"),
        "credit": (f"{prefix}opening-credit".replace("year-opening-", "year-"), f"{prefix}opening"),
    }
    return StatedTable(balances, rebuild(table, "科目余额表", _HEADS, rows, origin))


def _titled(table: Table, file_name: str, book_year: int | None) -> Period | None:
    """Return the period that the titles above the head, the sheet's or the file's name state."""
    titles = " ".join(" ".join(row) for row in table.sheet.rows[: table.head_row])
    for text in (titles, table.sheet.name, file_name):
        match = _MONTHS.search(text)
        if match is not None:
            first, last = int(match["m"]), int(match["m2"] or match["m"])
            return _months(int(match["y"]), first, int(match["y2"] or match["y"]), last)
    year = stated_year(table, file_name) or book_year
    return _months(year, 1, year, 12) if year else None


def _months(year: int, first: int, last_year: int, last: int) -> Period | None:
    if not (1 <= first <= 12 and 1 <= last <= 12 and (year, first) <= (last_year, last)):
        return None
    end = datetime.date(last_year, last, calendar.monthrange(last_year, last)[1])
    return Period(datetime.date(year, first, 1), end)


def _period(table: Table, row: Row, titled: Period | None) -> Period | None:
    """Return the period of a row: its own columns, else what the table's titles say."""
    since, until = row.get("from"), row.get("to")
    if since or until:
        return _selected(since, row.get("from-year"), until, row.get("to-year"))
    year, period = row.get("year").removesuffix("年"), row.get("period").removeprefix("月份：")
    months = _MONTHS.fullmatch(period)
    if months is not None:
        return _months(
            int(months["y"]), int(months["m"]), int(months["y2"] or months["y"]), int(months["m2"] or months["m"])
        )
    one = _ONE_MONTH.fullmatch(period)
    if re.fullmatch(r"20\d{2}", year):
        return _months(int(year), int(one[1]), int(year), int(one[1])) if one else _months(int(year), 1, int(year), 12)
    if one is not None and titled is not None:
        return _months(titled.since.year, int(one[1]), titled.since.year, int(one[1]))
    return titled


def _selected(since: str, since_year: str, until: str, until_year: str) -> Period | None:
    try:
        if since.isdecimal():
            year = since_year or until_year
            return _months(int(year), int(since), int(until_year or year), int(until or since))
        first, last = cells.day(since), cells.day(until or since)
    except (ValueError, cells.CellError):
        return None
    return Period(first, last) if first <= last else None


def _balance(table: Table, row: Row, period: Period) -> tuple[StatedBalance, int | None]:
    """Return what a row states, and its balance at the year's beginning where it has one."""
    normal = _normal_side(row.get("code"), period.until) or side_of(row.get("side"))
    values = {group: _net(table, row, group, normal) for group in ("opening", "closing", "year")}
    debit, credit = table.cell(row, "debit", cells.fen), table.cell(row, "credit", cells.fen)
    empty = 0 if table.positions.keys() & {"debit", "credit"} else None
    balance = StatedBalance(
        table.sheet.name,
        row.number,
        row.get("code"),
        row.get("account"),
        period,
        values["opening"],
        empty if debit is None else debit,
        empty if credit is None else credit,
        values["closing"],
    )
    return balance, values["year"]


def _net(table: Table, row: Row, group: str, normal: int) -> int | None:
    """Return a balance, debit positive: of two columns, or of one with the side stated or the account's own."""
    single = "year-opening" if group == "year" else group
    if not table.positions.keys() & {f"{group}-debit", f"{group}-credit", single}:
        return None
    debit = table.cell(row, f"{group}-debit", cells.fen)
    credit = table.cell(row, f"{group}-credit", cells.fen)
    if debit is not None or credit is not None or single not in table.positions:
        return (debit or 0) - (credit or 0)
    amount = table.cell(row, single, cells.fen)
    if not amount:
        return 0
    if table.positions.keys() & {"opening-side", "closing-side", "side", "year-side"}:
        return amount * (side_of(row.get(f"{group}-side")) or side_of(row.get("side")) or normal or 1)
    # One column without sides: of an international table, where a credit balance has a minus.
    plain = table.sheet.rows[table.head_row][table.positions[single]]
    return amount if plain.isascii() else amount * (normal or 1)


def _normal_side(code: str, day: datetime.date) -> int:
    digits = "".join(clean_code(code))
    chart = chart_on(day).by_code
    account = chart.get(digits[:5]) or chart.get(digits[:3])
    return 0 if account is None else 1 if account.side == "debit" else -1


def _merged(table: Table, rows: list[tuple[Row, StatedBalance, int | None]]) -> tuple[Row, StatedBalance, int | None]:
    """Return the one statement of an account and period: the row without auxiliary item, else the sum of the rows.

    Items of several types say the same several times: those of the first type count.
    """
    whole = [item for item in rows if not item[0].get("item") and not item[0].get("item-type")]
    if len(rows) > 1 and not table.positions.keys() & {"item", "item-type"}:
        table.problem(
            rows[1][0].number, "code", f"科目“{rows[1][1].code or rows[1][1].name}”与第 {rows[0][0].number} 行重复"
        )
    chosen = whole or [item for item in rows if item[0].get("item-type") == rows[0][0].get("item-type")]
    row, first, year = chosen[0]
    sums: Mapping[str, int | None] = {
        name: None if getattr(first, name) is None else sum(getattr(item[1], name) or 0 for item in chosen)
        for name in ("opening_fen", "debit_fen", "credit_fen", "closing_fen")
    }
    years = [item[2] for item in chosen if item[2] is not None]
    balance = StatedBalance(first.sheet, first.row, first.code, first.name, first.period, **sums)
    return row, balance, sum(years) if years else year
