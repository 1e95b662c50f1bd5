"""The lines of the statutory forms as data: what stands on each, in order, and which accounts fill it.

工会01表 and 工会02表 follow 财会〔2021〕7号, part four (forms) and part five (how each item is filled). For
books before 2022 the lines are the main accounts of 财会〔2009〕7号, which its part five names as the source of
every item.
"""

from __future__ import annotations

from dataclasses import dataclass

from ledger.accounts import Chart
from reports.model import RowKind


@dataclass(frozen=True)
class FormLine:
    """One line of a form.

    `meanings` are summed with `sign` (1: debit counts positive). `total_of` adds lines above, those with a
    leading minus subtracted. `interim` lines stand only in statements before the year's end, `yearly` ones are
    filled only in a statement of a whole year.
    """

    key: str
    label: str
    meanings: tuple[str, ...] = ()
    sign: int = 1
    total_of: tuple[str, ...] = ()
    kind: RowKind = RowKind.PLAIN
    indent: int = 0
    side: int = 0
    interim: bool = False
    yearly: bool = False


def _head(key: str, label: str, side: int = 0) -> FormLine:
    return FormLine(key, label, kind=RowKind.HEAD, side=side)


def _asset(meaning: str, label: str, indent: int = 0, *, interim: bool = False) -> FormLine:
    return FormLine(meaning, label, (meaning,), indent=indent, interim=interim)


def _owed(meaning: str, label: str) -> FormLine:
    return FormLine(meaning, label, (meaning,), sign=-1, side=1)


def _total(
    key: str, label: str, *parts: str, side: int = 0, kind: RowKind = RowKind.TOTAL, indent: int = 0
) -> FormLine:
    return FormLine(key, label, total_of=parts, kind=kind, indent=indent, side=side)


_CURRENT_ASSETS = (
    "money",
    "zero_balance_quota",
    "treasury_quota_returnable",
    "due_from_higher_union",
    "due_from_lower_union",
    "other_receivables",
    "inventory",
)
_LIABILITIES = ("salaries_payable", "due_to_higher_union", "due_to_lower_union", "other_payables", "custody_funds")
_NET_ASSETS = (
    "asset_fund",
    "special_purpose_fund",
    "union_carry_forward",
    "union_surplus",
    "treasury_carry_forward",
    "treasury_surplus",
    "budget_stabilisation_fund",
)

BALANCE_2021: tuple[FormLine, ...] = (
    _head("assets", "一、资产"),
    _head("current_assets", "流动资产："),
    FormLine("money", "货币资金", ("cash_on_hand", "bank_deposit"), indent=1),
    _asset("zero_balance_quota", "零余额账户用款额度*", 1, interim=True),
    _asset("treasury_quota_returnable", "财政应返还额度", 1),
    _asset("due_from_higher_union", "应收上级经费", 1),
    _asset("due_from_lower_union", "应收下级经费", 1),
    _asset("other_receivables", "其他应收款", 1),
    _asset("inventory", "库存物品", 1),
    _total("total_current_assets", "流动资产合计", *_CURRENT_ASSETS, indent=2),
    _asset("investment", "投资"),
    _asset("construction_in_progress", "在建工程"),
    _asset("fixed_assets", "固定资产原值"),
    FormLine("accumulated_depreciation", "减：累计折旧", ("accumulated_depreciation",), sign=-1, indent=1),
    _total(
        "net_fixed_assets",
        "固定资产净值",
        "fixed_assets",
        "-accumulated_depreciation",
        kind=RowKind.PLAIN,
        indent=1,
    ),
    _asset("intangible_assets", "无形资产原值"),
    FormLine("accumulated_amortisation", "减：累计摊销", ("accumulated_amortisation",), sign=-1, indent=1),
    _total(
        "net_intangible_assets",
        "无形资产净值",
        "intangible_assets",
        "-accumulated_amortisation",
        kind=RowKind.PLAIN,
        indent=1,
    ),
    _asset("long_term_deferred_expense", "长期待摊费用"),
    _asset("assets_pending_disposal", "待处理财产损溢"),
    _total(
        "total_assets",
        "资产总计",
        "total_current_assets",
        "investment",
        "construction_in_progress",
        "net_fixed_assets",
        "net_intangible_assets",
        "long_term_deferred_expense",
        "assets_pending_disposal",
    ),
    _head("liabilities", "二、负债", side=1),
    _owed("salaries_payable", "应付职工薪酬"),
    _owed("due_to_higher_union", "应付上级经费"),
    _owed("due_to_lower_union", "应付下级经费"),
    _owed("other_payables", "其他应付款"),
    _owed("custody_funds", "代管经费"),
    _total("total_liabilities", "负债合计", *_LIABILITIES, side=1, indent=2),
    _head("net_assets", "三、净资产", side=1),
    _owed("asset_fund", "资产基金"),
    _owed("special_purpose_fund", "专用基金"),
    _owed("union_carry_forward", "工会资金结转"),
    _owed("union_surplus", "工会资金结余"),
    _owed("treasury_carry_forward", "财政拨款结转"),
    _owed("treasury_surplus", "财政拨款结余"),
    _owed("budget_stabilisation_fund", "预算稳定调节基金"),
    _total("total_net_assets", "净资产合计", *_NET_ASSETS, side=1, indent=2),
    _total("total_liabilities_and_net_assets", "负债与净资产总计", "total_liabilities", "total_net_assets", side=1),
)

CARRIED = ("union_carry_forward", "treasury_carry_forward")
SURPLUS = ("union_surplus", "treasury_surplus")
ADJUSTMENTS = (
    "union_carry_forward_opening_adjustment",
    "union_surplus_opening_adjustment",
    "treasury_carry_forward_opening_adjustment",
    "treasury_surplus_opening_adjustment",
    "treasury_surplus_returned",
)
_INCOME = (
    ("dues_income", "会费收入"),
    ("contribution_income", "拨缴经费收入"),
    ("higher_union_subsidy_income", "上级补助收入"),
    ("government_subsidy_income", "政府补助收入"),
    ("employer_subsidy_income", "行政补助收入"),
    ("affiliate_income", "附属单位上缴收入"),
    ("investment_income", "投资收益"),
    ("other_income", "其他收入"),
    ("stabilisation_fund_drawn", "动用预算稳定调节基金"),
)
_EXPENSE = (
    ("member_activity_expense", "职工活动支出"),
    ("activity_organisation_expense", "职工活动组织支出"),
    ("worker_service_expense", "职工服务支出"),
    ("rights_protection_expense", "维权支出"),
    ("operating_expense", "业务支出"),
    ("administrative_expense", "行政支出"),
    ("capital_expenditure", "资本性支出"),
    ("lower_union_subsidy_expense", "补助下级支出"),
    ("affiliate_expense", "对附属单位的支出"),
    ("other_expense", "其他支出"),
    ("stabilisation_fund_arranged", "安排预算稳定调节基金"),
)
_ORDINALS = "一二三四五六七八九十"


def _items(items: tuple[tuple[str, str], ...], sign: int) -> tuple[FormLine, ...]:
    return tuple(
        FormLine(meaning, f"（{_ordinal(n)}）{label}", (meaning,), sign=sign, indent=1)
        for n, (meaning, label) in enumerate(items, 1)
    )


def _ordinal(number: int) -> str:
    return _ORDINALS[number - 1] if number <= len(_ORDINALS) else f"十{_ORDINALS[number - len(_ORDINALS) - 1]}"


INCOME_2021: tuple[FormLine, ...] = (
    FormLine("opening_funds", "一、年初资金结转结余", kind=RowKind.TOTAL, yearly=True),
    FormLine("opening_carry_forward", "（一）年初资金结转", indent=1, yearly=True),
    FormLine("opening_surplus", "（二）年初资金结余", indent=1, yearly=True),
    FormLine("adjustments", "二、资金结转结余调整及变动", ADJUSTMENTS, sign=-1, kind=RowKind.TOTAL),
    _total("total_income", "三、收入合计", *(meaning for meaning, _ in _INCOME)),
    *_items(_INCOME, -1),
    _total("total_expense", "四、支出合计", *(meaning for meaning, _ in _EXPENSE)),
    *_items(_EXPENSE, 1),
    _total("difference", "五、本期收支差额", "total_income", "-total_expense"),
    FormLine("closing_funds", "六、年末资金结转结余", kind=RowKind.TOTAL, yearly=True),
    FormLine("closing_carry_forward", "（一）年末资金结转", indent=1, yearly=True),
    FormLine("closing_surplus", "（二）年末资金结余", indent=1, yearly=True),
)


def balance_form(chart: Chart) -> tuple[FormLine, ...]:
    """Return the lines of the balance sheet under a chart."""
    if chart.until is None:
        return BALANCE_2021
    assets, liabilities, net_assets = (_mains(chart, element) for element in ("assets", "liabilities", "net_assets"))
    return (
        _head("assets", "一、资产"),
        *(_asset(meaning, label, 1) for meaning, label in assets),
        _total("total_assets", "资产总计", *(meaning for meaning, _ in assets)),
        _head("liabilities", "二、负债", side=1),
        *(_owed(meaning, label) for meaning, label in liabilities),
        _total("total_liabilities", "负债合计", *(m for m, _ in liabilities), side=1, indent=2),
        _head("net_assets", "三、净资产", side=1),
        *(_owed(meaning, label) for meaning, label in net_assets),
        _total("total_net_assets", "净资产合计", *(m for m, _ in net_assets), side=1, indent=2),
        _total("total_liabilities_and_net_assets", "负债与净资产总计", "total_liabilities", "total_net_assets", side=1),
    )


def income_form(chart: Chart) -> tuple[FormLine, ...]:
    """Return the lines of the statement of income and expenditure under a chart."""
    if chart.until is None:
        return INCOME_2021
    income, expense = _mains(chart, "income"), _mains(chart, "expense")
    return (
        _total("total_income", "一、收入合计", *(meaning for meaning, _ in income)),
        *_items(income, -1),
        _total("total_expense", "二、支出合计", *(meaning for meaning, _ in expense)),
        *_items(expense, 1),
        _total("difference", "三、本期结余", "total_income", "-total_expense"),
    )


def _mains(chart: Chart, element: str) -> tuple[tuple[str, str], ...]:
    return tuple(
        (account.meaning, account.name)
        for account in chart.accounts
        if account.element == element and account.code == account.parent_code
    )
