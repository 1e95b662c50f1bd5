"""The facts of a book: frames with a written contract, made from the reader's tables.

Every amount is int64 fen, debit positive and credit negative in `amount_fen` of postings (people are shown 借
and 贷, never signs). Days are `datetime64[s]`, names categorical. What a frame must hold stands in `CONTRACTS`
and `REGISTERS`; `check_frame` lists every breach of a contract at once. A register that the book does not have
is absent from `registers`, which is not the same as an empty one.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType

import pandas as pd

from ledger.union import UnionProfile

# Column kinds and the dtype each has in a frame. `fen?` and `count?` may be missing in a row.
KINDS: Mapping[str, str] = MappingProxyType(
    {
        "fen": "int64",
        "fen?": "Int64",
        "count": "int64",
        "count?": "Int64",
        "day": "datetime64[s]",
        "month": "category",  # YYYY-MM, "" when missing
        "name": "category",  # "" when missing
        "text": "str",  # "" when missing
        "flag": "bool",
    }
)

VOUCHERS: Mapping[str, str] = MappingProxyType(
    {
        "entry": "count",  # row number of the transaction; postings refer to it
        "voucher": "text",  # 凭证字号 as written, "" when missing
        "word": "name",  # 凭证字
        "number": "count?",  # its number within word and month
        "period": "month",  # the month the voucher number belongs to; the date's month when it has none
        "date": "day",
        "event_date": "day",  # `occurred`, or the date when it is missing
        "payee": "name",
        "narration": "text",
        "opening": "flag",
        "carry_forward": "flag",
        "change_over": "flag",
        "attachments": "count?",
        "prepared_by": "name",
        "reviewed_by": "name",
        "posted_by": "name",
        "cashier": "name",
        "handled_by": "name",
        "approved_by": "name",
        "entered_at": "text",
        "activity": "name",
        "activity_type": "name",
        "participants": "count?",
        "awarded": "count?",
        "days": "count?",
        "nights": "count?",
        "destination": "name",
        "occasion": "name",
        "list": "name",
        "fund": "name",
        "project": "name",
        "payment": "name",
        "invoice": "name",
        "invoice_seller": "name",
        "invoice_date": "day",
        "invoice_type": "name",
        "contract": "name",
        "contract_date": "day",
        "resolution": "name",
        "quotes": "count?",
        "month_of": "name",  # "2025-02" or "2025-01..2025-03"
        "documents": "text",  # paths of the scans, one a line
        "reverses": "name",
        "file": "name",
        "line": "count",
    }
)

# Metadata that a posting may carry itself; where it does not, the voucher's counts.
POSTING_METADATA = (
    "occasion",
    "list",
    "fund",
    "project",
    "payment",
    "invoice",
    "invoice_seller",
    "invoice_date",
    "invoice_type",
    "contract",
    "month_of",
)

POSTINGS: Mapping[str, str] = MappingProxyType(
    {
        "entry": "count",
        "posting": "count",  # position within its voucher, from 0
        "account": "name",
        "code": "name",  # deepest statutory code it stands under on its day, "" when none
        "meaning": "name",  # meaning of that statutory account, "" when none
        "group": "name",  # meaning of the level-1 account, "" when none
        "element": "name",  # assets liabilities net_assets income expense
        "amount_fen": "fen",  # debit positive, credit negative
        **{key: VOUCHERS[key] for key in POSTING_METADATA},
        "file": "name",
        "line": "count",
    }
)

ACCOUNTS: Mapping[str, str] = MappingProxyType(
    {
        "account": "name",
        "opened": "day",
        "closed": "day",
        "code": "name",
        "meaning": "name",
        "group": "name",
        "element": "name",
        "file": "name",
        "line": "count",
    }
)

BUDGETS: Mapping[str, str] = MappingProxyType(
    {
        "date": "day",  # in force from
        "year": "count",
        "account": "name",
        "code": "name",
        "meaning": "name",
        "group": "name",
        "element": "name",
        "amount_fen": "fen",  # the line's whole total, positive for income as for expenditure
        "version": "count",  # 0 = 年初预算, 1.. = 调整
        "project": "name",
        "committee": "day",
        "audit_review": "day",
        "approved": "day",
        "reason": "text",
        "file": "name",
        "line": "count",
    }
)

CONTRACTS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {"vouchers": VOUCHERS, "postings": POSTINGS, "accounts": ACCOUNTS, "budgets": BUDGETS}
)

# Registers by file stem. A column of kind `fen` is `<header>_fen` in the frame; every frame also has `line`,
# the row's line in the file. `day|yes` columns (signed, approved) stay text.
REGISTERS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "members": MappingProxyType(
            {
                "member_id": "name",
                "name": "name",
                "department": "name",
                "status": "name",
                "joined": "day",
                "left": "day",
                "birth_month": "count?",
                "dues_base": "fen?",
            }
        ),
        "payroll": MappingProxyType(
            {
                "month": "month",
                "category": "name",
                "headcount": "count?",
                "total_wages": "fen",
                "dues_base": "fen?",
            }
        ),
        "dues": MappingProxyType({"month": "month", "member_id": "name", "paid": "fen", "paid_on": "day"}),
        "officers": MappingProxyType({"post": "name", "name": "name", "from": "day", "to": "day"}),
        "resolutions": MappingProxyType(
            {
                "id": "name",
                "date": "day",
                "body": "name",
                "topic": "text",
                "amount": "fen?",
                "present": "count?",
                "members": "count?",
                "approved": "text",
            }
        ),
        "grants": MappingProxyType(
            {
                "list": "name",
                "date": "day",
                "member_id": "name",
                "occasion": "name",
                "amount": "fen",
                "form": "name",
                "signed": "text",
                "event_key": "name",
            }
        ),
        "bank": MappingProxyType(
            {
                "account": "name",
                "date": "day",
                "serial": "name",
                "payer_payee": "name",
                "summary": "text",
                "debit": "fen?",
                "credit": "fen?",
                "balance": "fen?",
            }
        ),
        "assets": MappingProxyType(
            {
                "asset_id": "name",
                "name": "name",
                "category": "name",
                "acquired": "day",
                "cost": "fen",
                "life_years": "count?",
                "keeper": "name",
                "source": "name",
                "last_counted": "day",
                "disposed": "day",
            }
        ),
        "invoices": MappingProxyType(
            {
                "invoice": "name",
                "type": "name",
                "date": "day",
                "seller": "name",
                "seller_code": "name",
                "buyer": "name",
                "amount": "fen",
                "item": "text",
                "status": "name",
            }
        ),
        "hardship": MappingProxyType(
            {"file_id": "name", "member_id": "name", "category": "name", "opened": "day", "closed": "day"}
        ),
        "audits": MappingProxyType(
            {
                "id": "name",
                "kind": "name",
                "period_from": "day",
                "period_to": "day",
                "subject": "name",
                "reported_on": "day",
                "findings": "text",
                "rectified_on": "day",
            }
        ),
        "cash_counts": MappingProxyType(
            {"date": "day", "account": "name", "counted": "fen", "keeper": "name", "witness": "name"}
        ),
        "contracts": MappingProxyType(
            {
                "contract": "name",
                "signed": "day",
                "party": "name",
                "topic": "text",
                "amount": "fen?",
                "from": "day",
                "to": "day",
            }
        ),
        "activities": MappingProxyType(
            {
                "activity": "name",
                "type": "name",
                "month": "month",
                "account": "name",
                "budget": "fen?",
                "participants": "count?",
            }
        ),
        "stock": MappingProxyType(
            {
                "date": "day",
                "item": "name",
                "quantity": "count",
                "unit_cost": "fen",
                "receiver": "name",
                "voucher": "name",
            }
        ),
        "publications": MappingProxyType({"date": "day", "kind": "name", "audience": "name", "how": "text"}),
        "employer": MappingProxyType({"date": "day", "member_id": "name", "occasion": "name", "amount": "fen"}),
    }
)


def register_columns(name: str) -> Mapping[str, str]:
    """Return the frame contract of a register: frame column → kind, with `line`."""
    columns = {(f"{k}_fen" if kind.startswith("fen") else k): kind for k, kind in REGISTERS[name].items()}
    return MappingProxyType({**columns, "line": "count"})


class ContractBreach(TypeError):
    """A frame that does not keep its contract; `breaches` lists every one."""

    def __init__(self, frame: str, breaches: list[str]) -> None:
        self.breaches = tuple(breaches)
        super().__init__(f"{frame}: {'; '.join(breaches)}")


def check_frame(name: str, frame: pd.DataFrame, contract: Mapping[str, str]) -> None:
    """Raise ContractBreach unless the frame has just the columns of its contract, each of its dtype."""
    breaches = [f"missing column {c}" for c in contract if c not in frame.columns]
    breaches += [f"unknown column {c}" for c in frame.columns if c not in contract]
    for column, kind in contract.items():
        if column in frame.columns and str(frame[column].dtype) != KINDS[kind]:
            breaches.append(f"{column} is {frame[column].dtype}, not {KINDS[kind]}")
    if breaches:
        raise ContractBreach(name, breaches)


@dataclass(frozen=True)
class Integrity:
    """One thing that the reader found wrong with the book itself.

    `severity` is `high` (the books are incomplete or not to be believed), `medium` or `low`.
    """

    code: str
    severity: str
    message: str
    file: str
    line: int


@dataclass(frozen=True)
class Facts:
    """Everything an audit knows of one book.

    `digest` is the SHA-256 over the book's files; it names the snapshot in every report.
    """

    union: UnionProfile
    vouchers: pd.DataFrame
    postings: pd.DataFrame
    accounts: pd.DataFrame
    budgets: pd.DataFrame
    registers: Mapping[str, pd.DataFrame]
    integrity: tuple[Integrity, ...] = ()
    digest: str = ""
    documents: frozenset[str] = field(default=frozenset())  # attachments that the snapshot really holds

    def __post_init__(self) -> None:
        for name, contract in CONTRACTS.items():
            check_frame(name, getattr(self, name), contract)
        for name, frame in self.registers.items():
            check_frame(name, frame, register_columns(name))

    @cached_property
    def journal(self) -> pd.DataFrame:
        """Postings with their voucher's columns: one row a posting, in order of date, voucher and posting.

        Columns that both have (`fund`, `invoice` …) are the posting's, which fall back on the voucher's.
        `file` and `line` are the posting's. Carry-forward, opening and change-over rows are included; use
        `activity_of` for what happened in a period.
        """
        own = [c for c in self.vouchers.columns if c not in POSTINGS or c == "entry"]
        joined = self.postings.merge(self.vouchers[own], on="entry", how="left", validate="many_to_one")
        return joined.sort_values(["date", "entry", "posting"], ignore_index=True)

    def activity_of(self, since: datetime.date, until: datetime.date) -> pd.DataFrame:
        """Return the journal of a period (both days inclusive) without opening, change-over and carry-forward."""
        rows = self.journal
        inside = (rows["date"] >= pd.Timestamp(since)) & (rows["date"] <= pd.Timestamp(until))
        return rows[inside & ~(rows["opening"] | rows["change_over"] | rows["carry_forward"])]

    def balances_on(self, day: datetime.date, *, closed: bool = True) -> pd.DataFrame:
        """Return the balance of every account at the end of a day.

        Columns `account code meaning group element amount_fen`, debit positive. With `closed=False`
        carry-forward vouchers of that day's year are left out, so that income and expenditure still stand.
        """
        rows = self.journal
        kept = rows["date"] <= pd.Timestamp(day)
        if not closed:
            kept &= ~(rows["carry_forward"] & (rows["date"].dt.year == day.year))
        keys = ["account", "code", "meaning", "group", "element"]
        return rows[kept].groupby(keys, observed=True, sort=True)["amount_fen"].sum().reset_index()

    def years(self) -> Iterator[int]:
        """Yield every calendar year in which the book has vouchers, oldest first."""
        yield from sorted(int(y) for y in self.vouchers["date"].dt.year.unique())
