"""Which ledger account a statement belongs to: the one asked for, the one its number is of, or the only one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ledger.accounts import components
from ledger.importers.cells import CellError


@dataclass(frozen=True)
class BankAccounts:
    """What is known of a union's bank accounts.

    `own` are those of union.toml, `numbers` pairs of bank account number and ledger account, `known` every account
    of the book, `asked` what the user named (a ledger account, its last digits or its name), empty for nothing.
    """

    own: tuple[str, ...] = ()
    numbers: tuple[tuple[str, str], ...] = ()
    known: tuple[str, ...] = ()
    asked: str = ""


def account_of(accounts: BankAccounts, number: str) -> str:
    """Return the ledger account of a statement that prints this number (empty: none).

    Raises CellError naming the choices where it cannot be told, or where the number is of another account than
    the one asked for.
    """
    by_number = _by_number(accounts, number)
    if accounts.asked:
        asked = _asked(accounts)
        if by_number and by_number != asked:
            raise CellError(
                f"对账单的账号 {number} 在 union.toml 中登记为“{by_number}”，与 --account 的“{asked}”不同；请核对"
            )
        return asked
    if by_number:
        return by_number
    if number and accounts.numbers:
        registered = "、".join(n for n, _ in accounts.numbers)
        raise CellError(
            f"对账单的账号 {number} 没有登记（已登记：{registered}）；请在 union.toml 的 [bank.numbers] 中登记，"
            "或用 --account 指明账户"
        )
    if len(accounts.own) == 1:
        return accounts.own[0]
    if not accounts.own:
        raise CellError("union.toml 的 [bank] accounts 没有银行账户；请登记，或用 --account 指明账户")
    raise CellError(f"本单位有 {len(accounts.own)} 个银行账户：{'、'.join(accounts.own)}；请用 --account 指明是哪一个")


def _asked(accounts: BankAccounts) -> str:
    text = accounts.asked.strip()
    every = tuple(dict.fromkeys((*accounts.own, *accounts.known)))
    if text in every:
        return text
    for pool in (accounts.own, every):
        found = [a for a in pool if text in _names(a)]
        if len(found) == 1:
            return found[0]
        if found:
            raise CellError(f"“{text}”对应多个账户：{'、'.join(found)}；请写全称")
    choices = "、".join(accounts.own) or "（union.toml 没有登记银行账户）"
    raise CellError(f"账套里没有账户“{text}”；可用：{choices}")


def _names(account: str) -> Sequence[str]:
    parts = components(account)
    digits = "".join(d for d, _ in parts)
    return (digits, parts[-1][1], "-".join(n for _, n in parts), "-".join(f"{d}-{n}" for d, n in parts[-1:]))


def _by_number(accounts: BankAccounts, number: str) -> str:
    """Return the account of a number; a masked one (`3405****1234`) counts where it fits just one."""
    if not number:
        return ""
    fitting = {account for known, account in accounts.numbers if _fits(number, re.sub(r"[\s-]", "", known))}
    return fitting.pop() if len(fitting) == 1 else ""


def _fits(number: str, known: str) -> bool:
    parts = [re.escape(part) for part in re.split(r"[*＊xX]+", number)]
    return re.fullmatch(r"\d*".join(parts), known) is not None
