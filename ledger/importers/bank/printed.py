"""What a statement prints around its lines: the account's number, opening and closing balance, totals and counts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import NamedTuple

from ledger.importers.bank.columns import plain
from ledger.importers.bank.values import bare
from ledger.money import MoneyError, fen_from_text, shown_yuan

_OUT = "(?:借方|支出|支取|付款|转出)"
_IN = "(?:贷方|收入|存入|收款|转入)"
_SUM = "(?:发生)?(?:总额|总金额|合计|合计金额|合计发生额|累计|累计金额|累计发生额|金额合计|发生额合计|发生额总计)"
_COUNT = "(?:总|合计|发生)?(?:总)?笔数"
_LABELS = (
    ("out_fen", re.compile(f"(?:{_OUT}{_SUM}|(?:总|合计){_OUT}(?:金额|额)?)")),
    ("in_fen", re.compile(f"(?:{_IN}{_SUM}|(?:总|合计){_IN}(?:金额|额)?)")),
    ("out_count", re.compile(f"{_OUT}{_COUNT}")),
    ("in_count", re.compile(f"{_IN}{_COUNT}")),
    ("count", re.compile("(?:交易)?(?:总|合计)(?:交易)?笔数|共计笔数|明细笔数")),
    ("opening_fen", re.compile("(?:期初|上期|上期末|起始|承前)(?:账户)?余额")),
    ("closing_fen", re.compile("(?:期末|本期|本期末|截止|截至)(?:账户)?余额")),
)
_PAIR = re.compile(r"([一-龥()（）/]{2,}?)\s*[:：]\s*[¥￥]?\s*([-+]?[\d,]+(?:\.\d+)?)(?:元|笔)?")
_WALLET = re.compile(r"(收入|支出)\s*[:：]?\s*(\d+)\s*笔[,，\s]*([\d,.]+)\s*元?")
_NUMBER_LABEL = re.compile(r"(?:查询|本方|客户|银行|我方)?(?:账号|帐号|账户|帐户|卡号)(?:号码)?")
_NUMBER_INLINE = re.compile(
    r"(?:查询|本方|客户|银行|我方)?(?:账\s*号|帐\s*号|账户|卡\s*号)(?:号码)?\s*[:：]\s*\[?([\d*＊xX][\d*＊xX\s-]{6,})"
)
_ACCOUNT_NUMBER = re.compile(r"[\d*＊xX][\d*＊xX\s-]{6,}")
_TOTAL_ROW = ("合计", "总计", "共计", "本期合计", "发生额合计", "借贷合计")


@dataclass(frozen=True)
class Printed:
    """Figures printed around the lines, by name, each with the row (from 1) that prints it; amounts are fen."""

    number: str = ""
    figures: Mapping[str, tuple[int, int]] = field(default_factory=lambda: MappingProxyType({}))
    wallet: bool = False


class Counted(NamedTuple):
    """The same figures counted from the lines; the balances are None where no line prints one."""

    out_fen: int
    in_fen: int
    out_count: int
    in_count: int
    opening_fen: int | None
    closing_fen: int | None


def printed(rows: Iterable[tuple[int, Sequence[str]]], amounts: Mapping[str, int]) -> Printed:
    """Return what rows outside the table print; `amounts` are the places of the columns `out` and `in`."""
    number = ""
    wallet = False
    figures: dict[str, tuple[int, int]] = {}
    totals: list[tuple[int, Sequence[str]]] = []
    for row, raw in rows:
        cells = [bare(cell) for cell in raw]
        text = " ".join(cells)
        wallet = wallet or any(word in text for word in ("微信支付", "支付宝", "财付通"))
        number = number or _number(cells)
        for name, value in _figures(cells):
            figures.setdefault(name, (value, row))
        if any(plain(cell) in _TOTAL_ROW for cell in cells):
            totals.append((row, cells))
    if len(totals) == 1:  # several are totals of days or pages
        at, last = totals[0]
        for key in ("out", "in"):
            place = amounts.get(key)
            total = _fen(last[place]) if place is not None and place < len(last) else None
            if total is not None:
                figures.setdefault(f"{key}_fen", (total, at))
    return Printed(number, MappingProxyType(figures), wallet)


def _number(cells: Sequence[str]) -> str:
    for at, cell in enumerate(cells):
        inline = _NUMBER_INLINE.search(cell)
        if inline:
            return re.sub(r"[\s-]", "", inline[1])
        if _NUMBER_LABEL.fullmatch(plain(cell)):
            after = next((c for c in cells[at + 1 :] if c), "")
            if _ACCOUNT_NUMBER.fullmatch(after):
                return re.sub(r"[\s-]", "", after)
    return ""


def _figures(cells: Sequence[str]) -> Iterator[tuple[str, int]]:
    for at, cell in enumerate(cells):
        for word, count, total in _WALLET.findall(cell):
            side = "in" if word == "收入" else "out"
            yield f"{side}_count", int(count)
            value = _fen(total)
            if value is not None:
                yield f"{side}_fen", value
        pairs = [(plain(label), text) for label, text in _PAIR.findall(cell)]
        if not pairs and cell:
            pairs = [(plain(cell), next((c for c in cells[at + 1 :] if c), ""))]
        for label, text in pairs:
            name = next((name for name, pattern in _LABELS if pattern.fullmatch(label)), "")
            value = _whole(text) if name.endswith("count") else _fen(text)
            if name and value is not None:
                yield name, value


def _whole(text: str) -> int | None:
    digits = text.replace(",", "").removesuffix("笔").strip()
    return int(digits) if digits.isascii() and digits.isdecimal() and len(digits) < 10 else None


def _fen(text: str) -> int | None:
    try:
        return fen_from_text(text.removesuffix("元"))
    except MoneyError:
        return None


_NAMES: Mapping[str, str] = MappingProxyType(
    {
        "out_fen": "支出（借方）合计",
        "in_fen": "收入（贷方）合计",
        "out_count": "支出笔数",
        "in_count": "收入笔数",
        "count": "总笔数",
        "opening_fen": "期初余额",
        "closing_fen": "期末余额",
    }
)


def differences(stated: Printed, counted: Counted) -> Iterator[tuple[int, str]]:
    """Yield row and sentence for every printed figure that the lines do not add up to."""
    values: dict[str, int | None] = {**counted._asdict(), "count": counted.out_count + counted.in_count}
    for name, (value, row) in stated.figures.items():
        found = values[name]
        if name == "out_fen" and found is not None and value == -found:
            continue  # money out printed below zero
        if found is not None and found != value:
            money = name.endswith("fen")
            a, b = (shown_yuan(value), shown_yuan(found)) if money else (str(value), str(found))
            yield row, f"对账单写明{_NAMES[name]} {a}，逐行相加是 {b}；文件可能缺行或被改动，请重新下载"
