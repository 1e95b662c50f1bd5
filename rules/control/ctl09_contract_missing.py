"""合同缺失或先付款后签约：达到金额的采购没有合同，合同查无此号，或者签订日期晚于付款。

检查内容
向经营者的采购：一、一张凭证达到须签合同的金额而没有写合同号的，登记簿另有该对方有效合同的只作疑点；二、所写合同号不在
contracts.csv 的；三、合同签订日期（凭证所写，没有的取登记簿）晚于付款日期的；四、合同对方不是收款方，
或各年凭同一合同的付款累计超过合同金额的。一张凭证一项。
依据
《工会会计制度》第十四条：工会应当建立健全内部控制制度，并确保内部控制有效施行。金额为本单位的标准。
危害
没有合同，数量、价格、质量和责任都说不清；先付款后补合同，多半是事后凑手续。
反例
3 月 10 日付装修款 58,600.00 元，合同 3 月 25 日才签。
正例
先签合同，按合同约定付款，凭证写明合同号。
参数
control.contract_threshold 须签合同的采购金额（元），由本单位自定。
局限
达到本单位标准的第一至三项为问题，其余为疑点。没有合同登记簿的，所写合同报告为未能检查，没有写合同的只作疑点。
拆成几笔的见 EXP44。
"""

from __future__ import annotations

from operator import attrgetter

from ledger.journal_rows import PostingRow
from ledger.money import shown_yuan
from rules.control.contracts import Fault, contract_faults, known_contracts
from rules.expenditure.purchases import bought_from_firms, number_of, party_of, spending_evidence, told_purchase
from rules.finding import Certainty, Checked, Citation, Finding, Severity, Text, examined, not_applicable
from rules.gather import Values
from rules.law import ParameterValue, ValueStatus
from rules.rule import Case, rule

THRESHOLD = "control.contract_threshold"


@rule(
    code="CTL09",
    name="contract-missing",
    title=Text("合同缺失或先付款后签约", "Contract missing or signed after payment"),
    severity=Severity.MEDIUM,
    citations=(Citation("accounting-system-2021", "第十四条"), Citation("grassroots-funds-2017", "第二十四条")),
    parameters=(THRESHOLD,),
)
def check(case: Case) -> Checked:
    """Report purchases at or over the union's threshold without a contract, and contracts that came after payment."""
    purchases = bought_from_firms(case)
    if not purchases:
        return not_applicable("本期没有采购", "no purchases in the period")
    values = Values(case, THRESHOLD)
    limits = {day: values.on(day) for day in sorted(set(map(attrgetter("date"), purchases)))}
    fens = {day: value.fen for day, value in limits.items() if value is not None}
    known = known_contracts(case)
    findings: list[Finding] = []
    unread = 0
    looked = [one for one in purchases if one.contract or (one.date in fens and one.amount_fen >= fens[one.date])]
    for line in looked:
        large = line.date in fens and line.amount_fen >= fens[line.date]
        if line.contract and known is None and line.head.contract_date is None:
            unread += 1
            continue
        faults = contract_faults(case, line, known)
        if faults:
            findings.append(_finding(case, line, faults, limits[line.date] if large else None))
    untested = list(values.untested)
    if unread:
        zh = f"缺少登记簿 registers/contracts.csv，{unread} 张凭证所写的合同无从核对"
        untested.append(Text(zh, f"missing registers/contracts.csv: {unread} vouchers' contracts not checked"))
    return examined(len(purchases), findings, untested)


def _finding(case: Case, line: PostingRow, faults: list[Fault], value: ParameterValue | None) -> Finding:
    said = Text("；".join(one.told.zh for one in faults), "; ".join(one.told.en for one in faults))
    what = told_purchase(line, party_of(line))
    own = value is not None and value.status is ValueStatus.STANDARD
    return case.finding(
        number_of(line),
        message=Text(f"{what.zh}，{said.zh}", f"{what.en}: {said.en}"),
        expected=Text(
            "先签合同后付款" if value is None else f"{shown_yuan(value.fen)} 元以上先签合同后付款",
            "a contract before the payment",
        ),
        found=said,
        remedy=Text(
            "补签并说明原因，核对货物和价格；今后先签约后付款", "account for it, check goods and price, sign first"
        ),
        evidence=(spending_evidence(line, said), *dict.fromkeys(shown for one in faults for shown in one.evidence)),
        amount_fen=line.amount_fen,
        parameters=() if value is None else (value,),
        certainty=Certainty.ESTABLISHED if own and any(one.sure for one in faults) else Certainty.LEAD,
        related=("EXP44", "EXP45"),
    )
