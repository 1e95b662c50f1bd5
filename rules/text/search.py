"""Vouchers whose words match: the texts of each voucher of spending, searched list by list, gathered one a voucher."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

import pandas as pd

from ledger.money import shown_yuan
from rules.finding import Certainty, Citation, Evidence, Finding, Severity, Text
from rules.gather import day as date_of
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


@dataclass(frozen=True)
class Spoken:
    """One voucher of spending with the words that matched in it.

    `amount_fen` is what it spent, less what later vouchers took back by name (`reverses`). `row` is its first
    posting of spending in order of account, `meanings` the statutory accounts it spent on.
    """

    row: pd.Series
    day: datetime.date
    amount_fen: int
    meanings: frozenset[str]
    matches: tuple[Match, ...]

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
    items: dict[str, str] = {}
    if "invoices" in case.facts.registers:
        for invoice, own in case.register("invoices").groupby("invoice", observed=True, sort=True):
            items[str(invoice)] = "；".join(sorted({str(item) for item in own["item"] if str(item)}))
    return rows.assign(item=[items.get(str(invoice), "") for invoice in rows["invoice"]])


def search(
    case: Case, rows: pd.DataFrame, keys: Sequence[str], fields: Collection[Field] = EVERYWHERE
) -> tuple[Spoken, ...]:
    """Return the vouchers among rows of `spending` in which a word of the lists matches, in order of day and number.

    A list counts by the day of the event. Vouchers that spent nothing in the end are left out.
    """
    if rows.empty:
        return ()
    lists = [word_list(key) for key in keys]
    hit = pd.Series(False, index=rows.index)
    for field in fields:
        texts = rows[_COLUMNS[field]].astype(str)
        unique = [text for text in texts.unique() if text]
        near = {text for text in unique if any(listed.pattern.search(normalise(text)) for listed in lists)}
        hit |= texts.isin(near)
    found = rows[rows["entry"].isin(rows.loc[hit, "entry"].unique())]
    said = {field: _texts(found, _COLUMNS[field]) for field in fields}
    spoken = []
    for one in gathered(case, found):
        matches: dict[Match, None] = {}
        for key in keys:
            for field in fields:
                for text in sorted(said[field].get(int(one.row["entry"]), ())):
                    matches.update(dict.fromkeys(match(text, key, one.day, field)))
        if matches:
            spoken.append(replace(one, matches=tuple(matches)))
    return tuple(spoken)


def _texts(rows: pd.DataFrame, column: str) -> Mapping[int, set[str]]:
    """Return the different texts of a column by voucher."""
    found: dict[int, set[str]] = defaultdict(set)
    for entry, text in zip(rows["entry"], rows[column].astype(str), strict=True):
        if text:
            found[int(entry)].add(text)
    return found


def gathered(case: Case, rows: pd.DataFrame) -> list[Spoken]:
    """Return rows of `spending` voucher by voucher, without those that spent nothing in the end."""
    if rows.empty:
        return []
    taken_back = _taken_back(case)
    spent = {int(str(entry)): int(amount) for entry, amount in rows.groupby("entry")["amount_fen"].sum().items()}
    meanings = _texts(rows, "meaning")
    ordered = rows.assign(name=rows["account"].astype(str)).sort_values(["entry", "name", "amount_fen", "line"])
    found = []
    first = ordered.drop(columns="name").drop_duplicates("entry")
    net = [spent[int(e)] + taken_back.get(str(v), 0) for e, v in zip(first["entry"], first["voucher"], strict=True)]
    for (_, row), amount in zip(first.iterrows(), net, strict=True):
        if amount > 0:
            own = frozenset(meanings.get(int(row["entry"]), ()))
            found.append(Spoken(row, date_of(row["event_date"]), amount, own, ()))
    return sorted(found, key=lambda one: (one.day, one.voucher, one.amount_fen))


def _taken_back(case: Case) -> Mapping[str, int]:
    """Return what later vouchers took back from the spending of a voucher that they name, in fen below zero."""
    rows = case.facts.journal
    rows = rows[(rows["element"] == "expense") & (rows["date"] <= pd.Timestamp(case.until))]
    rows = rows[rows["reverses"].astype(str) != ""]
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
