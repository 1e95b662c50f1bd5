"""The made-up hospital union: one seed gives one book, and every register agrees with the vouchers."""

from __future__ import annotations

import datetime
import re
from collections import Counter, defaultdict
from itertools import pairwise

import pytest

from ledger.accounts import resolve
from ledger.example import chart
from ledger.example.bank import IN_TRANSIT, UNBOOKED
from ledger.example.equipment import ASSETS, accumulated_fen
from ledger.example.hospital import Hospital, hospital, hospital_vouchers
from ledger.example.names import CHAIR_AFTER, CHAIR_BEFORE, UNION
from ledger.example.payroll import contribution_fen
from ledger.example.planted import OUT_OF_ORDER
from ledger.example.weaving import LEFT_OUT, UNPAID_DEPARTMENTS, UNPAID_MONTH
from ledger.example.workdays import is_workday
from ledger.money import fen_from_text
from ledger.union import parse_profile
from ledger.vouchers import Voucher

BOOK = hospital()
MEMBERS = {m.member_id: m for m in BOOK.members}


def balance(account: str, until: datetime.date = datetime.date(2025, 12, 31)) -> int:
    """Return the book's balance of an account and everything below it, debit positive, in fen."""
    return sum(
        line.amount_fen
        for voucher in hospital_vouchers()
        if voucher.date <= until
        for line in voucher.lines
        if line.account == account or line.account.startswith(f"{account}:")
    )


def by_month(account: str) -> dict[str, int]:
    """Return what an account was credited by month of wages, in fen."""
    sums: dict[str, int] = defaultdict(int)
    for voucher in BOOK.vouchers:
        for line in voucher.lines:
            if line.account == account and line.amount_fen < 0:
                sums[voucher.metadata["month-of"]] -= line.amount_fen
    return dict(sums)


def rows(name: str, key: str, value: str) -> list[dict[str, str]]:
    """Return a register's rows with a value in a column."""
    return [dict(row) for row in BOOK.registers[name] if row[key] == value]


def test_two_generations_of_a_seed_are_equal_and_another_seed_differs() -> None:
    again = hospital.__wrapped__(BOOK.seed)
    assert again == BOOK
    assert hospital.__wrapped__(BOOK.seed + 1).vouchers != BOOK.vouchers


def test_other_seeds_give_whole_books_too() -> None:
    for seed in (1, 7, 99):
        other: Hospital = hospital.__wrapped__(seed)
        assert all(voucher.residual_fen == 0 for voucher in other.vouchers)
        assert all(entry.amount_fen > 0 for entry in other.budgets)


def test_size_is_that_of_a_hospital() -> None:
    assert 600 <= len(BOOK.vouchers) <= 800
    assert 950 <= len(BOOK.registers["members"]) <= 1050
    assert {month.date.month for month in BOOK.vouchers} == set(range(1, 13))


def test_every_voucher_balances_on_accounts_of_the_chart() -> None:
    for voucher in hospital_vouchers():
        assert voucher.residual_fen == 0, voucher.narration
        for line in voucher.lines:
            assert resolve(line.account, voucher.date) is not None, line.account


def test_vouchers_fall_on_working_days_and_numbers_have_no_gaps() -> None:
    assert all(is_workday(voucher.date) for voucher in BOOK.vouchers)
    for month in range(1, 13):
        numbers = [v.number.number for v in BOOK.vouchers if v.number and v.number.month == month]
        assert sorted(numbers) == list(range(1, len(numbers) + 1))


def test_numbers_rise_with_the_date_but_for_the_planted_one() -> None:
    behind = []
    for month in range(1, 13):
        ordered = sorted((v for v in BOOK.vouchers if v.date.month == month), key=lambda v: v.number or 0)
        behind += [str(b.number) for a, b in pairwise(ordered) if b.date < a.date]
    planted = next(case for case in BOOK.planted if case.drafts == (OUT_OF_ORDER,))
    assert behind == [planted.vouchers[1]]


def test_metadata_is_complete_on_every_voucher() -> None:
    for voucher in BOOK.vouchers:
        told = voucher.metadata
        assert {"prepared-by", "reviewed-by", "posted-by", "handled-by", "approved-by", "attachments"} <= told.keys()
        spent = [line for line in voucher.lines if line.account.startswith("Expenses:")]
        if spent:
            assert {"fund", "payment"} <= told.keys(), voucher.narration
        if "invoice-date" in told:
            assert datetime.date(2025, 1, 1) <= datetime.date.fromisoformat(told["invoice-date"]) <= voucher.date


def test_the_chair_in_office_approves_unless_it_is_the_chairs_own_matter() -> None:
    for voucher in BOOK.vouchers:
        chair = CHAIR_BEFORE if voucher.date < datetime.date(2025, 7, 1) else CHAIR_AFTER
        if voucher.metadata["handled-by"] != CHAIR_BEFORE:
            assert voucher.metadata["approved-by"] == chair
        else:
            assert voucher.metadata["approved-by"] not in (CHAIR_BEFORE, CHAIR_AFTER)


def test_contribution_is_two_per_cent_of_payroll_but_for_the_planted_month() -> None:
    own, upward = by_month(chart.CONTRIBUTION), by_month(chart.DUE_TO_HIGHER)
    for month in range(1, 13):
        wages = [w for w in BOOK.wages if month != int(LEFT_OUT[0]) or w.category != LEFT_OUT[1]]
        due = contribution_fen(wages, month)
        assert (own[f"2025-{month:02d}"], upward[f"2025-{month:02d}"]) == due
        total = sum(w.total_wages_fen for w in wages if w.month == month)
        assert sum(due) * 50 == total
        assert due[0] * 2 == due[1] * 3
    assert balance(chart.DUE_TO_HIGHER) == 0


def test_dues_are_half_a_per_cent_of_the_bases_but_for_the_planted_departments() -> None:
    received = by_month(chart.DUES)
    for month in range(1, 13):
        paying = [m for m in BOOK.members if m.active_in(month)]
        if month == UNPAID_MONTH:
            paying = [m for m in paying if m.department not in UNPAID_DEPARTMENTS]
        bases = sum(m.dues_base_fen for m in paying)
        assert received[f"2025-{month:02d}"] * 200 == bases
        paid = sum(fen_from_text(row["paid"]) for row in rows("dues", "month", f"2025-{month:02d}"))
        assert paid == received[f"2025-{month:02d}"]
        if month != UNPAID_MONTH:
            assert bases == sum(w.dues_base_fen or 0 for w in BOOK.wages if w.month == month)


def test_payroll_counts_at_least_the_members() -> None:
    for row in BOOK.wages:
        inside = [m for m in BOOK.members if m.category == row.category and m.active_in(row.month)]
        assert row.headcount >= len(inside)


def test_every_list_adds_up_to_its_voucher() -> None:
    lists = {v.metadata["list"]: v for v in BOOK.vouchers if "list" in v.metadata}
    sums: dict[str, int] = defaultdict(int)
    for row in BOOK.registers["grants"]:
        sums[row["list"]] += fen_from_text(row["amount"])
        assert row["date"] == lists[row["list"]].date.isoformat()
    assert sums == {name: spent_fen(voucher) for name, voucher in lists.items()}


def spent_fen(voucher: Voucher) -> int:
    """Return the expenditure of a voucher in fen."""
    return sum(line.amount_fen for line in voucher.lines if line.account.startswith("Expenses:"))


def test_gifts_go_to_members_of_that_day_only() -> None:
    for row in BOOK.registers["grants"]:
        assert MEMBERS[row["member_id"]].active_on(datetime.date.fromisoformat(row["date"])), row


def test_birthday_coupons_come_once_and_in_the_month_of_birth() -> None:
    seen = Counter(row["member_id"] for row in rows("grants", "occasion", "生日"))
    assert set(seen.values()) == {1}
    for row in rows("grants", "occasion", "生日"):
        assert MEMBERS[row["member_id"]].birth_month == int(row["date"][5:7])


@pytest.mark.parametrize("account", [chart.BASIC, chart.CUSTODY_BANK])
def test_bank_statement_is_the_ledger_with_its_documented_items(account: str) -> None:
    lines = rows("bank", "account", account)
    transit = {s.number for s in BOOK.signed if s.draft.key in IN_TRANSIT}
    booked = sorted(
        (v.date.isoformat(), amount)
        for v in BOOK.vouchers
        if str(v.number) not in transit
        if (amount := sum(line.amount_fen for line in v.lines if line.account == account))
    )
    only_bank = [(u.date.isoformat(), -u.debit_fen) for u in UNBOOKED if u.account == account]
    shown = sorted((row["date"], fen(row["credit"]) - fen(row["debit"])) for row in lines)
    assert shown == sorted(booked + only_bank)
    running = next(line.amount_fen for line in BOOK.opening.lines if line.account == account)
    for row in lines:
        running += fen(row["credit"]) - fen(row["debit"])
        assert fen_from_text(row["balance"]) == running
    outstanding = sum(s.paid_fen for s in BOOK.signed if s.draft.key in IN_TRANSIT) if account == chart.BASIC else 0
    assert running == balance(account) + outstanding + sum(amount for _, amount in only_bank)


def fen(text: str) -> int:
    """Return a cell's amount, 0 for an empty one."""
    return fen_from_text(text) if text else 0


def test_custody_money_is_what_is_owed_for_others() -> None:
    assert balance(chart.CUSTODY_BANK) == -balance(chart.CUSTODY) > 0


def test_assets_agree_with_cards_depreciation_and_fund() -> None:
    cost = sum(balance(account) for account in chart.FIXED_ASSETS.values())
    assert cost == sum(fen_from_text(row["cost"]) for row in BOOK.registers["assets"])
    assert -balance(chart.DEPRECIATION) == accumulated_fen(ASSETS, 2025, 12)
    assert -balance(chart.ASSET_FUND) == cost + balance(chart.DEPRECIATION)
    for asset in ASSETS:
        assert asset.monthly_fen * asset.life_years * 12 == asset.cost_fen


def test_money_equals_debts_and_free_funds() -> None:
    money = balance(chart.CASH) + balance(chart.BASIC) + balance(chart.CUSTODY_BANK)
    receivable = balance("Assets:131-应收上级经费") + balance("Assets:135-其他应收款")
    owed = -balance("Liabilities:211-应付上级经费") - balance("Liabilities:221-代管经费")
    funds = -balance("Equity:321-工会资金结转") - balance("Equity:322-工会资金结余")
    result = -sum(line.amount_fen for v in BOOK.vouchers for line in v.lines if line.account[:3] in ("Inc", "Exp"))
    assert money + receivable == owed + funds + result
    assert receivable == 0


def test_invoices_are_unique_and_agree_with_their_vouchers() -> None:
    by_number = {v.metadata["invoice"]: v for v in BOOK.vouchers if "invoice" in v.metadata}
    register = BOOK.registers["invoices"]
    assert len({row["invoice"] for row in register}) == len(register)
    for row in register:
        voucher = by_number[row["invoice"]]
        assert (row["seller"], row["buyer"], row["status"]) == (voucher.payee, UNION, "正常")
        assert fen_from_text(row["amount"]) == spent_fen(voucher)


def test_contracts_and_resolutions_come_first_and_suffice() -> None:
    for name, key, day, amount in (
        ("contracts", "contract", "signed", "amount"),
        ("resolutions", "resolution", "date", "amount"),
    ):
        register = {row["contract" if name == "contracts" else "id"]: row for row in BOOK.registers[name]}
        spent: dict[str, int] = defaultdict(int)
        for signed in BOOK.signed:
            if key in signed.voucher.metadata:
                row = register[signed.voucher.metadata[key]]
                assert row[day] <= signed.voucher.date.isoformat(), signed.voucher.narration
                spent[signed.voucher.metadata[key]] += signed.paid_fen
                if name == "contracts":
                    assert row["party"] == signed.voucher.payee
        for number, total in spent.items():
            assert total <= fen_from_text(register[number][amount])


def test_till_counts_are_the_books_and_stay_small() -> None:
    for row in BOOK.registers["cash_counts"]:
        day = datetime.date.fromisoformat(row["date"])
        assert fen_from_text(row["counted"]) == balance(chart.CASH, day)
        assert 0 <= balance(chart.CASH, day) <= 2_000_00


def test_hardship_aid_goes_to_files_opened_before_and_stays_within_the_subsidy() -> None:
    opened = {row["member_id"]: row["opened"] for row in BOOK.registers["hardship"]}
    helped = rows("grants", "occasion", "困难")
    assert helped
    assert all(opened[row["member_id"]] < row["date"] for row in helped)
    assert max(Counter(row["member_id"] for row in helped).values()) == 1
    assert balance(chart.HARDSHIP) <= -balance(chart.EARMARKED_SUBSIDY)


def test_profile_is_read_without_a_fault() -> None:
    profile = parse_profile(BOOK.profile)
    assert (profile.name, profile.region, profile.collection) == (UNION, "340500", "direct")
    assert len({standard.key for standard in profile.standards}) == len(profile.standards)


def test_no_number_of_a_person_stands_anywhere() -> None:
    text = "\n".join(
        [*(str(dict(row)) for rows_of in BOOK.registers.values() for row in rows_of), *map(str, BOOK.vouchers)]
    )
    assert not re.search(r"(?<!\d)\d{17}[\dXx](?!\d)", text)
    assert not re.search(r"(?<!\d)1[3-9]\d{9}(?!\d)", text)
    assert {m.name for m in BOOK.members} == {f"职工{m.member_id[1:]}" for m in BOOK.members}
