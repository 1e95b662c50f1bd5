"""出纳兼任不相容职务：出纳兼稽核，兼记收入、支出、费用、债权债务账，或在岗位登记上兼任会计。

检查内容
逐张凭证：一、出纳与审核是同一人；二、出纳与记账是同一人，而凭证记有收入、支出或债权债务（应收、应付、其他应收应付、
代管经费）科目。岗位登记簿：三、同一人在同一天既任出纳又任会计。
依据
《中华人民共和国会计法》第三十五条：会计机构内部应当建立稽核制度。出纳人员不得兼任稽核、会计档案保管和收入、支出、
费用、债权债务账目的登记工作。
所引会计法是2024年6月28日修正的文本，修正施行以前的业务须对照修正前的文本。
危害
管钱的人又管账，收了不入账、付了多记账都没有人对得出来。
反例
出纳赵某给付款凭证记账。
正例
出纳登记现金日记账和银行存款日记账，会计登记收支和往来。
参数
无。
局限
凭证没有写出纳的无法判断，只报告收付款凭证的张数。会计档案由谁保管不在账套里。没有 officers.csv 的只查凭证。
2024 年 7 月 1 日前的业务适用会计法修正前的相应条文，内容相同，条号不同。
"""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from ledger.rows import records
from rules.finding import Checked, Citation, Evidence, Finding, Severity, Text, examined, not_applicable
from rules.gather import debits_by_entry, limited, register_evidence, voucher_evidence, working_vouchers
from rules.rule import Case, rule

_MONEY = ("cash_on_hand", "bank_deposit")
_DEBTS = (
    "due_from_higher_union",
    "due_from_lower_union",
    "other_receivables",
    "due_to_higher_union",
    "due_to_lower_union",
    "other_payables",
    "custody_funds",
    "loans_taken",
)


@rule(
    code="ACC04",
    name="cashier-duties-combined",
    title=Text("出纳兼任不相容职务", "Cashier with duties that exclude each other"),
    severity=Severity.HIGH,
    citations=(Citation("accounting-law-2024", "第三十五条"),),
)
def check(case: Case) -> Checked:
    """Report cashiers who review, who post what a cashier must not, or who are the accountant too."""
    rows = case.activity
    vouchers = working_vouchers(case)
    moving = vouchers["entry"].isin(rows[rows["group"].isin(_MONEY)]["entry"])
    barred = rows[rows["element"].isin(("income", "expense")) | rows["group"].isin(_DEBTS)]["entry"]
    cashier = vouchers["cashier"].astype("str")
    named = cashier != ""
    reviews = named & (cashier == vouchers["reviewed_by"].astype("str"))
    posts = named & (cashier == vouchers["posted_by"].astype("str")) & vouchers["entry"].isin(barred)
    findings = [
        *_by_person(case, vouchers[reviews], "reviews", Text("出纳兼审核（稽核）", "the cashier reviewed")),
        *_by_person(case, vouchers[posts], "posts", Text("出纳登记收支或债权债务账", "the cashier posted")),
    ]
    tested = int(named.sum())
    if "officers" in case.facts.registers:
        officers = case.register("officers")
        tested += int((officers["post"] == "cashier").sum())
        findings += _both_posts(case, officers)
    bare = int((moving & ~named).sum())
    untested = []
    if bare:
        zh = f"{bare} 张收付款凭证没有写出纳，无法判断"
        untested.append(Text(zh, f"{bare} vouchers of money do not name the cashier"))
    if not tested and not untested:
        return not_applicable("本期没有收付款凭证", "no voucher of money in the period")
    return examined(tested, findings, untested)


def _by_person(case: Case, rows: pd.DataFrame, what: str, said: Text) -> Iterator[Finding]:
    debits = debits_by_entry(case)
    keys = [rows["date"].dt.year.rename("year"), rows["cashier"].astype("str")]
    for (year, who), own in rows.groupby(keys, sort=True):
        evidence = [voucher_evidence(row, said, debits.get(int(row["entry"]))) for row in records(own)]
        told = Text(f"{year} 年 {len(own)} 张凭证{said.zh}：{who}", f"{len(own)} vouchers of {year}: {said.en} ({who})")
        yield _finding(case, (str(year), what, str(who)), told, evidence)


def _both_posts(case: Case, officers: pd.DataFrame) -> Iterator[Finding]:
    since, until = pd.Timestamp(case.since), pd.Timestamp(case.until)
    held = officers.assign(start=officers["from"].fillna(since), end=officers["to"].fillna(until))
    held = held[(held["start"] <= until) & (held["end"] >= since)]
    cashiers, accountants = (held[held["post"] == post] for post in ("cashier", "accountant"))
    pairs = cashiers.merge(accountants, on="name", suffixes=("", "_2"))
    pairs = pairs[(pairs["start"] <= pairs["end_2"]) & (pairs["start_2"] <= pairs["end"])]
    for who, own in pairs.astype({"name": "str"}).groupby("name", sort=True):
        note = Text("岗位登记", "the register of officers")
        evidence = [register_evidence("officers", row, note) for row in records(own)]
        told = Text(f"{who} 同时任出纳和会计", f"{who} is cashier and accountant at once")
        yield _finding(case, ("post", str(who)), told, evidence)


def _finding(case: Case, key: tuple[str, ...], told: Text, evidence: list[Evidence]) -> Finding:
    return case.finding(
        *key,
        message=told,
        expected=Text("出纳不兼稽核，不记收支和债权债务账", "a cashier who neither reviews nor posts such accounts"),
        found=told,
        remedy=Text("出纳与会计、稽核分设；人手不足的委托代理记账", "separate the posts, or entrust the bookkeeping"),
        evidence=limited(evidence),
    )
