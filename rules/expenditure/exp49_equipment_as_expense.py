"""资本性支出混入日常支出：达到固定资产标准的设备没有在资本性支出列支。

检查内容
资本性支出以外的支出，其发票（invoices.csv）品名命中“设备用语”而不是维修、租赁、耗材的：品名或摘要写明数量的，以发票金额
与数量乘单价标准比较，达到的列为问题；没有写数量的，以发票金额与单价标准比较，达到的列为疑点。通用设备、专用设备各用
业务当天施行的标准。
依据
《工会会计制度》第三十二条：通用设备单位价值在1000元以上，专用设备单位价值在1500元以上的，应当确认为固定资产；附录1
第507号科目：购置固定资产在资本性支出列支。
危害
资产不入账，账外流失；资本性支出和日常支出都失实。
反例
“笔记本电脑1台”5,200.00 元列在其他业务支出。
正例
列在资本性支出——办公设备购置，同时增记固定资产。
参数
asset.general_threshold 通用设备单价标准，asset.special_threshold 专用设备单价标准（元）。
局限
大批同类、单价不足标准而按固定资产管理的，须由人判断。一张发票有几种货物的按全额比较，为疑点。
发票号不在 invoices.csv 的凭证报告为未能检查。
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from ledger.journal_rows import PostingRow
from ledger.money import shown_yuan
from ledger.register_rows import InvoiceRow
from rules.finding import Certainty, Checked, Citation, Finding, Severity, Text, examined, not_applicable
from rules.gather import Values, joined
from rules.invoices.booked import invoice_register
from rules.law import ParameterValue
from rules.rule import Case, rule
from rules.text.lists import Field
from rules.text.normalise import BAR, normalise
from rules.text.search import Spoken, pointed_out, search, spending, spoken_in

SYSTEM, CAPITAL = "accounting-system-2021", "capital_expenditure"
_KEYS = {"general": "asset.general_threshold", "special": "asset.special_threshold"}
_COUNTED = re.compile(r"(\d+|[一两二三四五六七八九十])(?:台|套|张|部|架|组|把|个|件)")
_NUMERALS = {numeral: place for place, numeral in enumerate("一二三四五六七八九十", 1)} | {"两": 2}


@rule(
    code="EXP49",
    name="equipment-as-running-expense",
    title=Text("资本性支出混入日常支出", "Capital items booked as running expenditure"),
    severity=Severity.MEDIUM,
    citations=(Citation(SYSTEM, "第三十二条"), Citation(SYSTEM, "附录1 第507号科目 三(一)")),
    needs=("invoices",),
    parameters=tuple(_KEYS.values()),
)
def check(case: Case) -> Checked:
    """Report invoices of equipment at or over the price of fixed assets that were not booked as capital."""
    billed = {line.invoice for line in spending(case) if line.group != CAPITAL} - {""}
    if not billed:
        return not_applicable("本期日常支出没有发票", "no invoices among the running expenditure of the period")
    unknown = billed.difference(invoice_register(case) or ())
    limits = {means: Values(case, key) for means, key in _KEYS.items()}
    findings: list[Finding] = []
    by_invoice = _of_equipment(case, billed - unknown)
    amounts = _amounts(case, by_invoice)
    for invoice, own in sorted(by_invoice.items()):
        found = spoken_in(case, own, ("equipment", "equipment_services"), (Field.ITEM,))
        for one in found[:1]:  # one invoice is one purchase, even where two vouchers book it
            if one.of("equipment") and not one.of("equipment_services"):
                findings += _judged(case, one, invoice, amounts[invoice], limits)
    untested = [text for values in limits.values() for text in values.untested]
    if unknown:
        names = joined(sorted(unknown))
        zh = f"发票 {names} 不在 registers/invoices.csv，品名无法检查"
        untested.append(Text(zh, "invoices that are not in registers/invoices.csv were not tested"))
    return examined(len(billed) - len(unknown), findings, untested)


def _of_equipment(case: Case, known: Collection[str]) -> Mapping[str, Sequence[PostingRow]]:
    """Return by invoice the lines of running expenditure of the vouchers that bought equipment on a known invoice."""

    def running(line: PostingRow) -> bool:
        return line.element == "expense" and line.group != CAPITAL and line.invoice in known

    found: dict[str, list[PostingRow]] = defaultdict(list)
    for one in search(case, ("equipment",), (Field.ITEM,), among=running):
        for line in filter(running, case.booked.by_entry[one.entry]):
            found[line.invoice].append(line)
    return found


def _amounts(case: Case, invoices: Collection[str]) -> Mapping[str, int]:
    """Return the amounts of some invoices, of several rows with one number the largest."""
    found: dict[str, int] = {}
    for row in case.rows(InvoiceRow) if invoices else ():
        if row.invoice in invoices:
            found[row.invoice] = max(row.amount_fen, found.get(row.invoice, row.amount_fen))
    return found


def _judged(case: Case, one: Spoken, invoice: str, amount: int, limits: dict[str, Values]) -> list[Finding]:
    kinds = {hit.means for hit in one.of("equipment")}
    values = [value for kind in kinds if (value := limits[kind].on(one.day)) is not None]
    if not values:
        return []
    limit = max(values, key=lambda value: value.fen)
    count = _count(one)
    if amount < limit.fen * (count or 1):
        return []
    sure = count is not None and len(one.of("equipment")) == 1
    return [_finding(case, one, invoice, amount, count, limit, sure=sure)]


def _count(one: Spoken) -> int | None:
    """Return how many pieces the invoice's item or else the narration tells, None where neither tells one number."""
    for text in (one.item, one.head.narration):
        told = set(_COUNTED.findall(normalise(text).replace(BAR, " ")))
        if len(told) == 1:
            number = told.pop()
            return max(1, _NUMERALS.get(number) or int(number))
    return None


def _finding(
    case: Case, one: Spoken, invoice: str, amount: int, count: int | None, limit: ParameterValue, *, sure: bool
) -> Finding:
    pieces_zh = f"{count} 件" if count else "数量未写明"
    looks = Text(
        f"发票 {invoice} {shown_yuan(amount)} 元（{pieces_zh}）是设备，单价标准 {shown_yuan(limit.fen)} 元，"
        "没有列资本性支出",
        f"invoice {invoice}, {shown_yuan(amount)} yuan, is of equipment over {shown_yuan(limit.fen)}, not capitalised",
    )
    return pointed_out(
        case,
        one,
        looks,
        Text("达到标准的设备列资本性支出并记固定资产", "equipment at the threshold is capital and a fixed asset"),
        Text("作更正分录，补记固定资产和资产基金", "correct the entry; record the asset and the asset fund"),
        key=(invoice,),
        certainty=Certainty.ESTABLISHED if sure else Certainty.LEAD,
        parameters=(limit,),
        related=("AST01",),
    )
