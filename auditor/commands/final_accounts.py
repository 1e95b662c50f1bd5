"""What `union-audit statements` adds for a whole year: the notes, and the forms of unions above the grassroots."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from auditor.messages import fail
from reports.notes_written import FILE, MOST_BYTES, NOTHING, NotesFault, Written, parse_notes
from reports.periods import is_whole_year

if TYPE_CHECKING:
    from ledger.facts import Facts
    from reports.model import Document


def written_notes(book: Path, year: int) -> Written:
    """Return what the union wrote in notes.toml for a year; ends with status 2, one line per fault, for a bad file."""
    from ledger.encoding import UnknownEncoding, decode

    path = book / FILE
    if path.is_symlink() or not path.is_file():
        return NOTHING
    if path.stat().st_size > MOST_BYTES:
        fail([f"{FILE}：超过 {MOST_BYTES} 字节；只写各项说明文字"])
    try:
        return parse_notes(decode(path.read_bytes()).text).get(year, NOTHING)
    except UnknownEncoding as error:
        fail([f"{FILE}：{error}"])
    except NotesFault as error:
        fail(error.faults)


def county_forms(facts: Facts, since: datetime.date, until: datetime.date, written: Written) -> tuple[Document, ...]:
    """Return the county-level forms of a period: 附03 of any, 附01 and 附02 of a whole year; none for other unions."""
    from reports.statements import cost_statement, is_county_level, state_assets, treasury_statement

    if not is_county_level(facts, until):
        return ()
    whole = is_whole_year(since, until)
    made = [treasury_statement(facts, until.year), state_assets(facts, until.year)] if whole else []
    made.append(cost_statement(facts, since, until, other_fen=written.cost_adjustment_fen if whole else 0))
    return tuple(statement.document() for statement in made if statement is not None)


def notes_document(facts: Facts, since: datetime.date, until: datetime.date, written: Written) -> tuple[Document, ...]:
    """Return the notes of a whole year since the system of 2021, nothing for any other period."""
    from reports.notes import notes
    from reports.statements.figures import chart_of

    if not is_whole_year(since, until) or chart_of(until).until is not None:
        return ()
    return (notes(facts, until.year, written, nominal_fen=_nominal(facts, until)),)


def _nominal(facts: Facts, day: datetime.date) -> int | None:
    from rules.law import NoParameter
    from rules.law_loader import load_law

    try:
        return load_law().value("asset.nominal_value", day, facts.union).fen
    except NoParameter:
        return None
