"""收取经费未开或错开专用收据：单位拨缴经费到账，凭证上没有票据号，或票据不是财政部门监制的票据。

检查内容
自主拨缴的单位，逐张看收到拨缴经费（收到银行存款或现金、贷记拨缴经费收入）的凭证：一、没有写票据号的；二、票据种类
写明而不是财政票据的。每年每种情形并作一项。
依据
国家税务总局公告2010年第24号：拨缴的工会经费凭工会组织开具的《工会经费收入专用收据》税前扣除。《中华人民共和国
会计法》第十四条：办理经济业务事项必须填制或者取得原始凭证。
危害
单位无从税前扣除而迟拨、少拨；收款不开票，便于收入不入账。
反例
3 月收到拨缴经费 214,726.20 元，凭证没有票据号。
正例
凭证写明专用收据的号码，票据种类为财政票据。
参数
无。
局限
专用收据的规定原文未读到，一律为疑点。税务代收、财政划拨由代收机关开具凭据，不在此列。收据的存根与领用结存须看票据
本身（号码中断见 BIL09）。
"""

from __future__ import annotations

import datetime

import pandas as pd

from ledger.money import shown_yuan
from rules.expenditure.purchases import FISCAL
from rules.finding import Checked, Citation, Finding, Severity, Text, examined, not_applicable
from rules.gather import in_order
from rules.invoices.grouped import grouped, yearly
from rules.rule import Case, rule

_MONEY = ("bank_deposit", "cash_on_hand")
_NONE, _WRONG = "none", "wrong"
_SAID = {
    _NONE: Text("没有写票据号", "without the number of a receipt"),
    _WRONG: Text("票据不是财政票据", "on a receipt of another kind"),
}


@rule(
    code="BIL01",
    name="contribution-receipt-missing",
    title=Text("收取经费未开或错开专用收据", "No or wrong receipt for contributions"),
    severity=Severity.HIGH,
    citations=(Citation("contribution-receipt-2010", "全文"), Citation("accounting-law-2024", "第十四条")),
    lead_only=True,
)
def check(case: Case) -> Checked:
    """Report contributions received for which the voucher names no receipt, or one of another kind."""
    if "direct" not in case.facts.union.collections(_month_before(case.since), case.until):
        return not_applicable(
            "拨缴经费由税务代收或财政划拨，凭据由代收机关开具",
            "contributions are collected by others, who give receipts",
        )
    received = _received(case)
    if received.empty:
        return not_applicable("本期没有收到拨缴经费", "no contribution received in the period")
    without = received["invoice"] == ""
    wrong = ~without & (received["invoice_type"] != "") & (received["invoice_type"] != FISCAL)
    findings = []
    for kind, rows in ((_NONE, received[without]), (_WRONG, received[wrong])):
        findings += [_finding(case, year, kind, own) for year, _, own in yearly(rows)]
    return examined(len(received), findings)


def _received(case: Case) -> pd.DataFrame:
    """Return the vouchers of contributions received in money, with the sum received and the receipt named."""
    rows = case.activity
    income = set(rows.loc[(rows["meaning"] == "contribution_income") & (rows["amount_fen"] < 0), "entry"])
    money = rows[rows["entry"].isin(income) & rows["group"].isin(_MONEY)]
    sums = money.groupby("entry")["amount_fen"].sum()
    sums = sums[sums > 0]
    found = case.facts.vouchers[case.facts.vouchers["entry"].isin(sums.index)]
    found = found.assign(amount_fen=found["entry"].map(sums).astype("int64"))
    own = rows[rows["entry"].isin(found["entry"])][["entry", "invoice", "invoice_type"]]
    for name in ("invoice", "invoice_type"):
        texts = own.assign(text=own[name].astype("object")).sort_values(["entry", "text"])
        found[name] = found["entry"].map(texts.drop_duplicates("entry", keep="last").set_index("entry")["text"])
    direct = found["date"].map(lambda day: _direct(case, pd.Timestamp(day).date())).astype("bool")
    return in_order(found[direct])


def _direct(case: Case, day: datetime.date) -> bool:
    """Tell whether a receipt of a day, for the wages of the month before, came from the employer itself."""
    return case.facts.union.collection_on(_month_before(day)) == "direct"


def _month_before(day: datetime.date) -> datetime.date:
    return day.replace(day=1) - datetime.timedelta(days=1)


def _finding(case: Case, year: int, kind: str, rows: pd.DataFrame) -> Finding:
    said, money = _SAID[kind], shown_yuan(int(rows["amount_fen"].sum()))
    return grouped(
        case,
        str(year),
        kind,
        rows=rows,
        message=Text(
            f"{year} 年 {len(rows)} 笔拨缴经费{said.zh}，共 {money} 元",
            f"{len(rows)} contributions of {year} {said.en}, {money} yuan",
        ),
        expected=Text("每笔拨缴经费开具工会经费收入专用收据", "the special receipt for every contribution"),
        found=Text(f"{len(rows)} 笔{said.zh}", f"{len(rows)} {said.en}"),
        remedy=Text(
            "核对票据存根；未开的补开专用收据并在凭证上写明号码",
            "check the stubs; issue the receipts and note their numbers on the vouchers",
        ),
        note=lambda row: Text(f"收到拨缴经费，{said.zh}{row['invoice_type'] and '：' + row['invoice_type']}", said.en),
        amount_fen=0,
    )
