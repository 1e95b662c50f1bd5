"""The change-over of 2022-01-01: the balances of 财会〔2009〕7号 carried to the accounts of 财会〔2021〕7号.

财会〔2021〕16号 says where the balance of each old account goes (`ledger.accounts.correspondence`). Where it goes
to several, a person decides how much goes to each; what is left goes to the account that takes the rest. Two
divisions follow from others and are not asked: what leaves 固定资产 leaves 固定基金 likewise, and 结余 gives to the
asset fund as much as 库存物品 holds. Sections three and four (what was not yet in the books, back depreciation and
the like) are adjustments that a person states.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from ledger.accounts import (
    Correspondence,
    StatutoryAccount,
    account_name,
    charts,
    components,
    correspondence,
    resolve,
)
from ledger.money import shown_yuan
from ledger.vouchers import Line, Voucher, VoucherNumber

DAY = datetime.date(2022, 1, 1)
TAG = "change-over"

_LAST_DAY = DAY - datetime.timedelta(days=1)
_INVENTORY, _FIXED, _FIXED_FUND, _SURPLUS = "141", "162", "301", "331"
_FUND_OF_INVENTORY, _FUND_OF_FIXED, _FUND_OF_INTANGIBLE = "30101", "30104", "30105"
_INTANGIBLE = "171"
# The lines that take what the others leave, as 财会〔2021〕16号 words them.
_REST = ("减去", "剩余", "符合新制度固定资产确认标准")
# A result is kept on the sub-account that accumulates it: 二（五）, analysed into the sub-accounts of the new account.
_ACCUMULATED: Mapping[str, str] = MappingProxyType({"321": "32104", "322": "32205", "331": "33104", "332": "33205"})
_FOUNDING = "建会筹备金"


@dataclass(frozen=True)
class Decision:
    """How much of an old account's balance goes to a new account, in fen on the account's ordinary side, and why.

    `old` is the book's account, or its code where only one account of that code holds anything; `new` a code.
    """

    old: str
    new: str
    amount_fen: int
    reason: str = ""


@dataclass(frozen=True)
class Question:
    """A division that a person must decide: which account, what it holds, and the lines of the correspondence.

    `choices` are the lines that need an amount (zero is an answer), `rest` is the line that takes what they leave.
    """

    old: str
    amount_fen: int
    choices: tuple[Correspondence, ...]
    rest: Correspondence | None

    @property
    def told(self) -> str:
        """The question as a sentence in Chinese."""
        parts = [f"{c.new.code} {c.new.name}（{c.condition}，{c.clause}）" for c in self.choices if c.new]
        rest = f"，其余转入 {self.rest.new.code} {self.rest.new.name}" if self.rest and self.rest.new else ""
        return (
            f"“{self.old}”余额 {shown_yuan(self.amount_fen)} 元：请写明转入{'、'.join(parts)}的金额（没有的写 0）{rest}"
        )


@dataclass(frozen=True)
class Adjustment:
    """One correction of the new opening balances: a debit and a credit account of the new chart, fen, its clause.

    For instance back depreciation: 借 资产基金——固定资产, 贷 累计折旧, `四（二）`.
    """

    debit: str
    credit: str
    amount_fen: int
    clause: str


@dataclass(frozen=True)
class ChangedOver:
    """What came of it: the voucher, None while questions are open or something is wrong."""

    voucher: Voucher | None
    questions: tuple[Question, ...] = ()
    problems: tuple[str, ...] = ()


def change_over(
    balances: Mapping[str, int],
    level: str,
    decisions: Sequence[Decision] = (),
    adjustments: Sequence[Adjustment] = (),
    *,
    number: VoucherNumber | None = None,
    metadata: Mapping[str, str] = MappingProxyType({}),
) -> ChangedOver:
    """Return the one transaction `#change-over` of 2022-01-01 for the balances of 2021-12-31.

    `balances` are those of the book's accounts of the old chart, in fen, debit positive; `level` is the union's
    (`grassroots`, `county` …). An account whose name does not change keeps its balance without a line. Each line
    names the clause that moves it in metadata `clause`. The transaction needs no number by the book's format.
    """
    work = _Work(level, decisions)
    lines: list[Line] = []
    inventory = sum(fen for account, fen in balances.items() if _code(account) == _INVENTORY)
    divided = {a: fen for a, fen in sorted(balances.items()) if fen and _code(a) not in (_FIXED_FUND, _SURPLUS)}
    for account, fen in divided.items():
        lines += work.moved(account, fen)
    gone = work.left_fixed_assets
    lines += work.divided_likewise(
        balances, _FIXED_FUND, {_FUND_OF_INVENTORY: gone[_INVENTORY], _FUND_OF_INTANGIBLE: gone[_INTANGIBLE]}
    )
    lines += work.divided_likewise(balances, _SURPLUS, {_FUND_OF_INVENTORY: inventory})
    work.unused_decisions()
    for adjustment in adjustments:
        lines += work.adjusted(adjustment)
    if work.questions or work.problems:
        return ChangedOver(None, tuple(work.questions), tuple(work.problems))
    voucher = Voucher(
        date=DAY,
        number=number,
        payee="",
        narration="新旧会计制度衔接：原账科目余额转入新账",
        lines=_merged(lines),
        metadata=metadata,
        tags=(TAG,),
    )
    return ChangedOver(voucher)


def _code(account: str) -> str:
    found = resolve(account, _LAST_DAY)
    return found.parent_code if found else ""


class _Work:
    """The lines of one change-over as they are made, with what is asked and what is wrong."""

    def __init__(self, level: str, decisions: Sequence[Decision]) -> None:
        whose = ("both", "grassroots" if level == "grassroots" else "county")
        self._lines = [c for c in correspondence() if c.levels in whose]
        self._decisions = list(decisions)
        self._used: set[int] = set()
        self.questions: list[Question] = []
        self.problems: list[str] = []
        self.left_fixed_assets = {_INVENTORY: 0, _INTANGIBLE: 0}

    def moved(self, account: str, fen: int) -> list[Line]:
        """Return the lines that carry one account's balance over."""
        old = resolve(account, _LAST_DAY)
        if old is None:
            self.problems.append(f"“{account}”不是 2009 年工会会计制度的科目，余额 {shown_yuan(abs(fen))} 元；请先更正")
            return []
        ways = [c for c in self._lines if c.old.code == old.code] or [
            c for c in self._lines if c.old.code == old.parent_code
        ]
        targets = [c for c in ways if c.new is not None]
        if not targets:
            why = f"年末应无余额（{ways[0].clause}）" if ways else "在对照表中按明细科目列示"
            self.problems.append(f"“{account}”{why}，却有 {shown_yuan(abs(fen))} 元；请先结转或列入明细科目")
            return []
        known = [c for c in targets if _FOUNDING in c.condition] and old.code != old.parent_code
        if known:  # the sub-accounts of 2009 keep founding funds apart: nothing is left to decide
            founding = _FOUNDING in old.name
            targets = [c for c in targets if (c.condition == f"余额中的工会{_FOUNDING}") == founding]
        return self._divided(account, fen, old, targets)

    def divided_likewise(self, balances: Mapping[str, int], code: str, given: Mapping[str, int]) -> list[Line]:
        """Return the lines of the accounts of a code that give fixed amounts (fen) to some new accounts first."""
        accounts = {a: fen for a, fen in sorted(balances.items()) if fen and _code(a) == code}
        left = {new: fen for new, fen in given.items() if fen}
        if not accounts and left and code == _SURPLUS:
            return self._out_of_nothing(left)
        if not accounts:
            if left:
                total = shown_yuan(sum(left.values()))
                self.problems.append(f"原账 {code} 科目没有余额，不能对应转出 {total} 元；请核对原账是否两边同记")
            return []
        lines: list[Line] = []
        # The largest balance gives first: a book has one account of each of these codes in nearly every case.
        for account, fen in sorted(accounts.items(), key=lambda item: (-abs(item[1]), item[0])):
            old = resolve(account, _LAST_DAY)
            targets = [c for c in self._lines if c.old.code == code and c.new is not None]
            taken: dict[str, int] = {}
            for new, wanted in left.items():
                # 结余 gives what inventory holds even where it falls below zero; a fund cannot give what it lacks.
                most = wanted if code == _SURPLUS else max(0, -fen - sum(taken.values()))
                taken[new] = min(wanted, most)
            left = {new: wanted - taken[new] for new, wanted in left.items()}
            if old is not None:
                lines += self._divided(account, fen, old, targets, taken)
        if any(left.values()):
            total = shown_yuan(sum(left.values()))
            self.problems.append(f"原账 {code} 科目的余额不够对应转出，尚差 {total} 元；请核对原账")
        return lines

    def _out_of_nothing(self, given: Mapping[str, int]) -> list[Line]:
        """Return the lines of a 结余 that holds nothing and still gives what inventory holds."""
        old = charts()[0].by_code[_SURPLUS]
        targets = [c for c in self._lines if c.old is old and c.new is not None]
        nothing = {c.new.code: 0 for c in targets if c.new is not None and c is not _rest_of(targets)}
        return self._divided(account_name(old), 0, old, targets, {**nothing, **given})

    def _divided(
        self,
        account: str,
        fen: int,
        old: StatutoryAccount,
        targets: Sequence[Correspondence],
        given: Mapping[str, int] = MappingProxyType({}),
    ) -> list[Line]:
        sign = 1 if old.side == "debit" else -1
        rest = _rest_of(targets)
        parts: list[tuple[Correspondence, int]] = []
        open_ones: list[Correspondence] = []
        for line in targets:
            new = line.new.code if line.new else ""
            if line is rest:
                continue
            if new in given or old.code == _FIXED_FUND or (old.code == _SURPLUS and new == _FUND_OF_INVENTORY):
                parts.append((line, given.get(new, 0)))
                continue
            amount = self._decided(account, old, new)
            if amount is None:
                open_ones.append(line)
            else:
                parts.append((line, amount))
        if open_ones:
            self.questions.append(Question(account, sign * fen, tuple(open_ones), rest))
            return []
        left = sign * fen - sum(amount for _, amount in parts)
        asked = sum(amount for line, amount in parts if line.new and line.new.code not in given)
        if left and (rest is None or (left < 0 < asked)):
            self.problems.append(
                f"“{account}”余额 {shown_yuan(sign * fen)} 元，转出合计与它相差 {shown_yuan(abs(left))} 元"
            )
            return []
        if rest is not None:
            parts.append((rest, left))
        if old.code == _FIXED:
            for line, amount in parts:
                if line.new and line.new.code in self.left_fixed_assets:
                    self.left_fixed_assets[line.new.code] += amount
        return self._written(account, old, [(line, sign * amount) for line, amount in parts if amount])

    def _written(self, account: str, old: StatutoryAccount, parts: Sequence[tuple[Correspondence, int]]) -> list[Line]:
        lines: list[Line] = []
        depth = 1 if old.code == old.parent_code else 2
        below = tuple("-".join(pair) for pair in components(account)[depth:] if pair[0])
        for line, fen in parts:
            if line.new is None:
                continue
            name = _new_name(line.new, old, below)
            if name == account:
                continue
            why = MappingProxyType({"clause": line.clause})
            lines += [Line(account, -fen, why), Line(name, fen, why)]
        return lines

    def _decided(self, account: str, old: StatutoryAccount, new: str) -> int | None:
        found = [n for n, d in enumerate(self._decisions) if d.old in (account, old.code) and d.new == new]
        exact = [n for n in found if self._decisions[n].old == account]
        for number in exact or found:
            if number in self._used and not exact:
                self.problems.append(f"{old.code} 有几个明细科目有余额；转入 {new} 的金额请按账上的科目全名分别写明")
                return 0
            self._used.add(number)
            return self._decisions[number].amount_fen
        return None

    def unused_decisions(self) -> None:
        """Name the decisions that match no question."""
        for number, decision in enumerate(self._decisions):
            if number not in self._used:
                self.problems.append(
                    f"决定“{decision.old} → {decision.new}”对不上任何有余额、需要分析的科目；请改正或删去"
                )

    def adjusted(self, adjustment: Adjustment) -> list[Line]:
        """Return the two lines of an adjustment."""
        for account in (adjustment.debit, adjustment.credit):
            if resolve(account, DAY) is None:
                self.problems.append(f"调整事项的科目“{account}”不是 2021 年工会会计制度的科目")
        if adjustment.amount_fen <= 0:
            self.problems.append(f"调整事项“{adjustment.clause}”的金额应为正数")
        why = MappingProxyType({"clause": adjustment.clause})
        return [
            Line(adjustment.debit, adjustment.amount_fen, why),
            Line(adjustment.credit, -adjustment.amount_fen, why),
        ]


def _rest_of(targets: Sequence[Correspondence]) -> Correspondence | None:
    """Return the line that takes what the others leave: the only one, or the one that says so."""
    if len(targets) == 1:
        return targets[0]
    return next((c for c in targets if any(word in c.condition for word in _REST)), None)


def _new_name(new: StatutoryAccount, old: StatutoryAccount, below: tuple[str, ...]) -> str:
    chart = charts()[1]
    if new.code in _ACCUMULATED:
        return account_name(chart.by_code[_ACCUMULATED[new.code]])
    same = (a for a in chart.accounts if a.parent_code == new.code != a.code and a.name == old.name)
    return account_name(next(same, new), *below)


def _merged(lines: Iterable[Line]) -> tuple[Line, ...]:
    """Return the lines with those of one account, side and clause added up, in order of first appearance."""
    sums: dict[tuple[str, bool, str], int] = {}
    for line in lines:
        key = (line.account, line.amount_fen > 0, line.metadata["clause"])
        sums[key] = sums.get(key, 0) + line.amount_fen
    return tuple(
        Line(account, fen, MappingProxyType({"clause": clause})) for (account, _, clause), fen in sums.items() if fen
    )


def balances_after(balances: Mapping[str, int], voucher: Voucher) -> Mapping[str, int]:
    """Return the balances that a change-over leaves, in fen, debit positive, accounts at zero left out."""
    after = dict(balances)
    for line in voucher.lines:
        after[line.account] = after.get(line.account, 0) + line.amount_fen
    return MappingProxyType({account: fen for account, fen in sorted(after.items()) if fen})
