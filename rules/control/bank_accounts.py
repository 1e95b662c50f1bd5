"""Bank accounts as they should not be: off the books, undeclared, absent, or lent for others' money to pass through."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from operator import attrgetter
from types import MappingProxyType

from ledger.accounts import components
from ledger.balances import CURRENT, account_balances
from ledger.journal_rows import net_fen
from ledger.money import shown_yuan
from ledger.register_rows import BankRow
from rules.bookkeeping.bank_gaps import live
from rules.bookkeeping.statements_of_bank import BANK, Item, bank_accounts, items_evidence, reconciled
from rules.control.faults import Fault
from rules.evidence import register_evidence
from rules.finding import Certainty, Citation, Evidence, Severity, Text
from rules.gather import joined, limited, shown_month
from rules.remittance.months import month_of_day
from rules.rule import Case

_DEPOSITS = ("定期", "通知存款", "大额存单")  # kinds of deposit within an account, no accounts of their own
_CUSTODY = "代管"
_BOOKS = Citation("accounting-law-2024", "第十六条")
_LAW = Citation("trade-union-law-2021", "第四十五条")
_LOCAL: Mapping[str, Citation] = MappingProxyType(
    {"41": Citation("henan-regulation-2004", "第三十一条"), "50": Citation("chongqing-regulation-2011", "第四十条")}
)


def own_accounts(case: Case) -> tuple[str, ...]:
    """Return the live bank accounts of the union's own: without custody accounts and kinds of deposit."""
    found = [account for account in bank_accounts(case.facts, case.until) if live(case, account)]
    return tuple(account for account in found if not _named(account, (_CUSTODY, *_DEPOSITS)))


def _named(account: str, words: Sequence[str]) -> bool:
    return any(word in name for _, name in components(account)[1:] for word in words)


def undeclared(case: Case, own: Sequence[str]) -> Iterator[Fault]:
    """Yield live accounts that union.toml does not declare, where it declares any: leads."""
    declared = case.facts.union.bank_accounts
    missing = [a for a in own if not any(a == d or a.startswith(f"{d}:") for d in declared)]
    if not declared or not missing:
        return
    left = {balance.account: balance.amount_fen for balance in account_balances(case.facts, case.until)}
    note = Text("账上的银行账户，union.toml 没有申报", "a bank account that union.toml does not declare")
    told = Text(
        f"账上 {len(missing)} 个银行账户没有申报：{joined(missing)}", f"{len(missing)} bank accounts not declared"
    )
    evidence = limited([Evidence(note, "", case.until, a, abs(left.get(a, 0))) for a in missing])
    yield Fault(("undeclared",), told, evidence, Certainty.LEAD, Severity.MEDIUM, citations=(_LAW,))


def without_account(case: Case, own: Sequence[str]) -> Iterator[Fault]:
    """Yield the fault of a union with income or spending and no bank account at all."""
    if own or case.facts.union.bank_accounts or not case.booked.of(*CURRENT) or BANK in case.booked.groups:
        return
    local = _LOCAL.get(case.facts.union.region[:2])
    spent = net_fen(case.booked.of("expense"))
    told = Text(
        f"本期有收支（支出 {shown_yuan(spent)} 元），没有任何银行收付，也没有申报银行账户：工会没有独立开户",
        "income and expenditure, and no bank account: the union has none of its own",
    )
    evidence = (Evidence(Text("union.toml 没有银行账户", "union.toml names no bank account"), file="union.toml"),)
    certain = Certainty.LEAD if local is None else Certainty.ESTABLISHED
    yield Fault(("none",), told, evidence, certain, citations=(_LAW,) if local is None else (_LAW, local))


def off_book(case: Case) -> Iterator[Fault]:
    """Yield accounts with statements that the books never knew."""
    known = {balance.account for balance in account_balances(case.facts, case.until)}
    names = set(map(attrgetter("account"), case.rows(BankRow))) - known - {""}
    for account in sorted(names):
        dated = [(row.date, row.line, row) for row in case.rows(BankRow) if row.account == account and row.date]
        own = [row for date, _, row in sorted(dated) if case.since <= date <= case.until]
        if not own or any(name.startswith(f"{account}:") for name in known):
            continue
        paid, got = sum(row.debit_fen or 0 for row in own), sum(row.credit_fen or 0 for row in own)
        note = Text("账上没有这个账户", "the books have no such account")
        evidence = limited([register_evidence(row, note, _moved(row)) for row in own])
        told = Text(
            f"银行流水中的账户“{account}”账上没有：本期收 {shown_yuan(got)} 元，付 {shown_yuan(paid)} 元",
            f"{account} has statements and is not in the books: {shown_yuan(got)} yuan in, {shown_yuan(paid)} out",
        )
        certain, fen = Certainty.ESTABLISHED, max(paid, got)
        yield Fault(("off-book", account), told, evidence, certain, amount_fen=fen, citations=(_BOOKS,))


def _moved(row: BankRow) -> int:
    return abs(row.debit_fen or 0) + abs(row.credit_fen or 0)


def passed_through(case: Case) -> Iterator[Fault]:
    """Yield money that came and went within a month at the bank, and is not in the books at all."""
    for account in bank_accounts(case.facts, case.until):
        found = reconciled(case.facts, account, case.until)
        if found is None:
            continue
        months: dict[str, list[Item]] = defaultdict(list)
        for item in found.items:
            if not item.booked and item.met is None and item.date >= case.since:
                months[month_of_day(item.date)].append(item)
        for month, items in sorted(months.items()):
            pairs = _both_ways(items)
            if pairs:
                total = sum(item.amount_fen for item in pairs if item.amount_fen > 0)
                name = components(account)[-1][1]
                told = Text(
                    f"{shown_month(month)}“{name}”流水一进一出 {shown_yuan(total)} 元，账上都没有记载",
                    f"{month}, {account}: {shown_yuan(total)} yuan came and went, and neither is in the books",
                )
                key, evidence = ("through", account, month), limited(items_evidence(pairs))
                yield Fault(key, told, evidence, Certainty.ESTABLISHED, amount_fen=total, citations=(_BOOKS,))


def _both_ways(items: Sequence[Item]) -> list[Item]:
    """Return the items of a month that another one of the same amount takes back."""
    waiting: dict[int, list[Item]] = defaultdict(list)
    found = []
    for item in items:
        others = waiting[-item.amount_fen]
        if others:
            found += [others.pop(0), item]
        else:
            waiting[item.amount_fen].append(item)
    return found
