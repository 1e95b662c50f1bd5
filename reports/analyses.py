"""The three analyses for other programs: JSON of schema `union-audit-analyses/1`, beside the printed report.

    {"schema", "engine", "digest", "union": {"name", "code", "region"}, "period": {"from", "to"}, "kind", "subject",
     "budget": [one object a year: "year", "until", "disputed" (sentences), "lines", "overruns", "uncovered",
                "stages", "histories", "course": {"expense", "income"}, "unexplained"],
     "remittance": {"not_performed", "months", "waterfall": {"months", "outside", "total"}, "upward", "ages", "dues",
                    "missing_months", "strays"},
     "departure": null or {"not_performed", "term", "doubts", "opening", "closing", "bridge", "years", "funds",
                  "budget_years", "remittance_years", "unpaid_remittance_fen"}}

Objects hold the fields of the analyses' own records (`rules.budget`, `rules.remittance`, `rules.departure`): `…_fen`
is an amount in fen, shares are texts with all their digits, days are ISO, a sentence is `{"zh", "en"}`. What could
not be performed is named in `not_performed` and its objects are empty. Equal input gives equal bytes.
"""

from __future__ import annotations

import dataclasses
import datetime
import json
from collections.abc import Callable, Mapping
from decimal import Decimal
from enum import StrEnum
from typing import Any

from ledger.facts import Facts
from reports.budget import explained_share
from reports.exchange import plain_parameter
from reports.redaction import Profile, redactor
from rules.budget.course import course
from rules.budget.disputed import dispute_texts
from rules.budget.execution import execution
from rules.budget.explanations import explanations, unexplained
from rules.budget.history import line_histories, stages
from rules.budget.lines import INCOME, SPENDING, LineKey, versions_of
from rules.budget.overruns import overruns
from rules.budget.unlined import uncovered
from rules.departure.funds import funds_by_year
from rules.departure.position import absent_term, departure, officers_of, term_in
from rules.departure.terms import term_doubts
from rules.departure.years import budget_years, remittance_years
from rules.finding import AuditResult, Kind, Text
from rules.law import Law, NoParameter, ParameterValue
from rules.remittance.ages import ages
from rules.remittance.dues import dues
from rules.remittance.gaps import missing_months, strays
from rules.remittance.schedule import book_end, schedule, upward_position
from rules.remittance.waterfall import waterfall

SCHEMA = "union-audit-analyses/1"


def to_json(result: AuditResult, facts: Facts, law: Law, profile: Profile = Profile.PUBLIC) -> str:
    """Return the analyses behind an audit as JSON text, personal data left out as the profile asks."""
    told = {
        "schema": SCHEMA,
        "engine": result.engine,
        "digest": result.digest,
        "union": {"name": result.union_name, "code": result.union_code, "region": result.region},
        "period": {"from": result.since, "to": result.until},
        "kind": result.kind,
        "subject": result.subject,
        "budget": [_budget(facts, law, year, result.until) for year in range(result.since.year, result.until.year + 1)],
        "remittance": _remittance(facts, law, result.since, result.until),
        "departure": _departure(result, facts, law) if result.kind is Kind.DEPARTURE else None,
    }
    return json.dumps(_plain(told, redactor(facts, profile)), ensure_ascii=False, sort_keys=True, indent=1) + "\n"


def _budget(facts: Facts, law: Law, year: int, last: datetime.date) -> Mapping[str, Any]:
    until = min(last, datetime.date(year, 12, 31))
    lines, told = execution(facts, year, until), explanations(facts, year)
    versions = [v for v in versions_of(facts, year) if v.date <= until]
    doubts = dispute_texts(year, versions)
    silent = unexplained(lines, told, explained_share(facts, law, until))
    explained = [{**_fields(line), "explanation": _words(told, line.account, line.project)} for line in lines]
    return {
        "year": year,
        "until": until,
        "disputed": doubts,
        "lines": explained,
        "overruns": overruns(facts, year, until),
        "uncovered": uncovered(facts, year, until),
        "stages": () if doubts else stages(facts, year, until),
        "histories": () if doubts else line_histories(facts, year, until),
        "course": {e: () if doubts else course(facts, year, until, e) for e in (SPENDING, INCOME)},
        "unexplained": [LineKey(x.account, x.project) for x in silent],
    }


def _words(told: Mapping[LineKey, Any], account: str, project: str) -> str:
    one = told.get(LineKey(account, project))
    return one.text if one else ""


def _remittance(facts: Facts, law: Law, since: datetime.date, until: datetime.date) -> Mapping[str, Any]:
    as_of = max(until, book_end(facts))
    made: dict[str, Any] = {
        "not_performed": None,
        "months": (),
        "waterfall": None,
        "upward": (),
        "ages": (),
        "dues": dues(facts, law, since, until),
        "missing_months": missing_months(facts, since, until),
        "strays": [stray.text for stray in strays(facts, since, until)],
    }
    if "payroll" not in facts.registers:
        lacking = "缺少登记簿 registers/payroll.csv，应拨缴工会经费无从计算"
        made["not_performed"] = Text(lacking, "registers/payroll.csv is missing: what was due cannot be computed")
    try:
        months = schedule(facts, law, since, until)
        position = upward_position(facts, law, as_of)
    except NoParameter as absent:
        return {**made, "not_performed": Text(absent.zh, absent.en)}
    flow = waterfall(months, position) if months else None
    return {**made, "months": months, "waterfall": flow, "upward": position, "ages": ages(position, as_of)}


def _departure(result: AuditResult, facts: Facts, law: Law) -> Mapping[str, Any]:
    officers = officers_of(facts)
    if officers is None:
        lacking = Text("缺少登记簿 registers/officers.csv，任期无从确定", "registers/officers.csv is missing")
        return {"not_performed": lacking}
    term = term_in(officers, result.subject, result.until)
    if term is None:
        return {"not_performed": absent_term(officers, result.subject, result.until)}
    made = {
        "not_performed": None,
        "term": term,
        "doubts": term_doubts(officers, result.subject, result.until),
        "funds": funds_by_year(facts, term),
        "budget_years": budget_years(facts, term),
    }
    try:
        found = departure(facts, law, term)
        remitted = remittance_years(facts, law, term)
    except NoParameter as absent:
        return {**made, "not_performed": Text(absent.zh, absent.en)}
    years = [{key: value for key, value in _fields(year).items() if key != "budget"} for year in found.years]
    return {
        **made,
        "opening": found.opening,
        "closing": found.closing,
        "bridge": {**_fields(found.bridge), "gap_fen": found.bridge.gap_fen},
        "years": years,
        "unpaid_remittance_fen": found.unpaid_remittance_fen,
        "remittance_years": remitted,
    }


def _fields(value: Any) -> dict[str, Any]:
    return {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}


def _plain(value: Any, change: Callable[[str], str]) -> Any:
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, str):
        return change(value)
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if value is None or isinstance(value, int):
        return value
    if isinstance(value, ParameterValue):
        return plain_parameter(value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return _plain(_fields(value), change)
    if hasattr(value, "_asdict"):
        return _plain(value._asdict(), change)
    if isinstance(value, Mapping):
        return {str(key): _plain(item, change) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(item, change) for item in value]
    raise TypeError(f"the analyses hold no {type(value).__name__}")
