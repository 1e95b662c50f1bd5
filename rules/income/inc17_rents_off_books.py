"""出租、收费收入账外循环：工会出租场地、收取费用，账上没有收入。

检查内容
一、合同登记簿中事由写出租、对外承包、收费服务、与本期有重叠的合同，没有从对方取得收入的，列为疑点。二、银行流水中摘要
命中“出租、收费用语”的收款，账上没有同额入账的：该账户银行收款合计超过账上借方合计的列为问题，否则列为疑点。
三、收到租金、场地费、培训费等而贷记往来、代管经费或冲减支出的凭证，列为疑点。
依据
《中华人民共和国会计法》第十六条：不得私设账簿；第二十四条（二）：不得隐瞒收入。《基层工会经费收支管理办法》第二十二条。
危害
账外收入是小金库，支出失去监督。
反例
活动中心对外出租，租金由个人二维码收取，账上没有收入。
正例
租金转入工会账户，记其他收入，签订合同并登记。
参数
无；词表在 rules/words/rents_and_fees.toml。
局限
没有合同、不经过工会账户的收费，账簿和登记簿都看不出，须实地了解。
"""

from __future__ import annotations

from collections.abc import Sequence
from operator import attrgetter

from ledger.journal_rows import PostingRow
from ledger.money import shown_yuan
from ledger.register_rows import ContractRow
from rules.evidence import posting_evidence, register_evidence
from rules.finding import Certainty, Checked, Citation, Finding, Severity, Text, examined
from rules.gather import spending_by_entry
from rules.income.bank_receipts import unbooked
from rules.income.inc16_interest_not_booked import receipt_finding
from rules.income.spoken import vouchers_speaking
from rules.rule import Case, rule
from rules.text.match import match, told
from rules.vouchers import MONEY, first_line, named, net_on

WORDS, LETTING = "rents_and_fees", "letting"
_PARKED = ("other_payables", "other_receivables", "custody_funds")


@rule(
    code="INC17",
    name="rents-off-books",
    title=Text("出租、收费收入账外循环", "Rents and fees kept off the books"),
    severity=Severity.HIGH,
    citations=(
        Citation("accounting-law-2024", "第十六条"),
        Citation("accounting-law-2024", "第二十四条"),
        Citation("grassroots-funds-2017", "第二十二条"),
    ),
)
def check(case: Case) -> Checked:
    """Report rents and fees that contracts and the bank show and the income does not."""
    findings: list[Finding] = []
    untested: list[Text] = []
    tested = len(case.booked.by_entry)
    if "contracts" in case.facts.registers:
        found, count = _contracts(case)
        findings += found
        tested += count
    else:
        zh = "缺少 registers/contracts.csv，出租、收费合同无法检查"
        untested.append(Text(zh, "no registers/contracts.csv: contracts of letting not checked"))
    if "bank" in case.facts.registers:
        missing, count = unbooked(case, WORDS)
        findings += [receipt_finding(case, one, ("INC16",)) for one in missing]
        tested += count
    else:
        zh = "缺少 registers/bank.csv，银行收到的租金、收费无法检查"
        untested.append(Text(zh, "no registers/bank.csv: receipts at the bank not checked"))
    credited = {line.entry for line in case.booked.on(*_PARKED) if line.amount_fen < 0}
    credited.update(entry for entry, fen in spending_by_entry(case).items() if fen < 0)
    parked = (_parked(case, lines) for lines in vouchers_speaking(case, WORDS) if lines[0].entry in credited)
    return examined(tested, [*findings, *(one for one in parked if one is not None)], untested)


def _contracts(case: Case) -> tuple[list[Finding], int]:
    findings, count = [], 0
    paying = {line.head.payee for line in case.booked.of("income") if line.amount_fen < 0}
    for row in sorted(case.rows(ContractRow), key=attrgetter("contract", "line")):
        begins, ends = row.from_ or row.signed, row.to
        hits = [hit for hit in match(row.topic, WORDS, begins or case.since) if hit.means == LETTING]
        if not hits or (begins and begins > case.until) or (ends and ends < case.since):
            continue
        count += 1
        if row.party in paying:
            continue
        amount, why = row.amount_fen or 0, told(hits)
        findings.append(
            case.finding(
                "contract",
                row.contract,
                message=Text(
                    f"合同 {row.contract}（{row.party}，{row.topic}）{shown_yuan(amount)} 元，"
                    f"本期没有从对方收到收入：{why.zh}",
                    f"contract {row.contract} with {row.party}: no income from them in the period: {why.en}",
                ),
                expected=Text("合同约定的收入按期入账", "what the contract brings is booked as income"),
                found=Text("账上没有该对方的收入", "no income from that party"),
                remedy=Text("核对收款账户和收据，追查款项去向", "check where it was paid, and find the money"),
                evidence=(register_evidence(row, why, amount or None),),
                amount_fen=amount,
                certainty=Certainty.LEAD,
            )
        )
    return findings, count


def _parked(case: Case, lines: Sequence[PostingRow]) -> Finding | None:
    """Return the lead that a voucher makes which tells of a rent or fee received and credits no income for it."""
    head = lines[0].head
    expense = sum(line.amount_fen for line in lines if line.element == "expense")
    income = sum(line.amount_fen for line in lines if line.element == "income")
    fen = -min(0, net_on(lines, *_PARKED)) - min(0, expense)
    hits = match(head.narration, WORDS, head.date)
    if not hits or head.reverses or net_on(lines, *MONEY) <= 0 or income < 0 or fen <= 0:
        return None
    voucher, why = named(head), told(hits)
    account = min((line.amount_fen, line.account) for line in lines)[1]
    return case.finding(
        "voucher",
        voucher,
        message=Text(
            f"凭证 {voucher} 收到 {shown_yuan(fen)} 元没有记收入，记在“{account}”：{why.zh}",
            f"voucher {voucher}: {shown_yuan(fen)} yuan received, no income credited: {why.en}",
        ),
        expected=Text("租金、收费记其他收入", "rents and fees are income"),
        found=Text("记在往来或冲减支出", "parked or set against spending"),
        remedy=Text("核对款项性质，属于收入的转收入", "find what it is, and take income to income"),
        evidence=(posting_evidence(first_line(lines)._replace(account=account), why, fen),),
        amount_fen=fen,
        certainty=Certainty.LEAD,
        related=("CUR06",),
    )
