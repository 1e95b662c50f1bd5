"""The further sheets of our own workbook: 科目, the accounts opened in a book, and 单位信息, its union.toml."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from functools import partial
from types import MappingProxyType

from ledger.accounts import charts, resolve
from ledger.importers import cells
from ledger.importers.account_map import AccountMap
from ledger.importers.tables import Row, Table
from ledger.importers.words import VOCABULARIES
from ledger.names import is_account_name
from ledger.union import EarlierCollection, ProfileError, Standard, UnionProfile, parse_profile
from ledger.writer import profile_text

# 项目 of the sheet 单位信息 for each plain key of union.toml, in the order of the sheet.
ITEMS: Mapping[str, str] = MappingProxyType(
    {
        "name": "工会全称",
        "code": "统一社会信用代码",
        "level": "工会层级",
        "region": "行政区划代码",
        "system": "所属系统",
        "established": "建会日期",
        "parent": "上级工会",
        "collection": "经费收缴方式",
    }
)
BANK_ITEM = "银行账户"
EARLIER_ITEM = "以前的收缴方式"
NUMBER_ITEM = "银行账号："  # the number follows; the account is the 内容
STANDARD_ITEM = "自定标准："


@dataclass(frozen=True)
class AccountList:
    """The accounts that a sheet 科目 lists: account by its text in other sheets, and days of opening and closing.

    A day is None where the sheet has none.
    """

    labels: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    opened: Mapping[str, datetime.date | None] = field(default_factory=lambda: MappingProxyType({}))
    closed: Mapping[str, datetime.date] = field(default_factory=lambda: MappingProxyType({}))


def read_accounts(table: Table, accounts: AccountMap) -> AccountList:
    """Return the accounts of a sheet 科目; in a row that somebody added, 科目 alone (code and name) is enough."""
    labels: dict[str, str] = {}
    opened: dict[str, datetime.date | None] = {}
    closed: dict[str, datetime.date] = {}
    for row in table.rows():
        first, last = table.cell(row, "opened", cells.day), table.cell(row, "closed", cells.day)
        account = _account(table, row, accounts, first)
        label = row.get("label") or account
        if label in labels and labels[label] != account:
            table.problem(row.number, "label", f"“{label}”已在上面指另一个科目；请改成不同的写法")
        if account:
            labels[label] = account
        if account and any(resolve(account, chart.since) for chart in charts()):
            opened.setdefault(account, first)
            closed |= {account: last} if last is not None else {}
    return AccountList(MappingProxyType(labels), MappingProxyType(opened), MappingProxyType(closed))


def _account(table: Table, row: Row, accounts: AccountMap, first: datetime.date | None) -> str:
    stated = row.get("account")
    if not stated:
        try:
            return accounts.account("", row.get("label"), first or datetime.date.today())
        except cells.CellError as error:
            table.problem(row.number, "label", str(error))
            return ""
    if not is_account_name(stated):
        message = f"“{stated}”不是账套科目；新增科目只填“科目”一列，例如 1350101 其他应收款-备用金"
        table.problem(row.number, "account", message)
        return ""
    if not any(resolve(stated, chart.since) for chart in charts()):
        table.note(row.number, "account", f"“{stated}”不在会计科目表内，未启用；请核对编码与名称")
    return stated


def read_profile(table: Table, labels: Mapping[str, str] = MappingProxyType({})) -> UnionProfile | None:
    """Return who a sheet 单位信息 says the union is; None after a problem.

    `labels` are the texts of the sheet 科目 with the accounts they stand for: a bank account is named by either.
    """
    before = len(table.problems)
    plain: dict[str, str] = {}
    banks: list[str] = []
    numbers: list[tuple[str, str]] = []
    earlier: list[EarlierCollection] = []
    standards: list[Standard] = []
    keys = {label: key for key, label in ITEMS.items()}
    for row in table.rows():
        item = row.get("item")
        until = table.cell(row, "to", cells.day)
        if item == BANK_ITEM:
            banks.append(_bank(table, row, labels))
        elif item.startswith(NUMBER_ITEM):
            numbers.append((item.removeprefix(NUMBER_ITEM).strip(), _bank(table, row, labels)))
        elif item == EARLIER_ITEM:
            word = table.cell(row, "value", lambda text: cells.word("union.collection", text))
            if until is None:
                table.problem(row.number, "to", "没有填写这种收缴方式的最后一日")
            elif word:
                earlier.append(EarlierCollection(word, until))
        elif item.startswith(STANDARD_ITEM):
            standard = _standard(table, row, until)
            standards += [standard] if standard else []
        elif item not in keys:
            table.problem(row.number, "item", f"不知道的项目“{item}”；可用：{'、'.join(ITEMS.values())}、{BANK_ITEM}")
        else:
            key = keys[item]
            parse = partial(cells.word, f"union.{key}") if f"union.{key}" in VOCABULARIES else str
            plain[key] = table.cell(row, "value", parse) or ""
    founded = plain.pop("established", "")
    try:
        day = cells.day(founded) if founded else None
        texts = {key: plain.get(key, "") for key in ("name", "code", "region", "system", "parent")}
        words = {key: plain[key] for key in ("level", "collection") if plain.get(key)}
        profile = UnionProfile(
            **{"level": "grassroots", **texts, **words},
            established=day,
            bank_accounts=tuple(banks),
            standards=tuple(standards),
            earlier_collections=tuple(earlier),
            bank_numbers=tuple(numbers),
        )
        return parse_profile(profile_text(profile)) if len(table.problems) == before else None
    except cells.CellError as error:
        table.problem(table.head_row + 1, "value", f"建会日期{error}")
    except ProfileError as error:
        for fault in error.faults:
            table.problem(table.head_row + 1, "value", f"{fault.key}：{fault.message}")
    return None


def _bank(table: Table, row: Row, labels: Mapping[str, str]) -> str:
    text = row.get("value")
    account = labels.get(text, text)
    if not is_account_name(account):
        table.problem(
            row.number, "value", f"“{text}”不是银行账户的科目；请填工作表“科目”里的写法，新账户先在那里加一行"
        )
    return account


def _standard(table: Table, row: Row, until: datetime.date | None) -> Standard | None:
    since = table.cell(row, "from", cells.day)
    try:
        value = Decimal(row.get("value"))
    except InvalidOperation:
        table.problem(row.number, "value", f"“{row.get('value')}”不是数")
        return None
    if since is None:
        table.problem(row.number, "from", "自定标准没有起始日期，请填写")
        return None
    key = row.get("item").removeprefix(STANDARD_ITEM).strip()
    return Standard(key, value, since, until, row.get("instrument"), row.get("article"))
