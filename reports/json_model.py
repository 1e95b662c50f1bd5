"""JSON of a document: the one source that every printed form was made from, kept beside them and hashed."""

from __future__ import annotations

import dataclasses
import datetime
import json
from decimal import Decimal
from fractions import Fraction
from typing import Any

from reports.model import Document
from rules.finding import Finding, Text

SCHEMA = "union-audit-document/1"


def to_json(document: Document) -> str:
    """Return a document as JSON text: amounts in fen, shares as text, every block with its type under `is`.

    Equal documents give equal text.
    """
    return json.dumps({"schema": SCHEMA, **_plain(document)}, ensure_ascii=False, indent=1) + "\n"


def _plain(value: Any) -> Any:
    if isinstance(value, Text):
        return {"zh": value.zh, "en": value.en}
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        # A finding's key is made of names and member numbers, and no redaction reaches it: its id stands for it.
        kept = (f.name for f in dataclasses.fields(value) if not (isinstance(value, Finding) and f.name == "key"))
        fields = {name: _plain(getattr(value, name)) for name in kept}
        return {"is": type(value).__name__, **fields}
    if hasattr(value, "_asdict"):
        return {name: _plain(item) for name, item in value._asdict().items()}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, Decimal | Fraction):
        return str(value)
    if value is None or isinstance(value, (str, int)):
        return value
    raise TypeError(f"a document holds no {type(value).__name__}")
