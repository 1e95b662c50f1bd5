"""The registers of the hospital's book, as rows of text: every amount follows from the vouchers."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping

from ledger.example import chart, names
from ledger.example.bank import BankLine
from ledger.example.budget import REVISED_ON
from ledger.example.equipment import ASSETS, Asset
from ledger.example.payroll import Due, Wages, months_of
from ledger.example.people import Member
from ledger.example.relief import HardshipFile
from ledger.example.signing import Signed
from ledger.example.terms import CONTRACTS, RESOLUTIONS
from ledger.example.workdays import FIRST_DAY, last_workday, month_name, workday
from ledger.money import plain_yuan

Row = Mapping[str, str]
COMMITTEE = 9
_STEP_FEN = 1_000_00
_DAY_OF_COUNT = workday(12, 22)


def member_rows(everyone: Iterable[Member]) -> tuple[Row, ...]:
    """Return members.csv."""
    return tuple(
        {
            "member_id": m.member_id,
            "name": m.name,
            "department": m.department,
            "status": m.status,
            "joined": m.joined.isoformat(),
            "left": _day(m.left),
            "birth_month": str(m.birth_month),
            "dues_base": plain_yuan(m.dues_base_fen),
        }
        for m in everyone
    )


def payroll_rows(wages: Iterable[Wages]) -> tuple[Row, ...]:
    """Return payroll.csv."""
    return tuple(payroll_row(months_of(w.month), *w[1:]) for w in wages)


def payroll_row(month: str, category: str, headcount: int, total_fen: int, dues_base_fen: int | None) -> Row:
    """Return one row of payroll.csv; amounts in fen."""
    return {
        "month": month,
        "category": category,
        "headcount": str(headcount),
        "total_wages": plain_yuan(total_fen),
        "dues_base": "" if dues_base_fen is None else plain_yuan(dues_base_fen),
    }


def dues_rows(register: Iterable[Due]) -> tuple[Row, ...]:
    """Return dues.csv."""
    return tuple(dues_row(months_of(due.month), *due[1:]) for due in register)


def dues_row(month: str, member_id: str, paid_fen: int, paid_on: datetime.date) -> Row:
    """Return one row of dues.csv; the amount in fen."""
    return {"month": month, "member_id": member_id, "paid": plain_yuan(paid_fen), "paid_on": paid_on.isoformat()}


def officer_rows() -> tuple[Row, ...]:
    """Return officers.csv: the chair changes in the middle of the year, everyone else stays."""
    began = names.TERM_BEGAN.isoformat()
    last_day = (names.CHAIR_CHANGE - datetime.timedelta(days=1)).isoformat()
    chairs = (
        (names.CHAIR_BEFORE, began, last_day),
        (names.CHAIR_AFTER, names.CHAIR_CHANGE.isoformat(), ""),
    )
    return officers(chairs, began)


def officers(chairs: Iterable[tuple[str, str, str]], began: str) -> tuple[dict[str, str], ...]:
    """Return officers.csv: the chairs (name, first and last day), and all others, in office since `began`."""
    posts = [
        *(("chair", *chair) for chair in chairs),
        ("vice_chair", names.VICE_CHAIR, began, ""),
        ("finance", names.FINANCE, began, ""),
        ("accountant", names.ACCOUNTANT, began, ""),
        ("accountant", names.BOOKKEEPER, began, ""),
        ("cashier", names.CASHIER, began, ""),
        ("audit_chair", names.AUDITORS[0], began, ""),
        *(("audit_member", name, began, "") for name in names.AUDITORS[1:]),
        ("asset_keeper", names.ASSET_KEEPER, began, ""),
        ("seal_keeper", names.SEAL_KEEPER, began, ""),
    ]
    return tuple({"post": post, "name": name, "from": since, "to": to} for post, name, since, to in posts)


def resolution_rows(vouchers: Iterable[Signed]) -> tuple[Row, ...]:
    """Return resolutions.csv: decisions on spending, with ceilings above what rests on them, and on budgets."""
    totals = _totals(vouchers, "resolution")
    spending = [(r.number, r.date, "committee", r.topic, _ceiling(totals[r.number])) for r in RESOLUTIONS.values()]
    other = [
        ("工委〔2024〕18号", datetime.date(2024, 12, 5), "committee", "通过2025年度经费收支预算", 0),
        ("经审〔2024〕6号", datetime.date(2024, 12, 12), "audit_committee", "审查2025年度经费收支预算", 0),
        ("市工复〔2024〕112号", datetime.date(2024, 12, 20), "higher", "批复2025年度经费收支预算", 0),
        ("代会〔2025〕1号", datetime.date(2025, 3, 11), "congress", "听取2024年度经费收支及审查情况报告", 0),
        ("工委〔2025〕14号", datetime.date(2025, 7, 14), "committee", "通过2025年度预算调整", 0),
        ("经审〔2025〕4号", datetime.date(2025, 7, 18), "audit_committee", "审查2025年度预算调整", 0),
        ("市工复〔2025〕67号", datetime.date(2025, 7, 25), "higher", "批复2025年度预算调整", 0),
    ]
    seats = {"committee": COMMITTEE, "audit_committee": len(names.AUDITORS), "congress": 120, "higher": 0}
    return tuple(
        {
            "id": number,
            "date": day.isoformat(),
            "body": body,
            "topic": topic,
            "amount": plain_yuan(amount) if amount else "",
            "present": str(seats[body] - (body in ("committee", "congress"))) if seats[body] else "",
            "members": str(seats[body]) if seats[body] else "",
            "approved": "yes",
        }
        for number, day, body, topic, amount in sorted(spending + other, key=lambda row: (row[1], row[0]))
    )


def grant_rows(vouchers: Iterable[Signed]) -> tuple[Row, ...]:
    """Return grants.csv: each list adds up to its voucher."""
    return tuple(
        {
            "list": signed.voucher.metadata["list"],
            "date": signed.voucher.date.isoformat(),
            "member_id": grant.member_id,
            "occasion": grant.occasion,
            "amount": plain_yuan(grant.amount_fen),
            "form": grant.form,
            "signed": "yes",
            "event_key": grant.event_key,
        }
        for signed in vouchers
        for grant in signed.draft.grants
    )


def bank_rows(lines: Iterable[BankLine]) -> tuple[Row, ...]:
    """Return bank.csv."""
    return tuple(
        {
            "account": line.account,
            "date": line.date.isoformat(),
            "serial": line.serial,
            "payer_payee": line.payer_payee,
            "summary": line.summary,
            "debit": plain_yuan(line.debit_fen) if line.debit_fen else "",
            "credit": plain_yuan(line.credit_fen) if line.credit_fen else "",
            "balance": plain_yuan(line.balance_fen),
        }
        for line in lines
    )


def asset_rows() -> tuple[Row, ...]:
    """Return assets.csv: all bought by the union, all counted in December."""
    return tuple(asset_row(asset, _DAY_OF_COUNT) for asset in ASSETS)


def asset_row(asset: Asset, last_counted: datetime.date, disposed: str = "") -> Row:
    """Return the row of assets.csv of something that the union bought."""
    return {
        "asset_id": asset.asset_id,
        "name": asset.name,
        "category": asset.category,
        "acquired": asset.acquired.isoformat(),
        "cost": plain_yuan(asset.cost_fen),
        "life_years": str(asset.life_years),
        "keeper": names.ASSET_KEEPER,
        "source": "bought",
        "last_counted": last_counted.isoformat(),
        "disposed": disposed,
    }


def invoice_rows(vouchers: Iterable[Signed]) -> tuple[Row, ...]:
    """Return invoices.csv: one invoice to each voucher that a supplier's invoice supports."""
    rows = []
    for signed in vouchers:
        told = signed.voucher.metadata
        if signed.draft.item:
            rows.append(
                {
                    "invoice": told["invoice"],
                    "type": told["invoice-type"],
                    "date": told["invoice-date"],
                    "seller": told["invoice-seller"],
                    "seller_code": _seller_code(told["invoice-seller"]),
                    "buyer": names.UNION,
                    "amount": plain_yuan(signed.paid_fen),
                    "item": signed.draft.item,
                    "status": "正常",
                }
            )
    return tuple(rows)


def hardship_rows(files: Iterable[HardshipFile]) -> tuple[Row, ...]:
    """Return hardship.csv."""
    return tuple(
        {
            "file_id": f.file_id,
            "member_id": f.member_id,
            "category": f.category,
            "opened": f.opened.isoformat(),
            "closed": "",
        }
        for f in files
    )


def audit_rows() -> tuple[Row, ...]:
    """Return audits.csv: the audits of 2023 and 2024; no departure audit of the chair who left."""
    audits = (
        ("审-2024-01", "annual", "2023-01-01", "2023-12-31", "2024-03-08", "会费个别月份入账不及时", "2024-05-31"),
        ("审-2024-02", "remittance", "2023-01-01", "2023-12-31", "2024-04-12", "2023年欠缴上级经费一笔", "2024-06-28"),
        ("审-2025-01", "annual", "2024-01-01", "2024-12-31", "2025-03-06", "个别活动签到表不全", "2025-05-30"),
    )
    columns = ("id", "kind", "period_from", "period_to", "reported_on", "findings", "rectified_on")
    return tuple({**dict(zip(columns, audit, strict=True)), "subject": names.UNION} for audit in audits)


def cash_count_rows(cash_on: Callable[[datetime.date], int]) -> tuple[Row, ...]:
    """Return cash_counts.csv: the till counted at the end of each month; `cash_on` is the book's balance of a day."""
    rows = []
    for month in range(1, 13):
        day = last_workday(month)
        rows.append(
            {
                "date": day.isoformat(),
                "account": chart.CASH,
                "counted": plain_yuan(cash_on(day)),
                "keeper": names.CASHIER,
                "witness": names.ACCOUNTANT,
            }
        )
    return tuple(rows)


def contract_rows(vouchers: Iterable[Signed]) -> tuple[Row, ...]:
    """Return contracts.csv: each with a ceiling above what was paid under it."""
    totals = _totals(vouchers, "contract")
    return tuple(
        {
            "contract": c.number,
            "signed": c.signed.isoformat(),
            "party": c.party,
            "topic": c.topic,
            "amount": plain_yuan(_ceiling(totals[c.number])),
            "from": c.signed.isoformat(),
            "to": c.until.isoformat(),
        }
        for c in CONTRACTS.values()
    )


def activity_rows(vouchers: Iterable[Signed]) -> tuple[Row, ...]:
    """Return activities.csv: the year's plan, with what each planned activity may cost and how many take part."""
    plan: dict[tuple[str, str, str, str], tuple[int, int]] = {}
    for signed in vouchers:
        told = signed.voucher.metadata
        spent = [line for line in signed.voucher.lines if line.account.startswith("Expenses:")]
        if "activity" in told and spent:
            key = (told["activity"], told["activity-type"], month_name(signed.voucher.date.month), spent[0].account)
            amount, heads = plan.get(key, (0, 0))
            plan[key] = (amount + spent[0].amount_fen, max(heads, int(told.get("participants", "0"))))
    return tuple(
        {
            "activity": name,
            "type": kind,
            "month": month,
            "account": account,
            "budget": plain_yuan(_ceiling(amount)),
            "participants": str(heads) if heads else "",
        }
        for (name, kind, month, account), (amount, heads) in plan.items()
    )


def publication_rows() -> tuple[Row, ...]:
    """Return publications.csv: budget, final accounts, audit and the quarterly reports on funds."""
    board = "工会公开栏、职工之家网页"
    shown = [
        (FIRST_DAY + datetime.timedelta(days=15), "budget", board),
        (datetime.date(2025, 3, 11), "funds", "会员代表大会报告"),
        (datetime.date(2025, 3, 11), "audit", "会员代表大会报告"),
        (datetime.date(2025, 3, 27), "final_accounts", board),
        (REVISED_ON, "budget", board),
        *((workday(month, 15), "funds", board) for month in (4, 7, 10)),
    ]
    return tuple(
        {"date": day.isoformat(), "kind": kind, "audience": "全体会员", "how": how} for day, kind, how in sorted(shown)
    )


def _totals(vouchers: Iterable[Signed], key: str) -> Mapping[str, int]:
    totals: dict[str, int] = defaultdict(int)
    for signed in vouchers:
        if key in signed.voucher.metadata:
            totals[signed.voucher.metadata[key]] += signed.paid_fen
    return totals


def _seller_code(seller: str) -> str:
    # 18 places like a real code, yet of a form that the registry never gives out.
    place = sorted(names.SUPPLIERS.values()).index(seller) if seller in names.SUPPLIERS.values() else 99
    return f"91340500EXAMPLE{place + 1:03d}"


def _ceiling(amount_fen: int) -> int:
    return -(-amount_fen // _STEP_FEN) * _STEP_FEN


def _day(day: datetime.date | None) -> str:
    return "" if day is None else day.isoformat()
