"""Stated balances against vouchers: what a package says an account has, and what its vouchers make of it."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ledger.importers.account_map import AccountMap
from ledger.importers.cells import CellError
from ledger.importers.packages.stated import Period, StatedBalance
from ledger.importers.tables import ImportProblem
from ledger.money import shown_yuan
from ledger.vouchers import Voucher

MAX_DIFFERENCES = 50
_ORDER = ("期初余额", "发生额（借方减贷方）", "期末余额")


@dataclass
class _Sums:
    opening: int = 0
    debit: int = 0
    credit: int = 0


@dataclass(frozen=True)
class Checked:
    """What came of a check: differences, and remarks that stop nothing."""

    problems: tuple[ImportProblem, ...] = ()
    notes: tuple[ImportProblem, ...] = ()


def check_balances(
    stated: Sequence[StatedBalance], vouchers: Sequence[Voucher], accounts: AccountMap, *, began: datetime.date | None
) -> Checked:
    """Compare stated balances with vouchers, account by account, with all accounts below.

    `began` is the first day of the book's opening balances or vouchers: balances before it cannot be compared.
    Red letters make less of their own side in a package and more of the other in a book: turnover is compared as
    the difference of both sides.
    """
    problems: list[ImportProblem] = []
    notes: list[ImportProblem] = []
    for period in sorted({item.period for item in stated}):
        rows = [item for item in stated if item.period == period]
        sheet = rows[0].sheet
        if not any(period.since <= v.date <= period.until for v in vouchers if "opening" not in v.tags):
            message = f"账套和文件中都没有 {period} 的凭证，没有核对发生额和期末余额；请先导入序时账"
            notes.append(ImportProblem(sheet, 0, "", message))
            continue
        # A year's beginning without opening balances is nil; within a year the months before may be missing.
        known = period.since.month == 1 or (began is not None and began <= period.since)
        if not known:
            message = f"账套没有 {period.since} 以前的凭证和余额，没有核对期初、期末余额，只核对发生额"
            notes.append(ImportProblem(sheet, 0, "", message))
        sums = _sums(vouchers, period)
        before, compared = len(problems), set[str]()
        for row in rows:
            compared |= {name for name, amount in _amounts(row, known=known).items() if amount is not None}
            problems += _differences(row, sums, accounts, known=known)
        if compared and len(problems) == before:
            what = "、".join(name for name in _ORDER if name in compared)
            notes.append(ImportProblem(sheet, 0, "", f"{period} 的 {len(rows)} 个科目与凭证核对相符（{what}）"))
    if len(problems) > MAX_DIFFERENCES:
        rest = len(problems) - MAX_DIFFERENCES
        problems = [*problems[:MAX_DIFFERENCES], ImportProblem("", 0, "", f"另有 {rest} 处余额表与凭证不符")]
    return Checked(tuple(problems), tuple(notes))


def _sums(vouchers: Iterable[Voucher], period: Period) -> dict[str, _Sums]:
    """Return the sums of every account and of every account above it."""
    own: dict[str, _Sums] = {}
    for voucher in vouchers:
        if voucher.date > period.until:
            continue
        # The opening transaction is dated the first day of the year: it is what was there before.
        earlier = voucher.date < period.since or "opening" in voucher.tags
        for line in voucher.lines:
            sums = own.setdefault(line.account, _Sums())
            if earlier:
                sums.opening += line.amount_fen
            elif line.amount_fen >= 0:
                sums.debit += line.amount_fen
            else:
                sums.credit -= line.amount_fen
    total: dict[str, _Sums] = {}
    for account, sums in own.items():
        parts = account.split(":")
        for depth in range(2, len(parts) + 1):
            above = total.setdefault(":".join(parts[:depth]), _Sums())
            above.opening += sums.opening
            above.debit += sums.debit
            above.credit += sums.credit
    return total


def _differences(
    row: StatedBalance, found: dict[str, _Sums], accounts: AccountMap, *, known: bool
) -> Iterator[ImportProblem]:
    stated = _amounts(row, known=known)
    try:
        account = accounts.account(row.code, row.name, row.period.until)
    except CellError as error:
        if any(stated.values()):
            yield ImportProblem(row.sheet, row.row, "", str(error))
        return
    sums_of = found.get(account, _Sums())
    moved = sums_of.debit - sums_of.credit
    ours = dict(zip(_ORDER, (sums_of.opening, moved, sums_of.opening + moved), strict=True))
    shown = " ".join(filter(None, (row.code, row.name)))
    for name, theirs in stated.items():
        if theirs is not None and theirs != ours[name]:
            message = (
                f"科目“{shown}”{row.period} {name}：余额表 {_sided(theirs)}，凭证 {_sided(ours[name])}，"
                f"相差 {shown_yuan(abs(theirs - ours[name]))} 元；请核对是否缺凭证或重复"
            )
            yield ImportProblem(row.sheet, row.row, "", message)


def _amounts(row: StatedBalance, *, known: bool) -> dict[str, int | None]:
    turnover = None if row.debit_fen is None or row.credit_fen is None else row.debit_fen - row.credit_fen
    opening, closing = (row.opening_fen, row.closing_fen) if known else (None, None)
    return dict(zip(_ORDER, (opening, turnover, closing), strict=True))


def _sided(fen: int) -> str:
    return "平" if fen == 0 else f"{'借' if fen > 0 else '贷'} {shown_yuan(abs(fen))}"
