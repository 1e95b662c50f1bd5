"""Parsing, booking and checking with beancount, on the auditor's terms.

Only `parse` reads text; nothing that a book names is imported, opened or followed. The semi-public
functions used here are why beancount is pinned to the patch.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from beancount import loader
from beancount.core import data
from beancount.core.amount import Amount
from beancount.ops import validation
from beancount.parser import booking, options

from ledger.reader.codes import Faults
from ledger.reader.complaints import complaint
from ledger.reader.lists import BUDGET
from ledger.reader.parsing import parse

NOWHERE = "/book/"  # parsed files are named below a folder that does not exist, so that nothing relative is found


@dataclass(frozen=True)
class Source:
    """One file of a book as the scan left it: its path, the text that may be parsed, the includes found in it."""

    path: str
    text: str
    includes: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Loaded:
    """Everything the parser and the checks gave: directives by kind, in beancount's order."""

    transactions: Sequence[Any]
    opens: Sequence[Any]
    closes: Sequence[Any]
    budgets: Sequence[Any]
    documents: Sequence[Any]


def load(sources: Sequence[Source], faults: Faults) -> Loaded:
    """Return the directives of a book, booked and validated with exact balances; complaints go to `faults`."""
    entries: list[Any] = []
    errors: list[Any] = []
    for source in sources:
        try:
            found, complaints, asked = parse(source.text.encode("utf-8", "replace"), NOWHERE + source.path)
        except Exception as failure:
            # Hostile nesting raises MemoryError, odd metadata TypeError: the file is lost, the reading is not.
            message = f"beancount 无法解析这个文件（{type(failure).__name__}），其中的凭证全部未读入"
            faults.add("FILE_NOT_PARSED", message, source.path)
            continue
        _distrust(asked, source, faults)
        entries += _kept(found, source.path, faults)
        errors += complaints
    entries.sort(key=data.entry_sortkey)
    booked, more = _checked(entries, faults)
    for error in errors + more:
        complaint(error, NOWHERE, faults)
    return _sorted_by_kind(booked)


def _distrust(asked: dict[str, Any], source: Source, faults: Faults) -> None:
    """Report what reached the parser although the scan blanks it: text that hides its directives."""
    if asked["plugin"]:
        faults.add("PLUGIN_LINE", "账套要求运行插件；插件一律不运行，请删除 plugin 行", source.path)
    if not source.includes.issuperset(asked["include"]):
        faults.add("INCLUDE_HIDDEN", "有隐藏的 include，未读入；请把 include 单独写成一行", source.path)
    if asked["insert_pythonpath"]:
        faults.add("OPTION_PYTHONPATH", "账套要求从自己的文件夹装入程序；不予执行，请删除这一选项", source.path)


def _kept(entries: Sequence[Any], path: str, faults: Faults) -> list[Any]:
    """Return the directives that count, each with its true file."""
    name = NOWHERE + path
    kept = []
    for found in entries:
        entry = found
        if isinstance(entry, data.Pad):
            faults.add("PAD_IGNORED", "pad 会自动造出分录凑平余额，不予执行；请用凭证更正差额", path, _line(entry.meta))
            continue
        if isinstance(entry, data.Balance) and entry.tolerance:
            line = _line(entry.meta)
            faults.add("BALANCE_TOLERANCE", "余额核对带有容差，已按零容差核对；请删除“~”及其后的数", path, line)
            entry = entry._replace(tolerance=None)
        kept.append(entry)
        metas = [entry.meta]
        if isinstance(entry, data.Transaction):
            metas += [posting.meta for posting in entry.postings if posting.meta]
        for meta in metas:
            if meta["filename"] != name or type(meta["lineno"]) is not int:
                message = "元数据冒充了别的文件或行号，已改正；请删除 filename、lineno 元数据"
                faults.add("POSITION_FORGED", message, path)
                meta["filename"], meta["lineno"] = name, 0
    return kept


def _line(meta: Any) -> int:
    line = meta.get("lineno")
    return line if type(line) is int else 0


def _checked(entries: list[Any], faults: Faults) -> tuple[list[Any], list[Any]]:
    """Book the directives and run pad, balance and validation on them, with our options and no plugin."""
    forced = options.OPTIONS_DEFAULTS | {
        "filename": NOWHERE + "main.beancount",
        "plugin": [],
        "include": [],
        "documents": [],
        "operating_currency": ["CNY"],
        "plugin_processing_mode": "default",
        "tolerance_multiplier": Decimal(0),
        "inferred_tolerance_default": {},
        "infer_tolerance_from_cost": False,
        "insert_pythonpath": False,
    }
    aside = [entry for entry in entries if isinstance(entry, data.Document)]
    kept = [entry for entry in entries if not isinstance(entry, data.Document)]
    booked, errors = _booked(kept, forced, faults)
    if any(type(entry) is data.Balance for entry in booked):
        # Without pads and document folders, checking balances is all that is left of it.
        booked, errors = loader.run_transformations(booked, errors, forced, None)
    for check in validation.VALIDATIONS:
        looked_at = booked
        if check is validation.validate_check_transaction_balances:
            looked_at = [e for e in booked if not (type(e) is data.Transaction and is_balanced(e))]
        errors += check(looked_at, forced)  # type: ignore[no-untyped-call]
    return booked + aside, errors


def is_balanced(transaction: Any) -> bool:
    """Whether amounts in one currency, without cost or price, plainly add up to zero; False leaves it to beancount."""
    if not _is_whole(transaction):
        return False
    # In the order of beancount's own sum, so that this one is rounded where that one is.
    total = Decimal(0)
    for number, posting in enumerate(transaction.postings):
        total = total + posting.units.number if number else posting.units.number
    return not total


def _booked(entries: Sequence[Any], forced: dict[str, Any], faults: Faults) -> tuple[list[Any], list[Any]]:
    """Fill in what postings left out; vouchers that leave nothing out are as they will be, and skip the work."""
    whole: list[Any] = []
    rest: list[Any] = []
    for entry in entries:
        (whole if isinstance(entry, data.Transaction) and _is_whole(entry) else rest).append(entry)
    if any(isinstance(entry, data.Transaction) and _asks_what_was_held(entry) for entry in rest):
        whole, rest = [], list(entries)
    try:
        booked, errors = booking.book(rest, forced)  # type: ignore[no-untyped-call]
    except Exception:
        # A cost of zero shares divides by zero there: find out which voucher it is, and keep the others.
        booked, errors = _one_by_one(rest, forced, faults)
    booked = whole + booked
    booked.sort(key=data.entry_sortkey)
    return booked, errors


def _one_by_one(entries: Sequence[Any], forced: dict[str, Any], faults: Faults) -> tuple[list[Any], list[Any]]:
    booked: list[Any] = []
    errors: list[Any] = []
    for entry in entries:
        try:
            done, more = booking.book([entry], forced)  # type: ignore[no-untyped-call]
        except Exception:
            file = entry.meta["filename"].removeprefix(NOWHERE)
            message = "凭证的成本或单价无法计算，未读入；工会账套只写金额，请删除花括号和 @"
            faults.add("VOUCHER_INCOMPLETE", message, file, entry.meta["lineno"])
            continue
        booked += done
        errors += more
    return booked, errors


def _is_whole(transaction: Any) -> bool:
    """Whether nothing is left to fill in: amounts of one currency, which booking would leave in their order."""
    currency = None
    for posting in transaction.postings:
        units = posting.units
        if posting.cost is not None or posting.price is not None or type(units) is not Amount:
            return False
        if type(units.number) is not Decimal or type(units.currency) is not str:
            return False
        if currency is None:
            currency = units.currency
        elif units.currency != currency:
            return False
    return True


def _asks_what_was_held(transaction: Any) -> bool:
    """Whether booking it looks at what its accounts held before, so that no earlier voucher may be passed over."""
    return any(
        posting.cost is not None
        or (type(posting.units) is Amount and type(posting.units.currency) is not str)
        or (posting.price is not None and type(getattr(posting.price, "currency", None)) is not str)
        for posting in transaction.postings
    )


def _sorted_by_kind(entries: Sequence[Any]) -> Loaded:
    def of(kind: type) -> list[Any]:
        return [entry for entry in entries if type(entry) is kind]

    return Loaded(
        transactions=of(data.Transaction),
        opens=of(data.Open),
        closes=of(data.Close),
        budgets=[entry for entry in of(data.Custom) if entry.type == BUDGET],
        documents=of(data.Document),
    )
