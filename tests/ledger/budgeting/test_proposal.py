"""Next year's budget out of this year's figures: each line by hand, what is refused, and the workbook's way back."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.book import import_file
from ledger.budgeting import Given, LineKey, Proposal, prepare
from ledger.budgeting.naming import Unnamed, given_line
from ledger.budgeting.workbook import proposal_workbook
from ledger.budgeting.writing import BudgetRefused, read_budget_file
from ledger.facts import Facts
from ledger.importers.existing import budgets_of
from ledger.reader import read_book
from ledger.vouchers import BudgetEntry
from tests.ledger.budgeting.made import (
    BODY,
    EMPLOYER,
    MEETING,
    OWN,
    PROJECT,
    REGISTERS,
    SKILLS,
    SURPLUS,
    TRAINING,
    write_book,
)
from tests.ledger.budgeting.made import facts_in as made_facts

VALUES = {
    "dues.rate": Decimal("0.005"),
    "dues.tail": Decimal(10),
    "contribution.rate": Decimal("0.02"),
    "contribution.retained_share": Decimal("0.60"),
}
CARRIED = "Equity:321-工会资金结转"
DUES = "Income:401-会费收入"


@pytest.fixture(scope="module")
def facts(tmp_path_factory: pytest.TempPathFactory) -> Facts:
    return made_facts(tmp_path_factory.mktemp("proposal"))


def proposed(
    facts: Facts, given: Mapping[LineKey, Given] | None = None, year: int = 2026, surplus: int | None = None
) -> Proposal:
    """The proposal with the values above."""
    return prepare(facts, year, VALUES, given or {}, surplus_fen=surplus)


def amounts(found: Proposal) -> dict[tuple[str, str], int]:
    """Every line that is entered, by account and project."""
    return {(e.account, e.project): e.amount_fen for e in found.entries}


def basis(found: Proposal, account: str, project: str = "") -> str:
    """How a line was reckoned."""
    return next(x.basis for x in found.lines if x.key == (account, project))


def test_every_line_as_reckoned_by_hand(facts: Facts) -> None:
    found = proposed(facts)
    assert found.problems == ()
    # dues 6,000 × 0.5 % × 12; contribution 1,200,000 × 2 % × 60 %; of the project 500 + 2,000 − 1,700 are left;
    # surplus what is missing: 9,000 + 8,000 + 40 + 800 − 360 − 14,400 − 800
    assert amounts(found) == {
        (DUES, ""): 360_00,
        (OWN, ""): 14400_00,
        (CARRIED, PROJECT): 800_00,
        (SURPLUS, ""): 2280_00,
        (MEETING, ""): 9000_00,
        (TRAINING, ""): 8000_00,
        (SKILLS, PROJECT): 800_00,
        ("Expenses:510-其他支出", ""): 40_00,
    }
    assert found.total_fen("expense") == found.total_fen("income") + found.total_fen("net_assets")


def test_basis_is_a_formula_that_a_person_can_follow(facts: Facts) -> None:
    found = proposed(facts)
    assert basis(found, OWN) == "工资总额 1,200,000.00 × 2% × 60%"
    expected = "1 名会员每月计费工资 6,000.00（每人不计 10 元以下尾数） × 0.5% × 12 个月"
    assert basis(found, DUES) == expected
    assert basis(found, MEETING) == "本年预算 9,000.00（本年实际 3,000.00）"
    assert basis(found, EMPLOYER, PROJECT).startswith("尚无 2026 年的通知或协议")
    assert "结余 21,360.00" in basis(found, SURPLUS)  # 10,000 + 14,400 − 3,000 − 40, not carried forward yet


def test_this_years_figures_stand_beside(facts: Facts) -> None:
    line = next(x for x in proposed(facts).lines if x.key == (MEETING, ""))
    assert (line.budget_fen, line.actual_fen) == (9000_00, 3000_00)
    new = next(x for x in proposed(facts).lines if x.key.account.startswith("Expenses:510"))
    assert (new.budget_fen, new.actual_fen) == (None, 40_00)


def test_payroll_of_some_months_is_taken_for_twelve(tmp_path: Path) -> None:
    rows = REGISTERS["payroll"].splitlines()[:10]  # the head and nine months
    found = proposed(made_facts(tmp_path, registers={**REGISTERS, "payroll": "\n".join(rows) + "\n"}))
    assert amounts(found)[OWN, ""] == 14400_00
    assert basis(found, OWN) == "工资总额 900,000.00 ÷ 9 个月 × 12 个月 × 2% × 60%"


def test_told_subsidy_is_spent_on_its_project(facts: Facts) -> None:
    found = amounts(proposed(facts, {LineKey(EMPLOYER, PROJECT): Given(3000_00, "医院函")}))
    assert found[EMPLOYER, PROJECT] == 3000_00
    assert found[SKILLS, PROJECT] == 3800_00
    assert found[CARRIED, PROJECT] == 800_00


def test_set_lines_are_taken_as_they_are(facts: Facts) -> None:
    found = proposed(facts, {LineKey(MEETING): Given(1_00), LineKey(SKILLS, PROJECT): Given(300_00)})
    assert amounts(found)[MEETING, ""] == 1_00
    assert amounts(found)[CARRIED, PROJECT] == 300_00
    assert basis(found, MEETING) == "人工核定"


def test_deficit_and_more_surplus_than_there_is_are_refused(facts: Facts) -> None:
    (deficit,) = proposed(facts, surplus=2279_99).problems
    assert "差 0.01 元" in str(deficit)
    assert "支出合计 17,840.00 元" in str(deficit)
    assert proposed(facts, surplus=2280_00).problems == ()
    (much,) = proposed(facts, {LineKey(TRAINING): Given(90_000_00)}).problems
    assert "322-工会资金结余" in str(much)
    assert "大于年初实有的 21,360.00 元" in str(much)


@pytest.mark.parametrize(
    ("year", "given", "words"),
    [
        (2031, {}, "账套没有 2030 年的凭证"),
        (2025, {}, "2025 年年初预算已在账套中"),
        (2026, {LineKey("Expenses:505-业务支出:50503-专项业务支出"): Given(1)}, "没有启用"),
        (2026, {LineKey(MEETING, "没有的项目"): Given(1)}, "没有出现过"),
    ],
)
def test_wrong_year_account_or_project_is_refused(
    facts: Facts, year: int, given: Mapping[LineKey, Given], words: str
) -> None:
    assert any(words in str(problem) for problem in proposed(facts, given, year).problems)


def test_value_that_nobody_sets_is_a_problem_and_not_a_default(facts: Facts) -> None:
    found = prepare(facts, 2026, {"dues.rate": Decimal("0.005")}, {})
    assert any("没有 contribution.rate" in str(p) for p in found.problems)


def test_missing_registers_are_said_and_nothing_is_made_up(tmp_path: Path) -> None:
    found = proposed(made_facts(tmp_path, registers={}))
    assert (OWN, "") not in amounts(found)
    assert any("工资总额表" in note for note in found.notes)
    assert any("会员名册" in note for note in found.notes)


def test_carried_money_without_a_project_is_left_for_people(tmp_path: Path) -> None:
    found = proposed(made_facts(tmp_path, BODY.replace(f'    project: "{PROJECT}"\n', "")))
    assert any("没有注明项目" in note for note in found.notes)
    assert amounts(found)[SKILLS, PROJECT] == 300_00


def test_line_is_named_by_code_or_name_with_its_project_and_basis() -> None:
    day = datetime.date(2026, 1, 1)
    key, given = given_line("405/技术比武=3,000；医院函", [EMPLOYER], day)
    assert (key, given) == ((EMPLOYER, PROJECT), Given(3000_00, "医院函"))
    for wrong in ("405", "999=1", "405=一千", "405=-1"):
        with pytest.raises(Unnamed):
            given_line(wrong, [EMPLOYER], day)


def test_proposal_goes_through_the_workbook_into_the_book(tmp_path: Path) -> None:
    book = write_book(tmp_path / "book")
    reading = read_book(book).facts
    assert reading is not None
    found = proposed(reading, {LineKey(EMPLOYER, PROJECT): Given(3000_00, "医院函")})
    file = tmp_path / "2026.xlsx"
    file.write_bytes(proposal_workbook(found, {}, "某工会", ["会费比例 0.005"]))
    result = import_file(file, book)
    assert result.problems == ()
    assert result.budgets_added == len(found.entries)
    after = read_book(book)
    assert not after.fatal
    assert after.facts is not None
    assert _sorted(b for b in budgets_of(after.facts) if b.year == 2026) == _sorted(found.entries)
    assert proposed(after.facts).problems  # it is there now


def _sorted(entries: object) -> list[BudgetEntry]:
    return sorted(entries, key=lambda e: (e.account, e.project))  # type: ignore[call-overload,no-any-return]


@settings(max_examples=8)
@given(
    st.dictionaries(
        st.sampled_from([LineKey(MEETING), LineKey(TRAINING), LineKey(EMPLOYER, PROJECT), LineKey(SKILLS, PROJECT)]),
        st.builds(Given, st.integers(0, 9999_99), st.text("依据=+@；'\"<&一二 ", max_size=12)),
    )
)
def test_exported_lines_are_imported_as_they_were(
    tmp_path_factory: pytest.TempPathFactory, given: Mapping[LineKey, Given]
) -> None:
    folder = tmp_path_factory.mktemp("again")
    facts = made_facts(folder)
    found = proposed(facts, given)
    assert found.problems == ()
    file = folder / "p.xlsx"
    file.write_bytes(proposal_workbook(found, {}, "某工会", []))
    entries = read_budget_file(file, facts)
    assert [(e.account, e.project, e.amount_fen, e.version, e.date) for e in _sorted(entries)] == [
        (e.account, e.project, e.amount_fen, e.version, e.date) for e in _sorted(found.entries)
    ]
    assert proposal_workbook(found, {}, "某工会", []) == file.read_bytes()


def test_file_without_a_budget_is_refused(tmp_path: Path, facts: Facts) -> None:
    file = tmp_path / "x.csv"
    file.write_text("姓名,金额\n甲,1\n", encoding="utf-8")
    with pytest.raises(BudgetRefused):
        read_budget_file(file, facts)
