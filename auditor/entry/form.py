"""From a form to a voucher: the answers of an event, or lines of 借 and 贷 that a person writes freely."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from auditor.entry.budgeting import with_reason
from auditor.entry.desk import Desk
from auditor.entry.picking import labels_of, picked
from ledger.budgeting import OVERRIDE
from ledger.events import Event, EventProblem, Kind, Words, compose, event_of
from ledger.importers import cells
from ledger.importers.headers import METADATA_COLUMNS, Column
from ledger.money import fen_from_text, shown_yuan
from ledger.vouchers import Line, Voucher
from ledger.writer import OPENING
from rules.law import ParameterValue

FREE = "free"  # a voucher by lines
OPEN = "opening"  # the balances with which the book begins
MOST_LINES = 60
_SHORT_DAY = re.compile(r"(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")

# Who did what is known from the steps of the draft, the scans from what was attached.
WORKFLOW = frozenset({"prepared-by", "reviewed-by", "approved-by", "posted-by", "entered-at", "document", "reverses"})
# The reason for passing a budget warning has its own field in every form.
EXTRAS: tuple[Column, ...] = tuple(c for c in METADATA_COLUMNS if c.key not in WORKFLOW and c.key != OVERRIDE)


@dataclass(frozen=True)
class Composed:
    """What came of a form: the voucher or every problem, and the values of law that it rests on."""

    event: Event | None
    day: datetime.date | None
    voucher: Voucher | None
    problems: tuple[EventProblem, ...]
    values: Mapping[str, ParameterValue]


def composed(desk: Desk, fields: Mapping[str, str]) -> Composed:
    """Return what a form's fields make: `event`, answers as `f.<key>`, lines as `line.<n>.…`, extras as `m.<key>`."""
    key = fields.get("event", "")
    day = day_from(fields.get("f.date", ""), desk.today)
    if key in (FREE, OPEN):
        made_free = _free(desk, fields, key, day)
        return replace(made_free, voucher=with_reason(made_free.voucher, fields))
    try:
        event = event_of(key)
    except KeyError:
        words = Words("没有这项业务，请重新选择", "no such event")
        return Composed(None, day, None, (EventProblem("", words),), MappingProxyType({}))
    context = desk.context(event, day or desk.today, fields.get(f"f.{event.copies}", "").strip())
    answers = answers_of(event, fields)
    for field in event.fields:
        typed = day_from(answers.get(field.key, ""), desk.today) if field.kind is Kind.DATE else None
        if typed is not None:
            answers[field.key] = typed.isoformat()
    made = compose(event, answers, context)
    problems = tuple(EventProblem(f"f.{p.field}" if p.field else "", p.message) for p in made.problems)
    voucher = with_reason(made.voucher, fields)
    return Composed(event, day, voucher, problems, desk.values(event, day or desk.today))


def day_from(text: str, today: datetime.date) -> datetime.date | None:
    """Return the day that a person typed: `2025-03-20`, `20250320`, or `3-20` of this year; or None."""
    plain = text.strip()
    short = _SHORT_DAY.fullmatch(plain)
    try:
        return cells.day(f"{today.year}-{short[1]}-{short[2]}" if short else plain)
    except cells.CellError:
        return None


def answers_of(event: Event, fields: Mapping[str, str]) -> dict[str, str]:
    """Return the answers that a form gives to an event's fields; what the steps of a draft tell is not asked."""
    return {
        field.key: fields[f"f.{field.key}"]
        for field in event.fields
        if fields.get(f"f.{field.key}", "").strip() and field.metadata not in WORKFLOW - {"reverses"}
    }


def fields_of(event_key: str, answers: Mapping[str, str]) -> dict[str, str]:
    """Return the form's fields of a draft's answers: they are kept as the form sent them."""
    return {"event": event_key, **answers}


def _free(desk: Desk, fields: Mapping[str, str], key: str, day: datetime.date | None) -> Composed:
    problems: list[EventProblem] = []
    if day is None:
        problems.append(EventProblem("f.date", Words("请填写日期，例如 2025-03-20", "please give the date")))
    narration = fields.get("f.narration", "").strip()
    if not narration:
        problems.append(EventProblem("f.narration", Words("请填写摘要：这笔钱是为了什么", "please say what it is for")))
    lines = _lines(desk, fields, day or desk.today, problems)
    metadata = _metadata(fields, problems) if key == FREE else {}
    debit = sum(line.amount_fen for line in lines if line.amount_fen > 0)
    credit = debit - sum(line.amount_fen for line in lines)
    if debit != credit and not any(p.field.startswith("line.") for p in problems):
        words = Words(_unbalanced(debit, credit), "debits and credits differ")
        problems.append(EventProblem(f"line.{_last(fields)}.debit", words))
    if problems or day is None:
        return Composed(None, day, None, tuple(problems), MappingProxyType({}))
    voucher = Voucher(
        date=day,
        number=None,
        payee=fields.get("f.payee", "").strip(),
        narration=narration,
        lines=tuple(lines),
        metadata=MappingProxyType(metadata),
        tags=(OPENING,) if key == OPEN else (),
    )
    return Composed(None, day, voucher, (), MappingProxyType({}))


def _unbalanced(debit: int, credit: int) -> str:
    more = "借方多" if debit > credit else "贷方多"
    apart = shown_yuan(abs(debit - credit))
    return f"借贷不平：借方 {shown_yuan(debit)}，贷方 {shown_yuan(credit)}，{more} {apart} 元"


def _last(fields: Mapping[str, str]) -> int:
    rows = [n for n in range(MOST_LINES) if any(fields.get(f"line.{n}.{p}", "").strip() for p in _PARTS)]
    return rows[-1] if rows else 0


_PARTS = ("account", "debit", "credit")


def _lines(desk: Desk, fields: Mapping[str, str], day: datetime.date, problems: list[EventProblem]) -> list[Line]:
    labels = labels_of(desk.accounts(day), day, desk.lists().union.level)
    lines: list[Line] = []
    for number in range(MOST_LINES):
        given = {part: fields.get(f"line.{number}.{part}", "").strip() for part in _PARTS}
        if not any(given.values()):
            continue
        account = picked(given["account"], labels) if given["account"] else None
        if account is None:
            words = (
                Words(f"“{given['account']}”不能确定是哪个科目，请从列表里选一个", "which account is meant? pick one")
                if given["account"]
                else Words("请选择科目", "please pick an account")
            )
            problems.append(EventProblem(f"line.{number}.account", words))
        amount = _amount(given, number, problems)
        if account is not None and amount is not None:
            lines.append(Line(account, amount))
    if not lines and not problems:
        words = Words("请填写分录：至少一借一贷", "please give at least one debit and one credit")
        problems.append(EventProblem("line.0.account", words))
    return lines


def _amount(given: Mapping[str, str], number: int, problems: list[EventProblem]) -> int | None:
    sides = [side for side in ("debit", "credit") if given[side]]
    if len(sides) != 1:
        words = Words("同一行只填借方或贷方中的一个金额", "give either a debit or a credit")
        problems.append(EventProblem(f"line.{number}.debit", words))
        return None
    try:
        fen = fen_from_text(given[sides[0]])
        fault = "" if fen > 0 else "金额应大于零；冲销已记账的凭证请用“红字冲销”"
    except ValueError as error:
        fen, fault = 0, f"{error}；请填以元为单位、至多两位小数的数"
    if fault:
        problems.append(EventProblem(f"line.{number}.{sides[0]}", Words(fault, "not an amount of yuan above zero")))
        return None
    return fen if sides[0] == "debit" else -fen


def _metadata(fields: Mapping[str, str], problems: list[EventProblem]) -> dict[str, str]:
    found: dict[str, str] = {}
    for column in EXTRAS:
        text = fields.get(f"m.{column.key}", "").strip()
        if not text:
            continue
        try:
            found[column.key] = cells.value(column.kind, column.key, text)
        except cells.CellError as error:
            problems.append(
                EventProblem(f"m.{column.key}", Words(str(error), f"{column.key}: {text!r} cannot be read"))
            )
    return found


def numbered(desk: Desk, voucher: Voucher) -> Voucher:
    """Return a voucher with the number that it would get if it were posted now; an opening has none."""
    number = None if OPENING in voucher.tags else desk.number(voucher.date)
    return replace(voucher, number=number)
