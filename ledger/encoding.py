"""How a received text file is decoded: byte order mark, then strict UTF-8, then strict GB18030; nothing is guessed."""

from __future__ import annotations

import codecs
from typing import NamedTuple

_WIDE_MARKS = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


class UnknownEncoding(ValueError):
    """Bytes that are neither UTF-8 nor GB18030; the message says so in Chinese."""


class Decoded(NamedTuple):
    """A file's text, the encoding it had (`utf-8` or `gb18030`), and whether a byte order mark was taken off."""

    text: str
    encoding: str
    marked: bool


def decode(content: bytes) -> Decoded:
    """Return the text of a file, or raise UnknownEncoding.

    Guessing libraries read short GBK files as Korean; this order was right on every file tried.
    """
    if content.startswith(_WIDE_MARKS):
        raise UnknownEncoding("文件是 UTF-16 或 UTF-32 编码，请另存为 UTF-8")
    marked = content.startswith(codecs.BOM_UTF8)
    if marked:
        content = content[len(codecs.BOM_UTF8) :]
    for encoding in ("utf-8", "gb18030"):
        try:
            return Decoded(content.decode(encoding), encoding, marked)
        except UnicodeDecodeError:
            continue
    raise UnknownEncoding("文件既不是 UTF-8 也不是 GB18030 编码，请另存为 UTF-8")
