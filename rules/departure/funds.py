"""How the funds went through a term, year by year and cause by cause: each year closes on its own.

Funds are net assets without asset funds, with the result of the year so far: one notion under the systems of 2009
(专用基金, 后备金, 结余) and of 2021 (专用基金, 工会资金结转, 工会资金结余 …), so that the change-over of 2022-01-01
is one cause among the others and not a break.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from ledger.facts import Facts
from ledger.journal_rows import net_fen
from rules.departure.position import Term, funds_postings, kept_years, position_on, result_in


@dataclass(frozen=True)
class YearFunds:
    """The funds of one calendar year, or of the part of it in the term, in fen; additions positive.

    `books_opened_fen` is what opening vouchers brought, `change_over_fen` what the change-over of 2022-01-01 added
    or took away, `direct_fen` what other vouchers moved on funds without passing income or expenditure.
    """

    year: int
    since: datetime.date
    until: datetime.date
    opening_fen: int
    income_fen: int
    expenditure_fen: int
    books_opened_fen: int
    change_over_fen: int
    direct_fen: int
    closing_fen: int

    @property
    def gap_fen(self) -> int:
        """Closing less what the causes explain; zero in books that add up."""
        added = self.income_fen - self.expenditure_fen
        added += self.books_opened_fen + self.change_over_fen + self.direct_fen
        return self.closing_fen - self.opening_fen - added


def funds_by_year(facts: Facts, term: Term) -> tuple[YearFunds, ...]:
    """Return the funds of every year of a term since the books began; each begins with what the last one closed."""
    made = []
    free = funds_postings(facts, term)
    opening = position_on(facts, term.since - datetime.timedelta(days=1)).funds_fen
    for year, since, until in kept_years(facts, term):
        own = [posting for posting in free if posting.date.year == year]
        opened = [posting for posting in own if posting.head.opening]
        over = [posting for posting in own if posting.head.change_over and not posting.head.opening]
        direct = [posting for posting in own if posting.head.business]
        income, spent = result_in(facts, since, until)
        closing = position_on(facts, until).funds_fen
        made.append(
            YearFunds(
                year, since, until, opening, income, spent, -net_fen(opened), -net_fen(over), -net_fen(direct), closing
            )
        )
        opening = closing
    return tuple(made)
