"""Books as hypothesis makes them, in the canonical form that a workbook keeps."""

from __future__ import annotations

import datetime
import unicodedata
from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType

from hypothesis import strategies as st

from ledger.contracts import REGISTERS
from ledger.importers.headers import METADATA_COLUMNS, REGISTER_LAYOUTS
from ledger.importers.words import VOCABULARIES
from ledger.money import plain_yuan
from ledger.union import EarlierCollection, Standard, UnionProfile
from ledger.vouchers import BudgetEntry, Line, Voucher, VoucherNumber
from ledger.workbook.content import Account, BookContent, Entry, Register

ACCOUNTS = (
    "Assets:101-库存现金",
    "Assets:102-银行存款:01-基本户",
    "Assets:102-银行存款:02-甲-乙",
    "Assets:135-其他应收款:0101-甲备用金",
    "Assets:135-其他应收款:01-甲:01-备用金",
    "Assets:163-累计折旧",
    "Liabilities:221-代管经费:01-互助:02-保障",
    "Income:401-会费收入",
    "Expenses:501-职工活动支出:50105-会员活动支出",
    "Expenses:501-职工活动支出:50105-会员活动支出:01-节日慰问",
    "Expenses:501-职工活动支出:50105-会员活动支出:0101-节日慰问",
)
STANDING = tuple(a for a in ACCOUNTS if not a.startswith(("Income", "Expenses")))
DAYS = st.dates(datetime.date(2025, 1, 1), datetime.date(2025, 12, 31))
MONTHS = st.integers(1, 12).map(lambda month: f"2025-{month:02d}")
FEN = st.integers(-(10**16), 10**16) | st.integers(-(10**6), 10**6)


def _canonical(text: str) -> str:
    return unicodedata.normalize("NFC", text).strip()


# What a spreadsheet takes for a formula, a number, a day or an escape is text like any other.
_LETTERS = st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn", "Co", "Zl", "Zp"])
_ODD = ["=1+1", "+86", "-5", "@a", "007", "2025-03-01", "_x0041_", "a=b", "TRUE", "合计", "甲\n乙", "a\\nb"]
TEXT = (st.text(_LETTERS, min_size=1, max_size=9) | st.sampled_from(_ODD)).map(_canonical).filter(bool)
NAMES = TEXT.filter(lambda text: text not in ("合计", "本期无"))
KEYS = st.sampled_from(["remark", "old-number", "x_y", "document-7", "cost-centre"])


def cell_text(kind: str, key: str) -> st.SearchStrategy[str]:
    """Texts of a cell of a kind, as a book holds them."""
    if key in ("resolutions.approved", "grants.signed"):
        return st.just("yes") | DAYS.map(str)
    if key in VOCABULARIES:
        return st.sampled_from([word for word in VOCABULARIES[key] if word])
    kinds: Mapping[str, st.SearchStrategy[str]] = {
        "day": DAYS.map(str),
        "month": MONTHS,
        "months": MONTHS | st.tuples(MONTHS, MONTHS).map(lambda pair: "..".join(sorted(pair))),
        "moment": st.tuples(DAYS, st.times()).map(lambda pair: f"{pair[0]}T{pair[1]:%H:%M:%S}"),
        "count": st.integers(-(10**6), 10**6).map(str),
        "count?": st.integers(0, 10**6).map(str),
        "fen": FEN.map(plain_yuan),
        "fen?": FEN.map(plain_yuan),
        "text": TEXT,
        "documents": st.just("documents/2025/发票.pdf"),
    }
    return kinds.get(kind, NAMES)


def metadata() -> st.SearchStrategy[dict[str, str]]:
    """Metadata of a voucher: what columns hold, well or badly written, and what none holds."""
    known = {c.key: cell_text(c.kind, c.key) | NAMES for c in METADATA_COLUMNS if c.key != "document"}
    further = st.dictionaries(KEYS.filter(lambda key: not key.startswith("document")), TEXT, max_size=2)
    documents = st.sampled_from([{}, {"document": "a.pdf"}, {"document": "a.pdf", "document-2": "票/b.pdf"}])
    return st.tuples(st.fixed_dictionaries({}, optional=known), further, documents).map(
        lambda parts: {**parts[0], **parts[1], **parts[2]}
    )


@st.composite
def vouchers(draw: st.DrawFn, number: int) -> Voucher:
    """One voucher of any metadata, tags and links, that balances."""
    amounts = draw(st.lists(FEN, min_size=1, max_size=4))
    amounts.append(-sum(amounts))
    above = draw(metadata())
    lines = []
    for fen in amounts:
        own = draw(metadata() | st.just({}))
        own = {key: text for key, text in own.items() if above.get(key) != text}
        own |= draw(st.just({}) | TEXT.map(lambda text: {"narration": text}))
        lines.append(Line(draw(st.sampled_from(ACCOUNTS)), fen, MappingProxyType(own)))
    tags = sorted(draw(st.sets(st.sampled_from(["carry-forward", "change-over", "checked", "2025-q1"]), max_size=2)))
    links = sorted(draw(st.sets(st.sampled_from(["^HT-1", "^paper/2"]), max_size=1)))
    return Voucher(
        draw(DAYS),
        VoucherNumber("记", 2025, 1 + number % 12, 1 + number // 12),
        draw(NAMES | st.just("")),
        draw(TEXT),
        tuple(lines),
        MappingProxyType(above),
        (*tags, *links),
    )


@st.composite
def openings(draw: st.DrawFn) -> Voucher:
    """First balances, an account and those below it with balances of their own among them."""
    chosen = draw(st.lists(st.sampled_from(STANDING), min_size=1, max_size=4, unique=True))
    fens = [draw(FEN.filter(bool)) for _ in chosen]
    lines = [Line(account, fen) for account, fen in zip(chosen, fens, strict=True)]
    rest = -sum(fens)
    lines += [Line("Equity:322-工会资金结余:32205-累计结余", rest)] if rest else []
    lines += [Line("Assets:102-银行存款", 100, MappingProxyType({"project": "甲"}))]
    lines += [Line("Assets:102-银行存款", -100, MappingProxyType({"remark": "乙"}))]
    day = draw(st.sampled_from([datetime.date(2025, 1, 1), datetime.date(2024, 12, 31)]))
    return Voucher(day, None, draw(NAMES | st.just("")), draw(TEXT), tuple(lines), tags=("opening",))


@st.composite
def budgets(draw: st.DrawFn) -> tuple[BudgetEntry, ...]:
    """Budget lines of several versions, none twice."""
    one = st.tuples(st.sampled_from(ACCOUNTS[-4:]), st.integers(0, 3), NAMES | st.just(""))
    keys = draw(st.lists(one, unique=True, max_size=4))
    days = DAYS | st.none()
    made = [
        BudgetEntry(
            draw(DAYS), 2025, account, draw(st.integers(0, 10**15)), version, project,
            draw(days), draw(days), draw(days), draw(TEXT | st.just("")),
        )
        for account, version, project in keys
    ]  # fmt: skip
    return tuple(sorted(made, key=lambda e: (e.year, e.version, e.account, e.project, e.date)))


@st.composite
def registers(draw: st.DrawFn) -> Mapping[str, Register]:
    """Registers, empty ones and some with columns of the user's own among them."""
    made = {}
    for name in sorted(draw(st.sets(st.sampled_from(sorted(REGISTERS)), max_size=4))):
        own = draw(st.sampled_from([(), ("备注",), ("手机", "note")]))
        columns = {
            c.key: st.sampled_from(ACCOUNTS) if c.key == "account" else cell_text(c.kind, f"{name}.{c.key}")
            for c in REGISTER_LAYOUTS[name].columns
        }
        needed = {c.key: columns[c.key] for c in REGISTER_LAYOUTS[name].columns if c.required}
        optional = {key: made_by for key, made_by in columns.items() if key not in needed}
        optional |= dict.fromkeys(own, TEXT)
        rows = draw(st.lists(st.fixed_dictionaries(needed, optional=optional), max_size=3))
        made[name] = Register(own, tuple(MappingProxyType(row) for row in rows))
    return MappingProxyType(made)


PROFILES = st.builds(
    UnionProfile,
    name=NAMES,
    code=st.sampled_from(["", "81340500MC0000000X"]),
    level=st.sampled_from(["grassroots", "city"]),
    region=st.just("340500"),
    system=NAMES | st.just(""),
    established=st.none() | DAYS,
    parent=NAMES | st.just(""),
    collection=st.sampled_from(["direct", "tax", "treasury"]),
    bank_accounts=st.just(("Assets:102-银行存款:01-基本户",)),
    bank_numbers=st.sampled_from([(), (("3400 0000 1234", "Assets:102-银行存款:01-基本户"),)]),
    earlier_collections=st.sampled_from([(), (EarlierCollection("direct", datetime.date(2022, 12, 31)),)]),
    standards=st.sampled_from(
        [
            (),
            (Standard("holiday.annual_cap", Decimal("1500.00"), datetime.date(2020, 1, 1), None, "某工会〔2020〕1号"),),
        ]
    ),
)


@st.composite
def contents(draw: st.DrawFn) -> BookContent:
    """A whole book."""
    count = draw(st.integers(0, 4))
    made = [draw(vouchers(number)) for number in range(count)]
    return BookContent(
        profile=draw(PROFILES),
        accounts=tuple(Account(name, datetime.date(2024, 12, 31)) for name in ACCOUNTS),
        opening=draw(openings() | st.none()),
        entries=tuple(Entry(voucher, str(voucher.number)) for voucher in made),
        budgets=draw(budgets()),
        registers=draw(registers()),
    )
