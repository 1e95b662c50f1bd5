"""The handbook of rules (审计规则手册): every rule as a line of the work order and as a page, then what is covered.

The work order has the columns that union audits know: 一级、二级、三级审计事项, law, audit measure, whom and what it
is for. After the rules come all known irregularities, each with the way it is covered, and the steps that remain
to be taken by hand, as lines of an audit programme.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from reports.coverage import WAYS, coverage_blocks, programme_blocks
from reports.model import Block, Column, ColumnKind, Document, Heading, PageBreak, Paragraph, Row, RowKind, Table
from reports.numbering import chinese_number
from reports.rule_card import instrument_title, kinds_text, register_names, rule_blocks
from reports.words import say, wording
from rules.coverage import Covered
from rules.families import Family, Group, families, place_of
from rules.finding import Text
from rules.law import Law
from rules.pages import parse_page
from rules.rule import Rule

TITLE = Text("审计规则手册", "Handbook of audit rules")


def handbook(
    rules: Sequence[Rule], law: Law, coverage: Sequence[Covered], *, stamp: datetime.date, language: str = "zh"
) -> Document:
    """Return the handbook of the rules given; `coverage` is what `rules.coverage.coverage` says of them.

    The rules' own pages are Chinese in every language. Raises LookupError for a rule that stands in no group of
    `rules/families.toml`, ValueError for one whose page lacks a heading.
    """
    placed = _in_order(rules)
    blocks: list[Block] = [*_introduction(rules, coverage, language)]
    chapter = 1
    printed: dict[str, str] = {}
    for family, own in placed.items():
        chapter += 1
        blocks += [
            PageBreak(),
            _chapter(
                chapter, Text(f"{family.name.zh}（{family.code}）", f"{family.name.en} ({family.code})"), language
            ),
        ]
        blocks.append(work_order(family, own, law, language))
        blocks += _pages(own, law, printed, language)
    blocks += [
        PageBreak(),
        _chapter(chapter + 1, Text("已知问题的检查方式", "Known irregularities and how each is covered"), language),
    ]
    blocks += coverage_blocks(coverage, law, language)
    blocks += [
        PageBreak(),
        _chapter(chapter + 2, Text("审计方案人工程序清单", "Audit programme: steps by hand"), language),
    ]
    blocks += programme_blocks(coverage, language)
    return Document(say(TITLE, language), _facts(rules, law, coverage, language), tuple(blocks), stamp, language)


def _in_order(rules: Sequence[Rule]) -> Mapping[Family, tuple[Rule, ...]]:
    """Rules by family in the order of the families; within one by group, then by code."""
    for rule in rules:
        place_of(rule.code)
    ordered = sorted(rules, key=lambda rule: rule.code)
    made = {}
    for family in families():
        own = tuple(rule for group in family.groups for rule in ordered if rule.code in group.codes)
        if own:
            made[family] = own
    return made


def _chapter(number: int, title: Text, language: str) -> Heading:
    prefix = f"{number}. " if language == "en" else f"{chinese_number(number)}、"
    return Heading(prefix + say(title, language))


def _facts(rules: Sequence[Rule], law: Law, coverage: Sequence[Covered], language: str) -> tuple[tuple[str, str], ...]:
    word = wording(language)
    return (
        (word("规则", "Rules"), word(f"{len(rules)} 条", str(len(rules)))),
        (word("已知问题", "Known irregularities"), word(f"{len(coverage)} 项", str(len(coverage)))),
        (word("法规数据版本", "Version of the law"), law.version),
    )


def _introduction(rules: Sequence[Rule], coverage: Sequence[Covered], language: str) -> Iterator[Block]:
    word = wording(language)
    yield _chapter(1, Text("怎样使用本手册", "How to use this handbook"), language)
    yield Paragraph(
        word(
            "每一类先列审计工单（一级、二级、三级审计事项，法规与条款，审计措施，适用主体和范围），再逐条列规则：检查什么、"
            "依据什么、反例和正例、引用的条文、各地各时期的数值，以及查不到的地方。",
            "Each family begins with its work order, then every rule follows with what it checks, its ground, examples,"
            " clauses, dated values of each region, and what it cannot see. The rules' own pages are in Chinese.",
        )
    )
    yield Paragraph(
        word(
            "“可以成立问题”的规则，在账簿和登记簿足以证明、所依据的条文或数值已核对时，得出问题，否则得出疑点；“只作疑点”的"
            "规则凭用语、比例或规律提示，一律由人核实后才能认定。缺少所需登记簿的规则报告为未能测试，不视为没有问题。",
            "A rule that may establish a finding does so only where books and registers prove it and its law was read;"
            " otherwise it gives a lead. A rule that only leads is always for a person to verify. A rule whose"
            " registers are missing is reported as not performed, never as passed.",
        )
    )
    yield _count_table(rules, coverage, language)


def _count_table(rules: Sequence[Rule], coverage: Sequence[Covered], language: str) -> Table:
    word = wording(language)
    columns = (
        Column(word("类别", "Family"), weight=2),
        Column(word("规则", "Rules"), ColumnKind.COUNT),
        Column(word("其中只作疑点", "Leads only"), ColumnKind.COUNT),
        Column(word("已知问题", "Known irregularities"), ColumnKind.COUNT),
        *(Column(say(text, language), ColumnKind.COUNT) for text in WAYS.values()),
    )
    rows = []
    for family in families():
        own = [rule for rule in rules if rule.code.startswith(family.code)]
        known = [item for item in coverage if item.item.code.startswith(family.code)]
        if own or known:
            href = f"#{family.code}" if own else ""
            name = f"{say(family.name, language)}（{family.code}）" if language != "en" else family.name.en
            rows.append(Row((name, *_counts(own, known)), href=href))
    rows.append(Row((word("合计", "Total"), *_counts(rules, coverage)), RowKind.TOTAL))
    return Table(columns, tuple(rows), word("规则与已知问题", "Rules and known irregularities"))


def _counts(rules: Sequence[Rule], known: Sequence[Covered]) -> tuple[int, ...]:
    ways = Counter(item.way for item in known)
    return (len(rules), sum(1 for rule in rules if rule.lead_only), len(known), *(ways[way] for way in WAYS))


def work_order(family: Family, rules: Sequence[Rule], law: Law, language: str = "zh") -> Table:
    """Return a family's work order: one line a rule, which leads to the rule's page."""
    word = wording(language)
    columns = (
        Column(word("编号", "Code")),
        Column(word("一级审计事项", "Family")),
        Column(word("二级审计事项", "Group")),
        Column(word("三级审计事项", "Rule")),
        Column(word("法规名称", "Instrument"), weight=2),
        Column(word("条款", "Article"), weight=3),
        Column(word("审计措施", "Measure"), weight=9),
        Column(word("适用主体", "Subject")),
        Column(word("适用范围", "Scope")),
    )
    rows = []
    for number, rule in enumerate(rules):
        group = place_of(rule.code).group
        titles, articles = _law_cells(rule, law, language)
        cells = (
            rule.code,
            say(family.name, language),
            say(group.name, language),
            say(rule.title, language),
            titles,
            articles,
            measure(rule),
            say(group.subject, language),
            _scope(rule, language),
        )
        rows.append(Row(cells, anchor=family.code if number == 0 else "", href=f"#{rule.code}"))
    return Table(columns, tuple(rows), word("审计工单", "Work order"))


def _law_cells(rule: Rule, law: Law, language: str) -> tuple[str, str]:
    """Titles of the instruments, and their articles in the same order, parted by semicolons."""
    articles: dict[str, list[str]] = {}
    for citation in dict.fromkeys(rule.citations):
        title = instrument_title(law.instruments[citation.instrument], language)
        articles.setdefault(title, []).append(citation.article)
    both, each = ("; ", ", ") if language == "en" else ("；", "、")
    return both.join(articles), both.join(each.join(own) for own in articles.values())


def measure(rule: Rule) -> str:
    """Return the audit measure of a rule in one sentence: the first of what it checks."""
    first, stop, _ = parse_page(rule.page).section("检查内容").text.partition("。")
    return first + stop


def _scope(rule: Rule, language: str) -> str:
    kinds = kinds_text(rule.kinds, language)
    if not rule.needs:
        return kinds
    needs = register_names(rule.needs, language, files=False)
    return f"{kinds}; needs {needs}" if language == "en" else f"{kinds}；须有{needs}"


def _pages(rules: Sequence[Rule], law: Law, printed: dict[str, str], language: str) -> Iterator[Block]:
    group: Group | None = None
    for rule in rules:
        here = place_of(rule.code).group
        if here is not group:
            yield Heading(say(here.name, language), 2)
            group = here
        yield from rule_blocks(rule, law, printed, language)
        for key in rule.parameters:
            printed.setdefault(key, rule.code)
