"""会计报表附注: the eight points of 财会〔2021〕7号, appendix 1, part six, with figures worked by hand."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from ledger.facts import Facts
from reports import docx
from reports.model import Document, Heading, Paragraph, Table
from reports.notes import BLANK, notes
from reports.notes_written import POINTS, NotesFault, Written, parse_notes
from reports.statements import StatementError
from tests.reports.statements.worked_book import CLOSED, facts_of

ASSETS = """
2026-01-08 * "" "红字冲销多记利息"
  voucher: "记-2026-01-0001"
  reverses: "记-2025-09-0001"
  Assets:102-银行存款:01-基本户                  -1.00 CNY
  Income:408-其他收入                             1.00 CNY
"""


@pytest.fixture
def facts(tmp_path: Path) -> Facts:
    return facts_of(tmp_path, CLOSED + ASSETS)


def table(document: Document, caption: str) -> dict[str, tuple[object, ...]]:
    found = next(b for b in document.blocks if isinstance(b, Table) and b.caption == caption)
    return {str(row.cells[0]): row.cells[1:] for row in found.rows}


def paragraphs(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Paragraph)]


def test_the_eight_points_stand_in_order(facts: Facts) -> None:
    made = notes(facts, 2025, nominal_fen=100)
    heads = [block.text for block in made.blocks if isinstance(block, Heading)]
    assert [head[:2] for head in heads] == [f"{n}、" for n in "一二三四五六七八"]
    words = ("声明", "预算执行情况", "会计政策", "重要项目", "资产处置", "名义金额", "结转结余调整", "其他事项")
    assert all(word in head for word, head in zip(words, heads, strict=True))
    assert docx.render(made)


def test_figures_by_hand(facts: Facts) -> None:
    made = notes(facts, 2025, nominal_fen=100)
    position = table(made, "整体财务状况")
    assert [position["资产总计"][n] for n in (0, 1)] == [
        position["负债合计"][n] + position["净资产合计"][n]  # type: ignore[operator]
        for n in (0, 1)
    ]
    assert table(made, "其他应收款") == {
        "会员一": (100000, 70000, 0, 170000),
        "合计": (100000, 70000, 0, 170000),
    }
    assert table(made, "库存物品")["奖品"] == (80000, 90000, 40000, 130000)
    assert table(made, "固定资产原值")["办公设备"] == (2000000, 600000, 120000, 2480000)
    assert table(made, "累计折旧")["累计折旧"] == (400000, 8333, 20000, 388333)
    assert table(made, "应付上级经费")["应付上级经费"] == (600000, 800022, 1000000, 400022)
    assert table(made, "结转结余变动") == {
        "工会资金结转": (900000, 0, 0, 350000, 0, 1250000),
        "工会资金结余": (9490000, 20000, 0, 491257, 0, 10001257),
        "合计": (10390000, 20000, 0, 841257, 0, 11251257),
    }
    assert table(made, "收入明细")["拨缴经费收入"] == (1200033, 600000, 600033)
    assert table(made, "支出明细")["合计"] == (1160010, 250000, 910010)
    adjusted = table(made, "以前年度结转结余调整")
    assert adjusted["记-2025-06-0002"][3] == 20000
    assert adjusted["合计"][3] == 20000
    later = table(made, "2026年1月1日以后更正2025年度凭证的凭证")
    assert later["记-2026-01-0001"][1] == "记-2025-09-0001"


def test_every_table_adds_up(facts: Facts) -> None:
    for block in notes(facts, 2025).blocks:
        if isinstance(block, Table) and [c.title for c in block.columns[1:]] == [
            "年初余额",
            "本年增加",
            "本年减少",
            "年末余额",
        ]:
            for row in block.rows:
                start, more, less, end = (int(str(cell)) for cell in row.cells[1:])
                assert start + more - less == end


def test_what_only_the_union_can_say(facts: Facts) -> None:
    bare = paragraphs(notes(facts, 2025))
    asked = [text for text in bare if BLANK in text]
    assert f"{BLANK}重要会计政策、会计估计" in asked
    assert f"{BLANK}报表日后事项" in asked
    said = Written({point: f"已写：{title}" for point, title in POINTS.items()})
    full = paragraphs(notes(facts, 2025, said))
    assert f"已写：{POINTS['policies']}" in full
    # Without cards and without a budget the book itself still lacks something.
    assert [text for text in full if BLANK in text] == [
        f"账套中没有2025年度预算，预算执行情况{BLANK}",
        f"账套没有资产卡片（registers/assets.csv）。{BLANK}",
    ]


def test_the_old_system_has_no_such_notes(facts: Facts) -> None:
    with pytest.raises(StatementError, match="2022 年以后"):
        notes(facts, 2021)


def test_notes_toml_is_read_strictly() -> None:
    read = parse_notes('[2025]\npolicies = "先进先出法。"\ncost_adjustment = "-12.30"\n[2024]\n')
    assert (read[2025].texts, read[2025].cost_adjustment_fen) == ({"policies": "先进先出法。"}, -1230)
    assert read[2024] == Written()
    with pytest.raises(NotesFault) as found:
        parse_notes('policies = "x"\n[2025]\npolicy = "x"\nother = 5\ncost_adjustment = "十"\n[25]\n')
    faults = found.value.faults
    assert len(faults) == 5
    assert "是否应为“policies”？" in faults[1]
    with pytest.raises(NotesFault, match="不是合法的 TOML"):
        parse_notes("[2025")


def test_the_day_of_the_notes_is_the_year_end(facts: Facts) -> None:
    assert notes(facts, 2025).stamp == datetime.date(2025, 12, 31)
