"""The scan of a ledger file before any parser sees it: what is hostile or not understood is blanked and reported.

The result keeps every line where it was: a blanked line is a comment. The same text is parsed by the reader and
written to the sanitised copy for Fava, so both see one book.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Sequence
from typing import NamedTuple

from ledger.encoding import UnknownEncoding, decode
from ledger.reader import lines as judged
from ledger.reader.codes import Faults
from ledger.reader.lexing import bare, ignored_lines
from ledger.reader.limits import Limits

REMOVED = "; removed by union-audit: "


_BLANKS = dict.fromkeys(map(ord, "\t\u3000\u00a0"))


class Include(NamedTuple):
    """An include that a file asks for: the path as written, and the line it stands on."""

    path: str
    line: int


class Scanned(NamedTuple):
    """One ledger file after the scan: text that may be parsed, and the includes it asks for."""

    path: str
    text: str
    includes: tuple[Include, ...]

    def without(self, numbers: Sequence[int], why: str) -> Scanned:
        """Return the file with those lines blanked too."""
        if not numbers:
            return self
        lines = self.text.split("\n")
        for number in numbers:
            lines[number - 1] = REMOVED + why
        return self._replace(text="\n".join(lines))


def scan(path: str, content: bytes, faults: Faults, limits: Limits) -> Scanned | None:
    """Return the file `path` of a book as it may be parsed, or None when nothing of it can be used."""
    text = _decoded(path, content, faults)
    if text is None:
        return None
    text = _characters(path, text, faults)
    lines = text.split("\n")
    if len(max(lines, key=len)) > limits.line_characters:
        for number, line in enumerate(lines, 1):
            if len(line) > limits.line_characters:
                message = f"这一行有 {len(line)} 个字符，超过 {limits.line_characters} 个，未读入"
                faults.add("LINE_TOO_LONG", message, path, number)
                lines[number - 1] = REMOVED + "LINE_TOO_LONG"
        text = "\n".join(lines)
    stripped = bare(text)
    if stripped.longest_string > limits.string_characters:
        faults.add("LINE_TOO_LONG", f"有超过 {limits.string_characters} 个字符的文字，整个文件未读入", path)
        return None
    work = _Work(path, lines, code=stripped.text.split("\n"), spans=stripped.spans, faults=faults, limits=limits)
    work.judge(text, stripped.text)
    return Scanned(path, "\n".join(work.lines) if work.changed else text, tuple(work.includes))


def _decoded(path: str, content: bytes, faults: Faults) -> str | None:
    if b"\0" in content and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
        faults.add("NUL_BYTE", "文件含有空字节（NUL），不是文本，整个文件未读入", path)
        return None
    try:
        decoded = decode(content)
    except UnknownEncoding as error:
        faults.add("ENCODING_UNKNOWN", f"{error}；整个文件未读入", path)
        return None
    if decoded.encoding != "utf-8":
        faults.add("ENCODING_GB18030", "文件按 GB18030 解码读入；beancount 和 Fava 只认 UTF-8，请另存为 UTF-8", path)
    if decoded.marked:
        message = "文件开头有字节顺序标记（BOM），beancount 会丢掉第一条记录；已去除后读入，请另存为不带 BOM 的 UTF-8"
        faults.add("BYTE_ORDER_MARK", message, path, 1)
    return decoded.text


def _characters(path: str, text: str, faults: Faults) -> str:
    """Report characters that nobody sees, and take lone carriage returns out of the way."""
    text = text.replace("\r\n", "\n")
    if "\r" in text:
        line = text.count("\n", 0, text.index("\r")) + 1
        faults.add("CARRIAGE_RETURN", "有单独的回车符，所在内容可能看不见；已作空格处理，请删除", path, line)
        text = text.replace("\r", " ")
    visible = text.replace("\n", "")
    if not visible.isprintable() and not visible.translate(_BLANKS).isprintable():
        for number, written in enumerate(text.split("\n"), 1):
            hidden = sorted({c for c in written if not c.isprintable() and c not in "\t\u3000\u00a0"})
            if hidden:
                shown = "、".join(f"U+{ord(c):04X}" for c in hidden[:5])
                message = f"含有看不见的字符 {shown}，显示的文字可能不是实际的文字；请重新录入这一行"
                faults.add("HIDDEN_CHARACTER", message, path, number)
    return text


class _Work:
    """Judges the lines of one file."""

    def __init__(
        self,
        path: str,
        lines: list[str],
        *,
        code: Sequence[str],
        spans: Sequence[tuple[int, int]],
        faults: Faults,
        limits: Limits,
    ) -> None:
        self.path = path
        self.lines = lines
        self.includes: list[Include] = []
        self.changed = False
        self._code = code
        self._last = dict(spans)
        self._faults = faults
        self._limits = limits

    def judge(self, text: str, stripped: str) -> None:
        """Go through the lines that need a look; most files have none but their header."""
        for number in ignored_lines(stripped):
            message = "beancount 不理会以 * : # ! & ? % 开头的行，内容不入账；是说明请改用“;”，是凭证请写上日期"
            self._blank(number, "LINE_IGNORED", message)
        for number in judged.suspects(text, stripped, self._limits.digits):
            self._line(number)

    def _line(self, number: int) -> None:
        code = self._code[number - 1]
        text = "\n".join(self.lines[number - 1 : self._end(number)])
        if text.startswith(REMOVED):
            return
        for judge in (*_JUDGES, self._document):
            verdict = judge(text, code)
            if verdict is None:
                continue
            if isinstance(verdict, judged.Included):
                self.includes.append(Include(verdict.path, number))
            elif isinstance(verdict, judged.Instead):
                self._faults.add(verdict.code, verdict.message, self.path, number)
                self.lines[number - 1] = verdict.text
                self.changed = True
            else:
                self._blank(number, verdict.code, verdict.message, block=verdict.block)
                return
        if judged.too_long(code, self._limits.digits):
            self._blank(number, "NUMBER_TOO_LONG", f"有超过 {self._limits.digits} 位的数字，这一行未读入")

    def _document(self, text: str, code: str) -> judged.Verdict:
        return judged.document(text, code, posixpath.dirname(self.path))

    def _end(self, number: int) -> int:
        """Return the last line (from 1) of what begins on a line: strings may run over several."""
        last = number - 1
        while last in self._last:
            last = self._last[last]
        return last + 1

    def _blank(self, number: int, code: str, message: str, *, block: bool = False) -> None:
        self._faults.add(code, message, self.path, number)
        end = self._end(number)
        if block:
            # the metadata and postings of a removed directive go with it
            while end < len(self.lines) and self._code[end][:1] in (" ", "\t"):
                end = self._end(end + 1)
        for index in range(number - 1, end):
            self.lines[index] = REMOVED + code
        self.changed = True


_JUDGES: tuple[Callable[[str, str], judged.Verdict], ...] = (
    judged.plugin,
    judged.included,
    judged.option,
    judged.pushed_position,
    judged.position,
    judged.custom,
    judged.query,
    judged.pad,
    judged.division,
    judged.tolerance,
)
