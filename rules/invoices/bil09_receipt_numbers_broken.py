"""票据领购存核销不清：本会开出的收据号码中断或重复。

检查内容
收入和代收凭证（收到银行存款或现金）上写的财政票据、收据号码，按种类和号码前段编成序列。一、同一号码用在两张凭证；二、序列
中间缺号：缺的号数不多于这一序列已用的号数时列出缺号，多于的看作换了一本。每个序列并作一项。
依据
《中华人民共和国会计法》第十四条：办理经济业务事项必须填制或者取得原始凭证。《工会会计制度》第五十七条：各项收入应当按照实际
发生额入账。
危害
缺的号码可能收了款而没有入账；一号两用可能是大头小尾。
反例
专用收据 000001 至 000012 号，凭证上没有 000007 号。
正例
号码连续；作废的号码留存全部联次并登记。
参数
无。
局限
领购、结存和作废的登记须看票据登记簿，一律为疑点。电子票据由票据池分配、号码本来不连续的（没有任何相邻号码）不能判断，
报告为未能检查。
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from ledger.journal_rows import PostingRow
from rules.expenditure.purchases import repeated
from rules.finding import Checked, Citation, Finding, Severity, Text, examined, not_applicable, not_performed
from rules.gather import joined
from rules.invoices.grouped import one_finding
from rules.rule import Case, rule, voucher_order
from rules.vouchers import CASH_AND_BANK, business, net_on

OWN = ("财政票据", "收据")
_NUMBER = re.compile(r"(?P<head>.*?)(?P<digits>\d+)")


class Series(NamedTuple):
    """Receipts of one kind whose numbers share their head and length."""

    kind: str
    head: str
    width: int


class Receipt(NamedTuple):
    """A receipt given for money: the number within its series, and a line of its voucher with the money received."""

    serial: int
    line: PostingRow


@rule(
    code="BIL09",
    name="receipt-numbers-broken",
    title=Text("票据领购存核销不清", "Bill books not accounted for"),
    severity=Severity.MEDIUM,
    citations=(Citation("accounting-law-2024", "第十四条"), Citation("accounting-system-2021", "第五十七条")),
    lead_only=True,
)
def check(case: Case) -> Checked:
    """Report numbers of receipts that are used twice or missing from their series."""
    given = _given(case)
    if not any(line.date >= case.since for line in given):
        return not_applicable("本期没有收款", "no money received in the period")
    named = [line for line in given if line.head.invoice and line.head.invoice_type in OWN]
    inside = sum(line.date >= case.since for line in named)
    if not inside:
        return not_performed("收款凭证没有写开出票据的号码", "no voucher names the receipt given")
    findings: list[Finding] = []
    untested: list[Text] = []
    for series, receipts in _series(named).items():
        if not any(receipt.line.date >= case.since for receipt in receipts):
            continue
        used = sorted({receipt.serial for receipt in receipts})
        missing, next_to = _missing(used, series)
        twice = sorted(repeated([receipt.line.head.invoice for receipt in receipts]))
        if not next_to and not twice and len(used) > 1:
            zh = f"{series.kind}“{series.head}”的号码互不相邻，无法判断是否缺号"
            untested.append(Text(zh, f"numbers of {series.kind} are never next to each other: gaps not checked"))
        if missing or twice:
            findings.append(_finding(case, series, receipts, missing, twice))
    return examined(inside, findings, untested)


def _given(case: Case) -> Sequence[PostingRow]:
    """Return a line for each voucher up to the period's end that took money in against income or a liability."""
    found = []
    for journal in (business(case, case.since - datetime.timedelta(days=1)), case.booked):
        sources = (line for line in journal.of("income", "liabilities") if line.amount_fen < 0)
        for entry in dict.fromkeys(line.entry for line in sources):
            lines = journal.by_entry[entry]
            money = net_on(lines, *CASH_AND_BANK)
            if money > 0:
                found.append(lines[0]._replace(amount_fen=money))
    return sorted(found, key=lambda line: voucher_order(line.head))


def _series(lines: Sequence[PostingRow]) -> Mapping[Series, Sequence[Receipt]]:
    """Return receipts by series, in order; the year that a number begins with belongs to the head."""
    found: dict[Series, list[Receipt]] = {}
    for line in lines:
        number, year = line.head.invoice, str(line.date.year)
        match = _NUMBER.fullmatch(number)
        head, digits = (match["head"], match["digits"]) if match else (number, "")
        if len(digits) > len(year) and digits.startswith(year):
            head, digits = head + year, digits[len(year) :]
        series = Series(line.head.invoice_type, head, len(digits))
        found.setdefault(series, []).append(Receipt(int(digits) if digits else 0, line))
    return dict(sorted(found.items(), key=lambda group: group[0]))


def _missing(used: Sequence[int], series: Series) -> tuple[list[str], bool]:
    """Return the numbers missing between those used, and whether any two used numbers are next to each other."""
    missing: list[str] = []
    for one, other in pairwise(used):
        if 1 < other - one <= len(used) + 1:
            missing += [f"{series.head}{serial:0{series.width}d}" for serial in range(one + 1, other)]
    next_to = any(other - one == 1 for one, other in pairwise(used))
    return (missing, True) if next_to else ([], False)


def _finding(
    case: Case, series: Series, receipts: Sequence[Receipt], missing: Sequence[str], twice: Sequence[str]
) -> Finding:
    parts = [Text(f"缺号 {joined(missing)}", f"{len(missing)} numbers missing")] if missing else []
    parts += [Text(f"重号 {joined(twice)}", f"{len(twice)} numbers used twice")] if twice else []
    said = Text("；".join(part.zh for part in parts), "; ".join(part.en for part in parts))
    lines = [receipt.line for receipt in receipts]
    ends = [lines[0], lines[-1]]  # two vouchers: numbers are missing between them
    shown = [line for line in lines if line.head.invoice in twice] if twice else ends
    return one_finding(
        case,
        series.kind,
        series.head,
        str(series.width),
        lines=shown,
        message=Text(
            f"{series.kind}“{series.head}”序列 {len(receipts)} 张：{said.zh}", f"{len(receipts)} receipts: {said.en}"
        ),
        expected=Text("号码连续，一号一用，作废的有登记", "numbers run on, each used once, void ones recorded"),
        found=said,
        remedy=Text(
            "核对票据领购、使用、结存登记和存根，说明缺号去向", "compare stubs and records; account for missing numbers"
        ),
        note=lambda line: Text(f"票据号 {line.head.invoice}", f"receipt {line.head.invoice}"),
        amount_fen=0,
        related=("BIL01",),
    )
