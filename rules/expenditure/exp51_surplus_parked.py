"""以预付款套取年终结余：十二月付了款、列了支出，东西次年才到、才发，或者挂成预付款。

检查内容
十二月的支出凭证（元旦慰问除外）：一、所写清单的发放日期都在次年的；二、库存登记簿（stock.csv）里这张凭证的入库都在次年的；
三、业务发生日期（occurred）在次年的。四、十二月向超市、商场、旅行社等付款记其他应收款，年末仍有余额的。规定了比价金额的，
第一至三项只看达到该金额的。
依据
《工会会计制度》第十七条：以实际发生的经济业务或者事项为依据进行会计处理；第二十一条：不得提前或者延后。
危害
年终结余被变成商家的存款，决算虚减结余，次年脱离预算使用。
反例
12 月 28 日付某超市 100,000.00 元列节日慰问，次年 5 月才按清单发放。
正例
次年的活动用次年的预算，年底没有预付。
参数
control.quote_threshold 须比价的采购金额（元），用作大额的界限；没有规定的全部看。
局限
年底采购、春节前发放有其正当原因，一律为疑点。达到金额、付给超市旅行社等而没有清单、库存和发生日期的，报告为未能检查。
"""

from __future__ import annotations

import pandas as pd

from ledger.money import shown_yuan
from ledger.rows import Row, records
from rules.expenditure.purchases import bought, evidence, named, spent_vouchers
from rules.finding import Checked, Citation, Evidence, Finding, Severity, Text, examined, not_applicable
from rules.gather import Values, day
from rules.invoices.grouped import grouped, yearly
from rules.rule import Case, rule
from rules.text.lists import Field, word_list
from rules.text.match import match

THRESHOLD = "control.quote_threshold"
_DECEMBER = 12
REMEDY = Text("核对到货和领用，未到的收回货款或冲回支出", "check the goods; get the money back or reverse the spending")


@rule(
    code="EXP51",
    name="surplus-parked",
    title=Text("以预付款套取年终结余", "Year-end surplus parked as prepayments"),
    severity=Severity.HIGH,
    citations=(Citation("accounting-system-2021", "第十七条"), Citation("accounting-system-2021", "第二十一条")),
    parameters=(THRESHOLD,),
    lead_only=True,
)
def check(case: Case) -> Checked:
    """Report spending of December whose goods came or were used in the next year, and prepayments left open."""
    rows = spent_vouchers(case)
    rows = rows[(rows["date"].dt.month == _DECEMBER) & (rows["occasion"] != "元旦")]
    paid = case.activity
    paid = paid[
        (paid["date"].dt.month == _DECEMBER) & (paid["group"] == "other_receivables") & (paid["amount_fen"] > 0)
    ]
    if rows.empty and paid.empty:
        return not_applicable("本期十二月没有支出和预付", "no spending or prepayment in a December of the period")
    values = Values(case, THRESHOLD)
    limits = {stamp: values.on(day(stamp)) for stamp in rows["date"].unique()}
    given, received = _first_days(case, "grants", "list"), _first_days(case, "stock", "voucher")
    findings: list[Finding] = []
    untold = 0
    for row in records(rows):
        limit = limits[row["date"]]
        if limit is not None and row["amount_fen"] < limit.fen:
            continue
        last = pd.Timestamp(day(row["date"]).replace(month=_DECEMBER, day=31))
        used, came = given.get(row["list"]), received.get(row["voucher"])
        if row["event_date"] > last:
            findings.append(_finding(case, row, "发生", row["event_date"]))
        elif came is not None and came > last:
            findings.append(_finding(case, row, "入库", came))
        elif used is not None and used > last:
            findings.append(_finding(case, row, "发放", used))
        elif limit is not None and used is None and came is None and _keeps_credit(row["payee"]):
            untold += 1
    findings += [_open(case, year, account, own) for year, (account,), own in yearly(_prepaid(case, paid), "account")]
    untested = []
    if untold:
        zh = f"十二月有 {untold} 笔付给商家的大额支出没有清单、库存记录，何时领用无法检查"
        untested.append(Text(zh, f"{untold} large payments of December: when the goods were used is not recorded"))
    return examined(len(rows) + len(paid), findings, untested)


def _first_days(case: Case, register: str, key: str) -> dict[str, pd.Timestamp]:
    """Return the first day that a register names for each list or voucher; goods going out do not count."""
    if register not in case.facts.registers:
        return {}
    rows = case.register(register)
    if "quantity" in rows:
        rows = rows[rows["quantity"] > 0]
    rows = rows[rows["date"].notna()]
    first = rows.groupby(rows[key].astype("object"))["date"].min()
    return {str(name): stamp for name, stamp in first.items() if name}


def _keeps_credit(payee: str) -> bool:
    return bool(match(str(payee), "stockists", word_list("stockists").revised, Field.PAYEE))


def _finding(case: Case, row: Row, how: str, at: pd.Timestamp) -> Finding:
    what = bought(row, str(row["party"] if "party" in row else row["payee"]))
    said = Text(f"次年 {day(at)} 才{how}", f"goods came or were used on {day(at)} of the next year")
    shown: tuple[Evidence, ...] = (evidence(row, said),)
    return case.finding(
        named(row),
        message=Text(f"{what.zh}，{said.zh}", f"{what.en}; {said.en}"),
        expected=Text("当年列支的当年到货、领用", "what is booked in a year comes and is used in it"),
        found=said,
        remedy=REMEDY,
        evidence=shown,
        amount_fen=int(row["amount_fen"]),
        related=("EXP50",),
    )


def _prepaid(case: Case, paid: pd.DataFrame) -> pd.DataFrame:
    """Return the debits of December to shops and agencies on receivables that still have a balance at year's end."""
    payees = {payee for payee in paid["payee"].unique() if _keeps_credit(payee)}
    rows = paid[paid["payee"].isin(payees)]
    journal = case.facts.journal
    kept = []
    for account in sorted(set(rows["account"].astype("object"))):
        own = rows[rows["account"] == account]
        for year, of_year in own.groupby(own["date"].dt.year):
            before = (journal["account"] == account) & (journal["date"].dt.year <= year)
            if int(journal.loc[before, "amount_fen"].sum()) > 0:
                kept.append(of_year)
    return pd.concat(kept) if kept else rows.iloc[:0]


def _open(case: Case, year: int, account: str, rows: pd.DataFrame) -> Finding:
    money = shown_yuan(int(rows["amount_fen"].sum()))
    said = Text(
        f"{year} 年十二月预付 {money} 元挂 {account}，年末未结清", f"{money} yuan prepaid in December {year}, open"
    )
    return grouped(
        case,
        str(year),
        "prepaid",
        account,
        rows=rows,
        message=said,
        expected=Text("年底不向商家预付", "no prepayments to shops at the year's end"),
        found=said,
        remedy=REMEDY,
        note=Text("预付给商家", "prepaid to a shop"),
        related=("CUR05",),
    )
