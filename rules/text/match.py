"""Looking for the words of a list in a text: the longest first, exceptions honoured, every match explained."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from rules.finding import Text
from rules.text.lists import Field, Word, WordList, word_list
from rules.text.normalise import normalise


class Match(NamedTuple):
    """A word of a list found in one text of a voucher; `means` is the word's sense within the list."""

    word: str
    list: WordList
    field: Field
    text: str
    means: str = ""

    @property
    def said(self) -> Text:
        """The sentence of evidence: which word, in which field, of which list."""
        field = self.field.label
        return Text(
            f"{field.zh}“{self.text}”命中“{self.word}”（{self.list.shown.zh}）",
            f"“{self.word}” in the {field.en} “{self.text}” ({self.list.shown.en})",
        )


def match(text: str, list_key: str, day: datetime.date, field: Field = Field.NARRATION) -> tuple[Match, ...]:
    """Return the words of a list that a text holds on a day, in order of place, each word once.

    Of words that overlap only the longest counts; a word inside one of its exceptions does not count at all.
    """
    return _match(text, list_key, word_list(list_key).state(day), field)


@lru_cache(maxsize=65536)
def _match(text: str, list_key: str, day: datetime.date, field: Field) -> tuple[Match, ...]:
    listed = word_list(list_key)
    plain = normalise(text)
    if not listed.pattern.search(plain):
        return ()
    found: list[tuple[int, int, Word]] = []
    spoken = [word for word in listed.words if word.plain in plain and word.counts(day, field)]
    for word in sorted(spoken, key=lambda w: (-len(w.plain), w.plain)):
        excepted = [span for longer in word.exceptions for span in _spans(plain, longer)]
        for start, end in _spans(plain, word.plain):
            if any(first <= start and end <= last for first, last in excepted):
                continue
            if all(end <= first or last <= start for first, last, _ in found):
                found.append((start, end, word))
    words = dict.fromkeys(word for _, _, word in sorted(found, key=lambda span: span[:2]))
    return tuple(Match(word.word, listed, field, text, word.means) for word in words)


@lru_cache(maxsize=65536)
def made_of(text: str, list_key: str, day: datetime.date, field: Field = Field.NARRATION) -> bool:
    """Tell whether a text consists of nothing but words of a list, digits and punctuation; an empty one does."""
    plain = normalise(text)
    words = [word.plain for word in word_list(list_key).words if word.plain in plain and word.counts(day, field)]
    reached = {0}  # ends of the beginnings that are made of words
    for place in range(len(plain)):
        if place in reached:
            if not plain[place].isalpha():
                reached.add(place + 1)
            reached.update(place + len(word) for word in words if plain.startswith(word, place))
    return len(plain) in reached


def _spans(text: str, word: str) -> Iterator[tuple[int, int]]:
    """Yield every place of a word; a Latin word counts only where no Latin letter or digit touches it."""
    start = text.find(word)
    while start >= 0:
        end = start + len(word)
        if not (_joined(text, start - 1, start) or _joined(text, end - 1, end)):
            yield start, end
        start = text.find(word, start + 1)


def _joined(text: str, left: int, right: int) -> bool:
    """Tell whether two neighbours are both Latin letters, so that a word would be cut out of a longer one."""
    if left < 0 or right >= len(text):
        return False
    return all(text[place].isascii() and text[place].isalpha() for place in (left, right))


def told(matches: Iterable[Match]) -> Text:
    """Return the sentences of several matches as one text."""
    said = [one.said for one in matches]
    return Text("；".join(one.zh for one in said), "; ".join(one.en for one in said))
