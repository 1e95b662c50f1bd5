"""A document of twenty findings with everything a report can hold, hostile texts among it."""

from __future__ import annotations

import datetime
from decimal import Decimal

from reports.model import (
    Bar,
    CitedLaw,
    Column,
    ColumnKind,
    Document,
    Figure,
    FindingBlock,
    Heading,
    LawValue,
    PageBreak,
    Paragraph,
    Row,
    RowKind,
    Signatures,
    Table,
)
from rules.finding import Certainty, Citation, Evidence, Finding, Severity, Text
from rules.law import ParameterValue, ValueKind, ValueStatus

HOSTILE = (
    '#panic("x") $a^2$ *b* _c_ `d` <label> @ref [e] \\u{41} // f',
    "=1+1",
    "<script>alert(1)</script>",
    "甲\x00乙\u202e丙\u200b丁\n戊",
    "@SUM(A1)",
    "https://example.invalid/很长的地址",
    "{{ title }} {% for x in y %}",
    "A" * 120,
)
STAMP = datetime.date(2026, 2, 28)


def value() -> ParameterValue:
    """A value of law as a rule freezes it into its finding."""
    return ParameterValue(
        key="contribution.rate",
        region="CN",
        in_force_from=datetime.date(2022, 1, 1),
        until=None,
        value=Decimal("0.02"),
        unit="share",
        kind=ValueKind.EXACT,
        status=ValueStatus.VERIFIED,
        instrument="union-law-2021",
        article="第四十三条",
    )


def finding(number: int) -> FindingBlock:
    """The finding of that number; every third is a lead, every fourth has hostile evidence."""
    hostile = HOSTILE[number % len(HOSTILE)]
    evidence = tuple(
        Evidence(
            note=Text(hostile if number % 4 == 0 else "拨缴3月工会经费，收到金额少于应拨金额", "contribution of March"),
            voucher=f"记-2025-03-{number * 10 + row:04d}",
            date=datetime.date(2025, 3, 1 + row),
            account="Income:402-拨缴经费收入"
            if row % 2
            else "Expenses:501-职工活动支出:50105-会员活动支出:01-节日慰问",
            amount_fen=123456789 + number * 1000 + row,
            file="2025/03.beancount",
            line=100 + row,
        )
        for row in range(1 + number % 5)
    )
    made = Finding(
        code=f"INC{number:02d}",
        key=("2025-03", str(number)),
        title=Text("单位少拨工会经费", "Employer's contribution falls short"),
        severity=tuple(Severity)[number % 3],
        certainty=Certainty.LEAD if number % 3 == 0 else Certainty.ESTABLISHED,
        amount_fen=sum(e.amount_fen or 0 for e in evidence),
        message=Text(
            f"2025年3月工资总额1,000,000.00元，应拨缴20,000.00元，实际收到18,765.{number:02d}元，少拨工会经费。",
            f"The contribution of March 2025 fell short ({number}).",
        ),
        expected=Text("全部职工工资总额的百分之二：20,000.00元", "two per cent of total payroll: 20,000.00 yuan"),
        found=Text(f"18,765.{number:02d}元", f"18,765.{number:02d} yuan"),
        remedy=Text("向单位行政发出催缴通知，于下月十五日前补足差额并登记入账。", "Ask the employer to pay the rest."),
        citations=(Citation("union-law-2021", "第四十三条"),),
        evidence=evidence,
        parameters=(value(),),
        related=("REM03",) if number % 5 == 0 else (),
    )
    law = (
        CitedLaw(
            "《中华人民共和国工会法》（2021年修正）",
            "第四十三条",
            "建立工会组织的用人单位按每月全部职工工资总额的百分之二向工会拨缴的经费",
            "read",
        ),
        CitedLaw("《基层工会经费收支管理办法》（总工办发〔2017〕32号）", "第四条", "", "remembered"),
    )
    values = (
        LawValue(
            key="contribution.rate",
            label=Text("工会经费拨缴比例", "rate of contribution"),
            value=Text("2.00%", "2.00%"),
            region=Text("全国", "national"),
            in_force_from=datetime.date(2022, 1, 1),
            until=None,
            status=ValueStatus.VERIFIED,
            instrument="《中华人民共和国工会法》",
            article="第四十三条",
        ),
    )
    return FindingBlock(made.id_in("81340500MC0000000X"), made, law, values if number % 2 else ())


def budget_table() -> Table:
    """A wide table of amounts with heads and totals, long enough to run over a page."""
    columns = (
        Column("科目", weight=3),
        Column("年初预算", ColumnKind.FEN),
        Column("预算调整数", ColumnKind.FEN),
        Column("调整后预算数", ColumnKind.FEN),
        Column("实际执行数", ColumnKind.FEN),
        Column("执行率", ColumnKind.SHARE),
        Column("结余（超支以“−”列示）", ColumnKind.FEN),
    )
    rows = [Row(("一、支出", None, None, None, None, None, None), RowKind.HEAD)]
    rows += [
        Row(
            (
                f"501{n:02d} 职工活动支出第{n}项",
                1234567800 + n,
                None,
                1234567800 + n,
                12345678 * n,
                Decimal(n) / 40,
                -n,
            ),
            indent=1 + n % 2,
        )
        for n in range(40)
    ]
    rows.append(Row(("支出合计", 10**11, 0, 10**11, 5 * 10**10, Decimal("0.5"), 5 * 10**10), RowKind.TOTAL))
    return Table(
        tuple(columns),
        tuple(rows),
        caption="2025年度预算执行情况表",
        unit="元",
        notes=("执行率为实际执行数除以调整后预算数。",),
    )


def hostile_table() -> Table:
    """Texts of a hostile book in a table."""
    columns = (Column("序号", ColumnKind.COUNT), Column("摘要", weight=3), Column("日期", ColumnKind.DAY))
    rows = tuple(Row((n, text, datetime.date(2025, 1, n))) for n, text in enumerate(HOSTILE, 1))
    return Table(columns, rows, caption="账套中的文字原样列示")


def figure() -> Figure:
    """Budget and execution side by side."""
    bars = tuple(Bar(f"{n}月", (2000000 * n, 1900000 * n - 500000 * (n == 3))) for n in range(1, 13))
    return Figure("2025年度各月预算与执行对比图", ("预算", "执行"), bars)


def document(language: str = "zh", findings: int = 20) -> Document:
    """The whole sample."""
    blocks = [
        Heading("一、审计依据与范围"),
        Paragraph("根据《中华人民共和国工会法》第四十五条，本次审计对2025年度工会经费的收支与管理情况进行了审查。" * 3),
        Paragraph("账套快照不完整，以下结论以此为限。", strong=True),
        Heading("（一）预算执行", 2),
        budget_table(),
        figure(),
        hostile_table(),
        Heading("二、审计发现的问题"),
        *(finding(n) for n in range(findings)),
        PageBreak(),
        Heading("三、签章"),
        Signatures(("经费审查委员会主任", "审计组组长", "审计组成员")),
    ]
    return Document(
        title="某市第一医院工会委员会2025年度经费审计报告",
        facts=(
            ("被审计单位", "某市第一医院工会委员会"),
            ("审计期间", "2025年1月1日至2025年12月31日"),
            ("快照", "0123456789abcdef" * 4),
        ),
        blocks=tuple(blocks),
        stamp=STAMP,
        language=language,
    )
