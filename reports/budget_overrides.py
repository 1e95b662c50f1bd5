"""Vouchers that were saved in spite of a budget warning, with the reason that was given: every one of them."""

from __future__ import annotations

import datetime

import pandas as pd

from ledger.facts import Facts
from reports.model import Column, ColumnKind, Row, RowKind, Table
from reports.words import say
from rules.finding import Text


def overrides(facts: Facts, year: int, until: datetime.date) -> pd.DataFrame:
    """Return the vouchers of a year up to a day that carry a reason for passing a budget warning, in order."""
    rows = facts.vouchers
    stamp = pd.Timestamp(until)
    own = rows[(rows["budget_override"] != "") & (rows["date"].dt.year == year) & (rows["date"] <= stamp)]
    ordered: pd.DataFrame = own.sort_values(["date", "voucher"])
    return ordered


def override_table(facts: Facts, year: int, until: datetime.date, language: str = "zh") -> Table | None:
    """Return those vouchers with what they spent, who approved them and the reason; None where there is none."""
    own = overrides(facts, year, until)
    if own.empty:
        return None

    def word(zh: str, en: str) -> str:
        return say(Text(zh, en), language)

    spending = facts.postings[(facts.postings["element"] == "expense") & facts.postings["entry"].isin(own["entry"])]
    spent = spending.groupby("entry")["amount_fen"].sum().to_dict()
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
        Row(
            (
                str(voucher),
                date.date(),
                str(narration),
                int(spent.get(entry, 0)),
                str(prepared),
                str(approved),
                str(why),
            )
        )
        for entry, voucher, date, narration, prepared, approved, why in own[
            ["entry", "voucher", "date", "narration", "prepared_by", "approved_by", "budget_override"]
        ].itertuples(index=False)
    ]
    whole = sum(int(spent.get(entry, 0)) for entry in own["entry"])
    rows.append(Row((word("合计", "Total"), None, "", whole, "", "", ""), RowKind.TOTAL))
    caption = word("预算提示后仍入账的凭证", "Vouchers saved in spite of a budget warning")
    note = word(
        "录入时程序提示接近、超出预算或没有预算，录入人写明理由后入账；理由是否成立由审计人员判断。",
        "The program warned that a budget was near, exceeded or absent; whether the reason holds is for the auditor.",
    )
    return Table(columns, tuple(rows), caption, word("元", "yuan"), (note,))
