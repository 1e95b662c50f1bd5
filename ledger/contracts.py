"""What the frames of a book must hold: columns, kinds, registers, and the entry of what is wrong with a book.

No frame library is needed here, so that the reader's child process starts fast.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

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
        "budget_override": "name",  # why money was spent although the budget warned, "" when it did not
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
        # in the chart of the last day it was used; unused: of the day it was opened, else the newest that knows it
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
        # why a budget line was executed as it was: one row a line (account and project) of a year
        "explanations": MappingProxyType(
            {"year": "count", "account": "name", "project": "name", "explanation": "text", "by": "name", "on": "day"}
        ),
    }
)


def register_columns(name: str) -> Mapping[str, str]:
    """Return the frame contract of a register: frame column → kind, with `line`."""
    columns = {(f"{k}_fen" if kind.startswith("fen") else k): kind for k, kind in REGISTERS[name].items()}
    return MappingProxyType({**columns, "line": "count"})


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
