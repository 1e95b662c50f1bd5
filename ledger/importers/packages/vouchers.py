"""A package's register of vouchers, row by row, as the columns of our own register."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ledger.importers import cells
from ledger.importers.account_map import clean_code
from ledger.importers.headers import VOUCHER_SHEET
from ledger.importers.packages.layouts import PEOPLE
from ledger.importers.packages.rebuilt import Rebuilt, rebuild
from ledger.importers.tables import Row, Table
from ledger.importers.words import PAYMENT, english_word
from ledger.money import plain_yuan, shown_yuan

_YES = frozenset({"1", "是", "y", "yes", "true", "t", "作废", "已作废", "√"})
_NO = frozenset({"0", "否", "n", "no", "false", "f", "未记账", "未过账"})
_NOBODY = frozenset({"none", "null", "-", "*", "无"})
_DEBIT = frozenset({"借", "借方", "d", "dr", "debit", "s"})
_CREDIT = frozenset({"贷", "贷方", "c", "cr", "credit", "h"})
_WORDS = {"记账": "记", "收款": "收", "付款": "付", "转账": "转", "现金收款": "现收", "现金付款": "现付"}
_CLOCK = re.compile(r"(\d{1,2}:\d{2}:\d{2})\.\d+$")
_GRAND = re.compile(r"(合计|总计)")
_CALENDAR = re.compile(r"(?:M|P)?(\d{1,2})", re.IGNORECASE)
_PARTIES = ("payee", "aux:customer", "aux:supplier", "aux:party", "aux:person")
_HEADS = {column.key: column.header for column in VOUCHER_SHEET.columns}
_SOURCES: Mapping[str, tuple[str, ...]] = {
    "debit": ("debit", "amount"),
    "credit": ("credit", "amount"),
    "period": ("period", "year"),
    "payee": _PARTIES,
    "narration": ("narration", "line:narration"),
}


@dataclass
class _Line:
    row: Row
    cells: dict[str, str]
    voucher: int


def voucher_sheet(table: Table, names: Mapping[str, str]) -> Rebuilt:
    """Return a package's register with our own heads; faults of single cells are recorded in the table.

    `names` are the names by code of the file's own chart of accounts: they stand in where a row has none.
    """
    lines = list(_lines(table))
    signed = _is_signed(table, lines)
    if signed and "side" in table.positions:
        table.note(table.head_row + 1, "amount", "贷方金额都是负数，按带符号的金额读取")
    foreign: dict[str, int] = {}
    unposted = 0
    for line in lines:
        _amounts(table, line, signed)
        _accounts(line, names)
        _texts(line)
        _number(line)
        unposted += line.row.get("posted").lower() in _NO
        payment = line.cells.get("payment", "")
        if payment and english_word(PAYMENT, payment) is None:
            foreign.setdefault(payment, line.row.number)
            del line.cells["payment"]
    for word, number in foreign.items():
        table.note(number, "payment", f"结算方式“{word}”不是账套的用词，未导入")
    if unposted:
        table.note(table.head_row + 1, "posted", f"{unposted} 行分录的凭证尚未记账，照样导入")
    _parties(lines)
    _voided(table, lines)
    _check_total(table, lines)
    return rebuild(table, "序时账", _HEADS, {line.row.number: line.cells for line in lines}, _SOURCES)


def account_rows(table: Table) -> Iterable[tuple[int, str, str]]:
    """Yield (row, digits of the code, name) of the rows of a table that have both."""
    for row in table.rows():
        if row.get("code") and row.get("account"):
            yield row.number, "".join(clean_code(row.get("code"))), row.get("account")


def side_of(text: str) -> int:
    """Return 1 for a word that says debit, -1 for credit, 0 for any other."""
    plain = text.strip().lower()
    return 1 if plain in _DEBIT else -1 if plain in _CREDIT else 0


def _lines(table: Table) -> Iterable[_Line]:
    """Yield the rows, numbering the vouchers as they change."""
    voucher, last = 0, ("", "", "", "")
    for row in table.rows():
        stated = (row.get("voucher") or row.get("number"), row.get("word"), row.get("period"), row.get("date"))
        if stated[0] and stated != last:
            voucher, last = voucher + 1, stated
        kept = {key: text for key, text in row.cells.items() if key in _HEADS}
        yield _Line(row, kept, voucher)


def _is_signed(table: Table, lines: list[_Line]) -> bool:
    """Say whether the one column of amounts has signs: no column of sides, or every credit of it negative."""
    if "amount" not in table.positions or {"debit", "credit"} <= table.positions.keys():
        return False
    if "side" not in table.positions:
        return True
    credits = [line.row.get("amount") for line in lines if side_of(line.row.get("side")) < 0]
    others = [line.row.get("amount") for line in lines if side_of(line.row.get("side")) > 0]
    nil = ("0", "0.0", "0.00", "")
    real = [text for text in credits if text not in nil]
    return bool(real) and all(text.startswith("-") for text in real) and not any(t.startswith("-") for t in others)


def _amounts(table: Table, line: _Line, signed: bool) -> None:
    """Put the one amount of a row on its side; a red letter (negative) stays on the side it stands on."""
    row = line.row
    if {"debit", "credit"} <= table.positions.keys():
        return
    amount = table.cell(row, "amount", cells.fen)
    if amount is None:
        if not row.get("amount"):
            table.problem(row.number, "amount", "没有金额，请填写")
        return
    if signed:
        side, amount = (1, amount) if amount >= 0 else (-1, -amount)
        stated = side_of(row.get("side"))
        if stated and stated != side and amount:
            table.problem(row.number, "side", "金额的正负与方向不一致；请核对")
    else:
        side = side_of(row.get("side"))
    if not side:
        stated_text = row.get("side")
        message = f"方向“{stated_text}”不是借或贷" if stated_text else "没有方向，请填写借或贷"
        table.problem(row.number, "side", message)
        return
    line.cells["debit" if side > 0 else "credit"] = plain_yuan(amount)


def full_name(code: str, name: str, names: Mapping[str, str]) -> str:
    """Return an account's name with those of the levels above it, as far as the file's own chart has them.

    A name of several levels, or one that the chart does not have, is left as it is.
    """
    digits = "".join(clean_code(code))
    own = names.get(digits, "")
    if not own or (name and name != own):
        return name
    levels = [names[digits[:n]] for n in range(3, len(digits) + 1) if digits[:n] in names]
    return "\\".join(levels)


def _accounts(line: _Line, names: Mapping[str, str]) -> None:
    if line.cells.get("code"):
        line.cells["account"] = full_name(line.cells["code"], line.cells.get("account", ""), names)


def _texts(line: _Line) -> None:
    for key in PEOPLE:
        if line.cells.get(key, "").lower() in _NOBODY:
            del line.cells[key]
    for key in ("date", "entered-at", "occurred", "invoice-date"):
        if key in line.cells:
            line.cells[key] = _CLOCK.sub(r"\1", line.cells[key])
    own = line.cells.get("line:narration", "")
    if own and not line.cells.get("narration"):
        line.cells["narration"] = line.cells.pop("line:narration")
    elif own and own == line.cells.get("narration"):
        del line.cells["line:narration"]
    line.cells.pop("serial", None)


def _number(line: _Line) -> None:
    word = line.cells.get("word", "").removesuffix("凭证").removesuffix("字")
    if word:
        line.cells["word"] = _WORDS.get(word, word)
    # A journal's technical key is no word of vouchers.
    if re.search(r"[\d\s_-]", word) and "Journal" in "".join(line.row.cells):
        del line.cells["word"]
    year, period = line.row.get("year").removesuffix("年"), line.cells.get("period", "")
    match = _CALENDAR.fullmatch(period)
    if match is not None:
        line.cells["period"] = f"{year}-{int(match[1]):02d}" if re.fullmatch(r"\d{4}", year) else match[1]


def _parties(lines: list[_Line]) -> None:
    """Make the other party of a voucher its payee where it is one; else each line names whom it is about."""
    found: dict[int, set[str]] = {}
    for line in lines:
        for key in _PARTIES:
            if line.row.get(key) and key != "aux:person":
                found.setdefault(line.voucher, set()).add(line.row.get(key))
    for line in lines:
        parties = found.get(line.voucher, set())
        about = [
            f"{key.removeprefix('aux:') if key[-1].isdigit() else _LABELS[key]}：{text}"
            for key, text in line.row.cells.items()
            if key.startswith("aux:") or (key == "payee" and len(parties) > 1)
        ]
        line.cells.pop("payee", None)
        if len(parties) == 1:
            line.cells["payee"] = next(iter(parties))
            about = [text for text in about if not text.endswith(f"：{line.cells['payee']}")]
        if about:
            said = line.cells.get("line:narration") or line.cells.get("narration", "")
            line.cells["line:narration"] = f"{said}〔{'；'.join(about)}〕"


_LABELS = {
    "payee": "往来单位",
    "aux:customer": "客户",
    "aux:supplier": "供应商",
    "aux:party": "客商",
    "aux:person": "个人",
    "aux:department": "部门",
    "aux:items": "核算项目",
    **{f"aux:{n}": f"辅助项{n}" for n in range(1, 31)},
}


def _voided(table: Table, lines: list[_Line]) -> None:
    """Keep a voided voucher's number, with nothing on either side."""
    void = {line.voucher: line for line in reversed(lines) if line.row.get("void").lower() in _YES}
    for line in lines:
        if line.voucher in void:
            line.cells["debit"], line.cells["credit"] = "0.00", ""
            line.cells["narration"] = f"（作废）{line.cells.get('narration', '')}"
    for line in void.values():
        table.note(line.row.number, "void", "作废凭证，保留号码，金额记为零")


def _check_total(table: Table, lines: list[_Line]) -> None:
    """Check the last row of totals against the rows above it: all of them, or those since the total before."""
    if not {"debit", "credit"} <= table.positions.keys():
        return
    totals = [
        at + 1
        for at in range(table.head_row + 1, len(table.sheet.rows))
        if any(_GRAND.fullmatch(re.sub(r"\s+", "", cell)) for cell in table.sheet.rows[at])
    ]
    if not totals or any(line.row.number > totals[-1] for line in lines):
        return
    before = totals[-2] if len(totals) > 1 else 0
    for key in ("debit", "credit"):
        at = table.positions[key]
        texts = table.sheet.rows[totals[-1] - 1]
        try:
            stated = cells.fen(texts[at]) if at < len(texts) and texts[at].strip() else None
            sums = [
                sum(cells.fen(line.row.get(key)) for line in lines if line.row.number > since and line.row.get(key))
                for since in (0, before)
            ]
        except cells.CellError:
            return
        if stated is not None and stated not in sums:
            message = f"合计 {shown_yuan(stated)} 与各行之和 {shown_yuan(sums[0])} 不符；文件可能缺行，请重新导出"
            table.problem(totals[-1], key, message)
