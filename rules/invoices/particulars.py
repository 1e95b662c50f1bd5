"""What an invoice says of its buyer and goods: whether it is made out to the union, and whether goods are named."""

from __future__ import annotations

import re
from functools import cache

from rules.finding import Text
from rules.text.lists import word_list
from rules.text.normalise import BAR, normalise

_COMMITTEE = "委员会"
_FILLING = re.compile(r"[\d\s.%]+")


@cache
def _vague_words() -> tuple[str, ...]:
    """Return the words of vague goods, the longest first."""
    return tuple(word.plain for word in sorted(word_list("vague_items").words, key=lambda w: -len(w.plain)))


def is_vague(item: str) -> bool:
    """Tell whether nothing but words of the list of vague goods stands in an invoice's item."""
    rest = normalise(item)
    if not rest:
        return False
    for plain in _vague_words():
        rest = rest.replace(plain, "")
    return not _FILLING.sub("", rest).replace(BAR, "")


def made_out_to(buyer: str, union: str) -> bool:
    """Tell whether a buyer is the union, with or without 委员会 after its name."""
    one, other = (normalise(name).replace(_COMMITTEE, "") for name in (buyer, union))
    return one == other


def not_told(unknown: int, blank: int) -> tuple[Text, ...]:
    """Return what could not be looked at: booked invoices without a row in the register, and cells left blank."""
    found = []
    if unknown:
        zh = f"{unknown} 次入账的发票不在 registers/invoices.csv"
        found.append(Text(zh, f"{unknown} booked invoices are not registered"))
    if blank:
        zh = f"发票登记簿有 {blank} 处抬头或品名空白"
        found.append(Text(zh, f"{blank} buyers or goods left blank in the register"))
    return tuple(found)
