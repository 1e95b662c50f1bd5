"""The kinds of spending and the accounts that take them, read from `spending_kinds.toml` as strictly as the law."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any

from ledger.accounts import chart_on
from rules.finding import Citation
from rules.law_loader import data_texts, load_law
from rules.law_schema import Cursor, LawError, LawFault

FILE = "mapping/spending_kinds.toml"
KIND_KEYS = ("key", "label", "label_en", "meanings", "note", "decided_by")


@dataclass(frozen=True)
class SpendingKind:
    """One kind of spending of the measures of 2017.

    `meanings` are the accounts of 2021 that take it; with several, `decided_by` is the key of the value (a code
    of five digits) with which a union says which of them it uses.
    """

    key: str
    label: str
    label_en: str
    meanings: tuple[str, ...]
    note: str = ""
    decided_by: str = ""


@dataclass(frozen=True)
class Mapping2021:
    """All kinds by key, with the day from which the mapping holds and the clause it rests on."""

    since: datetime.date
    cite: Citation
    kinds: Mapping[str, SpendingKind]


@cache
def load_mapping() -> Mapping2021:
    """Return the mapping that comes with the package; raises LawError with every fault of its file."""
    law = load_law()
    return parse_mapping(data_texts("mapping")[FILE], tuple(law.instruments), tuple(law.parameters))


def parse_mapping(text: str, instruments: Sequence[str], parameters: Sequence[str]) -> Mapping2021:
    """Return the mapping that a data file declares, or raise LawError with every fault.

    Meanings must stand in the chart of the first day, decisions among the parameters of law.
    """
    faults: list[LawFault] = []
    cursor = Cursor(FILE, faults)
    data = cursor.toml(text)
    cursor.known(data, ("key", "cite", "from", "kinds"))
    cite = cursor.table("cite", data.get("cite"))
    cursor.known(cite, ("instrument", "article"), "cite.")
    instrument = cursor.text("cite.instrument", cite.get("instrument"))
    if instrument and instrument not in instruments:
        cursor.fault(f"instruments.toml 里没有文件“{instrument}”", "先登记该文件，或改正 cite.instrument")
    since = cursor.day("from", data.get("from")) or datetime.date.max
    known = tuple(chart_on(since).by_meaning)
    kinds: dict[str, SpendingKind] = {}
    for number, entry in enumerate(cursor.tables("kinds", data.get("kinds", [])), 1):
        kind = _kind(cursor, number, entry, known, parameters)
        if kind.key in kinds:
            cursor.at(kind.key).fault("这个种类写了两次", "删去一个，或改名")
        kinds[kind.key] = kind
    if faults:
        raise LawError(faults)
    article = cursor.text("cite.article", cite.get("article"))
    return Mapping2021(since, Citation(instrument, article), MappingProxyType(kinds))


def _kind(
    cursor: Cursor, number: int, entry: Mapping[str, Any], known: Sequence[str], parameters: Sequence[str]
) -> SpendingKind:
    key = cursor.at(f"第{number}个种类").text("key", entry.get("key"))
    here = cursor.at(key or f"第{number}个种类")
    here.known(entry, KIND_KEYS)
    meanings = entry.get("meanings")
    if not isinstance(meanings, list) or not meanings:
        here.fault("缺少“meanings”，或它不是一组科目含义", 'meanings = ["publicity_expense"]')
        meanings = []
    for meaning in meanings:
        if meaning not in known:
            here.fault(f"会计科目表没有“{meaning}”", "用 ledger/chart/2021.csv 里 meaning 一列的词")
    decided_by = here.text("decided_by", entry.get("decided_by"), required=False)
    if decided_by and decided_by not in parameters:
        here.fault(f"没有参数“{decided_by}”", "先在 rules/params 登记，或改正 decided_by")
    return SpendingKind(
        key=key,
        label=here.text("label", entry.get("label")),
        label_en=here.text("label_en", entry.get("label_en")),
        meanings=tuple(str(meaning) for meaning in meanings),
        note=here.text("note", entry.get("note"), required=False),
        decided_by=decided_by,
    )
