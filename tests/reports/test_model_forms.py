"""The small parts that every form stands on: words, layout, visible text, numbering, JSON, terminal."""

from __future__ import annotations

import dataclasses
import datetime
import io
import json
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from reports import json_model, layout, numbering, text, visible, words
from reports.model import Column, ColumnKind, Heading, Paragraph, Row, Table
from reports.parts import parts, shown_account
from rules.finding import Severity, Text
from rules.law import ValueKind, ValueStatus
from tests.reports import sample


@given(st.text())
def test_visible_text_holds_nothing_hidden_and_is_stable(raw: str) -> None:
    import unicodedata

    shown = visible.visible(raw)
    assert not {c for c in shown if unicodedata.category(c) in ("Cc", "Cf", "Co", "Cn", "Cs", "Zl", "Zp")}
    assert visible.visible(shown) == shown


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("工会“慰问”（3月）", "工会“慰问”（3月）"),
        ("a\tb", "a b"),
        ("a\r\nb", "a¶b"),
        ("\u202etxt.exe", "〔U+202E〕txt.exe"),
        ("zero\u200bwidth", "zero〔U+200B〕width"),
        ("\ufeff甲", "〔U+FEFF〕甲"),
        ("甲\ufe0f", "甲〔U+FE0F〕"),
        ("\ue000", "〔U+E000〕"),
    ],
)
def test_visible_text(raw: str, shown: str) -> None:
    assert visible.visible(raw) == shown


@pytest.mark.parametrize("raw", ["../../etc/passwd", "a/b\\c", "甲:乙*?", "", "...", "x" * 300, "甲\x00乙"])
def test_file_stems_are_names_and_no_paths(raw: str) -> None:
    stem = visible.file_stem(raw)
    assert 0 < len(stem) <= 80
    assert not set(stem) & set('/\\:*?"<>|\x00\n')
    assert stem.strip(".")


@pytest.mark.parametrize(
    ("cell", "kind", "shown"),
    [
        (123456789, ColumnKind.FEN, "1,234,567.89"),
        (-5, ColumnKind.FEN, "-0.05"),
        (0, ColumnKind.FEN, "0.00"),
        (None, ColumnKind.FEN, ""),
        ("—", ColumnKind.FEN, "—"),
        (1234, ColumnKind.COUNT, "1,234"),
        (Decimal(1) / 3, ColumnKind.SHARE, "33.33%"),
        (Decimal("0.00005"), ColumnKind.SHARE, "0.01%"),
        (datetime.date(2025, 3, 1), ColumnKind.DAY, "2025-03-01"),
        (7, ColumnKind.TEXT, "7"),
    ],
)
def test_cells_as_printed(cell: str | int | Decimal | datetime.date | None, kind: ColumnKind, shown: str) -> None:
    assert words.cell_text(cell, kind) == shown


@pytest.mark.parametrize(("cell", "kind"), [(True, ColumnKind.COUNT), (Decimal("1.5"), ColumnKind.FEN)])
def test_cells_that_are_not_what_their_column_says_are_refused(cell: Decimal, kind: ColumnKind) -> None:
    with pytest.raises(TypeError):
        words.cell_text(cell, kind)


@pytest.mark.parametrize(
    ("value", "unit", "kind", "zh"),
    [
        (Decimal("0.02"), "share", ValueKind.EXACT, "2.00%"),
        (Decimal("0.00005"), "share", ValueKind.MAXIMUM, "不超过0.005%"),
        (Decimal("300"), "yuan", ValueKind.MAXIMUM, "不超过300.00元"),
        (Decimal("15"), "day_of_month", ValueKind.EXACT, "15日"),
        (Decimal("3"), "count", ValueKind.MINIMUM, "不低于3"),
        (None, "yuan", ValueKind.DELEGATED, "无数值"),
    ],
)
def test_values_of_law_as_printed(value: Decimal | None, unit: str, kind: ValueKind, zh: str) -> None:
    made = dataclasses.replace(sample.value(), value=value, unit=unit, kind=kind)
    assert words.value_text(made).zh == zh


def test_two_thirds_are_printed_as_the_law_writes_them() -> None:
    made = dataclasses.replace(sample.value(), value=Decimal("0.6667"), fraction=Fraction(2, 3))
    assert words.value_text(made) == Text("2/3", "2/3")


@given(
    st.lists(st.integers(-(10**12), 10**12), min_size=1, max_size=8),
    st.lists(st.text("甲乙丙丁abc12-/ ", max_size=60), max_size=4),
)
def test_shares_of_columns_make_one_and_amounts_fit(amounts: list[int], notes: list[str]) -> None:
    columns = [Column(f"第{i}列", ColumnKind.FEN) for i in range(len(amounts))]
    columns += [Column("说明", weight=3) for _ in notes]
    table = Table(tuple(columns), (Row((*amounts, *notes)),))
    made = layout.layout(table)
    assert sum(made.shares) == pytest.approx(1, abs=0.01)
    assert min(made.shares) > 0
    if made.size > layout.SIZES[-1]:
        for share, fen in zip(made.shares, amounts, strict=False):
            width_em = share * layout.PAGE_MM / (made.size * layout.MM_PER_POINT)
            assert width_em >= layout.em(words.cell_text(fen, ColumnKind.FEN))


def test_long_runs_may_break_and_say_the_same() -> None:
    raw = "registers/" + "x" * 90 + "/文件.csv"
    broken = layout.breakable(raw)
    assert broken.replace("\u200b", "") == raw
    assert max(map(len, broken.split("\u200b"))) <= 25
    assert layout.breakable("记-2025-03-0012") == "记-2025-03-0012"


def test_titles_break_after_a_word() -> None:
    assert layout.title_lines("短标题") == ("短标题",)
    assert layout.title_lines("某市第一医院工会委员会2025年度工会经费审计报告") == (
        "某市第一医院工会委员会",
        "2025年度工会经费审计报告",
    )
    for title in ("字" * 75, "Audit report of a union with a very long name in English, 2025"):
        assert "".join(layout.title_lines(title)).replace(" ", "") == title.replace(" ", "")


def test_headings_are_numbered_as_documents_do() -> None:
    blocks = (
        Heading("甲"),
        Heading("子", 2),
        Heading("丑", 2),
        Heading("孙", 3),
        Paragraph("文"),
        Heading("乙"),
        Heading("寅", 2),
    )
    shown = [b.text for b in numbering.numbered(blocks) if isinstance(b, Heading)]
    assert shown == ["一、甲", "（一）子", "（二）丑", "1. 孙", "二、乙", "（一）寅"]
    english = [b.text for b in numbering.numbered(blocks, "en") if isinstance(b, Heading)]
    assert english == ["1. 甲", "1.1. 子", "1.2. 丑", "1.2.1. 孙", "2. 乙", "2.1. 寅"]


@pytest.mark.parametrize(("number", "shown"), [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (99, "九十九")])
def test_chinese_numbers(number: int, shown: str) -> None:
    assert numbering.chinese_number(number) == shown


def test_a_hundredth_heading_is_refused() -> None:
    with pytest.raises(ValueError, match="100"):
        numbering.chinese_number(100)


def test_parts_of_a_finding_in_both_languages() -> None:
    block = sample.finding(5)
    zh, en = parts(block, "zh"), parts(block, "en")
    assert [label for label, _ in zh.items] == ["标准", "事实", "影响", "建议"]
    assert [label for label, _ in en.items] == ["Criterion", "Condition", "Effect", "Remedy"]
    assert dict(zh.marks)["编号"] == block.id == dict(en.marks)["Id"]
    assert "REM03可能因同一原因列示" in dict(zh.items)["影响"][0]
    assert zh.evidence.rows[0].cells[0] == block.finding.evidence[0].voucher


def test_values_without_words_are_printed_by_their_keys() -> None:
    block = dataclasses.replace(sample.finding(1), values=())
    assert "contribution.rate：2.00%" in "".join(dict(parts(block).items)["标准"])


def test_every_severity_and_status_has_words() -> None:
    assert set(words.SEVERITIES) == set(Severity)
    assert set(words.VALUE_STATUSES) == set(ValueStatus)


def test_accounts_are_shown_without_the_english_root() -> None:
    assert shown_account("Expenses:501-职工活动支出:50105-会员活动支出") == "501-职工活动支出 / 50105-会员活动支出"
    assert shown_account("") == ""


def test_json_holds_every_block_and_finding() -> None:
    made = json.loads(json_model.to_json(sample.document()))
    assert made["schema"] == json_model.SCHEMA
    assert [b["is"] for b in made["blocks"]] == [type(b).__name__ for b in sample.document().blocks]
    first = next(b for b in made["blocks"] if b["is"] == "FindingBlock")
    assert isinstance(first["finding"]["amount_fen"], int)
    assert first["finding"]["parameters"][0]["value"] == "0.02"
    assert first["finding"]["title"] == {"zh": "单位少拨工会经费", "en": "Employer's contribution falls short"}


def test_json_writes_an_exact_value_of_law_as_a_fraction() -> None:
    block = sample.finding(1)
    thirds = dataclasses.replace(sample.value(), fraction=Fraction(2, 3))
    exact = dataclasses.replace(block, finding=dataclasses.replace(block.finding, parameters=(thirds,)))
    made = json.loads(json_model.to_json(dataclasses.replace(sample.document(), blocks=(exact,))))
    assert made["blocks"][0]["finding"]["parameters"][0]["fraction"] == "2/3"


def test_json_refuses_a_float() -> None:
    odd = Table((Column("甲"),), (Row((0.5,)),))  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="float"):
        json_model.to_json(dataclasses.replace(sample.document(), blocks=(odd,)))


def test_the_terminal_reads_no_markup() -> None:
    out = io.StringIO()
    table = Table((Column("[red]甲[/red]"),), (Row(("[link=x]乙[/link]\x1b[31m",)),), caption="[b]丙", unit="元")
    Console(file=out, width=80).print(text.to_rich(table))
    shown = out.getvalue()
    assert "[red]甲[/red]" in shown
    assert "[link=x]乙[/link]〔U+001B〕[31m" in shown
    assert "\x1b" not in shown


def test_a_finding_for_the_terminal_is_whole() -> None:
    for number in range(8):
        out = io.StringIO()
        block = sample.finding(number)
        Console(file=out, width=200).print(text.finding_to_rich(block))
        shown = out.getvalue()
        for words_of_it in (block.id, block.finding.message.zh, block.finding.remedy.zh, "标准", "证据"):
            assert words_of_it in shown
        assert not set(shown) & set("\x00\u202e\u200b\x1b")


def test_a_narrow_terminal_loses_no_word() -> None:
    out = io.StringIO()
    words_of_it = "，".join(f"第{n}项支出超过预算" for n in range(30))
    table = Table((Column("编号"), Column("事实")), (Row(("BUD02-7ae5317c9cfe", words_of_it)),))
    Console(file=out, width=60).print(text.to_rich(table))
    shown = out.getvalue()
    assert "…" not in shown
    assert words_of_it in "".join(c for c in shown if c not in "│ \n").replace("BUD02-7ae5317c9cfe", "")
