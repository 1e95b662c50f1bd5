"""工会账与行政账混同：工会账里的货币资金账户是单位行政的，或工会支出经由单位行政账户支付。

检查内容
一、本期有发生额或期末有余额的库存现金、银行存款明细，名称是本单位行政或其财务部门的；二、借记支出而贷记单位行政往来明细
（135、215）、没有工会自己收付款的凭证，按年合计。都列为疑点。
依据
《中华人民共和国工会法》第四十五条：工会应当根据经费独立原则，建立预算、决算和经费审查监督制度。《工会会计制度》第三条：工会
依法建立独立的会计核算管理体系。《基层工会经费收支管理办法》第二十二条（原文未核）：不准将工会账户并入单位行政账户。
危害
工会的钱由行政支配，收支失去控制，行政也可借工会账过账。
反例
账上“102-银行存款：医院财务科基本户”收付工会经费。
正例
工会以自己的名义开户，收支都经工会账户。
参数
无；词表在 rules/words/employer.toml。
局限
凭账户和明细名称识别。银行户名须看开户许可；一个账套同时记工会和行政业务的，须由人查看。
"""

from __future__ import annotations

import pandas as pd

from ledger.money import shown_yuan
from ledger.rows import records
from rules.finding import Checked, Citation, Evidence, Finding, Severity, Text, examined, not_applicable
from rules.gather import limited
from rules.receivables.parties import holder, is_employer
from rules.remittance.movements import MONEY
from rules.rule import Case, evidence_of, rule

_CURRENT = ("other_receivables", "other_payables")


@rule(
    code="ACC20",
    name="books-mixed-with-employer",
    title=Text("工会账与行政账混同", "Union and employer books mixed"),
    severity=Severity.HIGH,
    citations=(
        Citation("trade-union-law-2021", "第四十五条"),
        Citation("accounting-system-2021", "第三条"),
        Citation("grassroots-funds-2017", "第二十二条"),
    ),
    lead_only=True,
)
def check(case: Case) -> Checked:
    """Report money accounts that are the employer's by name, and spending that went through the employer's account."""
    rows = case.facts.journal
    rows = rows[rows["date"] <= pd.Timestamp(case.until)]
    inside = rows[(rows["date"] >= pd.Timestamp(case.since)) & ~(rows["opening"] | rows["carry_forward"])]
    money = rows[rows["group"].isin(MONEY)]
    if inside.empty and money.empty:
        return not_applicable("期末以前账套没有凭证", "the book holds no voucher up to the period's end")
    names = {str(a) for a in rows.loc[rows["group"].isin((*MONEY, *_CURRENT)), "account"].unique()}
    own = {a for a in names if is_employer(holder(a), case.facts.union, case.until)}
    findings = []
    for account in sorted(own & {str(a) for a in money["account"].unique()}):
        lines = money[money["account"] == account]
        if int(lines["amount_fen"].sum()) or (lines["date"] >= pd.Timestamp(case.since)).any():
            findings.append(_account(case, account, lines))
    findings += _through(case, inside, own)
    return examined(int(money["account"].nunique()) + int(inside["entry"].nunique()), findings)


def _account(case: Case, account: str, lines: pd.DataFrame) -> Finding:
    balance = int(lines["amount_fen"].sum())
    side = "借" if balance >= 0 else "贷"
    money = shown_yuan(abs(balance))
    told = Text(
        f"货币资金账户“{holder(account)}”从名称看是单位行政的账户，期末余额{side} {money} 元",
        f"{account}: by its name the employer's account, balance {money} yuan",
    )
    note = Text("名称是单位行政的货币资金账户", "a money account named as the employer's")
    evidence = (Evidence(note, "", case.until, account, abs(balance)),)
    return _finding(case, ("account", account), told, evidence, abs(balance))


def _through(case: Case, inside: pd.DataFrame, own: set[str]) -> list[Finding]:
    employer = inside["account"].isin(own) & inside["group"].isin(_CURRENT)
    credited = inside[employer].groupby("entry")["amount_fen"].sum()
    paid = set(inside.loc[inside["group"].isin(MONEY), "entry"].unique())
    entries = {int(str(entry)) for entry, fen in credited.items() if fen < 0} - paid
    spent = inside[inside["entry"].isin(entries) & (inside["element"] == "expense")]
    sums = spent.groupby("entry")["amount_fen"].sum()
    sums = sums[sums > 0]
    spent = spent[spent["entry"].isin(sums.index)]
    first = spent.sort_values(["date", "voucher", "account", "amount_fen", "line"]).drop_duplicates("entry")
    note = Text("支出由单位行政支付", "paid by the employer")
    found = []
    for year, rows in first.groupby(first["date"].dt.year, sort=True):
        evidence = [evidence_of(row, note, amount_fen=int(sums[row["entry"]])) for row in records(rows)]
        total = sum(e.amount_fen or 0 for e in evidence)
        told = Text(
            f"{year} 年 {len(rows)} 张凭证、{shown_yuan(total)} 元工会支出经单位行政账户支付",
            f"{year}: {shown_yuan(total)} yuan of spending in {len(rows)} vouchers went through the employer's account",
        )
        found.append(_finding(case, ("through", str(year)), told, limited(evidence, total), total))
    return found


def _finding(case: Case, key: tuple[str, ...], told: Text, evidence: tuple[Evidence, ...], amount: int) -> Finding:
    return case.finding(
        *key,
        message=told,
        expected=Text("工会独立开户，收支经自己的账户", "the union's own account for all receipts and payments"),
        found=told,
        remedy=Text(
            "核对开户许可和户名；以工会名义开户，清理与行政的往来", "see who holds the account; open an own one"
        ),
        evidence=evidence,
        amount_fen=amount,
        related=("CTL11", "CUR04"),
    )
