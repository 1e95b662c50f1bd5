"""库存物品收发无手续、长期挂存：入库领用没有出入库记录，领用没有人签，物品长期不动。

检查内容
一、库存物品科目有增减的凭证，在 stock.csv 中没有写该凭证号、也没有同日同额的出入库记录的；二、出库记录没有领用人的；
三、某物品结存数量出现负数的；以上列为问题，各按年度一项。四、期末有结存而最后一次收发距期末超过规定月数的，
合并列为疑点。
依据
《工会会计制度》附录1第141号科目二：按照类别、品名设置明细账，并根据出入库单逐笔核算。《中华人民共和国会计法》第十四条、第十七条。
危害
慰问品、奖品领用白条抵库，多买少发、私分无从发现。
反例
端午节慰问品出库 20,000.00 元，没有出库单和领用人。
正例
每次出库登记日期、品名、数量、领用人和凭证号。
参数
stock.idle_months 视为长期挂存的月数（审计惯例，只作疑点）。
局限
随买随用、没有通过库存物品科目的不在此列。红字冲销凭证不要求出入库记录。
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from ledger.journal_rows import PostingRow, net_fen
from ledger.money import shown_yuan
from rules.assets.stock import Moved, idle, moved_stock, negative, on_hand, unsigned
from rules.evidence import posting_evidence
from rules.finding import (
    Certainty,
    Checked,
    Citation,
    Evidence,
    Finding,
    Severity,
    Text,
    examined,
    not_applicable,
    not_performed,
)
from rules.gather import Values, joined, limited
from rules.law import ParameterValue
from rules.rule import Case, rule
from rules.vouchers import by_number, first_line, named, net_on, touching

STOCK = "inventory"
_FOUND: Mapping[str, Text] = MappingProxyType(
    {
        "papers": Text("收发没有出入库记录", "moved without a record"),
        "receiver": Text("出库没有领用人", "was given out without a receiver"),
        "negative": Text("结存数量为负，发出多于收入", "fell below nothing"),
        "idle": Text("长期没有收发", "lay unmoved for long"),
    }
)


@rule(
    code="AST12",
    name="stock-without-papers",
    title=Text("库存物品收发无手续、长期挂存", "Stock moved without papers or kept for long"),
    severity=Severity.MEDIUM,
    citations=(Citation("accounting-system-2021", "附录1 第141号科目 二"), Citation("accounting-law-2024", "第十四条")),
    parameters=("stock.idle_months",),
)
def check(case: Case) -> Checked:
    """Report stock that moved without a record or a receiver, fell below nothing, or lay long."""
    vouchers = touching(case.booked, STOCK)
    if "stock" not in case.facts.registers:
        held = net_fen(line for line in case.facts.booked.on(STOCK) if line.date <= case.until)
        if not vouchers and not held:
            return not_applicable("账上没有库存物品", "no stock in the books")
        return not_performed("缺少登记簿 registers/stock.csv，库存物品的收发无从核对", "missing registers/stock.csv")
    known = moved_stock(case)
    inside = [one for one in known if one.day >= case.since]
    if not vouchers and not known:
        return not_applicable("账上和登记簿都没有库存物品", "no stock in the books or the register")
    findings = _unrecorded(case, vouchers, inside)
    findings += _by_year(case, "receiver", unsigned(inside))
    findings += _by_year(case, "negative", negative(known, case.since))
    values = Values(case, "stock.idle_months")
    limit = values.on(case.until) if on_hand(known) else None
    if limit is not None and (evidence := idle(known, case.until, int(limit.number))):
        findings.append(_grouped(case, case.until.isoformat(), "idle", evidence, limit))
    return examined(len(vouchers) + len(inside), findings, values.untested)


def _unrecorded(case: Case, vouchers: Sequence[Sequence[PostingRow]], inside: Sequence[Moved]) -> list[Finding]:
    values: dict[datetime.date, int] = defaultdict(int)
    for one in inside:
        values[one.day] += one.row.quantity * one.row.unit_cost_fen
    numbers = {one.row.voucher for one in inside}
    evidence = []
    for voucher in by_number(vouchers):
        head, fen = voucher[0].head, net_on(voucher, STOCK)
        if fen and not head.reverses and head.voucher not in numbers and values.get(head.date) != fen:
            note = Text(f"{named(head)} {'入库' if fen > 0 else '出库'}，没有记录", "no record of this movement")
            evidence.append(posting_evidence(first_line(voucher), note, abs(fen)))
    return _by_year(case, "papers", evidence)


def _by_year(case: Case, what: str, evidence: list[Evidence]) -> list[Finding]:
    years: dict[str, list[Evidence]] = {}
    for one in evidence:
        years.setdefault(str(one.date)[:4], []).append(one)
    return [_grouped(case, year, what, own) for year, own in sorted(years.items())]


def _grouped(case: Case, key: str, what: str, evidence: list[Evidence], limit: ParameterValue | None = None) -> Finding:
    total, found = sum(e.amount_fen or 0 for e in evidence), _FOUND[what]
    when = f"截至 {key}" if limit else f"{key}年"
    allowed = f"（{limit.text} 个月）" if limit else ""
    return case.finding(
        key,
        what,
        message=Text(
            f"{when}库存物品有 {len(evidence)} 笔（种）{found.zh}{allowed}，合计 {shown_yuan(total)} 元："
            f"{joined([e.note.zh for e in evidence], 3)}",
            f"{key}: {len(evidence)} times stock {found.en}, {shown_yuan(total)} yuan",
        ),
        expected=Text("根据出入库单逐笔核算，有领用人，及时清理", "slips and receivers for all, nothing idle"),
        found=found,
        remedy=Text("盘点结存，补办出入库手续，核实物品去向", "count it, complete the slips, find where things went"),
        evidence=limited(evidence, total),
        amount_fen=total,
        parameters=(limit,) if limit else (),
        certainty=Certainty.LEAD if limit else Certainty.ESTABLISHED,
    )
