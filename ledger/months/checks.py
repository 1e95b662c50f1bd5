"""What is checked before a month is sealed: each check passes, fails, or says what it lacks to be made.

Facts in, checks out. What facts do not hold (which months are sealed, how many drafts wait) is handed in.
"""

from __future__ import annotations

import calendar
import datetime
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

import pandas as pd

from ledger.balances import closing_rows, unclosed
from ledger.facts import Facts
from ledger.money import shown_yuan
from ledger.months.bank import Result, bank_problems, cash_problems
from ledger.reader.codes import is_fatal

_DECEMBER = 12
_RESULTS = frozenset({"union_carry_forward", "union_surplus", "treasury_carry_forward", "treasury_surplus"})
# Sub-accounts of the results that business of a year may touch: (一) and (二) of 321, 322, 331, (一) to (三) of 332.
_MOVABLE = ("_opening_adjustment", "_reallocation", "_transfer_in", "_returned")
_INVESTMENT = "investment"  # 322 (三): money invested is taken from 累计结余
_TRANSFER = "_transfer_in"  # 321 (五), 322 (五): what is surplus by nature leaves 累计结转 for 结转转入

Given = TypeVar("Given")


class Outcome(StrEnum):
    """How a check ended; *not tested* is never a pass."""

    PASSED = "passed"
    FAILED = "failed"
    NOT_TESTED = "not_tested"


@dataclass(frozen=True)
class MonthCheck:
    """One check of a month: code, title in Chinese and English, how it ended, and its details in Chinese.

    The details of a failed check name what is wrong, those of one that was not tested what is missing, and those of
    one that passed what it rests on.
    """

    code: str
    title: tuple[str, str]
    outcome: Outcome
    details: tuple[str, ...] = ()

    @property
    def passed(self) -> bool:
        """Whether it was made and found nothing."""
        return self.outcome is Outcome.PASSED


TITLES: Mapping[str, tuple[str, str]] = {
    "balanced": ("试算平衡", "the trial balance balances"),
    "numbers": ("凭证号连续", "voucher numbers are without gaps"),
    "bank": ("银行存款与对账单相符", "bank deposits agree with the statements"),
    "cash": ("库存现金已盘点相符", "cash was counted and agrees"),
    "results": ("结转结余科目未被日常凭证动用", "carried-forward funds are untouched"),
    "closed": ("年末结转已做", "the year is carried forward"),
    "drafts": ("没有未记账的草稿", "no draft is left"),
    "earlier": ("以前月份均已封账", "earlier months are sealed"),
    "over": ("月份已过完", "the month is over"),
}


def month_checks(
    facts: Facts,
    month: str,
    *,
    sealed: frozenset[str] | None = None,
    drafts: Iterable[str] | None = None,
    today: datetime.date | None = None,
) -> tuple[MonthCheck, ...]:
    """Return the checks of a month (`2025-03`) in the order of the work.

    `sealed` are the months sealed already, `drafts` the names of drafts that wait in the book, `today` the day on
    which it is sealed; a check whose means are None is *not tested*.
    """
    first = datetime.date(int(month[:4]), int(month[5:]), 1)
    last = first.replace(day=calendar.monthrange(first.year, first.month)[1])
    inside = facts.journal[facts.journal["date"].dt.strftime("%Y-%m") == month]
    found = [
        _judged("balanced", _unbalanced(facts, inside, last)),
        _judged("numbers", _numbers(facts, month)),
        _tested("bank", bank_problems(facts, first, last)),
        _tested("cash", cash_problems(facts, first, last)),
        _judged("results", _results(inside)),
    ]
    if first.month == _DECEMBER:
        found.append(_judged("closed", _not_closed(facts, last)))
    found.append(_given("drafts", drafts, lambda names: [f"草稿“{name}”尚未记账；请记账或删去" for name in names]))
    found.append(_given("earlier", sealed, lambda done: _earlier(facts, month, done)))
    found.append(_given("over", today, lambda day: [] if day > last else [f"{month} 到 {last} 才结束，今天是 {day}"]))
    return tuple(found)


def _judged(code: str, problems: Iterable[str]) -> MonthCheck:
    details = tuple(problems)
    return MonthCheck(code, TITLES[code], Outcome.FAILED if details else Outcome.PASSED, details)


def _tested(code: str, result: Result) -> MonthCheck:
    if result.problems:
        return MonthCheck(code, TITLES[code], Outcome.FAILED, (*result.problems, *result.missing))
    outcome = Outcome.NOT_TESTED if result.missing else Outcome.PASSED
    return MonthCheck(code, TITLES[code], outcome, (*result.missing, *result.notes))


def _given(code: str, means: Given | None, check: Callable[[Given], list[str]]) -> MonthCheck:
    if means is None:
        return MonthCheck(code, TITLES[code], Outcome.NOT_TESTED, ("没有提供检查所需的资料",))
    return _judged(code, check(means))


def _unbalanced(facts: Facts, inside: pd.DataFrame, last: datetime.date) -> list[str]:
    faults = [f"{f.file}:{f.line} {f.message}" for f in facts.integrity if is_fatal(f)]
    sums = inside.groupby("entry")["amount_fen"].sum()
    for entry in sums[sums != 0].index:
        row = inside[inside["entry"] == entry].iloc[0]
        faults.append(f"凭证 {row['voucher']} 借贷相差 {shown_yuan(abs(int(sums[entry])))} 元")
    total = int(closing_rows(facts, last)["amount_fen"].sum())
    if total:
        faults.append(f"{last} 全部科目借贷合计相差 {shown_yuan(abs(total))} 元")
    return faults


def _numbers(facts: Facts, month: str) -> list[str]:
    vouchers = facts.vouchers
    problems = []
    ours = vouchers[(vouchers["date"].dt.strftime("%Y-%m") == month) & ~vouchers["opening"] & ~vouchers["change_over"]]
    bare = ours[ours["number"].isna()]
    problems += [
        f"{day:%Y-%m-%d}“{text}”没有合格式的凭证字号" for day, text in zip(bare["date"], bare["narration"], strict=True)
    ]
    strange = ours[ours["number"].notna() & (ours["period"].astype(str) != month)]
    problems += [f"凭证 {number} 的日期在 {month}，字号属于另一个月" for number in strange["voucher"]]
    numbered = vouchers[(vouchers["period"].astype(str) == month) & vouchers["number"].notna()]
    for word, group in numbered.groupby(numbered["word"].astype(str), sort=True):
        numbers = sorted(int(n) for n in group["number"])
        missing = sorted(set(range(1, numbers[-1] + 1)) - set(numbers))
        problems += [f"“{word}”字缺 {len(missing)} 个号：{_spans(missing)}"] if missing else []
        problems += [
            f"凭证号 {word}-{month}-{n:04d} 重复" for n in sorted({n for n in numbers if numbers.count(n) > 1})
        ]
    return problems


def _spans(numbers: list[int]) -> str:
    spans: list[list[int]] = []
    for number in numbers:
        if spans and number == spans[-1][1] + 1:
            spans[-1][1] = number
        else:
            spans.append([number, number])
    return "、".join(str(a) if a == b else f"{a}—{b}" for a, b in spans)


def _results(inside: pd.DataFrame) -> list[str]:
    plain = inside[~(inside["opening"] | inside["change_over"] | inside["carry_forward"])]
    touched = plain[plain["group"].isin(_RESULTS)]
    touched = touched[~touched["meaning"].astype(str).str.endswith(_MOVABLE)]
    explained = (plain["group"] == _INVESTMENT) | plain["meaning"].astype(str).str.endswith(_TRANSFER)
    touched = touched[~touched["entry"].isin(plain.loc[explained, "entry"])]
    pairs = zip(touched["voucher"], touched["account"].astype(str), strict=True)
    return [
        f"凭证 {voucher} 动用了“{account}”；年末结转以外只用“年初余额调整”和“单位内部调剂”"
        for voucher, account in dict.fromkeys(pairs)
    ]


def _not_closed(facts: Facts, last: datetime.date) -> list[str]:
    left = unclosed(closing_rows(facts, last))
    if not left.accounts:
        return []
    return [
        f"{left.accounts} 个收入、支出科目尚有余额，收支差额 {shown_yuan(left.total)} 元；请先用 union-audit close 结转"
    ]


def _earlier(facts: Facts, month: str, sealed: frozenset[str]) -> list[str]:
    months = sorted({str(m) for m in facts.vouchers["date"].dt.strftime("%Y-%m").unique()})
    open_ones = [m for m in months if m < month and m not in sealed]
    if not open_ones:
        return []
    return [f"{_months(open_ones)} 尚未封账；请从最早的月份起逐月封账"]


def _months(months: list[str]) -> str:
    return months[0] if len(months) == 1 else f"{months[0]} 至 {months[-1]} 间的 {len(months)} 个月"
