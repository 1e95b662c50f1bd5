"""What can be wrong with a year's close: flows left over, results not emptied, and the close itself abused."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ledger.balances import account_balances
from ledger.facts import Facts
from ledger.journal_rows import PostingRow, net_fen
from ledger.money import shown_yuan
from rules.evidence import posting_evidence, voucher_evidence
from rules.finding import Certainty, Evidence, Text
from rules.gather import joined
from rules.indexes import between, lines_by_account, lines_of, transfers, vouchers_by_day
from rules.journal.keyed import moment
from rules.vouchers import in_order

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


class Left(NamedTuple):
    """What an account was left with at the end of a year, in fen, debit positive."""

    account: str
    amount_fen: int


def left_over(facts: Facts, year: int) -> Sequence[Left]:
    """Return the accounts of income and expenditure that a year's own vouchers leave with a balance."""
    first, last = datetime.date(year, 1, 1), datetime.date(year, 12, 31)
    flows = [(account, own) for account, own in lines_by_account(facts).items() if own[0].element in _FLOWS]
    sums = [Left(account, net_fen(between(own, first, last))) for account, own in sorted(flows)]
    return [left for left in sums if left.amount_fen]


def not_closed(year: int, left: Sequence[Left]) -> YearFault:
    """Return the fault that accounts of income and expenditure still stand after the close."""
    total = sum(abs(one.amount_fen) for one in left)
    told = Text(
        f"{year} 年末 {len(left)} 个收支科目没有结平，合计 {shown_yuan(total)} 元：{_names(left)}",
        f"{len(left)} accounts of income and expenditure are not closed at the end of {year}: {shown_yuan(total)} yuan",
    )
    expected = Text("年末结转后收入、支出科目无余额", "no balance on accounts of income and expenditure")
    return YearFault(("close", str(year)), told, expected, _balances(left, year), total)


def not_emptied(facts: Facts, year: int) -> Iterator[YearFault]:
    """Yield the fault that sub-accounts of 321 and 322 were not emptied into the accumulated ones."""
    balances = account_balances(facts, datetime.date(year, 12, 31))
    left = [Left(one.account, one.amount_fen) for one in balances if one.meaning in _EMPTIED and one.amount_fen]
    if not left:
        return
    total = sum(abs(one.amount_fen) for one in left)
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
    carried = [v for v in transfers(facts) if v.carry_forward and since <= v.date <= until]
    strange: dict[str, list[PostingRow]] = defaultdict(list)
    for line in lines_of(facts, carried):
        if line.element in ("assets", "liabilities"):
            strange[line.voucher].append(line)
    for voucher, own in sorted(strange.items()):
        told = Text(
            f"结转凭证 {voucher or '（无字号）'} 涉及资产、负债科目，这些收支因标为结转而没有计入收入支出",
            f"carry-forward voucher {voucher} moves assets or liabilities",
        )
        note = Text("结转凭证中的资产、负债分录", "a posting of assets or liabilities in a carry-forward voucher")
        expected = Text("结转凭证只在收支科目与净资产科目之间", "carry-forward between flows and net assets only")
        evidence = tuple(posting_evidence(line, note) for line in own)
        total = sum(abs(line.amount_fen) for line in own)
        yield YearFault(("elsewhere", voucher), told, expected, evidence, total)


def after_close(facts: Facts, year: int) -> Iterator[YearFault]:
    """Yield the lead that vouchers dated in a year were keyed after its carry-forward was."""
    carried = (v for v in transfers(facts) if v.carry_forward and v.date.year == year)
    closed = [at for voucher in carried if (at := moment(voucher.entered_at)) is not None]
    if not closed:
        return
    own = (voucher for day, vouchers in vouchers_by_day(facts).items() if day.year == year for voucher in vouchers)
    shut = max(closed)
    late = in_order(v for v in own if (at := moment(v.entered_at)) is not None and at > shut)
    if not late:
        return
    told = Text(
        f"{year} 年结账（{shut:%Y-%m-%d}）以后又录入该年凭证 {len(late)} 张：{joined([v.voucher for v in late])}",
        f"{len(late)} vouchers dated in {year} were keyed after the year was closed on {shut:%Y-%m-%d}",
    )
    note = Text("结账以后录入的凭证", "keyed after the close")
    evidence = tuple(voucher_evidence(voucher, note) for voucher in late)
    expected = Text("结账以后不再改动该年的账", "no change of a year after its close")
    yield YearFault(("after-close", str(year)), told, expected, evidence, certainty=Certainty.LEAD)


def _names(left: Sequence[Left]) -> str:
    return joined([one.account.rsplit(":", 1)[-1] for one in left])


def _balances(left: Sequence[Left], year: int) -> tuple[Evidence, ...]:
    return tuple(
        Evidence(
            Text(f"年末{'借' if one.amount_fen > 0 else '贷'}方余额", "balance at the year's end"),
            date=datetime.date(year, 12, 31),
            account=one.account,
            amount_fen=abs(one.amount_fen),
        )
        for one in left
    )
