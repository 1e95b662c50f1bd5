"""Whether every character of a document can be drawn: checked before a page is made, so that none shows a box.

The shipped faces come first. A compatibility form that they lack is written by its plain form (㎡ as m2), a
pictograph by its code, so that a picture in a payee's name cannot stop a report. A letter or hanzi that they
lack is looked for in the fonts of the system; where no font has it, that is an error that names the character
and where it stands.
"""

from __future__ import annotations

import os
import sys
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from reports.fonts import shipped_characters
from reports.model import Block, Document, Figure, FindingBlock, Heading, Paragraph, Signatures, Table
from reports.visible import code_of, map_texts, visible

_SUFFIXES = frozenset({".ttf", ".otf", ".ttc", ".otc"})


@dataclass(frozen=True)
class Missing:
    """A character that the shipped faces lack, and where in the document it stands first."""

    character: str
    where: str


class GlyphError(ValueError):
    """Characters that no font on this machine can draw; the message names them, where they stand and the way out."""

    def __init__(self, missing: Iterable[Missing]) -> None:
        self.missing = tuple(missing)
        lines = (f"“{m.character}”（U+{ord(m.character):04X}），见{m.where}" for m in self.missing)
        super().__init__(
            f"以下字符没有可用的字形，未生成文件：{'；'.join(lines)}。"
            "请安装含有这些字符的字体（例如系统自带的宋体扩展字库或 fonts-noto-cjk），或在账套中改正这些字符后重试"
        )


@cache
def shipped_codes() -> frozenset[str]:
    """Return every character that all shipped faces hold."""
    return frozenset(shipped_characters())


def drawable(document: Document) -> Document:
    """Return a document with everything visible, and what no face should have to draw written in plain characters."""
    return map_texts(document, drawable_text)


def drawable_text(text: str) -> str:
    """Return a text as the shipped faces can draw it, all but its letters, which are never replaced."""
    held = shipped_codes()
    text = visible(text)
    return text if held.issuperset(text) else "".join(c if c in held else _plain(c, held) for c in text)


def _plain(character: str, held: frozenset[str]) -> str:
    plain = unicodedata.normalize("NFKC", character)
    if plain != character and held.issuperset(plain):
        return plain
    return character if unicodedata.category(character)[0] in "LN" else code_of(character)


def missing_from_faces(document: Document) -> tuple[Missing, ...]:
    """Return every character of a document that the shipped faces lack, each once, with its first place."""
    held = shipped_codes()
    found: dict[str, Missing] = {}
    for where, texts in _texts(document):
        for text in texts:
            for character in text:
                if character not in held and character not in found:
                    found[character] = Missing(character, where)
    return tuple(found[c] for c in sorted(found))


def fallback_fonts(document: Document) -> tuple[Path, ...]:
    """Return the system's font files needed beside the shipped faces: none for nearly every document.

    Raises GlyphError where a character is in no font at all.
    """
    missing = missing_from_faces(document)
    if not missing:
        return ()
    wanted = {ord(m.character) for m in missing}
    chosen: list[Path] = []
    for path in system_fonts():
        if not wanted:
            break
        drawn = wanted & _codes_of(path)
        if drawn:
            chosen.append(path)
            wanted -= drawn
    if wanted:
        raise GlyphError(m for m in missing if ord(m.character) in wanted)
    return tuple(chosen)


def system_fonts() -> tuple[Path, ...]:
    """Return every font file of the system in a fixed order."""
    home = Path.home()
    if sys.platform == "win32":
        local = Path(os.environ.get("LOCALAPPDATA", home))
        roots = [Path(os.environ.get("WINDIR", "C:/Windows")) / "Fonts", local / "Microsoft/Windows/Fonts"]
    elif sys.platform == "darwin":
        roots = [Path("/System/Library/Fonts"), Path("/Library/Fonts"), home / "Library/Fonts"]
    else:
        roots = [Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), home / ".local/share/fonts", home / ".fonts"]
    return tuple(
        path
        for root in roots
        if root.is_dir()
        for path in sorted(root.rglob("*"))
        if path.suffix.lower() in _SUFFIXES and path.is_file()
    )


def _codes_of(path: Path) -> frozenset[int]:
    from fontTools.ttLib import TTFont, TTLibError

    try:
        with path.open("rb") as stream, TTFont(stream, fontNumber=0, lazy=True) as font:
            return frozenset(font.getBestCmap() or ())
    except (OSError, TTLibError, KeyError, AssertionError):
        return frozenset()  # a broken font of the system draws nothing


def _texts(document: Document) -> Iterator[tuple[str, list[str]]]:
    yield "标题", [document.title]
    yield "标题下的说明", [text for pair in document.facts for text in pair]
    section = document.title
    for block in document.blocks:
        if isinstance(block, Heading):
            section = block.text
        yield _place(block, section), _collected(block)


def _place(block: Block, section: str) -> str:
    if isinstance(block, FindingBlock):
        return f"{block.id}（凭证 {block.finding.evidence[0].voucher or '无'}）"
    if isinstance(block, (Table, Figure)):
        return f"“{section}”一节的“{block.caption}”" if block.caption else f"“{section}”一节的表"
    if isinstance(block, (Heading, Paragraph, Signatures)):
        return f"“{section}”一节"
    return section


def _collected(block: Block) -> list[str]:
    texts: list[str] = []

    def note(text: str) -> str:
        texts.append(text)
        return text

    map_texts(block, note)
    return texts
