"""Budget lines as people name them: `405`, `50105 会员活动支出`, `403/困难职工帮扶专项`, with an amount behind `=`."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from ledger.budgeting.lines import LineKey
from ledger.budgeting.proposal import Given
from ledger.importers.account_map import AccountMap, account_map
from ledger.importers.cells import CellError
from ledger.money import MoneyError, fen_from_text


class Unnamed(ValueError):
    """A line or an amount that cannot be understood; the message says why and the way out, in Chinese."""


def named_line(text: str, accounts: Sequence[str], day: datetime.date) -> LineKey:
    """Return the line that a text names: an account by code or name, and a project behind `/`."""
    account, _, project = text.strip().partition("/")
    known: AccountMap = account_map((), accounts)
    try:
        found = known.account("", account.strip(), day)
    except CellError as error:
        raise Unnamed(f"“{text}”：{error}") from None
    return LineKey(found, project.strip())


def named_amount(text: str) -> int:
    """Return an amount of yuan as fen."""
    try:
        fen = fen_from_text(text)
    except MoneyError as error:
        raise Unnamed(f"{error}；金额应为以元为单位、至多两位小数的数") from None
    if fen < 0:
        raise Unnamed(f"金额“{text}”不能为负数")
    return fen


def given_line(text: str, accounts: Sequence[str], day: datetime.date) -> tuple[LineKey, Given]:
    """Return what `科目/项目=金额；依据` sets: the line, its amount, and on what basis (may be left out)."""
    line, equals, rest = text.partition("=")
    if not equals:
        raise Unnamed(f"“{text}”应写作 科目=金额、科目/项目=金额 或 科目=金额；依据")
    amount, _, basis = rest.replace(";", "；").partition("；")
    return named_line(line, accounts, day), Given(named_amount(amount), basis.strip())
