"""The registers of the book, as rows of text: every amount follows from the vouchers."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping

from ledger.example import names
from ledger.example.equipment import Asset
from ledger.example.registers import (
    Row,
    asset_row,
    dues_row,
    grant_rows,
    hardship_rows,
    invoice_rows,
    member_rows,
    payroll_row,
)
from ledger.example.signing import Signed
from ledger.example.term import chart
from ledger.example.term.calendar import MONTHS, YEARS, last_workday, workday
from ledger.example.term.equipment import ASSETS, SALE_RESOLUTION, SMALL, SOLD, SOLD_ON
from ledger.example.term.identity import CHAIR_1, CHAIR_2, TERM_1, TERM_2
from ledger.example.term.people import Due, Wages
from ledger.example.term.planning import Paper
from ledger.money import plain_yuan

__all__ = ["Row", "grant_rows", "hardship_rows", "invoice_rows", "member_rows"]

_BOARD = "工会公开栏、职工之家网页"
_SEATS = {"committee": 9, "audit_committee": len(names.AUDITORS), "congress": 40, "higher": 0}


def payroll_rows(wages: Iterable[Wages]) -> tuple[Row, ...]:
    """Return payroll.csv."""
    return tuple(payroll_row(*w) for w in wages)


def dues_rows(register: Iterable[Due]) -> tuple[Row, ...]:
    """Return dues.csv."""
    return tuple(dues_row(*due) for due in register)


def contract_rows(contracts: Iterable[Paper]) -> tuple[Row, ...]:
    """Return contracts.csv."""
    return tuple(
        {
            "contract": paper.number,
            "signed": paper.day.isoformat(),
            "party": paper.party,
            "topic": paper.topic,
            "amount": plain_yuan(paper.amount_fen),
            "from": paper.day.isoformat(),
            "to": datetime.date(paper.day.year, 12, 31).isoformat(),
        }
        for paper in contracts
    )


def resolution_rows(spending: Iterable[Paper]) -> tuple[Row, ...]:
    """Return resolutions.csv: decisions on spending, on each year's budget and its revision, and the congresses."""
    rows = [(p.number, p.day, "committee", p.topic, p.amount_fen) for p in spending]
    for year in YEARS:
        before = year - 1
        rows += [
            (f"工委〔{before}〕18号", datetime.date(before, 12, 5), "committee", f"通过{year}年度经费收支预算", 0),
            (
                f"经审〔{before}〕6号",
                datetime.date(before, 12, 12),
                "audit_committee",
                f"审查{year}年度经费收支预算",
                0,
            ),
            (f"市工复〔{before}〕112号", datetime.date(before, 12, 20), "higher", f"批复{year}年度经费收支预算", 0),
            (f"代会〔{year}〕1号", workday(year, 3, 17), "congress", f"听取{before}年度经费收支及审查情况报告", 0),
            (f"工委〔{year}〕14号", datetime.date(year, 7, 14), "committee", f"通过{year}年度预算调整", 0),
            (f"经审〔{year}〕4号", datetime.date(year, 7, 18), "audit_committee", f"审查{year}年度预算调整", 0),
            (f"市工复〔{year}〕67号", datetime.date(year, 7, 25), "higher", f"批复{year}年度预算调整", 0),
        ]
    day = workday(SOLD_ON[0], SOLD_ON[1], SOLD_ON[2] - 9)
    rows.append((SALE_RESOLUTION, day, "committee", f"同意报废处置{SOLD.name}（{SOLD.asset_id}）", 0))
    return tuple(
        {
            "id": number,
            "date": day.isoformat(),
            "body": body,
            "topic": topic,
            "amount": plain_yuan(amount) if amount else "",
            "present": str(_SEATS[body] - (body != "audit_committee")) if _SEATS[body] else "",
            "members": str(_SEATS[body]) if _SEATS[body] else "",
            "approved": "yes",
        }
        for number, day, body, topic, amount in sorted(rows, key=lambda row: (row[1], row[0]))
    )


def bank_rows(vouchers: Iterable[Signed], opening: Mapping[str, int]) -> tuple[Row, ...]:
    """Return bank.csv: both accounts, running on from their opening balances (account → fen)."""
    vouchers = tuple(vouchers)
    rows = []
    for place, account in enumerate((chart.BASIC, chart.CUSTODY_BANK), start=1):
        balance = opening[account]
        count = 0
        for signed in vouchers:
            voucher = signed.voucher
            fen = sum(line.amount_fen for line in voucher.lines if line.account == account)
            if not fen:
                continue
            balance += fen
            count += 1
            rows.append(
                {
                    "account": account,
                    "date": voucher.date.isoformat(),
                    "serial": f"{voucher.date:%Y%m%d}{place}{count:05d}",
                    "payer_payee": voucher.payee,
                    "summary": voucher.narration,
                    "debit": plain_yuan(-fen) if fen < 0 else "",
                    "credit": plain_yuan(fen) if fen > 0 else "",
                    "balance": plain_yuan(balance),
                }
            )
    return tuple(rows)


def asset_rows(last_counted: Mapping[str, datetime.date]) -> tuple[Row, ...]:
    """Return assets.csv: all counted every December; `last_counted` names those that were seen last before."""
    usual = workday(YEARS[-1], 12, 18)
    left = workday(*SOLD_ON)
    return tuple(
        asset_row(asset, _counted(asset, last_counted, usual), _disposed(asset, left))
        for asset in sorted((*ASSETS, *SMALL))
    )


def _counted(asset: Asset, last_counted: Mapping[str, datetime.date], usual: datetime.date) -> datetime.date:
    gone = workday(2021, 12, 20) if asset in SMALL else workday(2023, 12, 18) if asset == SOLD else usual
    return last_counted.get(asset.asset_id, gone)


def _disposed(asset: Asset, sold_on: datetime.date) -> str:
    if asset in SMALL:
        return datetime.date(2022, 1, 1).isoformat()  # no longer a fixed asset: kept in the list of small things
    return sold_on.isoformat() if asset == SOLD else ""


def audit_rows(missing: frozenset[str]) -> tuple[Row, ...]:
    """Return audits.csv: annual and remittance audits of every year, and the chairs' departure audits but `missing`."""
    remarks = (
        "个别活动签到表不全",
        "宣传栏制作未附照片",
        "书屋借阅登记不全",
        "会议签到表缺页",
        "活动方案归档不及时",
        "快递单据粘贴不规范",
        "球馆签到表字迹不清",
    )
    rows: list[Row] = []
    for place, year in enumerate(YEARS):
        for number, kind, month in ((1, "annual", 3), (2, "remittance", 4)):
            rows.append(
                {
                    "id": f"审-{year}-{number:02d}",
                    "kind": kind,
                    "period_from": f"{year - 1}-01-01",
                    "period_to": f"{year - 1}-12-31",
                    "subject": names.UNION,
                    "reported_on": workday(year, month, 6).isoformat(),
                    "findings": remarks[place] if kind == "annual" else "",
                    "rectified_on": workday(year, month + 1, 10).isoformat() if kind == "annual" else "",
                }
            )
    for number, (chair, (since, until)) in enumerate(((CHAIR_1, TERM_1), (CHAIR_2, TERM_2)), start=3):
        if chair not in missing:
            rows.append(
                {
                    "id": f"审-{until.year}-{number:02d}",
                    "kind": "departure",
                    "period_from": since.isoformat(),
                    "period_to": until.isoformat(),
                    "subject": chair,
                    "reported_on": workday(until.year, 8, 20).isoformat(),
                    "findings": "",
                    "rectified_on": "",
                }
            )
    return tuple(rows)


def cash_count_rows(cash_on: Callable[[datetime.date], int]) -> tuple[Row, ...]:
    """Return cash_counts.csv: the till counted at the end of each month; `cash_on` is the book's balance of a day."""
    return tuple(
        {
            "date": day.isoformat(),
            "account": chart.CASH,
            "counted": plain_yuan(cash_on(day)),
            "keeper": names.CASHIER,
            "witness": names.ACCOUNTANT,
        }
        for year in YEARS
        for month in MONTHS
        for day in [last_workday(year, month)]
    )


def activity_rows(vouchers: Iterable[Signed]) -> tuple[Row, ...]:
    """Return activities.csv: each year's plan, with what an activity may cost and how many take part."""
    plan: dict[str, list[Signed]] = {}
    for signed in vouchers:
        if "activity" in signed.voucher.metadata:
            plan.setdefault(signed.voucher.metadata["activity"], []).append(signed)
    rows = []
    for name, parts in plan.items():
        first = parts[0].voucher
        spent = sum(line.amount_fen for p in parts for line in p.voucher.lines if line.account.startswith("Expenses:"))
        rows.append(
            {
                "activity": name,
                "type": first.metadata["activity-type"],
                "month": f"{first.date:%Y-%m}",
                "account": first.lines[0].account,
                "budget": plain_yuan(spent + 500_00),
                "participants": first.metadata.get("participants", ""),
            }
        )
    return tuple(rows)


def publication_rows() -> tuple[Row, ...]:
    """Return publications.csv: budget, final accounts, audit and the quarterly reports on funds of every year."""
    rows = []
    for year in YEARS:
        rows += [
            (workday(year, 1, 16), "budget", _BOARD),
            (workday(year, 3, 17), "funds", "会员代表大会报告"),
            (workday(year, 3, 17), "audit", "会员代表大会报告"),
            (workday(year, 3, 27), "final_accounts", _BOARD),
            (workday(year, 7, 30), "budget", _BOARD),
            *((workday(year, month, 15), "funds", _BOARD) for month in (4, 7, 10)),
        ]
    return tuple(
        {"date": day.isoformat(), "kind": kind, "audience": "全体会员", "how": how} for day, kind, how in sorted(rows)
    )


def employer_rows(member_id: str) -> tuple[Row, ...]:
    """Return employer.csv: what the employer itself paid, which no gift of the union repeats."""
    row = {"date": workday(YEARS[-1], 5, 8).isoformat(), "member_id": member_id}
    return ({**row, "occasion": "荣誉疗养", "amount": "500.00"},)
