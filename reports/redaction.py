"""Personal data left out of what is handed on: names, member numbers, identity and card numbers, illness.

Three profiles. A *workpaper* holds everything. A *committee* report names people where a finding needs it, and
masks numbers of identity cards, bank cards and telephones, and illness. A *public* report names nobody. Names
are those of the book's own registers: none is guessed from a text. Redaction is a pure function over texts; law
is never touched.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from ledger.facts import Facts
from reports.model import CitedLaw, Document, FindingBlock, LawValue
from reports.visible import map_texts
from rules.finding import Finding
from rules.law import ParameterValue

_LAW = frozenset({CitedLaw, LawValue, ParameterValue})
_ID_NUMBER = re.compile(
    r"(?<![0-9A-Za-z])[1-9]\d{5}(?:18|19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?![0-9A-Za-z])"
)
_CARD_NUMBER = re.compile(r"(?<![0-9A-Za-z])(?:62|[3459])\d(?:[ -]?\d){13,17}(?![0-9A-Za-z])")
_TELEPHONE = re.compile(r"(?<![0-9A-Za-z])1[3-9]\d{9}(?![0-9A-Za-z])")
_ILLNESS = re.compile(
    r"[肺肝胃肠乳腺骨血脑胰食管甲状子宫卵巢前列]{0,3}"
    r"(?:恶性肿瘤|肿瘤|癌症|癌|白血病|尿毒症|抑郁症|精神分裂症|精神病|肝炎|艾滋病|肝硬化|脑梗死?|心肌梗死|心梗)"
)
_SHORT_NUMBER = 5  # a member number of fewer digits is replaced only where a word says that it is one


class Profile(StrEnum):
    """For whom a document is: the least is the default."""

    PUBLIC = "public"
    COMMITTEE = "committee"
    WORKPAPER = "workpaper"


@dataclass(frozen=True)
class People:
    """Names and member numbers that a book's registers hold."""

    names: frozenset[str]
    member_ids: frozenset[str]


def people_of(facts: Facts) -> People:
    """Return everybody whom the registers of members, officers and assets' keepers name."""
    names: set[str] = set()
    ids: set[str] = set()
    for register, column in (
        ("members", "name"),
        ("officers", "name"),
        ("assets", "keeper"),
        ("cash_counts", "keeper"),
        ("cash_counts", "witness"),
        ("audits", "subject"),
        ("explanations", "by"),
    ):
        names |= _told(facts, register, column)
    for column in ("prepared_by", "reviewed_by", "posted_by", "cashier", "handled_by", "approved_by"):
        names.update(map(str, facts.vouchers[column].unique()))
    for register in ("members", "dues", "grants", "hardship", "employer"):
        ids |= _told(facts, register, "member_id")
    organisations = {facts.union.name, facts.union.parent}
    known = frozenset(name for name in names if len(name) > 1 and name not in organisations)
    return People(known, frozenset(i for i in ids if i))


def _told(facts: Facts, register: str, column: str) -> set[str]:
    frame = facts.registers.get(register)
    return set() if frame is None else set(map(str, frame[column].unique()))


def redacted(document: Document, facts: Facts, profile: Profile = Profile.PUBLIC) -> Document:
    """Return a document as it may be given to the readers of a profile; people are those of the book's registers.

    In a public document a member number becomes a serial number in order of appearance: the same person has the
    same number throughout one document, and another in the next.
    """
    return redact(document, people_of(facts), profile)


def redact(document: Document, people: People, profile: Profile = Profile.PUBLIC) -> Document:
    """Return a document as it may be given to the readers of a profile."""
    return map_texts(document, _changer(people, profile, pseudonyms(document, people)), _LAW)


def redact_block(block: FindingBlock, people: People, profile: Profile = Profile.PUBLIC) -> FindingBlock:
    """Return one finding with its clauses as it may be given to the readers of a profile."""
    return map_texts(block, _changer(people, profile, pseudonyms(block, people)), _LAW)


def redact_finding(finding: Finding, people: People, profile: Profile = Profile.PUBLIC) -> Finding:
    """Return one finding as it may be given to the readers of a profile; its key stays and must not be printed."""
    return map_texts(finding, _changer(people, profile, pseudonyms(finding, people)), _LAW)


def redactor(facts: Facts, profile: Profile = Profile.PUBLIC) -> Callable[[str], str]:
    """Return what leaves personal data out of single texts; a member number becomes the word 会员 without a number."""
    return _changer(people_of(facts), profile, {})


def pseudonyms(value: Document | FindingBlock | Finding, people: People) -> Mapping[str, str]:
    """Return the serial number of every member number in a value, in order of appearance."""
    pattern = _ids_pattern(people.member_ids)
    found: dict[str, str] = {}

    def note(text: str) -> str:
        for match in pattern.finditer(text) if pattern else ():
            found.setdefault(_number_of(match), f"会员{len(found) + 1}")
        return text

    map_texts(value, note, _LAW)
    return found


def masked_name(name: str) -> str:
    """Return a person's name with the first character alone: 张** for whatever length."""
    return f"{name[:1]}**"


def _changer(people: People, profile: Profile, serial: Mapping[str, str]) -> Callable[[str], str]:
    if profile is Profile.WORKPAPER:
        return str
    public = profile is Profile.PUBLIC
    ids = _ids_pattern(people.member_ids) if public else None
    names = _names_pattern(people.names) if public else None

    def change(text: str) -> str:
        if ids:
            text = ids.sub(lambda m: serial.get(_number_of(m), "会员"), text)
        text = _ID_NUMBER.sub(lambda m: "〔证件号〕" if public else f"{m[0][:6]}********{m[0][-4:]}", text)
        text = _CARD_NUMBER.sub(lambda m: _card(m[0], public=public), text)
        text = _TELEPHONE.sub(lambda m: "〔电话〕" if public else f"{m[0][:3]}****{m[0][-4:]}", text)
        text = _ILLNESS.sub("〔病情〕", text)
        return names.sub(lambda m: masked_name(m[0]), text) if names else text

    return change


def _card(text: str, *, public: bool) -> str:
    digits = re.sub(r"\D", "", text)
    if not 16 <= len(digits) <= 19 or not _luhn(digits):
        return text
    return "〔账号〕" if public else f"****{digits[-4:]}"


def _luhn(digits: str) -> bool:
    total = 0
    for position, digit in enumerate(reversed(digits)):
        doubled = int(digit) * (2 if position % 2 else 1)
        total += doubled - 9 if doubled > 9 else doubled
    return total % 10 == 0


def _names_pattern(names: Iterable[str]) -> re.Pattern[str] | None:
    longest_first = sorted(names, key=lambda name: (-len(name), name))
    return re.compile("|".join(map(re.escape, longest_first))) if longest_first else None


def _ids_pattern(ids: Iterable[str]) -> re.Pattern[str] | None:
    """Return what finds member numbers: group `word` is what stands before a short one, `id` or `short` the number."""
    longest_first = sorted(ids, key=lambda i: (-len(i), i))
    plain = "|".join(re.escape(i) for i in longest_first if not _is_short_number(i))
    short = "|".join(re.escape(i) for i in longest_first if _is_short_number(i))
    pieces = [rf"(?:(?:会员|工号|编号)\s*)?(?<![0-9A-Za-z.,\-])(?P<id>{plain})(?![0-9A-Za-z])"] if plain else []
    if short:
        # A bare 12 may be a day or a count: it is a person only where a word says so.
        pieces.append(
            rf"(?P<word>(?:会员|编号|工号|member)\s*[“\"：:]?\s*)(?P<short>{short})(?![0-9A-Za-z.,年月日人项次])"
        )
    return re.compile("|".join(pieces)) if pieces else None


def _number_of(match: re.Match[str]) -> str:
    groups = match.groupdict()
    return groups.get("id") or groups.get("short") or ""


def _is_short_number(member: str) -> bool:
    return member.isdigit() and len(member) < _SHORT_NUMBER
