"""The carry-forward, worked from the sentences of 财会〔2021〕7号 on accounts 321, 322, 331, 332 and 401-521.

Source: 《工会会计制度》 (财会〔2021〕7号), third part, 会计科目使用说明; each test names its paragraph.
"""

from __future__ import annotations

import datetime
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from ledger.closing import UnclosableYear, carry_forward, close_year
from ledger.facts import Facts
from ledger.reader import read_book
from ledger.union import UnionProfile
from ledger.vouchers import Line, Voucher, VoucherNumber
from ledger.writer import profile_text, write_book

CASH = "Assets:101-库存现金"
DUES = "Income:401-会费收入"
CONTRIBUTION = "Income:402-拨缴经费收入"
SUBSIDY = "Income:403-上级补助收入:40302-专项转移支付补助"
TREASURY = "Income:404-政府补助收入:40401-财政拨款收入"
OTHER_LEVEL = "Income:404-政府补助收入:40402-非同级财政拨款收入"
DRAWN = "Income:411-动用预算稳定调节基金"
ARRANGED = "Expenses:521-安排预算稳定调节基金"
RELIEF = "Expenses:504-维权支出:50405-送温暖支出"
MEETING = "Expenses:505-业务支出:50502-会议支出"
MEETING_TREASURY = "Expenses:505-业务支出:50502-会议支出:01-财政拨款"
RESULTS = "Equity:321-工会资金结转", "Equity:322-工会资金结余", "Equity:331-财政拨款结转", "Equity:332-财政拨款结余"
PROJECT = {"fund": "earmarked", "project": "送温暖"}

Entry = tuple[str, int, Mapping[str, str]]


def book_of(folder: Path, entries: Sequence[Entry], year: int = 2025, more: Sequence[Voucher] = ()) -> Path:
    """Write a book of vouchers between cash and one account each (fen, debit positive)."""
    made = [
        Voucher(
            datetime.date(year, 3, 1),
            VoucherNumber("记", year, 3, n),
            "",
            "业务",
            (Line(account, amount), Line(CASH, -amount)),
            metadata,
        )
        for n, (account, amount, metadata) in enumerate(entries, 1)
    ]
    profile = profile_text(UnionProfile("某市总工会", "", "city", "340500"))
    write_book(folder / "账套", profile, datetime.date(year, 1, 1), vouchers=[*made, *more])
    return folder / "账套"


def facts_of(book: Path) -> Facts:
    reading = read_book(book)
    assert reading.integrity == ()
    assert reading.facts is not None
    return reading.facts


def balances(book: Path, year: int = 2025) -> dict[str, int]:
    frame = facts_of(book).balances_on(datetime.date(year, 12, 31))
    return {str(a): int(v) for a, v in zip(frame["account"], frame["amount_fen"], strict=True) if v}


def closed(folder: Path, entries: Sequence[Entry], year: int = 2025) -> dict[str, int]:
    book = book_of(folder, entries, year)
    close_year(book, year)
    found = balances(book, year)
    assert not [account for account in found if account.startswith(("Income", "Expenses"))]
    found.pop(CASH, None)
    return found


def test_322_4_dues_and_retained_contributions_become_surplus(tmp_path: Path) -> None:
    found = closed(tmp_path, [(DUES, -500, {"fund": "dues"}), (CONTRIBUTION, -6000, {}), (MEETING, 1500, {})])
    assert found == {"Equity:322-工会资金结余:32205-累计结余": -5000}


def test_321_3_earmarked_income_and_expenditure_become_a_carry_forward(tmp_path: Path) -> None:
    found = closed(tmp_path, [(SUBSIDY, -1000, PROJECT), (RELIEF, 301, PROJECT), (CONTRIBUTION, -1, {})])
    assert found == {"Equity:321-工会资金结转:32104-累计结转": -699, "Equity:322-工会资金结余:32205-累计结余": -1}


def test_401_4_one_account_is_split_between_both_results(tmp_path: Path) -> None:
    found = closed(
        tmp_path, [(RELIEF, 70, PROJECT), (RELIEF, 30, {}), (RELIEF, 5, {"fund": "subsidy", "project": "乙"})]
    )
    assert found == {"Equity:321-工会资金结转:32104-累计结转": 75, "Equity:322-工会资金结余:32205-累计结余": 30}


def test_earmarked_money_without_a_project_and_a_project_of_dues_become_surplus(tmp_path: Path) -> None:
    found = closed(tmp_path, [(RELIEF, 70, {"fund": "earmarked"}), (RELIEF, 30, {"fund": "dues", "project": "甲"})])
    assert found == {"Equity:322-工会资金结余:32205-累计结余": 100}


def test_sums_that_cancel_between_results_are_still_moved(tmp_path: Path) -> None:
    found = closed(tmp_path, [(RELIEF, 70, PROJECT), (RELIEF, -70, {})])
    assert found == {"Equity:321-工会资金结转:32104-累计结转": 70, "Equity:322-工会资金结余:32205-累计结余": -70}


def test_331_3_and_404_3_treasury_appropriation_has_a_result_of_its_own(tmp_path: Path) -> None:
    entries = [(TREASURY, -900, {}), (MEETING_TREASURY, 400, {}), (OTHER_LEVEL, -50, PROJECT), (OTHER_LEVEL, -7, {})]
    assert closed(tmp_path, entries) == {
        "Equity:331-财政拨款结转:33104-累计结转": -500,
        "Equity:321-工会资金结转:32104-累计结转": -50,
        "Equity:322-工会资金结余:32205-累计结余": -7,
    }


def test_411_2_and_521_the_stabilisation_fund_closes_to_surplus(tmp_path: Path) -> None:
    found = closed(tmp_path, [(DRAWN, -300, PROJECT), (ARRANGED, 200, PROJECT)])
    assert found == {"Equity:322-工会资金结余:32205-累计结余": -100}


@pytest.mark.parametrize(
    ("result", "kept"),
    list(zip(RESULTS, ("32104-累计结转", "32205-累计结余", "33104-累计结转", "33205-累计结余"), strict=True)),
)
def test_321_4_322_6_331_4_332_5_every_other_sub_account_is_emptied(tmp_path: Path, result: str, kept: str) -> None:
    code = result.split(":")[1][:3]
    entries: list[Entry] = [(f"{result}:{code}01-年初余额调整", -11, {}), (f"{result}:{kept}", -100, {})]
    entries.append((f"{result}:{code}{'03' if code == '332' else '02'}-单位内部调剂", 4, {}))
    assert closed(tmp_path, entries) == {f"{result}:{kept}": -107}


def test_the_vouchers_are_numbered_tagged_balanced_and_name_the_project(tmp_path: Path) -> None:
    book = book_of(tmp_path, [(SUBSIDY, -1000, PROJECT), (CONTRIBUTION, -1, {})])
    made = close_year(book, 2025)
    assert [str(v.number) for v in made] == [f"转-2025-12-{n:04d}" for n in range(1, 5)]
    assert all(v.tags == ("carry-forward",) and v.residual_fen == 0 for v in made)
    assert {v.date for v in made} == {datetime.date(2025, 12, 31)}
    assert made[0].lines[0].metadata == {"project": "送温暖"}
    assert made[0].lines[1].account == "Equity:321-工会资金结转:32103-本年收支结转"


def test_closing_again_gives_the_same_file_and_plain_bean_check_accepts_it(tmp_path: Path) -> None:
    book = book_of(tmp_path, [(SUBSIDY, -1000, PROJECT), (RELIEF, 1, {})])
    close_year(book, 2025)
    before = {p: p.read_bytes() for p in book.rglob("*") if p.is_file()}
    close_year(book, 2025)
    assert {p: p.read_bytes() for p in book.rglob("*") if p.is_file()} == before
    command = [sys.executable, "-m", "beancount.scripts.check", str(book / "main.beancount")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_years_are_closed_in_order_and_results_run_on(tmp_path: Path) -> None:
    later = Voucher(
        datetime.date(2026, 2, 1),
        VoucherNumber("记", 2026, 2, 1),
        "",
        "业务",
        (Line(SUBSIDY, -5, PROJECT), Line(CASH, 5)),
    )
    book = book_of(tmp_path, [(SUBSIDY, -1000, PROJECT)], more=[later])
    with pytest.raises(UnclosableYear, match="2025 年及以前的收入支出尚未结转"):
        close_year(book, 2026)
    close_year(book, 2025)
    close_year(book, 2026)
    assert balances(book, 2026) == {CASH: 1005, "Equity:321-工会资金结转:32104-累计结转": -1005}


def test_what_people_closed_themselves_stays(tmp_path: Path) -> None:
    def manual(amount: int, number: int) -> Voucher:
        lines = (Line(DUES, amount), Line("Equity:322-工会资金结余:32203-本年收支结转", -amount))
        day = datetime.date(2025, 12, 31)
        return Voucher(day, VoucherNumber("转", 2025, 12, number), "", "结转", lines, tags=("carry-forward",))

    book = book_of(tmp_path / "全", [(DUES, -500, {}), (CONTRIBUTION, -1, {})], more=[manual(500, 1)])
    made = close_year(book, 2025)
    assert [str(v.number) for v in made] == ["转-2025-12-0002", "转-2025-12-0003"]
    assert balances(book) == {CASH: 501, "Equity:322-工会资金结余:32205-累计结余": -501}
    half = book_of(tmp_path / "半", [(DUES, -500, {})], more=[manual(499, 1)])
    with pytest.raises(UnclosableYear, match="没有结平"):
        close_year(half, 2025)


def test_a_year_of_the_old_system_and_a_book_at_fault(tmp_path: Path) -> None:
    book = book_of(tmp_path, [], 2021)
    with pytest.raises(UnclosableYear, match="2009 年工会会计制度"):
        close_year(book, 2021)
    (book / "main.beancount").unlink()
    with pytest.raises(UnclosableYear, match="账套本身有错"):
        close_year(book, 2025)


def test_a_close_file_with_other_vouchers_is_never_replaced(tmp_path: Path) -> None:
    book = book_of(tmp_path, [(DUES, -500, {})])
    (book / "2025/close.beancount").write_text((book / "2025/03.beancount").read_text(encoding="utf-8"), "utf-8")
    (book / "2025/03.beancount").write_text("", "utf-8")
    main = book / "main.beancount"
    main.write_text(main.read_text(encoding="utf-8") + 'include "2025/close.beancount"\n', "utf-8")
    with pytest.raises(UnclosableYear, match="不是期末结转的凭证"):
        close_year(book, 2025)


def test_nothing_to_close_writes_nothing(tmp_path: Path) -> None:
    book = book_of(tmp_path, [])
    assert close_year(book, 2025) == ()
    assert not (book / "2025/close.beancount").exists()


def test_the_order_of_rows_and_split_postings_change_nothing(tmp_path: Path) -> None:
    journal = facts_of(book_of(tmp_path, [(DUES, -500, {}), (RELIEF, 3, PROJECT), (RELIEF, 4, PROJECT)])).journal
    made = carry_forward(journal, 2025)
    assert carry_forward(journal.iloc[::-1], 2025) == made
    assert [line.amount_fen for line in made[0].lines] == [-7, 7]
