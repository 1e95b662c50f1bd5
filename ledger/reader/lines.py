"""Judgements on single lines of a ledger: what each may ask for, and what is put in its place.

A judge sees the line as written and the line without its strings and comments; it returns None for a line that
is none of its business or harmless.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from ledger.reader.allowed import (
    ALLOWED_OPTIONS,
    HARMLESS_FAVA_OPTIONS,
    KEPT_CUSTOMS,
    REFUSED_OPTIONS,
    ROOT_OPTIONS,
    RUNNING_FAVA_OPTIONS,
    TOLERANCE_OPTIONS,
)
from ledger.reader.paths import inside, joined


class Removed(NamedTuple):
    """The line goes; with `block` the indented lines below it too."""

    code: str
    message: str
    block: bool = False


class Instead(NamedTuple):
    """Another text takes the line's place."""

    code: str
    message: str
    text: str


class Included(NamedTuple):
    """The line includes a file; the walk judges the path."""

    path: str


Verdict = Removed | Instead | Included | None

_STRING = re.compile(r'"((?:[^\\"]|\\.)*)"|;[^\n]*', re.DOTALL)
_DATED = re.compile(r"[ \t]*[0-9]{4,}[-/][0-9]+[-/][0-9]+[ \t]*(custom|pad|query|document)(?![A-Za-z0-9\-_])")
_POSITION = re.compile(r"[ \t]+(filename|lineno):")
_PUSHED = re.compile(r"[ \t]*pushmeta[ \t]*(filename|lineno):")
# Beancount's own tokens that may hold a slash: dates, tags, links. What is left is a division or a strange currency.
_SLASHED = re.compile(r"(?<![0-9,.A-Za-z])[0-9]{4,}[-/][0-9]+[-/][0-9]+|[#^][A-Za-z0-9\-_/.]+")
_TOLERANCE = re.compile(r"[ \t]*~[ \t]*([-+]?[0-9][0-9,]*\.?[0-9]*)(?=[ \t]+[A-Z])")
_DOCUMENT_METADATA = re.compile(r"[ \t]+document(-[0-9]+)?:")
_OUTSIDE_METADATA = re.compile(
    r'^[ \t]+document(?:-[0-9]+)?:[ \t]*"(?:[/~]|[A-Za-z]:|[^"\n]*(?:\.\./|\.\."|\\))', re.MULTILINE
)
_DOCUMENT_DIRECTIVE = re.compile(r"^[ \t]*[0-9][0-9/\-]*[ \t]*document", re.MULTILINE)
_MANY_DIGITS = re.compile(r"[0-9][0-9,]*")

_WORDS = ("plugin", "option", "include", "pushmeta", "filename:", "lineno:", "custom", "pad", "query", "/", "~")
_KEYWORDS = {
    word: re.compile(rf"(?<![A-Za-z\-:]){word}(?![A-Za-z0-9\-_]*:)") for word in ("plugin", "option", "include")
}


def suspects(text: str, bare_text: str, digits: int) -> list[int]:
    """Return the numbers (from 1) of lines that a judge must see, in order; both texts have the same lines."""
    patterns = [re.compile(re.escape(word)) for word in _WORDS if word in bare_text]
    patterns.append(re.compile(rf"[0-9][0-9,]{{{digits},}}"))
    found: set[int] = set()
    if "document" in bare_text:
        found.update(_lines_of(_OUTSIDE_METADATA, text))
        patterns.append(_DOCUMENT_DIRECTIVE)
    for pattern in patterns:
        found.update(_lines_of(pattern, bare_text))
    return sorted(found)


def _lines_of(pattern: re.Pattern[str], text: str) -> Iterator[int]:
    line, seen = 1, 0
    for match in pattern.finditer(text):
        line += text.count("\n", seen, match.start())
        seen = match.start()
        yield line


def plugin(text: str, code: str) -> Verdict:
    """A plugin is somebody's program: never imported."""
    if not _KEYWORDS["plugin"].search(code):
        return None
    return Removed("PLUGIN_LINE", "账套要求运行插件；收到的账套所指定的程序一律不运行，请删除这一行")


def included(text: str, code: str) -> Verdict:
    """An include is judged by the walk, except where it shares its line with something else."""
    if not _KEYWORDS["include"].search(code):
        return None
    strings = _strings(text)
    if code.split() not in (["include"], ["include", '""']) or len(strings) != 1:
        return Removed("INCLUDE_HIDDEN", "include 没有单独写成一行，未读入；请改为一行一个 include")
    return Included(strings[0])


def option(text: str, code: str) -> Verdict:
    """Options that loosen the checks or reach outside are refused; the rest of the allowlist passes."""
    if not _KEYWORDS["option"].search(code):
        return None
    strings = _strings(text)
    if len(strings) != 2 or code.split()[:1] != ["option"]:
        return Removed("OPTION_NOT_ALLOWED", 'option 行写得不完整，未采用；格式为 option "名称" "值"')
    name, value = strings
    if name in TOLERANCE_OPTIONS:
        if name == "tolerance_multiplier" and _is_zero(value):
            return None
        message = (
            f'选项 {name} 放宽借贷和余额核对的容差，未采用，已按零容差核对；请改为 option "tolerance_multiplier" "0"'
        )
        return Removed("OPTION_TOLERANCE", message)
    if name == "plugin_processing_mode" and value == "default":
        return None
    if name in REFUSED_OPTIONS:
        return Removed(*REFUSED_OPTIONS[name])
    if name in ROOT_OPTIONS:
        if value == ROOT_OPTIONS[name]:
            return None
        return Removed("OPTION_ROOT_NAME", f"选项 {name} 改了一级科目类别的名称，未采用；应为 {ROOT_OPTIONS[name]}")
    if name in ALLOWED_OPTIONS:
        return None
    return Removed("OPTION_NOT_ALLOWED", f"选项 {name[:40]} 不在许可之列，未采用；请删除")


def pushed_position(text: str, code: str) -> Verdict:
    """`pushmeta filename:` forges the position of everything below it."""
    return _forged() if _PUSHED.match(code) else None


def position(text: str, code: str) -> Verdict:
    """Metadata `filename` and `lineno` take the place of the true position."""
    return _forged() if _POSITION.match(code) else None


def _forged() -> Removed:
    return Removed("POSITION_FORGED", "元数据 filename、lineno 会冒充凭证的出处，未采用；请删除这一行")


def custom(text: str, code: str) -> Verdict:
    """Customs are read by Fava: some run programs, few are needed."""
    if _dated(code) != "custom":
        return None
    strings = _strings(text)
    kind = strings[0] if strings else ""
    if kind in KEPT_CUSTOMS:
        return None
    if kind == "fava-extension":
        message = "账套要求 Fava 装入扩展程序；不予执行，请删除这一行"
        return Removed("FAVA_EXTENSION", message, block=True)
    if kind == "fava-option":
        name = strings[1].replace("_", "-") if len(strings) > 1 else ""
        if name in RUNNING_FAVA_OPTIONS:
            message = f"Fava 选项 {name} 会运行程序或读写账套以外的文件；不予采用，请删除这一行"
            return Removed("FAVA_OPTION_DANGEROUS", message, block=True)
        if name in HARMLESS_FAVA_OPTIONS:
            return None
        return Removed("FAVA_OPTION", f"Fava 选项 {name[:40]} 不在许可之列，未采用", block=True)
    return Removed("CUSTOM_IGNORED", f"custom “{kind[:40]}”不属于账套格式，未采用", block=True)


def query(text: str, code: str) -> Verdict:
    """A saved query can write files when somebody clicks on it in Fava."""
    if _dated(code) != "query":
        return None
    return Removed("QUERY_IGNORED", "账套内保存的查询在 Fava 中可以写文件，未采用；请删除", block=True)


def pad(text: str, code: str) -> Verdict:
    """A pad makes up the posting that a balance lacks."""
    if _dated(code) != "pad":
        return None
    return Removed("PAD_IGNORED", "pad 会自动造出分录凑平余额，不予执行；请用凭证更正差额", block=True)


def division(text: str, code: str) -> Verdict:
    """Division by zero kills beancount's parser, and a quotient is seldom whole fen: amounts are plain numbers."""
    if "/" not in code or "/" not in _SLASHED.sub("", code):
        return None
    return Removed("AMOUNT_DIVISION", "金额不得写成除式（除数为零会使程序崩溃），这一行未读入；请写计算后的金额")


def tolerance(text: str, code: str) -> Verdict:
    """A balance with a tolerance hides the difference."""
    if "~" not in code:
        return None
    match = _TOLERANCE.search(text)
    if match and _is_zero(match[1].replace(",", "")):
        return None
    message = "余额核对带有容差，已按零容差核对；请删除“~”及其后的数"
    if match and "~" not in text[: match.start()] + text[match.end() :] and '"' not in text:
        return Instead("BALANCE_TOLERANCE", message, text[: match.start()] + text[match.end() :])
    return Removed("BALANCE_TOLERANCE", "余额核对的容差写法不明，这一行未读入；请删除“~”及其后的数")


def too_long(code: str, digits: int) -> bool:
    """Whether a line holds a number of more digits than allowed."""
    return any(len(run.replace(",", "")) > digits for run in _MANY_DIGITS.findall(code))


def document(text: str, code: str, folder: str) -> Verdict:
    """A document outside the book is somebody's file that Fava would serve."""
    strings = _strings(text)
    directive = _dated(code) == "document"
    if not directive and not _DOCUMENT_METADATA.match(code):
        return None
    # a directive names a file from its own folder, metadata from the book's
    if strings and (joined(folder, strings[0]) if directive else inside(strings[0]) or not strings[0]):
        return None
    message = "附件指向账套文件夹以外，不予采信；请把附件放入 documents 文件夹并写相对路径"
    return Removed("DOCUMENT_OUTSIDE", message, block=directive)


def _strings(text: str) -> list[str]:
    return [match[1] for match in _STRING.finditer(text) if match[1] is not None]


def _dated(code: str) -> str:
    match = _DATED.match(code)
    return match[1] if match else ""


def _is_zero(text: str) -> bool:
    try:
        return Decimal(text) == 0
    except InvalidOperation:
        return False
