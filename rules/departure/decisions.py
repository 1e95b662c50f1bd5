"""The economic decisions of a term as a list: who decided what, for how much, and by which resolution.

Large spending, the chair's own spending and split purchases are what CTL01, DEP10 and EXP44 look at, over the whole
term; loans, investments, donations, disposals and guarantees are read from the vouchers and registers. A row is no
finding: it says what was decided and what the book knows of the deciding.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from ledger.facts import Facts
from ledger.journal_rows import VoucherRow
from ledger.register_rows import ContractRow, ResolutionRow, register_of
from rules.assets.disposals import DISPOSABLE, leaving
from rules.control import ctl01_large_spending_undecided as large_undecided
from rules.departure import dep10_chair_approves_own as own_approved
from rules.departure.position import Term
from rules.expenditure import exp44_purchase_split as split
from rules.finding import Checked, Finding, Kind, Text
from rules.gather import Values, spending_by_entry
from rules.law import Law, NoParameter
from rules.receivables.parties import holder, is_person
from rules.resolutions import undecided
from rules.rule import Case, Rule
from rules.text.lists import Field
from rules.text.match import match
from rules.text.search import search
from rules.vouchers import touching

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
    for voucher in case.vouchers:
        amount = spent.get(voucher.entry, 0)
        value = thresholds.on(voucher.date) if amount > 0 else None
        if value is not None and amount >= value.fen:
            made.append(_row(case, DecisionKind.LARGE, voucher, amount, faults.get((voucher.file, voucher.line))))
    return made, checked.untested


def _found(case: Case, kind: DecisionKind) -> tuple[list[Decision], tuple[Text, ...]]:
    checked = _checked(case)
    vouchers = {(voucher.file, voucher.line): voucher for voucher in case.facts.listed} if checked.findings else {}
    made = []
    for finding in checked.findings:
        first = finding.evidence[0]
        made.append(_of_finding(kind, finding, vouchers.get((first.file, first.line))))
    return made, checked.untested


def _of_finding(kind: DecisionKind, finding: Finding, voucher: VoucherRow | None) -> Decision:
    first = finding.evidence[0]
    numbers = list(dict.fromkeys(e.voucher for e in finding.evidence if e.voucher))
    named = "、".join(numbers[:_MOST_NUMBERS]) + ("…" if len(numbers) > _MOST_NUMBERS else "")
    return Decision(
        kind=kind,
        date=first.date,
        reference=named,
        about=finding.message,
        party="" if voucher is None else voucher.payee,
        amount_fen=finding.amount_fen,
        approved_by="" if voucher is None else voucher.approved_by,
        resolution="" if voucher is None else voucher.resolution,
        decided=finding.found,
        sound=False,
        file=first.file,
        line=first.line,
    )


def _row(
    case: Case, kind: DecisionKind, voucher: VoucherRow, amount_fen: int | None, fault: Text | None, party: str = ""
) -> Decision:
    """Return a voucher as a decision; `fault` is what is wrong with its resolution."""
    name = voucher.resolution
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
        date=voucher.date,
        reference=voucher.voucher,
        about=Text(voucher.narration, voucher.narration),
        party=party or voucher.payee,
        amount_fen=amount_fen,
        approved_by=voucher.approved_by,
        resolution=name,
        decided=decided,
        sound=None if unread else sound,
        file=voucher.file,
        line=voucher.line,
    )


def _moved(case: Case, groups: Iterable[str], side: int) -> list[tuple[VoucherRow, str, int]]:
    """Return the vouchers that added to sub-accounts of some groups: the voucher, the account, the fen."""
    sums: dict[tuple[int, str], int] = {}
    vouchers: dict[int, VoucherRow] = {}
    for posting in case.booked.on(*groups):
        vouchers[posting.entry] = posting.head
        key = (posting.entry, posting.account)
        sums[key] = sums.get(key, 0) + side * posting.amount_fen
    return [(vouchers[entry], account, fen) for (entry, account), fen in sorted(sums.items()) if fen > 0]


def _lent(case: Case) -> list[Decision]:
    """Return what went out to persons or was lent (135, the old 121), and what was taken from persons (215, 211)."""
    loans = {posting.account for posting in case.booked.on("loans_granted", "loans_taken")}
    made = []
    for groups, side, kind in ((_LENT, 1, DecisionKind.LENT), (_BORROWED, -1, DecisionKind.BORROWED)):
        for voucher, account, fen in _moved(case, groups, side):
            names = (holder(account), voucher.payee)
            if account in loans or any(is_person(name, case.facts, voucher.date) for name in names):
                party = holder(account) or voucher.payee
                made.append(_row(case, kind, voucher, fen, undecided(case, voucher), party))
    return made


def _invested(case: Case) -> list[Decision]:
    return [
        _row(case, DecisionKind.INVESTED, voucher, fen, undecided(case, voucher))
        for side in (1, -1)
        for voucher, _, fen in _moved(case, [_INVESTMENT], side)
    ]


def _donated(case: Case) -> list[Decision]:
    given = search(case, ("donations",), (Field.NARRATION, Field.ACTIVITY, Field.PAYEE))
    made = []
    for one in given:
        voucher = one.head._replace(file=one.row.file, line=one.row.line)
        made.append(_row(case, DecisionKind.DONATED, voucher, one.amount_fen, undecided(case, voucher)))
    return made


def _disposed(case: Case) -> list[Decision]:
    made = []
    for gone in leaving(touching(case.booked, *DISPOSABLE)):
        voucher = gone.line.head._replace(file=gone.line.file, line=gone.line.line)
        made.append(_row(case, DecisionKind.DISPOSED, voucher, gone.left_fen, undecided(case, voucher)))
    return made


def _guaranteed(case: Case) -> list[Decision]:
    """Return vouchers, resolutions and contracts of the term that speak of a guarantee: the books hold none."""
    made = [
        _row(case, DecisionKind.GUARANTEED, voucher, None, undecided(case, voucher))
        for voucher in case.vouchers
        if _GUARANTEE in voucher.narration and _guarantees(voucher.narration, voucher.date)
    ]
    resolutions = case.rows(ResolutionRow) if "resolutions" in case.facts.registers else ()
    contracts = case.rows(ContractRow) if "contracts" in case.facts.registers else ()
    papers: list[tuple[ResolutionRow | ContractRow, datetime.date | None, str, str]] = [
        *((row, row.date, row.id, "") for row in resolutions),
        *((row, row.signed, row.contract, row.party) for row in contracts),
    ]
    for row, at, name, party in papers:
        if at is not None and case.since <= at <= case.until and _guarantees(row.topic, at):
            register = register_of(type(row))
            made.append(
                Decision(
                    DecisionKind.GUARANTEED,
                    at,
                    name,
                    Text(row.topic, row.topic),
                    party,
                    row.amount_fen,
                    "",
                    name if isinstance(row, ResolutionRow) else "",
                    Text(f"registers/{register}.csv 载明担保事项", f"registers/{register}.csv names a guarantee"),
                    None,
                    f"registers/{register}.csv",
                    row.line,
                )
            )
    return made


def _guarantees(text: str, at: datetime.date) -> bool:
    return any(one.word == _GUARANTEE for one in match(text, "loans", at))
