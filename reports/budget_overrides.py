"""Vouchers that were saved in spite of a budget warning, with the reason that was given: every one of them."""

from __future__ import annotations

import datetime

from ledger.facts import Facts
from ledger.journal_rows import net_fen
from reports.model import Column, ColumnKind, Row, RowKind, Table
from reports.words import wording


def override_table(facts: Facts, year: int, until: datetime.date, language: str = "zh") -> Table | None:
    """Return the vouchers of a year up to a day that carry a reason for passing a budget warning, in order.

    Each with what it spent, who approved it and the reason; None where there is none.
    """
    own = [v for v in facts.listed if v.budget_override and v.date.year == year and v.date <= until]
    if not own:
        return None
    own.sort(key=lambda v: (v.date, v.voucher))
    spent = [net_fen(p for p in facts.booked.by_entry[v.entry] if p.element == "expense") for v in own]
    word = wording(language)
    columns = (
        Column(word("凭证", "Voucher"), weight=2),
        Column(word("日期", "Date"), ColumnKind.DAY),
        Column(word("摘要", "What for"), weight=3),
        Column(word("支出", "Spent"), ColumnKind.FEN),
        Column(word("制单", "Prepared by")),
        Column(word("审批", "Approved by")),
        Column(word("所写理由", "Reason given"), weight=4),
    )
    rows = [
        Row((v.voucher, v.date, v.narration, fen, v.prepared_by, v.approved_by, v.budget_override))
        for v, fen in zip(own, spent, strict=True)
    ]
    rows.append(Row((word("合计", "Total"), None, "", sum(spent), "", "", ""), RowKind.TOTAL))
    caption = word("预算提示后仍入账的凭证", "Vouchers saved in spite of a budget warning")
    note = word(
        "录入时程序提示接近、超出预算或没有预算，录入人写明理由后入账；理由是否成立由审计人员判断。",
        "The program warned that a budget was near, exceeded or absent; whether the reason holds is for the auditor.",
    )
    return Table(columns, tuple(rows), caption, word("元", "yuan"), (note,))
