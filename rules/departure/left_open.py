"""What DEP03 and DEP04 share: balances of receivables or payables that still stand on the leaving day."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from ledger.money import shown_yuan
from rules.departure.in_term import in_term
from rules.departure.open_items import OpenItem, open_items
from rules.departure.position import Term
from rules.finding import Checked, Finding, Text, examined
from rules.gather import limited
from rules.rule import Case


def left_open(case: Case, groups: Collection[str], *, credit: bool, related: Sequence[str]) -> Checked:
    """Return a finding for every sub-account of the groups with a balance on the leaving day.

    `credit` asks for credit balances, otherwise for debit ones. Not performed where the term is not known.
    """
    side = "贷方" if credit else "借方"

    def look(case: Case, term: Term) -> Checked:
        items, tested = open_items(case.facts, groups, term.leaving, credit=credit)
        return examined(tested, [_finding(case, term, item, side, related) for item in items])

    return in_term(case, look)


def _finding(case: Case, term: Term, item: OpenItem, side: str, related: Sequence[str]) -> Finding:
    money, days = shown_yuan(item.balance_fen), item.days(term.leaving)
    return case.finding(
        term.subject,
        item.account,
        message=Text(
            f"{term.leaving} 离任时“{item.name}”{side}余额 {money} 元，最早 {item.oldest} 发生，已 {days} 日",
            f"{item.account}: {money} yuan open on {term.leaving}, oldest of {item.oldest} ({days} days)",
        ),
        expected=Text("离任前结清，或列入移交清册", "settled before departure, or listed in the handover"),
        found=Text(f"{side}余额 {money} 元，{len(item.parts)} 笔未结清", f"{money} yuan in {len(item.parts)} entries"),
        remedy=Text(
            "逐笔查明对方和事由，结清或由对方书面确认后移交",
            "find counterparty and cause of each entry; settle it or hand it over with a written confirmation",
        ),
        evidence=limited(item.parts, item.balance_fen),
        amount_fen=item.balance_fen,
        related=related,
    )
