"""会计报表附注: the eight points of 财会〔2021〕7号, part six, made from the book as far as a book can say them.

What only the union can say is taken from `notes.toml`, and where that is silent the place is marked 由单位填写.
"""

from __future__ import annotations

import datetime

from ledger.facts import Facts
from ledger.money import shown_yuan
from reports.budget import execution_table
from reports.model import Block, Column, ColumnKind, Document, Heading, Paragraph, Row, RowKind, Table
from reports.notes_items import (
    account_table,
    adjustment_rows,
    category_table,
    detail_table,
    disposed_rows,
    later_corrections,
    nominal_rows,
    result_table,
)
from reports.notes_written import NOTHING, POINTS, Written
from reports.statements import StatementError, balance_sheet, income_statement
from reports.statements.figures import chart_of
from rules.budget.execution import execution

BLANK = "【由单位填写】"
_RECEIVABLE = (
    ("due_from_higher_union", "应收上级经费"),
    ("due_from_lower_union", "应收下级经费"),
    ("other_receivables", "其他应收款"),
)
_PAYABLE = (
    ("due_to_higher_union", "应付上级经费"),
    ("due_to_lower_union", "应付下级经费"),
    ("other_payables", "其他应付款"),
    ("custody_funds", "代管经费"),
)


def notes(facts: Facts, year: int, written: Written = NOTHING, *, nominal_fen: int | None = None) -> Document:
    """Return the notes to the final accounts of a year.

    `written` is the year's table of notes.toml, `nominal_fen` the amount that counts as nominal (名义金额), None
    when it is not known. Raises StatementError for years before the system of 2021.
    """
    last = datetime.date(year, 12, 31)
    if chart_of(last).until is not None:
        raise StatementError(
            f"{year}年度适用 2009 年工会会计制度，没有这一格式的附注；请选择 2022 年以后的年度",
            f"{year} lies before the system of 2021, which asks for these notes; choose a year since 2022",
        )
    blocks = (
        *_compliance(written),
        *_overall(facts, year, last, written),
        *_policies(facts, last, written),
        *_items(facts, year, written),
        *_disposals(facts, year, written),
        *_nominal(facts, last, written, nominal_fen),
        *_adjustments(facts, year, written),
        *_other(facts, year, written),
    )
    heads = (("编制单位", facts.union.name), ("会计年度", f"{year}年度"), ("单位", "元"))
    return Document("会计报表附注", heads, blocks, last)


def _said(written: Written, point: str) -> Paragraph:
    text = written.texts.get(point, "")
    return Paragraph(text) if text else Paragraph(f"{BLANK}{POINTS[point].split('）', 1)[1]}", strong=True)


def _compliance(written: Written) -> tuple[Block, ...]:
    text = written.texts.get("compliance") or (
        "本工会会计报表按照《工会会计制度》（财会〔2021〕7号）编制，以登记完整、核对无误的账簿记录为依据，"
        "反映了本工会的财务状况、业务活动和预算执行结果。"
    )
    return Heading("一、遵循《工会会计制度》的声明"), Paragraph(text)


def _overall(facts: Facts, year: int, last: datetime.date, written: Written) -> tuple[Block, ...]:
    sheet = balance_sheet(facts, last)
    flow = income_statement(facts, datetime.date(year, 1, 1), last)
    rows = []
    for key, label in (
        ("total_assets", "资产总计"),
        ("total_liabilities", "负债合计"),
        ("total_net_assets", "净资产合计"),
    ):
        before, now = sheet.fen(key, 0), sheet.fen(key, 1)
        rows.append(Row((label, before, now, now - before)))
    position = Table(_columns("年初余额", "年末余额", "增减"), tuple(rows), "整体财务状况", "元", sheet.notes)
    flows = [
        Row((line.label, *line.amounts_fen))
        for line in flow.lines
        if line.key in ("total_income", "total_expense", "difference")
    ]
    result = Table(_columns("本年数", "上年数"), tuple(flows), "收入支出情况", "元", flow.notes)
    lines = execution(facts, year, last)
    blocks: list[Block] = [Heading("二、整体财务状况、预算执行情况的说明"), position, result, _said(written, "overall")]
    if any(line.in_force_fen is not None for line in lines):
        blocks.append(execution_table(lines, year, last))
        over = [
            line
            for line in lines
            if line.element == "expense" and line.in_force_fen is not None and line.remaining_fen < 0
        ]
        if over:
            named = "、".join(f"{line.project or line.name}（{shown_yuan(-line.remaining_fen)}元）" for line in over)
            blocks.append(Paragraph(f"超过预算的支出：{named}。"))
        blocks.append(_said(written, "budget"))
    else:
        blocks.append(Paragraph(f"账套中没有{year}年度预算，预算执行情况{BLANK}", strong=True))
    return tuple(blocks)


def _policies(facts: Facts, last: datetime.date, written: Written) -> tuple[Block, ...]:
    told = [
        "会计年度自公历1月1日起至12月31日止；以人民币为记账本位币，采用借贷记账法。",
        "会计处理一般采用收付实现制，应收应付等经济业务按《工会会计制度》采用权责发生制（第八条）。",
        "库存物品、固定资产、在建工程、无形资产、投资和长期待摊费用在取得时同时确认资产基金（第五十一条）。",
    ]
    cards = category_table(facts, last)
    if cards is not None:
        told.append(
            "固定资产采用年限平均法按月计提折旧，不考虑预计净残值；当月增加的当月计提，当月减少的当月不再计提（第三十五条）。"
            "各类资产的折旧年限见下表。"
        )
    return (
        Heading("三、重要会计政策、会计估计及其变更情况的说明"),
        *(Paragraph(text) for text in told),
        *((cards,) if cards is not None else ()),
        _said(written, "policies"),
        Paragraph("会计政策、会计估计的变更："),
        _said(written, "policy_changes"),
    )


def _items(facts: Facts, year: int, written: Written) -> tuple[Block, ...]:
    tables = (
        *(account_table(facts, year, meaning, label) for meaning, label in _RECEIVABLE),
        account_table(facts, year, "inventory", "库存物品"),
        account_table(facts, year, "fixed_assets", "固定资产原值"),
        account_table(facts, year, "accumulated_depreciation", "累计折旧"),
        *(account_table(facts, year, meaning, label) for meaning, label in _PAYABLE),
        account_table(facts, year, "asset_fund", "资产基金"),
        result_table(facts, year),
        detail_table(facts, year, "income", "收入明细"),
        detail_table(facts, year, "expense", "支出明细"),
    )
    return (
        Heading("四、会计报表重要项目的进一步说明"),
        *(table for table in tables if table is not None),
        _said(written, "items"),
    )


def _disposals(facts: Facts, year: int, written: Written) -> tuple[Block, ...]:
    rows = disposed_rows(facts, year)
    head = Heading("五、重要资产处置、资产重大损失情况的说明")
    if rows is None:
        told: Block = Paragraph(f"账套没有资产卡片（registers/assets.csv）。{BLANK}", strong=True)
    elif rows:
        columns = (
            Column("编号"),
            Column("名称", weight=2),
            Column("处置日期", ColumnKind.DAY),
            Column("原值", ColumnKind.FEN),
        )
        told = Table(columns, rows, f"{year}年度处置的资产", "元")
    else:
        told = Paragraph(f"按资产卡片，{year}年度没有处置资产。")
    pending = account_table(facts, year, "assets_pending_disposal", "待处理财产损溢")
    written_text = written.texts.get("disposals", "")
    more = (_said(written, "disposals"),) if written_text or rows is None or rows or pending is not None else ()
    return head, told, *((pending,) if pending is not None else ()), *more


def _nominal(facts: Facts, last: datetime.date, written: Written, nominal_fen: int | None) -> tuple[Block, ...]:
    head = Heading("六、以名义金额计量的资产")
    rows = None if nominal_fen is None else nominal_rows(facts, last, nominal_fen)
    if rows is None:
        return head, Paragraph("账套没有资产卡片，或没有名义金额的规定，无从列示。"), _said(written, "nominal")
    if not rows:
        return head, Paragraph("没有以名义金额计量的资产。")
    columns = (Column("编号"), Column("名称", weight=2), Column("类别"), Column("金额", ColumnKind.FEN))
    return head, Table(columns, rows, "以名义金额计量的资产", "元"), _said(written, "nominal")


def _adjustments(facts: Facts, year: int, written: Written) -> tuple[Block, ...]:
    head = Heading("七、以前年度结转结余调整情况的说明")
    rows = adjustment_rows(facts, year)
    if not rows:
        return head, Paragraph(f"{year}年度没有调整以前年度结转结余。")
    columns = (
        Column("凭证", weight=2),
        Column("日期", ColumnKind.DAY, weight=2),
        Column("科目", weight=3),
        Column("摘要", weight=3),
        Column("调增（调减以“-”号）", ColumnKind.FEN, weight=2),
    )
    total = Row(("合计", None, None, None, sum(int(str(row.cells[4])) for row in rows)), RowKind.TOTAL)
    return head, Table(columns, (*rows, total), "以前年度结转结余调整", "元"), _said(written, "adjustments")


def _other(facts: Facts, year: int, written: Written) -> tuple[Block, ...]:
    blocks: list[Block] = [Heading("八、有助于理解和分析会计报表需要说明的其他事项"), _said(written, "other")]
    blocks.append(Paragraph("报表日后事项："))
    rows = later_corrections(facts, year)
    if rows:
        columns = (
            Column("更正凭证", weight=2),
            Column("日期", ColumnKind.DAY, weight=2),
            Column("原凭证", weight=2),
            Column("摘要", weight=3),
        )
        blocks.append(Table(columns, rows, f"{year + 1}年1月1日以后更正{year}年度凭证的凭证"))
    blocks.append(_said(written, "events_after"))
    return tuple(blocks)


def _columns(*amounts: str) -> tuple[Column, ...]:
    return Column("项目", weight=2), *(Column(title, ColumnKind.FEN) for title in amounts)
