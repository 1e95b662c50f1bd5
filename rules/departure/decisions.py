"""The economic decisions of a term as a list: who decided what, for how much, and by which resolution.

Large spending, the chair's own spending and split purchases are what CTL01, DEP10 and EXP44 look at, over the whole
term; loans, investments, donations, disposals and guarantees are read from the vouchers and registers. A row is no
finding: it says what was decided and what the book knows of the deciding.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

import pandas as pd

from ledger.facts import Facts
from ledger.rows import Row, records
from rules.assets.decided import undecided
from rules.assets.disposals import DISPOSABLE, leaving
from rules.control import ctl01_large_spending_undecided as large_undecided
from rules.departure import dep10_chair_approves_own as own_approved
from rules.departure.position import Term
from rules.expenditure import exp44_purchase_split as split
from rules.finding import Checked, Finding, Kind, Text
from rules.gather import Values, day, spending_by_entry, working_vouchers
from rules.law import Law, NoParameter
from rules.nets import touching
from rules.receivables.parties import holder, is_person
from rules.rule import Case, Rule
from rules.text.lists import Field
from rules.text.match import match
from rules.text.search import search, spending

_LENT = ("other_receivables", "loans_granted")
_BORROWED = ("other_payables", "loans_taken")
_INVESTMENT = "investment"
_GUARANTEE = "担保"
_MOST_NUMBERS = 3  # numbers of vouchers that one row names
_THRESHOLD = "control.resolution_threshold"


class DecisionKind(StrEnum):
    """What was decided."""

    LARGE = "large"
    OWN = "own"
    SPLIT = "split"
    LENT = "lent"
    BORROWED = "borrowed"
    INVESTED = "invested"
    DONATED = "donated"
    DISPOSED = "disposed"
    GUARANTEED = "guaranteed"


@dataclass(frozen=True)
class Decision:
    """One decision of a term: its day, what it was about, with whom, for how much (fen, None where not known).

    `resolution` is the number that the voucher names, `decided` what the book says of it; `sound` tells that an
    approved resolution of an earlier day stands behind it, None where that cannot be told.
    """

    kind: DecisionKind
    date: datetime.date | None
    reference: str
    about: Text
    party: str
    amount_fen: int | None
    approved_by: str
    resolution: str
    decided: Text
    sound: bool | None
    file: str
    line: int


@dataclass(frozen=True)
class Decisions:
    """The decisions of a term, kind by kind in order of day, and what could not be listed and why."""

    rows: tuple[Decision, ...]
    untested: tuple[Text, ...]

    def of(self, kind: DecisionKind) -> tuple[Decision, ...]:
        """Return the decisions of one kind."""
        return tuple(row for row in self.rows if row.kind is kind)


def decisions(facts: Facts, law: Law, term: Term) -> Decisions:
    """Return the decisions of a term; what needs a register or value that is missing is said, not left out."""

    def case_of(rule: Rule) -> Case:
        return Case(rule, facts, law, term.since, term.leaving, Kind.DEPARTURE, term.subject)

    case = case_of(large_undecided.check)
    rows: list[Decision] = []
    untested: dict[Text, None] = {}
    for made, doubts in (
        _large(case),
        _found(case_of(own_approved.check), DecisionKind.OWN),
        _found(case_of(split.check), DecisionKind.SPLIT),
    ):
        rows += made
        untested |= dict.fromkeys(doubts)
    rows += [*_lent(case), *_invested(case), *_donated(case), *_disposed(case), *_guaranteed(case)]
    order = {kind: rank for rank, kind in enumerate(DecisionKind)}
    rows.sort(key=lambda r: (order[r.kind], str(r.date or ""), r.reference, r.about.zh, r.amount_fen or 0))
    return Decisions(tuple(rows), tuple(untested))


def _checked(case: Case) -> Checked:
    """Return what a rule says of the term; a value of law that is missing is one more thing untested."""
    try:
        return case.rule.check(case)
    except NoParameter as absent:
        return Checked(untested=(Text(absent.zh, absent.en),))


def _large(case: Case) -> tuple[list[Decision], tuple[Text, ...]]:
    checked = _checked(case)
    faults = {(e.file, e.line): f.found for f in checked.findings for e in f.evidence[:1]}
    thresholds = Values(case, _THRESHOLD)
    spent = spending_by_entry(case)
    made = []
    vouchers = working_vouchers(case)
    large = []
    for entry, at in zip(vouchers["entry"], vouchers["date"], strict=True):
        amount = spent.get(int(entry), 0)
        value = thresholds.on(day(at)) if amount > 0 else None
        if value is not None and amount >= value.fen:
            large.append(int(entry))
    for row in records(vouchers[vouchers["entry"].isin(large)]):
        fault = faults.get((str(row["file"]), int(row["line"])))
        made.append(_row(case, DecisionKind.LARGE, row, spent[int(row["entry"])], fault))
    return made, checked.untested


def _found(case: Case, kind: DecisionKind) -> tuple[list[Decision], tuple[Text, ...]]:
    checked = _checked(case)
    vouchers = case.facts.vouchers
    rows = {(str(f), int(n)): i for i, f, n in zip(vouchers.index, vouchers["file"], vouchers["line"], strict=True)}
    made = []
    for finding in checked.findings:
        first = finding.evidence[0]
        row = vouchers.loc[rows[first.file, first.line]] if (first.file, first.line) in rows else None
        made.append(_of_finding(case, kind, finding, row))
    return made, checked.untested


def _of_finding(case: Case, kind: DecisionKind, finding: Finding, row: Row | None) -> Decision:
    first = finding.evidence[0]
    numbers = list(dict.fromkeys(e.voucher for e in finding.evidence if e.voucher))
    named = "、".join(numbers[:_MOST_NUMBERS]) + ("…" if len(numbers) > _MOST_NUMBERS else "")
    return Decision(
        kind=kind,
        date=first.date,
        reference=named,
        about=finding.message,
        party="" if row is None else str(row["payee"]),
        amount_fen=finding.amount_fen,
        approved_by="" if row is None else str(row["approved_by"]),
        resolution="" if row is None else str(row["resolution"]),
        decided=finding.found,
        sound=False,
        file=first.file,
        line=first.line,
    )


def _row(
    case: Case, kind: DecisionKind, row: Row, amount_fen: int | None, fault: Text | None, party: str = ""
) -> Decision:
    """Return a voucher as a decision; `fault` is what is wrong with its resolution."""
    name = str(row["resolution"])
    unread = bool(name) and "resolutions" not in case.facts.registers
    if fault is not None:
        decided, sound = fault, False
    elif unread:
        zh = f"写有决议 {name}，缺少 registers/resolutions.csv，未核对"
        decided, sound = Text(zh, f"names resolution {name}, not checked: no registers/resolutions.csv"), None
    else:
        decided, sound = Text(f"决议 {name} 在先", f"resolution {name} came first"), True
    return Decision(
        kind=kind,
        date=day(row["date"]),
        reference=str(row["voucher"]),
        about=Text(str(row["narration"]), str(row["narration"])),
        party=party or str(row["payee"]),
        amount_fen=amount_fen,
        approved_by=str(row["approved_by"]),
        resolution=name,
        decided=decided,
        sound=None if unread else sound,
        file=str(row["file"]),
        line=int(row["line"]),
    )


def _moved(case: Case, groups: Iterable[str], side: int) -> list[tuple[Row, str, int]]:
    """Return the vouchers that added to sub-accounts of some groups: the voucher's row, the account, the fen."""
    rows = case.activity
    rows = rows[rows["group"].isin(list(groups))]
    sums: dict[tuple[int, str], int] = {}
    for entry, account, fen in zip(rows["entry"], rows["account"].astype(str), rows["amount_fen"], strict=True):
        sums[int(entry), account] = sums.get((int(entry), account), 0) + side * int(fen)
    whole = working_vouchers(case)
    wanted = {entry for (entry, _), fen in sums.items() if fen > 0}
    vouchers = {int(row["entry"]): row for row in records(whole[whole["entry"].isin(wanted)])}
    return [(vouchers[entry], account, fen) for (entry, account), fen in sorted(sums.items()) if fen > 0]


def _lent(case: Case) -> list[Decision]:
    """Return what went out to persons or was lent (135, the old 121), and what was taken from persons (215, 211)."""
    made = []
    for groups, side, kind in ((_LENT, 1, DecisionKind.LENT), (_BORROWED, -1, DecisionKind.BORROWED)):
        group_of = _groups(case)
        for row, account, fen in _moved(case, groups, side):
            at = day(row["date"])
            names = (holder(account), str(row["payee"]))
            loan = group_of[account] in ("loans_granted", "loans_taken")
            if loan or any(is_person(name, case.facts, at) for name in names):
                made.append(_row(case, kind, row, fen, undecided(case, row), holder(account) or names[1]))
    return made


def _groups(case: Case) -> Mapping[str, str]:
    rows = case.activity
    return dict(zip(rows["account"].astype(str), rows["group"].astype(str), strict=True))


def _invested(case: Case) -> list[Decision]:
    return [
        _row(case, DecisionKind.INVESTED, row, fen, undecided(case, row))
        for side in (1, -1)
        for row, _, fen in _moved(case, [_INVESTMENT], side)
    ]


def _donated(case: Case) -> list[Decision]:
    given = search(case, spending(case), ("donations",), (Field.NARRATION, Field.ACTIVITY, Field.PAYEE))
    return [_row(case, DecisionKind.DONATED, one.row, one.amount_fen, undecided(case, one.row)) for one in given]


def _disposed(case: Case) -> list[Decision]:
    rows = leaving(touching(case.activity, *DISPOSABLE))
    return [_row(case, DecisionKind.DISPOSED, row, int(row["left_fen"]), undecided(case, row)) for row in records(rows)]


def _guaranteed(case: Case) -> list[Decision]:
    """Return vouchers, resolutions and contracts of the term that speak of a guarantee: the books hold none."""
    made = []
    vouchers = working_vouchers(case)
    for row in records(vouchers[vouchers["narration"].str.contains(_GUARANTEE, regex=False)]):
        if _guarantees(str(row["narration"]), day(row["date"])):
            made.append(_row(case, DecisionKind.GUARANTEED, row, None, undecided(case, row)))
    for name, key, date in (("resolutions", "id", "date"), ("contracts", "contract", "signed")):
        frame = case.facts.registers.get(name)
        if frame is None:
            continue
        first, last = pd.Timestamp(case.since), pd.Timestamp(case.until)
        for row in records(frame[(frame[date] >= first) & (frame[date] <= last)]):
            at = day(row[date])
            if _guarantees(str(row["topic"]), at):
                zh = f"registers/{name}.csv 载明担保事项"
                made.append(
                    Decision(
                        DecisionKind.GUARANTEED,
                        at,
                        str(row[key]),
                        Text(str(row["topic"]), str(row["topic"])),
                        str(row.get("party", "")),
                        None if pd.isna(row["amount_fen"]) else int(row["amount_fen"]),
                        "",
                        str(row[key]) if name == "resolutions" else "",
                        Text(zh, f"registers/{name}.csv names a guarantee"),
                        None,
                        f"registers/{name}.csv",
                        int(row["line"]),
                    )
                )
    return made


def _guarantees(text: str, at: datetime.date) -> bool:
    return any(one.word == _GUARANTEE for one in match(text, "loans", at))
