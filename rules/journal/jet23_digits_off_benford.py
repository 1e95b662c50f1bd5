"""数字分布异常：不按标准发放的支出金额，首位数、第二位数、前两位数或末两位数的分布偏离常态。

检查内容
总体为本期不按标准发放的支出凭证的支出额，一张凭证一个科目一个数。首位、第二位、前两位与本福特定律比较，末两位（角分）与均匀分布比较：
报告 n、卡方值、自由度、p 值、平均绝对偏差和各数字的 z 值。
p 小于 0.01 且至少一个数字 |z| 大于 3 的才列为疑点，一种检验一项。
依据
《中华人民共和国会计法》第九条：根据实际发生的经济业务事项进行会计核算，不得以虚假的经济业务事项进行核算。
所引会计法是2024年6月28日修正的文本，修正施行以前的业务须对照修正前的文本。
危害
编造的金额很少符合自然的数字分布；某个数字突出，常对应限额之下的凑数或反复使用的假金额。
反例
800 笔支出中以 9 开头的占 15%（应约 5%）。
正例
各数字出现的次数与期望相近，p 值 0.47。
参数
无。方法常数与理由：首位、第二位 n≥300，前两位 n≥1150，末两位 n≥500：
每格期望次数至少为 5，首位和第二位再加严，因为小单位的金额多来自几张价目表；金额从第 1 到第 99
百分位至少相差 100 倍，否则不服从本福特定律；不同金额不少于总体的一半，否则多为定价定额；
末两位还要求半数以上的金额不是整元。条件不满足时不出数字，报告为未能检查并说明理由。
局限
总体不满足条件的小单位一律不做。偏离只说明值得抽查，不说明造假；样本很大时轻微偏离也会显著。
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np

from rules.finding import Checked, Citation, Evidence, Finding, Severity, Text, examined, not_applicable, not_performed
from rules.journal.benford import LABELS, Amounts, Digits, DigitTest, digit_test, usable
from rules.journal.history import spent_by_account
from rules.journal.method import Method
from rules.journal.population import population
from rules.rule import Case, rule

_LEAST: Mapping[Digits, int] = MappingProxyType(
    {Digits.FIRST: 300, Digits.SECOND: 300, Digits.FIRST_TWO: 1150, Digits.LAST_TWO: 500}
)
_SPAN, _PERCENT, _HALF, _YUAN_FEN = 100, 100, 2, 100
_P, _Z = 0.01, 3.0
_METHOD = Method(
    1,
    Text("不按标准发放的支出（逐凭证逐科目）", "spending that no standard fixes, by voucher and account"),
    (Text("p<0.01 且 |z|>3", "p below 0.01 and a z above 3"),),
)


@rule(
    code="JET23",
    name="digits-off-benford",
    title=Text("数字分布异常", "Digits off Benford's law"),
    severity=Severity.LOW,
    citations=(Citation("accounting-law-2024", "第九条"),),
    lead_only=True,
)
def check(case: Case) -> Checked:
    """Report digits of amounts that depart from Benford's law, where the population allows the test."""
    free = {voucher.entry for voucher in population(case).free_spending}
    spent = [fen for sums in spent_by_account(case).values() for entry, fen in sums.items() if entry in free]
    amounts = np.sort(np.array(spent, dtype=np.int64))
    if not spent:
        return not_applicable("本期没有可测试的支出", "no spending to be tested in the period")
    results, refused = [], []
    for digits in Digits:
        why = refusal(amounts, digits)
        if why is None:
            results.append(digit_test(amounts, digits))
        else:
            refused.append(why)
    # Refused tests are said in the note: a book that allows the first digit only has been tested on it.
    if not results:
        return not_performed("；".join(t.zh for t in refused), "; ".join(t.en for t in refused))
    findings = [_finding(case, test) for test in results if _odd(test)]
    said = [_METHOD.said(len(amounts)), *(_told(test) for test in results), *refused]
    note = Text("；".join(t.zh for t in said), "; ".join(t.en for t in said))
    return examined(len(amounts), findings, note=note)


def refusal(amounts: Amounts, digits: Digits) -> Text | None:
    """Return why a population does not allow a test of its digits, or None where it does."""
    kept = usable(amounts, digits)
    n, label = len(kept), LABELS[digits]
    if n < _LEAST[digits]:
        return Text(
            f"{label.zh}检验需要 n≥{_LEAST[digits]}，总体 n={n}，不做",
            f"{label.en} not tested: n={n}, {_LEAST[digits]} needed",
        )
    different = int(np.count_nonzero(np.diff(kept))) + 1
    if different * _HALF < n:
        shown = f"{different}/{n}"
        return Text(
            f"{label.zh}检验不做：不同金额只有 {shown}，多为定额", f"{label.en} not tested: {shown} different amounts"
        )
    if digits is Digits.LAST_TWO:
        whole = int(np.count_nonzero(kept % _YUAN_FEN == 0))
        if whole * _HALF >= n:
            return Text(f"{label.zh}检验不做：{whole}/{n} 是整元", f"{label.en} not tested: {whole}/{n} are whole yuan")
    elif kept[(n - 1) * 99 // _PERCENT] < kept[n // _PERCENT] * _SPAN:
        low, high = kept[n // _PERCENT], kept[(n - 1) * 99 // _PERCENT]
        return Text(
            f"{label.zh}检验不做：金额跨度不足 {_SPAN} 倍（第1—99百分位 {low}—{high} 分）",
            f"{label.en} not tested: amounts span less than {_SPAN} times ({low} to {high} fen)",
        )
    return None


def _odd(test: DigitTest) -> bool:
    return test.p < _P and any(row.z > _Z for row in test.rows)


def _told(test: DigitTest) -> Text:
    label = LABELS[test.digits]
    figures = f"n={test.n}, χ²={test.chi_square:.3f}, df={test.freedom}, p={test.p:.4f}, MAD={test.mean_deviation:.5f}"
    return Text(f"{label.zh}：{figures}", f"{label.en}: {figures}")


def _finding(case: Case, test: DigitTest) -> Finding:
    label, told = LABELS[test.digits], _told(test)
    width = 2 if test.digits in (Digits.FIRST_TWO, Digits.LAST_TWO) else 1
    odd = sorted((row for row in test.rows if row.z > _Z), key=lambda row: -row.z)
    evidence = [
        Evidence(
            Text(
                f"{label.zh} {row.digit:0{width}d}：{row.count} 次，期望 {row.expected:.1f} 次，z={row.z:.2f}",
                f"{label.en} {row.digit:0{width}d}: {row.count} times, {row.expected:.1f} expected, z={row.z:.2f}",
            ),
            date=case.until,
        )
        for row in odd
    ]
    shown = "、".join(f"{row.digit:0{width}d}" for row in odd)
    return _METHOD.lead(
        case,
        test.digits,
        case.since.isoformat(),
        case.until.isoformat(),
        count=test.n,
        told=Text(f"支出金额的{label.zh}分布异常（{shown}）：{told.zh}", f"{label.en} odd at {shown}: {told.en}"),
        expected=Text(f"{label.zh}的分布与期望相近", f"the {label.en} as expected"),
        evidence=evidence,
        related=("JET07", "JET08"),
    )
