"""What a book already holds, as vouchers and budget lines again, so that an import can tell old from new."""

from __future__ import annotations

import datetime
import unicodedata
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

import pandas as pd

from ledger.contracts import POSTING_METADATA, VOUCHERS
from ledger.facts import Facts
from ledger.reader.metadata import contract_of, document_keys
from ledger.vouchers import BudgetEntry, Line, Voucher, parse_voucher_number

_FIRST, _LAST = tuple(VOUCHERS).index("attachments"), tuple(VOUCHERS).index("file")
_PLAIN = tuple(n for n in tuple(VOUCHERS)[_FIRST:_LAST] if n not in ("documents", "contract", "contract_date"))
_TAGS = (("opening", "opening"), ("carry_forward", "carry-forward"), ("change_over", "change-over"))
_KNOWN_TAGS = frozenset(tag for _, tag in _TAGS)


def vouchers_of(facts: Facts) -> Iterator[Voucher]:
    """Yield every voucher of a book as facts know it, in the facts' order.

    A line's metadata are those that differ from its voucher's; a number not in the book's form gives None.
    """
    lines: dict[int, list[dict[str, Any]]] = {}
    for posting in facts.postings.sort_values(["entry", "posting"]).to_dict("records"):
        lines.setdefault(posting["entry"], []).append({str(k): v for k, v in posting.items()})
    for record in facts.vouchers.to_dict("records"):
        row = {str(key): value for key, value in record.items()}
        metadata = _metadata(row)
        yield Voucher(
            date=row["date"].date(),
            number=parse_voucher_number(row["voucher"]),
            payee=str(row["payee"]),
            narration=str(row["narration"]),
            lines=tuple(_line(posting, metadata) for posting in lines.get(row["entry"], [])),
            metadata=MappingProxyType(metadata),
            tags=tuple(tag for column, tag in _TAGS if row[column]),
        )


def budgets_of(facts: Facts) -> Iterator[BudgetEntry]:
    """Yield every budget line of a book."""
    for record in facts.budgets.to_dict("records"):
        row = {str(key): value for key, value in record.items()}
        yield BudgetEntry(
            date=row["date"].date(),
            year=int(row["year"]),
            account=str(row["account"]),
            amount_fen=int(row["amount_fen"]),
            version=int(row["version"]),
            project=str(row["project"]),
            committee=_day(row["committee"]),
            audit_review=_day(row["audit_review"]),
            approved=_day(row["approved"]),
            reason=str(row["reason"]),
        )


def comparable(voucher: Voucher) -> tuple[object, ...]:
    """Return what two vouchers of one number must agree in to be the same voucher, as far as facts keep it."""
    metadata = {key: _plain(text) for key, text in voucher.metadata.items() if _is_kept(key) and _plain(text)}
    if metadata.get("occurred") == voucher.date.isoformat():
        del metadata["occurred"]
    contract = contract_of(metadata.get("contract", ""))[0]
    above = {**metadata, "contract": contract}
    lines = []
    for line in voucher.lines:
        own = {key: _own(key, text) for key, text in line.metadata.items() if _is_own(key)}
        lines.append(
            (line.account, line.amount_fen, tuple(sorted((k, t) for k, t in own.items() if above.get(k) != t)))
        )
    documents = [
        meta[key] for meta in (voucher.metadata, *(x.metadata for x in voucher.lines)) for key in document_keys(meta)
    ]
    return (
        voucher.date,
        _plain(voucher.payee),
        _plain(voucher.narration),
        tuple(sorted(_KNOWN_TAGS.intersection(voucher.tags))),
        (*sorted(metadata.items()), *dict.fromkeys(documents)),
        tuple(lines),
    )


def _plain(text: str) -> str:
    return unicodedata.normalize("NFC", text).strip()


def _own(key: str, text: str) -> str:
    return contract_of(_plain(text))[0] if key == "contract" else _plain(text)


def _is_kept(key: str) -> bool:
    name = key.replace("-", "_")
    return name in _PLAIN or key in ("occurred", "contract")


def _is_own(key: str) -> bool:
    return key.replace("-", "_") in POSTING_METADATA


def _metadata(row: Mapping[str, Any]) -> dict[str, str]:
    found = {name.replace("_", "-"): text for name in _PLAIN if (text := _text(row[name]))}
    if row["event_date"] != row["date"]:
        found["occurred"] = _text(row["event_date"])
    contract, signed = _text(row["contract"]), _text(row["contract_date"])
    if contract:
        found["contract"] = f"{contract} {signed}".strip()
    for number, name in enumerate(filter(None, str(row["documents"]).split("\n")), 1):
        found["document" if number == 1 else f"document-{number}"] = name
    return found


def _line(posting: Mapping[str, Any], metadata: Mapping[str, str]) -> Line:
    own = {}
    for name in POSTING_METADATA:
        key, text = name.replace("_", "-"), _text(posting[name])
        above = metadata.get(key, "")
        if text and text != (above.rsplit(" ", 1)[0] if key == "contract" and text != above else above):
            own[key] = text
    return Line(str(posting["account"]), int(posting["amount_fen"]), MappingProxyType(own))


def _text(value: Any) -> str:
    if value is None or value is pd.NaT or value is pd.NA or (isinstance(value, float) and pd.isna(value)):
        return ""
    if isinstance(value, datetime.datetime):
        return value.date().isoformat()
    return str(value)


def _day(value: Any) -> datetime.date | None:
    text = _text(value)
    return datetime.date.fromisoformat(text) if text else None
