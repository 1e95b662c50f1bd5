"""What rules on a departure have in common: they look at a chair's term, or over the whole of it with another rule."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

from rules.departure.position import Term, find_term, no_term
from rules.finding import Checked
from rules.rule import Case, Rule


def in_term(case: Case, look: Callable[[Case, Term], Checked]) -> Checked:
    """Return what a look at the subject's term says; not performed where the term is not known."""
    term = find_term(case)
    return no_term(case) if term is None else look(case, term)


def over_term(case: Case, other: Rule) -> Checked:
    """Return what another rule reports over the subject's whole term, with its code beside each finding."""

    def look(whole: Case, term: Term) -> Checked:
        checked = other.check(dataclasses.replace(whole, since=term.since, until=term.leaving))
        findings = tuple(dataclasses.replace(found, related=(other.code,)) for found in checked.findings)
        return dataclasses.replace(checked, findings=findings)

    return in_term(case, look)
