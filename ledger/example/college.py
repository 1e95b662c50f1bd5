"""The published accounts of a real union as a book: the final accounts of 2023 and the budget of 2024.

`published.json` holds the figures as the college's union published them, in units of ten thousand yuan, with
their source. Every published line becomes one voucher on the last day of the year: the union published sums, not
vouchers. The opening balances are those from which the published year's end follows.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType
from typing import Any

from ledger.accounts import account_name, statutory
from ledger.money import fen_from_decimal
from ledger.vouchers import BudgetEntry, Line, Voucher, VoucherNumber
from ledger.writer import CARRY_FORWARD, OPENING, write_book

_TEN_THOUSAND = 10_000
_BANK = "01-基本户"


@dataclass(frozen=True)
class PublishedLine:
    """One published figure: section (income, expense), its key, fen, and the account that it stands on.

    `account` is empty for totals; `booked` tells the figures that go into the book from sums of them.
    """

    section: str
    key: str
    amount_fen: int
    account: str
    booked: bool


@dataclass(frozen=True)
class Published:
    """One published statement with its source, its lines, and the sums that must hold (section, parts, whole).

    `balance` holds what was published of the year's end: 本年结余 and 累计结余 in fen, 固定资产 in fen.
    """

    organisation: str
    year: int
    what: str
    url: str
    lines: tuple[PublishedLine, ...]
    checks: tuple[tuple[str, tuple[str, ...], str], ...]
    balance: Mapping[str, int]


@cache
def published() -> tuple[Published, Published]:
    """Return what was published: the final accounts of 2023 and the budget of 2024."""
    data = json.loads(files("ledger.example").joinpath("published.json").read_text(encoding="utf-8"))
    final, budget = (_published(data["organisation"], data[name]) for name in ("final_accounts", "budget"))
    return final, budget


def college_vouchers() -> tuple[Voucher, ...]:
    """Return the opening transaction of 2023 and one voucher for every published line of the final accounts."""
    final, _ = published()
    day = datetime.date(final.year, 12, 31)
    bank = account_name(statutory("bank_deposit", day), _BANK)
    vouchers = [_opening(final, bank)]
    for number, line in enumerate((line for line in final.lines if line.booked), start=1):
        money = line.amount_fen if line.section == "income" else -line.amount_fen
        vouchers.append(
            Voucher(
                day,
                VoucherNumber("记", final.year, 12, number),
                final.organisation,
                f"{final.year}年度决算公布数：{line.key}",
                (Line(bank, money), Line(line.account, -money)),
            )
        )
    return tuple(vouchers)


def college_closing() -> tuple[Voucher, ...]:
    """Return the carry-forward of 2023: the published figures name no projects, so all of it is surplus."""
    final, _ = published()
    day = datetime.date(final.year, 12, 31)
    result = account_name(statutory("union_surplus_current_year", day))
    kept = account_name(statutory("union_surplus_accumulated", day))
    booked = [line for line in final.lines if line.booked]
    income = sorted((line.account, line.amount_fen) for line in booked if line.section == "income")
    expense = sorted((line.account, -line.amount_fen) for line in booked if line.section == "expense")
    moves = (
        ("期末结转非专项资金收入", [Line(*pair) for pair in income], result),
        ("期末结转非专项资金支出", [Line(*pair) for pair in expense], result),
        ("年末冲销工会资金结余有关明细科目，转入累计结余", [Line(result, sum(a for _, a in income + expense))], kept),
    )
    return tuple(
        Voucher(
            day,
            VoucherNumber("转", final.year, 12, number),
            "",
            narration,
            (*lines, Line(into, -sum(line.amount_fen for line in lines))),
            tags=(CARRY_FORWARD,),
        )
        for number, (narration, lines, into) in enumerate(moves, start=1)
    )


def college_budget() -> tuple[BudgetEntry, ...]:
    """Return the published budget of 2024 as budget lines; the days of its approval were not published."""
    _, budget = published()
    first = datetime.date(budget.year, 1, 1)
    return tuple(
        BudgetEntry(first, budget.year, line.account, line.amount_fen, 0, reason=f"公布的{budget.year}年度预算")
        for line in budget.lines
        if line.booked
    )


def college_profile() -> str:
    """Return the text of the college's union.toml: what the published pages say, nothing else."""
    final, _ = published()
    bank = account_name(statutory("bank_deposit", datetime.date(final.year, 1, 1)), _BANK)
    lines = (
        "[union]",
        f'name = "{final.organisation}"',
        'level = "grassroots"',
        'region = "210200"',
        'system = "education"',
        "",
        "[bank]",
        f'accounts = ["{bank}"]',
    )
    return "\n".join(lines) + "\n"


def write_college(folder: Path) -> None:
    """Write the college's book into a folder; raises FileExistsError when it already holds one."""
    write_book(
        folder,
        college_profile(),
        datetime.date(published()[0].year, 1, 1),
        vouchers=college_vouchers(),
        budgets=college_budget(),
        closing=college_closing(),
    )


def _opening(final: Published, bank: str) -> Voucher:
    day = datetime.date(final.year, 1, 1)
    surplus = final.balance["累计结余"] - final.balance["本年结余"]
    owned = final.balance["固定资产"]
    lines = (
        Line(bank, surplus),
        Line(account_name(statutory("fixed_assets", day)), owned),
        Line(account_name(statutory("asset_fund_fixed_assets", day)), -owned),
        Line(account_name(statutory("union_surplus_accumulated", day)), -surplus),
    )
    return Voucher(day, None, "", "期初余额（由公布的年末数倒推）", lines, tags=(OPENING,))


def _published(organisation: str, data: Mapping[str, Any]) -> Published:
    day = datetime.date(data["year"], 1, 1)
    lines = tuple(_line(row, day) for row in data["lines"])
    return Published(
        organisation,
        data["year"],
        data["what"],
        data["url"],
        lines,
        tuple((check["section"], tuple(check["parts"]), check["whole"]) for check in data["checks"]),
        _balance(data["balance"]),
    )


def _line(row: Mapping[str, Any], day: datetime.date) -> PublishedLine:
    below: Sequence[str] = [row["below"]] if row["below"] else []
    account = account_name(statutory(row["meaning"], day), *below) if row["meaning"] else ""
    amount = fen_from_decimal(Decimal(row["amount"]) * _TEN_THOUSAND)
    return PublishedLine(row["section"], row["key"], amount, account, row["booked"])


def _balance(data: Mapping[str, str]) -> Mapping[str, int]:
    """Return the published balances in fen; what is marked 元 was published in yuan, all else in 万元."""
    marked = {
        key.removesuffix("(元)"): Decimal(text) * (1 if key.endswith("(元)") else _TEN_THOUSAND)
        for key, text in data.items()
    }
    return MappingProxyType({key: fen_from_decimal(amount) for key, amount in marked.items()})
