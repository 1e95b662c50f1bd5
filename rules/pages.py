"""The page of a rule: its docstring taken apart at its headings, and the whole page as text for a terminal.

A page is a title sentence and the sections of `rules.rule.SECTIONS` in their order. Lines are wrapped by hand in
the source; `parse_page` joins them again into paragraphs, so that any form can set them in its own width.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from rules.finding import Severity, Text
from rules.law import Law, ParameterValue, ValueKind, ValueStatus
from rules.rule import SECTIONS, Rule

_PARAGRAPH_ENDS = ("。", "：", "！", "？")
_WORD = re.compile(r"[!-~]")

_SEVERITIES: Mapping[Severity, Text] = MappingProxyType(
    {
        Severity.HIGH: Text("高", "high"),
        Severity.MEDIUM: Text("中", "medium"),
        Severity.LOW: Text("低", "low"),
    }
)
_STATUSES: Mapping[ValueStatus, Text] = MappingProxyType(
    {
        ValueStatus.VERIFIED: Text("已核对原文", "verified"),
        ValueStatus.UNVERIFIED: Text("原文未核，只作疑点", "unverified: leads only"),
        ValueStatus.STANDARD: Text("本单位标准", "the union's own standard"),
    }
)
UNBOUND: Mapping[ValueKind, Text] = MappingProxyType(
    {
        ValueKind.DELEGATED: Text("由下级规定", "delegated"),
        ValueKind.REPEALED: Text("已废止", "repealed"),
    }
)
_CERTAINTIES: Mapping[str, Text] = MappingProxyType(
    {
        "secondary": Text("（据二手资料，原文未核）", " (secondary source)"),
        "remembered": Text("（原文未核）", " (original not read)"),
    }
)


@dataclass(frozen=True)
class Section:
    """One section of a page: its heading, and its paragraphs with the source's line breaks taken out."""

    heading: str
    paragraphs: tuple[str, ...]

    @property
    def text(self) -> str:
        """The section as one run of text."""
        return joined_lines(self.paragraphs)


@dataclass(frozen=True)
class Page:
    """The page of one rule: the title sentence and every section, in the order of `SECTIONS`."""

    summary: str
    sections: tuple[Section, ...]

    def section(self, heading: str) -> Section:
        """Return the section under one of `SECTIONS`; raises KeyError for any other heading."""
        for section in self.sections:
            if section.heading == heading:
                return section
        raise KeyError(heading)


def parse_page(text: str) -> Page:
    """Return a page taken apart; raises ValueError where a heading is missing, repeated, empty or out of order."""
    lines = [line.strip() for line in text.strip().splitlines()]
    found = [line for line in lines if line in SECTIONS]
    if found != list(SECTIONS):
        raise ValueError(
            f"a page has the headings {'、'.join(SECTIONS)} once and in this order, not {'、'.join(found)}"
        )
    starts = [lines.index(heading) for heading in SECTIONS]
    ends = [*starts[1:], len(lines)]
    summary = joined_lines([line for line in lines[: starts[0]] if line])
    sections = tuple(
        Section(heading, _paragraphs(lines[start + 1 : end]))
        for heading, start, end in zip(SECTIONS, starts, ends, strict=True)
    )
    empty = [section.heading for section in sections if not section.paragraphs]
    if empty or not summary:
        raise ValueError(f"nothing stands under {'、'.join(empty) or 'the title'}")
    return Page(summary, sections)


def joined_lines(lines: Sequence[str]) -> str:
    """Return wrapped lines as one: hanzi meet without a space, words of Latin letters with one."""
    made = ""
    for line in lines:
        gap = " " if made and line and _WORD.match(made[-1]) and _WORD.match(line[0]) else ""
        made += gap + line
    return made


def _paragraphs(lines: Sequence[str]) -> tuple[str, ...]:
    made: list[list[str]] = [[]]
    for line in lines:
        if line:
            made[-1].append(line)
        if not line or line.endswith(_PARAGRAPH_ENDS):
            made.append([])
    return tuple(joined_lines(paragraph) for paragraph in made if paragraph)


def rule_page(rule: Rule, law: Law, language: str = "zh") -> str:
    """Return the page of a rule as text: its words, the law it cites with the articles, and its values of law.

    The page itself is Chinese; `language` (`zh` or `en`) decides the words around it.
    """

    def said(zh: str, en: str) -> str:
        return en if language == "en" else zh

    severity = _SEVERITIES[rule.severity]
    needs = "、".join(f"registers/{name}.csv" for name in rule.needs) or said("只需账簿", "the books alone")
    lines = [
        f"{rule.code}  {said(*rule.title)}",
        f"{rule.name}",
        "",
        f"{said('严重程度', 'severity')}：{said(*severity)}",
        f"{said('所需登记簿', 'registers')}：{needs}",
    ]
    if rule.lead_only:
        lines.append(said("本规则只出疑点，须由人核实。", "This rule yields leads only; a person must look."))
    lines += ["", rule.page, "", said("法规条文", "law"), *_cited(rule, law, language)]
    if rule.parameters:
        lines += ["", said("法规数值", "values of law"), *_values(rule.parameters, law, language)]
    return "\n".join(lines)


def _cited(rule: Rule, law: Law, language: str) -> list[str]:
    lines = []
    for citation in rule.citations:
        instrument = law.instruments.get(citation.instrument)
        if instrument is None:
            lines.append(f"- {citation.instrument} {citation.article}")
            continue
        doubt = _CERTAINTIES.get(instrument.certainty, Text("", ""))
        lines.append(f"- {instrument.full_title} {citation.article}{doubt[language == 'en']}")
        words = instrument.words(citation.article)
        lines += [f"  {line}" for line in words.splitlines() if line.strip()]
    return lines


def _values(keys: Sequence[str], law: Law, language: str) -> list[str]:
    lines = []
    for key in keys:
        parameter = law.parameters.get(key)
        if parameter is None:
            lines.append(f"- {key}")
            continue
        lines.append(f"- {key}  {parameter.label_en if language == 'en' else parameter.label}")
        lines += [f"  {_value(value, law, language)}" for value in parameter.values]
    return lines


def _value(value: ParameterValue, law: Law, language: str) -> str:
    instrument = law.instruments.get(value.instrument)
    source = instrument.full_title if instrument else value.instrument
    until = value.until.isoformat() if value.until else ""
    amount = UNBOUND[value.kind][language == "en"] if value.kind in UNBOUND else f"{value.text} {value.unit}"
    status = _STATUSES[value.status][language == "en"]
    return f"{value.region}  {value.in_force_from}..{until}  {amount}  [{status}]  {source} {value.article}".rstrip()
