"""A child process that reads the text of a PDF: bytes on standard input, tables and lines as JSON on standard output.

Nothing of the file runs: the text layer alone is read. Tables come from ruled lines; where a page has none, its words
are put below the words of a statement's head. A scan, which has no text, is refused.
"""

from __future__ import annotations

import io
import json
import logging
import re
import sys
import zlib
from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from ledger.importers.sheet_child import limit_process
from ledger.importers.zip_check import Refused

if TYPE_CHECKING:
    from pdfplumber.page import Page

MAX_PAGES = 300
MAX_WORDS = 200_000
MAX_STREAM = 64 * 1024 * 1024
MAX_STREAMS = 256 * 1024 * 1024
_STREAM = re.compile(rb"stream\r?\n")
_LEAST_COLUMNS = 4
_LINE_GAP = 3  # points between words of one line
_HEAD_WORDS = ("日期", "余额", "摘要", "借方", "贷方", "金额", "户名", "收入", "支出", "时间")

Rows = list[list[str]]


def main() -> int:
    """Read one PDF; `text` of the answer is its lines, `rows` lines and tables in order of the pages."""
    limit_process()
    logging.disable(logging.CRITICAL)
    content = sys.stdin.buffer.read()
    answer: dict[str, object]
    try:
        answer = _read(content)
    except Refused as error:
        answer = {"refused": str(error)}
    sys.stdout.buffer.write(json.dumps(answer, ensure_ascii=False).encode("utf-8", errors="replace"))
    return 0


def _read(content: bytes) -> dict[str, object]:
    import pdfplumber
    from pdfminer.pdfdocument import PDFPasswordIncorrect
    from pdfplumber.utils.exceptions import PdfminerException

    if not content.lstrip().startswith(b"%PDF"):
        raise Refused("不是 PDF 文件；请重新下载")
    _check_streams(content)
    try:
        with pdfplumber.open(io.BytesIO(content)) as document:
            if len(document.pages) > MAX_PAGES:
                raise Refused(f"有 {len(document.pages)} 页，超过 {MAX_PAGES} 页；请按月下载后分别导入")
            return _pages(document.pages)
    except Refused:
        raise
    except PdfminerException as error:
        if error.args and isinstance(error.args[0], PDFPasswordIncorrect):
            raise Refused("设有密码；请取消密码，或向银行取得不加密的文件") from None
        raise Refused("已损坏，不能读取；请重新下载") from None
    except (ValueError, KeyError, TypeError, IndexError, AssertionError, RecursionError):
        raise Refused("不合 PDF 格式，不能读取；请重新下载") from None


def _check_streams(content: bytes) -> None:
    """Refuse a file whose packed streams swell beyond what text needs, before a library unpacks them."""
    total = 0
    for match in _STREAM.finditer(content):
        packed = content[match.end() : match.end() + MAX_STREAM]
        while packed[:1] == b"\x78":  # packed by zlib, and perhaps once more
            try:
                packed = zlib.decompressobj().decompress(packed, MAX_STREAM + 1)
            except zlib.error:
                break
            total += len(packed)
            if len(packed) > MAX_STREAM or total > MAX_STREAMS:
                raise Refused("的内容解压后过大，疑似压缩炸弹，不予打开；请重新下载")


def _pages(pages: Sequence[Page]) -> dict[str, object]:
    rows: Rows = []
    text: list[str] = []
    words = 0
    edges: list[float] = []
    for page in pages:
        found = page.extract_words(keep_blank_chars=False, x_tolerance=1.5, y_tolerance=2)
        words += len(found)
        if words > MAX_WORDS:
            raise Refused(f"的文字超过 {MAX_WORDS} 个词，疑似异常，不予读取；请按月下载后分别导入")
        lines = _lines(found)
        text += [_joined(line) for line in lines]
        tables = [t for t in page.find_tables() if len(t.rows) > 1 and len(t.rows[0].cells) >= _LEAST_COLUMNS]
        if tables:
            rows += _with_tables(lines, tables)
        else:
            edges = next((_edges(line) for line in lines if _is_head(line)), edges)
            rows += [_cut(line, edges) if edges else [_joined(line)] for line in lines]
        page.close()
    if not words:
        raise Refused("是扫描件，没有文字层，不能导入；请向银行或开票方取得电子版（CSV、Excel 或电子 PDF）")
    return {"rows": rows, "text": text}


def _lines(words: Sequence[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    """Return words in lines from the top down, each from the left."""
    lines: list[list[dict[str, Any]]] = []
    for word in sorted(words, key=lambda w: (w["top"], w["x0"])):
        if lines and abs(lines[-1][0]["top"] - word["top"]) <= _LINE_GAP:
            lines[-1].append(word)
        else:
            lines.append([word])
    return [sorted(line, key=lambda w: w["x0"]) for line in lines]


def _joined(line: Sequence[dict[str, Any]]) -> str:
    return " ".join(str(word["text"]) for word in line)


def _with_tables(lines: Sequence[Sequence[dict[str, Any]]], tables: Sequence[Any]) -> Rows:
    """Return the rows of a page's tables, with the lines outside them in their place."""
    pieces: list[tuple[float, Rows]] = []
    for table in tables:
        cells = [["".join((cell or "").split("\n")).strip() for cell in row] for row in table.extract()]
        pieces.append((table.bbox[1], cells))
    for line in lines:
        top = line[0]["top"]
        if not any(t.bbox[1] <= (top + line[0]["bottom"]) / 2 <= t.bbox[3] for t in tables):
            pieces.append((top, [[str(word["text"]) for word in line]]))
    return [row for _, rows in sorted(pieces, key=lambda piece: piece[0]) for row in rows]


def _is_head(line: Sequence[dict[str, Any]]) -> bool:
    return sum(any(word in str(w["text"]) for word in _HEAD_WORDS) for w in line) >= _LEAST_COLUMNS


def _edges(head: Sequence[dict[str, Any]]) -> list[float]:
    """Return where the columns below a head's words end: half-way to the next word."""
    return [(left["x1"] + right["x0"]) / 2 for left, right in pairwise(head)]


def _cut(line: Sequence[dict[str, Any]], edges: Sequence[float]) -> list[str]:
    cells = [""] * (len(edges) + 1)
    for word in line:
        middle = (word["x0"] + word["x1"]) / 2
        place = sum(middle > edge for edge in edges)
        cells[place] = f"{cells[place]} {word['text']}".strip()
    return cells
