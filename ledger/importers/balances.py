"""The opening balances (科目余额表): one transaction on the first day of the first year kept."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from types import MappingProxyType

from ledger.accounts import resolve
from ledger.importers import cells
from ledger.importers.account_map import AccountMap, clean_code
from ledger.importers.headers import LINE_MORE, MORE
from ledger.importers.more import more_of
from ledger.importers.tables import ImportProblem, Row, Table
from ledger.money import shown_yuan
from ledger.vouchers import Line, Voucher
from ledger.writer import OPENING

NARRATION = "期初余额"


@dataclass(frozen=True)
class BalanceReading:
    """What a table of opening balances holds: the opening transaction (None: nothing to open), and every problem.

    `accounts` are all its accounts, those of balance nil too.
    """

    opening: Voucher | None
    accounts: tuple[str, ...]
    problems: tuple[ImportProblem, ...]
    notes: tuple[ImportProblem, ...]
    rows: int


def read_balances(table: Table, accounts: AccountMap, year: int | None) -> BalanceReading:
    """Return the opening transaction of a table; `year` counts where the table has no column 年度.

    年度 may be a whole day where the book begins on another than 1 January. Rows of a higher level are left out when
    rows below them are there, after their balance is checked against the sum of those.
    """
    rows = list(table.rows())
    day = _first_day(table, rows, year)
    if day is not None and not rows:
        table.problem(table.head_row + 1, "", "表头以下没有数据行；请填写后再导入，或删去这张表")
    found: list[tuple[Row, str, int]] = []
    for row in rows if day is not None else []:
        amount = _amount(table, row)
        try:
            account = accounts.account(row.get("code"), row.get("account"), day or datetime.date.max)
        except cells.CellError as error:
            table.problem(row.number, "code" if row.get("code") else "account", str(error))
            continue
        if amount is not None:
            found.append((row, account, amount))
    leaves = _leaves(table, found)
    opening = _opening(table, leaves, day) if day is not None and not table.problems else None
    names = tuple(account for _, account, _ in leaves)
    return BalanceReading(opening, names, tuple(table.problems), tuple(table.notes), len(rows))


def _first_day(table: Table, rows: list[Row], year: int | None) -> datetime.date | None:
    stated = {row.get("year").removesuffix("年") for row in rows if row.get("year")}
    if len(stated) > 1:
        table.problem(table.head_row + 1, "year", "期初余额只能有一个年度；请只保留启用账套当年的年初余额")
        return None
    text = stated.pop() if stated else str(year or "")
    try:
        return cells.day(text)
    except cells.CellError:
        pass
    if not (text.isdecimal() and 2000 <= int(text) <= 2100):
        message = "不知道是哪一年的年初余额；请加一列“年度”，例如 2025"
        table.problem(table.head_row + 1, "year", message if not text else f"年度“{text}”不可用，应写作 2025")
        return None
    return datetime.date(int(text), 1, 1)


def _amount(table: Table, row: Row) -> int | None:
    """Return the balance of a row, debit positive; None after a fault."""
    before = len(table.problems)
    debit, credit = table.cell(row, "debit", cells.fen), table.cell(row, "credit", cells.fen)
    balance = table.cell(row, "balance", cells.fen) if not (debit or credit) else None
    side = table.cell(row, "side", lambda text: cells.word("balances.side", text))
    if len(table.problems) > before:
        return None
    if debit and credit:
        table.problem(row.number, "debit", "期初借方和期初贷方都有余额；请只填一方的净额")
        return None
    if balance and side not in ("debit", "credit"):
        table.problem(row.number, "side", "有期初余额却没有写明方向；请填写借或贷")
        return None
    if balance:
        return balance if side == "debit" else -balance
    return (debit or 0) - (credit or 0)


def _leaves(table: Table, found: list[tuple[Row, str, int]]) -> list[tuple[Row, str, int]]:
    """Return the rows without rows below them; check each other row's balance against the sum of its leaves."""
    coded = {id(item): "".join(clean_code(item[0].get("code"))) for item in found}
    own = {id(item) for item in found if table.cell(item[0], "own", lambda text: cells.word("balances.own", text))}
    leaves = [item for item in found if id(item) in own or not any(_is_below(o, item, coded) for o in found)]
    for item in found:
        if item not in leaves:
            total = sum(leaf[2] for leaf in leaves if _is_below(leaf, item, coded))
            if item[2] != total:
                row, _, amount = item
                message = f"余额 {_shown(amount)} 与其明细科目合计 {_shown(total)} 不符；请核对各明细科目"
                table.problem(row.number, "", message)
    return leaves


def _is_below(other: tuple[Row, str, int], item: tuple[Row, str, int], coded: dict[int, str]) -> bool:
    if other is item:
        return False
    code, above = coded[id(other)], coded[id(item)]
    by_code = bool(above) and code != above and code.startswith(above)
    return by_code or other[1].startswith(f"{item[1]}:")


def _opening(table: Table, leaves: list[tuple[Row, str, int]], day: datetime.date) -> Voucher | None:
    seen: dict[tuple[str, tuple[tuple[str, str], ...]], int] = {}
    metadata: dict[str, str] = {}
    lines = []
    for row, account, amount in leaves:
        own = table.cell(row, LINE_MORE, more_of) or {}
        _gather(table, row, metadata)
        same = (account, tuple(sorted(own.items())))
        if same in seen:
            table.problem(row.number, "", f"科目“{account}”与第 {seen[same]} 行重复；请合并")
        seen.setdefault(same, row.number)
        if amount:
            lines.append(Line(account, amount, MappingProxyType(own)))
        statutory = resolve(account, day)
        if amount and statutory is not None and statutory.element in ("income", "expense"):
            table.problem(row.number, "", "收入、支出科目年初不应有余额；请导入上年结转之后的余额表")
    residual = sum(amount for _, _, amount in leaves)
    if residual:
        side = "借方比贷方多" if residual > 0 else "贷方比借方多"
        table.problem(table.head_row + 1, "", f"期初余额借贷不平，{side} {shown_yuan(abs(residual))} 元；请补齐科目")
    if table.problems:
        return None
    if not lines:
        return None
    texts = {key: next((row.get(key) for row, _, _ in leaves if row.get(key)), "") for key in ("payee", "narration")}
    narration = texts["narration"] or NARRATION
    return Voucher(day, None, texts["payee"], narration, tuple(lines), MappingProxyType(metadata), (OPENING,))


def _gather(table: Table, row: Row, metadata: dict[str, str]) -> None:
    for key, text in (table.cell(row, MORE, more_of) or {}).items():
        if metadata.setdefault(key, text) != text:
            table.problem(row.number, MORE, f"附加信息“{key}”在另一行填写不同；请只保留一处")


def _shown(amount_fen: int) -> str:
    side = "借" if amount_fen >= 0 else "贷"
    return f"{side} {shown_yuan(abs(amount_fen))}"
