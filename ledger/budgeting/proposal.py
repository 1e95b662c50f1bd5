"""Next year's budget as this year's figures propose it: every line with its amount and how it was reckoned.

Dues follow the roster, the contribution the payroll; what higher unions, the government and the employer will give
is not reckoned but told (`given`). Money earmarked for a project is spent on that project, up to what is left of it
and what is told of it. Other spending is what this year's budget has. What income does not cover is taken from
322 工会资金结余, as far as there is any; a budget that does not balance is a problem, never a proposal.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

import pandas as pd

from ledger.accounts import account_name, statutory
from ledger.balances import closing_rows
from ledger.budgeting.lines import FUNDS, INCOME, SPENDING, LineKey, in_force, total
from ledger.budgeting.revisions import BookState, BudgetProblem, balance_faults, book_state
from ledger.budgeting.spent import CARRIED, SURPLUS, carried_in, group_of, moved, off_lines, on_lines, surplus_in
from ledger.facts import Facts
from ledger.importers.existing import budgets_of
from ledger.money import round_half_up, shown_yuan
from ledger.vouchers import BudgetEntry

DUES, CONTRIBUTION = "dues_income", "contribution_income"
# What others decide to give: nothing of it can be reckoned from this year.
_TOLD = ("higher_union_subsidy_income", "government_subsidy_income", "employer_subsidy_income")
_MONTHS = 12
NO_DATES = "（待工会委员会通过、经审会审查、上级批准）"


@dataclass(frozen=True)
class Given:
    """An amount that people set for a line, in fen, and on what basis."""

    amount_fen: int
    basis: str = ""


@dataclass(frozen=True)
class ProposedLine:
    """One line of the proposal beside this year's figures, in fen.

    `basis` is how the amount was reckoned, in Chinese, a formula where there is one. `budget_fen` and `actual_fen`
    are this year's, None where it has none. A line of zero is shown and not entered.
    """

    key: LineKey
    amount_fen: int
    basis: str
    budget_fen: int | None
    actual_fen: int | None


@dataclass(frozen=True)
class Proposal:
    """Next year's budget: its lines in order of account and project, what stands against it, and remarks.

    `until` is the day up to which this year's figures go.
    """

    year: int
    until: datetime.date
    lines: tuple[ProposedLine, ...]
    problems: tuple[BudgetProblem, ...]
    notes: tuple[str, ...]

    def total_fen(self, element: str) -> int:
        """Return what the lines of an element (`income`, `expense`, `net_assets`) add up to."""
        return total({line.key: line.amount_fen for line in self.lines}, element)

    @property
    def entries(self) -> tuple[BudgetEntry, ...]:
        """The lines as version 0 of the budget, in force from 1 January and not yet approved by anybody."""
        day = datetime.date(self.year, 1, 1)
        return tuple(
            BudgetEntry(day, self.year, x.key.account, x.amount_fen, 0, x.key.project, reason=x.basis)
            for x in self.lines
            if x.amount_fen
        )


def prepare(
    facts: Facts,
    year: int,
    values: Mapping[str, Decimal],
    given: Mapping[LineKey, Given],
    *,
    surplus_fen: int | None = None,
    projects: Sequence[str] = (),
) -> Proposal:
    """Return the budget of a year as the figures of the year before propose it.

    `values` are what the law sets for the union on 1 January of the year: `dues.rate`, `dues.tail` (yuan, may be
    absent), `contribution.rate`, `contribution.retained_share`. `given` lines are taken as they are. `surplus_fen` is
    how much of 322 is used, None for as much as is needed. `projects` are new projects to be let in.
    """
    return _Preparation(facts, year, values, given, surplus_fen, projects).proposal()


class _Preparation:
    """One proposal in the making."""

    def __init__(
        self,
        facts: Facts,
        year: int,
        values: Mapping[str, Decimal],
        given: Mapping[LineKey, Given],
        surplus_fen: int | None,
        projects: Sequence[str],
    ) -> None:
        self.facts, self.year, self.values, self.given = facts, year, values, given
        self.surplus_fen = surplus_fen
        self.base = year - 1
        self.day = datetime.date(year, 1, 1)
        dates = facts.vouchers.loc[facts.vouchers["date"].dt.year == self.base, "date"]
        self.until = dates.max().date() if len(dates) else datetime.date(self.base, 1, 1)
        self.empty = len(dates) == 0
        self.state: BookState = book_state(facts, year, self.day, projects=projects)
        self.amounts = moved(facts, self.base, self.until)
        entries = in_force((e for e in budgets_of(facts) if e.year == self.base), self.until)
        self.budget = {key: entry.amount_fen for key, entry in entries.items()}
        self.actual = on_lines((key for key in self.budget if key.element != FUNDS), self.amounts)
        self.actual |= off_lines((k for k in self.budget if k.element != FUNDS), self.amounts, self.until)
        self.lines: dict[LineKey, tuple[int, str]] = {}
        self.problems: list[BudgetProblem] = []
        self.notes: list[str] = []

    def proposal(self) -> Proposal:
        if self._refused():
            return Proposal(self.year, self.until, (), tuple(self.problems), ())
        rows = closing_rows(self.facts, datetime.date(self.base, 12, 31))
        carried = carried_in(rows)
        surplus = surplus_in(rows)
        if (self.until.month, self.until.day) < (12, 1):
            self.notes.append(f"本年凭证只到 {self.until}，本年执行数和年末结余都不是全年数，年终决算后请重新测算")
        self._dues()
        self._contribution()
        self._other_income()
        self._spending(carried)
        for key, one in self.given.items():
            self.lines[key] = (one.amount_fen, one.basis or "人工核定")
        self._surplus(surplus)
        amounts = {key: fen for key, (fen, _) in self.lines.items()}
        held = {(CARRIED, project): fen for project, fen in carried.items()} | {(SURPLUS, ""): surplus}
        state = BookState(self.year, {}, self.state.accounts, self.state.projects, held)
        self.problems += balance_faults(amounts, state)
        return Proposal(self.year, self.until, tuple(self._proposed()), tuple(self.problems), tuple(self.notes))

    def _refused(self) -> bool:
        if self.empty:
            text = f"账套没有 {self.base} 年的凭证，不能据以编制 {self.year} 年预算；请核对 --year"
            self.problems.append(BudgetProblem(None, text))
        if any(e.year == self.year and e.version == 0 for e in budgets_of(self.facts)):
            text = f"{self.year} 年年初预算已在账套中；要调整的请用 union-audit budget … revise"
            self.problems.append(BudgetProblem(None, text))
        for key, one in self.given.items():
            if not self.state.is_open(key.account):
                self.problems.append(BudgetProblem(key, "科目在账套中没有启用或已经停用；请核对科目"))
            if key.project and key.project not in self.state.projects:
                text = f"项目“{key.project}”在账套和预算中都没有出现过；请核对名称，确是新项目的用 --new-project 说明"
                self.problems.append(BudgetProblem(key, text))
            if one.amount_fen < 0:
                self.problems.append(BudgetProblem(key, "预算金额不能为负数"))
        return bool(self.problems)

    def _value(self, key: str, line: LineKey) -> Decimal | None:
        if key not in self.values:
            text = (
                f"没有 {key} 在 {self.day} 的值，不能测算；请在 union.toml 的 [[standards]] 写明，或用 --set 填写金额"
            )
            self.problems.append(BudgetProblem(line, text))
        return self.values.get(key)

    def _dues(self) -> None:
        key = self._income(DUES)
        if key in self.given:
            return
        members = self.facts.registers.get("members")
        bases: list[int] = []
        if members is not None:
            there = ~members["status"].isin(["retired", "left"]) & (
                members["left"].isna() | (members["left"] >= pd.Timestamp(self.day))
            )
            bases = [int(fen) for fen in members.loc[there, "dues_base_fen"].dropna()]
        if not bases:
            self.lines[key] = (0, "会员名册没有计费工资，不能测算；请用 --set 填写")
            self.notes.append("会员名册（registers/members.csv）没有计费工资（dues_base），会费收入没有测算")
            return
        rate = self._value("dues.rate", key)
        if rate is None:
            return
        tail = int(self.values.get("dues.tail", Decimal(0)) * 100) or 1
        plain = sum(base // tail * tail for base in bases)
        fen = sum(round_half_up(Decimal(base // tail * tail) * rate) for base in bases) * _MONTHS
        cut = f"（每人不计 {self.values['dues.tail']:f} 元以下尾数）" if tail > 1 else ""
        self.lines[key] = (
            fen,
            f"{len(bases)} 名会员每月计费工资 {shown_yuan(plain)}{cut} × {_percent(rate)} × {_MONTHS} 个月",
        )

    def _contribution(self) -> None:
        key = self._income(CONTRIBUTION)
        if key in self.given:
            return
        payroll = self.facts.registers.get("payroll")
        own = None if payroll is None else payroll[payroll["month"].astype(str).str.startswith(f"{self.base}-")]
        if own is None or own.empty:
            self.lines[key] = (0, f"工资总额表没有 {self.base} 年，不能测算；请用 --set 填写")
            self.notes.append(f"工资总额表（registers/payroll.csv）没有 {self.base} 年，拨缴经费收入没有测算")
            return
        rate = self._value("contribution.rate", key)
        share = self._value("contribution.retained_share", key)
        if rate is None or share is None:
            return
        whole, months = int(own["total_wages_fen"].sum()), int(own["month"].nunique())
        average = f" ÷ {months} 个月 × {_MONTHS} 个月" if months < _MONTHS else ""
        fen = round_half_up(Decimal(whole * _MONTHS) / months * rate * share)
        self.lines[key] = (fen, f"工资总额 {shown_yuan(whole)}{average} × {_percent(rate)} × {_percent(share)}")

    def _other_income(self) -> None:
        for key in self._keys(INCOME):
            if key in self.lines or key in self.given or self._meaning(key) in (DUES, CONTRIBUTION):
                continue
            actual = self.actual.get(key, 0)
            if self._meaning(key) in _TOLD:
                self.lines[key] = (0, f"尚无 {self.year} 年的通知或协议；本年实际 {shown_yuan(actual)}，未编入")
            else:
                self.lines[key] = (max(0, actual), f"本年实际 {shown_yuan(actual)}")

    def _spending(self, carried: Mapping[str, int]) -> None:
        earmarked = {project for project in carried if project}
        for key in self._keys(SPENDING):
            if key.project not in earmarked:
                self.lines[key] = self._ordinary(key)
        for project in sorted(earmarked):
            self._project(project, carried[project])
        if carried.get("", 0):
            fen = shown_yuan(carried[""])
            self.notes.append(f"工会资金结转中有 {fen} 元没有注明项目，未编入预算；请查明用途，用 --set 编列")

    def _ordinary(self, key: LineKey) -> tuple[int, str]:
        actual = shown_yuan(self.actual.get(key, 0))
        if key in self.budget:
            return self.budget[key], f"本年预算 {shown_yuan(self.budget[key])}（本年实际 {actual}）"
        return max(0, self.actual.get(key, 0)), f"本年实际 {actual}（本年没有预算）"

    def _project(self, project: str, left: int) -> None:
        """Spread what is left of a project's money, and what is told of it, over the lines that it is spent on."""
        told = sum(g.amount_fen for k, g in self.given.items() if k.project == project and k.element == INCOME)
        keys = [k for k in self._keys(SPENDING) if k.project == project and k not in self.given]
        set_apart = sum(g.amount_fen for k, g in self.given.items() if k.project == project and k.element == SPENDING)
        used = max(0, left)
        free = max(0, used + told - set_apart)
        if not keys:
            if free:
                text = f"项目“{project}”有 {shown_yuan(free)} 元可用而没有支出科目可循，未编入；请用 --set 编列支出"
                self.notes.append(text)
                used = max(0, min(used, set_apart - told))
        else:
            weights = [max(0, self.budget.get(k, self.actual.get(k, 0))) for k in keys]
            parts = _spread(free, weights)
            for key, fen in zip(keys, parts, strict=True):
                basis = f"项目结转 {shown_yuan(used)}" + (f" + 本年度专项收入 {shown_yuan(told)}" if told else "")
                basis += f" − 已另行编列 {shown_yuan(set_apart)}" if set_apart else ""
                basis += "，按本年预算比例分到本行" if len(keys) > 1 else ""
                self.lines[key] = (fen, basis)
            used = min(used, max(0, set_apart + sum(parts) - told))
        if used:
            account = account_name(statutory(CARRIED, self.day))
            self.lines[LineKey(account, project)] = (used, f"{self.base} 年末项目结转 {shown_yuan(left)}，用于原项目")

    def _surplus(self, held: int) -> None:
        account = LineKey(account_name(statutory(SURPLUS, self.day)))
        if account in self.given:
            return
        amounts = {key: fen for key, (fen, _) in self.lines.items()}
        income, funds, spending = (total(amounts, element) for element in (INCOME, FUNDS, SPENDING))
        gap = spending - income - funds
        needed = max(0, gap)
        fen = needed if self.surplus_fen is None else self.surplus_fen
        basis = (
            f"支出 {shown_yuan(spending)} − 收入 {shown_yuan(income)} − 项目结转 {shown_yuan(funds)}；"
            f"{self.until} 结余 {shown_yuan(held)}"
        )
        if fen:
            self.lines[account] = (fen, basis)
        if fen < needed:
            return
        if gap < 0 and self.surplus_fen is None:
            self.notes.append(f"收入比支出多 {shown_yuan(-gap)} 元，未安排用途")

    def _income(self, meaning: str) -> LineKey:
        """Return the line of an income: this year's budget line where it has just one, else the statutory account."""
        own = [k for k in self.budget if k.element == INCOME and not k.project and self._meaning(k) == meaning]
        return own[0] if len(own) == 1 else LineKey(account_name(statutory(meaning, self.day)))

    def _meaning(self, key: LineKey) -> str:
        return group_of(key.account, self.until)

    def _keys(self, element: str) -> list[LineKey]:
        return sorted(k for k in {*self.budget, *self.actual} if k.element == element)

    def _proposed(self) -> list[ProposedLine]:
        made = []
        for key in sorted({*self.lines, *self.budget, *(k for k in self.actual if self.actual[k])}):
            fen, basis = self.lines.get(key, (0, "未编入"))
            made.append(ProposedLine(key, fen, basis, self.budget.get(key), self.actual.get(key)))
        return made


def _spread(amount: int, weights: Sequence[int]) -> list[int]:
    """Split an amount by weights to the fen, evenly where there are none; the parts always add up to it."""
    whole = sum(weights)
    shares = weights if whole else [1] * len(weights)
    whole = sum(shares)
    parts, given, weighed = [], 0, 0
    for share in shares:
        weighed += share
        part = amount * weighed // whole - given
        given += part
        parts.append(part)
    return parts


def _percent(share: Decimal) -> str:
    return f"{(share * 100).normalize():f}%"
