"""Codes and names of a package's accounts turned into account names of the book.

The statutory code is three digits, or five where the regulation lists a second level; below it every two digits
are a level (3-2-2), unless the package separates them or gives one name for all of them. A code whose name is not
the statutory one is an error, never a guess: another chart may number it so.
"""

from __future__ import annotations

import datetime
import difflib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from ledger.accounts import Chart, StatutoryAccount, account_name, chart_on, components, resolve
from ledger.importers.cells import CellError
from ledger.names import component_name, is_account_name

_SEPARATORS = re.compile(r"[.\-_/\\\s]+")
_CODE_AND_NAME = re.compile(r"([0-9][0-9.]*)(?:\s+(.+))?", re.DOTALL)  # both in one cell
_PATH = re.compile(r"\s*[\\/_:：>|]+\s*|—+|\s+-\s+|-")


@dataclass(frozen=True)
class AccountMap:
    """Maps accounts of one import.

    `names` are names by digits seen in the file, `known` the book's accounts, `labels` the accounts that the
    file's own list of accounts (sheet 科目) names, by the text that stands for each in other sheets.
    """

    names: Mapping[str, str] = field(default_factory=dict)
    known: frozenset[str] = frozenset()
    labels: Mapping[str, str] = field(default_factory=dict)

    def account(self, code: str, name: str, day: datetime.date) -> str:
        """Return the book's account of a code and/or name on a day; raise CellError naming the nearest."""
        if not code:
            name = self.labels.get(name, name)
            both = _CODE_AND_NAME.fullmatch(name)
            code, name = both.groups(default="") if both else (code, name)
        for text in (code, name):
            if ":" in text and is_account_name(text):
                if resolve(text, day) is None:
                    raise CellError(f"科目“{text}”不在{_chart_name(day)}科目表内{_nearest(text, chart_on(day))}")
                return text
        if code:
            return self._by_code(clean_code(code), name, day)
        return self._by_name(name, day)

    def _by_code(self, parts: tuple[str, ...], name: str, day: datetime.date) -> str:
        chart = chart_on(day)
        digits = "".join(parts)
        head = chart.by_code.get(digits[:5]) if len(digits) >= 5 else None
        head = head or chart.by_code.get(digits[:3])
        shown = f"{digits} {name}".strip()
        if head is None or not (digits.isascii() and digits.isdecimal()):
            raise CellError(f"科目“{shown}”不在{_chart_name(day)}科目表内{_nearest(name or digits, chart)}")
        rest = digits[len(head.code) :]
        below = _names_below(name, head, chart)
        if not rest:
            if below:
                raise CellError(f"科目编码 {digits} 应为“{head.name}”，表中写作“{name}”；请核对编码或名称")
            return account_name(head)
        if len(rest) == 1:
            raise CellError(f"科目编码 {digits} 的位数不对：一级 3 位，以下每级 2 位")
        return self._local(head, _levels(parts, len(head.code), rest), below, shown)

    def _local(self, head: StatutoryAccount, levels: list[str], names: list[str], shown: str) -> str:
        base = account_name(head)
        known = self._known_below(base, "".join(levels), names)
        if known:
            return known
        if len(levels) > 1 and len(names) == 1:
            upper = [self.names.get(head.code + "".join(levels[:n])) for n in range(1, len(levels))]
            if all(upper):
                names = [*(name for name in upper if name), names[0]]
            else:
                levels = ["".join(levels)]
        if not names:
            found = [self.names.get(head.code + "".join(levels[:n])) for n in range(1, len(levels) + 1)]
            names = [name for name in found if name]
        if len(names) != len(levels):
            raise CellError(f"科目“{shown}”是明细科目，缺少各级的名称；请在“科目名称”中写明，例如“银行存款-基本户”")
        below = [f"{digits}-{component_name(name)}" for digits, name in zip(levels, names, strict=True)]
        return ":".join([base, *below])

    def _known_below(self, base: str, digits: str, names: list[str]) -> str:
        depth = base.count(":")
        found = []
        for account in self.known:
            if account.startswith(f"{base}:"):
                local = components(account)[depth:]
                if "".join(d for d, _ in local) == digits:
                    found.append((account, [n for _, n in local]))
        for account, local_names in found:
            if not names or component_name(names[-1]) == local_names[-1]:
                return account
        return ""

    def _by_name(self, name: str, day: datetime.date) -> str:
        if not name:
            raise CellError("没有科目；请填写科目编码或科目名称")
        chart = chart_on(day)
        wanted = _plain(name)
        found = {account_name(a) for a in chart.accounts if wanted in (_plain(a.name), _plain(_full_name(a, chart)))}
        if not found:
            found = {account for account in self.known if _ends_with(account, name)}
        if len(found) == 1:
            return found.pop()
        if found:
            choices = "、".join(sorted(found))
            raise CellError(f"科目名称“{name}”对应多个科目：{choices}；请填写科目编码")
        raise CellError(f"科目“{name}”不在{_chart_name(day)}科目表和账套内{_nearest(name, chart)}")


def account_map(pairs: Iterable[tuple[str, str]], known: Iterable[str]) -> AccountMap:
    """Return the map of a file whose rows name these (code, name) pairs, for a book with these accounts."""
    names = {}
    for code, name in pairs:
        digits = "".join(clean_code(code))
        leaf = [part for part in _PATH.split(name) if part]
        if digits.isdecimal() and leaf:
            names[digits] = leaf[-1]
    return AccountMap(MappingProxyType(names), frozenset(known))


def clean_code(code: str) -> tuple[str, ...]:
    """Return the parts of a code: `101.0`, a number in the package's eyes, is 101; `501.05.01` has three."""
    code = re.sub(r"^(\d{3,})\.0$", r"\1", code.strip())
    return tuple(part for part in _SEPARATORS.split(code) if part)


def _levels(parts: tuple[str, ...], used: int, rest: str) -> list[str]:
    """Split the digits below the statutory head: at the package's separators, else in pairs."""
    levels = []
    at = 0
    for part in parts:
        start, at = at, at + len(part)
        if at > used:
            levels.append(part[max(0, used - start) :])
    if len(levels) > 1 or len(parts) > 1:
        return levels
    return [rest[n : n + 2] for n in range(0, len(rest), 2)] if len(rest) % 2 == 0 else [rest]


def _names_below(name: str, head: StatutoryAccount, chart: Chart) -> list[str]:
    names = [part for part in _PATH.split(name) if part]
    own = {_plain(head.name), _plain(chart.by_code[head.parent_code].name)}
    if _plain(name) in own or _plain(name) == _plain(_full_name(head, chart)):
        return []
    while names and _plain(names[0]) in own:
        names.pop(0)
    return names


def _full_name(account: StatutoryAccount, chart: Chart) -> str:
    parent = chart.by_code[account.parent_code]
    return account.name if parent is account else parent.name + account.name


def _ends_with(account: str, name: str) -> bool:
    names = [_plain(n) for _, n in components(account)]
    wanted = [_plain(component_name(part)) for part in _PATH.split(name) if part]
    return bool(wanted) and names[-len(wanted) :] == wanted


def _plain(name: str) -> str:
    return "".join(c for c in name if c.isalnum())


def _chart_name(day: datetime.date) -> str:
    return "2021 年工会会计制度" if chart_on(day).since.year >= 2022 else "2009 年工会会计制度"


def _nearest(text: str, chart: Chart) -> str:
    by_name = {account.name: account for account in chart.accounts}
    leaf = [part for part in _PATH.split(text) if part][-1:] or [text]
    near = difflib.get_close_matches(leaf[0], by_name, n=1, cutoff=0.4)
    if near:
        return f"；最接近的是“{by_name[near[0]].code} {near[0]}”，请核对"
    codes = difflib.get_close_matches(re.sub(r"\D", "", text)[:5], chart.by_code, n=1, cutoff=0.5)
    return f"；最接近的是“{codes[0]} {chart.by_code[codes[0]].name}”，请核对" if codes else "；请核对编码与名称"
