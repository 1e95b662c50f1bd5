"""The change-over of 2022-01-01, worked from 财会〔2021〕16号.

Source: 《工会新旧会计制度有关衔接问题的处理规定》 (财会〔2021〕16号, 2021-06-30), sections two to four and the table
of corresponding accounts; each case names its clause.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.accounts import account_name, charts, correspondence, resolve
from ledger.change_over import (
    DAY,
    Adjustment,
    Decision,
    balances_after,
    change_over,
)
from ledger.change_over_table import questions_table, read_decisions

BANK = "Assets:102-银行存款:01-基本户"
SURPLUS = "Equity:331-结余"
NEW_SURPLUS = "Equity:322-工会资金结余:32205-累计结余"
NEW_CARRIED = "Equity:321-工会资金结转:32104-累计结转"
ASSET_FUND = "Equity:301-资产基金"


def after(balances: Mapping[str, int], *decisions: Decision, level: str = "grassroots") -> Mapping[str, int]:
    made = change_over(balances, level, decisions)
    assert (made.questions, made.problems) == ((), ())
    assert made.voucher is not None
    assert made.voucher.residual_fen == 0
    assert (made.voucher.date, made.voucher.tags) == (datetime.date(2022, 1, 1), ("change-over",))
    return balances_after(balances, made.voucher)


# Clause, old account, and where the whole of it goes: the lines of the table that ask nobody.
WHOLE = [
    ("二（一）1", "Assets:101-库存现金", "Assets:101-库存现金"),
    ("二（一）1", BANK, BANK),
    ("二（一）2", "Assets:112-财政应返还额度", "Assets:121-财政应返还额度"),
    ("二（一）2", "Assets:112-财政应返还额度:11201-财政直接支付", "Assets:121-财政应返还额度:12101-财政直接支付"),
    ("二（一）2", "Assets:151-投资:01-某公司", "Assets:151-投资:01-某公司"),
    ("二（一）6", "Assets:121-借出款:01-某单位", "Assets:135-其他应收款:01-某单位"),
    ("二（一）7", "Assets:135-其他应收款:0101-备用金", "Assets:135-其他应收款:0101-备用金"),
    ("二（一）4", "Assets:131-应收上级经费:13103-应收建会筹备金", "Assets:135-其他应收款"),
    ("二（一）4", "Assets:131-应收上级经费:13101-应收上级补助", "Assets:131-应收上级经费:13101-应收上级补助"),
    ("二（一）8", "Assets:161-在建工程:01-活动中心", "Assets:161-在建工程:01-活动中心"),
    ("二（二）1", "Liabilities:201-应付工资-离退休费", "Liabilities:201-应付职工薪酬"),
    ("二（二）1", "Liabilities:202-应付地方-部门-津贴补贴", "Liabilities:201-应付职工薪酬"),
    ("二（二）1", "Liabilities:203-应付其他个人收入", "Liabilities:201-应付职工薪酬"),
    ("二（二）3", "Liabilities:222-应付下级经费:22203-应付建会筹备金", "Liabilities:215-其他应付款"),
    (
        "二（二）3",
        "Liabilities:222-应付下级经费:22202-应付下级转拨经费",
        "Liabilities:212-应付下级经费:21202-应付下级转拨经费",
    ),
    ("二（二）4", "Liabilities:211-借入款:01-某单位", "Liabilities:215-其他应付款:01-某单位"),
    ("二（二）5", "Liabilities:225-其他应付款:01-押金", "Liabilities:215-其他应付款:01-押金"),
    ("二（二）6", "Liabilities:231-代管经费", "Liabilities:221-代管经费"),
    ("二（三）1（2）", "Equity:311-投资基金", f"{ASSET_FUND}:30102-投资"),
    ("二（三）1（3）", "Equity:302-在建工程占用资金", f"{ASSET_FUND}:30103-在建工程"),
    ("二（三）2", "Equity:321-专用基金:32101-增收留成基金", NEW_SURPLUS),
    ("二（三）2", "Equity:321-专用基金:32102-财务专用基金", NEW_SURPLUS),
    ("二（三）2", "Equity:321-专用基金:32103-权益保障金", "Equity:311-专用基金"),
    ("二（三）3", "Equity:322-后备金", NEW_SURPLUS),
]


@pytest.mark.parametrize(("clause", "old", "new"), WHOLE)
def test_accounts_that_go_over_whole(clause: str, old: str, new: str) -> None:
    sign = -1 if old.startswith(("Liabilities", "Equity")) else 1
    against = {BANK: -sign * 70000} if old != BANK else {"Equity:322-后备金": -70000}
    found = after({old: sign * 70000, **against})
    assert found[new] == sign * 70000
    assert old == new or old not in found
    made = change_over({old: sign * 70000, **against}, "grassroots").voucher
    assert made is not None
    assert {line.metadata["clause"] for line in made.lines if line.account in (old, new) and old != new} <= {clause}


def test_2_1_3_inventory_takes_its_fund_out_of_the_surplus() -> None:
    found = after({BANK: 90000, "Assets:141-库存物品:01-奖品": 10000, SURPLUS: -100000}, Decision("331", "321", 25000))
    assert found == {
        BANK: 90000,
        "Assets:141-库存物品:01-奖品": 10000,
        f"{ASSET_FUND}:30101-库存物品": -10000,
        NEW_CARRIED: -25000,
        NEW_SURPLUS: -65000,
    }


def test_2_1_9_fixed_assets_are_divided_and_their_fund_likewise() -> None:
    balances = {"Assets:162-固定资产:01-通用设备": 100000, "Equity:301-固定基金": -100000}
    found = after(balances, Decision("162", "141", 30000, "单价不到新标准"), Decision("162", "171", 20000, "财务软件"))
    assert found == {
        "Assets:141-库存物品:01-通用设备": 30000,
        "Assets:162-固定资产:01-通用设备": 50000,
        "Assets:171-无形资产:01-通用设备": 20000,
        f"{ASSET_FUND}:30101-库存物品": -30000,
        f"{ASSET_FUND}:30104-固定资产": -50000,
        f"{ASSET_FUND}:30105-无形资产": -20000,
    }


def test_2_1_4_and_2_2_2_founding_funds_are_decided_where_the_books_do_not_keep_them_apart() -> None:
    balances = {"Assets:131-应收上级经费": 9000, "Liabilities:221-应付上级经费": -9000}
    asked = change_over(balances, "grassroots")
    assert asked.voucher is None
    assert [(q.old, q.amount_fen, [c.new.code for c in q.choices if c.new]) for q in asked.questions] == [
        ("Assets:131-应收上级经费", 9000, ["135"]),
        ("Liabilities:221-应付上级经费", 9000, ["215"]),
    ]
    assert "其余转入 131 应收上级经费" in asked.questions[0].told
    found = after(balances, Decision("131", "135", 1500), Decision("221", "215", 9000))
    assert found == {
        "Assets:131-应收上级经费": 7500,
        "Assets:135-其他应收款": 1500,
        "Liabilities:215-其他应付款": -9000,
    }


def test_2_3_4_a_county_union_divides_its_surplus_four_ways() -> None:
    decisions = [Decision("331", new, fen) for new, fen in (("331", 100), ("332", 200), ("321", 300))]
    found = after({BANK: 1000, SURPLUS: -1000}, *decisions, level="county")
    assert found == {
        BANK: 1000,
        "Equity:331-财政拨款结转:33104-累计结转": -100,
        "Equity:332-财政拨款结余:33205-累计结余": -200,
        NEW_CARRIED: -300,
        NEW_SURPLUS: -400,
    }


def test_section_4_adjustments_stand_in_the_same_transaction() -> None:
    balances = {"Assets:162-固定资产": 60000, "Equity:301-固定基金": -60000}
    back = Adjustment(f"{ASSET_FUND}:30104-固定资产", "Assets:163-累计折旧", 12000, "四（二）")
    decisions = (Decision("162", "141", 0), Decision("162", "171", 0))
    made = change_over(balances, "grassroots", decisions, (back,)).voucher
    assert made is not None
    assert balances_after(balances, made) == {
        "Assets:162-固定资产": 60000,
        "Assets:163-累计折旧": -12000,
        f"{ASSET_FUND}:30104-固定资产": -48000,
    }
    strange = change_over(balances, "grassroots", decisions, (Adjustment("Equity:301-固定基金", BANK, 0, "四"),))
    assert strange.voucher is None
    assert len(strange.problems) == 2


@pytest.mark.parametrize(
    ("balances", "decisions", "said"),
    [
        ({"Income:401-会费收入": -5, BANK: 5}, [], "年末应无余额"),
        ({"Assets:199-往来": 5, BANK: -5}, [], "不是 2009 年工会会计制度的科目"),
        ({"Equity:321-专用基金": -5, BANK: 5}, [], "列入明细科目"),
        ({"Assets:131-应收上级经费": 100, SURPLUS: -100}, [("131", "135", 101), ("331", "321", 0)], "相差 0.01 元"),
        ({SURPLUS: -100, BANK: 100}, [("331", "321", 0), ("225", "215", 1)], "对不上"),
        (
            {"Assets:162-固定资产": 9, SURPLUS: -9},
            [("162", "141", 3), ("162", "171", 0), ("331", "321", 0)],
            "没有余额",
        ),
        (
            {"Assets:131-应收上级经费:01-甲": 5, "Assets:131-应收上级经费:02-乙": 5, BANK: -10},
            [("131", "135", 5)],
            "按账上的科目全名分别写明",
        ),
    ],
)
def test_what_cannot_be_carried_over_is_said(
    balances: Mapping[str, int], decisions: list[tuple[str, str, int]], said: str
) -> None:
    made = change_over(balances, "grassroots", [Decision(*d) for d in decisions])
    assert made.voucher is None
    assert any(said in problem for problem in made.problems), made.problems


def test_the_small_table_goes_out_and_comes_back() -> None:
    balances = {"Assets:131-应收上级经费": 9000, SURPLUS: -9000}
    table = questions_table(change_over(balances, "grassroots").questions)
    assert table.splitlines()[0] == "old,new,amount,reason"
    filled = table.replace(",135,,", ",135,12.50,").replace(",321,,", ",321,0,")
    decisions, problems = read_decisions(filled)
    assert problems == ()
    found = after(balances, *decisions)
    assert (found["Assets:135-其他应收款"], found["Assets:131-应收上级经费"]) == (1250, 7750)
    _, faults = read_decisions("old,new,amount,reason\n131,135,十元,\n131,999,1,\n131,135,-1,\n")
    assert [fault[:6] for fault in faults] == ["第 2 行：", "第 3 行：", "第 4 行："]
    assert read_decisions("a,b\n") == ((), ("第 1 行应为 old,new,amount,reason",))


OLD = [a for a in charts()[0].accounts if a.element in ("assets", "liabilities", "net_assets") and a.code != "111"]


@given(st.data(), st.sampled_from(["grassroots", "county"]))
def test_sums_are_kept_family_by_family(data: st.DataObject, level: str) -> None:
    """Old and new accounts that the table connects hold the same sum before and after, whatever was decided."""
    holders = [a for a in OLD if a.code not in ("321", "162", "301")]
    amounts = data.draw(st.dictionaries(st.sampled_from(holders), st.integers(1, 10**10), max_size=12))
    balances = {account_name(a): fen if a.side == "debit" else -fen for a, fen in amounts.items()}
    fixed = data.draw(st.integers(0, 10**9))
    balances |= {"Assets:162-固定资产": fixed, "Equity:301-固定基金": -fixed} if fixed else {}
    decisions: list[Decision] = []
    for question in change_over(balances, level).questions:
        left = question.amount_fen
        for choice in question.choices:
            assert choice.new is not None
            share = data.draw(st.integers(0, max(left, 0)))
            left -= share
            decisions.append(Decision(question.old, choice.new.code, share))
    made = change_over(balances, level, decisions)
    if made.problems:  # 结余 that gave its inventory away may have too little left for what was decided
        assert all(SURPLUS in problem for problem in made.problems)
        return
    assert made.voucher is not None
    assert made.voucher.residual_fen == 0
    found = balances_after(balances, made.voucher)
    assert sum(found.values()) == sum(balances.values())
    assert all(resolve(account, DAY) for account in found)
    family = _families()
    sums: dict[str, int] = defaultdict(int)
    for account, fen in balances.items():
        sums[family["old", _named(account, DAY - datetime.timedelta(days=1))]] += fen
    for account, fen in found.items():
        sums[family["new", _named(account, DAY)]] -= fen
    assert not any(sums.values())


def _families() -> Mapping[tuple[str, str], str]:
    """Return the account codes of both charts by the family that the table of corresponding accounts joins."""
    names: dict[tuple[str, str], str] = {}
    for line in correspondence():
        if line.new is not None:
            one, other = ("old", line.old.code), ("new", line.new.code)
            joined = names.get(one) or names.get(other) or line.old.code
            stale = {names.get(one), names.get(other)} - {None}
            names |= dict.fromkeys((key for key, name in names.items() if name in stale), joined)
            names[one] = names[other] = joined
    return names


def _named(account: str, day: datetime.date) -> str:
    found = resolve(account, day)
    assert found is not None
    old = day < DAY
    named = {c.old.code if old else c.new.code for c in correspondence() if c.new is not None}
    return found.code if found.code in named else found.parent_code
