"""What is left of a budget: spent and committed, contracts with and without a line, transfers."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.budgeting import LineKey, Standing, standing, transfers
from ledger.facts import Facts
from rules.budget.execution import execution
from tests.ledger.budgeting.made import MEETING, PROJECT, SKILLS, TRAINING, YEAR_END, entry, facts_in
from tests.rules import handmade
from tests.rules.handmade import BANK, budget


@pytest.fixture(scope="module")
def facts(tmp_path_factory: pytest.TempPathFactory) -> Facts:
    return facts_in(tmp_path_factory.mktemp("standing"))


def _line(found: Standing, account: str, project: str = "") -> tuple[int | None, int, int, int]:
    line = next(x for x in found.lines if x.key == (account, project))
    return line.budget_fen, line.spent_fen, line.committed_fen, line.left_fen


def test_contract_paid_in_part_binds_the_rest_on_the_line_it_was_charged_to(facts: Facts) -> None:
    found = standing(facts, 2025, YEAR_END)
    assert _line(found, MEETING) == (9000_00, 3000_00, 2000_00, 4000_00)


def test_before_the_contract_was_signed_nothing_is_bound(facts: Facts) -> None:
    assert _line(standing(facts, 2025, datetime.date(2025, 3, 31)), MEETING) == (9000_00, 0, 0, 9000_00)


def test_contract_without_a_voucher_is_listed_without_a_line_and_an_ended_one_binds_nothing(facts: Facts) -> None:
    found = standing(facts, 2025, YEAR_END)
    assert found.commitments is not None
    assert [(c.contract, c.line and c.line.account, c.open_fen, c.lapsed) for c in found.commitments] == [
        ("合同-1", MEETING, 2000_00, False),
        ("合同-2", None, 700_00, False),
        ("合同-3", None, 900_00, True),
    ]
    assert found.unassigned_fen == 700_00


def test_without_the_register_commitments_are_unknown_not_none(tmp_path: Path) -> None:
    assert standing(facts_in(tmp_path, registers={}), 2025, YEAR_END).commitments is None


def test_spending_without_a_line_is_a_line_of_its_own(facts: Facts) -> None:
    assert _line(standing(facts, 2025, YEAR_END), "Expenses:510-其他支出") == (None, 40_00, 0, -40_00)


def test_projects_are_told_apart(facts: Facts) -> None:
    found = standing(facts, 2025, YEAR_END).projects
    assert {project: sum(x.left_fen for x in lines) for project, lines in found.items()} == {
        "": 4000_00 + 8000_00 - 40_00,
        PROJECT: 300_00,
    }


def test_transfer_is_two_lines_of_one_version_that_net_to_nothing() -> None:
    original = [entry(MEETING, 9000_00, 0, "2025-01-08"), entry(TRAINING, 8000_00, 0, "2025-01-08")]
    moved = [entry(MEETING, 8500_00), entry(TRAINING, 8500_00)]
    (found,) = transfers([*original, *moved])
    assert (found.given, found.taken) == (((LineKey(MEETING), 500_00),), ((LineKey(TRAINING), 500_00),))
    assert found.amount_fen == 500_00
    assert transfers([*original, entry(MEETING, 8500_00), entry(TRAINING, 8500_01)]) == ()


_KEYS = st.lists(
    st.tuples(st.sampled_from([MEETING, TRAINING, SKILLS, "Expenses:505-业务支出"]), st.sampled_from(["", PROJECT])),
    unique=True,
    min_size=1,
)
_MOVES = st.lists(
    st.tuples(
        st.sampled_from([MEETING, TRAINING, SKILLS, f"{MEETING}:01-场地", "Expenses:510-其他支出"]),
        st.sampled_from(["", PROJECT, "别的项目"]),
        st.sampled_from(["", "合同-1", "合同-2"]),
        st.integers(1, 500_00),
    ),
    max_size=8,
)


@settings(max_examples=40)
@given(_KEYS, _MOVES, st.lists(st.integers(0, 900_00), min_size=2, max_size=2))
def test_spent_committed_and_left_make_the_budget(
    keys: list[tuple[str, str]], moves: list[tuple[str, str, str, int]], signed: list[int]
) -> None:
    vouchers = [
        handmade.voucher("2025-03-01", [(account, fen), (BANK, -fen)], project=project, contract=contract)
        for account, project, contract, fen in moves
    ]
    day = datetime.date(2025, 1, 2)
    contracts = [{"contract": f"合同-{n}", "signed": day, "amount_fen": fen} for n, fen in enumerate(signed, 1)]
    budgets = [budget("2025-01-01", account, 1000_00, project=project) for account, project in keys]
    facts = handmade.facts(vouchers, budgets=budgets, registers={"contracts": contracts})
    found = standing(facts, 2025, YEAR_END)
    for line in found.lines:
        assert (line.budget_fen or 0) == line.spent_fen + line.committed_fen + line.left_fen
    whole = [line for line in found.lines if not line.contained]
    assert sum(line.spent_fen for line in whole) == sum(fen for *_, fen in moves)
    assert sum(line.committed_fen for line in whole) + found.unassigned_fen == sum(
        c.open_fen for c in found.commitments or ()
    )


@settings(max_examples=40)
@given(_KEYS, _MOVES)
def test_what_is_spent_is_what_the_execution_of_the_rules_counts(
    keys: list[tuple[str, str]], moves: list[tuple[str, str, str, int]]
) -> None:
    vouchers = [handmade.voucher("2025-03-01", [(a, fen), (BANK, -fen)], project=p) for a, p, _, fen in moves]
    facts = handmade.facts(vouchers, budgets=[budget("2025-01-01", a, 1000_00, project=p) for a, p in keys])
    spent = {(x.account, x.project): x.actual_fen for x in execution(facts, 2025, YEAR_END)}
    assert {tuple(x.key): x.spent_fen for x in standing(facts, 2025, YEAR_END).lines} == spent
