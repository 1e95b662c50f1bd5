"""资产负债表 (工会01表): what the union owns, owes and holds at the end of a day."""

from __future__ import annotations

import datetime
from dataclasses import replace

from ledger.balances import Unclosed, closing_rows, opening_rows, standing, unclosed
from ledger.facts import Facts
from ledger.money import shown_yuan
from reports.statements.figures import chart_of, moved_to
from reports.statements.fill import Amounts, fill, lines_of
from reports.statements.forms import BALANCE_2021, FormLine, balance_form
from reports.statements.statement import Statement
from reports.words import day_text

_QUOTA = "zero_balance_quota"
_INTERIM_NOTE = "“*”标识项目为中期报表项目，年报中不需列示。"


def balance_sheet(facts: Facts, until: datetime.date) -> Statement:
    """Return the balance sheet at the end of a day; on December 31 it is the year's.

    Before the year's end, income and expenditure not yet carried forward count as carried forward, because the
    regulation carries them forward every period; at the year's end the books must have done it, and a note says
    so where they have not. Raises StatementError for days before the oldest known forms.
    """
    chart = chart_of(until)
    yearly = (until.month, until.day) == (12, 31)
    form = tuple(line for line in balance_form(chart) if not (yearly and line.interim))
    form = tuple(_without(line, _QUOTA) for line in form) if yearly else form
    closing_journal, opening_journal = closing_rows(facts, until), opening_rows(facts, until.year)
    closing, opening = standing(closing_journal), standing(opening_journal)
    left, left_before = unclosed(closing_journal), unclosed(opening_journal)
    notes = [_INTERIM_NOTE] if any(line.interim for line in form) else []
    if not yearly and any(left.results.values()):
        new = chart.until is None
        for result, fen in left.results.items():
            closing = moved_to(closing, result if new else "surplus", fen)
        notes.append(_provisional(left, new=new))
        left = Unclosed()
    if opening_journal.empty:
        notes.append(f"账套自{until.year}年开始且没有期初余额（#opening），年初余额按零列示。")
    before, now = fill(form, opening), fill(form, closing)
    notes += _doubts("年末" if yearly else "期末", form, now, closing, left)
    notes += _doubts("年初", form, before, opening, left_before)
    return Statement(
        form="工会01表",
        title="资产负债表",
        union=facts.union.name,
        period=day_text(until, "zh"),
        until=until,
        columns=_columns(new=chart.until is None, yearly=yearly),
        lines=lines_of(form, chart, facts.union.level, (before, now)),
        notes=tuple(notes),
        item_titles=("资产", "负债与净资产"),
    )


def _columns(*, new: bool, yearly: bool) -> tuple[str, str]:
    last = "年末" if yearly else "期末"
    return ("年初余额", f"{last}余额") if new else ("年初数", f"{last}数")


def _without(line: FormLine, part: str) -> FormLine:
    return replace(line, total_of=tuple(p for p in line.total_of if p != part))


def _provisional(left: Unclosed, *, new: bool) -> str:
    parts = "“结余”"
    if new:
        named = [(form_line.label, left.results.get(form_line.key, 0)) for form_line in BALANCE_2021]
        parts = "、".join(f"“{label}”{shown_yuan(fen)}元" for label, fen in named if fen)
    return f"本年收支差额{shown_yuan(left.total)}元账上尚未结转，已按期末结转口径计入{parts}。"


def _doubts(
    when: str, form: tuple[FormLine, ...], amounts: Amounts, balances: dict[str, int], left: Unclosed
) -> list[str]:
    """Return notes on what keeps the halves of the form from being equal, if anything does."""
    placed = {meaning for line in form for meaning in line.meanings}
    notes = []
    if left.accounts:
        notes.append(
            f"{when}：收入、支出类科目尚有差额{shown_yuan(left.total)}元未结转（缺年末结转凭证），本表按账面现状列示。"
        )
    quota = balances.get(_QUOTA, 0)
    if _QUOTA not in placed and quota:
        notes.append(f"{when}：“零余额账户用款额度”尚有余额{shown_yuan(quota)}元，年报不列示，年末应当注销。")
    homeless = sum(fen for meaning, fen in balances.items() if meaning not in placed and meaning != _QUOTA)
    if homeless:
        side = "借方" if homeless > 0 else "贷方"
        notes.append(f"{when}：有科目不属于当期会计科目表，余额净额{side}{shown_yuan(abs(homeless))}元，未列入本表。")
    difference = (amounts["total_assets"] or 0) - (amounts["total_liabilities_and_net_assets"] or 0)
    if difference:
        notes.append(f"{when}：资产总计与负债和净资产总计相差{shown_yuan(abs(difference))}元，两边不平。")
    return notes
