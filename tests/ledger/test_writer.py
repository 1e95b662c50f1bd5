"""The book's text: exact, aligned, safe, and accepted by plain bean-check and plain Fava."""

from __future__ import annotations

import csv
import datetime
import io
import subprocess
import sys
import unicodedata
from decimal import Decimal
from pathlib import Path

import pytest
from beancount.core.account import is_valid
from fava.core import FavaLedger
from hypothesis import given
from hypothesis import strategies as st

from ledger.events.subaccounts import sub_account
from ledger.names import as_seen, component_name, is_account_name
from ledger.union import Standard, UnionProfile, parse_profile
from ledger.vouchers import BudgetEntry, Line, Voucher, VoucherNumber
from ledger.writer import (
    UnwritableText,
    budget_text,
    display_width,
    profile_text,
    register_csv,
    voucher_text,
    write_book,
)

DAY = datetime.date(2025, 3, 20)
VOUCHER = Voucher(
    DAY,
    VoucherNumber("记", 2025, 3, 1),
    "某市第一医院",
    '拨缴"3月"工会经费\\',
    (
        Line("Assets:102-银行存款:01-基本户", 1234567),
        Line("Income:402-拨缴经费收入", -1234567, {"month-of": "2025-02"}),
    ),
    {"attachments": "2", "occurred": "2025-03-19", "fund": "retained", "participants": "三十"},
)
PROFILE = UnionProfile("某工会", "", "grassroots", "340500")


def test_a_voucher_as_text() -> None:
    assert voucher_text(VOUCHER) == (
        '2025-03-20 * "某市第一医院" "拨缴\\"3月\\"工会经费\\\\"\n'
        '  voucher: "记-2025-03-0001"\n'
        "  attachments: 2\n"
        "  occurred: 2025-03-19\n"
        '  fund: "retained"\n'
        '  participants: "三十"\n'
        "  Assets:102-银行存款:01-基本户   12345.67 CNY\n"
        "  Income:402-拨缴经费收入        -12345.67 CNY\n"
        '    month-of: "2025-02"\n'
    )


def test_amounts_stand_in_one_column() -> None:
    lines = [line for line in voucher_text(VOUCHER).splitlines() if line.endswith("CNY")]
    assert len({display_width(line) for line in lines}) == 1


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"narration": "坏\x00"}, "控制字符"),
        ({"metadata": {"Plugin x": "y"}}, "元数据的键"),
        ({"tags": ("结转",)}, "标记"),
        ({"lines": (Line("Assets:银行", 1),)}, "不是账套的科目名"),
        ({"lines": (Line("Assets:101-现金\n2025-01-01 open X", 1),)}, "不是账套的科目名"),
    ],
)
def test_what_a_book_cannot_hold_is_refused(change: dict[str, object], why: str) -> None:
    fields = {name: getattr(VOUCHER, name) for name in VOUCHER.__dataclass_fields__} | change
    with pytest.raises(UnwritableText, match=why):
        voucher_text(Voucher(**fields))


def test_a_budget_line_as_text() -> None:
    entry = BudgetEntry(DAY, 2025, "Expenses:505-业务支出", 100, 1, "项目", approved=DAY, reason="增加")
    assert budget_text(entry) == (
        '2025-03-20 custom "union-budget" "2025" Expenses:505-业务支出 1.00 CNY\n'
        '  version: 1\n  project: "项目"\n  approved: 2025-03-20\n  reason: "增加"\n'
    )


def test_a_register_as_csv() -> None:
    text = register_csv("payroll", [{"month": "2025-03", "category": '在编,"甲"', "total_wages": "1.00"}])
    assert next(csv.DictReader(io.StringIO(text))) == {
        "month": "2025-03",
        "category": '在编,"甲"',
        "headcount": "",
        "total_wages": "1.00",
        "dues_base": "",
    }


def test_a_profile_reads_back() -> None:
    standard = Standard("holiday.annual_cap", Decimal("2000"), DAY, DAY, "某市〔2020〕3号", "第三条")
    profile = UnionProfile(
        '甲"\\\x7f工会', "81", "county", "340500", "medical", DAY, "上级", "tax", ("Assets:101-库存现金",), (standard,)
    )
    assert parse_profile(profile_text(profile)) == profile


def test_plain_bean_check_and_plain_fava_accept_a_written_book(tmp_path: Path) -> None:
    budget = BudgetEntry(DAY, 2025, "Expenses:505-业务支出", 100, 0)
    write_book(
        tmp_path / "账套",
        profile_text(PROFILE),
        datetime.date(2025, 1, 1),
        accounts=["Assets:101-库存现金"],
        vouchers=[VOUCHER],
        budgets=[budget],
        registers={"payroll": [{"month": "2025-03", "total_wages": "1.00"}]},
    )
    main = tmp_path / "账套/main.beancount"
    command = [sys.executable, "-m", "beancount.scripts.check", str(main)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    fava = FavaLedger(str(main))
    assert fava.errors == []
    assert [e.narration for e in fava.all_entries_by_type.Transaction] == [VOUCHER.narration]
    with pytest.raises(FileExistsError):
        write_book(tmp_path / "账套", profile_text(PROFILE), datetime.date(2025, 1, 1))


@given(st.text(max_size=10))
def test_a_component_is_what_beancount_accepts(name: str) -> None:
    part = component_name(name)
    if part:
        account = f"Assets:102-{part}"
        assert is_account_name(account)
        assert is_valid(account)
        assert unicodedata.normalize("NFKC", account) == account


@pytest.mark.parametrize(
    ("typed", "seen"),
    [
        ("付\u200b办公费\ufeff", "付办公费"),
        ("甲\u1680乙\u2028丙", "甲 乙 丙"),
        ("甲\u3000乙\u00a0丙\n丁", "甲\u3000乙\u00a0丙\n丁"),
        ("付 office", "付 office"),
    ],
)
def test_pasted_text_is_what_a_person_sees(typed: str, seen: str) -> None:
    assert as_seen(typed) == seen


def test_a_sub_account_that_looks_the_same_is_used_again() -> None:
    parent = "Assets:135-其他应收款"
    first = sub_account(parent, "Ĳ公司", ())
    assert first == f"{parent}:01-IJ公司"
    assert sub_account(parent, "ij公司", (first,)) == first
    assert sub_account(parent, "某公司", (first,)) == f"{parent}:02-某公司"


@given(st.text("AssetsIncome:012-银行（_²①. \n", max_size=14))
def test_our_account_names_are_beancounts(text: str) -> None:
    if is_account_name(text):
        assert is_valid(text)
