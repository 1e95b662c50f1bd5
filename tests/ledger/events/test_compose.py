"""Composing: what is refused and how it is said, sub-accounts of the book, the way of payment, and reversals."""

from __future__ import annotations

import datetime
from dataclasses import replace
from decimal import Decimal

import pytest

from ledger.events import Composition, EventContext, Level, account_choices, compose, event_of
from ledger.money import MAX_FEN
from ledger.vouchers import Line, Voucher, VoucherNumber
from tests.ledger.events.cases import SHARE, shown

BASIC = "Assets:102-银行存款:01-基本户"
HOLIDAY = "Expenses:501-职工活动支出:50105-会员活动支出:01-节日慰问"
OWING = "Liabilities:211-应付上级经费:01-应上缴经费"
NUMBER = VoucherNumber("记", 2025, 3, 7)
CONTEXT = EventContext(number=NUMBER, values={SHARE: Decimal("0.60")}, accounts=(BASIC, HOLIDAY, OWING), bank=BASIC)
RECEIVED = {"date": "2025-03-20", "amount": "1,000.01", "payee": "某市第一医院", "month_of": "2025-02"}


def received(**changed: str) -> Composition:
    return compose(event_of("contribution_received_direct"), {**RECEIVED, **changed}, CONTEXT)


def said(composition: Composition) -> dict[str, str]:
    assert composition.voucher is None
    return {problem.field: problem.message.zh for problem in composition.problems}


def test_voucher_is_whole() -> None:
    voucher = received(attachments="2", handled_by="张某某").voucher
    assert voucher is not None
    assert voucher.number == NUMBER
    assert voucher.date == datetime.date(2025, 3, 20)
    assert voucher.payee == "某市第一医院"
    assert voucher.narration == "收到某市第一医院拨缴2025年2月工会经费"
    assert shown(voucher) == (
        "借 银行存款——基本户 1000.01",
        "贷 拨缴经费收入 600.01",
        "贷 应付上级经费——应上缴经费 400.00",
    )
    assert voucher.metadata == {
        "fund": "retained",
        "payment": "transfer",
        "month-of": "2025-02",
        "attachments": "2",
        "handled-by": "张某某",
    }


def test_own_narration_wins() -> None:
    voucher = received(narration="补收二月经费").voucher
    assert voucher is not None
    assert voucher.narration == "补收二月经费"


@pytest.mark.parametrize(
    ("changed", "field", "part"),
    [
        ({"amount": ""}, "amount", "请填写“金额（元）”"),
        ({"amount": "一百"}, "amount", "不是金额"),
        ({"amount": "1.005"}, "amount", "两位小数"),
        ({"amount": "0"}, "amount", "应大于零"),
        ({"amount": "-5"}, "amount", "红字冲销"),
        ({"date": ""}, "date", "请填写日期"),
        ({"date": "2025/03/20"}, "date", "不是日期"),
        ({"date": "2025-02-30"}, "date", "不是日期"),
        ({"date": "2021-12-31"}, "date", "2009 年工会会计制度"),
        ({"date": "2025-04-01"}, "date", "不是同一个月"),
        ({"month_of": "2025-13"}, "month_of", "不是月份"),
        ({"month_of": "2025-03..2025-01"}, "month_of", "不是月份"),
        ({"payee": "甲\n乙"}, "payee", "换行"),
        ({"payee": "长" * 501}, "payee", "超过 500"),
        ({"attachments": "两"}, "attachments", "不是个数"),
        ({"invoice_type": "发票"}, "invoice_type", "可选项"),
        ({"received_into": "Assets:162-固定资产"}, "received_into", "不能用在这里"),
        ({"received_into": "Income:402-拨缴经费收入"}, "received_into", "不能用在这里"),
        ({"received_into": "银行"}, "received_into", "不能用在这里"),
        ({"colour": "红"}, "colour", "没有“colour”"),
    ],
)
def test_a_wrong_answer_is_told_at_its_field(changed: dict[str, str], field: str, part: str) -> None:
    problems = said(received(**changed))
    assert list(problems) == [field]
    assert part in problems[field]


def test_every_problem_is_told_at_once() -> None:
    problems = said(received(amount="x", month_of="y", date="z"))
    assert set(problems) == {"amount", "month_of", "date"}


def test_first_day_of_the_chart_is_in() -> None:
    context = replace(CONTEXT, number=None)
    event = event_of("contribution_received_direct")
    assert compose(event, {**RECEIVED, "date": "2022-01-01"}, context).voucher is not None
    assert compose(event, {**RECEIVED, "date": "2021-12-31"}, context).voucher is None


@pytest.mark.parametrize("values", [{}, {SHARE: Decimal("1.01")}, {SHARE: Decimal("-0.1")}])
def test_without_a_share_nothing_is_split(values: dict[str, Decimal]) -> None:
    composition = compose(event_of("contribution_received_direct"), RECEIVED, replace(CONTEXT, values=values))
    problems = said(composition)
    assert SHARE in problems[""]
    assert "[[standards]]" in problems[""]


@pytest.mark.parametrize(
    ("share", "sides"),
    [("1", ("贷 拨缴经费收入 1000.01",)), ("0", ("贷 应付上级经费——应上缴经费 1000.01",))],
)
def test_a_share_of_all_or_nothing_makes_one_side(share: str, sides: tuple[str, ...]) -> None:
    context = replace(CONTEXT, values={SHARE: Decimal(share)})
    voucher = compose(event_of("contribution_received_direct"), RECEIVED, context).voucher
    assert voucher is not None
    assert shown(voucher) == ("借 银行存款——基本户 1000.01", *sides)


def test_the_largest_amount_is_taken() -> None:
    voucher = received(amount="1000000000000000.00").voucher
    assert voucher is not None
    assert voucher.lines[0].amount_fen == MAX_FEN
    assert "过大" in said(received(amount="1000000000000000.01"))["amount"]


def test_part_beyond_the_whole_is_told() -> None:
    answers = {**RECEIVED, "amount": "100", "downward": "100.01"}
    composition = compose(event_of("contribution_received_tax"), answers, CONTEXT)
    assert said(composition) == {"downward": "“其中应转拨下级（元）”不能大于“金额（元）”"}
    whole = compose(event_of("contribution_received_tax"), {**answers, "downward": "100.00"}, CONTEXT).voucher
    assert whole is not None
    assert shown(whole) == ("借 银行存款——基本户 100.00", "贷 应付下级经费——应付下级转拨经费 100.00")


def test_earmarked_money_needs_its_project() -> None:
    answers = {"date": "2025-03-20", "amount": "10", "payee": "某超市", "item": "慰问品", "fund": "earmarked"}
    assert "项目" in said(compose(event_of("warmth_relief"), answers, CONTEXT))["project"]
    assert compose(event_of("warmth_relief"), {**answers, "project": "送温暖"}, CONTEXT).voucher is not None


def test_open_sub_account_is_preferred() -> None:
    answers = {"date": "2025-03-20", "amount": "10", "payee": "某超市", "item": "慰问品", "festival": "端午"}
    voucher = compose(event_of("holiday_gifts"), answers, CONTEXT).voucher
    assert voucher is not None
    assert voucher.lines[0].account == HOLIDAY
    assert voucher.narration == "支付端午慰问品"


@pytest.mark.parametrize(
    ("opened", "expected"),
    [
        ((), "01-张某某备用金"),
        (("0101-张某某备用金",), "0101-张某某备用金"),
        (("0101-李某某备用金",), "0102-张某某备用金"),
        (("09-李某某备用金", "02-某单位"), "10-张某某备用金"),
        (("01-某单位", "0102-李某某备用金"), "0103-张某某备用金"),
        (("99-某单位",), "100-张某某备用金"),
    ],
)
def test_a_persons_account_is_used_again_or_numbered_next(opened: tuple[str, ...], expected: str) -> None:
    context = replace(CONTEXT, accounts=tuple(f"Assets:135-其他应收款:{name}" for name in opened))
    answers = {"date": "2025-03-20", "amount": "10", "person": "张某某", "item": "差旅费"}
    voucher = compose(event_of("advance_paid"), answers, context).voucher
    assert voucher is not None
    assert voucher.lines[0].account == f"Assets:135-其他应收款:{expected}"


def test_two_new_sub_accounts_of_one_voucher_differ() -> None:
    answers = {"date": "2025-03-20", "amount": "10", "month": "2025-03", "withheld": "住房公积金"}
    context = EventContext(level=Level.COUNTY)
    voucher = compose(event_of("salary_insurance_withheld"), answers, context).voucher
    assert voucher is not None
    assert [line.account for line in voucher.lines] == [
        "Liabilities:201-应付职工薪酬:01-基本工资",
        "Liabilities:201-应付职工薪酬:02-住房公积金",
    ]


def test_custody_money_stays_in_its_own_account() -> None:
    answers = {"date": "2025-03-20", "amount": "10", "payee": "读书协会", "received_into": BASIC}
    assert "代管经费" in said(compose(event_of("custody_received"), answers, CONTEXT))["received_into"]
    own = "Assets:102-银行存款:02-代管经费户"
    context = replace(CONTEXT, accounts=(BASIC, own))
    voucher = compose(event_of("custody_received"), {**answers, "received_into": ""}, context).voucher
    assert voucher is not None
    assert voucher.lines[0].account == own


@pytest.mark.parametrize(
    ("paid_from", "way", "expected"),
    [("", "", "transfer"), ("cash_on_hand", "", "cash"), ("", "预付卡", "prepaid-card"), (BASIC, "card", "card")],
)
def test_way_of_payment_is_told_by_the_account_or_by_the_answer(paid_from: str, way: str, expected: str) -> None:
    answers = {"date": "2025-03-20", "amount": "10", "payee": "某书店", "item": "图书"}
    voucher = compose(event_of("worker_library"), {**answers, "paid_from": paid_from, "payment": way}, CONTEXT).voucher
    assert voucher is not None
    assert voucher.metadata["payment"] == expected


def test_grassroots_is_not_offered_accounts_of_the_county() -> None:
    field = event_of("worker_library").asked("paid_from")
    day = datetime.date(2025, 3, 20)
    here = [choice.value for choice in account_choices(field, CONTEXT, day)]
    assert here == [BASIC, "bank_deposit", "cash_on_hand"]
    county = [choice.value for choice in account_choices(field, replace(CONTEXT, level=Level.COUNTY), day)]
    assert "zero_balance_quota" in county
    quota = "Assets:111-零余额账户用款额度"
    opened = account_choices(field, replace(CONTEXT, accounts=(BASIC, quota)), day)
    assert quota in [choice.value for choice in opened]
    answers = {
        "date": "2025-03-20",
        "amount": "10",
        "payee": "某书店",
        "item": "图书",
        "paid_from": "zero_balance_quota",
    }
    assert "不能用在这里" in said(compose(event_of("worker_library"), answers, CONTEXT))["paid_from"]


def original(day: str = "2025-03-05", account: str = HOLIDAY) -> Voucher:
    lines = (Line(account, 1234), Line(BASIC, -1234, {"fund": "dues"}))
    metadata = {"fund": "retained", "occasion": "端午", "invoice": "123", "attachments": "3"}
    number = VoucherNumber("记", int(day[:4]), int(day[5:7]), 1)
    return Voucher(datetime.date.fromisoformat(day), number, "某超市", "购慰问品", lines, metadata)


def reverse(voucher: Voucher, **changed: str) -> Composition:
    context = replace(CONTEXT, vouchers={str(voucher.number): voucher})
    answers = {"date": "2025-03-20", "reversed": str(voucher.number), "reason": "重复入账", **changed}
    return compose(event_of("reversal"), answers, context)


def test_reversal_turns_every_line_and_names_the_voucher() -> None:
    voucher = reverse(original()).voucher
    assert voucher is not None
    assert voucher.lines == (Line(HOLIDAY, -1234), Line(BASIC, 1234, {"fund": "dues"}))
    assert voucher.payee == "某超市"
    assert voucher.narration == "冲销记-2025-03-0001：重复入账"
    kept = {"fund": "retained", "occasion": "端午", "invoice": "123"}  # of the invoice nothing is left either
    assert voucher.metadata == kept | {"reverses": "记-2025-03-0001"}


def test_reversal_of_an_unknown_or_later_voucher_is_refused() -> None:
    assert "没有凭证" in said(reverse(original(), reversed="记-2025-03-0999"))["reversed"]
    assert "早于" in said(reverse(original("2025-03-21")))["date"]
    assert reverse(original("2025-03-20")).voucher is not None


def test_closed_income_of_an_earlier_year_is_not_reversed() -> None:
    assert "以前年度" in said(reverse(original("2024-12-31")))["reversed"]
    assert reverse(original("2024-12-31", "Assets:135-其他应收款:01-某单位")).voucher is not None


def test_an_event_of_nothing_is_told() -> None:
    answers = {"date": "2025-03-20", "receivable": "other_receivables", "payee": "某单位"}
    assert "全为零" in said(compose(event_of("receivable_settled"), answers, CONTEXT))[""]


def test_contract_is_number_and_day() -> None:
    answers = {"date": "2025-03-20", "amount": "10", "payee": "某书店", "item": "图书", "contract_date": "2025-03-01"}
    assert "合同编号" in said(compose(event_of("worker_library"), answers, CONTEXT))["contract"]
    voucher = compose(event_of("worker_library"), {**answers, "contract": "HT-01"}, CONTEXT).voucher
    assert voucher is not None
    assert voucher.metadata["contract"] == "HT-01 2025-03-01"


def test_day_of_the_event_is_kept_only_where_it_is_another() -> None:
    same, other = received(occurred="2025-03-20").voucher, received(occurred="2025-03-18").voucher
    assert same is not None
    assert other is not None
    assert "occurred" not in same.metadata
    assert other.metadata["occurred"] == "2025-03-18"
