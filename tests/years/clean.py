"""A clean year of a union of any region: everything the law and the union's own standards ask for is there."""

from __future__ import annotations

import datetime
import random
from dataclasses import replace

from ledger.example import names
from ledger.union import UnionProfile
from rules.law import NATION, Law
from tests.years import chart
from tests.years.activities import activities
from tests.years.book import Year
from tests.years.income import income, opening
from tests.years.people import people
from tests.years.planning import planning
from tests.years.standards import adopted
from tests.years.treasury import treasury
from tests.years.welfare import welfare

YEARS = range(2015, 2027)
_OTHERS = ("450100", "130200", "340503", "310115", "110108", "610202")  # regions below those that the law names


def regions(law: Law) -> tuple[str, ...]:
    """Return the regions to draw from: all that the law names, and some below them or that it does not know."""
    named = {value.region for parameter in law.parameters.values() for value in parameter.values}
    return tuple(sorted({*named, *_OTHERS} - {NATION}))


def clean_year(seed: int, law: Law, *, region: str = "", year: int = 0, collection: str = "") -> Year:
    """Return a clean year for a seed; region, year and way of collection are drawn unless they are given."""
    rng = random.Random(f"clean/{seed}")
    drawn_region, drawn_year = rng.choice(regions(law)), rng.choice(YEARS)
    region, year = region or drawn_region, year or drawn_year
    profile = UnionProfile(
        name=names.UNION,
        code="81340500MC0000000X",
        level="grassroots",
        region=region,
        system="medical",
        established=datetime.date(2005, 3, 1),
        parent=names.HIGHER_UNION,
        collection=collection or rng.choice(("direct", "direct", "tax")),
        bank_accounts=(chart.bank(year), chart.custody_bank(year)),
    )
    profile = replace(profile, standards=adopted(law, profile, year))
    book = Year(seed, year, law, profile, rng)
    people(book)
    opening(book)
    income(book)
    welfare(book)
    activities(book)
    treasury(book)
    planning(book)
    return book
