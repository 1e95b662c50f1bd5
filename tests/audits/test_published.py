"""Published accounts of two unions: what the analyses compute of them comes out as they were published, to the fen.

中国教育工会大连职业技术学院委员会 (final accounts of 2023, budget of 2024; addresses in
`ledger/example/published.json`) and 中国教育工会浙江中医药大学委员会 (`published_accounts.py`).
"""

from __future__ import annotations

import datetime

import pytest

from ledger.accounts import account_name, chart_on
from ledger.example.college import published, write_college
from ledger.facts import Facts
from reports.budget_form import form_table, fund_ends
from rules.budget.course import course
from rules.budget.execution import BudgetLine, execution
from rules.budget.history import line_histories, stages
from rules.budget.structure import groups
from rules.departure.position import Term, bridge, position_on
from tests.audits.published_accounts import BROUGHT_FORWARD, BUDGET_2021, DRAWN, FINAL_2020, SUMS, YEAR_INCOME
from tests.audits.small import facts_of
from tests.rules import handmade
from tests.rules.handmade import BANK, budget, voucher

FINAL, PLAN = published()
LAST_2023, LAST_2024 = datetime.date(2023, 12, 31), datetime.date(2024, 12, 31)
DAY = datetime.date(2020, 6, 30)


@pytest.fixture(scope="module")
def college(tmp_path_factory: pytest.TempPathFactory) -> Facts:
    """The college union's book."""
    folder = tmp_path_factory.mktemp("college") / "book"
    write_college(folder)
    return facts_of(folder)


def of(lines: tuple[BudgetLine, ...], account: str) -> tuple[int, int]:
    """Return budget and actual of an account with everything below it."""
    own = [x for x in lines if x.account == account or x.account.startswith(f"{account}:")]
    return sum(x.in_force_fen or 0 for x in own), sum(x.actual_fen for x in own)


@pytest.mark.parametrize("line", [x for x in FINAL.lines if x.account], ids=lambda x: x.key)
def test_the_colleges_final_accounts(college: Facts, line: object) -> None:
    lines = execution(college, 2023, LAST_2023)
    # The analysis tells money without a budget by statutory account; what stands below is the books' own matter.
    account, amount = line.account, line.amount_fen  # type: ignore[attr-defined]
    statutory = {x.account for x in lines}
    parent = (
        account if any(account == s or s.startswith(f"{account}:") for s in statutory) else account.rsplit(":", 1)[0]
    )
    wanted = sum(
        x.amount_fen for x in FINAL.lines if x.booked and (x.account == parent or x.account.startswith(f"{parent}:"))
    )
    assert of(lines, parent)[1] == wanted
    assert parent != account or wanted == amount


@pytest.mark.parametrize("line", [x for x in PLAN.lines if x.account], ids=lambda x: x.key)
def test_the_colleges_budget(college: Facts, line: object) -> None:
    lines = execution(college, 2024, LAST_2024)
    assert of(lines, line.account) == (line.amount_fen, 0)  # type: ignore[attr-defined]


def test_the_colleges_totals_in_the_form_and_the_versions(college: Facts) -> None:
    income = next(x.amount_fen for x in PLAN.lines if x.key == "当年收入")
    total = next(x.amount_fen for x in PLAN.lines if x.section == "expense" and x.key == "total")
    rows = {row.cells[1]: row.cells for row in form_table(college, 2024, LAST_2024).rows}
    assert (rows["本年收入合计"][2], rows["本年支出合计"][2]) == (income, total)
    assert rows["本年收支差额"][2] == income - total == -(52_0000_00 + 17_2300_00)
    (stage,) = stages(college, 2024, LAST_2024)
    assert (stage.total_fen("income"), stage.total_fen("expense")) == (income, total)
    assert sum(h.final_fen for h in line_histories(college, 2024, LAST_2024) if h.element == "expense") == total
    assert course(college, 2024, LAST_2024, "expense")[-1].even_fen == total


def test_the_colleges_result_and_funds(college: Facts) -> None:
    opening, closing = fund_ends(college, 2023, LAST_2023)
    assert closing == FINAL.balance["累计结余"]
    assert closing - opening == FINAL.balance["本年结余"]
    year = Term("某某", datetime.date(2023, 1, 2), LAST_2023, left=True)
    found = bridge(college, year)
    assert (found.income_fen, found.expenditure_fen, found.gap_fen) == (226_5400_00, 237_5400_00, 0)
    assert position_on(college, LAST_2023).funds_fen == FINAL.balance["累计结余"]
    assert position_on(college, LAST_2023).fixed_assets_fen == FINAL.balance["固定资产"]
    shown = {group.meaning: group.amounts_fen[0] for group in groups(college, (2023,), LAST_2023)}
    published_groups = {x.key: x.amount_fen for x in FINAL.lines}
    assert shown["member_activity_expense"] == published_groups["职工活动支出"]
    assert shown["worker_service_expense"] == published_groups["职工服务支出"]
    assert shown["operating_expense"] == published_groups["业务支出"]


def named(code: str) -> str:
    return account_name(chart_on(DAY).by_code[code])


@pytest.fixture(scope="module")
def university() -> Facts:
    """The university union: 2020 as it was closed, 2021 as it was budgeted."""
    surplus = named("331")
    made = [voucher("2020-01-01", [(BANK, BROUGHT_FORWARD[2020]), (surplus, -BROUGHT_FORWARD[2020])], opening=True)]
    for code, fen in FINAL_2020.items():
        sign = -1 if code.startswith("4") else 1
        made.append(voucher("2020-06-30", [(named(code), sign * fen), (BANK, -sign * fen)]))
    # 504 and beyond: what the published sums leave.
    rest = YEAR_INCOME[2020] - sum(fen for code, fen in FINAL_2020.items() if code.startswith("5"))
    made.append(voucher("2020-06-30", [(named("50402"), rest), (BANK, -rest)]))
    plan = [budget("2021-01-01", named(code), fen) for code, fen in BUDGET_2021.items()]
    plan.append(budget("2021-01-01", surplus, DRAWN[2021]))
    return handmade.facts(made, budgets=plan)


@pytest.mark.parametrize("code", [*SUMS, *FINAL_2020])
def test_the_universitys_final_accounts(university: Facts, code: str) -> None:
    wanted = SUMS[code][0] if code in SUMS else FINAL_2020[code]
    assert of(execution(university, 2020, datetime.date(2020, 12, 31)), named(code)) == (0, wanted)


@pytest.mark.parametrize("code", [*SUMS, *BUDGET_2021])
def test_the_universitys_budget(university: Facts, code: str) -> None:
    wanted = SUMS[code][1] if code in SUMS else BUDGET_2021[code]
    assert of(execution(university, 2021, datetime.date(2021, 12, 31)), named(code)) == (wanted, 0)


def test_the_universitys_income_and_what_it_drew(university: Facts) -> None:
    last = datetime.date(2020, 12, 31)
    opening, closing = fund_ends(university, 2020, last)
    # 上年结转 of 2021 is what 2020 left: 2,139,904.21 - 178,104.41 = 1,961,799.80.
    assert (opening, closing) == (BROUGHT_FORWARD[2020], BROUGHT_FORWARD[2021])
    lines = execution(university, 2020, last)
    income = sum(x.actual_fen for x in lines if x.element == "income")
    spent = sum(x.actual_fen for x in lines if x.element == "expense")
    assert income + DRAWN[2020] == YEAR_INCOME[2020] == spent
    found = bridge(university, Term("某某", datetime.date(2020, 1, 2), last, left=True))
    assert (found.opening_fen, found.closing_fen, found.gap_fen) == (opening, closing, 0)
    plan = execution(university, 2021, datetime.date(2021, 12, 31))
    assert sum(x.in_force_fen or 0 for x in plan if x.element in ("income", "net_assets")) == YEAR_INCOME[2021]
