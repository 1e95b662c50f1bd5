"""Reads the law from its data files: dated, regional values under `rules/params/`, instruments beside them.

A file holds one key and its path is the key: `rules/params/holiday/annual_cap.toml` holds `holiday.annual_cap`.
To add a region, or a later version of its number, edit that one file and append an entry:

    [[values]]
    id = "anhui-2025"                 # unique within the key, named in findings
    region = "340000"                 # CN, or six digits of GB/T 2260
    from = 2025-08-21
    to = "open"                       # or the last day in force; leaving it out is a fault
    value = "2200"                    # quoted: a decimal, or a fraction such as "2/3"
    kind = "maximum"                  # exact | minimum | maximum | delegated | repealed
    status = "unverified"             # verified only where the instrument itself was read
    cite = { instrument = "anhui-funds-2025", article = "", quote = "" }
    note = "…"

An old value is never overwritten: it gets its last day, because books are audited by the law of their day. The
nearest region in force answers (340500 → 340000 → CN); a stretch without a value is a fault until an entry under
`[[gaps]]` explains it, and a look-up inside it is undecided for that reason. A region that breaks a `maximum`
or `minimum` above it in force at the same time is a fault. A `verified` value quotes words that stand in the
article as `instruments.toml` holds it. The instrument goes into `rules/instruments.toml` first.
"""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from types import MappingProxyType
from typing import Any

from rules.law import Gap, Instrument, Law, Laxer, Parameter, ParameterValue, ValueKind, ValueStatus
from rules.law_checks import check_ids, check_regions, check_sources, check_time
from rules.law_schema import (
    CERTAINTIES,
    CITE_KEYS,
    GAP_KEYS,
    INSTRUMENT_KEY,
    INSTRUMENT_KEYS,
    KEY,
    PARAMETER_KEYS,
    REGION,
    UNITS,
    VALUE_KEYS,
    Cursor,
    LawError,
    LawFault,
    decimal_of,
)

__all__ = ["LawError", "LawFault", "data_text", "data_texts", "law_version", "load_law", "parse_law"]

INSTRUMENTS_FILE = "instruments.toml"
PARAMETERS_FOLDER = "params"
VERSION_DIGITS = 12


@cache
def load_law() -> Law:
    """Return the law that comes with the package; raises LawError with every fault of its data files."""
    return parse_law(_own_texts())


def law_version() -> str:
    """Return the version of the law that comes with the package, without parsing it; see `Law.version`."""
    return _version(_own_texts())


def _own_texts() -> dict[str, str]:
    root = files("rules")
    found = {INSTRUMENTS_FILE: root.joinpath(INSTRUMENTS_FILE).read_text(encoding="utf-8")}
    found.update(_walk(root.joinpath(PARAMETERS_FOLDER), PARAMETERS_FOLDER))
    return found


def data_texts(folder: str) -> dict[str, str]:
    """Return the data files below a folder of this package: path relative to `rules/` → text.

    Everything that rules read from files comes through here, so that no check opens one itself.
    """
    return dict(_walk(files("rules").joinpath(folder), folder))


def data_text(name: str) -> str:
    """Return one data file that lies beside the rules' packages: its name → its text."""
    return files("rules").joinpath(name).read_text(encoding="utf-8")


def _walk(folder: Traversable, path: str) -> Iterator[tuple[str, str]]:
    for item in folder.iterdir():
        here = f"{path}/{item.name}"
        if item.is_dir():
            yield from _walk(item, here)
        elif item.name.endswith((".toml", ".csv")):
            yield here, item.read_text(encoding="utf-8")


def parse_law(texts: Mapping[str, str]) -> Law:
    """Return the law that data files declare: path relative to `rules/` → text.

    Raises LawError with every fault of every file. `version` of the result is a hash over paths and texts.
    """
    faults: list[LawFault] = []
    instruments = _instruments(Cursor(INSTRUMENTS_FILE, faults), texts.get(INSTRUMENTS_FILE, ""))
    parameters: dict[str, Parameter] = {}
    homes: dict[str, str] = {}
    for path in sorted(texts):
        if path == INSTRUMENTS_FILE:
            continue
        cursor = Cursor(path, faults)
        parameter = _parameter(cursor, texts[path])
        if parameter is None:
            continue
        here = cursor.at(parameter.key)
        if parameter.key in homes:
            here.fault(f"这个参数已在 {homes[parameter.key]} 里", "合并为一个文件，每个参数只有一个文件")
        home = f"{PARAMETERS_FOLDER}/{parameter.key.replace('.', '/')}.toml"
        if path != home:
            here.fault("文件路径与参数名不一致", f"移到 {home}，或改正 key")
        check_ids(here, parameter.values)
        check_time(here, parameter.values, parameter.gaps)
        check_regions(here, parameter.values)
        check_sources(here, parameter, instruments)
        homes.setdefault(parameter.key, path)
        parameters[parameter.key] = parameter
    if faults:
        raise LawError(faults)
    return Law(MappingProxyType(dict(sorted(parameters.items()))), MappingProxyType(instruments), _version(texts))


def _version(texts: Mapping[str, str]) -> str:
    digest = hashlib.sha256()
    for path in sorted(texts):
        digest.update(f"{path}\0{texts[path]}\0".encode())
    return digest.hexdigest()[:VERSION_DIGITS]


def _parameter(cursor: Cursor, text: str) -> Parameter | None:
    before = len(cursor.faults)
    data = cursor.toml(text)
    if not data:
        if len(cursor.faults) == before:
            cursor.fault("没有内容", "写入一个参数，或删去这个文件")
        return None
    key = cursor.text("key", data.get("key"))
    here = cursor.at(key)
    if key and not KEY.fullmatch(key):
        here.fault(f"“{key}”不是参数名", "小写英文和点，例如 holiday.annual_cap")
    here.known(data, PARAMETER_KEYS)
    unit = here.choice("unit", data.get("unit"), UNITS)
    entries = here.tables("values", data.get("values", []))
    if not entries:
        here.fault("没有任何值", '至少写一个 [[values]]；由下级规定的也写一个 kind = "delegated"')
    values = [_value(here, number, entry, key, unit) for number, entry in enumerate(entries, 1)]
    gaps = [_gap(here, number, entry) for number, entry in enumerate(here.tables("gaps", data.get("gaps", [])), 1)]
    sound = [value for value in values if value is not None]
    return Parameter(
        key=key,
        label=here.text("label", data.get("label")),
        label_en=here.text("label_en", data.get("label_en")),
        unit=unit,
        values=tuple(sorted(sound, key=lambda v: (v.in_force_from, v.region))),
        laxer=here.word("laxer", data.get("laxer"), Laxer, Laxer.NONE),
        description=here.text("description", data.get("description"), required=False),
        category=here.text("category", data.get("category"), required=False),
        gaps=tuple(gap for gap in gaps if gap is not None),
    )


def _value(cursor: Cursor, number: int, entry: Mapping[str, Any], key: str, unit: str) -> ParameterValue | None:
    value_id = cursor.at(key, f"第{number}个值").text("id", entry.get("id"))
    here = cursor.at(key, value_id or f"第{number}个值")
    here.known(entry, VALUE_KEYS)
    cite = here.table("cite", entry.get("cite"))
    here.known(cite, CITE_KEYS, "cite.")
    since = here.day("from", entry.get("from"))
    until = here.end(entry, since)
    exact = here.number(entry["value"]) if "value" in entry else None
    value = ParameterValue(
        key=key,
        region=_region(here, entry.get("region")),
        in_force_from=since or datetime.date.min,
        until=until,
        value=None if exact is None else decimal_of(exact),
        unit=unit,
        kind=here.word("kind", entry.get("kind"), ValueKind, ValueKind.EXACT),
        status=_status(here, entry.get("status")),
        instrument=here.text("cite.instrument", cite.get("instrument")),
        article=here.text("cite.article", cite.get("article"), required=False),
        quote=here.text("cite.quote", cite.get("quote"), required=False),
        note=here.text("note", entry.get("note"), required=False),
        checked=here.day("checked", entry.get("checked"), required=False),
        id=value_id,
        fraction=exact,
    )
    # Without a start or with an unreadable number nothing more can be said of it; its fault is noted already.
    return None if since is None or ("value" in entry and exact is None) else value


def _region(cursor: Cursor, value: object) -> str:
    region = cursor.text("region", value)
    if region and not REGION.fullmatch(region):
        cursor.fault(f"“{region}”不是地区", 'region 写 "CN" 或六位行政区划代码（GB/T 2260），例如 "340000"')
    return region


def _status(cursor: Cursor, value: object) -> ValueStatus:
    # `standard` belongs to a union's own values and never to data of law.
    word = cursor.choice("status", value, (ValueStatus.UNVERIFIED, ValueStatus.VERIFIED))
    return ValueStatus(word)


def _gap(cursor: Cursor, number: int, entry: Mapping[str, Any]) -> Gap | None:
    here = cursor.at(cursor.key, f"第{number}条 gaps")
    here.known(entry, GAP_KEYS)
    since, until = here.day("from", entry.get("from")), here.day("to", entry.get("to"))
    region, reason = _region(here, entry.get("region")), here.text("reason", entry.get("reason"))
    if since is None or until is None:
        return None
    return Gap(region, since, until, reason)


def _instruments(cursor: Cursor, text: str) -> dict[str, Instrument]:
    found = {}
    for key, entry in cursor.toml(text).items():
        here = cursor.at(key)
        if not INSTRUMENT_KEY.fullmatch(key):
            here.fault(f"“{key}”不是文件的键", "小写英文、数字和连字符，例如 trade-union-law-2021")
        table = here.table(key, entry)
        here.known(table, INSTRUMENT_KEYS)
        articles = here.table("articles", table.get("articles", {}))
        certainty = here.choice("certainty", table.get("certainty"), CERTAINTIES)
        if certainty == "remembered" and articles:
            here.fault("只凭记忆的文件写了条文", "删去 articles，或在读到原文后把 certainty 改为 read")
        since = here.day("from", table.get("from"), required=False)
        until = here.day("to", table.get("to"), required=False)
        if since and until and until < since:
            here.fault(f"“to”（{until}）早于“from”（{since}）", "起止日期都算在内，to 不得早于 from")
        found[key] = Instrument(
            key=key,
            title=here.text("title", table.get("title")),
            title_en=here.text("title_en", table.get("title_en")),
            number=here.text("number", table.get("number"), required=False),
            issuer=here.text("issuer", table.get("issuer")),
            in_force_from=since,
            in_force_to=until,
            certainty=certainty,
            source=here.text("source", table.get("source")),
            articles=MappingProxyType({name: here.text(name, words) for name, words in articles.items()}),
        )
    return found
