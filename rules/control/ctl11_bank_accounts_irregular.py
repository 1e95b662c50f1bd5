"""多头开户、未独立开户或出借账户：银行账户账上没有、未申报、过多、没有，或银行有进有出而账上没有记载。

检查内容
一、银行流水（bank.csv）的账户在账上没有任何分录的，列为问题（账外账户）；二、账上有发生额或余额的银行账户没有在
union.toml 申报的，列为疑点（定期、通知存款除外）；三、自有账户（不含代管户、定期存款）超过规定个数；四、有收支而没有
银行收付、也没有申报账户的（未独立开户）；五、银行流水同月一进一出金额相等、账上都没有记载的，列为问题。
依据
《中华人民共和国会计法》第十六条：各项经济业务事项应当在依法设置的会计账簿上统一登记、核算。《工会法》第四十五条：经费独立
原则；《河南省工会条例》第三十一条、《重庆市工会条例》第四十条：在银行开设独立账户（只适用于当地）。
危害
账外账户是小金库；借户给别人过账，工会要为来历不明的钱负责。
反例
银行流水 5 月 6 日收入 300,000.00 元，5 月 8 日转出 300,000.00 元，账上没有记载。
正例
一个基本户，另设代管专户，全部在账上。
参数
bank.max_accounts（由上级或本单位规定，写入 [[standards]]）。
局限
没有银行流水的账户查不出账外收付；户名须看开户许可。
"""

from __future__ import annotations

from rules.control.bank_accounts import off_book, own_accounts, passed_through, undeclared, without_account
from rules.control.faults import Fault
from rules.finding import Certainty, Checked, Citation, Evidence, Finding, Severity, Text, examined, not_applicable
from rules.gather import Values, joined, limited
from rules.rule import Case, rule


@rule(
    code="CTL11",
    name="bank-accounts-irregular",
    title=Text("多头开户、未独立开户或出借账户", "Too many, no own, or a lent bank account"),
    severity=Severity.HIGH,
    citations=(Citation("accounting-law-2024", "第十六条"), Citation("trade-union-law-2021", "第四十五条")),
    parameters=("bank.max_accounts",),
)
def check(case: Case) -> Checked:
    """Report bank accounts off the books, undeclared, too many or none, and money that only passed through."""
    own = own_accounts(case)
    declared = case.facts.union.bank_accounts
    if not own and not declared and not case.booked:
        return not_applicable("本期没有凭证，也没有银行账户", "neither vouchers nor bank accounts")
    faults = [*undeclared(case, own), *without_account(case, own)]
    untested = []
    if "bank" in case.facts.registers:
        faults += [*off_book(case), *passed_through(case)]
    else:
        zh = "缺少 registers/bank.csv，账外账户和账外收付没有检查"
        untested.append(Text(zh, "missing registers/bank.csv: accounts and payments off the books were not looked for"))
    most = Values(case, "bank.max_accounts")
    value = most.on(case.until) if len(own) > 1 else None
    if value is not None and len(own) > value.number:
        names = joined(list(own))
        told = Text(
            f"自有银行账户 {len(own)} 个，超过规定的 {value.text} 个：{names}", f"{len(own)} bank accounts of its own"
        )
        note = Text("自有银行账户", "a bank account of the union's own")
        evidence = limited([Evidence(note, date=case.until, account=account) for account in own])
        faults.append(Fault(("many",), told, evidence, Certainty.ESTABLISHED, Severity.MEDIUM, parameters=(value,)))
    untested += most.untested
    return examined(len(own) + 1, [_finding(case, fault) for fault in faults], untested)


def _finding(case: Case, fault: Fault) -> Finding:
    return fault.finding(
        case,
        expected=Text(
            "以工会名义开立规定个数的账户，全部收付入账", "the union's own accounts, all of them on the books"
        ),
        remedy=Text(
            "核对开户清单和全部流水：账外的入账，多余的撤销，出借的查明来龙去脉",
            "compare with the bank's list: book what is missing, close what is too much, trace what passed through",
        ),
        related=("ACC13", "ACC20", "INC19"),
    )
