"""Reads the events' TOML strictly: an unknown key, account, field or amount is an error, and all are told at once."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any, NamedTuple

from ledger.accounts import charts
from ledger.contracts import VOUCHERS
from ledger.events.model import (
    NO_WORDS,
    Choice,
    EntryLine,
    Event,
    Field,
    Kind,
    Level,
    Split,
    Term,
    Words,
)

SHARED = "fields.toml"

_TEMPLATE = re.compile(r"\{(\w+)\}")
_TERM = re.compile(r"\s*([+-]?)\s*(\w+)")
_NAME = re.compile(r"[a-z][a-z0-9_]*")
# Metadata keys are the contract's columns; the reader makes the others of them itself.
_METADATA = frozenset(
    key.replace("_", "-")
    for key in VOUCHERS
    if key
    not in {"entry", "voucher", "word", "number", "period", "date", "event_date", "payee", "narration", "opening"}
    | {"carry_forward", "change_over", "documents", "file", "line"}
) | {"occurred"}
_FIELD_KEYS = frozenset(
    {"zh", "en", "kind", "required", "choices", "help_zh", "help_en", "default", "metadata", "accounts", "prefer"}
    | {"named", "required_when", "zero"}
)
_EVENT_KEYS = frozenset(
    {"key", "zh", "en", "level", "source", "fields", "sets", "lines", "narration", "help_zh", "help_en", "aliases"}
    | {"splits", "metadata", "copies"}
)
_LINE_KEYS = frozenset({"debit", "credit", "amount", "below", "when", "flips", "treasury"})
_SPLIT_KEYS = frozenset({"of", "share", "part", "rest"})


class EventsError(ValueError):
    """Faults in the events' data, each with file and event."""

    def __init__(self, faults: Sequence[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = tuple(faults)


class Shared(NamedTuple):
    """What all event files share: fields by name, sets of fields, and the titles of groups."""

    fields: Mapping[str, Mapping[str, Any]]
    sets: Mapping[str, tuple[str, ...]]
    groups: Mapping[str, Words]


class _Fault(ValueError):
    pass


@cache
def all_events() -> tuple[Event, ...]:
    """Return every event, in the order of the files and within them.

    Raises EventsError when the data are at fault.
    """
    folder = files("ledger").joinpath("events", "data")
    texts = {item.name: item.read_text(encoding="utf-8") for item in folder.iterdir() if item.name.endswith(".toml")}
    return load_events(texts)


@cache
def group_titles() -> Mapping[str, Words]:
    """Return the titles of the groups of events, in the order pages show them."""
    text = files("ledger").joinpath("events", "data", SHARED).read_text(encoding="utf-8")
    return _shared(tomllib.loads(text)).groups


@cache
def common_fields() -> tuple[str, ...]:
    """Return the keys of the fields that every event ends with: 摘要, attachments and signatures, all optional."""
    text = files("ledger").joinpath("events", "data", SHARED).read_text(encoding="utf-8")
    return _shared(tomllib.loads(text)).sets["every"]


def load_events(texts: Mapping[str, str]) -> tuple[Event, ...]:
    """Return the events of TOML texts by file name; `fields.toml` holds what they share. Raises EventsError."""
    shared = _shared(tomllib.loads(texts[SHARED]))
    order = {group: place for place, group in enumerate(shared.groups)}
    faults: list[str] = []
    events: dict[str, Event] = {}
    documents = {name: tomllib.loads(text) for name, text in texts.items() if name != SHARED}
    for name, document in sorted(documents.items(), key=lambda item: (order.get(str(item[1].get("group")), 99), item)):
        if set(document) != {"group", "events"} or document["group"] not in shared.groups:
            faults.append(f"{name}: holds `group` (one of {', '.join(shared.groups)}) and `events`, nothing else")
            continue
        for table in document["events"]:
            try:
                event = _event(table, document["group"], shared)
                _require(event.key not in events, "its key is taken")
            except (_Fault, KeyError, TypeError, ValueError) as error:
                faults.append(f"{name}, {table.get('key', '?')}: {error}")
            else:
                events[event.key] = event
    if faults:
        raise EventsError(faults)
    return tuple(events.values())


def _shared(document: Mapping[str, Any]) -> Shared:
    return Shared(
        fields=document["fields"],
        sets=MappingProxyType({name: tuple(keys) for name, keys in document["sets"].items()}),
        groups=MappingProxyType({key: Words(*pair) for key, pair in document["groups"].items()}),
    )


def _require(holds: bool, message: str) -> None:
    if not holds:
        raise _Fault(message)


def _known(table: Mapping[str, Any], keys: frozenset[str], what: str) -> None:
    unknown = sorted(set(table) - keys)
    _require(not unknown, f"{what} has unknown keys {', '.join(unknown)}")


def _event(table: Mapping[str, Any], group: str, shared: Shared) -> Event:
    _known(table, _EVENT_KEYS, "the event")
    wanted = ["date", *table.get("fields", ()), *(n for name in table.get("sets", ()) for n in shared.sets[name])]
    fields = tuple(_field(item, shared) for item in [*wanted, *shared.sets["every"]])
    event = Event(
        key=table["key"],
        title=Words(table["zh"], table["en"]),
        group=group,
        level=Level(table["level"]),
        sources=tuple(table["source"]),
        fields=fields,
        lines=tuple(_line(line) for line in table.get("lines", ())),
        narration=table["narration"],
        help=_help(table),
        aliases=tuple(table.get("aliases", ())),
        splits=tuple(_split(split) for split in table.get("splits", ())),
        metadata=MappingProxyType(dict(table.get("metadata", {}))),
        copies=table.get("copies", ""),
    )
    _check(event)
    return event


def _help(table: Mapping[str, Any]) -> Words:
    return Words(table["help_zh"], table["help_en"]) if "help_zh" in table else NO_WORDS


def _field(item: str | Mapping[str, Any], shared: Shared) -> Field:
    if isinstance(item, str):
        return _built(item, shared.fields[item])
    own = {key: value for key, value in item.items() if key not in ("use", "as")}
    base = shared.fields[item["use"]]
    return _built(item.get("as", item["use"]), {**base, **own})


def _built(key: str, table: Mapping[str, Any]) -> Field:
    _known(table, _FIELD_KEYS, f"field {key}")
    _require(_NAME.fullmatch(key) is not None, f"{key!r} is no name of a field")
    return Field(
        key=key,
        label=Words(table["zh"], table["en"]),
        kind=Kind(table["kind"]),
        required=table.get("required", True),
        choices=tuple(_choice(item) for item in table.get("choices", ())),
        help=_help(table),
        default=table.get("default", ""),
        metadata=table.get("metadata", ""),
        accounts=tuple(table.get("accounts", ())),
        prefer=table.get("prefer", ""),
        named=table.get("named", ""),
        required_when=tuple(table.get("required_when", {}).items()),
        zero=table.get("zero", False),
    )


def _choice(item: Sequence[str]) -> Choice:
    value, zh, en = item
    return Choice(value, Words(zh, en))


def _line(table: Mapping[str, Any]) -> EntryLine:
    _known(table, _LINE_KEYS, "a line")
    _require(("debit" in table) != ("credit" in table), "a line is either debit or credit")
    return EntryLine(
        debit="debit" in table,
        account=table.get("debit") or table["credit"],
        amount=amount_terms(table.get("amount", "amount")),
        below=table.get("below", ""),
        when=tuple(table.get("when", {}).items()),
        flips=table.get("flips", False),
        treasury=table.get("treasury", ""),
    )


def _split(table: Mapping[str, Any]) -> Split:
    _known(table, _SPLIT_KEYS, "a split")
    return Split(**table)


def amount_terms(text: str) -> tuple[Term, ...]:
    """Return the terms of an amount such as `received - book_value`; raise ValueError for anything else."""
    terms = []
    position = 0
    while position < len(text.rstrip()):
        match = _TERM.match(text, position)
        if match is None or (position and not match[1]):
            raise ValueError(f"{text!r} is no sum of fields and parts")
        terms.append(Term(-1 if match[1] == "-" else 1, match[2]))
        position = match.end()
    if not terms:
        raise ValueError("a line without an amount")
    return tuple(terms)


def template_names(template: str) -> tuple[str, ...]:
    """Return the fields that a template of narration or sub-account names."""
    return tuple(_TEMPLATE.findall(template))


def _check(event: Event) -> None:
    by_key = {field.key: field for field in event.fields}
    _require(_NAME.fullmatch(event.key) is not None, "its key is no name")
    _require(len(by_key) == len(event.fields), "two fields have the same key")
    _require(bool(event.sources), "it names no treatment of the regulation")
    for field in event.fields:
        _check_field(field, by_key)
    parts = {name for split in event.splits for name in (split.part, split.rest)}
    amounts = parts | {key for key, field in by_key.items() if field.kind is Kind.AMOUNT}
    for split in event.splits:
        _require(split.of in amounts, f"a split is of unknown {split.of!r}")
    for line in event.lines:
        _check_line(line, by_key, amounts)
    for template in (event.narration, *(line.below for line in event.lines)):
        for name in template_names(template):
            _require(name in by_key, f"a template names unknown {name!r}")
    for key in event.metadata:
        _require(key in _METADATA, f"{key!r} is no metadata key of the book")
    if event.copies:
        _require(event.copies in by_key and not event.lines, "copies names a field, and there are no lines")
    else:
        sides = {line.debit for line in event.lines}
        _require(sides == {True, False}, "lines on both sides are needed")


def _check_field(field: Field, by_key: Mapping[str, Field]) -> None:
    _require((field.kind is Kind.CHOICE) == bool(field.choices), f"field {field.key}: choices, and only for a choice")
    _require((field.kind is Kind.ACCOUNT) == bool(field.accounts), f"field {field.key}: accounts, and only for one")
    _require(not field.metadata or field.metadata in _METADATA, f"field {field.key}: unknown metadata key")
    for meaning in field.accounts:
        _check_meaning(meaning)
    if field.kind is Kind.CHOICE and field.default:
        _require(field.default in {c.value for c in field.choices}, f"field {field.key}: its default is no choice")
    for name, _ in field.required_when:
        _require(name in by_key, f"field {field.key}: required_when names unknown {name!r}")


def _check_line(line: EntryLine, by_key: Mapping[str, Field], amounts: set[str]) -> None:
    if line.account.startswith("@"):
        found = by_key.get(line.account[1:])
        _require(found is not None and found.kind is Kind.ACCOUNT, f"{line.account} is no account field")
    else:
        _check_meaning(line.account)
    for term in line.amount:
        _require(term.name in amounts, f"an amount names unknown {term.name!r}")
    for name, _ in line.when:
        _require(name in by_key, f"when names unknown {name!r}")
    if line.treasury:
        _require(line.treasury in by_key, f"treasury names unknown {line.treasury!r}")


def _check_meaning(meaning: str) -> None:
    _require(meaning in charts()[-1].by_meaning, f"the chart has no account {meaning!r}")
