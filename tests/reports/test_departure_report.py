"""The departure report and its page: every section from a real book, every form of it, and nobody named in public."""

from __future__ import annotations

import dataclasses
import datetime
import io
from pathlib import Path

import pdfplumber
import pytest

from auditor.engine import run_audit
from ledger.facts import Facts
from ledger.reader.build import facts_from
from ledger.reader.core import read_tables
from reports import docx, html, json_model, pdf, xlsx
from reports.departure import departure_blocks, departure_report, term_blocks
from reports.departure_term import change_over_blocks, funds_table
from reports.handover import handover_blocks
from reports.model import Block, Document, Figure, Heading, Paragraph, Row, RowKind, Signatures, Table
from reports.redaction import redacted
from rules.departure.funds import funds_by_year
from rules.departure.position import Term
from rules.finding import AuditResult, Certainty, Kind
from rules.law import Law
from rules.law_loader import load_law
from rules.rule import all_rules
from tests.rules.casefile import book_files

STAMP = datetime.date(2025, 12, 31)
TERM = Term("张某某", datetime.date(2021, 7, 1), datetime.date(2022, 6, 30), left=True)
_BODY = """
2021-01-01 * "期初" "期初余额" #opening
  Assets:102-银行存款:01-基本户             1000.00 CNY
  Assets:141-库存物品                         30.00 CNY
  Equity:331-结余                          -1030.00 CNY
2021-10-10 * "某商店" "文体活动"
  voucher: "记-2021-10-0001"
  approved-by: "张某某"
  handled-by: "张某某"
  Expenses:501-职工活动支出:50102-文体活动费   90.00 CNY
  Assets:102-银行存款:01-基本户              -90.00 CNY
2021-12-31 * "年末" "结转" #carry-forward
  voucher: "转-2021-12-0001"
  Equity:331-结余                             90.00 CNY
  Expenses:501-职工活动支出:50102-文体活动费  -90.00 CNY
2022-01-01 * "新旧衔接" "转账" #change-over
  voucher: "记-2022-01-0001"
  Equity:331-结余                            940.00 CNY
  Equity:301-资产基金:30101-库存物品         -30.00 CNY
  Equity:322-工会资金结余:32205-累计结余    -910.00 CNY
2022-03-10 * "李某某" "备用金"
  voucher: "记-2022-03-0001"
  approved-by: "张某某"
  Assets:135-其他应收款:0101-李某某备用金     60.00 CNY
  Assets:102-银行存款:01-基本户              -60.00 CNY
"""
_REGISTERS = {
    "officers": "post,name,from,to\nchair,张某某,2021-07-01,2022-06-30\nchair,李某某,2022-07-01,\n"
    "seal_keeper,陈某某,2021-07-01,\n",
    "audits": "id,kind,period_from,period_to,subject,reported_on,findings,rectified_on\n"
    "审-1,annual,2021-01-01,2021-12-31,本会,2022-03-01,签收不全,\n",
    "assets": "asset_id,name,category,acquired,cost,life_years,keeper,source,last_counted,disposed\n"
    "资-1,电脑,通用设备,2020-01-01,50.00,6,陈某某,employer,2022-06-01,\n",
}


@pytest.fixture(scope="module")
def law() -> Law:
    return load_law()


def _facts(folder: Path, registers: dict[str, str]) -> Facts:
    for path, text in book_files(_BODY, registers).items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    return facts_from(read_tables(folder))


@pytest.fixture(scope="module")
def facts(tmp_path_factory: pytest.TempPathFactory) -> Facts:
    return _facts(tmp_path_factory.mktemp("book"), _REGISTERS)


def _audited(facts: Facts, law: Law, subject: str = "张某某") -> AuditResult:
    rules = [r for r in all_rules() if r.code in ("DEP03", "DEP08", "DEP10", "CTL02")]
    since, until = datetime.date(2021, 1, 1), datetime.date(2022, 12, 31)
    result = run_audit(facts, law, since=since, until=until, kind=Kind.DEPARTURE, subject=subject, rules=rules)
    # The events lie before the day of the accounting law that was read, so that they are leads; a proposal is made
    # for what is established only, and its ways are what is tested here.
    sure = tuple(dataclasses.replace(f, certainty=Certainty.ESTABLISHED) for f in result.findings)
    return dataclasses.replace(result, findings=sure)


@pytest.fixture(scope="module")
def report(facts: Facts, law: Law) -> Document:
    return departure_report(_audited(facts, law), facts, law, stamp=STAMP)


def _section(blocks: tuple[Block, ...], name: str) -> tuple[Block, ...]:
    start = next(i for i, b in enumerate(blocks) if isinstance(b, Heading) and b.level == 1 and name in b.text)
    rest = blocks[start + 1 :]
    end = next((i for i, b in enumerate(rest) if isinstance(b, Heading) and b.level == 1), len(rest))
    return rest[:end]


def _tables(blocks: tuple[Block, ...]) -> dict[str, Table]:
    return {b.caption: b for b in blocks if isinstance(b, Table)}


def _texts(blocks: tuple[Block, ...]) -> str:
    return "".join(b.text for b in blocks if isinstance(b, Paragraph))


def _cells(row: Row) -> tuple[object, ...]:
    return tuple(row.cells)


def test_the_sections_stand_in_their_order(report: Document) -> None:
    heads = [b.text.split("、", 1)[1] for b in report.blocks if isinstance(b, Heading) and b.level == 1]
    assert heads == [
        "审计依据与范围",
        "基本情况",
        "任期财务状况",
        "任期内经费拨缴与上解",
        "重大经济事项决策",
        "往来款项与遗留事项",
        "任期内以往审计及整改",
        "审计发现",
        "未能测试的事项及原因",
        "审计评价",
        "责任界定建议",
        "审计建议",
        "需要说明的事项",
        "签章",
        "附件：移交清单",
        "附件：证据索引",
    ]


def test_funds_stand_year_by_year_with_the_change_over_among_the_causes(report: Document) -> None:
    table = _tables(_section(report.blocks, "任期财务状况"))["任期资金分年变动表"]
    assert [c.title for c in table.columns] == ["项目", "2021年（07-01—12-31）", "2022年（01-01—06-30）", "任期合计"]
    assert [_cells(row) for row in table.rows] == [
        ("年初（任期初）资金", 103000, 94000, 103000),
        ("加：收入", 0, 0, 0),
        ("减：支出", 9000, 0, 9000),
        ("加：新旧制度衔接", 0, -3000, -3000),
        ("年末（任期末）资金", 94000, 91000, 91000),
        ("差额（应为零）", 0, 0, 0),
    ]


def test_the_change_over_is_shown_where_it_lies_in_the_term_only(facts: Facts, report: Document) -> None:
    shown = _section(report.blocks, "任期财务状况")
    table = _tables(shown)["新旧制度衔接科目余额对照表"]
    assert _cells(table.rows[-2]) == ("331 结余", 94000, "30101 库存物品", 3000, 0, "二（一）3、二（三）4（1）")
    assert "使工会资金减少 30.00 元" in _texts(shown)
    assert "其余没有变动" in _texts(shown)
    later = Term("李某某", datetime.date(2022, 1, 2), datetime.date(2022, 6, 30), left=True)
    assert change_over_blocks(facts, later) == ()


def test_decisions_open_items_and_earlier_audits(report: Document) -> None:
    decided = _section(report.blocks, "重大经济事项决策")
    tables = _tables(decided)
    assert tables["本人审批本人经办或收取的支出"].rows[0].cells[1] == "记-2021-10-0001"
    assert tables["对个人的借款和暂付款"].rows[0].cells[3:5] == ("李某某备用金", 6000)
    assert "control.resolution_threshold" in _texts(decided)
    assert "担保不入账" in _texts(decided)
    (audits,) = _tables(_section(report.blocks, "以往审计")).values()
    assert audits.rows[0].cells[5] == "离任日未整改（报告后 121 日）"


def test_proposals_are_for_reference_and_the_committee_decides(report: Document, facts: Facts, law: Law) -> None:
    section = _section(report.blocks, "责任界定建议")
    said = _texts(section)
    assert "供委员会参考的建议，不是认定" in said
    assert "由经费审查委员会核实决策过程、听取被审计人意见后认定" in said
    assert "原文未核" in said
    (table,) = _tables(section).values()
    assert "供委员会参考" in table.columns[3].title
    assert [row.cells[3] for row in table.rows] == [
        "直接责任（第四十条）",
        "直接责任（第四十条）",
        "领导责任（第四十一条）",
    ]
    result = _audited(facts, law)
    assert {row.cells[0] for row in table.rows} == set(result.ids)
    page = departure_blocks(result, facts, law, href=lambda i: f"?id={i}")
    linked = _tables(_section(page, "责任界定建议"))["责任界定建议"]
    assert sorted(row.href for row in linked.rows) == sorted(f"?id={i}" for i in result.ids)


def test_the_handover_list_has_its_parts_and_its_signers(report: Document) -> None:
    section = _section(report.blocks, "移交清单")
    assert [b.roles for b in section if isinstance(b, Signatures)] == [("移交人", "接收人", "监交人")]
    heads = [b.text for b in section if isinstance(b, Heading)]
    assert len(heads) == 10
    assert "缺少登记簿 registers/bank.csv" in _texts(section)
    assets = next(b for b in section if isinstance(b, Table) and b.columns[0].title == "资产")
    assert [row.kind for row in assets.rows] == [RowKind.HEAD, RowKind.PLAIN, RowKind.TOTAL]
    assert _cells(assets.rows[0]) == ("陈某某", "1 件", 5000, "")
    assert "票据登记簿" in _texts(section)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_form_holds_it(facts: Facts, law: Law, language: str) -> None:
    document = departure_report(_audited(facts, law), facts, law, stamp=STAMP, language=language)
    with pdfplumber.open(io.BytesIO(pdf.render(document))) as opened:
        printed = "".join(page.extract_text() or "" for page in opened.pages)
    for words in ("记-2021-10-0001", "审-1", "资-1"):
        assert words in printed
        assert words in html.render(document)
    assert docx.render(document) == docx.render(document)
    assert xlsx.render(document).startswith(b"PK")
    assert any(isinstance(b, Figure) for b in document.blocks)


def test_nobody_is_named_in_public(facts: Facts, report: Document) -> None:
    public = redacted(report, facts)
    for form in (html.render(public), json_model.to_json(public)):
        for name in ("张某某", "李某某", "陈某某"):
            assert name not in form


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ("chair,张某某,2021-07-01,\n", "没有离任日，暂计至 2022-12-31"),
        ("chair,张某某,2021-07-01,2022-06-30\nchair,李某某,2022-06-01,\n", "重叠"),
    ],
)
def test_a_doubtful_term_is_said_where_the_term_is(tmp_path: Path, law: Law, rows: str, words: str) -> None:
    found = _facts(tmp_path, {**_REGISTERS, "officers": f"post,name,from,to\n{rows}"})
    document = departure_report(_audited(found, law), found, law, stamp=STAMP)
    said = [b for b in _section(document.blocks, "基本情况") if isinstance(b, Paragraph) and b.strong]
    assert [words in b.text for b in said] == [True]
    untested = json_model.to_json(Document("", (), _section(document.blocks, "未能测试"), STAMP))
    assert untested.count(words) == 1
    assert term_blocks(TERM) == term_blocks(TERM, "zh", None)


def test_an_unknown_person_has_the_handover_list_and_nothing_else(facts: Facts, law: Law) -> None:
    document = departure_report(_audited(facts, law, "无某"), facts, law, stamp=STAMP)
    for name in ("任期财务状况", "重大经济事项决策", "以往审计", "责任界定建议"):
        assert "没有被审计人任主席的记录" in _texts(_section(document.blocks, name))
    assert [b for b in _section(document.blocks, "移交清单") if isinstance(b, Signatures)]


def test_years_before_the_book_are_left_out_and_named(facts: Facts, law: Law) -> None:
    term = Term("张某某", datetime.date(2019, 7, 1), TERM.leaving, left=True)
    years = funds_by_year(facts, term)
    assert [y.year for y in years] == [2021, 2022]
    assert [y.gap_fen for y in years] == [0, 0]
    assert "建账期初余额" in "".join(str(row.cells[0]) for row in funds_table(years).rows)
    found = _facts_with_term(facts, "2019-07-01")
    said = _texts(_section(departure_report(_audited(found, law), found, law, stamp=STAMP).blocks, "任期财务状况"))
    assert "账套没有任期内2019、2020年的账" in said


def _facts_with_term(facts: Facts, since: str) -> Facts:
    import dataclasses

    officers = facts.registers["officers"].copy()
    officers.loc[officers["name"] == "张某某", "from"] = datetime.datetime.fromisoformat(since)
    return dataclasses.replace(facts, registers={**facts.registers, "officers": officers})


def test_an_empty_day_has_a_list_that_says_so(facts: Facts) -> None:
    blocks = handover_blocks(facts, datetime.date(2020, 1, 1))
    said = _texts(blocks)
    assert "账上没有库存现金" not in said  # the register of counts is missing, which is said instead
    assert "缺少登记簿 registers/cash_counts.csv" in said
    assert "没有未结清的应收款。" in said
