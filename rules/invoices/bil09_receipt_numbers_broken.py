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

import re
from itertools import pairwise
from typing import NamedTuple

import pandas as pd

from rules.finding import Checked, Citation, Finding, Severity, Text, examined, not_applicable, not_performed
from rules.gather import in_order, joined
from rules.invoices.grouped import grouped
from rules.rule import Case, rule

OWN = ("财政票据", "收据")
_MONEY = ("bank_deposit", "cash_on_hand")
_NUMBER = re.compile(r"(?P<head>.*?)(?P<digits>\d+)")


class Series(NamedTuple):
    """Receipts of one kind whose numbers share their head and length."""

    kind: str
    head: str
    width: int


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
    inside = given[given["date"] >= pd.Timestamp(case.since)]
    if inside.empty:
        return not_applicable("本期没有收款", "no money received in the period")
    named = given[(given["invoice"] != "") & given["invoice_type"].isin(OWN)]
    if named[named["date"] >= pd.Timestamp(case.since)].empty:
        return not_performed("收款凭证没有写开出票据的号码", "no voucher names the receipt given")
    findings: list[Finding] = []
    untested: list[Text] = []
    for series, rows in _series(named).items():
        if not (rows["date"] >= pd.Timestamp(case.since)).any():
            continue
        missing, next_to = _missing(rows, series)
        twice = sorted({str(n) for n in rows.loc[rows["invoice"].duplicated(), "invoice"]})
        if not next_to and not twice and rows["serial"].nunique() > 1:
            zh = f"{series.kind}“{series.head}”的号码互不相邻，无法判断是否缺号"
            untested.append(Text(zh, f"numbers of {series.kind} are never next to each other: gaps not checked"))
        if missing or twice:
            findings.append(_finding(case, series, rows, missing, twice))
    return examined(int((named["date"] >= pd.Timestamp(case.since)).sum()), findings, untested)


def _given(case: Case) -> pd.DataFrame:
    """Return vouchers up to the period's end that took money in against income or a liability, with their receipts."""
    rows = case.facts.activity_of(case.facts.vouchers["date"].min().date(), case.until)
    money = rows[rows["group"].isin(_MONEY)].groupby("entry")["amount_fen"].sum()
    source = rows[rows["element"].isin(["income", "liabilities"]) & (rows["amount_fen"] < 0)]
    entries = set(money[money > 0].index) & set(source["entry"])
    own = case.facts.vouchers[case.facts.vouchers["entry"].isin(entries)]
    plain = own.assign(**{name: own[name].astype("object") for name in ("invoice", "invoice_type")})
    return in_order(plain.assign(amount_fen=plain["entry"].map(money).astype("int64")))


def _series(rows: pd.DataFrame) -> dict[Series, pd.DataFrame]:
    """Return receipts by series; the year that a number begins with belongs to the head."""
    heads, widths, serials = [], [], []
    for number, year in zip(rows["invoice"], rows["date"].dt.year, strict=True):
        match = _NUMBER.fullmatch(str(number))
        head, digits = (match["head"], match["digits"]) if match else (str(number), "")
        if len(digits) > len(str(year)) and digits.startswith(str(year)):
            head, digits = head + str(year), digits[len(str(year)) :]
        heads.append(head)
        widths.append(len(digits))
        serials.append(int(digits) if digits else 0)
    told = rows.assign(serial=serials, head=heads, width=widths)
    groups = told.groupby(["invoice_type", "head", "width"], sort=True)
    return {Series(str(kind), str(head), int(str(width))): own for (kind, head, width), own in groups}


def _missing(rows: pd.DataFrame, series: Series) -> tuple[list[str], bool]:
    """Return the numbers missing between those used, and whether any two used numbers are next to each other."""
    used = sorted(set(rows["serial"]))
    missing: list[str] = []
    for one, other in pairwise(used):
        if 1 < other - one <= len(used) + 1:
            missing += [f"{series.head}{serial:0{series.width}d}" for serial in range(one + 1, other)]
    next_to = any(other - one == 1 for one, other in pairwise(used))
    return (missing, True) if next_to else ([], False)


def _finding(case: Case, series: Series, rows: pd.DataFrame, missing: list[str], twice: list[str]) -> Finding:
    parts = [Text(f"缺号 {joined(missing)}", f"{len(missing)} numbers missing")] if missing else []
    parts += [Text(f"重号 {joined(twice)}", f"{len(twice)} numbers used twice")] if twice else []
    said = Text("；".join(part.zh for part in parts), "; ".join(part.en for part in parts))
    shown = rows[rows["invoice"].isin(twice)] if twice else rows.iloc[[0, -1]].drop_duplicates("entry")
    return grouped(
        case,
        series.kind,
        series.head,
        str(series.width),
        rows=shown,
        message=Text(f"{series.kind}“{series.head}”序列 {len(rows)} 张：{said.zh}", f"{len(rows)} receipts: {said.en}"),
        expected=Text("号码连续，一号一用，作废的有登记", "numbers run on, each used once, void ones recorded"),
        found=said,
        remedy=Text(
            "核对票据领购、使用、结存登记和存根，说明缺号去向", "compare stubs and records; account for missing numbers"
        ),
        note=lambda row: Text(f"票据号 {row['invoice']}", f"receipt {row['invoice']}"),
        amount_fen=0,
        related=("BIL01",),
    )
