"""Names of payees that are nearly the same: what a name is without its region and legal form, and how alike two are.

A near name never establishes anything: two firms of one town may well be called nearly the same.
"""

from __future__ import annotations

import re
from functools import lru_cache

from rapidfuzz import fuzz

from rules.text.lists import word_list
from rules.text.normalise import BAR, normalise

LEAST_ALIKE = 85  # of 100: one character of seven may differ
# A town or district at the beginning of a name; 超市 and 门市 are no towns.
_PLACE = re.compile(r"^(?:\w{2,3}?(?<![超门])[省市区县])+(?=\w{2})")
_SHORTEST = 2  # characters of a bare name that still tell firms apart


@lru_cache(maxsize=16384)
def bare_name(name: str) -> str:
    """Return a name without regions, legal forms and brackets: what is left tells one firm from another.

    Where nothing that tells is left, the normalised name itself is returned.
    """
    plain = normalise(name).replace(BAR, "").replace(" ", "")
    bare = plain
    for key in ("regions", "legal_forms"):
        bare = _PLACE.sub("", bare)
        for word in sorted(word_list(key).words, key=lambda w: (-len(w.plain), w.plain)):
            bare = bare.replace(word.plain, "")
    return bare if len(bare) >= _SHORTEST else plain


def alike(one: str, other: str) -> int:
    """Return how alike two names are once bare: 0 to 100."""
    first, second = bare_name(one), bare_name(other)
    if not first or not second:
        return 0
    return int(fuzz.ratio(first, second))
