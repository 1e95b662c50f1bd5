"""The budget as papers to sign: 工会经费收支预算表 of the year's beginning, and the form of each revision.

Columns and rows are those of the form in use (科目编码, 科目名称, 年初核定预算数, 预算调整数, 调整后预算数, 说明), its
rows of 后备金 left out since 财会〔2021〕7号 knows none, its 结余 named 结转结余.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from ledger.accounts import resolve
from ledger.balances import opening_rows, standing
from ledger.budgeting import LineKey as LedgerLine
from ledger.budgeting.spent import moved, on_lines
from ledger.facts import Facts
from ledger.money import shown_yuan
from reports.budget_form import fund_ends
from reports.model import Block, Cell, Column, ColumnKind, Document, Paragraph, Row, RowKind, Signatures, Table
from reports.statements import StatementError
from reports.words import day_text, wording
from rules.budget.history import Stage, stages
from rules.budget.lines import INCOME, SPENDING, BudgetVersion, LineKey, in_force, outermost, versions_of

_DAY = datetime.timedelta(days=1)
_TREASURY = ("treasury_carry_forward", "treasury_surplus")
_SIGNERS = (
    ("工会主席", "Chair"),
    ("财务负责人", "Head of finance"),
    ("制表", "Prepared by"),
    ("经审会主任", "Chair of the audit committee"),
)
_Say = Callable[[str, str], str]
_Pair = tuple[int | None, int | None]  # of the form's two amounts: first and last


@dataclass(frozen=True)
class _Form:
    """What one form shows: the first amount of each line and the last, and why it differs."""

    first: Mapping[LineKey, int]
    last: Mapping[LineKey, int]
    reasons: Mapping[LineKey, str]
    versions: Mapping[LineKey, BudgetVersion]
    day: datetime.date
    revision: bool

    def keys(self, element: str) -> list[LineKey]:
        return sorted(key for key in self.versions if self.versions[key].element == element)

    def pair(self, keys: Sequence[LineKey]) -> tuple[int, int]:
        whole = outermost(keys)
        return sum(self.first.get(k, 0) for k in whole), sum(self.last.get(k, 0) for k in whole)


def budget_forms(facts: Facts, year: int, until: datetime.date, language: str = "zh") -> tuple[Document, ...]:
    """Return the papers of a year's budget: the form of its beginning, and one for each revision in force by a day.

    Raises StatementError for a year of which the book holds no budget.
    """
    found = stages(facts, year, until)
    if not found:
        raise StatementError(
            f"账套中没有 {year} 年度预算，不能编制预算表；请先导入年初预算",
            f"the book holds no budget of {year}",
        )
    return tuple(_document(facts, year, stage, language) for stage in found)


def _document(facts: Facts, year: int, stage: Stage, language: str) -> Document:
    word = wording(language)
    form = _form(facts, year, stage)
    name = word(f"第{stage.number}次调整", f"revision {stage.number}") if stage.number else word("年初预算", "original")
    title = (
        word("工会经费收支预算表（年中调整）", "Budget of income and expenditure, as revised")
        if stage.number
        else word("工会经费收支预算表", "Budget of income and expenditure")
    )
    heads = (
        (word("编制单位", "Union"), facts.union.name),
        (word("年度", "Year"), str(year)),
        (word("版本", "Version"), f"{name}，{day_text(form.day, language)}" + word("起生效", " in force from")),
    )
    blocks: list[Block] = [_table(facts, year, form, word)]
    if stage.number:
        blocks.append(Paragraph(_below_spent(facts, year, form, word)))
    blocks += _approvals(stage, word, language)
    suffix = word(f"（第{stage.number}次）", f" ({stage.number})") if stage.number > 1 else ""
    return Document(f"{title}{suffix}", heads, tuple(blocks), form.day, language)


def _form(facts: Facts, year: int, stage: Stage) -> _Form:
    versions = versions_of(facts, year)
    day = max(stage.days)
    original = [v for v in versions if v.version == 0]
    first = {v.key: v.amount_fen for v in original}
    if stage.number:
        now = {v.key: v for v in original} | in_force(versions, day)
        reasons = {key: v.reason for key, v in now.items() if v.version}
    else:
        now = {v.key: v for v in original} or in_force(versions, day)
        first = {key: v.amount_fen for key, v in now.items()}
        shared = {v.reason for v in now.values()}
        reasons = {key: v.reason for key, v in now.items()} if len(shared) > 1 else {}
    last = {key: v.amount_fen for key, v in now.items()}
    return _Form(first, last, reasons, now, day, bool(stage.number))


def _table(facts: Facts, year: int, form: _Form, word: _Say) -> Table:
    amounts = (
        (
            Column(word("年初核定预算数", "Original budget"), ColumnKind.FEN, weight=2),
            Column(word("预算调整数", "Revision"), ColumnKind.FEN, weight=2),
            Column(word("调整后预算数", "Revised budget"), ColumnKind.FEN, weight=2),
        )
        if form.revision
        else (Column(word("年初核定预算数", "Original budget"), ColumnKind.FEN, weight=2),)
    )
    columns = (
        Column(word("科目编码", "Code")),
        Column(word("科目名称", "Account"), weight=4),
        *amounts,
        Column(word("说明", "Explanation"), weight=5),
    )
    income, spending = form.pair(form.keys(INCOME)), form.pair(form.keys(SPENDING))
    result = (income[0] - spending[0], income[1] - spending[1])
    opening, _ = fund_ends(facts, year, form.day)
    treasury = -sum(standing(opening_rows(facts, year)).get(name, 0) for name in _TREASURY)
    rows = _lines(form, INCOME, word)
    rows.append(_row(form, "", word("本年收入合计", "Income of the year"), income, "", RowKind.TOTAL))
    rows += _lines(form, SPENDING, word)
    rows.append(_row(form, "", word("本年支出合计", "Expenditure of the year"), spending, "", RowKind.TOTAL))
    rows.append(_row(form, "", word("本年结余（收支差额）", "Difference"), result, "", RowKind.TOTAL))
    for key in form.keys("net_assets"):
        name = _name(key, form.versions[key], word)
        shown = word(f"动用以前年度资金（{name}）", f"use of earlier years' funds ({name})")
        amount = (form.first.get(key), form.last[key])
        rows.append(_row(form, form.versions[key].code, shown, amount, form.reasons.get(key, "")))
    same = (opening, opening)
    rows.append(_row(form, "", word("上年结转结余", "Funds carried over"), same, "", RowKind.TOTAL))
    if treasury:
        rows.append(_row(form, "", word("其中：财政拨款结转结余", "of which treasury funds"), (treasury, treasury), ""))
    rows.append(_row(form, "", word("本年收回投资", "Investments recovered"), (None, None), ""))
    rows.append(_row(form, "", word("本年投资", "Investments made"), (None, None), ""))
    closing = (opening + result[0], opening + result[1])
    rows.append(_row(form, "", word("期末滚存结转结余", "Funds at the end"), closing, "", RowKind.TOTAL))
    notes = (
        word(
            "期末滚存结转结余＝上年结转结余＋本年结余，为预计数；投资没有编列预算，有投资计划的请手工填列。"
            "上下级科目都有预算的，合计不重复计算。",
            "Funds at the end = carried over + difference. A line that another contains is counted once.",
        ),
    )
    return Table(columns, tuple(rows), "", word("元", "yuan"), notes)


def _lines(form: _Form, element: str, word: _Say) -> list[Row]:
    """Return the lines of an element below a row for each level-1 account that has several or deeper ones."""
    groups: dict[str, list[LineKey]] = {}
    for key in form.keys(element):
        groups.setdefault(":".join(key.account.split(":")[:2]), []).append(key)
    rows: list[Row] = []
    for account, found in groups.items():
        head = resolve(account, form.day)
        apart = [key for key in found if key.account != account or key.project]
        if apart and head is not None:
            own = next((form.reasons.get(key, "") for key in found if key not in apart), "")
            rows.append(_row(form, head.code, head.name, form.pair(found), own, RowKind.HEAD))
        for key in apart if apart and head is not None else found:
            version = form.versions[key]
            amount = (form.first.get(key), form.last[key])
            made = _row(form, version.code, _name(key, version, word), amount, form.reasons.get(key, ""))
            rows.append(replace(made, indent=1) if apart and head is not None else made)
    return rows


def _row(form: _Form, code: str, name: str, amount: _Pair, reason: str, kind: RowKind = RowKind.PLAIN) -> Row:
    first, last = amount
    cells: tuple[Cell, ...] = (last,)
    if form.revision:
        change = None if last is None else last - (first or 0)
        cells = (first, change or None, last)
    return Row((code, name, *cells, reason), kind)


def _name(key: LineKey, version: BudgetVersion, word: _Say) -> str:
    name = key.account.rsplit(":", 1)[-1].split("-", 1)[-1]
    return word(f"{name}（项目：{key.project}）", f"{name} ({key.project})") if key.project else name


def _below_spent(facts: Facts, year: int, form: _Form, word: _Say) -> str:
    """Say whether every revised line is at least what was spent before the revision came into force."""
    eve = form.day - _DAY
    keys = [key for key in form.versions if form.versions[key].element == SPENDING]
    counted = on_lines((LedgerLine(*key) for key in keys), moved(facts, year, eve))
    spent = {LineKey(*key): fen for key, fen in counted.items()}
    short = [key for key in sorted(keys) if spent.get(key, 0) > form.last[key] and form.versions[key].date == form.day]
    if not short:
        return word(
            f"核对：调整的各行，调整后预算数均不小于截至{day_text(eve, 'zh')}的已发生金额。",
            f"Checked: no revised line is less than what was spent by {eve}.",
        )
    told = "；".join(
        f"{key.shown}调整后 {shown_yuan(form.last[key])} 元，已发生 {shown_yuan(spent[key])} 元" for key in short
    )
    return word(
        f"核对：以下各行调整后预算数小于截至{day_text(eve, 'zh')}的已发生金额，应重新核定：{told}。",
        f"Checked: revised below what was spent by {eve}: {told}.",
    )


def _approvals(stage: Stage, word: _Say, language: str) -> list[Block]:
    noun = word("预算调整", "revision") if stage.number else word("预算", "budget")

    def days(found: Sequence[datetime.date], step: str) -> str:
        if not found or step in stage.unrecorded:
            return "　　年　月　日" if language != "en" else "____-__-__"
        return "、".join(day_text(day, language) for day in found)

    committee, audit = days(stage.committee, "committee"), days(stage.audit_review, "audit-review")
    approved = days(stage.approved, "approved")
    return [
        Paragraph(
            word(
                f"本{noun}业经 {committee} 第　　届第　　次工会委员会（常委会）讨论通过。",
                f"This {noun} was adopted by the union committee on {committee}.",
            )
        ),
        Paragraph(
            word(
                f"本{noun}业经 {audit} 第　　届第　　次经费审查委员会审查。",
                f"This {noun} was reviewed by the audit committee on {audit}.",
            )
        ),
        Paragraph(word(f"上级工会于 {approved} 批准（盖章）。", f"Approved by the higher union on {approved} (seal).")),
        Paragraph(word("报出日期：　　　　年　　月　　日", "Submitted on ____-__-__.")),
        Signatures(tuple(word(*role) for role in _SIGNERS)),
    ]
