"""Reads the answers to an event's fields strictly, one problem for each field that is at fault."""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from ledger.accounts import charts
from ledger.events.model import Event, EventContext, EventProblem, Field, Kind, Words
from ledger.events.subaccounts import account_of_meaning, default_account, is_under, meanings_of, meanings_open_to
from ledger.money import MoneyError, fen_from_text
from ledger.names import as_seen, is_account_name

MAX_TEXT = 500
SINCE = datetime.date(2022, 1, 1)

_MONTH = r"\d{4}-(?:0[1-9]|1[0-2])"
_MONTHS = re.compile(rf"({_MONTH})(?:\.\.({_MONTH}))?")
_COUNT = re.compile(r"0|[1-9]\d{0,8}")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_YES_NO = {"yes": "yes", "no": "no", "是": "yes", "否": "no"}


class BadAnswer(ValueError):
    """An answer that cannot be read; `words` says why and what is expected."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(zh)
        self.words = Words(zh, en)


@dataclass
class Answers:
    """The answers read: text of every field that has one, and fen of every amount."""

    date: datetime.date
    texts: dict[str, str] = field(default_factory=dict)
    fen: dict[str, int] = field(default_factory=dict)
    problems: list[EventProblem] = field(default_factory=list)


def read_answers(event: Event, given: Mapping[str, str], context: EventContext) -> Answers:
    """Return the answers of an event read, with every problem; the day comes first, because accounts hang on it."""
    stripped = {key: as_seen(unicodedata.normalize("NFC", text)).strip() for key, text in given.items()}
    known = {asked.key for asked in event.fields}
    answers = Answers(SINCE)
    for key in sorted(set(stripped) - known):
        answers.problems.append(EventProblem(key, Words(f"这一业务没有“{key}”一项", f"this event asks for no {key!r}")))
    try:
        answers.date = _day(stripped.get("date", ""))
        _check_day(answers.date, context)
    except BadAnswer as bad:
        answers.problems.append(EventProblem("date", bad.words))
    else:
        answers.texts["date"] = answers.date.isoformat()
    for asked in event.fields:
        if asked.key != "date":
            _read(asked, stripped, context, answers)
    for asked in event.fields:
        if asked.key not in answers.texts and not _told(asked.key, answers) and _required(asked, answers):
            words = Words(f"请填写“{asked.label.zh}”", f"please give: {asked.label.en}")
            answers.problems.append(EventProblem(asked.key, words))
    if "contract_date" in answers.texts and "contract" not in answers.texts and not _told("contract", answers):
        words = Words("填了合同日期，请同时填合同编号", "a contract's day needs the contract's number")
        answers.problems.append(EventProblem("contract", words))
    return answers


def _told(key: str, answers: Answers) -> bool:
    return any(problem.field == key for problem in answers.problems)


def _required(asked: Field, answers: Answers) -> bool:
    return asked.required or any(answers.texts.get(name) == value for name, value in asked.required_when)


def _read(asked: Field, given: Mapping[str, str], context: EventContext, answers: Answers) -> None:
    text = given.get(asked.key, "")
    try:
        if asked.kind is Kind.ACCOUNT:
            account = _account(asked, text, context, answers.date)
            if account:
                answers.texts[asked.key] = account
            return
        text = text or asked.default
        if not text:
            return
        if asked.kind is Kind.AMOUNT:
            answers.fen[asked.key] = _amount(asked, text)
        answers.texts[asked.key] = _plain(asked, text)
    except BadAnswer as bad:
        answers.problems.append(EventProblem(asked.key, bad.words))


def _plain(asked: Field, text: str) -> str:
    match asked.kind:
        case Kind.DATE:
            return _day(text).isoformat()
        case Kind.MONTH:
            return _month(text)
        case Kind.CHOICE:
            return _choice(asked, text)
        case Kind.COUNT:
            if not _COUNT.fullmatch(text):
                raise BadAnswer(f"“{text}”不是个数，请填不带小数的数字", f"{text!r} is no whole number")
            return text
        case Kind.YES_NO:
            if text not in _YES_NO:
                raise BadAnswer(f"“{text}”请填“是”或“否”", f"{text!r}: please answer yes or no")
            return _YES_NO[text]
        case Kind.PERCENT:
            return _percent(text)
        case _:
            return _text(text)


def _text(text: str) -> str:
    if len(text) > MAX_TEXT:
        raise BadAnswer(f"文字超过 {MAX_TEXT} 个字，请缩短", f"the text is longer than {MAX_TEXT} characters")
    if any(unicodedata.category(character) in ("Cc", "Cs") for character in text):
        raise BadAnswer("文字里有换行或控制字符，请删去", "the text holds breaks or control characters")
    return text


def _amount(asked: Field, text: str) -> int:
    try:
        fen = fen_from_text(text)
    except MoneyError as error:
        raise BadAnswer(f"{error}；请填以元为单位、至多两位小数的数", f"{text!r} is no amount of yuan") from None
    if fen < 0 or (fen == 0 and not asked.zero):
        raise BadAnswer(f"“{text}”应大于零；冲销请用“红字冲销”", f"{text!r} must be above zero; use the reversal")
    return fen


def _day(text: str) -> datetime.date:
    if not text:
        raise BadAnswer("请填写日期", "please give the date")
    try:
        if _DAY.fullmatch(text):
            return datetime.date.fromisoformat(text)
    except ValueError:
        pass
    raise BadAnswer(f"“{text}”不是日期，请写成 2025-03-20 的样子", f"{text!r} is no date; write it as 2025-03-20")


def _check_day(day: datetime.date, context: EventContext) -> None:
    if day < SINCE:
        raise BadAnswer(
            f"{day.isoformat()} 施行的是 2009 年工会会计制度；业务录入只用于 {SINCE.isoformat()} 及以后，更早的请导入",
            f"before {SINCE.isoformat()} the accounting system of 2009 was in force; import earlier vouchers instead",
        )
    number = context.number
    if number is not None and number.period != f"{day.year:04d}-{day.month:02d}":
        raise BadAnswer(
            f"凭证字号 {number} 属于 {number.period}，与日期 {day.isoformat()} 不是同一个月",
            f"the voucher number belongs to {number.period}, another month than {day.isoformat()}",
        )


def _month(text: str) -> str:
    match = _MONTHS.fullmatch(text)
    if match is None or (match[2] and match[2] < match[1]):
        raise BadAnswer(
            f"“{text}”不是月份，请写成 2025-02 或 2025-01..2025-03 的样子",
            f"{text!r} is no month; write it as 2025-02 or 2025-01..2025-03",
        )
    return text


def _choice(asked: Field, text: str) -> str:
    for choice in asked.choices:
        if text in (choice.value, choice.label.zh):
            return choice.value
    shown = "、".join(choice.label.zh for choice in asked.choices)
    values = ", ".join(choice.value for choice in asked.choices)
    raise BadAnswer(f"“{text}”不在可选项之内，请选：{shown}", f"{text!r} is none of: {values}")


def _percent(text: str) -> str:
    try:
        number = Decimal(text.removesuffix("%").removesuffix("％"))
    except InvalidOperation:
        number = Decimal(-1)
    if not number.is_finite() or not 0 <= number <= 100:
        raise BadAnswer(f"“{text}”不是百分比，请填 0 到 100", f"{text!r} is no percentage from 0 to 100")
    return str(number)


def _account(asked: Field, text: str, context: EventContext, day: datetime.date) -> str:
    if not text:
        return default_account(asked, context, day)
    if text in charts()[-1].by_meaning:
        if text not in meanings_of(asked, context.level, day):
            raise _unfit(asked, text)
        return account_of_meaning(asked, text, context, day)
    if not is_account_name(text) or not is_under(text, meanings_open_to(asked, context.level, day), day):
        raise _unfit(asked, text)
    if asked.named and asked.named not in text.rsplit(":", 1)[-1]:
        raise BadAnswer(
            f"“{text}”不是“{asked.named}”明细科目；这笔钱应单设“{asked.named}”明细核算",
            f"this money is kept in a sub-account of its own named {asked.named}",
        )
    return text


def _unfit(asked: Field, text: str) -> BadAnswer:
    names = "、".join(charts()[-1].by_meaning[meaning].name for meaning in asked.accounts)
    codes = ", ".join(charts()[-1].by_meaning[meaning].code for meaning in asked.accounts)
    return BadAnswer(f"“{text}”不能用在这里，请选{names}或其明细科目", f"{text!r} does not stand under {codes}")
