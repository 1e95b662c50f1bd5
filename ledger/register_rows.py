"""The registers as typed rows, for checks that read them one by one.

The attributes of a row are the columns of its register (`ledger.contracts.REGISTERS`): amounts in fen, days as
dates, a missing text as "", any other missing value as None; `from` is written `from_`. `line` is the row's line in
the file. `rows_of_register` gives them in the register's order.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple, TypeVar

from ledger.facts import Facts
from ledger.journal_rows import typed_rows


class MemberRow(NamedTuple):
    """A member of the union."""

    member_id: str
    name: str
    department: str
    status: str
    joined: datetime.date | None
    left: datetime.date | None
    birth_month: int | None
    dues_base_fen: int | None
    line: int


class PayrollRow(NamedTuple):
    """The wages of one category of employees in one month."""

    month: str
    category: str
    headcount: int | None
    total_wages_fen: int
    dues_base_fen: int | None
    line: int


class DuesRow(NamedTuple):
    """What a member paid as dues for a month."""

    month: str
    member_id: str
    paid_fen: int
    paid_on: datetime.date | None
    line: int


class OfficerRow(NamedTuple):
    """A person's time in a post."""

    post: str
    name: str
    from_: datetime.date | None
    to: datetime.date | None
    line: int


class ResolutionRow(NamedTuple):
    """A decision of a body."""

    id: str
    date: datetime.date | None
    body: str
    topic: str
    amount_fen: int | None
    present: int | None
    members: int | None
    approved: str
    line: int


class GrantRow(NamedTuple):
    """What a member was given, as a signed list says."""

    list: str
    date: datetime.date | None
    member_id: str
    occasion: str
    amount_fen: int
    form: str
    signed: str
    event_key: str
    line: int


class BankRow(NamedTuple):
    """A line of a bank statement; `debit_fen` left the account, `credit_fen` came in."""

    account: str
    date: datetime.date | None
    serial: str
    payer_payee: str
    summary: str
    debit_fen: int | None
    credit_fen: int | None
    balance_fen: int | None
    line: int


class AssetRow(NamedTuple):
    """The card of a fixed or intangible asset."""

    asset_id: str
    name: str
    category: str
    acquired: datetime.date | None
    cost_fen: int
    life_years: int | None
    keeper: str
    source: str
    last_counted: datetime.date | None
    disposed: datetime.date | None
    line: int


class InvoiceRow(NamedTuple):
    """An invoice that the union received."""

    invoice: str
    type: str
    date: datetime.date | None
    seller: str
    seller_code: str
    buyer: str
    amount_fen: int
    item: str
    status: str
    line: int


class HardshipRow(NamedTuple):
    """The file of a member in hardship."""

    file_id: str
    member_id: str
    category: str
    opened: datetime.date | None
    closed: datetime.date | None
    line: int


class AuditRow(NamedTuple):
    """An earlier audit and what became of its findings."""

    id: str
    kind: str
    period_from: datetime.date | None
    period_to: datetime.date | None
    subject: str
    reported_on: datetime.date | None
    findings: str
    rectified_on: datetime.date | None
    line: int


class CashCountRow(NamedTuple):
    """A count of the cash on hand."""

    date: datetime.date | None
    account: str
    counted_fen: int
    keeper: str
    witness: str
    line: int


class ContractRow(NamedTuple):
    """A contract that the union signed."""

    contract: str
    signed: datetime.date | None
    party: str
    topic: str
    amount_fen: int | None
    from_: datetime.date | None
    to: datetime.date | None
    line: int


class ActivityRow(NamedTuple):
    """A planned activity of the union."""

    activity: str
    type: str
    month: str
    account: str
    budget_fen: int | None
    participants: int | None
    line: int


class StockRow(NamedTuple):
    """Goods taken out of stock."""

    date: datetime.date | None
    item: str
    quantity: int
    unit_cost_fen: int
    receiver: str
    voucher: str
    line: int


class PublicationRow(NamedTuple):
    """What the union made public, and how."""

    date: datetime.date | None
    kind: str
    audience: str
    how: str
    line: int


class EmployerRow(NamedTuple):
    """What the employer gave to a member itself."""

    date: datetime.date | None
    member_id: str
    occasion: str
    amount_fen: int
    line: int


class ExplanationRow(NamedTuple):
    """Why a budget line was executed as it was."""

    year: int
    account: str
    project: str
    explanation: str
    by: str
    on: datetime.date | None
    line: int


REGISTER_ROWS: Mapping[str, type[tuple[Any, ...]]] = MappingProxyType(
    {
        "members": MemberRow,
        "payroll": PayrollRow,
        "dues": DuesRow,
        "officers": OfficerRow,
        "resolutions": ResolutionRow,
        "grants": GrantRow,
        "bank": BankRow,
        "assets": AssetRow,
        "invoices": InvoiceRow,
        "hardship": HardshipRow,
        "audits": AuditRow,
        "cash_counts": CashCountRow,
        "contracts": ContractRow,
        "activities": ActivityRow,
        "stock": StockRow,
        "publications": PublicationRow,
        "employer": EmployerRow,
        "explanations": ExplanationRow,
    }
)

_NAMES: Mapping[type[Any], str] = MappingProxyType({kind: name for name, kind in REGISTER_ROWS.items()})

Kind = TypeVar("Kind", bound=tuple[Any, ...])


def rows_of_register(facts: Facts, kind: type[Kind]) -> tuple[Kind, ...]:
    """Return the rows of the register whose rows are of a kind; raises KeyError when the book has none."""
    name = _NAMES[kind]
    register = facts.registers[name]
    return facts.once(("rows", name), lambda: typed_rows(kind, {c: register[c] for c in columns_of(kind)}))


def register_of(kind: type[tuple[Any, ...]]) -> str:
    """Return the name of the register whose rows are of a kind."""
    return _NAMES[kind]


def columns_of(kind: type[tuple[Any, ...]]) -> tuple[str, ...]:
    """Return the frame's columns that the fields of a kind of row are."""
    fields: tuple[str, ...] = kind._fields  # type: ignore[attr-defined] # a bound on NamedTuple cannot be written
    return tuple(field.rstrip("_") for field in fields)
