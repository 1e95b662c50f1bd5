"""Lists of words as dated data: what texts are searched for, why, and from which day.

A file `rules/words/<key>.toml` holds one list. To add a word, append a line with the day from which it counts:

    key = "gift"
    label = "礼品用语"
    label_en = "gifts"
    why = "送礼不是工会活动"
    cite = { instrument = "grassroots-funds-2017", article = "第二十二条" }
    revised = 2025-01-01                    # day of the last revision, printed with every match
    from = 2010-01-01                       # first day of every word that has none of its own
    words = [
        { word = "茶", from = 2014-01-01, to = 2024-12-31, except = ["茶话会"], fields = ["item"], means = "…" },
    ]

`to` is the last day, left out while open. `except` are longer texts in which the word means something else,
`fields` narrows where it counts, `means` sorts the words of one list by sense. Every fault of every file is
reported at once, as with the values of law.
"""

from __future__ import annotations

import datetime
import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, cached_property
from types import MappingProxyType
from typing import Any

from rules.finding import Citation, Text
from rules.law import Instrument
from rules.law_loader import data_texts, load_law
from rules.law_schema import Cursor, LawError, LawFault
from rules.text.normalise import normalise

FOLDER = "words"
LIST_KEYS = ("key", "label", "label_en", "why", "cite", "revised", "from", "words")
WORD_KEYS = ("word", "from", "to", "except", "fields", "means")

_KEY = re.compile(r"[a-z]+(_[a-z]+)*")


class Field(StrEnum):
    """Where in a voucher a text stands."""

    NARRATION = "narration"
    PAYEE = "payee"
    ITEM = "item"
    ACTIVITY = "activity"
    SELLER = "seller"
    DESTINATION = "destination"
    OCCASION = "occasion"

    @property
    def label(self) -> Text:
        """What the field is called."""
        return _LABELS[self]


_LABELS: Mapping[Field, Text] = MappingProxyType(
    {
        Field.NARRATION: Text("摘要", "narration"),
        Field.PAYEE: Text("对方", "payee"),
        Field.ITEM: Text("发票品名", "invoice item"),
        Field.ACTIVITY: Text("活动", "activity"),
        Field.SELLER: Text("发票销售方", "seller on the invoice"),
        Field.DESTINATION: Text("目的地", "destination"),
        Field.OCCASION: Text("事由", "occasion"),
    }
)


@dataclass(frozen=True)
class Word:
    """One word of a list; `plain` and `exceptions` are normalised, `fields` empty where it counts everywhere."""

    word: str
    plain: str
    since: datetime.date
    until: datetime.date | None = None
    exceptions: tuple[str, ...] = ()
    fields: tuple[Field, ...] = ()
    means: str = ""

    def counts(self, day: datetime.date, field: Field) -> bool:
        """Tell whether the word is looked for in a field on a day."""
        return (
            self.since <= day
            and (self.until is None or day <= self.until)
            and (not self.fields or field in self.fields)
        )


@dataclass(frozen=True, eq=False)
class WordList:
    """Words that point at one subject, with the reason and the clause behind them; `revised` dates the list.

    Two lists are the same only where they are one object: there is one list a key.
    """

    key: str
    label: str
    label_en: str
    why: str
    cite: Citation
    revised: datetime.date
    words: tuple[Word, ...]

    @property
    def shown(self) -> Text:
        """The list as a match names it: label and day of revision."""
        return Text(f"词表“{self.label}”{self.revised} 版", f"word list “{self.label_en}” of {self.revised}")

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """A pattern that finds any of the words in a normalised text: a quick look before the careful one."""
        longest = sorted({word.plain for word in self.words}, key=lambda plain: (-len(plain), plain))
        return re.compile("|".join(re.escape(plain) for plain in longest))

    @cached_property
    def changes(self) -> tuple[datetime.date, ...]:
        """The days from which other words count than on the day before, and the first day of all."""
        after = {w.until + datetime.timedelta(days=1) for w in self.words if w.until and w.until < datetime.date.max}
        return tuple(sorted({datetime.date.min, *(word.since for word in self.words), *after}))

    def state(self, day: datetime.date) -> datetime.date:
        """Return the first day from which the same words count as on a day, so that days can be taken together."""
        return self.changes[bisect_right(self.changes, day) - 1]


@cache
def load_words() -> Mapping[str, WordList]:
    """Return every list that comes with the package by its key; raises LawError with every fault of the files."""
    return parse_words(data_texts(FOLDER), load_law().instruments)


def word_list(key: str) -> WordList:
    """Return the list of that key; KeyError when there is none."""
    return load_words()[key]


def parse_words(texts: Mapping[str, str], instruments: Mapping[str, Instrument]) -> Mapping[str, WordList]:
    """Return the lists that data files declare: path relative to `rules/` → text.

    Raises LawError with every fault of every file.
    """
    faults: list[LawFault] = []
    found: dict[str, WordList] = {}
    for path in sorted(texts):
        cursor = Cursor(path, faults)
        data = cursor.toml(texts[path])
        if not data:
            cursor.fault("没有内容", "写入一个词表，或删去这个文件")
            continue
        listed = _list(cursor, data, instruments)
        if listed.key in found:
            cursor.at(listed.key).fault("这个词表已在另一个文件里", "合并为一个文件")
        if path != f"{FOLDER}/{listed.key}.toml":
            cursor.at(listed.key).fault("文件路径与词表名不一致", f"移到 {FOLDER}/{listed.key}.toml，或改正 key")
        found[listed.key] = listed
    if faults:
        raise LawError(faults)
    return MappingProxyType(found)


def _list(cursor: Cursor, data: Mapping[str, Any], instruments: Mapping[str, Instrument]) -> WordList:
    key = cursor.text("key", data.get("key"))
    here = cursor.at(key)
    if key and not _KEY.fullmatch(key):
        here.fault(f"“{key}”不是词表名", "小写英文和下划线，例如 scenic_spots")
    here.known(data, LIST_KEYS)
    cite = here.table("cite", data.get("cite"))
    here.known(cite, ("instrument", "article"), "cite.")
    instrument = here.text("cite.instrument", cite.get("instrument"))
    if instrument and instrument not in instruments:
        here.fault(f"instruments.toml 里没有文件“{instrument}”", "先登记该文件，或改正 cite.instrument")
    since = here.day("from", data.get("from")) or datetime.date.min
    entries = here.tables("words", data.get("words"))
    if not entries:
        here.fault("没有任何词", '至少写一个 { word = "…" }')
    words = tuple(_word(here, number, entry, since) for number, entry in enumerate(entries, 1))
    _refuse_repeated(here, words)
    return WordList(
        key=key,
        label=here.text("label", data.get("label")),
        label_en=here.text("label_en", data.get("label_en")),
        why=here.text("why", data.get("why")),
        cite=Citation(instrument, here.text("cite.article", cite.get("article"), required=False)),
        revised=here.day("revised", data.get("revised")) or datetime.date.min,
        words=words,
    )


def _word(cursor: Cursor, number: int, entry: Mapping[str, Any], since: datetime.date) -> Word:
    word = cursor.at(cursor.key, f"第{number}个词").text("word", entry.get("word"))
    here = cursor.at(cursor.key, word or f"第{number}个词")
    here.known(entry, WORD_KEYS)
    plain = normalise(word)
    if word and (not plain or "|" in plain):
        here.fault("去掉标点和空格后不是一个词", "写文字，不写标点")
    begins = here.day("from", entry["from"]) if "from" in entry else since
    until = here.day("to", entry["to"]) if "to" in entry else None
    if begins and until and until < begins:
        here.fault(f"“to”（{until}）早于“from”（{begins}）", "起止日期都算在内，to 不得早于 from")
    exceptions = tuple(normalise(text) for text in _texts(here, "except", entry.get("except", [])))
    for text in exceptions:
        if plain not in text or text == plain:
            here.fault(f"例外“{text}”不是含有这个词的更长的话", "例外须含有这个词，例如“茶话会”之于“茶”")
    fields = tuple(
        Field(here.choice("fields", name, tuple(Field))) for name in _texts(here, "fields", entry.get("fields", []))
    )
    means = here.text("means", entry.get("means"), required=False)
    return Word(word, plain, begins or since, until, exceptions, fields, means)


def _texts(here: Cursor, name: str, value: object) -> tuple[str, ...]:
    if isinstance(value, list) and all(isinstance(item, str) and item.strip() for item in value):
        return tuple(value)
    here.fault(f"“{name}”不是一组文本，或其中有空的", f'写作 {name} = ["…"]')
    return ()


def _refuse_repeated(here: Cursor, words: tuple[Word, ...]) -> None:
    forever = datetime.date.max
    seen: dict[str, list[Word]] = defaultdict(list)
    for word in words:
        for other in seen[word.plain]:
            meet = word.since <= (other.until or forever) and other.since <= (word.until or forever)
            apart = bool(word.fields) and bool(other.fields) and not set(word.fields) & set(other.fields)
            if word.plain and meet and not apart:
                here.at(here.key, word.word).fault("这个词写了两次", "删去一个，或分清起止日期")
        seen[word.plain].append(word)
