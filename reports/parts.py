"""A finding taken apart for printing: criterion, condition, effect, evidence and remedy, the same in every form."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ledger.money import shown_yuan
from reports.model import CitedLaw, Column, ColumnKind, FindingBlock, LawValue, Row, Table
from reports.words import (
    CERTAINTIES,
    CERTAINTY_OF_LAW,
    SEVERITIES,
    VALUE_STATUSES,
    region_text,
    say,
    value_text,
    wording,
)
from rules.finding import Evidence, Text
from rules.law import ParameterValue


@dataclass(frozen=True)
class FindingParts:
    """What a renderer prints of one finding, in order; every text is final.

    `marks` are short facts (label, text) for one line, `items` labelled paragraphs, of which one label may head
    several; `evidence` is the last.
    """

    heading: str
    marks: tuple[tuple[str, str], ...]
    items: tuple[tuple[str, tuple[str, ...]], ...]
    evidence: Table


def parts(
    block: FindingBlock, language: str = "zh", evidence_href: Callable[[Evidence], str] | None = None
) -> FindingParts:
    """Return what is printed of a finding in a language (`zh` or `en`).

    `evidence_href` says where a page shows a piece of evidence; nothing where it has no place.
    """
    finding = block.finding
    word = wording(language)
    amount = f"{shown_yuan(finding.amount_fen)}{word('元', ' yuan')}" if finding.amount_fen else word("—", "—")
    marks = (
        (word("严重程度", "Severity"), say(SEVERITIES[finding.severity], language)),
        (word("认定", "Certainty"), say(CERTAINTIES[finding.certainty], language)),
        (word("涉及金额", "Amount"), amount),
        (word("编号", "Id"), block.id),
    )
    values = block.values or tuple(bare_value(p) for p in finding.parameters)
    criterion = tuple(_law_sentence(law, language) for law in block.law)
    criterion += tuple(_value_sentence(v, language) for v in values)
    condition = [say(finding.message, language)]
    if finding.expected.zh:
        condition.append(word("应为：", "Expected: ") + say(finding.expected, language))
    if finding.found.zh:
        condition.append(word("实为：", "Found: ") + say(finding.found, language))
    items = [
        (word("标准", "Criterion"), criterion or (word("（未列依据）", "(no clause given)"),)),
        (word("事实", "Condition"), tuple(condition)),
        (word("影响", "Effect"), (_effect(block, language),)),
        (word("建议", "Remedy"), (say(finding.remedy, language),)),
    ]
    return FindingParts(
        heading=f"{finding.code} {say(finding.title, language)}",
        marks=marks,
        items=tuple(items),
        evidence=evidence_table(finding.evidence, language, evidence_href),
    )


def evidence_table(
    evidence: Sequence[Evidence], language: str = "zh", evidence_href: Callable[[Evidence], str] | None = None
) -> Table:
    """Return the evidence of a finding as a table: voucher, day, account, amount, place in the book, note."""
    word = wording(language)
    columns = (
        Column(word("凭证号", "Voucher"), weight=2),
        Column(word("日期", "Date"), ColumnKind.DAY),
        Column(word("科目", "Account"), weight=4),
        Column(word("金额", "Amount"), ColumnKind.FEN),
        Column(word("文件:行", "File:line"), weight=2),
        Column(word("说明", "Note"), weight=4),
    )
    cells = [
        (e.voucher, e.date, shown_account(e.account), e.amount_fen, place(e), say(e.note, language)) for e in evidence
    ]
    # A register's row has no voucher, an absence no amount: a column that nothing fills is left out.
    kept = [i for i in range(len(columns)) if i == len(columns) - 1 or any(row[i] not in ("", None) for row in cells)]
    rows = tuple(
        Row(tuple(row[i] for i in kept), href=evidence_href(e) if evidence_href else "")
        for row, e in zip(cells, evidence, strict=True)
    )
    shown = tuple(columns[i] for i in kept)
    return Table(shown, rows, caption=word("证据", "Evidence"), unit=word("元", "yuan"))


def shown_account(account: str) -> str:
    """Return a ledger account as people read it: without the English root, levels parted by ` / `."""
    root, _, rest = account.partition(":")
    return (rest or root).replace(":", " / ")


def line_name(account: str, project: str) -> str:
    """Return a budget line as tables of one budget show it: the last part of its account, and its project."""
    name = account.rsplit(":", 1)[-1]
    return f"{name}（{project}）" if project else name


def place(evidence: Evidence) -> str:
    """Return where in the book the evidence stands: `2025/03.beancount:88`."""
    return f"{evidence.file}:{evidence.line}" if evidence.file and evidence.line else evidence.file


def _effect(block: FindingBlock, language: str) -> str:
    finding = block.finding
    if finding.amount_fen:
        shown = shown_yuan(finding.amount_fen)
        text = Text(f"涉及金额{shown}元。", f"Amount at risk {shown} yuan.")
    else:
        text = Text("不涉及可计算的金额。", "No amount can be computed.")
    said = say(text, language)
    if finding.related:
        codes = "、".join(finding.related) if language != "en" else ", ".join(finding.related)
        other = Text(
            f"{codes}可能因同一原因列示，金额不重复计算。",
            f" {codes} may show the same cause; do not add amounts twice.",
        )
        said += say(other, language)
    return said


def _law_sentence(law: CitedLaw, language: str) -> str:
    doubt = say(CERTAINTY_OF_LAW.get(law.certainty, Text("", "")), language)
    words = ""
    if law.words:
        words = f": “{law.words}”" if language == "en" else f"：“{law.words}”"
    space = " " if language == "en" else ""
    return f"{law.instrument}{space}{law.article}{doubt}{words}"


def _value_sentence(value: LawValue, language: str) -> str:
    status = say(VALUE_STATUSES[value.status], language)
    label, shown, region = (say(t, language) for t in (value.label, value.value, value.region))
    since, until = value.in_force_from.isoformat(), value.until.isoformat() if value.until else ""
    if language == "en":
        term = f"{since} to {until}" if until else f"since {since}"
        return f"{label}: {shown} ({region}, {term}, {status}; {value.instrument} {value.article})".replace(" )", ")")
    term = f"{since}至{until}" if until else f"自{since}起"
    return f"{label}：{shown}（{region}，{term}，{status}；{value.instrument}{value.article}）"


def bare_value(parameter: ParameterValue) -> LawValue:
    """Return a value of law as printed where only its key is known."""
    return LawValue(
        key=parameter.key,
        label=Text(parameter.key, parameter.key),
        value=value_text(parameter),
        region=region_text(parameter.region),
        in_force_from=parameter.in_force_from,
        until=parameter.until,
        status=parameter.status,
        instrument=parameter.instrument,
        article=parameter.article,
    )
