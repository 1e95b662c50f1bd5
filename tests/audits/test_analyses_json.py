"""The three analyses as JSON: their schema, their figures, and what could not be performed."""

from __future__ import annotations

import datetime
import json
from pathlib import Path
from typing import Any

from auditor.engine import run_audit
from reports.analyses import to_json
from reports.redaction import Profile
from rules.finding import Kind
from rules.law import Law
from tests.audits.small import SINCE, TRAINING, UNTIL, facts_of, write


def told(book: Path, law: Law, kind: Kind = Kind.ANNUAL, subject: str = "", profile: Profile = Profile.PUBLIC) -> Any:
    facts = facts_of(book)
    result = run_audit(facts, law, since=SINCE, until=UNTIL, kind=kind, subject=subject, rules=[])
    first = to_json(result, facts, law, profile)
    assert first == to_json(result, facts_of(book), law, profile), "equal input gives equal bytes"
    return json.loads(first)


def test_figures_of_budget_and_remittance(tmp_path: Path, law: Law) -> None:
    made = told(write(tmp_path), law)
    assert (made["schema"], made["kind"], made["departure"]) == ("union-audit-analyses/1", "annual", None)
    assert made["period"] == {"from": "2025-01-01", "to": "2025-12-31"}
    (year,) = made["budget"]
    (line,) = [x for x in year["lines"] if x["account"] == TRAINING]
    assert (line["original_fen"], line["in_force_fen"], line["actual_fen"], line["disputed"]) == (
        8_000_00,
        8_000_00,
        600_00,
        False,
    )
    assert year["course"]["expense"][2]["actual_fen"] == 600_00
    (month,) = made["remittance"]["months"]
    assert (month["month"], month["due_fen"], month["own_due_fen"], month["received_fen"]) == (
        "2025-01",
        2_000_00,
        1_200_00,
        2_000_00,
    )
    assert month["rate"]["value"] == "0.02"
    total = made["remittance"]["waterfall"]["total"]
    assert (total["payable_fen"], total["passed_fen"], total["owed_fen"]) == (800_00, 800_00, 0)


def test_figures_of_a_term(tmp_path: Path, law: Law) -> None:
    made = told(write(tmp_path), law, Kind.DEPARTURE, "甲某某", Profile.WORKPAPER)["departure"]
    assert made["term"]["leaving"] == "2025-06-30"
    bridge = made["bridge"]
    assert (bridge["income_fen"], bridge["expenditure_fen"], bridge["closing_fen"], bridge["gap_fen"]) == (
        1_200_00,
        600_00,
        5_600_00,
        0,
    )
    assert made["unpaid_remittance_fen"] == 0
    assert made["closing"]["cash_fen"] == 5_600_00


def test_what_was_not_performed_is_named(tmp_path: Path, law: Law) -> None:
    book = write(tmp_path)
    (book / "registers/payroll.csv").unlink()
    made = told(book, law, Kind.DEPARTURE, "丁某某")
    assert "payroll.csv" in made["remittance"]["not_performed"]["zh"]
    assert made["remittance"]["waterfall"] is None
    assert "没有主席“丁某某”的任期" in made["departure"]["not_performed"]["zh"]


def test_nobody_is_named_in_public(tmp_path: Path, law: Law) -> None:
    book = write(tmp_path)
    public = json.dumps(told(book, law, Kind.DEPARTURE, "甲某某"), ensure_ascii=False)
    assert "甲某某" not in public
    assert "甲某某" in json.dumps(told(book, law, Kind.DEPARTURE, "甲某某", Profile.WORKPAPER), ensure_ascii=False)
    assert datetime.date.fromisoformat(json.loads(public)["departure"]["term"]["since"]) == datetime.date(2024, 1, 1)
