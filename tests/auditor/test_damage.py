"""A damaged register: reported once, in place; what rests on the damaged rows is not performed, all else stands."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from auditor.engine import run_audit
from ledger.facts import Facts
from ledger.reader.build import facts_from
from ledger.reader.core import read_tables
from rules.finding import AuditResult, Status
from rules.law_loader import load_law
from tests.rules.casefile import book_files

GRANTS = "list,date,member_id,occasion,amount,form,signed,event_key\n"
MEMBERS = "member_id,name,department,status,joined,left,birth_month,dues_base\nM1,会员1,内科,active,2010-01-01,,3,\n"
PAYROLL = "month,category,headcount,total_wages,dues_base\n"
OVER = "Q1,2025-01-20,M1,春节,2500.00,goods,yes,\n"
STANDARD = {"key": "holiday.annual_cap", "value": "2000", "from": datetime.date(2024, 1, 1), "instrument": "某办法"}


def _audited(folder: Path, registers: dict[str, str]) -> tuple[Facts, AuditResult]:
    for path, text in book_files("", registers, standards=(STANDARD,)).items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    facts = facts_from(read_tables(folder))
    year = {"since": datetime.date(2025, 1, 1), "until": datetime.date(2025, 12, 31)}
    return facts, run_audit(facts, load_law(), **year)


def _ends(result: AuditResult) -> dict[str, tuple[Status, int]]:
    return {outcome.code: (outcome.status, outcome.findings) for outcome in result.outcomes}


def _reason(result: AuditResult, code: str) -> str:
    return next(outcome.reason.zh for outcome in result.outcomes if outcome.code == code)


@pytest.mark.parametrize(
    "row",
    [
        "Q2,2025-05-30,,端午,300.00,goods,yes,\n",
        "Q2,,M1,端午,300.00,goods,yes,\n",
        "Q2,2025-02-30,M1,端午,300.00,goods,yes,\n",
        "Q2,2025-05-30,M1,端午,三百,goods,yes,\n",
    ],
    ids=["to nobody", "of no day", "on a day that is none", "of no amount"],
)
def test_a_grant_that_cannot_count_leaves_its_part_untested_and_no_more(tmp_path: Path, row: str) -> None:
    registers = {"members": MEMBERS, "grants": GRANTS + OVER}
    _, whole = _audited(tmp_path / "whole", registers)
    facts, result = _audited(tmp_path / "damaged", registers | {"grants": GRANTS + OVER + row})

    assert [(f.code, f.file, f.line) for f in facts.integrity] == [("REGISTER_VALUE", "registers/grants.csv", 3)]
    assert _ends(result)["EXP01"] == _ends(whole)["EXP01"] == (Status.FINDINGS, 1)
    assert "registers/grants.csv 第 3 行" in _reason(result, "EXP01")
    assert _ends(whole)["EXP04"][0] is Status.CLEAN
    assert _ends(result)["EXP04"] == (Status.NOT_PERFORMED, 0)
    told = {o.code for o in result.outcomes if "registers/grants.csv 第 3 行" in o.reason.zh}
    changed = {code for code, end in _ends(result).items() if end != _ends(whole)[code]}
    assert changed <= told
    assert "CTL13" not in told, "a rule that never reads the grants was called damaged"


def test_a_wrong_head_takes_the_register_out_and_says_so_once(tmp_path: Path) -> None:
    heads = GRANTS.replace("member_id", "会员号")
    facts, result = _audited(tmp_path, {"members": MEMBERS, "grants": heads + OVER})
    assert [f.code for f in facts.integrity if f.severity == "high"] == ["REGISTER_COLUMN_MISSING"]
    assert not result.findings
    assert _ends(result)["EXP04"] == (Status.NOT_PERFORMED, 0)


def test_a_month_with_two_different_payrolls_is_left_untested(tmp_path: Path) -> None:
    twice = PAYROLL + "2025-01,在编,10,100000.00,\n2025-01,在编,10,120000.00,\n2025-02,在编,10,100000.00,\n"
    facts, result = _audited(tmp_path, {"payroll": twice})
    (fault,) = facts.integrity
    assert (fault.code, fault.line) == ("REGISTER_DUPLICATE", 3)
    shortfalls = [finding for finding in result.findings if finding.code == "INC01"]
    assert all("2025-01" not in str(finding.key) for finding in shortfalls), "a month nobody knows the wages of"
    assert "registers/payroll.csv 第 3 行" in _reason(result, "INC01")


def test_a_row_that_only_repeats_another_counts_once_and_harms_nothing(tmp_path: Path) -> None:
    once = PAYROLL + "2025-01,在编,10,100000.00,\n"
    _, whole = _audited(tmp_path / "whole", {"payroll": once})
    facts, result = _audited(tmp_path / "twice", {"payroll": once + "2025-01,在编,10,100000.00,\n"})
    assert [f.code for f in facts.integrity] == ["REGISTER_REPEATED"]
    assert _ends(result) == _ends(whole)
