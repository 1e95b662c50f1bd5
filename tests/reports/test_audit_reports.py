"""The reports of the committee, made from a real result: everything decided is printed, nothing else is said."""

from __future__ import annotations

import datetime
import io
from pathlib import Path

import pdfplumber
import pytest

from ledger.facts import Facts, Integrity
from reports import docx, html, json_model, pdf, xlsx
from reports.annual import annual_report
from reports.budget import budget_blocks
from reports.departure import departure_report
from reports.findings import cited_law, findings_table, integrity_table, outcome_table
from reports.model import Block, Document, Figure, FindingBlock, Heading, Paragraph, Table
from reports.redaction import Profile, redacted
from reports.remittance import remittance_blocks
from rules.finding import (
    AuditResult,
    Certainty,
    Citation,
    Evidence,
    Finding,
    Kind,
    Outcome,
    Severity,
    Status,
    Text,
)
from rules.law import Law
from tests.reports import sample
from tests.reports.book import facts_in

SINCE, UNTIL, STAMP = datetime.date(2025, 1, 1), datetime.date(2025, 12, 31), datetime.date(2026, 2, 28)


@pytest.fixture(scope="module")
def law() -> Law:
    from rules.law_loader import load_law

    return load_law()


@pytest.fixture(scope="module")
def facts(tmp_path_factory: pytest.TempPathFactory) -> Facts:
    return facts_in(tmp_path_factory.mktemp("book"))


def _finding(code: str, certainty: Certainty, remedy: str) -> Finding:
    return Finding(
        code=code,
        key=("2025-02",),
        title=Text("单位少拨工会经费", "contribution shortfall"),
        severity=Severity.HIGH,
        certainty=certainty,
        amount_fen=10000,
        message=Text("会员M0002赵某某说少拨100.00元", "short by 100.00 yuan"),
        expected=Text("2,000.00元", "2,000.00 yuan"),
        found=Text("1,900.00元", "1,900.00 yuan"),
        remedy=Text(remedy, "ask for the rest"),
        citations=(Citation("trade-union-law-2021", "第四十三条"),),
        evidence=(
            Evidence(Text("少拨", "short"), "记-2025-03-0001", SINCE, "Income:402-拨缴经费收入", 190000, "v", 3),
        ),
        parameters=(sample.value(),),
    )


def _result(kind: Kind = Kind.ANNUAL, subject: str = "") -> AuditResult:
    findings = (
        _finding("INC01", Certainty.ESTABLISHED, "催缴差额。"),
        _finding("INC02", Certainty.LEAD, "催缴差额。"),
        _finding("EXP01", Certainty.ESTABLISHED, "收回超标部分。"),
    )
    outcomes = (
        Outcome("ACC01", Text("凭证断号", "gaps"), Status.CLEAN, Text("", ""), 0, 12),
        Outcome("AST01", Text("资产盘点", "count"), Status.NOT_PERFORMED, Text("缺少登记簿 assets", "no assets"), 0, 0),
        Outcome("DEP01", Text("离任", "departure"), Status.NOT_APPLICABLE, Text("不属本次审计", "not asked"), 0, 0),
        Outcome("EXP01", Text("超标慰问", "over cap"), Status.FINDINGS, Text("", ""), 1, 3),
        Outcome("INC01", Text("少拨", "short"), Status.FINDINGS, Text("3月无法测试", "March untested"), 1, 2),
        Outcome("INC02", Text("迟拨", "late"), Status.FINDINGS, Text("", ""), 1, 2),
    )
    return AuditResult(
        union_name="某市第一医院工会委员会",
        union_code="81340500MC0000000X",
        region="340500",
        since=SINCE,
        until=UNTIL,
        kind=kind,
        subject=subject,
        engine="union-audit 0.1.0 · law 0",
        digest="0123456789abcdef" * 4,
        outcomes=outcomes,
        findings=findings,
        ids=tuple(f.id_in("81340500MC0000000X") for f in findings),
    )


def _texts(blocks: tuple[Block, ...]) -> str:
    return json_model.to_json(Document("", (), blocks, STAMP))


def _headings(document: Document, level: int = 1) -> list[str]:
    return [b.text for b in document.blocks if isinstance(b, Heading) and b.level == level]


def _section(document: Document, name: str) -> tuple[Block, ...]:
    blocks = list(document.blocks)
    start = next(i for i, b in enumerate(blocks) if isinstance(b, Heading) and b.level == 1 and name in b.text)
    rest = blocks[start + 1 :]
    end = next((i for i, b in enumerate(rest) if isinstance(b, Heading) and b.level == 1), len(rest))
    return tuple(rest[:end])


@pytest.fixture(scope="module")
def annual(facts: Facts, law: Law) -> Document:
    return annual_report(_result(), facts, law, stamp=STAMP)


def test_the_annual_report_has_its_sections_in_order(annual: Document) -> None:
    assert _headings(annual) == [
        "一、审计依据与范围",
        "二、单位基本情况",
        "三、会计报表",
        "四、预算执行情况",
        "五、工会经费计提拨缴与上解",
        "六、审计发现的问题",
        "七、未能测试的事项及原因",
        "八、审计评价",
        "九、审计建议",
        "十、签章",
    ]
    assert annual.title == "某市第一医院工会委员会2025年度工会经费审计报告"
    assert dict(annual.facts)["账套快照"] == "0123456789abcdef" * 4


def test_every_finding_stands_once_in_full_and_leads_stand_apart(annual: Document) -> None:
    section = _section(annual, "审计发现的问题")
    heads = [i for i, b in enumerate(section) if isinstance(b, Heading)]
    established = [b.finding.code for b in section[: heads[1]] if isinstance(b, FindingBlock)]
    leads = [b.finding.code for b in section[heads[1] :] if isinstance(b, FindingBlock)]
    assert (established, leads) == (["INC01", "EXP01"], ["INC02"])
    assert {b.id for b in section if isinstance(b, FindingBlock)} == set(_result().ids)


def test_what_was_not_tested_is_printed_with_its_reason(annual: Document) -> None:
    shown = _texts(_section(annual, "未能测试"))
    for words in ("AST01", "缺少登记簿 assets", "INC01", "3月无法测试", "DEP01", "不属本次审计"):
        assert words in shown
    assert "ACC01" not in shown


def test_the_evaluation_counts_and_says_no_more(annual: Document) -> None:
    said = [b.text for b in _section(annual, "审计评价") if isinstance(b, Paragraph)]
    assert said[0] == "本次审计检查规则6项，其中未发现问题 1项，发现问题或疑点 3项，不适用 1项，未能测试 1项。"
    assert "认定问题2项（高 2项，中 0项，低 0项），逐项金额相加200.00元" in said[1]
    assert "待核实疑点1项" in said[2]
    assert "不得理解为没有问题" in said[3]
    praise = ("良好", "规范有序", "总体上", "真实完整", "符合规定")
    assert not [word for word in praise if word in "".join(said)]


def test_remedies_are_distinct_and_name_their_findings(annual: Document) -> None:
    table = next(b for b in _section(annual, "审计建议") if isinstance(b, Table))
    assert [row.cells[1] for row in table.rows] == ["催缴差额。", "收回超标部分。"]
    first, second, third = _result().ids
    assert [row.cells[2] for row in table.rows] == [f"{first}、{second}", third]


def test_the_law_is_that_which_was_applied(annual: Document) -> None:
    table = next(b for b in _section(annual, "审计依据") if isinstance(b, Table))
    titles = [row.cells[0] for row in table.rows]
    assert "《中华人民共和国工会法》（2021年修正）" in titles
    assert len(titles) == len(set(titles))
    articles = dict(zip(titles, (row.cells[1] for row in table.rows), strict=True))
    accounts = [str(cell) for title, cell in articles.items() if "工会会计制度》（财会〔2021〕7号）" in str(title)]
    assert accounts
    assert all(cell.count("号科目") <= 1 for cell in accounts), "accounts are listed once, not treatment by treatment"


def test_statements_budget_and_contribution_are_in_it(annual: Document) -> None:
    statements = _section(annual, "会计报表")
    assert [b.text for b in statements if isinstance(b, Heading)] == [
        "（一）资产负债表",
        "（二）收入支出表（2025年度）",
    ]
    budget = [b for b in _section(annual, "预算执行") if isinstance(b, Table)]
    line = next(r for r in budget[0].rows if r.cells[0] == "50105-会员活动支出")
    assert line.cells[1:5] == (300000, 0, 300000, 360000)
    assert line.cells[6] == -60000
    assert budget[1].rows[0].cells[1] == "记-2025-05-0001"
    paid = next(b for b in _section(annual, "计提拨缴") if isinstance(b, Table))
    assert [r.cells[:5] for r in paid.rows] == [
        ("2025-02", 10000000, 200000, 190000, 10000),
        ("2025-03", 10000001, 200000, 0, 200000),
        ("合计", 20000001, 400000, 190000, 210000),
    ]
    assert any(isinstance(b, Figure) for b in _section(annual, "计提拨缴"))


def test_the_union_its_officers_and_members_on_the_last_day(annual: Document) -> None:
    shown = _texts(_section(annual, "单位基本情况"))
    for words in ("某市第一医院工会委员会", "基层工会", "2（在册 2）", "李某某", "经费审查委员会主任"):
        assert words in shown
    assert "张某某" not in shown  # whose term was over


def test_what_is_missing_is_said_in_its_place(tmp_path: Path, law: Law) -> None:
    bare = facts_in(tmp_path, without=("payroll", "officers", "members"))
    document = annual_report(_result(), bare, law, stamp=STAMP)
    shown = json_model.to_json(document)
    for words in (
        "缺少登记簿 registers/payroll.csv",
        "缺少登记簿 registers/officers.csv",
        "缺少登记簿 registers/members.csv",
    ):
        assert words in shown
    assert "没有2019年度预算" in _texts(budget_blocks(bare, 2019, datetime.date(2019, 12, 31)))


def test_no_law_for_the_region_is_said_with_its_reason(facts: Facts) -> None:
    said = remittance_blocks(facts, Law({}, {}, "none"), SINCE, UNTIL)
    assert isinstance(said[0], Paragraph)
    assert "无法判定：缺依据" in said[0].text
    english = remittance_blocks(facts, Law({}, {}, "none"), SINCE, UNTIL, "en")
    assert isinstance(english[0], Paragraph)
    assert "cannot be decided" in english[0].text


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_form_of_the_annual_report_holds_every_finding(facts: Facts, law: Law, language: str) -> None:
    document = annual_report(_result(), facts, law, stamp=STAMP, language=language)
    with pdfplumber.open(io.BytesIO(pdf.render(document))) as opened:
        printed = "".join(page.extract_text() or "" for page in opened.pages)
    page = html.render(document)
    for finding_id in _result().ids:
        assert finding_id in printed
        assert finding_id in page
    assert docx.render(document) == docx.render(document)
    assert xlsx.render(document).startswith(b"PK")


def test_public_reports_name_nobody(facts: Facts, annual: Document) -> None:
    public = json_model.to_json(redacted(annual, facts))
    for name in ("张某某", "李某某", "王某某", "赵某某", "M0002"):
        assert name not in public
    assert "李**" in public
    assert "会员1" in public
    committee = json_model.to_json(redacted(annual, facts, Profile.COMMITTEE))
    assert "赵某某" in committee
    assert redacted(annual, facts, Profile.WORKPAPER) == annual


def test_the_departure_report_puts_both_ends_of_the_term_side_by_side(facts: Facts, law: Law) -> None:
    document = departure_report(_result(Kind.DEPARTURE, "张某某"), facts, law, stamp=STAMP)
    assert document.title == "某市第一医院工会委员会主席张某某离任经济责任审计报告"
    assert dict(document.facts)["被审计人"] == "张某某"
    finances = [b for b in _section(document, "任期财务状况") if isinstance(b, Table)]
    position = {row.cells[0]: row.cells[1:] for row in finances[0].rows}
    assert finances[0].columns[1].title == "任期初（2024-06-30）"
    assert finances[0].columns[2].title == "任期末（2025-06-30）"
    assert position["货币资金"] == (1000000, 830000, -170000)
    assert position["资产合计"] == (1050000, 880000, -170000)
    assert position["负债与净资产合计"] == (1050000, 880000, -170000)
    bridge = {row.cells[0]: row.cells[1] for row in finances[1].rows}
    assert bridge["差额（应为零）"] == 0
    assert bridge["任期末资金结转结余"] == 804000
    items = _texts(_section(document, "往来款项"))
    assert "135-其他应收款 / 0101-张某某备用金" in items
    assert "由经费审查委员会核实" in _texts(_section(document, "审计评价"))
    evidence = next(b for b in _section(document, "证据索引") if isinstance(b, Table))
    assert len(evidence.rows) == 3
    public = redacted(document, facts)
    assert "张某某" not in json_model.to_json(public)


@pytest.mark.parametrize("without", [(), ("officers",)])
def test_a_departure_of_somebody_unknown_says_so(tmp_path: Path, law: Law, without: tuple[str, ...]) -> None:
    document = departure_report(_result(Kind.DEPARTURE, "某甲"), facts_in(tmp_path, without=without), law, stamp=STAMP)
    assert "没有被审计人任主席的记录" in _texts(_section(document, "任期财务状况"))
    assert len(_headings(document)) == 16


def test_integrity_entries_are_listed_gravest_first(facts: Facts, law: Law) -> None:
    entries = (
        Integrity("B", "low", "小事", "a.beancount", 3),
        Integrity("A", "high", "文件不在", "b.beancount", 0),
    )
    table = integrity_table(entries)
    assert [row.cells for row in table.rows] == [("高", "文件不在", "b.beancount"), ("低", "小事", "a.beancount:3")]
    import dataclasses

    faulty = dataclasses.replace(facts, integrity=entries)
    shown = _texts(_section(annual_report(_result(), faulty, law, stamp=STAMP), "审计依据"))
    assert "发现2处完整性问题" in shown


def test_tables_lead_where_a_page_says() -> None:
    table = findings_table(_result(), href=lambda i: f"?finding={i}")
    assert [row.href for row in table.rows] == [f"?finding={i}" for i in _result().ids]
    assert table.rows[0].cells[5] == "会员M0002赵某某说少拨100.00元"
    outcomes = outcome_table(_result().outcomes, href=lambda code: f"?rule={code}")
    assert outcomes.rows[0].href == "?rule=ACC01"
    assert [c.title for c in outcomes.columns] == ["规则", "检查事项", "结果", "测试项数", "发现数", "原因或说明"]


def test_clauses_are_printed_with_their_words(law: Law) -> None:
    exact = cited_law(Citation("trade-union-law-2021", "第四十三条"), law)
    part = cited_law(Citation("trade-union-law-2021", "第四十三条第一款第二项"), law)
    unknown = cited_law(Citation("no-such-instrument", "第一条"), law)
    assert exact.words.startswith("工会经费的来源")
    assert "\n" not in exact.words
    assert part.words == exact.words
    assert (unknown.instrument, unknown.words, unknown.certainty) == ("no-such-instrument", "", "remembered")
