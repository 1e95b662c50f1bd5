"""Which of many names are nearly the same: all pairs at once, in groups."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from rapidfuzz import fuzz
from rapidfuzz.process import cdist

from rules.text.near import bare_name
from rules.text.normalise import normalise

LEAST = 80  # of 100: one character of five may differ, as in an impersonated name
_SHORTEST = 4  # characters of a written name: shorter ones are people, whose names are alike by chance


def groups_alike(names: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Yield groups of two names and more that are alike from name to name, in order of their first name.

    Names are compared without regions and legal forms; people's names are left out. A name is in one group only.
    """
    kept = [name for name in names if len(name) >= _SHORTEST]
    bare = [bare_name(name) for name in kept]
    if not kept:
        return
    near = cdist(bare, bare, scorer=fuzz.ratio, score_cutoff=LEAST, dtype=np.uint8) > 0
    left = set(range(len(kept)))
    for first in range(len(kept)):
        if first not in left:
            continue
        group, waiting = {first}, [first]
        while waiting:
            for other in np.flatnonzero(near[waiting.pop()]).tolist():
                if other not in group and not _numbered(bare[first], bare[other]):
                    group.add(other)
                    waiting.append(other)
        left -= group
        if len(group) > 1:
            yield tuple(sorted(kept[place] for place in group))


def _numbered(one: str, other: str) -> bool:
    """Tell whether two names differ in their numbers only, as 第一小学 and 第二小学 do: those are two by design."""
    digits = [[character for character in name if character.isnumeric()] for name in (one, other)]
    rest = ["".join(character for character in name if not character.isnumeric()) for name in (one, other)]
    return rest[0] == rest[1] and digits[0] != digits[1]


def lookalikes(names: Sequence[str], known: Sequence[str]) -> Mapping[str, str]:
    """Return the names that are nearly a known one without being one, each with the most alike known name."""
    exact = {normalise(name) for name in known}
    asked = [name for name in names if len(name) >= _SHORTEST and normalise(name) not in exact]
    others = [name for name in known if len(name) >= _SHORTEST]
    if not asked or not others:
        return {}
    first, second = [bare_name(name) for name in asked], [bare_name(name) for name in others]
    scores = cdist(first, second, scorer=fuzz.ratio, score_cutoff=LEAST, dtype=np.uint8)
    found = {}
    for row, place in enumerate(scores.argmax(axis=1).tolist()):
        if scores[row, place] and not _numbered(first[row], second[place]):
            found[asked[row]] = others[place]
    return found
