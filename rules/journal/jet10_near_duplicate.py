"""近似重复的支出：10 天之内付给同一收款方，金额、科目和摘要都相同，而发票号不同或没有。

检查内容
支出凭证中，收款方（去掉地区和公司字样）、金额、支出科目和摘要都相同，日期相差 10 天以内但不在同一天的；
同一发票号、同日同金额的重复由 ACC19 检查，不在此重复。所属月份不同的、分别列了不同清单的、冲销与被冲销的不算。
一年并作一项。
依据
《中华人民共和国会计法》第九条：根据实际发生的经济业务事项进行会计核算；第十四条：审核原始凭证的真实、合法。
所引会计法是2024年6月28日修正的文本，修正施行以前的业务须对照修正前的文本。
危害
换一张发票或隔几天再报一次，是最常见的重复报销。
反例
6 月 3 日和 6 月 9 日，付同一商店 1,286.40 元，摘要都是“职工书屋图书架”。
正例
每月同额的场地租金，摘要写明月份；两批慰问品各有清单。
参数
无。方法常数：10 天，报销单退回重填、重复提交多在一两周内。
局限
定额、定价的连续采购也会列出，一律为疑点。影像相似的重复要看附件。
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import pairwise
from operator import attrgetter
from typing import NamedTuple

from ledger.journal_rows import VoucherRow
from ledger.money import shown_yuan
from rules.finding import Checked, Citation, Severity, Text, examined, not_applicable
from rules.journal.history import reversed_numbers
from rules.journal.method import Method
from rules.journal.population import Population, population, rows_of
from rules.journal.sides import net_by
from rules.rule import Case, rule
from rules.text.near import bare_name
from rules.text.normalise import normalise

_DAYS = datetime.timedelta(days=10)
_METHOD = Method(
    1, Text("有摘要和收款方的支出凭证", "vouchers of spending with payee and narration"), (Text("10 天", "10 days"),)
)


class Same(NamedTuple):
    """What repeated spending has in common: bare payee, normalised narration, amount and accounts."""

    who: str
    what: str
    fen: int
    where: str


@rule(
    code="JET10",
    name="near-duplicate",
    title=Text("近似重复的支出", "Spending that is nearly repeated"),
    severity=Severity.MEDIUM,
    citations=(Citation("accounting-law-2024", "第九条"), Citation("accounting-law-2024", "第十四条")),
    lead_only=True,
)
def check(case: Case) -> Checked:
    """Report vouchers that repeat payee, amount, account and narration within days of each other."""
    spent, undone = population(case), reversed_numbers(case.facts)
    found = [voucher for voucher in spent.spending if voucher.payee and voucher.narration]
    if undone:
        found = [voucher for voucher in found if not voucher.reverses and voucher.voucher not in undone]
    if not found:
        return not_applicable("本期没有可测试的支出", "no spending to be tested in the period")
    alike = _repeated(spent, found)
    findings = []
    for year in sorted({voucher.date.year for _, voucher in alike}):
        these = [(same, voucher) for same, voucher in alike if voucher.date.year == year]
        own = [voucher for _, voucher in these]
        kinds = {same for same, _ in these}
        # The first of each kind may be the right one: what is at risk is the rest.
        risk = sum(same.fen for same, _ in these) - sum(same.fen for same in kinds)
        findings.append(
            _METHOD.lead(
                case,
                str(year),
                count=len(found),
                told=Text(
                    f"{year} 年 {len(own)} 张支出凭证两两近似重复（{len(kinds)} 组），可能多付 {shown_yuan(risk)} 元",
                    f"{len(own)} vouchers of {year} nearly repeat another: {shown_yuan(risk)} yuan perhaps paid twice",
                ),
                expected=Text("一项业务只报销一次", "one dealing paid once"),
                evidence=rows_of(
                    own, Text("收款方、金额、科目、摘要相同", "same payee, amount, account, narration"), spent.spent_fen
                ),
                amount_fen=risk,
                related=("ACC19",),
            )
        )
    return examined(len(found), findings, note=_METHOD.said(len(found)))


def _repeated(spent: Population, found: Sequence[VoucherRow]) -> list[tuple[Same, VoucherRow]]:
    """Return the vouchers that repeat the one before of their kind, and those, by kind and in order of day."""
    amounts = [spent.spent[voucher.entry] for voucher in found]
    again = _again(amounts, found)
    kinds: dict[Same, list[VoucherRow]] = defaultdict(list)
    for fen, voucher in zip(amounts, found, strict=True) if again else ():
        if fen in again:
            where = "+".join(_accounts(spent, voucher))
            kinds[Same(bare_name(voucher.payee), normalise(voucher.narration), fen, where)].append(voucher)
    kept = []
    for same, own in sorted(kinds.items()):
        own.sort(key=lambda voucher: (voucher.date, voucher.voucher))
        near = {one.entry for pair in pairwise(own) if _near(*pair) for one in pair}
        kept += [(same, voucher) for voucher in own if voucher.entry in near]
    return kept


def _again(amounts: Sequence[int], vouchers: Sequence[VoucherRow]) -> set[int]:
    """Return the amounts that come again within days: only of those can a voucher repeat another."""
    again: set[int] = set()
    last: dict[int, datetime.date] = {}
    for fen, day in zip(amounts, map(attrgetter("date"), vouchers), strict=True):
        if fen in last and day - last[fen] <= _DAYS:
            again.add(fen)
        last[fen] = day
    return again


def _accounts(spent: Population, voucher: VoucherRow) -> Mapping[str, int]:
    return net_by([line for line in spent.lines[voucher.entry] if line.element == "expense"], "account")


def _near(before: VoucherRow, voucher: VoucherRow) -> bool:
    """Tell whether a voucher may repeat an earlier one of its kind: days later, and no batch or month says why."""
    batches = voucher.list and before.list and voucher.list != before.list
    same_invoice = voucher.invoice and voucher.invoice == before.invoice
    if batches or same_invoice or voucher.month_of != before.month_of:
        return False
    return before.date < voucher.date <= before.date + _DAYS
