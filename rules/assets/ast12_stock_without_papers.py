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

from collections.abc import Mapping
from types import MappingProxyType

import pandas as pd

from ledger.money import shown_yuan
from ledger.rows import records
from rules.assets.stock import idle, negative, on_hand, unsigned
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
from rules.nets import Nets, header_evidence, headers, named, touching
from rules.rule import Case, rule

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
    rows = touching(case.activity, STOCK)
    register = case.facts.registers.get("stock")
    balances = case.facts.balances_on(case.until)
    held = int(balances.loc[balances["group"] == STOCK, "amount_fen"].sum())
    if register is None:
        if rows.empty and not held:
            return not_applicable("账上没有库存物品", "no stock in the books")
        return not_performed("缺少登记簿 registers/stock.csv，库存物品的收发无从核对", "missing registers/stock.csv")
    known = register[register["date"].notna() & (register["date"] <= pd.Timestamp(case.until))]
    known = known.sort_values(["date", "item", "quantity", "unit_cost_fen", "line"])
    inside = known[known["date"] >= pd.Timestamp(case.since)]
    if rows.empty and known.empty:
        return not_applicable("账上和登记簿都没有库存物品", "no stock in the books or the register")
    findings = _unrecorded(case, rows, inside)
    findings += _by_year(case, "receiver", unsigned(inside))
    findings += _by_year(case, "negative", negative(known, case.since))
    values = Values(case, "stock.idle_months")
    limit = values.on(case.until) if on_hand(known) else None
    if limit is not None and (evidence := idle(known, case.until, int(limit.number))):
        findings.append(_grouped(case, case.until.isoformat(), "idle", evidence, limit))
    return examined(rows["entry"].nunique() + len(inside), findings, values.untested)


def _unrecorded(case: Case, rows: pd.DataFrame, inside: pd.DataFrame) -> list[Finding]:
    if rows.empty:
        return []
    moved = Nets(rows).of(STOCK)
    heads = headers(rows)
    heads = heads.assign(moved=moved)[(moved != 0) & (heads["reverses"] == "")]
    values = (inside["quantity"] * inside["unit_cost_fen"]).groupby(inside["date"]).sum().to_dict()
    numbers = set(inside["voucher"].astype(str))
    evidence = []
    for row in records(heads):
        if str(row["voucher"]) not in numbers and values.get(row["date"]) != row["moved"]:
            fen = int(row["moved"])
            note = Text(f"{named(row)} {'入库' if fen > 0 else '出库'}，没有记录", "no record of this movement")
            evidence.append(header_evidence(row, note, abs(fen)))
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
