"""Who a union is: `union.toml` of its book, read strictly.

Every fault is reported at once (key, what is wrong, the way out); an unknown key is a fault, with the nearest
known key named, because a misspelt key would otherwise silently be without effect.
"""

from __future__ import annotations

import datetime
import difflib
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

LEVELS = ("grassroots", "county", "city", "province", "national")
COLLECTIONS = ("direct", "tax", "treasury")

_FUNDS_KEYS = ("collection", "earlier")
_EARLIER_KEYS = ("collection", "until")
_UNION_KEYS = ("name", "code", "level", "region", "system", "established", "parent")
_STANDARD_KEYS = ("key", "value", "from", "to", "instrument", "article")
_PLAIN_KEY = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+")


@dataclass(frozen=True)
class Standard:
    """A value that the union adopted itself or was told, with its source: it counts where the law leaves room.

    `value` is text of a decimal (money in yuan, shares as fractions of one). `until` is inclusive; None: open.
    """

    key: str
    value: Decimal
    since: datetime.date
    until: datetime.date | None
    instrument: str
    article: str = ""


@dataclass(frozen=True)
class EarlierCollection:
    """How the employer's contribution was collected before the present way: up to the wages of `until`, inclusive."""

    collection: str
    until: datetime.date


@dataclass(frozen=True)
class UnionProfile:
    """A union as its book declares it.

    `region` is a GB/T 2260 code of six digits, `collection` how the employer's contribution is collected
    (direct, tax, treasury) now, `earlier_collections` how it was before, oldest first; `bank_accounts` are the
    ledger accounts that are the union's own bank accounts, `bank_numbers` pairs of an account's number at its bank
    and its ledger account.
    """

    name: str
    code: str
    level: str
    region: str
    system: str = ""
    established: datetime.date | None = None
    parent: str = ""
    collection: str = "direct"
    bank_accounts: tuple[str, ...] = ()
    standards: tuple[Standard, ...] = field(default=())
    earlier_collections: tuple[EarlierCollection, ...] = ()
    bank_numbers: tuple[tuple[str, str], ...] = ()

    def collection_on(self, day: datetime.date) -> str:
        """Return how the contribution on wages of a day was collected: direct, tax or treasury."""
        return next((e.collection for e in self.earlier_collections if day <= e.until), self.collection)

    def collections(self, since: datetime.date, until: datetime.date) -> frozenset[str]:
        """Return every way of collection in use within a period, both days inclusive."""
        turns = (e.until for e in self.earlier_collections if since <= e.until <= until)
        return frozenset(map(self.collection_on, (since, until, *turns)))


@dataclass(frozen=True)
class ProfileFault:
    """One thing wrong in union.toml: where (`key`) and what, with the way out, in Chinese."""

    key: str
    message: str


class ProfileError(ValueError):
    """union.toml cannot be used; `faults` holds every fault found."""

    def __init__(self, faults: Iterable[ProfileFault]) -> None:
        self.faults = tuple(faults)
        super().__init__("；".join(f"{f.key}：{f.message}" for f in self.faults))


def parse_profile(text: str) -> UnionProfile:
    """Return the profile that the text of a union.toml declares, or raise ProfileError with every fault."""
    try:
        data = tomllib.loads(text, parse_float=_refuse_float)
    except tomllib.TOMLDecodeError as error:
        raise ProfileError([ProfileFault("union.toml", f"不是合法的 TOML：{error}")]) from None
    except _FloatFound as error:
        fault = ProfileFault("union.toml", f'出现小数 {error}，数值一律写成带引号的文本，例如 "0.60"')
        raise ProfileError([fault]) from None
    reader = _Reader()
    profile = reader.profile(data)
    if reader.faults:
        raise ProfileError(reader.faults)
    return profile


class _FloatFound(Exception):
    pass


def _refuse_float(text: str) -> float:
    raise _FloatFound(text)


class _Reader:
    """Collects the faults of one reading."""

    def __init__(self) -> None:
        self.faults: list[ProfileFault] = []

    def fault(self, key: str, message: str) -> None:
        self.faults.append(ProfileFault(key, message))

    def profile(self, data: Mapping[str, Any]) -> UnionProfile:
        self.known("", data, ("union", "funds", "bank", "standards"))
        union = self.table("union", data.get("union"))
        funds = self.table("funds", data.get("funds", {}))
        bank = self.table("bank", data.get("bank", {}))
        self.known("union.", union, _UNION_KEYS)
        self.known("funds.", funds, _FUNDS_KEYS)
        self.known("bank.", bank, ("accounts", "numbers"))
        region = self.text("union.region", union.get("region"))
        if region and not re.fullmatch(r"\d{6}", region):
            self.fault("union.region", f"“{region}”不是六位行政区划代码（GB/T 2260）")
        return UnionProfile(
            name=self.text("union.name", union.get("name")),
            code=self.text("union.code", union.get("code", ""), required=False),
            level=self.word("union.level", union.get("level", "grassroots"), LEVELS),
            region=region,
            system=self.text("union.system", union.get("system", ""), required=False),
            established=self.day("union.established", union.get("established")),
            parent=self.text("union.parent", union.get("parent", ""), required=False),
            collection=self.word("funds.collection", funds.get("collection", "direct"), COLLECTIONS),
            bank_accounts=self.texts("bank.accounts", bank.get("accounts", [])),
            standards=self.standards(data.get("standards", [])),
            earlier_collections=self.earlier(funds.get("earlier", [])),
            bank_numbers=self.numbers(bank.get("numbers", {})),
        )

    def numbers(self, value: object) -> tuple[tuple[str, str], ...]:
        found = []
        for number, account in self.table("bank.numbers", value).items():
            if not re.fullmatch(r"[\d -]{6,40}", number) or not isinstance(account, str) or not account:
                self.fault(f"bank.numbers.{number}", '应写作 "银行账号" = "银行账户的科目"')
            else:
                found.append((number, account))
        return tuple(found)

    def earlier(self, value: object) -> tuple[EarlierCollection, ...]:
        if not isinstance(value, list):
            self.fault("funds.earlier", "应写作 [[funds.earlier]]")
            return ()
        found: list[EarlierCollection] = []
        for number, item in enumerate(value, 1):
            where = f"funds.earlier[{number}]"
            table = self.table(where, item)
            self.known(f"{where}.", table, _EARLIER_KEYS)
            collection = self.word(f"{where}.collection", table.get("collection"), COLLECTIONS)
            until = self.day(f"{where}.until", table.get("until"))
            if until is None:
                self.fault(f"{where}.until", "缺少这种收缴方式的最后一日，应写作 until = 2022-12-31")
                continue
            if found and until <= found[-1].until:
                self.fault(f"{where}.until", f"{until} 不晚于上一节的 {found[-1].until}；请按日期先后排列")
                continue
            found.append(EarlierCollection(collection, until))
        return tuple(found)

    def known(self, prefix: str, table: Mapping[str, Any], keys: Iterable[str]) -> None:
        keys = tuple(keys)
        for key in table:
            if key not in keys:
                near = difflib.get_close_matches(key, keys, n=1, cutoff=0.5)
                hint = f"是否应为“{prefix}{near[0]}”？" if near else ""
                self.fault(f"{prefix}{key}", f"未知的键；{hint}可用的键：{'、'.join(keys)}")

    def table(self, key: str, value: object) -> Mapping[str, Any]:
        if isinstance(value, dict):
            return value
        self.fault(key, "缺少这一节" if value is None else "应为一节（[...]）")
        return {}

    def text(self, key: str, value: object, *, required: bool = True) -> str:
        if isinstance(value, str) and (value or not required):
            return value
        self.fault(key, "缺少，或不是带引号的文本")
        return ""

    def texts(self, key: str, value: object) -> tuple[str, ...]:
        if isinstance(value, list) and all(isinstance(item, str) for item in value):
            return tuple(value)
        self.fault(key, "应为文本的列表")
        return ()

    def word(self, key: str, value: object, words: tuple[str, ...]) -> str:
        if isinstance(value, str) and value in words:
            return value
        self.fault(key, f"“{value}”不可用，应为 {'、'.join(words)} 之一")
        return words[0]

    def day(self, key: str, value: object) -> datetime.date | None:
        if value is None or (isinstance(value, datetime.date) and not isinstance(value, datetime.datetime)):
            return value
        self.fault(key, f"“{value}”不是日期，应写作 2025-01-31（不加引号）")
        return None

    def standards(self, value: object) -> tuple[Standard, ...]:
        if not isinstance(value, list):
            self.fault("standards", "应写作 [[standards]]")
            return ()
        found = []
        for number, item in enumerate(value, 1):
            where = f"standards[{number}]"
            table = self.table(where, item)
            self.known(f"{where}.", table, _STANDARD_KEYS)
            key = self.text(f"{where}.key", table.get("key"))
            if key and not _PLAIN_KEY.fullmatch(key):
                self.fault(f"{where}.key", f"“{key}”不是参数名，例如 holiday.annual_cap")
            since = self.day(f"{where}.from", table.get("from"))
            if since is None:
                self.fault(f"{where}.from", "缺少起始日期")
            instrument = self.text(f"{where}.instrument", table.get("instrument"))
            number_text = self.text(f"{where}.value", table.get("value"))
            try:
                number_value = Decimal(number_text)
            except InvalidOperation:
                self.fault(f"{where}.value", f"“{number_text}”不是数")
                continue
            if since is None:
                continue
            found.append(
                Standard(
                    key=key,
                    value=number_value,
                    since=since,
                    until=self.day(f"{where}.to", table.get("to")),
                    instrument=instrument,
                    article=self.text(f"{where}.article", table.get("article", ""), required=False),
                )
            )
        return tuple(found)
