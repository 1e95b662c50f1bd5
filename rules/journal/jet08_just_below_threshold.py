"""恰好不到限额：支出金额紧贴在某个限额之下，正好不必集体研究、比价、签合同或转账。

检查内容
支出凭证的金额在限额的 95% 以上而不到限额（现金付款为不超过限额），且没有办理该限额要求的手续的；
同一限额一年有 2 张以上时并作一项。限额及其出处写在每一项里。按标准发放的（清单、事由、奖励）不在总体内。
依据
《中华人民共和国会计法》第二十五条（二）：重要经济业务事项的决策和执行的相互监督、相互制约程序应当明确。
《工会会计制度》第十四条：各级工会应当建立健全内部控制制度，并确保内部控制有效施行。
所引会计法是2024年6月28日修正的文本，修正施行以前的业务须对照修正前的文本。
危害
把金额压在限额之下是规避审批最常见的做法。
反例
本单位规定 10,000.00 元以上须比价，一年内 9,800.00 元、9,950.00 元两笔都没有比价。
正例
9,600.00 元的场地租金，已询价三家。
参数
control.resolution_threshold、control.quote_threshold、control.contract_threshold：由本单位自定，写在 [[standards]]；
cash.payment_limit：现金结算起点。方法常数：限额的 95% 起；一年 2 张以上，单独一张不成规律。
局限
没有规定限额的，该项报告为未能检查。价格本来就在限额附近的也会列出，一律为疑点。拆成几笔的见 EXP44、JET09。
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from ledger.journal_rows import VoucherRow
from ledger.money import shown_yuan
from rules.finding import Checked, Citation, Finding, Severity, Text, examined, not_applicable
from rules.gather import Values
from rules.journal.method import Method
from rules.journal.population import Fen, by_day, population, rows_of
from rules.law import ParameterValue
from rules.rule import Case, rule
from rules.vouchers import years

_PERCENT = 95
_WHOLE = 100
_LEAST = 2
_METHOD = Method(
    1,
    Text("不按标准发放的支出或付款凭证", "vouchers of spending or payment that no standard fixes"),
    (Text("限额的 95% 至限额", "from 95 percent of the limit"), Text("每年≥2张", "2 a year or more")),
)


class Limit(NamedTuple):
    """What a limit asks for from its amount on, and which vouchers did not do it.

    `inclusive`: the limit itself is still on the free side.
    """

    zh: str
    en: str
    lacks: Callable[[VoucherRow], bool]
    inclusive: bool = False


_CASH = "cash.payment_limit"
_LIMITS: Mapping[str, Limit] = MappingProxyType(
    {
        "control.resolution_threshold": Limit("集体研究", "a collective decision", lambda one: not one.resolution),
        "control.quote_threshold": Limit("比价", "quotations", lambda one: (one.quotes or 0) <= 1),
        "control.contract_threshold": Limit("签订合同", "a contract", lambda one: not one.contract),
        _CASH: Limit("转账", "payment by transfer", lambda one: one.payment == "cash", inclusive=True),
    }
)


@rule(
    code="JET08",
    name="just-below-threshold",
    title=Text("恰好不到限额", "Amounts just below a threshold"),
    severity=Severity.MEDIUM,
    citations=(Citation("accounting-law-2024", "第二十五条"), Citation("accounting-system-2021", "第十四条")),
    parameters=tuple(_LIMITS),
    lead_only=True,
)
def check(case: Case) -> Checked:
    """Report repeated amounts that stay just below a threshold without what it asks for."""
    found = population(case)
    count = len(found.free_outgoing)
    if not count:
        return not_applicable("本期没有可测试的支出或付款", "no spending or payment to be tested in the period")
    findings: list[Finding] = []
    untested: list[Text] = []
    in_cash = by_day(found.free_in_cash)
    for key, limit in _LIMITS.items():
        values = Values(case, key)
        fen = found.paid_fen if key == _CASH else found.spent_fen
        near: list[VoucherRow] = []
        used: dict[str, ParameterValue] = {}
        for day, vouchers in (in_cash if key == _CASH else found.free_spending_by_day).items():
            # Only days with something to test: the report tells the first and the last of them without a value.
            value = values.on(day) if any(map(limit.lacks, vouchers)) else None
            if value is None:
                continue
            own = [voucher for voucher in vouchers if limit.lacks(voucher) and _near(fen(voucher), value, limit)]
            if own:
                used[value.id] = value
                near += own
        untested += values.untested
        for year, these in years(near):
            if len(these) >= _LEAST:
                findings.append(_finding(case, key, year, these, fen, tuple(used.values()), count))
    return examined(count, findings, untested, note=_METHOD.said(count))


def _near(amount: int, value: ParameterValue, limit: Limit) -> bool:
    below = amount <= value.fen if limit.inclusive else amount < value.fen
    return below and amount * _WHOLE >= value.fen * _PERCENT


def _finding(
    case: Case,
    key: str,
    year: int,
    own: Sequence[VoucherRow],
    fen: Fen,
    values: tuple[ParameterValue, ...],
    count: int,
) -> Finding:
    limit = _LIMITS[key]
    total = sum(map(fen, own))
    shown = "、".join(f"{shown_yuan(v.fen)} 元（{_source(case, v)}）" for v in values)
    return _METHOD.lead(
        case,
        str(year),
        key,
        count=count,
        told=Text(
            f"{year} 年 {len(own)} 张凭证的金额恰好不到须{limit.zh}的限额 {shown}，合计 {shown_yuan(total)} 元",
            f"{len(own)} vouchers of {year} stay just below the limit for {limit.en}: {shown_yuan(total)} yuan in all",
        ),
        expected=Text(f"达到限额的办理{limit.zh}，不压低或拆分金额", f"{limit.en} where the limit is reached"),
        evidence=rows_of(own, Text("紧贴限额之下", "just below the limit"), fen, total),
        related=("EXP44", "JET09"),
        parameters=values,
    )


def _source(case: Case, value: ParameterValue) -> str:
    instrument = case.law.instruments.get(value.instrument)
    return f"{instrument.full_title if instrument else value.instrument}{value.article}"
