"""Cells of statements as banks write them: days with a time behind, amounts with marks, words for in and out."""

from __future__ import annotations

import datetime
import re

from ledger.importers import cells
from ledger.importers.bank.columns import plain
from ledger.importers.cells import CellError

_FORMULA_TEXT = re.compile(r"=?\"(.*)\"")
_COMPACT_MOMENT = re.compile(r"(\d{8})\d{6}(?:\d{3})?")
_TIME = re.compile(r"[ T]*\d{1,2}[:：.]\d{2}([:：.]\d{2}([.,]\d+)?)?$|(?<=\d{8}) +\d{6}$")
_NOTHING = frozenset({"", "-", "--", "---", "—", "——", "/", "N/A", "无", "null", "NULL"})
_EMPTY_TEXT = re.compile(r"[-—/\s]*")
_OUT = frozenset(
    [
        "借",
        "借方",
        "借记",
        "d",
        "dr",
        "debit",
        "支",
        "支出",
        "付",
        "付款",
        "付出",
        "往账",
        "往帐",
        "转出",
        "出",
        "出账",
        "支取",
        "取",
        "取出",
        "借方支出",
        "支付",
    ]
)
_IN = frozenset(
    [
        "贷",
        "贷方",
        "贷记",
        "c",
        "cr",
        "credit",
        "收",
        "收入",
        "收款",
        "来账",
        "来帐",
        "转入",
        "进",
        "入",
        "入账",
        "进账",
        "存入",
        "存",
        "贷方收入",
    ]
)
_YUAN = frozenset(("", "cny", "rmb", "人民币", "人民币元", "元", "156", "01", "1", "cny人民币", "人民币cny", "001"))


def bare(text: str) -> str:
    """Return a cell without what programs put around it: tabs, an apostrophe before, `="…"`."""
    stripped = text.strip().strip("\t\ufeff").removeprefix("'").strip()
    match = _FORMULA_TEXT.fullmatch(stripped)
    return (match[1] if match else stripped).strip()


def words(text: str) -> str:
    """Return a cell of words, empty where it holds only a dash."""
    stripped = re.sub(r"\s+", " ", bare(text))
    return "" if _EMPTY_TEXT.fullmatch(stripped) else stripped


def moment(text: str) -> datetime.date:
    """Return the day of a cell that may go on with a time; raise CellError for anything else."""
    stripped = bare(text)
    match = _COMPACT_MOMENT.fullmatch(stripped)
    if match:
        return cells.day(match[1])
    day = _TIME.sub("", stripped).strip()
    if re.fullmatch(r"\d{5}(\.\d+)?", day):
        raise CellError(f"“{stripped}”是表格软件的日期序号；请把这一列设为日期格式后重新保存")
    return cells.day(re.sub(r"\.0$", "", day))


def amount(text: str) -> int | None:
    """Return an amount in fen, None for an empty cell or a dash; raise CellError for what is no amount."""
    stripped = bare(text).removesuffix("元").strip()
    if stripped in _NOTHING:
        return None
    return cells.fen(re.sub(r"^([+-])\s*[¥￥]", r"\1", stripped))


def direction(text: str) -> int:
    """Return -1 for a word of money out, 1 for one of money in, 0 for neither."""
    word = plain(bare(text))
    if bare(text) in ("-", "－"):
        return -1
    if bare(text) in ("+", "＋"):
        return 1
    return -1 if word in _OUT else 1 if word in _IN else 0


def is_yuan(text: str) -> bool:
    """Say whether a cell of currency means the yuan (or nothing)."""
    return re.sub(r"[\s()（）\-]+", "", bare(text)).lower() in _YUAN
