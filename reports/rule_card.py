"""One rule as blocks of the handbook: what it is, its page, the clauses it rests on, and its values of law."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from ledger.importers.register_headers import REGISTER_SHEETS
from reports.findings import law_value
from reports.model import Block, Cell, Column, ColumnKind, Heading, Row, Table
from reports.sections import SOURCE_KNOWN
from reports.words import KINDS, SEVERITIES, VALUE_STATUSES, region_text, say, wording
from rules.finding import Kind, Text
from rules.law import NATION, Instrument, Law, Parameter, ParameterValue
from rules.pages import UNBOUND, joined_lines, parse_page
from rules.rule import Rule
from rules.text.lists import word_list

MAY_ESTABLISH = Text("可以成立问题", "may establish")
LEAD_ONLY = Text("只作疑点", "lead only")
ALL_AUDITS = Text("各类审计", "every audit")
BOOKS_ALONE = Text("只需账簿", "the books alone")

_FEW = 4  # values of a key that share a table with other keys; a longer history has its own


def rule_blocks(rule: Rule, law: Law, printed: Mapping[str, str], language: str = "zh") -> tuple[Block, ...]:
    """Return a rule as blocks: heading, a table of its page and clauses, and the values of law that it asks for.

    `printed` names, for keys of law whose values stand with an earlier rule, that rule's code: they are referred to.
    Raises ValueError where the rule's page lacks a heading.
    """
    return (
        Heading(f"{rule.code}　{say(rule.title, language)}", 3),
        _page_table(rule, law, printed, language),
        *_values([key for key in rule.parameters if key not in printed], law, language),
    )


def certainty(rule: Rule) -> Text:
    """Return whether a rule may establish what it finds or only lead to it."""
    return LEAD_ONLY if rule.lead_only else MAY_ESTABLISH


def instrument_title(instrument: Instrument, language: str) -> str:
    """Return an instrument's bare title as lists show it: `《工会会计制度》`, in English where one was written."""
    return instrument.title_en if language == "en" and instrument.title_en else f"《{instrument.title}》"


def register_names(names: Sequence[str], language: str, *, files: bool = True) -> str:
    """Return registers as people call them, with their files if asked: `发放清单（grants.csv）`."""
    if language == "en":
        return ", ".join(f"{name}.csv" for name in names)
    called = [(REGISTER_SHEETS[name][0] if name in REGISTER_SHEETS else name, name) for name in names]
    return "、".join(f"{zh}（{name}.csv）" if files else zh for zh, name in called)


def kinds_text(kinds: Sequence[Kind], language: str) -> str:
    """Return the audits that a rule belongs to."""
    if set(kinds) == set(Kind):
        return say(ALL_AUDITS, language)
    return ("、" if language != "en" else ", ").join(say(KINDS[kind], language) for kind in kinds)


def _page_table(rule: Rule, law: Law, printed: Mapping[str, str], language: str) -> Table:
    word = wording(language)
    columns = (Column(word("项目", "Item")), Column(word("内容", "Content"), weight=6))
    needs = register_names(rule.needs, language) or say(BOOKS_ALONE, language)
    lines = [
        (word("严重程度", "Severity"), say(SEVERITIES[rule.severity], language)),
        (word("认定", "Certainty"), say(certainty(rule), language)),
        (word("适用审计", "Audits"), kinds_text(rule.kinds, language)),
        (word("所需登记簿", "Registers"), needs),
    ]
    for section in parse_page(rule.page).sections:
        lines.append((section.heading, section.text))
        if section.heading == "依据":
            lines += [(word("条文", "Clause"), text) for text in clauses(rule, law, language)]
        if section.heading == "参数":
            lines += [(word("数值另见", "Values"), text) for text in _elsewhere(rule, law, printed, language)]
    rows = tuple(Row(cells, anchor=rule.code if i == 0 else "") for i, cells in enumerate(lines))
    return Table(columns, rows)


def clauses(rule: Rule, law: Law, language: str = "zh") -> tuple[str, ...]:
    """Return the clauses that a rule rests on: instrument, article, how it is known, and its words where read."""
    made = []
    for citation in dict.fromkeys(rule.citations):
        instrument = law.instruments[citation.instrument]
        words = joined_lines(instrument.words(citation.article).splitlines())
        known = say(SOURCE_KNOWN[instrument.certainty], language)
        if language == "en":
            made.append(f"{instrument.full_title} {citation.article} ({known})" + (f": “{words}”" if words else ""))
        else:
            made.append(f"{instrument.full_title}{citation.article}（{known}）" + (f"：“{words}”" if words else ""))
    return tuple(made)


def _elsewhere(rule: Rule, law: Law, printed: Mapping[str, str], language: str) -> tuple[str, ...]:
    found: dict[str, list[str]] = {}
    for key in rule.parameters:
        if key in printed:
            found.setdefault(printed[key], []).append(_name(law.parameters[key], language))
    comma, colon = (", ", ": ") if language == "en" else ("、", "：")
    return tuple(f"{code}{colon}{comma.join(names)}" for code, names in found.items())


def _name(parameter: Parameter, language: str) -> str:
    return say(Text(parameter.label, parameter.label_en), language)


def _values(own: Sequence[str], law: Law, language: str) -> Iterator[Block]:
    short = [key for key in own if len(law.parameters[key].values) <= _FEW]
    if short:
        yield _shared_table(short, law, language)
    for key in own:
        if key not in short:
            yield _own_table(key, law, language)


def _label(key: str, law: Law, language: str) -> str:
    name = _name(law.parameters[key], language)
    return f"{name} ({key})" if language == "en" else f"{name}（{key}）"


def _shared_table(keys: Sequence[str], law: Law, language: str) -> Table:
    word = wording(language)
    rows = []
    for key in keys:
        for i, value in enumerate(law.parameters[key].values):
            rows.append(Row((_label(key, law, language) if i == 0 else "", *_cells(value, law, language))))
    first = Column(word("参数", "Parameter"), weight=5)
    return Table((first, *_columns(language)), tuple(rows), word("法规数值", "Values of law"))


def _own_table(key: str, law: Law, language: str) -> Table:
    rows = tuple(Row(_cells(value, law, language)) for value in law.parameters[key].values)
    label = _label(key, law, language)
    return Table(_columns(language), rows, say(Text(f"法规数值：{label}", f"Values of law: {label}"), language))


def _columns(language: str) -> tuple[Column, ...]:
    word = wording(language)
    return (
        Column(word("地区", "Region")),
        Column(word("数值", "Value"), weight=2),
        Column(word("施行日", "From"), ColumnKind.DAY),
        Column(word("失效日", "To"), ColumnKind.DAY),
        Column(word("核对", "Status")),
        Column(word("依据", "Clause"), weight=10),
    )


def _cells(value: ParameterValue, law: Law, language: str) -> tuple[Cell, ...]:
    shown = law_value(value, law)
    number = UNBOUND.get(value.kind, shown.value)
    return (
        _region(value.region, language),
        say(number, language),
        shown.in_force_from,
        shown.until or say(Text("现行", "open"), language),
        say(VALUE_STATUSES[shown.status], language),
        f"{shown.instrument}{' ' if language == 'en' else ''}{shown.article}".strip(),
    )


def _region(region: str, language: str) -> str:
    name = _provinces().get(region[:2])
    if language == "en" or region == NATION or name is None:
        return say(region_text(region), language)
    return name if region.endswith("0000") else f"{name}{region}"


@cache
def _provinces() -> Mapping[str, str]:
    """Names of the provinces by the first two digits of their codes."""
    named: dict[str, str] = {}
    for entry in word_list("provinces").words:
        named.setdefault(entry.means, entry.word)
    return named
