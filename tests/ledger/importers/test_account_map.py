"""Accounts of packages as accounts of the book: 3-2-2 codes, paths of names, and what is never guessed."""

from __future__ import annotations

import datetime

import pytest

from ledger.importers.account_map import account_map
from ledger.importers.cells import CellError

DAY = datetime.date(2025, 3, 1)
MEMBERS = "Expenses:501-职工活动支出:50105-会员活动支出"


@pytest.mark.parametrize(
    ("code", "name", "account"),
    [
        ("50105", "会员活动支出", MEMBERS),
        ("50105", "", MEMBERS),
        ("101.0", "库存现金", "Assets:101-库存现金"),
        ("50105", "职工活动支出-会员活动支出", MEMBERS),
        ("5010501", "节日慰问", f"{MEMBERS}:01-节日慰问"),
        ("50105.01", "职工活动支出\\会员活动支出\\节日慰问", f"{MEMBERS}:01-节日慰问"),
        ("501.05.01", "节日慰问", f"{MEMBERS}:01-节日慰问"),
        ("10201", "银行存款-基本户", "Assets:102-银行存款:01-基本户"),
        ("10201", "基本户", "Assets:102-银行存款:01-基本户"),
        ("135.0101", "张某备用金", "Assets:135-其他应收款:0101-张某备用金"),
        ("1350101", "张某备用金", "Assets:135-其他应收款:0101-张某备用金"),
        ("1350101", "备用金_张某", "Assets:135-其他应收款:01-备用金:01-张某"),
        ("", "会员活动支出", MEMBERS),
        ("", MEMBERS, MEMBERS),
        ("32205", "累计结余", "Equity:322-工会资金结余:32205-累计结余"),
        ("21501", "建会筹备金（代收）", "Liabilities:215-其他应付款:01-建会筹备金-代收"),
    ],
)
def test_accounts(code: str, name: str, account: str) -> None:
    assert account_map([], []).account(code, name, DAY) == account


def test_names_of_upper_levels_come_from_the_file() -> None:
    accounts = account_map([("13501", "备用金"), ("1350101", "张某")], [])
    assert accounts.account("1350101", "张某", DAY) == "Assets:135-其他应收款:01-备用金:01-张某"
    assert accounts.account("1350101", "", DAY) == "Assets:135-其他应收款:01-备用金:01-张某"


def test_accounts_of_the_book_are_found_by_code_and_by_name() -> None:
    known = ["Assets:102-银行存款:01-基本户", "Assets:135-其他应收款:0101-张某备用金"]
    accounts = account_map([], known)
    assert accounts.account("10201", "", DAY) == known[0]
    assert accounts.account("1350101", "张某备用金", DAY) == known[1]
    assert accounts.account("", "基本户", DAY) == known[0]


@pytest.mark.parametrize(
    ("code", "name", "why"),
    [
        ("999", "会员活动支岀", "最接近的是“50105 会员活动支出”"),
        ("101", "现金和银行", "应为“库存现金”"),
        ("50105", "节日慰问", "应为“会员活动支出”"),
        ("10201", "", "缺少各级的名称"),
        ("", "年初余额调整", "对应多个科目"),
        ("", "会员活动", "最接近的是“50105 会员活动支出”"),
        ("", "", "没有科目"),
        ("ABC", "", "不在2021 年工会会计制度科目表内"),
        ("1022", "基本户", "位数不对"),
        ("Assets:1002-银行存款", "", "科目表内"),
    ],
)
def test_unknown_accounts_name_the_nearest(code: str, name: str, why: str) -> None:
    with pytest.raises(CellError, match=why):
        account_map([], []).account(code, name, DAY)


def test_the_chart_of_the_day_counts() -> None:
    accounts = account_map([], [])
    assert accounts.account("503", "业务支出", datetime.date(2021, 12, 31)) == "Expenses:503-业务支出"
    with pytest.raises(CellError, match="应为“职工服务支出”"):
        accounts.account("503", "业务支出", datetime.date(2022, 1, 1))
