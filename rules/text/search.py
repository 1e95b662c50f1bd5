"""Vouchers whose words match: the texts of each voucher of spending, searched list by list, gathered one a voucher."""

from __future__ import annotations

import datetime
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from itertools import accumulate
from types import MappingProxyType
from typing import NamedTuple

import numpy as np
import pandas as pd

from ledger.money import shown_yuan
from ledger.rows import Row, chosen, listed, records
from rules.finding import Certainty, Citation, Evidence, Finding, Severity, Text
from rules.gather import net_by_entry, ranks
from rules.law import ParameterValue
from rules.rule import Case, evidence_of
from rules.text.lists import Field, word_list
from rules.text.match import Match, match, told
from rules.text.normalise import normalise

EVERYWHERE = tuple(Field)
_COLUMNS: Mapping[Field, str] = MappingProxyType(
    {
        Field.NARRATION: "narration",
        Field.PAYEE: "payee",
        Field.ACTIVITY: "activity",
        Field.SELLER: "invoice_seller",
        Field.DESTINATION: "destination",
        Field.OCCASION: "occasion",
        Field.ITEM: "item",
    }
)


class Spoken(NamedTuple):
    """One voucher of spending with the words that matched in it.

    `amount_fen` is what it spent, less what later vouchers took back by name (`reverses`). `row` is its first
    posting of spending in order of account, `meanings` the statutory accounts it spent on, `entry` for joining only.
    """

    row: Row
    day: datetime.date
    amount_fen: int
    meanings: frozenset[str]
    matches: tuple[Match, ...]
    entry: int

    @property
    def voucher(self) -> str:
        """Number of the voucher."""
        return str(self.row["voucher"])

    def of(self, *keys: str) -> tuple[Match, ...]:
        """Return the matches of some lists."""
        return tuple(one for one in self.matches if one.list.key in keys)

    def in_item(self) -> bool:
        """Tell whether a match stands in an invoice's item."""
        return any(one.field is Field.ITEM for one in self.matches)


def spending(case: Case) -> pd.DataFrame:
    """Return the postings of spending of the period with `item`: what the invoices register says was bought.

    Where the register names another seller than the voucher, the voucher's stays.
    """
    return case.facts.once(("spending", case.since, case.until), lambda: _spending(case)).copy(deep=False)


def _spending(case: Case) -> pd.DataFrame:
    rows = case.activity
    rows = rows[rows["element"] == "expense"]
    rows = rows.assign(narration=rows["narration"].astype("category"))
    told: dict[str, set[str]] = defaultdict(set)
    if "invoices" in case.facts.registers:
        register = case.register("invoices")
        for invoice, item in zip(register["invoice"].tolist(), register["item"].tolist(), strict=True):
            if item:
                told[invoice].add(item)
    items = {invoice: "；".join(sorted(own)) for invoice, own in told.items()}
    bought = pd.Series([items.get(invoice, "") for invoice in rows["invoice"].tolist()], rows.index, "object")
    return rows.assign(item=bought.astype("category"))


def search(
    case: Case, rows: pd.DataFrame, keys: Sequence[str], fields: Collection[Field] = EVERYWHERE
) -> tuple[Spoken, ...]:
    """Return the vouchers among rows of `spending` in which a word of the lists matches, in order of day and number.

    A list counts by the day of the event. Vouchers that spent nothing in the end are left out.
    """
    if rows.empty:
        return ()
    said: dict[int, list[tuple[int, int, str]]] = defaultdict(list)
    entries = rows["entry"].to_numpy()
    for place, field in enumerate(fields):
        texts = rows[_COLUMNS[field]].astype("category").array
        page = _page_of(case, texts.categories)
        pointing = _pointing(page, keys)
        if pointing:
            there = np.zeros(len(page.texts), dtype=bool)
            there[list(pointing)] = True
            codes = texts.codes
            hit = there[codes]
            told = {code: [(key, place, page.texts[code]) for key in hits] for code, hits in pointing.items()}
            for entry, code in set(zip(entries[hit].tolist(), codes[hit].tolist(), strict=True)):
                said[entry] += told[code]
    if not said:
        return ()
    spoken, fields = [], tuple(fields)
    for one in gathered(case, rows[rows["entry"].isin(list(said))]):
        matches: dict[Match, None] = {}
        for key, place, text in sorted(said[one.entry]):
            matches.update(dict.fromkeys(match(text, keys[key], one.day, fields[place])))
        if matches:
            spoken.append(Spoken(one.row, one.day, one.amount_fen, one.meanings, tuple(matches), one.entry))
    return tuple(spoken)


class _Page(NamedTuple):
    """Different texts normalised as one, a line each, and where lines end: one look finds a word in any of them."""

    categories: pd.Index  # held, so that no other ever has its identity
    texts: list[str]
    plain: str
    ends: list[int]


def _page_of(case: Case, categories: pd.Index) -> _Page:
    def made() -> _Page:
        texts = categories.to_numpy(dtype=object).tolist()
        lines = [normalise(text) if text else "" for text in texts]
        return _Page(categories, texts, "\n".join(lines), list(accumulate(len(line) + 1 for line in lines)))

    return case.facts.once(("page", id(categories)), made)


def _pointing(page: _Page, keys: Sequence[str]) -> dict[int, list[int]]:
    """Return by place of a text on the page the places of the lists of which a quick look finds a word in it."""
    found: dict[int, list[int]] = {}
    for place, key in enumerate(keys):
        for hit in word_list(key).pattern.finditer(page.plain):
            own = found.setdefault(bisect_right(page.ends, hit.start()), [])
            if not own or own[-1] != place:
                own.append(place)
    return found


def _texts(rows: pd.DataFrame, column: str) -> Mapping[int, set[str]]:
    """Return the different texts of a column by voucher."""
    found: dict[int, set[str]] = defaultdict(set)
    for entry, text in set(zip(rows["entry"].tolist(), rows[column].tolist(), strict=True)):
        if text:
            found[entry].add(text)
    return found


def gathered(case: Case, rows: pd.DataFrame) -> list[Spoken]:
    """Return rows of `spending` voucher by voucher, without those that spent nothing in the end."""
    if rows.empty:
        return []
    taken_back = _taken_back(case)
    spent = net_by_entry(rows)
    meanings = _texts(rows, "meaning")
    entries = rows["entry"].to_numpy()
    order = np.lexsort((rows["line"].to_numpy(), rows["amount_fen"].to_numpy(), ranks(rows["account"]), entries))
    begins = np.diff(entries[order], prepend=entries[order[0]] - 1) != 0
    first = chosen(rows, order[begins])
    found = []
    days = first["event_date"].to_numpy().astype("datetime64[D]").tolist()
    columns = (first["entry"].tolist(), listed(first["voucher"]), days)
    for row, entry, voucher, day in zip(records(first), *columns, strict=True):
        amount = spent[entry] + taken_back.get(voucher, 0)
        if amount > 0:
            found.append(Spoken(row, day, amount, frozenset(meanings.get(entry, ())), (), entry))
    return sorted(found, key=lambda one: (one.day, one.voucher, one.amount_fen))


def _taken_back(case: Case) -> Mapping[str, int]:
    """Return what later vouchers took back from the spending of a voucher that they name, in fen below zero."""
    return case.facts.once(("taken back", case.until), lambda: _sums_taken_back(case))


def _sums_taken_back(case: Case) -> Mapping[str, int]:
    rows = case.facts.journal
    rows = rows[(rows["element"] == "expense") & (rows["date"] <= pd.Timestamp(case.until))]
    rows = rows[rows["reverses"] != ""]
    sums = rows.groupby(rows["reverses"].astype(str))["amount_fen"].sum()
    return {str(voucher): min(0, int(amount)) for voucher, amount in sums.items()}


def keeping(spoken: Iterable[Spoken], wanted: Callable[[Spoken], bool]) -> tuple[Spoken, ...]:
    """Return the vouchers for which a test holds."""
    return tuple(one for one in spoken if wanted(one))


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
        evidence=(evidence_of(one.row, said, amount_fen=one.amount_fen), *beside),
        amount_fen=one.amount_fen,
        parameters=parameters,
        certainty=certainty,
        severity=severity,
        citations=citations,
        related=related,
    )
