"""Composes the voucher of an event: answers in, the whole entry out, or every problem told by field."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType

from ledger.accounts import account_name, statutory
from ledger.events.answers import Answers, read_answers
from ledger.events.loading import template_names
from ledger.events.model import (
    Composition,
    EntryLine,
    Event,
    EventContext,
    EventProblem,
    Field,
    Kind,
    Split,
    Term,
    Words,
)
from ledger.events.subaccounts import TREASURY, TREASURY_NAME, is_under, meanings_above, sub_account
from ledger.money import MAX_FEN, round_half_up
from ledger.names import component_name
from ledger.vouchers import Line, Voucher

_PAYMENT = "payment"
_OCCURRED = "occurred"
_CONTRACT, _CONTRACT_DATE = "contract", "contract-date"
_WAYS = MappingProxyType({"cash_on_hand": "cash"})
# Of a voucher that is turned; its invoice too, so that what was paid on the invoice falls back to nothing.
_KEPT = frozenset(
    {"fund", "project", "month-of", "occasion", "list", "activity", "activity-type", "payment"}
    | {"invoice", "invoice-seller", "invoice-date", "invoice-type"}
)


def compose(event: Event, answers: Mapping[str, str], context: EventContext) -> Composition:
    """Return the voucher of an event, complete and balanced, or else every problem by field.

    `answers` are texts by field key; a blank answer counts as none. Nothing is read but the arguments. Amounts are
    yuan in text. A sum is divided as `Split` says: the own part rounded half up to the fen, the rest is what is left.
    """
    read = read_answers(event, answers, context)
    if read.problems:
        return Composition(None, tuple(read.problems))
    lines = _copied(event, read, context) if event.copies else _lines(event, read, context)
    if not read.problems and not lines:
        read.problems.append(EventProblem("", Words("所填金额全为零，没有可记的分录", "every amount is nothing")))
    if read.problems:
        return Composition(None, tuple(read.problems))
    voucher = Voucher(
        date=read.date,
        number=context.number,
        payee=read.texts.get("payee", ""),
        narration=read.texts.get("narration") or filled(event.narration, event, read.texts),
        lines=lines,
        metadata=_metadata(event, read, context),
    )
    if voucher.residual_fen:
        message = Words("借贷不平：请核对所填各项金额", "debits and credits differ: please check the amounts")
        return Composition(None, (EventProblem("", message),))
    return Composition(voucher)


def split_fen(split: Split, whole: int, context: EventContext) -> tuple[int, int] | None:
    """Return the two parts of a sum in fen, which always make it up; None when the share is missing or no share."""
    share = context.values.get(split.share)
    if share is None or not 0 <= share <= 1:
        return None
    part = round_half_up(whole * share)
    return part, whole - part


def filled(template: str, event: Event, texts: Mapping[str, str]) -> str:
    """Return a template with the answers in the place of their names; what was not answered is left out."""
    for name in template_names(template):
        template = template.replace("{" + name + "}", _shown(event.asked(name), texts.get(name, "")))
    return template.strip()


def _shown(field: Field, text: str) -> str:
    if field.kind is Kind.CHOICE:
        return next((choice.label.zh for choice in field.choices if choice.value == text), text)
    if field.kind is Kind.MONTH and text:
        return "至".join(f"{month[:4]}年{int(month[5:])}月" for month in text.split(".."))
    return text


def _lines(event: Event, read: Answers, context: EventContext) -> tuple[Line, ...]:
    fen = {field.key: read.fen.get(field.key, 0) for field in event.fields if field.kind is Kind.AMOUNT}
    for split in event.splits:
        parts = split_fen(split, fen[split.of], context)
        if parts is None:
            read.problems.append(EventProblem("", _missing_share(split)))
            return ()
        fen[split.part], fen[split.rest] = parts
    lines: list[Line] = []
    opened = list(context.accounts)
    for entry in event.lines:
        if any(read.texts.get(name) != value for name, value in entry.when):
            continue
        amount = sum(term.sign * fen[term.name] for term in entry.amount)
        if amount < 0 and not entry.flips:
            read.problems.append(_below_nothing(entry.amount, event))
        elif abs(amount) > MAX_FEN:
            read.problems.append(EventProblem("", Words("金额合计过大", "the sum is too large")))
        elif amount:
            account = _account(entry, event, read, replace(context, accounts=tuple(opened)))
            opened.append(account)
            lines.append(Line(account, amount if entry.debit else -amount))
    return tuple(lines)


def _missing_share(split: Split) -> Words:
    return Words(
        f"缺少当日有效的比例（{split.share}），无法分账；请在 union.toml 的 [[standards]] 写明本会执行的比例和文件",
        f"no share {split.share} from 0 to 1 is in force on the day; state the union's own under [[standards]]",
    )


def _below_nothing(terms: Iterable[Term], event: Event) -> EventProblem:
    labels = {field.key: field.label for field in event.fields}
    plus = [labels[t.name] for t in terms if t.sign > 0 and t.name in labels]
    minus = [(t.name, labels[t.name]) for t in terms if t.sign < 0 and t.name in labels]
    zh = f"“{'、'.join(word.zh for _, word in minus)}”不能大于“{'、'.join(word.zh for word in plus)}”"
    en = f"{', '.join(word.en for _, word in minus)} must not exceed {', '.join(word.en for word in plus)}"
    return EventProblem(minus[0][0] if minus else "", Words(zh, en))


def _account(entry: EntryLine, event: Event, read: Answers, context: EventContext) -> str:
    if entry.account.startswith("@"):
        account = read.texts[entry.account[1:]]
    else:
        account = account_name(statutory(entry.account, read.date))
    if entry.treasury and is_under(read.texts.get(entry.treasury, ""), TREASURY, read.date):
        account = sub_account(account, TREASURY_NAME, context.accounts)
    below = component_name(filled(entry.below, event, read.texts)) if entry.below else ""
    return sub_account(account, below, context.accounts) if below else account


def _copied(event: Event, read: Answers, context: EventContext) -> tuple[Line, ...]:
    number = read.texts[event.copies]
    original = context.vouchers.get(number)
    if original is None:
        words = Words(f"账套里没有凭证“{number}”，请核对字号", f"the book has no voucher {number!r}")
        read.problems.append(EventProblem(event.copies, words))
        return ()
    if original.date > read.date:
        words = Words(f"冲销的日期早于原凭证的日期 {original.date.isoformat()}", "the day is before the original's")
        read.problems.append(EventProblem("date", words))
    if original.date.year != read.date.year and any(_is_flow(line) for line in original.lines):
        words = Words(
            f"凭证“{number}”是以前年度的收入或支出，已经结转；请用“以前年度差错更正或支出收回”",
            f"{number!r} is closed income or expenditure of an earlier year; use the correction of earlier years",
        )
        read.problems.append(EventProblem(event.copies, words))
    read.texts["payee"] = read.texts.get("payee") or original.payee
    return tuple(Line(line.account, -line.amount_fen, line.metadata) for line in original.lines)


def _is_flow(line: Line) -> bool:
    return line.account.startswith(("Income:", "Expenses:"))


def _metadata(event: Event, read: Answers, context: EventContext) -> Mapping[str, str]:
    metadata = dict(event.metadata)
    if event.copies:
        # What the money was for stays with the turned lines, so that every sum by fund, month or list falls back.
        original = context.vouchers[read.texts[event.copies]].metadata
        metadata |= {key: text for key, text in original.items() if key in _KEPT}
    for field in event.fields:
        text = read.texts.get(field.key, "")
        if not field.metadata or not text:
            continue
        if field.kind is Kind.ACCOUNT and field.metadata == _PAYMENT:
            above = meanings_above(text, read.date)
            text = next((way for meaning, way in _WAYS.items() if meaning in above), "transfer")
        metadata[field.metadata] = text
    if metadata.get(_OCCURRED) == read.date.isoformat():  # the book says it only where it is another day
        del metadata[_OCCURRED]
    signed = metadata.pop(_CONTRACT_DATE, "")  # the book holds number and day of a contract under one key
    if signed:
        metadata[_CONTRACT] = f"{metadata[_CONTRACT]} {signed}"
    return MappingProxyType(metadata)
