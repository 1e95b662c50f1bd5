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

from ledger.book import init_book
from ledger.closing import UnclosableYear, carry_forward, close_year, result_of
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


def test_the_first_day_belongs_to_its_year_and_the_last_day_before_to_the_year_before(tmp_path: Path) -> None:
    def on(day: str) -> Voucher:
        date = datetime.date.fromisoformat(day)
        number = VoucherNumber("记", date.year, date.month, 1)
        return Voucher(date, number, "", "业务", (Line(DUES, -7), Line(CASH, 7)))

    book = book_of(tmp_path, [], more=[on("2025-01-01")])
    close_year(book, 2025)
    assert balances(book) == {CASH: 7, "Equity:322-工会资金结余:32205-累计结余": -7}
    before = book_of(tmp_path / "前", [], year=2024, more=[on("2024-12-31")])
    with pytest.raises(UnclosableYear, match="2024 年及以前的收入支出尚未结转"):
        close_year(before, 2025)


def test_the_treasurys_money_is_told_by_its_income_or_by_a_sub_account_of_that_very_name() -> None:
    spent = "Expenses:510-其他支出"
    assert result_of(f"{spent}:01-财政拨款", "other_expense", "", "") == "treasury_carry_forward"
    assert result_of(f"{spent}:01-其他:02-财政拨款", "other_expense", "dues", "") == "treasury_carry_forward"
    assert result_of(f"{spent}:01-财政拨款收入", "other_expense", "", "") == "union_surplus"
    assert result_of(spent, "other_expense", "earmarked", "送温暖") == "union_carry_forward"
    assert result_of(spent, "other_expense", "earmarked", "") == "union_surplus"
    assert result_of(spent, "other_expense", "dues", "送温暖") == "union_surplus"
    assert result_of(TREASURY, "same_level_treasury_income", "", "") == "treasury_carry_forward"
    assert result_of(DRAWN, "stabilisation_fund_drawn", "earmarked", "送温暖") == "union_surplus"


def test_what_people_closed_themselves_stays(tmp_path: Path) -> None:
    def manual(amount: int, number: int) -> Voucher:
        lines = (Line(DUES, amount), Line("Equity:322-工会资金结余:32203-本年收支结转", -amount))
        day = datetime.date(2025, 12, 31)
        return Voucher(day, VoucherNumber("转", 2025, 12, number), "", "结转", lines, tags=("carry-forward",))

    book = book_of(tmp_path / "全", [(DUES, -500, {}), (CONTRIBUTION, -1, {})], more=[manual(500, 1)])
    made = close_year(book, 2025)
    assert [str(v.number) for v in made] == ["转-2025-12-0002", "转-2025-12-0003"]
    assert balances(book) == {CASH: 501, "Equity:322-工会资金结余:32205-累计结余": -501}
    fen = book_of(tmp_path / "分", [(DUES, -1, {})], more=[manual(1, 1)])
    close_year(fen, 2025)
    assert balances(fen) == {CASH: 1, "Equity:322-工会资金结余:32205-累计结余": -1}
    half = book_of(tmp_path / "半", [(DUES, -500, {})], more=[manual(499, 1)])
    with pytest.raises(UnclosableYear, match="没有结平"):
        close_year(half, 2025)


def test_the_numbers_go_on_after_those_of_the_same_word_and_month(tmp_path: Path) -> None:
    def other(word: str, month: int, number: int) -> Voucher:
        day = datetime.date(2025, month, 28)
        lines = (Line(CASH, 1), Line("Assets:102-银行存款:01-基本户", -1))
        return Voucher(day, VoucherNumber(word, 2025, month, number), "", "取现", lines)

    more = [other("转", 12, 3), other("记", 12, 9), other("转", 11, 50)]
    (first, _) = close_year(book_of(tmp_path, [(DUES, -500, {})], more=more), 2025)
    assert str(first.number) == "转-2025-12-0004"


def test_a_book_that_can_be_read_but_is_not_whole_is_not_closed(tmp_path: Path) -> None:
    book = book_of(tmp_path, [(DUES, -500, {})])
    main = book / "main.beancount"
    main.write_text(main.read_text(encoding="utf-8") + 'include "2025/04.beancount"\n', "utf-8")
    reading = read_book(book)
    assert reading.facts is not None
    assert [found.code for found in reading.fatal] == ["INCLUDE_MISSING"]
    with pytest.raises(UnclosableYear, match="账套本身有错"):
        close_year(book, 2025)
    assert not (book / "2025/close.beancount").exists()


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


def test_a_year_with_a_voucher_out_of_balance_is_not_closed(tmp_path: Path) -> None:
    book = init_book(tmp_path / "book", "某市第一医院工会委员会", "340500", 2025)
    (book / "2025").mkdir(exist_ok=True)
    (book / "2025/01.beancount").write_text(
        '2025-01-10 * "某单位" "利息"\n  voucher: "记-2025-01-0001"\n'
        "  Assets:102-银行存款:01-基本户  100.00 CNY\n  Income:408-其他收入  -99.99 CNY\n",
        encoding="utf-8",
    )
    with (book / "main.beancount").open("a", encoding="utf-8") as main:
        main.write('include "2025/01.beancount"\n')
    with pytest.raises(UnclosableYear, match=r"2025/01\.beancount:1 .*借贷不平，差额 0\.01"):
        close_year(book, 2025)
    assert not (book / "2025/close.beancount").exists()
