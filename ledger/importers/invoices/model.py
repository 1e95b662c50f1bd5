"""One e-invoice as its file states it, and what is wrong with it; plain values that cross the child's border."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass

from ledger.importers.cells import CellError, day, fen
from ledger.money import plain_yuan, shown_yuan

_NUMBER = re.compile(r"\d{20}|\d{8}")


@dataclass(frozen=True)
class Invoice:
    """An e-invoice: number as printed, type as the register names it, and its facts.

    `amount_fen` is the total with tax; below zero for a red one.
    """

    number: str
    type: str
    date: datetime.date
    seller: str
    seller_code: str
    buyer: str
    amount_fen: int
    item: str
    status: str

    def row(self) -> tuple[str, ...]:
        """Return the invoice as cells in the order of the register's columns."""
        return (
            self.number,
            self.type,
            self.date.isoformat(),
            self.seller,
            self.seller_code,
            self.buyer,
            plain_yuan(self.amount_fen),
            self.item,
            self.status,
        )


def invoice_of(found: Mapping[str, str]) -> Invoice:
    """Return the invoice of the texts of its fields: number, date, seller, seller_code, buyer, net, tax, gross, item…

    Raises CellError naming every field that is missing or does not add up: 金额 plus 税额 must be 价税合计.
    """
    faults: list[str] = []
    labels = {"number": "发票号码", "date": "开票日期", "seller": "销售方名称", "buyer": "购买方名称"}
    faults += [f"没有{label}" for key, label in labels.items() if not found.get(key)]
    number = found.get("number", "").strip()
    if number and not _NUMBER.fullmatch(number):
        faults.append(f"发票号码“{number}”不是 20 位（旧式发票 8 位）数字")
    when = _when(found.get("date", ""), faults)
    gross = _gross(found, faults)
    if faults or when is None or gross is None:
        raise CellError("；".join(faults))
    return Invoice(
        number=number,
        type=found.get("type", ""),
        date=when,
        seller=found["seller"].strip(),
        seller_code=found.get("seller_code", "").strip(),
        buyer=found["buyer"].strip(),
        amount_fen=gross,
        item=found.get("item", "").strip(),
        status="红冲" if gross < 0 else "正常",
    )


def _when(text: str, faults: list[str]) -> datetime.date | None:
    try:
        return day(re.sub(r"[ T]+\d{1,2}:\d{2}(:\d{2})?(\.\d+)?$", "", text.strip())) if text.strip() else None
    except CellError as error:
        faults.append(f"开票日期{error}")
        return None


def _gross(found: Mapping[str, str], faults: list[str]) -> int | None:
    parts: dict[str, int] = {}
    for key, label in (("net", "合计金额"), ("tax", "合计税额"), ("gross", "价税合计")):
        text = found.get(key, "").strip()
        if text and not re.fullmatch(r"[*＊]+", text):
            try:
                parts[key] = fen(text)
            except CellError as error:
                faults.append(f"{label}{error}")
                return None
    if "gross" not in parts and "net" in parts and ("tax" in parts or "tax" in found):
        parts["gross"] = parts["net"] + parts.get("tax", 0)
    if "gross" not in parts:
        faults.append("没有价税合计")
        return None
    if {"net", "tax"} <= parts.keys() and parts["net"] + parts["tax"] != parts["gross"]:
        shown = tuple(shown_yuan(parts[key]) for key in ("net", "tax", "gross"))
        faults.append(f"合计金额 {shown[0]} 加合计税额 {shown[1]} 不等于价税合计 {shown[2]}，文件可能被改动")
        return None
    return parts["gross"]
