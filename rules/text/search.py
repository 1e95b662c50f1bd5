"""Vouchers whose words match: each different text of spending is looked at once, then the vouchers it stands in."""

from __future__ import annotations

import datetime
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from itertools import accumulate, chain, repeat
from operator import attrgetter
from types import MappingProxyType
from typing import NamedTuple

from ledger.journal_rows import PostingRow, VoucherRow
from ledger.money import shown_yuan
from ledger.register_rows import InvoiceRow
from rules.evidence import posting_evidence
from rules.finding import Certainty, Citation, Evidence, Finding, Severity, Text
from rules.gather import taken_back
from rules.law import ParameterValue
from rules.rule import Case
from rules.text.lists import Field, word_list
from rules.text.match import Match, match, told
from rules.text.normalise import normalise

EVERYWHERE = tuple(Field)
Wanted = Callable[[PostingRow], bool]

# Where a posting tells each text; the item is not there, it stands in the register of invoices.
_OF_VOUCHER: Mapping[Field, Callable[[VoucherRow], str]] = MappingProxyType(
    {field: attrgetter(field) for field in (Field.NARRATION, Field.PAYEE, Field.ACTIVITY, Field.DESTINATION)}
)
_OF_POSTING: Mapping[Field, Callable[[PostingRow], str]] = MappingProxyType(
    {Field.SELLER: attrgetter("invoice_seller"), Field.OCCASION: attrgetter("occasion")}
)


class Spoken(NamedTuple):
    """One voucher of spending with the words that matched in it.

    `amount_fen` is what it spent, less what later vouchers took back by name (`reverses`). `row` is its first
    posting of spending in order of account, `item` what the invoice of that posting was for, `day` the event's,
    `meanings` are the statutory accounts it spent on.
    """

    row: PostingRow
    item: str
    day: datetime.date
    amount_fen: int
    meanings: frozenset[str]
    matches: tuple[Match, ...]

    @property
    def head(self) -> VoucherRow:
        """The voucher."""
        return self.row.head

    @property
    def voucher(self) -> str:
        """Number of the voucher."""
        return self.row.head.voucher

    @property
    def entry(self) -> int:
        """The voucher's place in the book, for joining only."""
        return self.row.entry

    @property
    def order(self) -> tuple[datetime.date, str, int]:
        """What vouchers are told in order of: the day of the event, their number and what they spent."""
        return (self.day, self.voucher, self.amount_fen)

    def of(self, *keys: str) -> tuple[Match, ...]:
        """Return the matches of some lists."""
        return tuple(one for one in self.matches if one.list.key in keys)

    def in_item(self) -> bool:
        """Tell whether a match stands in an invoice's item."""
        return any(one.field is Field.ITEM for one in self.matches)

    def evidence(self, note: Text | None = None) -> Evidence:
        """Return it as evidence with what it spent; the note is its matches where none is given."""
        return posting_evidence(self.row, told(self.matches) if note is None else note, self.amount_fen)


def spending(case: Case) -> Sequence[PostingRow]:
    """Return the postings of spending of the period, in order of day and voucher."""
    return case.facts.once(("spending", case.since, case.until), lambda: case.booked.of("expense"))


def vouchers_spent(case: Case, since: datetime.date = datetime.date.min) -> int:
    """Return how many vouchers of the period have a posting of spending, from a day on."""
    first = max(since, case.since)
    name = ("vouchers spent", first, case.until)
    return case.facts.once(name, lambda: len({posting.entry for posting in spending(case) if posting.date >= first}))


def items(case: Case) -> Mapping[str, str]:
    """Return by invoice what the register says was bought, "" where it does not; empty without that register."""
    return case.facts.once("items of invoices", lambda: _items(case))


def _items(case: Case) -> Mapping[str, str]:
    if "invoices" not in case.facts.registers:
        return {}
    rows = case.rows(InvoiceRow)
    found = {row.invoice: row.item for row in rows}
    if len(found) == len(rows):
        return found
    several: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        several[row.invoice].add(row.item)
    return {invoice: "；".join(sorted(own - {""})) for invoice, own in several.items()}


def by_text(case: Case, field: Field) -> Mapping[str, Sequence[PostingRow]]:
    """Return the postings of spending by the text that they have in a field, without those that have none."""

    def made() -> Mapping[str, Sequence[PostingRow]]:
        if not _different(case, field):
            return {}
        found: dict[str, list[PostingRow]] = defaultdict(list)
        for text, posting in zip(_texts(case, field), spending(case), strict=True):
            found[text].append(posting)
        found.pop("", None)
        return dict(found)

    return case.facts.once(("spending by text", case.since, case.until, field), made)


def about(case: Case, occasion: str) -> Sequence[PostingRow]:
    """Return the postings of spending on an occasion, in order of voucher."""
    found = {(line.entry, line.posting): line for line in by_text(case, Field.OCCASION).get(occasion, ())}
    for field in (Field.NARRATION, Field.ACTIVITY):
        for text in _different(case, field):
            if occasion in text:
                found |= {(line.entry, line.posting): line for line in by_text(case, field)[text]}
    return tuple(found[place] for place in sorted(found))


def is_about(line: PostingRow, occasion: str) -> bool:
    """Tell whether a posting is about an occasion: it names it, or its voucher's narration or activity has the word."""
    return line.occasion == occasion or occasion in line.head.narration or occasion in line.head.activity


def _texts(case: Case, field: Field) -> Iterable[str]:
    """Return what each posting of spending tells in a field, in their order."""
    postings = spending(case)
    if field is Field.ITEM:
        return map(items(case).get, map(attrgetter("invoice"), postings), repeat(""))
    if field in _OF_POSTING:
        return map(_OF_POSTING[field], postings)
    heads = case.facts.once(("heads of spending", case.since, case.until), lambda: [p.head for p in postings])
    return map(_OF_VOUCHER[field], heads)


def _different(case: Case, field: Field) -> frozenset[str]:
    name = ("texts of spending", case.since, case.until, field)
    return case.facts.once(name, lambda: frozenset(_texts(case, field)) - {""})


class _Page(NamedTuple):
    """Different texts normalised as one, a line each, and where lines end: one look finds a word in any of them."""

    texts: tuple[str, ...]
    plain: str
    ends: tuple[int, ...]


def _page_of(case: Case, field: Field) -> _Page:
    def made() -> _Page:
        texts = tuple(_different(case, field))
        lines = [normalise(text) for text in texts]
        return _Page(texts, "\n".join(lines), tuple(accumulate(len(line) + 1 for line in lines)))

    return case.facts.once(("page", case.since, case.until, field), made)


def speaking(case: Case, key: str, field: Field) -> frozenset[str]:
    """Return the different texts of a field of spending in which a word of a list matches on any day at all."""

    def made() -> frozenset[str]:
        page, listed = _page_of(case, field), word_list(key)
        places = {bisect_right(page.ends, hit.start()) for hit in listed.pattern.finditer(page.plain)}
        near = (page.texts[place] for place in places)
        return frozenset(text for text in near if any(match(text, key, day, field) for day in listed.changes))

    return case.facts.once(("speaking", case.since, case.until, key, field), made)


def search(
    case: Case,
    keys: Sequence[str],
    fields: Collection[Field] = EVERYWHERE,
    *,
    beside: Sequence[str] = (),
    among: Wanted | None = None,
) -> tuple[Spoken, ...]:
    """Return the vouchers of spending in which a word of the lists matches, in order of day and number.

    A list counts by the day of the event. Lists `beside` are looked for only in vouchers where one of `keys`
    matches, and their matches come after. With `among` only the postings for which it holds are looked at and
    counted. Vouchers that spent nothing in the end are left out.
    """
    hits = chain.from_iterable(
        by_text(case, field)[text] for field in fields for key in keys for text in speaking(case, key, field)
    )
    entries = {posting.entry for posting in hits if among is None or among(posting)}
    if not entries:
        return ()
    whole = case.booked.by_entry
    own = (p for entry in sorted(entries) for p in whole[entry] if p.element == "expense")
    return spoken_in(case, [line for line in own if among is None or among(line)], keys, fields, beside=beside)


def spoken_in(
    case: Case,
    postings: Sequence[PostingRow],
    keys: Sequence[str],
    fields: Collection[Field] = EVERYWHERE,
    *,
    beside: Sequence[str] = (),
) -> tuple[Spoken, ...]:
    """Return what `search` does among some postings of spending alone, each of which is looked at."""
    told_by = _told_by(case, postings, fields)
    found = []
    for one in gathered(case, postings):
        matches = _matches(case, told_by[one.entry], keys, one.day)
        if matches:
            more = _matches(case, told_by[one.entry], beside, one.day)
            found.append(one._replace(matches=tuple(dict.fromkeys([*matches, *more]))))
    return tuple(found)


Told = Mapping[Field, set[str]]


def _told_by(case: Case, postings: Iterable[PostingRow], fields: Collection[Field]) -> Mapping[int, Told]:
    """Return the different texts of each voucher in some fields, by entry."""
    found: dict[int, dict[Field, set[str]]] = defaultdict(lambda: {field: set() for field in fields})
    for posting in postings:
        for field, texts in found[posting.entry].items():
            texts.add(_text(case, posting, field))
    return found


def _text(case: Case, posting: PostingRow, field: Field) -> str:
    if field is Field.ITEM:
        return items(case).get(posting.invoice, "")
    return _OF_POSTING[field](posting) if field in _OF_POSTING else _OF_VOUCHER[field](posting.head)


def _matches(case: Case, told_by: Told, keys: Sequence[str], day: datetime.date) -> list[Match]:
    return [
        one
        for key in keys
        for field, texts in told_by.items()
        for text in sorted(texts & speaking(case, key, field))
        for one in match(text, key, day, field)
    ]


def gathered(case: Case, postings: Iterable[PostingRow]) -> list[Spoken]:
    """Return postings of spending voucher by voucher, without those that spent nothing in the end."""
    own: dict[int, list[PostingRow]] = defaultdict(list)
    for posting in postings:
        own[posting.entry].append(posting)
    bought, found = items(case), []
    for lines in (own[entry] for entry in sorted(own)):
        amount = spent_fen(case, lines)
        if amount > 0:
            first = min(lines, key=attrgetter("account", "amount_fen", "line"))
            meanings = frozenset(line.meaning for line in lines if line.meaning)
            found.append(Spoken(first, bought.get(first.invoice, ""), first.head.event_date, amount, meanings, ()))
    return sorted(found, key=attrgetter("order"))


def spent_fen(case: Case, postings: Sequence[PostingRow]) -> int:
    """Return what the postings of one voucher spent, less what later vouchers took back by name, in fen."""
    return sum(line.amount_fen for line in postings) + taken_back(case).get(postings[0].head.voucher, 0)


def pointed_out(
    case: Case,
    one: Spoken,
    looks: Text,
    expected: Text,
    remedy: Text,
    *,
    key: Sequence[str] = (),
    certainty: Certainty = Certainty.LEAD,
    severity: Severity | None = None,
    parameters: Sequence[ParameterValue] = (),
    citations: Sequence[Citation] | None = None,
    related: Sequence[str] = (),
    beside: Sequence[Evidence] = (),
    why: Text | None = None,
) -> Finding:
    """Return the finding that one voucher's words make: a lead, unless told that more than words decides.

    `looks` says what the voucher looks like, `why` replaces the sentences of its matches, `beside` is further
    evidence. The key is the voucher's number, and `key` after it.
    """
    said = told(one.matches) if why is None else why
    money = shown_yuan(one.amount_fen)
    name = one.voucher or "无字号"
    return case.finding(
        one.voucher,
        *key,
        message=Text(
            f"{one.day} 凭证 {name} 列支 {money} 元，{looks.zh}：{said.zh}",
            f"{one.day}, voucher {name}: {money} yuan, {looks.en}: {said.en}",
        ),
        expected=expected,
        found=Text(f"{looks.zh}，{money} 元", f"{looks.en}, {money} yuan"),
        remedy=remedy,
        evidence=(one.evidence(said), *beside),
        amount_fen=one.amount_fen,
        parameters=parameters,
        certainty=certainty,
        severity=severity,
        citations=citations,
        related=related,
    )
