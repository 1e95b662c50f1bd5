"""保证金、押金到期未清退：合同已经到期，付出或收取的押金、保证金、质保金仍在账上。

检查内容
期末其他应收款（135）、其他应付款（215）中明细名称或摘要为押金、保证金、质保金的未结清部分，按凭证所写合同编号查合同登记簿
（contracts.csv）：合同止期早于期末的列为疑点。
依据
《工会会计制度》附录1第135号科目四：对其他应收及暂付款项严格控制，健全手续，及时清理，不得长期挂账。
危害
付出的押金无人追回；收取的押金长期不退引起纠纷，或被当作自有资金花掉。
反例
场地租赁合同 6 月 30 日到期，押金 2,000.00 元年末仍挂其他应收款。
正例
合同到期验收后即收回押金。
参数
无；到期以合同登记簿的止期为准。
局限
质保期晚于合同止期的，须看合同条款。凭证没有写合同编号、合同没有登记止期的，报告为未能检查。
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping

from ledger.journal_rows import PostingRow
from ledger.money import shown_yuan
from ledger.register_rows import ContractRow
from rules.departure.open_items import OpenItem, open_items
from rules.evidence import register_evidence
from rules.finding import Checked, Citation, Evidence, Finding, Severity, Text, examined, not_applicable
from rules.gather import limited
from rules.receivables.ages import total
from rules.receivables.parties import holder, posting_at, said
from rules.rule import Case, rule

RECEIVABLES, PAYABLES = frozenset({"other_receivables"}), frozenset({"other_payables"})


@rule(
    code="CUR11",
    name="deposits-not-returned",
    title=Text("保证金、押金到期未清退", "Deposits not returned when due"),
    severity=Severity.LOW,
    citations=(Citation("accounting-system-2021", "附录1 第135号科目 四"),),
    lead_only=True,
)
def check(case: Case) -> Checked:
    """Report deposits still open after their contract has ended."""
    findings: list[Finding] = []
    tested, unknown = 0, 0
    for groups, credit in ((RECEIVABLES, False), (PAYABLES, True)):
        items, _ = open_items(case.facts, groups, case.until, credit=credit)
        for item in items:
            parts = [(part, posting_at(case.facts, part.file, part.line)) for part in item.parts]
            own = [(part, posting) for part, posting in parts if _is_deposit(case, item, posting)]
            tested += len(own)
            contracts = _contracts(case) if own else {}
            ended = [(part, contracts[p.contract]) for part, p in own if p is not None and p.contract in contracts]
            unknown += len(own) - len(ended)
            over = [(part, contract) for part, contract in ended if _end(contract) < case.until]
            if over:
                findings.append(_finding(case, item, over, credit=credit))
    untested = []
    if unknown:
        zh = f"{unknown} 笔押金、保证金没有写合同编号，或 registers/contracts.csv 没有合同止期，无法判断是否到期"
        untested.append(Text(zh, f"{unknown} deposits name no contract with an end in registers/contracts.csv"))
    if not tested:
        return not_applicable("期末账上没有押金、保证金", "no deposits open at the period's end")
    return examined(tested, findings, untested)


def _is_deposit(case: Case, item: OpenItem, posting: PostingRow | None) -> bool:
    name = holder(item.account)
    return bool(said(name if posting is None else f"{name} {posting.head.narration}", case.until, "deposits"))


def _contracts(case: Case) -> Mapping[str, ContractRow]:
    """Return the contracts of the register that have a number and an end, by number; of several the last to end."""
    if "contracts" not in case.facts.registers:
        return {}
    rows = [row for row in case.rows(ContractRow) if row.contract and row.to is not None]
    last = datetime.date.max
    return {row.contract: row for row in sorted(rows, key=lambda row: (row.to or last, row.signed or last, row.line))}


def _end(contract: ContractRow) -> datetime.date:
    return contract.to or datetime.date.max


def _finding(case: Case, item: OpenItem, over: list[tuple[Evidence, ContractRow]], *, credit: bool) -> Finding:
    parts = tuple(part for part, _ in over)
    money = shown_yuan(total(parts))
    first = min(_end(contract) for _, contract in over)
    side = Text("应退还", "to be paid back") if credit else Text("应收回", "to be got back")
    names = {contract.contract: contract for _, contract in over}
    contracts = [
        register_evidence(row, Text(f"合同 {name} 止期 {row.to}", f"contract ends {row.to}"))
        for name, row in sorted(names.items())
    ]
    return case.finding(
        item.account,
        message=Text(
            f"{case.until}“{item.name}”{money} 元，合同 {first} 已到期，{side.zh}而未清退",
            f"{item.account}: {money} yuan {side.en} on {case.until}, the contract ended on {first}",
        ),
        expected=Text("合同到期后清退", "returned when the contract ends"),
        found=Text(f"{money} 元未清退", f"{money} yuan not returned"),
        remedy=Text("核对验收和合同条款，收回或退还押金", "check acceptance and terms; get or pay the deposit back"),
        evidence=limited([*parts, *contracts], total(parts)),
        amount_fen=total(parts),
        related=("CUR01", "DEP03", "DEP04"),
    )
