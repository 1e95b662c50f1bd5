"""The sheets of our workbook: which columns stand where, how each is entered, and from which list it is chosen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from ledger.importers.headers import (
    ACCOUNT_SHEET,
    BALANCE_SHEET,
    BUDGET_SHEET,
    LINE_PREFIX,
    MORE,
    PROFILE_SHEET,
    REGISTER_LAYOUTS,
    VOUCHER_SHEET,
    Column,
    SheetLayout,
)
from ledger.importers.words import VOCABULARIES

ACCOUNTS = "accounts"  # the list of a column whose cells are accounts

# Lists of words that are usual but not the only ones: others are let in.
INVOICE_TYPES = ("数电普票", "数电专票", "纸质普票", "纸质专票", "财政票据", "收据", "白条")
_USUAL: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "occasion": (
            "元旦", "春节", "清明", "劳动节", "端午", "中秋", "国庆", "生日", "结婚", "生育", "住院", "会员去世",
            "亲属去世", "退休", "困难", "大病", "奖励", "消费券", "补贴",
        ),
        "invoice-type": INVOICE_TYPES,
        "invoices.type": INVOICE_TYPES,
        "invoices.status": ("正常", "红冲", "作废", "重复"),
        "payroll.category": ("在编", "合同", "派遣", "返聘"),
        "tags": ("期末结转", "新旧衔接", "非结转"),
    }
)  # fmt: skip
_OCCASIONS = frozenset({"occasion", "grants.occasion", "employer.occasion"})
# Of these a date may stand in place of the word.
_OPEN = frozenset({"resolutions.approved", "grants.signed"})


@dataclass(frozen=True)
class Place:
    """One column of a sheet: its header, width, kind of cells, and the list it is chosen from.

    `list` is ACCOUNTS, the name of a list of words, or "" for none; a `strict` list lets nothing else in. A
    `folded` column is one that few books need, a row without a `needed` one says nothing.
    """

    column: Column
    header: str
    width: int = 12
    list: str = ""
    strict: bool = False
    folded: bool = False
    needed: bool = False


@dataclass(frozen=True)
class SheetPlan:
    """One sheet: the layout that the importer reads it by, its name in our workbook, and its columns in order."""

    layout: SheetLayout
    title: str
    places: tuple[Place, ...]

    @property
    def at(self) -> Mapping[str, int]:
        """Position of each column by key."""
        return MappingProxyType({place.column.key: n for n, place in enumerate(self.places)})


_WIDTHS: Mapping[str, int] = MappingProxyType(
    {"voucher": 18, "narration": 28, "account": 38, "label": 38, "payee": 18, "summary": 28, "topic": 28, "more": 24}
)


def vocabulary_key(layout: SheetLayout, column: Column) -> str:
    """Return the name under which a column's words are known: metadata by its key, a register's with its name."""
    if layout is VOUCHER_SHEET:
        return column.key.removeprefix(LINE_PREFIX)
    return f"{layout.key}.{column.key}"


def _place(layout: SheetLayout, column: Column, header: str = "", *, folded: bool = False) -> Place:
    key = vocabulary_key(layout, column)
    listed, strict = "", False
    if column.key == "account" and layout is not ACCOUNT_SHEET:
        listed, strict = ACCOUNTS, True
    elif key in VOCABULARIES:
        listed, strict = key, key not in _OPEN
    elif key in _OCCASIONS:
        listed = "occasion"
    elif key in _USUAL or key == "assets.category":
        listed = key
    width = (
        60
        if layout is ACCOUNT_SHEET and column.key == "account"
        else _WIDTHS.get(column.key, 14 if column.kind.startswith("fen") else 12)
    )
    needed = (
        (column.required and not (layout is ACCOUNT_SHEET and column.key == "account"))
        or listed == ACCOUNTS
        or (layout is VOUCHER_SHEET and column.key == "voucher")
    )
    return Place(column, header or column.header, width, listed, strict, folded, needed)


def _vouchers() -> SheetPlan:
    by_key = VOUCHER_SHEET.by_key
    first = ("date", "voucher", "narration", "account", "debit", "credit", "payee")
    often = ("attachments", "prepared-by", "reviewed-by", "posted-by", "cashier", "handled-by", "approved-by", "fund",
             "project", "payment", "month-of", "invoice", "invoice-type", "invoice-date", "invoice-seller", "activity",
             "activity-type", "occasion", "list")  # fmt: skip
    left_out = {"word", "number", "period", "serial", "code", "currency", *first, *often}
    rest = [key for key in by_key if key not in left_out]
    places = []
    for key in (*first, *often, *rest):
        header = "科目" if key == "account" else ""
        places.append(_place(VOUCHER_SHEET, by_key[key], header, folded=key in rest and key not in ("tags", MORE)))
    return SheetPlan(VOUCHER_SHEET, "凭证", tuple(places))


def _plan(layout: SheetLayout, title: str = "", *, without: frozenset[str] = frozenset()) -> SheetPlan:
    places = [
        _place(layout, c, "科目" if c.key == "account" and "code" in layout.by_key else "")
        for c in layout.columns
        if c.key not in without
    ]
    return SheetPlan(layout, title or layout.title, tuple(places))


VOUCHERS = _vouchers()
BALANCES = _plan(BALANCE_SHEET, "期初余额", without=frozenset({"code", "side", "balance"}))
BUDGET = _plan(BUDGET_SHEET, without=frozenset({"code"}))
ACCOUNT_LIST = _plan(ACCOUNT_SHEET)
PROFILE = _plan(PROFILE_SHEET)
REGISTERS: Mapping[str, SheetPlan] = MappingProxyType({n: _plan(layout) for n, layout in REGISTER_LAYOUTS.items()})

# In the order of the workbook; the guide stands before them, the lists behind them.
PLANS = (VOUCHERS, BALANCES, BUDGET, ACCOUNT_LIST, *REGISTERS.values(), PROFILE)


def word_lists(further: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """Return the words of every list by name, Chinese ones in our first form; `further` are those of the caller."""
    used = {place.list for plan in PLANS for place in plan.places if place.list not in ("", ACCOUNTS)}
    lists = {}
    for name in sorted(used):
        words = VOCABULARIES.get(name)
        chosen = tuple(w[0] for w in words.values()) if words else further.get(name, _USUAL.get(name, ()))
        if chosen:
            lists[name] = chosen
    return lists
