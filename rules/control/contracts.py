"""Contracts behind purchases: what the register says of them, what was paid on them, and what is wrong."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from ledger.money import shown_yuan
from ledger.rows import Row
from rules.expenditure.purchases import paid_on, purchases
from rules.finding import Evidence, Text
from rules.gather import day, register_evidence
from rules.invoices.parties import Sameness, sameness
from rules.rule import Case


class Fault(NamedTuple):
    """What is wrong with the contract behind a purchase; `sure` where book and register together show it."""

    told: Text
    sure: bool
    evidence: tuple[Evidence, ...] = ()


def known_contracts(case: Case) -> pd.DataFrame | None:
    """Return the register of contracts, one row a contract by its number; None without one."""
    if "contracts" not in case.facts.registers:
        return None
    rows = case.register("contracts")
    rows = rows.assign(contract=rows["contract"].astype("object"), party=rows["party"].astype("object"))
    return rows.sort_values(["contract", "signed", "line"]).drop_duplicates("contract").set_index("contract")


def paid_so_far(case: Case) -> dict[int, int]:
    """Return, by entry, what all purchases up to and including it paid on its contract, over all years."""
    rows = purchases(case, case.facts.vouchers["date"].min().date())
    rows = rows[rows["contract"] != ""]
    totals = rows.groupby("contract")["amount_fen"].cumsum()
    return {int(entry): int(total) for entry, total in zip(rows["entry"], totals, strict=True)}


def contract_faults(row: Row, known: pd.DataFrame | None, used: dict[int, int]) -> list[Fault]:
    """Return what is wrong with the contract of one purchase; `used` is what `paid_so_far` returns."""
    name, paid = str(row["contract"]), paid_on(row)
    if not name:
        return [_without(row, known)]
    listed = known[known.index == name].iloc[0] if known is not None and name in known.index else None
    if known is not None and listed is None:
        zh = f"合同 {name} 不在 contracts.csv"
        return [Fault(Text(zh, f"contract {name} is not in contracts.csv"), sure=True)]
    signed = row["contract_date"] if listed is None or not pd.isna(row["contract_date"]) else listed["signed"]
    shown: tuple[Evidence, ...] = ()
    if listed is not None:
        shown = (register_evidence("contracts", listed, Text(f"合同 {name}", f"contract {name}")),)
    found: list[Fault] = []
    if not pd.isna(signed) and day(signed) > paid:
        zh = f"合同 {name} 于 {day(signed)} 签订，晚于付款之日 {paid}"
        found.append(
            Fault(Text(zh, f"contract {name} of {day(signed)} is later than the payment of {paid}"), True, shown)
        )
    if listed is None:
        return found
    if listed["party"] and sameness(str(listed["party"]), str(row["party"])) is Sameness.OTHER:
        zh = f"合同 {name} 的对方是{listed['party']}"
        found.append(Fault(Text(zh, f"contract {name} is with {listed['party']}"), False, shown))
    total = used.get(int(row["entry"]), 0)
    if not pd.isna(listed["amount_fen"]) and total > int(listed["amount_fen"]):
        zh = f"凭合同 {name} 累计付款 {shown_yuan(total)} 元，超过合同金额 {shown_yuan(int(listed['amount_fen']))} 元"
        found.append(
            Fault(Text(zh, f"{shown_yuan(total)} yuan paid on contract {name}, more than it says"), False, shown)
        )
    return found


def _without(row: Row, known: pd.DataFrame | None) -> Fault:
    if known is None:
        return Fault(Text("凭证没有写合同", "the voucher names no contract"), sure=False)
    for name, listed in known.iterrows():
        begun = pd.isna(listed["from"]) or listed["from"] <= row["date"]
        open_ = pd.isna(listed["to"]) or row["date"] <= listed["to"]
        if begun and open_ and sameness(str(listed["party"]), str(row["party"])) is not Sameness.OTHER:
            zh = f"凭证没有写合同，登记簿有该对方的合同 {name}"
            return Fault(Text(zh, f"no contract named, though the register has {name} with this party"), sure=False)
    return Fault(
        Text("凭证没有写合同，登记簿也没有该对方的合同", "no contract on the voucher or in the register"), sure=True
    )
