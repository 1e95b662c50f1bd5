"""The words by which vouchers about contributions are recognised: the lists of `rules/words/`, as they last stood."""

from __future__ import annotations

from dataclasses import dataclass

from rules.finding import Text
from rules.text.lists import WordList, word_list
from rules.text.match import Match, match, told


@dataclass(frozen=True)
class SpokenOf:
    """One list asked about a text that may join narration, payee and account."""

    list: WordList

    def matched(self, text: str) -> tuple[str, ...]:
        """Return the words that occur in a text."""
        return tuple(one.word for one in self._matches(text))

    def shown(self, text: str) -> Text:
        """Return which words matched, with the list and its day, as evidence shows it."""
        return told(self._matches(text))

    def _matches(self, text: str) -> tuple[Match, ...]:
        return match(text, self.list.key, self.list.revised)


def words(key: str) -> SpokenOf:
    """Return the list of that key in `rules/words/`; KeyError when there is none."""
    return SpokenOf(word_list(key))
