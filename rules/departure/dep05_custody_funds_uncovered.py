"""离任时代管经费与代管存款不符：代管的钱没有对应的专户或专项明细存款。

检查内容
截至卸任日，代管经费（221）的余额与库存现金、银行存款下名称含“代管”的明细科目余额合计比较。
依据
《工会会计制度》附录1第221号科目：代管经费是不属于工会收入的资金；第102号科目二：有受托代管资金业务的，应当在银行存款
下设置“代管经费”明细科目。
危害
存款少于代管数，说明别人的钱被工会花了；多于代管数，说明工会的钱藏在代管户里。
反例
代管互助保险费 20,000.00 元，代管明细存款只有 15,000.00 元。
正例
代管经费余额与代管明细存款余额相等。
参数
无。
局限
按明细科目名称识别代管存款；没有设置明细的，视为代管存款为零。
"""

from __future__ import annotations

from ledger.balances import account_balances
from ledger.money import shown_yuan
from rules.departure.in_term import in_term
from rules.departure.position import CUSTODY, Term
from rules.finding import Checked, Citation, Evidence, Kind, Severity, Text, examined, not_applicable
from rules.receivables.custody import is_custody_money
from rules.rule import Case, rule


@rule(
    code="DEP05",
    name="departure-custody-uncovered",
    title=Text("离任时代管经费与代管存款不符", "Custody funds not matched by custody money at departure"),
    severity=Severity.HIGH,
    citations=(
        Citation("accounting-system-2021", "附录1 第221号科目 一"),
        Citation("accounting-system-2021", "附录1 第102号科目 二"),
    ),
    needs=("officers",),
    kinds=(Kind.DEPARTURE,),
)
def check(case: Case) -> Checked:
    """Report a difference between custody funds and the money kept apart for them on the leaving day."""
    return in_term(case, _look)


def _look(case: Case, term: Term) -> Checked:
    balances = account_balances(case.facts, term.leaving)
    custody = [balance for balance in balances if balance.group in CUSTODY]
    money = [balance for balance in balances if is_custody_money(balance.account, balance.group)]
    if not custody and not money:
        return not_applicable("账上没有代管经费", "the books hold no custody funds")
    owed, kept = -sum(balance.amount_fen for balance in custody), sum(balance.amount_fen for balance in money)
    if owed == kept:
        return examined(len(custody) + len(money))
    word = "少" if kept < owed else "多"
    gap = abs(owed - kept)
    evidence = [
        Evidence(
            Text("余额", "balance"), date=term.leaving, account=balance.account, amount_fen=abs(balance.amount_fen)
        )
        for balance in (*custody, *money)
    ]
    finding = case.finding(
        term.subject,
        term.leaving.isoformat(),
        message=Text(
            f"{term.leaving} 离任时代管经费 {shown_yuan(owed)} 元，"
            f"代管存款 {shown_yuan(kept)} 元，{word} {shown_yuan(gap)} 元",
            f"{term.leaving}: custody funds {shown_yuan(owed)} yuan, custody money {shown_yuan(kept)} yuan",
        ),
        expected=Text("代管存款等于代管经费", "custody money equal to custody funds"),
        found=Text(f"{word} {shown_yuan(gap)} 元", f"{shown_yuan(gap)} yuan apart"),
        remedy=Text("查明差额，补足或转出，设置代管明细", "find the difference, make it good, keep a sub-account"),
        evidence=evidence,
        amount_fen=gap,
        related=("CUR07",),
    )
    return examined(len(custody) + len(money), [finding])
