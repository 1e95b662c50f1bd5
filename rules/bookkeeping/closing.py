"""What can be wrong with a year's close: flows left over, results not emptied, and the close itself abused."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import NamedTuple

import pandas as pd

from ledger.facts import Facts
from ledger.money import shown_yuan
from ledger.rows import records
from rules.finding import Certainty, Evidence, Text
from rules.gather import in_order, joined, voucher_evidence
from rules.rule import evidence_of

_FLOWS = ("income", "expense")
# Sub-accounts of 321 and 322 that the regulation has emptied into 累计结转 and 累计结余 at the year's end.
_EMPTIED = tuple(
    f"{group}_{part}"
    for group in ("union_carry_forward", "union_surplus")
    for part in ("opening_adjustment", "reallocation", "current_year", "transfer_in")
)


class YearFault(NamedTuple):
    """One fault of an opening or a close: a stable key, what is wrong and should be, the rows, and fen at risk."""

    key: tuple[str, ...]
    told: Text
    expected: Text
    evidence: tuple[Evidence, ...]
    amount_fen: int = 0
    certainty: Certainty = Certainty.ESTABLISHED


def left_over(facts: Facts, year: int) -> pd.DataFrame:
    """Return the accounts of income and expenditure that a year's own vouchers leave with a balance."""
    rows = facts.journal
    own = rows[(rows["date"].dt.year == year) & rows["element"].isin(_FLOWS)]
    sums = own.groupby("account", observed=True, sort=True)["amount_fen"].sum().reset_index()
    left: pd.DataFrame = sums[sums["amount_fen"] != 0]
    return left


def not_closed(year: int, left: pd.DataFrame) -> YearFault:
    """Return the fault that accounts of income and expenditure still stand after the close."""
    total = int(left["amount_fen"].abs().sum())
    told = Text(
        f"{year} 年末 {len(left)} 个收支科目没有结平，合计 {shown_yuan(total)} 元：{_names(left)}",
        f"{len(left)} accounts of income and expenditure are not closed at the end of {year}: {shown_yuan(total)} yuan",
    )
    expected = Text("年末结转后收入、支出科目无余额", "no balance on accounts of income and expenditure")
    return YearFault(("close", str(year)), told, expected, _balances(left, year), total)


def not_emptied(facts: Facts, year: int) -> Iterator[YearFault]:
    """Yield the fault that sub-accounts of 321 and 322 were not emptied into the accumulated ones."""
    rows = facts.balances_on(datetime.date(year, 12, 31))
    left = rows[rows["meaning"].isin(_EMPTIED) & (rows["amount_fen"] != 0)]
    if left.empty:
        return
    total = int(left["amount_fen"].abs().sum())
    told = Text(
        f"{year} 年末结转结余的 {len(left)} 个明细科目没有转入累计结转、累计结余，"
        f"合计 {shown_yuan(total)} 元：{_names(left)}",
        f"{len(left)} sub-accounts of the surplus are not emptied at the end of {year}: {shown_yuan(total)} yuan",
    )
    expected = Text(
        "年末除累计结转、累计结余外，其他明细科目无余额", "only the accumulated sub-accounts have a balance"
    )
    yield YearFault(("emptied", str(year)), told, expected, _balances(left, year), total)


def carried_elsewhere(facts: Facts, since: datetime.date, until: datetime.date) -> Iterator[YearFault]:
    """Yield each carry-forward voucher that moves assets or liabilities, so that spending hides behind its tag."""
    rows = facts.journal
    inside = (rows["date"] >= pd.Timestamp(since)) & (rows["date"] <= pd.Timestamp(until))
    strange = rows[inside & rows["carry_forward"] & rows["element"].isin(("assets", "liabilities"))]
    for voucher, own in strange.groupby("voucher", sort=True):
        told = Text(
            f"结转凭证 {str(voucher) or '（无字号）'} 涉及资产、负债科目，这些收支因标为结转而没有计入收入支出",
            f"carry-forward voucher {voucher} moves assets or liabilities",
        )
        note = Text("结转凭证中的资产、负债分录", "a posting of assets or liabilities in a carry-forward voucher")
        expected = Text("结转凭证只在收支科目与净资产科目之间", "carry-forward between flows and net assets only")
        evidence = tuple(evidence_of(row, note) for row in records(own))
        yield YearFault(("elsewhere", str(voucher)), told, expected, evidence, int(own["amount_fen"].abs().sum()))


def after_close(facts: Facts, year: int) -> Iterator[YearFault]:
    """Yield the lead that vouchers dated in a year were keyed after its carry-forward was."""
    vouchers = in_order(facts.vouchers)
    own = vouchers[(vouchers["date"].dt.year == year) & (vouchers["entered_at"] != "")]
    closed = [t for t in map(_moment, own[own["carry_forward"]]["entered_at"]) if t]
    if not closed:
        return
    late = own[[(t := _moment(text)) is not None and t > max(closed) for text in own["entered_at"]]]
    if late.empty:
        return
    told = Text(
        f"{year} 年结账（{max(closed):%Y-%m-%d}）以后又录入该年凭证 {len(late)} 张：{joined(list(late['voucher']))}",
        f"{len(late)} vouchers dated in {year} were keyed after the year was closed on {max(closed):%Y-%m-%d}",
    )
    note = Text("结账以后录入的凭证", "keyed after the close")
    evidence = tuple(voucher_evidence(row, note) for row in records(late))
    expected = Text("结账以后不再改动该年的账", "no change of a year after its close")
    yield YearFault(("after-close", str(year)), told, expected, evidence, certainty=Certainty.LEAD)


def _names(left: pd.DataFrame) -> str:
    return joined([str(account).rsplit(":", 1)[-1] for account in left["account"]])


def _balances(left: pd.DataFrame, year: int) -> tuple[Evidence, ...]:
    return tuple(
        Evidence(
            Text(f"年末{'借' if row['amount_fen'] > 0 else '贷'}方余额", "balance at the year's end"),
            date=datetime.date(year, 12, 31),
            account=str(row["account"]),
            amount_fen=abs(int(row["amount_fen"])),
        )
        for row in records(left)
    )


def _moment(text: object) -> datetime.datetime | None:
    try:
        return datetime.datetime.fromisoformat(str(text)).replace(tzinfo=None)
    except ValueError:
        return None
