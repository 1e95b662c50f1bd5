"""One way to write a text before words are looked for in it: widths, cases, variants and decoration evened out.

What joins words is dropped (spaces, dashes, quotation marks, dots: `购 物-卡` is 购物卡), what parts them becomes
a bar (commas, stops, brackets), so that no word is ever found across the end of a clause.
"""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Mapping
from functools import cache, lru_cache
from types import MappingProxyType

from rules.law_loader import data_texts
from rules.law_schema import Cursor, LawError, LawFault

VARIANTS_FILE = "text/variants.toml"
BAR = "|"

_PARTING = frozenset("、,。;:!?()[]{}<>【】〔〕《》〈〉「」『』/\\|+&\n\r\t")
_KEPT = frozenset("%‰")


@lru_cache(maxsize=65536)
def normalise(text: str) -> str:
    """Return a text as words are compared: NFKC, lower case, simplified, decoration dropped, clauses parted by bars.

    Between two Latin words one space stays, so that `spa` is not found in `Grand Space`; a dot stays between digits.
    """
    plain = unicodedata.normalize("NFKC", text).casefold()
    plain = plain.translate(_plain_characters())
    kept: list[str] = []
    gap = False
    for place, character in enumerate(plain):
        if character.isalnum() or character in _KEPT or unicodedata.category(character).startswith("S"):
            if gap and kept and _latin(kept[-1]) and _latin(character):
                kept.append(" ")
            gap = False
            kept.append(character if character not in _PARTING else BAR)
        elif character == "." and _digit(plain, place - 1) and _digit(plain, place + 1):
            kept.append(character)
        elif character in _PARTING:
            gap = False
            kept.append(BAR)
        else:
            gap = gap or character.isspace()
    return _bars_once("".join(kept))


def _bars_once(text: str) -> str:
    return BAR.join(part for part in text.split(BAR) if part)


def _latin(character: str) -> bool:
    return character.isascii() and character.isalnum()


def _digit(text: str, place: int) -> bool:
    return 0 <= place < len(text) and text[place].isdigit()


@cache
def _plain_characters() -> Mapping[int, str]:
    return MappingProxyType({ord(old): new for old, new in variants().items()})


@cache
def variants() -> Mapping[str, str]:
    """Return the character that stands for each variant; raises LawError with every fault of the data file."""
    return parse_variants(data_texts("text")[VARIANTS_FILE])


def parse_variants(text: str) -> Mapping[str, str]:
    """Return the variants that a data file declares, or raise LawError with every fault.

    Each is one character for one other, and what stands for a variant is none itself.
    """
    faults: list[LawFault] = []
    cursor = Cursor(VARIANTS_FILE, faults)
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        cursor.fault(f"不是合法的 TOML（{error}）", "按提示的行列改正；同一个字只写一次")
        raise LawError(faults) from None
    cursor.known(data, ("key", "variants"))
    found = cursor.table("variants", data.get("variants"))
    for old, new in found.items():
        here = cursor.at("variants", old)
        if len(old) != 1 or not isinstance(new, str) or len(new) != 1 or old == new:
            here.fault(f"“{old}” → “{new}”不是一个字对另一个字", '写作 "帳" = "账"')
        elif new in found:
            here.fault(f"“{new}”本身又是异体字", "直接写最后的字")
    if faults:
        raise LawError(faults)
    return MappingProxyType(dict(found))
