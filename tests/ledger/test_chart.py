"""The statutory charts of 财会〔2009〕7号 and 财会〔2021〕7号, and the change-over of 财会〔2021〕16号."""

from __future__ import annotations

import datetime

import pytest

from ledger.accounts import (
    Chart,
    UnknownAccount,
    account_name,
    chart_on,
    charts,
    correspondence,
    resolve,
    statutory,
)

OLD_DAY = datetime.date(2021, 12, 31)
NEW_DAY = datetime.date(2022, 1, 1)


def test_the_charts_hold_every_account_of_the_regulations() -> None:
    before, after = charts()
    assert len(before.accounts) == 93
    assert len(after.accounts) == 116


# 财会〔2021〕7号 第二部分, the two lists of main accounts as printed.
GRASSROOTS = "101 102 131 135 141 162 163 182 211 215 301 321 322 401 402 403 405 408 501 503 504 505 507 510"
COUNTY = (
    "101 102 111 121 131 132 135 141 151 161 162 163 171 172 181 182 201 211 212 215 221 301 311 321 322 331 332 341 "
    "402 403 404 406 407 408 411 502 503 504 505 506 507 508 509 510 521"
)


@pytest.mark.parametrize(("level", "printed"), [("grassroots", GRASSROOTS), ("county", COUNTY)])
def test_main_accounts_of_each_level_are_those_printed(level: str, printed: str) -> None:
    held = [a.code for a in chart_on(NEW_DAY).accounts if len(a.code) == 3 and a.levels in (level, "both")]
    assert held == printed.split()


@pytest.mark.parametrize("chart", charts(), ids=lambda chart: str(chart.since.year))
def test_a_chart_is_whole(chart: Chart) -> None:
    codes = [a.code for a in chart.accounts]
    meanings = [a.meaning for a in chart.accounts]
    assert len(set(codes)) == len(codes)
    assert len(set(meanings)) == len(meanings)
    for account in chart.accounts:
        assert account.parent_code in codes
        assert chart.by_code[account.parent_code].element == account.element
        assert account.side in ("debit", "credit")
        assert account.levels in ("grassroots", "county", "both")
        name = account_name(account)
        assert resolve(name, chart.since) == account


def test_the_chart_changes_on_the_first_of_january_2022() -> None:
    assert chart_on(OLD_DAY).instrument == "accounting-system-2009"
    assert chart_on(NEW_DAY).instrument == "accounting-system-2021"
    assert statutory("surplus", OLD_DAY).code == "331"
    assert statutory("union_surplus", NEW_DAY).code == "322"
    with pytest.raises(UnknownAccount, match="2022-01-01"):
        statutory("reserve_fund", NEW_DAY)


def test_assets_with_a_credit_side() -> None:
    credit = {a.code for a in chart_on(NEW_DAY).accounts if a.element == "assets" and a.side == "credit"}
    assert credit == {"163", "172"}


def test_code_and_name_must_agree() -> None:
    assert resolve("Equity:322-后备金", NEW_DAY) is None
    assert resolve("Equity:322-后备金", NEW_DAY, change_over=True) == statutory("reserve_fund", OLD_DAY)
    assert resolve("Income:102-银行存款", NEW_DAY) is None


def to(old: str) -> set[tuple[str, str, str]]:
    return {(c.new.name if c.new else "", c.levels, c.clause) for c in correspondence() if c.old.name == old}


# Each line: a sentence of 财会〔2021〕16号 and what it says of one old account.
SENTENCES = [
    ("借出款", {("其他应收款", "both", "二（一）6")}),
    ("应收上级经费", {("其他应收款", "both", "二（一）4"), ("应收上级经费", "both", "二（一）4")}),
    ("固定资产", {(n, "both", c) for n, c in
                  (("库存物品", "二（一）9（1）"), ("无形资产", "二（一）9（2）"), ("固定资产", "二（一）9（3）"))}),
    ("零余额账户用款额度", {("", "both", "二（一）10")}),
    ("应付工资（离退休费）", {("应付职工薪酬", "both", "二（二）1")}),
    ("应付地方（部门）津贴补贴", {("应付职工薪酬", "both", "二（二）1")}),
    ("应付其他个人收入", {("应付职工薪酬", "both", "二（二）1")}),
    ("应付下级经费", {("其他应付款", "both", "二（二）3"), ("应付下级经费", "both", "二（二）3")}),
    ("借入款", {("其他应付款", "both", "二（二）4")}),
    ("代管经费", {("代管经费", "both", "二（二）6")}),
    ("投资基金", {("投资", "both", "二（三）1（2）")}),
    ("在建工程占用资金", {("在建工程", "both", "二（三）1（3）")}),
    ("权益保障金", {("专用基金", "both", "二（三）2")}),
    ("增收留成基金", {("工会资金结余", "both", "二（三）2")}),
    ("财务专用基金", {("工会资金结余", "both", "二（三）2")}),
    ("后备金", {("工会资金结余", "both", "二（三）3")}),
    ("结余", {
        ("库存物品", "both", "二（一）3"),
        ("工会资金结转", "grassroots", "二（三）4（1）"),
        ("工会资金结余", "grassroots", "二（三）4（1）"),
        ("财政拨款结转", "county", "二（三）4（2）"),
        ("财政拨款结余", "county", "二（三）4（2）"),
        ("工会资金结转", "county", "二（三）4（2）"),
        ("工会资金结余", "county", "二（三）4（2）"),
    }),
    ("会费收入", {("", "both", "二（四）")}),
]  # fmt: skip


@pytest.mark.parametrize(("old", "expected"), SENTENCES, ids=[old for old, _ in SENTENCES])
def test_balances_went_where_the_transition_rules_say(old: str, expected: set[tuple[str, str, str]]) -> None:
    assert to(old) == expected


def test_fixed_asset_fund_is_split_over_the_asset_fund() -> None:
    found = {c.new.code: c.new.parent_code for c in correspondence() if c.old.name == "固定基金" and c.new}
    assert found == {"30101": "301", "30104": "301", "30105": "301"}


def test_every_old_account_has_somewhere_to_go() -> None:
    before, after = charts()
    covered = {c.old.code for c in correspondence()}
    for account in before.accounts:
        below = {a.code for a in before.accounts if a.parent_code == account.code and a is not account}
        assert account.code in covered or account.parent_code in covered or below <= covered, account
    for line in correspondence():
        assert line.condition
        assert line.clause.startswith("二（")
        assert line.new is None or line.new in after.accounts
        if line.new is None:
            assert "无余额" in line.condition
        else:
            assert line.new.element == line.old.element
