"""The small table of a change-over: what a person must decide goes out as CSV, and comes back filled in."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from ledger.accounts import charts
from ledger.change_over import Decision, Question
from ledger.money import MoneyError, fen_from_text

HEADER = ("old", "new", "amount", "reason")


def read_decisions(text: str) -> tuple[tuple[Decision, ...], tuple[str, ...]]:
    """Return the decisions of a CSV table (`old,new,amount,reason`, yuan) and what is wrong with it, line by line."""
    rows = csv.DictReader(io.StringIO(text.lstrip("\ufeff"), newline=""))
    if tuple(rows.fieldnames or ()) != HEADER:
        return (), (f"第 1 行应为 {','.join(HEADER)}",)
    codes = {account.code for account in charts()[1].accounts}
    decisions: list[Decision] = []
    problems: list[str] = []
    for row in rows:
        old, new, amount, reason = ((row.get(column) or "").strip() for column in HEADER)
        if not any((old, new, amount, reason)):
            continue
        try:
            fen = fen_from_text(amount)
        except MoneyError as error:
            problems.append(f"第 {rows.line_num} 行：{error}")
            continue
        if new not in codes:
            problems.append(f"第 {rows.line_num} 行：“{new}”不是 2021 年工会会计制度的科目编码")
        elif fen < 0:
            problems.append(f"第 {rows.line_num} 行：金额不能为负数")
        else:
            decisions.append(Decision(old, new, fen, reason))
    return tuple(decisions), tuple(problems)


def questions_table(questions: Iterable[Question]) -> str:
    """Return the table that a person fills in: one row for each amount that is asked, with an empty amount."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HEADER)
    for question in questions:
        writer.writerows(
            [question.old, c.new.code, "", f"{c.condition}（{c.clause}）"] for c in question.choices if c.new
        )
    return out.getvalue()
