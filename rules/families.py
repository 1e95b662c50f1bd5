"""The families of rules and the groups within them, as `rules/families.toml` lists them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any, NamedTuple

from rules.finding import Text
from rules.law_loader import data_text
from rules.law_schema import Cursor, LawError, LawFault

FAMILIES_FILE = "families.toml"
FAMILY_KEYS = ("zh", "en", "subject", "groups")
GROUP_KEYS = ("zh", "en", "codes", "subject")

_FAMILY = re.compile(r"[A-Z]{3}")
_RANGE = re.compile(r"([A-Z]{3})(\d{2})(?:\.\.([A-Z]{3})(\d{2}))?")


@dataclass(frozen=True)
class Group:
    """A group within a family (二级审计事项): its name, the unions it is about, and the codes that belong to it."""

    name: Text
    subject: Text
    codes: tuple[str, ...]


@dataclass(frozen=True)
class Family:
    """A family of rules (一级审计事项): the first three letters of its codes, its name, and its groups in order."""

    code: str
    name: Text
    groups: tuple[Group, ...]


class Place(NamedTuple):
    """Where a code stands in the work order."""

    family: Family
    group: Group


@cache
def families() -> tuple[Family, ...]:
    """Return every family in the order of the file; raises LawError with every fault of the file."""
    return parse_families(data_text(FAMILIES_FILE))


@cache
def _places() -> Mapping[str, Place]:
    return MappingProxyType(
        {code: Place(family, group) for family in families() for group in family.groups for code in group.codes}
    )


def place_of(code: str) -> Place:
    """Return the family and group of a rule or known irregularity; raises LookupError for a code in no group."""
    try:
        return _places()[code]
    except KeyError:
        raise LookupError(f"{code} stands in no group of rules/{FAMILIES_FILE}") from None


def parse_families(text: str) -> tuple[Family, ...]:
    """Return the families that a file lists; raises LawError with every fault, a code in two groups among them."""
    faults: list[LawFault] = []
    cursor = Cursor(FAMILIES_FILE, faults)
    homes: dict[str, str] = {}
    made = []
    for code, value in cursor.toml(text).items():
        here = cursor.at(code)
        if not _FAMILY.fullmatch(code):
            here.fault(f"“{code}”不是类别", "三个大写字母，例如 INC")
        table = here.table(code, value)
        here.known(table, FAMILY_KEYS)
        subject = _text(here, "subject", table.get("subject"))
        groups = tuple(
            _group(here, code, entry, subject, homes) for entry in here.tables("groups", table.get("groups"))
        )
        made.append(Family(code, Text(here.text("zh", table.get("zh")), here.text("en", table.get("en"))), groups))
    if faults:
        raise LawError(faults)
    return tuple(made)


def _group(here: Cursor, family: str, entry: Mapping[str, Any], subject: Text, homes: dict[str, str]) -> Group:
    here.known(entry, GROUP_KEYS, "groups.")
    name = Text(here.text("groups.zh", entry.get("zh")), here.text("groups.en", entry.get("en")))
    codes: list[str] = []
    ranges = entry.get("codes")
    for text in ranges if isinstance(ranges, list) else [""]:
        found = _codes(str(text), family)
        if not found:
            here.fault(f"“{name.zh}”的 codes 写作“{text}”", f'写作 "{family}01" 或 "{family}01..{family}04"')
        codes += found
    for code in codes:
        if code in homes:
            here.fault(f"{code} 既在“{homes[code]}”又在“{name.zh}”", "每个编号只放在一个组里")
        homes.setdefault(code, name.zh)
    return Group(name, _text(here, "groups.subject", entry["subject"]) if "subject" in entry else subject, tuple(codes))


def _codes(text: str, family: str) -> list[str]:
    parts = _RANGE.fullmatch(text)
    if parts is None or parts[1] != family or parts[3] not in (None, family):
        return []
    first, last = int(parts[2]), int(parts[4] or parts[2])
    return [f"{family}{number:02d}" for number in range(first, last + 1)]


def _text(here: Cursor, name: str, value: object) -> Text:
    table = here.table(name, value)
    here.known(table, ("zh", "en"), f"{name}.")
    return Text(here.text(f"{name}.zh", table.get("zh")), here.text(f"{name}.en", table.get("en")))
