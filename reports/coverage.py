"""What of the known irregularities is covered, in which way, and the steps that remain to be taken by hand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from reports.model import Block, Column, Paragraph, Row, Table
from reports.rule_card import certainty, instrument_title, register_names
from reports.words import say, wording
from rules.coverage import Covered, Way
from rules.finding import Text
from rules.law import Law

WAYS: Mapping[Way, Text] = MappingProxyType(
    {
        Way.RULE: Text("规则认定", "a rule that may establish it"),
        Way.LEAD: Text("规则提示疑点", "a rule that only leads to it"),
        Way.MANUAL: Text("人工程序", "a step by hand"),
        Way.NOT_YET: Text("尚无规则", "no rule yet"),
    }
)
NONE = "—"


def coverage_blocks(
    coverage: Sequence[Covered], law: Law, language: str = "zh", *, steps: bool = False
) -> Iterator[Block]:
    """Yield how many of the known irregularities are covered in each way, and a table of them all.

    `steps` writes each step by hand into the table, where no programme follows it.
    """
    word = wording(language)
    counts = Counter(item.way for item in coverage)
    said = [word(f"{text.zh} {counts[way]} 项", f"{counts[way]} by {text.en}") for way, text in WAYS.items()]
    yield Paragraph(
        word(f"已知问题共 {len(coverage)} 项：{'；'.join(said)}。", f"{len(coverage)} in all: {'; '.join(said)}.")
    )
    columns = (
        Column(word("编号", "Code")),
        Column(word("问题", "Irregularity"), weight=7),
        Column(word("检查方式", "How it is covered"), weight=3),
        Column(word("所需数据", "Data needed"), weight=3),
        Column(word("法规", "Law"), weight=7),
        Column(word("认定", "Certainty"), weight=2),
    )
    rows = tuple(
        Row(
            (
                covered.item.code,
                say(covered.item.title, language),
                _how(covered, language, steps=steps),
                data_needed(covered, language),
                law_needed(covered, law, language),
                say(certainty_of(covered), language),
            ),
            href=f"#{covered.rules[0]}" if covered.rules else "",
        )
        for covered in coverage
    )
    yield Table(columns, rows, word("已知问题", "Known irregularities"))


def _how(covered: Covered, language: str, *, steps: bool) -> str:
    only_named = covered.way is Way.MANUAL and not steps
    return say(WAYS[Way.MANUAL] if only_named else covered.how, language)


def data_needed(covered: Covered, language: str) -> str:
    """Return the data without which a known irregularity is not tested: registers, or the books alone."""
    word = wording(language)
    if covered.way is Way.MANUAL:
        return word("账外资料", "papers outside the books")
    if not covered.checks:
        return NONE
    return register_names(covered.needs, language, files=False) or word("账簿", "the books")


def law_needed(covered: Covered, law: Law, language: str) -> str:
    """Return the titles of the instruments that a known irregularity's rules cite."""
    titles = dict.fromkeys(instrument_title(law.instruments[key], language) for key in covered.instruments)
    return ("; " if language == "en" else "；").join(titles) or NONE


def certainty_of(covered: Covered) -> Text:
    """Return how sure the test of a known irregularity can be."""
    match covered.way:
        case Way.RULE:
            return next(certainty(rule) for rule in covered.checks if not rule.lead_only)
        case Way.LEAD:
            return certainty(covered.checks[0])
        case Way.MANUAL:
            return Text("由人判断", "a person judges")
    return Text(NONE, NONE)


def programme_blocks(coverage: Sequence[Covered], language: str = "zh") -> Iterator[Block]:
    """Yield the steps by hand as lines of an audit programme, and what neither a rule nor a step covers."""
    word = wording(language)
    manual = [covered.item for covered in coverage if covered.item.manual.zh]
    missing = [covered.item.code for covered in coverage if covered.way is Way.NOT_YET]
    if manual:
        yield Paragraph(
            word(
                "下列问题在账簿和登记簿里看不到，或规则之外还须人工办理，由审计组列入审计方案，逐项执行并编制底稿。",
                "Books and registers cannot show these, or a rule leaves a step to be taken; the audit team puts each"
                " into its programme and keeps a workpaper of it.",
            )
        )
        columns = (
            Column(word("编号", "Code")),
            Column(word("问题", "Irregularity"), weight=3),
            Column(word("人工程序", "Step by hand"), weight=7),
            Column(word("执行人", "Done by")),
            Column(word("日期", "Day")),
            Column(word("底稿索引", "Workpaper")),
        )
        rows = tuple(Row((i.code, say(i.title, language), say(i.manual, language), "", "", "")) for i in manual)
        yield Table(columns, rows, word("人工程序", "Steps by hand"))
    else:
        yield Paragraph(word("没有须由人工办理的已知问题。", "No known irregularity is left to a step by hand."))
    if missing:
        codes = ("、" if language != "en" else ", ").join(missing)
        yield Paragraph(
            word(
                f"尚无规则的 {len(missing)} 项不在自动检查之内，审计方案须自行安排：{codes}。",
                f"{len(missing)} have no rule yet and are not tested; the programme must provide for them: {codes}.",
            ),
            strong=True,
        )
