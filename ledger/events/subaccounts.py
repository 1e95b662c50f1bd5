"""Which account of the book an answer or a line means: open sub-accounts are used again, new ones are numbered."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator

from ledger.accounts import StatutoryAccount, account_name, chart_on, components, resolve, statutory
from ledger.events.model import Choice, EventContext, Field, Level, Words
from ledger.names import component_name, skeleton

# Accounts that are the treasury's money, so that what they pay for is expenditure of the treasury's appropriation.
TREASURY = frozenset(
    {
        "zero_balance_quota",
        "treasury_quota_returnable",
        "treasury_direct_payment",
        "treasury_authorised_payment",
        "same_level_treasury_income",
    }
)
TREASURY_NAME = "财政拨款"
_MONEY = {"bank_deposit": "bank", "cash_on_hand": "cash"}


def sub_account(parent: str, name: str, accounts: Iterable[str]) -> str:
    """Return the account of that name below a parent: the open one, else a new one with the next free digits.

    An open account whose name looks the same (`Li`, `LI`) is the one meant: two that look the same are a fault.
    """
    wanted = component_name(name)
    level = len(components(parent))
    taken = [components(account)[level] for account in accounts if account.startswith(parent + ":")]
    for digits, existing in sorted(taken):
        if skeleton(existing) == skeleton(wanted):
            return f"{parent}:{digits}-{existing}"
    width = max((len(digits) for digits, _ in taken), default=2)
    last = max((int(digits) for digits, _ in taken if digits), default=0)
    return f"{parent}:{last + 1:0{width}d}-{wanted}"


def usable(account: StatutoryAccount, level: Level) -> bool:
    """Say whether the list of main accounts of a level names a statutory account."""
    return account.levels in ("both", level)


def meanings_of(field: Field, level: Level, day: datetime.date) -> tuple[str, ...]:
    """Return the meanings that a field offers to a level: those its list names, or all where it names none.

    A grassroots union may use the accounts of the county list where it needs them (note to the list of accounts).
    """
    chart = chart_on(day).by_meaning
    own = tuple(meaning for meaning in field.accounts if usable(chart[meaning], level))
    return own or field.accounts


def meanings_open_to(field: Field, level: Level, day: datetime.date) -> tuple[str, ...]:
    """Return the meanings whose open accounts a field takes: all for a grassroots union, else the level's own."""
    return field.accounts if level is Level.GRASSROOTS else meanings_of(field, level, day)


def is_under(account: str, meanings: Iterable[str], day: datetime.date) -> bool:
    """Say whether an account of the book stands under one of some meanings on a day."""
    return bool(meanings_above(account, day) & set(meanings))


def meanings_above(account: str, day: datetime.date) -> frozenset[str]:
    """Return the meaning an account of the book stands under on a day, and that of its level-1 account."""
    found = resolve(account, day)
    if found is None:
        return frozenset()
    return frozenset({found.meaning, chart_on(day).by_code[found.parent_code].meaning})


def account_choices(field: Field, context: EventContext, day: datetime.date) -> tuple[Choice, ...]:
    """Return what an account field offers: the book's open accounts under its meanings, then the statutory ones."""
    known = tuple(_open_under(meanings_open_to(field, context.level, day), context, day))
    chosen = [Choice(account, _label(account)) for account in known]
    for meaning in meanings_of(field, context.level, day):
        name = account_name(statutory(meaning, day))
        if name not in known:
            chosen.append(Choice(meaning, _label(name)))
    return tuple(chosen)


def default_account(field: Field, context: EventContext, day: datetime.date) -> str:
    """Return the account a field takes where the answer says none, "" when it has no default."""
    if not field.default:
        return ""
    return account_of_meaning(field, field.default, context, day)


def account_of_meaning(field: Field, meaning: str, context: EventContext, day: datetime.date) -> str:
    """Return the book's account for a meaning: the named or preferred sub-account, the context's, or the plain one."""
    word = field.named or field.prefer
    if word:
        for account in _open_under((meaning,), context, day):
            if word in components(account)[-1][1]:
                return account
    plain = account_name(statutory(meaning, day))
    if field.named:
        return sub_account(plain, field.named, context.accounts)
    usual = getattr(context, _MONEY[meaning]) if meaning in _MONEY else ""
    return usual or plain


def _open_under(meanings: Iterable[str], context: EventContext, day: datetime.date) -> Iterator[str]:
    wanted = tuple(meanings)
    return (account for account in sorted(context.accounts) if is_under(account, wanted, day))


def _label(account: str) -> Words:
    shown = "——".join(name for _, name in components(account))
    return Words(shown, account)
