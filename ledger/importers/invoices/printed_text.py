"""The fields of a 数电票 from the text of its PDF, taken only where the page leaves no doubt.

The number, the day and the total must stand there just once, the total in figures must be the total in capitals, and
the two names must be buyer and seller in that order, as the official page prints them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ledger.importers.cells import CellError, fen
from ledger.importers.invoices.capitals import fen_from_capitals

_NUMBER = re.compile(r"发票号码\s*[:：]\s*(\d{20}|\d{8})(?!\d)")
_DAY = re.compile(r"开票日期\s*[:：]\s*(\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日)")
_NAME = re.compile(r"名\s*称\s*[:：]\s*([^\s:：]+)")
_CODE = re.compile(r"纳税人识别号\s*[:：]\s*([0-9A-Z]{15,20})(?![0-9A-Z])")
_CAPITALS = re.compile(
    r"价税合计[^零壹贰叁肆伍陆柒捌玖负]*((?:[（(]负数[)）]|负)?[零壹贰叁肆伍陆柒捌玖拾佰仟万亿圆元角分整正]+)"
)
_FIGURES = re.compile(r"[（(]小写[)）]\s*[¥￥]?\s*(-?[\d,]+\.\d{2})")


def is_invoice_text(lines: Sequence[str]) -> bool:
    """Say whether the text of a PDF is that of an invoice."""
    text = "\n".join(lines)
    return "发票号码" in text and "价税合计" in text


def invoice_fields(lines: Sequence[str]) -> dict[str, str]:
    """Return the fields of an invoice; raise CellError where the page leaves one in doubt."""
    text = "\n".join(lines)
    names = _NAME.findall(text)
    codes = _CODE.findall(text)
    faults = []
    number, when = _once(_NUMBER, text), _once(_DAY, text)
    total, words = _once(_FIGURES, text), _once(_CAPITALS, text)
    for label, value in (
        ("发票号码", number),
        ("开票日期", when),
        ("价税合计（小写）", total),
        ("价税合计（大写）", words),
    ):
        if not value:
            faults.append(f"{label}没有或不止一处")
    if len(names) != 2:
        faults.append(f"购买方和销售方的名称应各有一处，找到 {len(names)} 处")
    if not faults and fen(total) != fen_from_capitals(words):
        faults.append(f"价税合计的小写 {total} 与大写“{words}”不一致")
    if faults:
        raise CellError(f"{'；'.join(faults)}；PDF 不能可靠读出，请改用同一张发票的 XML 或 OFD")
    special = "专用发票" in text.replace(" ", "")
    return {
        "number": number,
        "date": re.sub(r"\s", "", when),
        "buyer": names[0],
        "seller": names[1],
        "seller_code": codes[1] if len(codes) == 2 else "",
        "gross": total,
        "type": ("数电专票" if special else "数电普票")
        if len(number) == 20
        else ("纸质专票" if special else "纸质普票"),
    }


def _once(pattern: re.Pattern[str], text: str) -> str:
    found = set(pattern.findall(text))
    return str(found.pop()) if len(found) == 1 else ""
