"""Next year's budget as proposed, as a page: every line with this year's figures and how it was reckoned."""

from __future__ import annotations

from ledger.budgeting import Proposal, ProposedLine
from ledger.budgeting.lines import FUNDS, INCOME, SPENDING
from reports.budget_status import shown_line
from reports.model import Column, ColumnKind, Document, Row, RowKind, Table
from reports.words import wording


def proposal_document(made: Proposal, union: str, language: str = "zh") -> Document:
    """Return the proposal as a document: one table, the lines of each kind with their total."""
    word = wording(language)
    base = made.year - 1
    columns = (
        Column(word("科目、项目", "Account, project"), weight=4),
        Column(word(f"{made.year}年建议", f"Proposed {made.year}"), ColumnKind.FEN, weight=2),
        Column(word(f"{base}年预算", f"Budget {base}"), ColumnKind.FEN, weight=2),
        Column(word(f"{base}年执行", f"Actual {base}"), ColumnKind.FEN, weight=2),
        Column(word("测算依据", "Basis"), weight=7),
    )
    rows: list[Row] = []
    for element, total in (
        (INCOME, word("收入合计", "Total income")),
        (FUNDS, word("动用以前年度资金合计", "Earlier years' funds used")),
        (SPENDING, word("支出合计", "Total expenditure")),
    ):
        own = [line for line in made.lines if line.key.element == element]
        rows += [_row(line) for line in own]
        rows.append(Row((total, made.total_fen(element), None, None, ""), RowKind.TOTAL))
    title = word(f"{made.year}年度工会经费预算（建议稿）", f"Budget {made.year} (proposal)")
    heads = ((word("编制单位", "Union"), union), (word("本年数截至", "Figures up to"), made.until.isoformat()))
    table = Table(columns, tuple(rows), "", word("元", "yuan"), made.notes)
    return Document(title, heads, (table,), made.until, language)


def _row(line: ProposedLine) -> Row:
    return Row((shown_line(line.key), line.amount_fen, line.budget_fen, line.actual_fen, line.basis), indent=1)
