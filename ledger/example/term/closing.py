"""The carry-forward of every year: made by hand up to 2021, by `ledger.closing` from 2022 on."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping

import pandas as pd

from ledger.accounts import resolve
from ledger.closing import WORD, carry_forward
from ledger.example.names import ACCOUNTANT, FINANCE
from ledger.example.term import chart
from ledger.example.term.calendar import SYSTEM_OF_2021
from ledger.vouchers import Line, Voucher, VoucherNumber
from ledger.writer import CARRY_FORWARD

_RESULTS = ("Income:", "Expenses:")


def balances(vouchers: Iterable[Voucher]) -> Mapping[str, int]:
    """Return the balance of every account over some vouchers in fen, zeros left out."""
    sums: dict[str, int] = defaultdict(int)
    for voucher in vouchers:
        for line in voucher.lines:
            sums[line.account] += line.amount_fen
    return {account: fen for account, fen in sorted(sums.items()) if fen}


def closed_by_hand(year: int, vouchers: Iterable[Voucher]) -> Voucher:
    """Return the carry-forward voucher of a year under the system of 2009: all income and expenditure to 结余."""
    sums = balances(v for v in vouchers if v.date.year == year)
    lines = [Line(account, -fen) for account, fen in sums.items() if account.startswith(_RESULTS)]
    lines.append(Line(chart.account(year, "surplus"), -sum(line.amount_fen for line in lines)))
    told = {"attachments": "0", "prepared-by": ACCOUNTANT, "reviewed-by": FINANCE}
    number = VoucherNumber(WORD, year, 12, 1)
    last = datetime.date(year, 12, 31)
    return Voucher(last, number, "", "年末结转本年收支", tuple(lines), told, tags=(CARRY_FORWARD,))


def closed(years: Iterable[int], vouchers: Iterable[Voucher]) -> tuple[Voucher, ...]:
    """Return the carry-forward vouchers of years under the system of 2021, each resting on those before it."""
    kept = list(vouchers)
    made: list[Voucher] = []
    for year in years:
        made += carry_forward(_journal([*kept, *made]), year)
    return tuple(made)


def carried_forward_fen(vouchers: Iterable[Voucher], project: str) -> int:
    """Return what of a project's income is unspent, in fen: income less expenditure over vouchers of any years."""
    mine = [v for v in vouchers if v.metadata.get("project") == project]
    return -sum(line.amount_fen for v in mine for line in v.lines if line.account.startswith(_RESULTS))


def _journal(vouchers: Iterable[Voucher]) -> pd.DataFrame:
    """Return what `carry_forward` reads of a journal, from the change-over on: results of earlier years are closed."""
    rows = [
        {
            "date": pd.Timestamp(voucher.date),
            "account": line.account,
            "meaning": found.meaning,
            "group": _group(line.account, voucher.date),
            "element": found.element,
            "fund": voucher.metadata.get("fund", ""),
            "project": line.metadata.get("project", voucher.metadata.get("project", "")),
            "amount_fen": line.amount_fen,
            "carry_forward": CARRY_FORWARD in voucher.tags,
        }
        for voucher in vouchers
        if voucher.date.year >= SYSTEM_OF_2021
        for line in voucher.lines
        if (found := resolve(line.account, voucher.date)) is not None
    ]
    return pd.DataFrame(rows)


def _group(account: str, day: datetime.date) -> str:
    top = resolve(":".join(account.split(":")[:2]), day)
    return top.meaning if top is not None else ""
