"""What a voucher would do to the budget, said before it is saved: near the budget, at or beyond it, or without one.

When a warning begins is no matter of law but of habit: at four fifths of a line, unless the union says otherwise
(`[[standards]] key = "budget.warning_share"` in union.toml). Nothing is forbidden: who saves such a voucher gives a
reason, which the voucher keeps (`budget-override`) and the audit report shows.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from ledger.budgeting.lines import SPENDING, LineKey, covering, in_force
from ledger.budgeting.spent import moved, on_lines
from ledger.facts import Facts
from ledger.importers.existing import budgets_of
from ledger.money import shown_yuan
from ledger.vouchers import Voucher

OVERRIDE = "budget-override"  # metadata of a voucher: why it was saved in spite of a warning
WARNING_SHARE = "budget.warning_share"
USUAL_WARNING_SHARE = Decimal("0.80")  # of the program, where the union set none
_WHOLE = Decimal(1)


class Warned(StrEnum):
    """What the budget says of a voucher."""

    NEAR = "near"
    REACHED = "reached"
    NO_LINE = "no-line"


@dataclass(frozen=True)
class BudgetWarning:
    """One budget line that a voucher takes near or beyond its budget, or money that it spends without a line.

    `line` is None without one; `account` and `project` are then the voucher's own. Amounts in fen: `before_fen` is
    what was spent in the year so far, `after_fen` with the voucher. `share` is of the budget, a fraction of one, None
    without a budget or with one of zero. `needs_reason`: beyond the budget or without a line always, near it when this
    voucher is the one that gets there; not where the book holds no budget of the year, for an audit to say.
    """

    line: LineKey | None
    account: str
    project: str
    budget_fen: int | None
    before_fen: int
    after_fen: int
    share: Decimal | None
    kind: Warned
    needs_reason: bool
    zh: str
    en: str

    @property
    def text(self) -> str:
        """The warning in Chinese."""
        return self.zh


def warnings(facts: Facts, values: Mapping[str, Decimal], voucher: Voucher) -> tuple[BudgetWarning, ...]:
    """Return the warnings that a voucher calls for, in order of account and project; none is the usual case.

    `values` are values by key that the caller looked up for the union on the voucher's day; of these WARNING_SHARE
    is used. What counts is the budget in force on that day, and everything posted in its year, whatever its order;
    a voucher whose number the book already has is not counted twice. Drafts do not count.
    """
    spending = _spending(voucher)
    if not any(fen > 0 for fen in spending.values()):
        return ()
    year = voucher.date.year
    own = [e for e in budgets_of(facts) if e.year == year]
    entries = in_force(own, voucher.date)
    lines = tuple(key for key in entries if key.element == SPENDING)
    posted = dict(moved(facts, year, datetime.date(year, 12, 31)))
    for pair, fen in _posted(facts, voucher).items():
        posted[pair] = posted.get(pair, 0) - fen
    before = on_lines(lines, posted)
    near = values.get(WARNING_SHARE, USUAL_WARNING_SHARE)
    found = []
    for key, fen in sorted(on_lines(lines, spending).items()):
        spent = before.get(key, 0)
        warning = _warning(key, entries[key].amount_fen, spent, spent + fen, near) if fen > 0 else None
        if warning is not None:
            found.append(warning)
    for (account, project), fen in sorted(spending.items()):
        if fen > 0 and not covering(lines, account, project):
            before_fen = posted.get((account, project), 0)
            found.append(_without(LineKey(account, project), before_fen, fen, year, (bool(entries), bool(own))))
    return tuple(found)


def override_of(voucher: Voucher) -> str:
    """Return the reason for which a voucher was saved in spite of a warning, empty where there is none."""
    return voucher.metadata.get(OVERRIDE, "").strip()


def _spending(voucher: Voucher) -> dict[tuple[str, str], int]:
    sums: dict[tuple[str, str], int] = defaultdict(int)
    for line in voucher.lines:
        if line.account.split(":", 1)[0] == "Expenses":
            project = line.metadata.get("project") or voucher.metadata.get("project", "")
            sums[line.account, project.strip()] += line.amount_fen
    return dict(sums)


def _posted(facts: Facts, voucher: Voucher) -> dict[tuple[str, str], int]:
    """Return what the book already holds of this very voucher, by account and project."""
    if voucher.number is None:
        return {}
    entries = facts.vouchers.loc[facts.vouchers["voucher"] == str(voucher.number), "entry"]
    if len(entries) == 0:
        return {}
    rows = facts.postings[facts.postings["entry"].isin(entries) & (facts.postings["element"] == "expense")]
    sums: dict[tuple[str, str], int] = defaultdict(int)
    for account, project, fen in rows[["account", "project", "amount_fen"]].itertuples(index=False):
        sums[str(account), str(project)] += int(fen)
    return dict(sums)


def _warning(key: LineKey, budget: int, before: int, after: int, near: Decimal) -> BudgetWarning | None:
    share = Decimal(after) / budget if budget else None
    if share is not None and share < min(near, _WHOLE):
        return None
    reached = share is None or share >= _WHOLE
    kind = Warned.REACHED if reached else Warned.NEAR
    spent, whole = shown_yuan(after), shown_yuan(budget)
    if after > budget:
        over = shown_yuan(after - budget)
        zh = f"{key.shown}超预算：入账后累计 {spent} 元，预算 {whole} 元，超出 {over} 元"
        en = f"{key.account}: {spent} spent with this voucher, {over} beyond the budget of {whole}"
    else:
        rate = f"{Decimal(after) / budget:.2%}" if budget else ""
        left = shown_yuan(budget - after)
        used = "预算用完" if after == budget else f"已用预算的 {rate}"
        zh = f"{key.shown}{used}：入账后累计 {spent} 元，预算 {whole} 元，还剩 {left} 元"
        en = f"{key.account}: {rate} of the budget of {whole} used, {left} left"
    first = not budget or Decimal(before) / budget < near
    return BudgetWarning(
        line=key,
        account=key.account,
        project=key.project,
        budget_fen=budget,
        before_fen=before,
        after_fen=after,
        share=share,
        kind=kind,
        needs_reason=reached or first,
        zh=zh,
        en=en,
    )


def _without(key: LineKey, before: int, fen: int, year: int, known: tuple[bool, bool]) -> BudgetWarning:
    """Warn of spending without a line; `known` tells whether a budget is in force that day, and in the year at all."""
    in_force_today, in_book = known
    why = f"账套没有 {year} 年度预算"
    if in_book:
        why = "当日没有这一科目和项目的预算" if in_force_today else f"{year} 年度预算当日尚未生效"
    return BudgetWarning(
        line=None,
        account=key.account,
        project=key.project,
        budget_fen=None,
        before_fen=before,
        after_fen=before + fen,
        share=None,
        kind=Warned.NO_LINE,
        needs_reason=in_book,
        zh=f"{key.shown}无预算支出 {shown_yuan(fen)} 元：{why}",
        en=f"{key.account}: {shown_yuan(fen)} spent without a budget line",
    )
