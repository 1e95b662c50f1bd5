"""The year-end carry-forward of 财会〔2021〕7号: income and expenditure into the results, sub-accounts emptied.

期末 the year's income and expenditure go to 本年收支结转: of earmarked money with a project to 321 工会资金结转
(account 321, three, (三)), of the treasury's appropriation to 331 财政拨款结转 (331, three, (三)), all else, with
动用 and 安排预算稳定调节基金, to 322 工会资金结余 (322, three, (四)). 年末 every sub-account but 累计结转 or 累计结余
is emptied into it (321 (四), 322 (六), 331 (四), 332 (五)). What of a carry-forward is surplus by nature
(结转转入) is a decision of people and never made here.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

import pandas as pd

from ledger.accounts import account_name, components, statutory
from ledger.atomic import replace_files, writing
from ledger.book_files import with_accounts, with_includes
from ledger.months.chain import locked_problem, sealed_months
from ledger.reader import read_book
from ledger.vouchers import Line, Voucher, VoucherNumber
from ledger.writer import CARRY_FORWARD, book_texts, close_path

WORD = "转"

_CHART_OF_2021 = datetime.date(2022, 1, 1)

# Money that belongs to a project until the project is done.
_EARMARKED = ("earmarked", "subsidy")
_TREASURY_INCOME = "same_level_treasury_income"
_TREASURY_SUB_ACCOUNT = "财政拨款"  # the regulation's name of the sub-account of expenditure
_STABILISATION = ("stabilisation_fund_drawn", "stabilisation_fund_arranged")

# Each result with its accumulating account; every other sub-account of it is emptied at the year's end.
_RESULTS: Mapping[str, str] = MappingProxyType(
    {
        "union_carry_forward": "union_carry_forward_accumulated",
        "union_surplus": "union_surplus_accumulated",
        "treasury_carry_forward": "treasury_carry_forward_accumulated",
        "treasury_surplus": "treasury_surplus_accumulated",
    }
)
_NARRATIONS: Mapping[tuple[str, str], str] = MappingProxyType(
    {
        ("union_carry_forward", "income"): "期末结转专项资金收入",
        ("union_carry_forward", "expense"): "期末结转专项资金支出",
        ("union_surplus", "income"): "期末结转非专项资金收入",
        ("union_surplus", "expense"): "期末结转非专项资金支出",
        ("treasury_carry_forward", "income"): "期末结转财政拨款收入",
        ("treasury_carry_forward", "expense"): "期末结转财政拨款支出",
    }
)


class UnclosableYear(ValueError):
    """A year that this carry-forward does not apply to; the message says why and the way out, in Chinese."""


@dataclass(frozen=True)
class _Key:
    target: str
    element: str
    account: str
    project: str


@lru_cache(maxsize=4096)
def result_of(account: str, meaning: str, fund: str, project: str) -> str:
    """Return the meaning of the result that income or expenditure of an account, fund and project closes to.

    `meaning` is that of the account. Expenditure of the treasury's appropriation is told by its sub-account 财政拨款.
    """
    if meaning == _TREASURY_INCOME or any(name == _TREASURY_SUB_ACCOUNT for _, name in components(account)[1:]):
        return "treasury_carry_forward"
    if meaning in _STABILISATION:
        return "union_surplus"
    return "union_carry_forward" if fund in _EARMARKED and project else "union_surplus"


def carry_forward(journal: pd.DataFrame, year: int, *, first_number: int = 1) -> tuple[Voucher, ...]:
    """Return the carry-forward vouchers of a year, numbered `转-YYYY-12-NNNN` from `first_number`.

    `journal` is that of the book's facts, of all years, without the carry-forward vouchers that are to be replaced;
    accounts that people closed themselves stay as they are. Afterwards every account of income and expenditure is
    exactly zero, and so is every sub-account of the results but the accumulating ones.
    Raises UnclosableYear for years before the chart of 2021, when an earlier year is still open, and when people
    closed an account in part.
    """
    last = datetime.date(year, 12, 31)
    if last < _CHART_OF_2021:
        raise UnclosableYear(f"{year} 年施行的是 2009 年工会会计制度，不能按 2021 年制度自动结转；请手工编制结转凭证")
    rows = journal[journal["date"] <= pd.Timestamp(last)]
    _check_earlier(rows, year)
    vouchers: list[Voucher] = []
    current: dict[str, int] = {}
    for (target, element), lines in _periods(rows[rows["date"].dt.year == year], year):
        amount = -sum(line.amount_fen for line in lines)
        into = account_name(statutory(f"{target}_current_year", last))
        current[into] = current.get(into, 0) + amount
        whole = [*lines, *([Line(into, amount)] if amount else [])]
        vouchers.append(_voucher(year, first_number + len(vouchers), _NARRATIONS[target, element], whole))
    for result, lines in _years(rows, current, last):
        vouchers.append(_voucher(year, first_number + len(vouchers), _closing_narration(result, last), lines))
    return tuple(vouchers)


def _check_earlier(rows: pd.DataFrame, year: int) -> None:
    earlier = rows[(rows["date"] < pd.Timestamp(year, 1, 1)) & rows["element"].isin(["income", "expense"])]
    balances = earlier.groupby("account", observed=True)["amount_fen"].sum()
    if (balances != 0).any():
        latest = int(earlier["date"].dt.year.max())
        raise UnclosableYear(f"{latest} 年及以前的收入支出尚未结转；请从最早未结转的年度起逐年结转")


def _periods(rows: pd.DataFrame, year: int) -> Iterator[tuple[tuple[str, str], list[Line]]]:
    """Yield the lines that bring the year's income and expenditure to zero, by result and element, in fixed order."""
    moved = rows[rows["element"].isin(["income", "expense"])]
    done = moved[moved["carry_forward"]].groupby("account", observed=True)["amount_fen"].sum()
    total = moved.groupby("account", observed=True)["amount_fen"].sum()
    closed = {str(account) for account, amount in done.items() if amount != 0}
    half = sorted(account for account in closed if total[account] != 0)
    if half:
        raise UnclosableYear(f"{year} 年“{half[0]}”已有手工结转凭证但没有结平；请补齐或删去手工结转凭证后再结账")
    sums: dict[_Key, int] = {}
    columns = ["account", "meaning", "element", "fund", "project", "amount_fen"]
    for account, meaning, element, fund, project, amount in moved[~moved["carry_forward"]][columns].itertuples(
        index=False
    ):
        if account in closed:
            continue
        target = result_of(str(account), str(meaning), str(fund), str(project))
        key = _Key(target, str(element), str(account), str(project) if target != "union_surplus" else "")
        sums[key] = sums.get(key, 0) + int(amount)
    for target, element in _NARRATIONS:
        keys = sorted((k for k in sums if (k.target, k.element) == (target, element)), key=_order)
        lines = [
            Line(k.account, -sums[k], MappingProxyType({"project": k.project} if k.project else {}))
            for k in keys
            if sums[k]
        ]
        if lines:
            yield (target, element), lines


def _order(key: _Key) -> tuple[str, str]:
    return key.account, key.project


def _years(rows: pd.DataFrame, current: Mapping[str, int], last: datetime.date) -> Iterator[tuple[str, list[Line]]]:
    """Yield the lines that empty a result's sub-accounts into its accumulating one."""
    for result, accumulated in _RESULTS.items():
        into = account_name(statutory(accumulated, last))
        inside = rows[(rows["group"] == result) & (rows["meaning"] != accumulated)]
        balances = {str(a): int(v) for a, v in inside.groupby("account", observed=True)["amount_fen"].sum().items()}
        for account, amount in current.items():
            if account.split(":")[1] == into.split(":")[1]:
                balances[account] = balances.get(account, 0) + amount
        lines = [Line(account, -amount) for account, amount in sorted(balances.items()) if amount]
        total = sum(line.amount_fen for line in lines)
        if total:
            lines.append(Line(into, -total))
        if lines:
            yield result, lines


def _closing_narration(result: str, last: datetime.date) -> str:
    return f"年末冲销{statutory(result, last).name}有关明细科目，转入{statutory(_RESULTS[result], last).name}"


def _voucher(year: int, number: int, narration: str, lines: Sequence[Line]) -> Voucher:
    return Voucher(
        date=datetime.date(year, 12, 31),
        number=VoucherNumber(WORD, year, 12, number),
        payee="",
        narration=narration,
        lines=tuple(lines),
        metadata=MappingProxyType({"attachments": "0"}),
        tags=(CARRY_FORWARD,),
    )


def close_year(book: Path, year: int) -> tuple[Voucher, ...]:
    """Write `YYYY/close.beancount` of a book and return its vouchers; a generated one of before is replaced.

    Raises UnclosableYear (see `carry_forward`; also when the book is at fault, December is sealed, or the file holds
    anything but carry-forward vouchers) and BookBusy when another program is writing the book.
    """
    path = close_path(year)
    with writing(book):
        locked = locked_problem(datetime.date(year, 12, 31), sealed_months(book))
        if locked:
            raise UnclosableYear(locked)
        reading = read_book(book)
        if reading.facts is None or reading.fatal:
            raise UnclosableYear("账套本身有错，改正之前不能结账；请先用 union-audit check 查看")
        unbalanced = next((f for f in reading.integrity if f.code == "VOUCHER_UNBALANCED"), None)
        if unbalanced is not None:
            raise UnclosableYear(f"{unbalanced.file}:{unbalanced.line} {unbalanced.message}；借贷平衡以后才能结账")
        journal = reading.facts.journal
        generated = journal["file"] == path
        if not journal[generated]["carry_forward"].all():
            raise UnclosableYear(f"“{path}”里有不是期末结转的凭证；请先移到当月的文件，再结账")
        kept = journal[~generated]
        mine = kept[(kept["word"] == WORD) & (kept["period"] == f"{year:04d}-12")]["number"].dropna()
        vouchers = carry_forward(kept, year, first_number=int(mine.max()) + 1 if len(mine) else 1)
        if vouchers or (book / path).exists():
            used = {line.account: voucher.date for voucher in vouchers for line in voucher.lines}
            texts = {path: book_texts(closing=vouchers).get(path, "")}
            texts |= with_accounts(book, reading.facts, used) | with_includes(book, [path])
            replace_files(book, texts)
    return vouchers
