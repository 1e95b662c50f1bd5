"""Whether a revision of a budget may be entered: its order, its procedure, and what its lines add up to.

Every fault is found at once, each in one sentence with the way out. An import takes a book as it was kept, faults
and all, for an audit to find them; a revision that is made here has none.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import pandas as pd

from ledger.balances import opening_rows
from ledger.budgeting.lines import FUNDS, INCOME, SPENDING, LineKey, covers, in_force, key_of, total
from ledger.budgeting.spent import CARRIED, SURPLUS, Moved, carried_in, group_of, moved, on_lines, surplus_in
from ledger.facts import Facts
from ledger.money import shown_yuan
from ledger.vouchers import BudgetEntry

_DAY = datetime.timedelta(days=1)
_STEPS = (("committee", "工会委员会通过"), ("audit_review", "经审会审查"), ("approved", "上级工会批准"))


@dataclass(frozen=True)
class BudgetProblem:
    """Why lines of a budget may not be entered: the line concerned, None for the whole, and a sentence in Chinese."""

    line: LineKey | None
    message: str

    def __str__(self) -> str:
        return f"{self.line.shown}：{self.message}" if self.line else self.message


@dataclass(frozen=True)
class BookState:
    """What a revision is checked against: money moved before it, accounts open, projects known, funds held.

    `held_fen` are the funds at the year's beginning by account group and project: 321 工会资金结转 by project, 322
    工会资金结余 under "". `most_revisions` is how many revisions a year may have, None where nobody says.
    """

    year: int
    moved: Moved
    accounts: frozenset[str]
    projects: frozenset[str]
    held_fen: Mapping[tuple[str, str], int]
    most_revisions: int | None = None

    def is_open(self, account: str) -> bool:
        """Whether the account, or one below it, is open in the book."""
        return any(covers(account, one) for one in self.accounts)


def book_state(
    facts: Facts,
    year: int,
    day: datetime.date,
    *,
    most_revisions: int | None = None,
    projects: Iterable[str] = (),
) -> BookState:
    """Return the state of a book for a revision in force from a day; `projects` are further ones to be let in."""
    rows = facts.accounts
    open_still = rows[rows["closed"].isna() | (rows["closed"] > pd.Timestamp(day))]
    known = {str(p) for p in facts.journal["project"].unique()} | {str(p) for p in facts.budgets["project"].unique()}
    opening = opening_rows(facts, year)
    held = {(CARRIED, project): fen for project, fen in carried_in(opening).items()}
    return BookState(
        year=year,
        moved=moved(facts, year, day - _DAY),
        accounts=frozenset(map(str, open_still["account"])),
        projects=frozenset((known | set(projects)) - {""}),
        held_fen={**held, (SURPLUS, ""): surplus_in(opening)},
        most_revisions=most_revisions,
    )


def check_revision(
    existing: Sequence[BudgetEntry], new: Sequence[BudgetEntry], state: BookState
) -> tuple[BudgetProblem, ...]:
    """Return why the lines of a revision may not be entered beside those that a year has; none when they may.

    `existing` are all versions of the year's lines. Checked are: year, version next in order, number of revisions,
    one set of days in the order committee, audit committee, approval, in force; no line twice; account open and
    project known; no line below what is already spent; no deficit, and no more of earlier funds than there are.
    """
    own = [entry for entry in existing if entry.year == state.year]
    problems = [*_wholes(own, new, state)]
    for entry in new:
        problems += [BudgetProblem(key_of(entry), text) for text in _line_faults(entry, state)]
    seen: set[LineKey] = set()
    for entry in new:
        if key_of(entry) in seen:
            problems.append(BudgetProblem(key_of(entry), "同一科目和项目列了两行；请合并为一行，金额填调整后的总额"))
        seen.add(key_of(entry))
    if new and not problems:
        day = max(entry.date for entry in new)
        after = in_force([*own, *new], day)
        problems += spent_faults(after, new, state)
        problems += balance_faults({key: entry.amount_fen for key, entry in after.items()}, state)
    return tuple(problems)


def _wholes(own: Sequence[BudgetEntry], new: Sequence[BudgetEntry], state: BookState) -> Iterator[BudgetProblem]:
    if not new:
        yield BudgetProblem(None, "没有预算行；请填写要调整的科目和调整后的总额")
        return
    if not any(entry.version == 0 for entry in own):
        yield BudgetProblem(None, f"{state.year} 年没有年初预算，不能调整；请先导入年初预算（版本 0）")
        return
    last = max(entry.version for entry in own)
    for version in sorted({entry.version for entry in new}):
        if version <= last:
            text = f"第 {version} 版预算已在账套中，不能再录一次；下一次调整的版本号是 {last + 1}"
            yield BudgetProblem(None, text)
        elif version > last + 1:
            yield BudgetProblem(None, f"版本号 {version} 不连续；账套已有第 {last} 版，下一次调整应为第 {last + 1} 版")
    made = len({entry.version for entry in own if entry.version})
    if state.most_revisions is not None and made >= state.most_revisions:
        yield BudgetProblem(
            None,
            f"{state.year} 年已调整 {made} 次，一年内只可调整 {state.most_revisions} 次；"
            "上级另有规定的，请把文件和次数写入 union.toml 的 [[standards]]（budget.max_revisions）",
        )
    yield from _procedure(own, new)


def _procedure(own: Sequence[BudgetEntry], new: Sequence[BudgetEntry]) -> Iterator[BudgetProblem]:
    days = {(e.date, e.committee, e.audit_review, e.approved) for e in new}
    if len(days) > 1:
        yield BudgetProblem(None, "各行的生效日期或审批日期不同；一次调整用同一组日期，分次通过的请分次录入")
        return
    first = new[0]
    told: list[tuple[str, datetime.date]] = []
    for field, name in _STEPS:
        day = getattr(first, field)
        if day is None:
            yield BudgetProblem(None, f"没有{name}的日期；调整预算须先走完程序，再录入账套")
        else:
            told.append((name, day))
    told.append(("生效", first.date))
    for (before, earlier), (after, later) in pairwise(told):
        if later < earlier:
            yield BudgetProblem(None, f"{after}（{later}）早于{before}（{earlier}）；请核对日期，批准之前不能生效")
    latest = max(entry.date for entry in own)
    if first.date <= latest:
        text = f"生效日期 {first.date} 不晚于上一版的 {latest}；调整自批准之后生效，请改用更晚的日期"
        yield BudgetProblem(None, text)


def _line_faults(entry: BudgetEntry, state: BookState) -> Iterator[str]:
    if entry.year != state.year:
        yield f"年度是 {entry.year}，应为 {state.year}；请核对文件或 --year"
    elif entry.date.year != state.year:
        yield f"生效日期 {entry.date} 不在 {state.year} 年内"
    if entry.amount_fen < 0:
        yield "预算金额不能为负数；填调整后的总额"
    if not state.is_open(entry.account):
        yield "科目在账套中没有启用或已经停用；请核对科目，新科目先开设再编预算"
    if entry.project and entry.project not in state.projects:
        yield f"项目“{entry.project}”在账套和预算中都没有出现过；请核对名称，确是新项目的用 --new-project 说明"


def spent_faults(
    after: Mapping[LineKey, BudgetEntry], new: Iterable[BudgetEntry], state: BookState
) -> Iterator[BudgetProblem]:
    """Yield the new lines of spending that are less than what was spent before they come into force."""
    spent = on_lines((key for key in after if key.element == SPENDING), state.moved)
    for entry in new:
        key = key_of(entry)
        if key.element == SPENDING and spent.get(key, 0) > entry.amount_fen:
            already, amount = shown_yuan(spent[key]), shown_yuan(entry.amount_fen)
            text = f"调整后 {amount} 元，小于生效之前已支出的 {already} 元；请按不少于已支出数核定"
            yield BudgetProblem(key, text)


def balance_faults(amounts: Mapping[LineKey, int], state: BookState) -> Iterator[BudgetProblem]:
    """Yield why a whole budget does not balance: a deficit, or more of earlier years' funds than there are."""
    income, funds, spending = (total(amounts, element) for element in (INCOME, FUNDS, SPENDING))
    if spending > income + funds:
        yield BudgetProblem(
            None,
            f"{state.year} 年预算为赤字：支出合计 {shown_yuan(spending)} 元，大于收入合计 {shown_yuan(income)} 元"
            f"加动用以前年度资金 {shown_yuan(funds)} 元，差 {shown_yuan(spending - income - funds)} 元；"
            "请压减支出或按程序动用结余",
        )
    for key, fen in amounts.items():
        if key.element != FUNDS:
            continue
        is_carried = group_of(key.account, datetime.date(state.year, 1, 1)) == CARRIED
        where = (CARRIED, key.project) if is_carried else (SURPLUS, "")
        held = max(0, state.held_fen.get(where, 0))
        if is_carried and not key.project:
            held = max(0, sum(v for (group, _), v in state.held_fen.items() if group == CARRIED))
        if fen > held:
            text = f"动用 {shown_yuan(fen)} 元，大于年初实有的 {shown_yuan(held)} 元；请减少动用数"
            yield BudgetProblem(key, text)
