"""Contracts behind purchases: what the register says of them, what was paid on them, and what is wrong."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from ledger.journal_rows import PostingRow, net_fen
from ledger.money import shown_yuan
from ledger.register_rows import ContractRow, register_of
from rules.evidence import register_evidence
from rules.expenditure.purchases import bought_from_firms, party_of, payment_day
from rules.finding import Evidence, Text
from rules.invoices.parties import Sameness, sameness
from rules.rule import Case, voucher_order


class Fault(NamedTuple):
    """What is wrong with the contract behind a purchase; `sure` where book and register together show it."""

    told: Text
    sure: bool
    evidence: tuple[Evidence, ...] = ()


def known_contracts(case: Case) -> Mapping[str, ContractRow] | None:
    """Return the register of contracts by number, in order of number, the first row of each; None without one."""
    if register_of(ContractRow) not in case.facts.registers:
        return None
    known: dict[str, ContractRow] = {}
    for row in sorted(case.rows(ContractRow), key=lambda r: (r.contract, r.signed or datetime.date.max, r.line)):
        known.setdefault(row.contract, row)
    return known


def _paid_so_far(case: Case, purchase: PostingRow) -> int:
    """Return what all purchases up to and including one paid on its contract, over all years."""

    def by_contract() -> Mapping[str, Sequence[PostingRow]]:
        found: dict[str, list[PostingRow]] = defaultdict(list)
        first = min(head.date for head in case.facts.listed)
        for line in bought_from_firms(case, min(first, case.since)):
            found[line.contract].append(line)
        return found

    lines = case.facts.once(("paid on contracts", case.since, case.until), by_contract)[purchase.contract]
    until = voucher_order(purchase.head)
    return net_fen(line for line in lines if voucher_order(line.head) <= until)


def contract_faults(case: Case, purchase: PostingRow, known: Mapping[str, ContractRow] | None) -> list[Fault]:
    """Return what is wrong with the contract of one purchase; `known` is what `known_contracts` returns."""
    name, paid, party = purchase.contract, payment_day(purchase), party_of(purchase)
    if not name:
        return [_without(purchase, known)]
    listed = known.get(name) if known is not None else None
    if known is not None and listed is None:
        zh = f"合同 {name} 不在 contracts.csv"
        return [Fault(Text(zh, f"contract {name} is not in contracts.csv"), sure=True)]
    signed = purchase.head.contract_date or (listed.signed if listed is not None else None)
    shown: tuple[Evidence, ...] = ()
    if listed is not None:
        shown = (register_evidence(listed, Text(f"合同 {name}", f"contract {name}")),)
    found: list[Fault] = []
    if signed is not None and signed > paid:
        zh = f"合同 {name} 于 {signed} 签订，晚于付款之日 {paid}"
        found.append(Fault(Text(zh, f"contract {name} of {signed} is later than the payment of {paid}"), True, shown))
    if listed is None:
        return found
    if listed.party and sameness(listed.party, party) is Sameness.OTHER:
        zh = f"合同 {name} 的对方是{listed.party}"
        found.append(Fault(Text(zh, f"contract {name} is with {listed.party}"), False, shown))
    if listed.amount_fen is not None and (total := _paid_so_far(case, purchase)) > listed.amount_fen:
        zh = f"凭合同 {name} 累计付款 {shown_yuan(total)} 元，超过合同金额 {shown_yuan(listed.amount_fen)} 元"
        found.append(
            Fault(Text(zh, f"{shown_yuan(total)} yuan paid on contract {name}, more than it says"), False, shown)
        )
    return found


def _without(purchase: PostingRow, known: Mapping[str, ContractRow] | None) -> Fault:
    if known is None:
        return Fault(Text("凭证没有写合同", "the voucher names no contract"), sure=False)
    for name, listed in known.items():
        begun = listed.from_ is None or listed.from_ <= purchase.date
        open_ = listed.to is None or purchase.date <= listed.to
        if begun and open_ and sameness(listed.party, party_of(purchase)) is not Sameness.OTHER:
            zh = f"凭证没有写合同，登记簿有该对方的合同 {name}"
            return Fault(Text(zh, f"no contract named, though the register has {name} with this party"), sure=False)
    return Fault(
        Text("凭证没有写合同，登记簿也没有该对方的合同", "no contract on the voucher or in the register"), sure=True
    )
