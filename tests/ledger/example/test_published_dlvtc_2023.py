"""The published accounts of 中国教育工会大连职业技术学院委员会 against our frames.

Source: final accounts of 2023 and budget of 2024 as the union published them on gh.dlvtc.edu.cn (addresses in
`ledger/example/published.json`). Every published figure must come out of the book to the fen.
"""

from __future__ import annotations

import datetime
from pathlib import Path

import pandas as pd
import pytest

from ledger.closing import carry_forward
from ledger.example.college import (
    Published,
    PublishedLine,
    college_budget,
    college_closing,
    college_vouchers,
    published,
    write_college,
)
from ledger.facts import Facts
from ledger.reader.build import facts_from
from ledger.reader.core import read_tables

FINAL, BUDGET = published()
LAST = datetime.date(2023, 12, 31)


@pytest.fixture(scope="module")
def facts(tmp_path_factory: pytest.TempPathFactory) -> Facts:
    folder = tmp_path_factory.mktemp("college") / "book"
    write_college(folder)
    return facts_from(read_tables(folder))


def below(frame: pd.DataFrame, account: str) -> int:
    """Return the sum of an account and everything below it, in fen."""
    names = frame["account"].astype(str)
    return int(frame.loc[(names == account) | names.str.startswith(f"{account}:"), "amount_fen"].sum())


def booked_fen(facts: Facts, line: PublishedLine) -> int:
    """Return a figure of the final accounts out of the vouchers of the year."""
    rows = facts.activity_of(datetime.date(2023, 1, 1), LAST)
    sign = -1 if line.section == "income" else 1
    if not line.account:
        return sign * int(rows.loc[rows["element"] == line.section, "amount_fen"].sum())
    return sign * below(rows, line.account)


def planned_fen(facts: Facts, line: PublishedLine) -> int:
    """Return a figure of the budget out of the budget lines; 当年收入 is income without earlier years' money."""
    frame = facts.budgets
    if line.account:
        return below(frame, line.account)
    elements = {"expense": ["expense"], "income": ["income", "net_assets"]}[line.section]
    wanted = ["income"] if line.key == "当年收入" else elements
    return int(frame.loc[frame["element"].isin(wanted), "amount_fen"].sum())


@pytest.mark.parametrize("line", FINAL.lines, ids=lambda line: f"{line.section}:{line.key}")
def test_final_accounts_figure(facts: Facts, line: PublishedLine) -> None:
    assert booked_fen(facts, line) == line.amount_fen


@pytest.mark.parametrize("line", BUDGET.lines, ids=lambda line: f"{line.section}:{line.key}")
def test_budget_figure(facts: Facts, line: PublishedLine) -> None:
    assert planned_fen(facts, line) == line.amount_fen


@pytest.mark.parametrize(("what", "figure"), [(FINAL, booked_fen), (BUDGET, planned_fen)], ids=["final", "budget"])
def test_published_sums_hold_in_the_frames(facts: Facts, what: Published, figure: object) -> None:
    assert callable(figure)
    assert len(what.checks) == 8
    lines = {(line.section, line.key): line for line in what.lines}
    for section, parts, whole in what.checks:
        total = sum(figure(facts, lines[section, part]) for part in parts)
        assert total == figure(facts, lines[section, whole]) == lines[section, whole].amount_fen


def test_result_and_balances_of_the_year(facts: Facts) -> None:
    assert (FINAL.balance["本年结余"], FINAL.balance["累计结余"]) == (-11_0000_00, 260_2400_00)
    year = facts.activity_of(datetime.date(2023, 1, 1), LAST)
    result = -int(year.loc[year["element"].isin(["income", "expense"]), "amount_fen"].sum())
    assert result == FINAL.balance["本年结余"]
    closed = facts.balances_on(LAST)
    assert -below(closed, "Equity:322-工会资金结余:32205-累计结余") == FINAL.balance["累计结余"]
    assert below(closed, "Assets:102-银行存款") == FINAL.balance["累计结余"]
    assert below(closed, "Assets:162-固定资产") == FINAL.balance["固定资产"] == 339_304_00
    assert (closed.loc[closed["element"].isin(["income", "expense"]), "amount_fen"] == 0).all()


def test_the_book_is_sound_and_its_close_is_the_softwares_own(facts: Facts) -> None:
    assert facts.integrity == ()
    open_rows = facts.journal[~facts.journal["carry_forward"]]
    ours = {line.account: line.amount_fen for voucher in college_closing() for line in voucher.lines}
    own = {line.account: line.amount_fen for voucher in carry_forward(open_rows, 2023) for line in voucher.lines}
    assert ours == own


def test_every_voucher_balances_and_names_its_source() -> None:
    for voucher in (*college_vouchers(), *college_closing()):
        assert voucher.residual_fen == 0
    assert all(page.url.split("//")[1].startswith("gh.dlvtc.edu.cn/") for page in published())
    assert sum(entry.amount_fen for entry in college_budget()) == 2 * 281_8700_00


def test_a_second_writing_into_the_folder_is_refused(tmp_path: Path) -> None:
    write_college(tmp_path / "book")
    with pytest.raises(FileExistsError, match="已有账套"):
        write_college(tmp_path / "book")
