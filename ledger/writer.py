"""Writes a book's text: vouchers, budgets, account openings, registers and the main file.

Everything but `write_book` is pure: values in, text out. Amounts stand in one column, counted in display width, because
a Chinese character is two columns wide. `ledger.atomic` puts the texts on the disk.
"""

from __future__ import annotations

import csv
import datetime
import io
import json
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from ledger.atomic import replace_files, writing
from ledger.contracts import REGISTERS
from ledger.money import plain_yuan
from ledger.names import is_account_name
from ledger.union import UnionProfile, parse_profile
from ledger.vouchers import BudgetEntry, Voucher

CURRENCY = "CNY"
CARRY_FORWARD = "carry-forward"
OPENING = "opening"

# Metadata that beancount itself knows as numbers and days; all else is quoted text.
_COUNTS = frozenset({"attachments", "participants", "awarded", "days", "nights", "quotes"})
_DAYS = frozenset({"occurred", "invoice-date", "contract-date"})
_COUNT = re.compile(r"0|[1-9]\d{0,17}")
_KEY = re.compile(r"[a-z][a-zA-Z0-9_-]+")
_TAG = re.compile(r"\^?[A-Za-z0-9][A-Za-z0-9/_.-]*")  # with ^ it is a link
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}


class UnwritableText(ValueError):
    """Text, a key, tag or account that a book cannot hold without being misread."""


@lru_cache(maxsize=4096)
def display_width(text: str) -> int:
    """Return the columns a text takes on a terminal: East-Asian wide characters two, combining marks none."""
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def quoted(text: str) -> str:
    """Return a text as a beancount string; raise UnwritableText for control characters other than breaks and tabs."""
    for character in text:
        if character not in _ESCAPES and unicodedata.category(character) in ("Cc", "Cs"):
            raise UnwritableText(f"文字“{text!r}”含有控制字符 U+{ord(character):04X}，请删去后再导入")
    return '"' + "".join(_ESCAPES.get(character, character) for character in text) + '"'


def is_metadata_key(text: str) -> bool:
    """Say whether a text can be the key of a voucher's metadata."""
    return _KEY.fullmatch(text) is not None


def _metadata_text(metadata: Mapping[str, str], indent: str) -> list[str]:
    lines = []
    for key, value in metadata.items():
        if not _KEY.fullmatch(key):
            raise UnwritableText(f"“{key}”不能作为元数据的键：只用小写字母、数字和连字符")
        lines.append(f"{indent}{key}: {_value_text(key, value)}")
    return lines


def _value_text(key: str, value: str) -> str:
    if key in _COUNTS and _COUNT.fullmatch(value):
        return value
    if key in _DAYS and _is_day(value):
        return value
    return quoted(value)


def _is_day(text: str) -> bool:
    try:
        return datetime.date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


@lru_cache(maxsize=4096)
def _checked_account(account: str) -> str:
    if not is_account_name(account):
        raise UnwritableText(f"“{account}”不是账套的科目名：根科目之后每一级都应写作“编码-名称”")
    return account


def voucher_text(voucher: Voucher) -> str:
    """Return a voucher as one beancount transaction, ending in a line break; raise UnwritableText if it cannot be."""
    for tag in voucher.tags:
        if not _TAG.fullmatch(tag):
            raise UnwritableText(f"标记“{tag}”只能用英文字母、数字和连字符")
    head = [voucher.date.isoformat(), "*"]
    if voucher.payee:
        head.append(quoted(voucher.payee))
    head.append(quoted(voucher.narration))
    head += [tag if tag.startswith("^") else f"#{tag}" for tag in voucher.tags]
    lines = [" ".join(head)]
    if voucher.number is not None:
        lines.append(f"  voucher: {quoted(str(voucher.number))}")
    lines += _metadata_text(voucher.metadata, "  ")
    names = [_checked_account(line.account) for line in voucher.lines]
    amounts = [plain_yuan(line.amount_fen) for line in voucher.lines]
    column = max(map(display_width, names), default=0) + 2 + max(map(len, amounts), default=0)
    for line, name, amount in zip(voucher.lines, names, amounts, strict=True):
        gap = " " * (column - display_width(name) - len(amount))
        lines.append(f"  {name}{gap}{amount} {CURRENCY}")
        lines += _metadata_text(line.metadata, "    ")
    return "\n".join(lines) + "\n"


def budget_text(entry: BudgetEntry) -> str:
    """Return a budget line as the dated directive that the book holds, ending in a line break."""
    amount = f"{plain_yuan(entry.amount_fen)} {CURRENCY}"
    account = _checked_account(entry.account)
    lines = [f'{entry.date.isoformat()} custom "union-budget" "{entry.year}" {account} {amount}']
    lines.append(f"  version: {entry.version}")
    if entry.project:
        lines.append(f"  project: {quoted(entry.project)}")
    days = (("committee", entry.committee), ("audit-review", entry.audit_review), ("approved", entry.approved))
    lines += [f"  {key}: {day.isoformat()}" for key, day in days if day is not None]
    if entry.reason:
        lines.append(f"  reason: {quoted(entry.reason)}")
    return "\n".join(lines) + "\n"


def accounts_text(opened: Mapping[str, datetime.date]) -> str:
    """Return the open directives of accounts (account → day), in order of account."""
    return "".join(
        f"{day.isoformat()} open {_checked_account(account)} {CURRENCY}\n" for account, day in sorted(opened.items())
    )


def closes_text(closed: Mapping[str, datetime.date]) -> str:
    """Return the close directives of accounts (account → day), in order of account."""
    return "".join(f"{day.isoformat()} close {_checked_account(account)}\n" for account, day in sorted(closed.items()))


def register_csv(name: str, rows: Iterable[Mapping[str, str]]) -> str:
    """Return a register as CSV text with the headers of its contract; absent cells are empty."""
    columns = list(REGISTERS[name])
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([row.get(column, "") for column in columns] for row in rows)
    return out.getvalue()


def main_text(title: str, includes: Iterable[str]) -> str:
    """Return main.beancount: the options (CNY, exact balances) and the includes, nothing else."""
    lines = [
        f'option "title" {quoted(title)}',
        f'option "operating_currency" "{CURRENCY}"',
        'option "tolerance_multiplier" "0"',
        "",
        *(f'include "{path}"' for path in includes),
    ]
    return "\n".join(lines) + "\n"


def profile_text(profile: UnionProfile) -> str:
    """Return the union.toml of a profile; it reads back as the same profile."""
    lines = ["[union]", f"name = {_toml(profile.name)}", f"code = {_toml(profile.code)}"]
    lines += [f"level = {_toml(profile.level)}", f"region = {_toml(profile.region)}"]
    lines += [f"{key} = {_toml(getattr(profile, key))}" for key in ("system", "parent") if getattr(profile, key)]
    if profile.established is not None:
        lines.append(f"established = {profile.established.isoformat()}")
    lines += ["", "[funds]", f"collection = {_toml(profile.collection)}"]
    for earlier in profile.earlier_collections:
        lines += ["", "[[funds.earlier]]", f"collection = {_toml(earlier.collection)}"]
        lines.append(f"until = {earlier.until.isoformat()}")
    lines += ["", "[bank]", f"accounts = [{', '.join(map(_toml, profile.bank_accounts))}]"]
    if profile.bank_numbers:
        lines += ["", "[bank.numbers]", *(f"{_toml(number)} = {_toml(a)}" for number, a in profile.bank_numbers)]
    for standard in profile.standards:
        lines += ["", "[[standards]]", f"key = {_toml(standard.key)}", f"value = {_toml(str(standard.value))}"]
        lines.append(f"from = {standard.since.isoformat()}")
        lines += [f"to = {standard.until.isoformat()}"] if standard.until else []
        lines.append(f"instrument = {_toml(standard.instrument)}")
        lines += [f"article = {_toml(standard.article)}"] if standard.article else []
    return "\n".join(lines) + "\n"


def _toml(text: str) -> str:
    # A JSON string is a TOML basic string, but for DEL, which JSON leaves bare.
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def voucher_path(voucher: Voucher) -> str:
    """Return the file of a book that a voucher belongs in: its month's."""
    return f"{voucher.date.year:04d}/{voucher.date.month:02d}.beancount"


def close_path(year: int) -> str:
    """Return the file of a book that a year's generated carry-forward vouchers belong in."""
    return f"{year:04d}/close.beancount"


def budget_path(entry: BudgetEntry) -> str:
    """Return the file of a book that a budget line belongs in."""
    return f"{entry.year:04d}/budget.beancount"


def voucher_order(voucher: Voucher) -> tuple[object, ...]:
    """Return the key that vouchers of a file stand in order of: opening first, then day, word and number."""
    number = voucher.number
    return (voucher.date, number is not None, number.word if number else "", number.number if number else 0)


def book_texts(
    vouchers: Iterable[Voucher] = (),
    budgets: Iterable[BudgetEntry] = (),
    registers: Mapping[str, Sequence[Mapping[str, str]]] = MappingProxyType({}),
    closing: Iterable[Voucher] = (),
) -> dict[str, str]:
    """Return path → text of everything of a book that is written by year or by register.

    `closing` are generated carry-forward vouchers. accounts.beancount and main.beancount are not among the texts:
    they depend on what the book already holds.
    """
    pieces: dict[str, list[str]] = defaultdict(list)
    for voucher in sorted(vouchers, key=voucher_order):
        pieces[voucher_path(voucher)].append(voucher_text(voucher))
    for entry in sorted(budgets, key=lambda e: (e.year, e.version, e.account, e.project)):
        pieces[budget_path(entry)].append(budget_text(entry))
    for voucher in sorted(closing, key=voucher_order):
        pieces[close_path(voucher.date.year)].append(voucher_text(voucher))
    texts = {path: "\n".join(parts) for path, parts in pieces.items()}
    return texts | {f"registers/{name}.csv": register_csv(name, rows) for name, rows in registers.items()}


def write_book(
    folder: Path,
    profile: str,
    opened: datetime.date,
    *,
    accounts: Iterable[str] = (),
    vouchers: Sequence[Voucher] = (),
    budgets: Sequence[BudgetEntry] = (),
    registers: Mapping[str, Sequence[Mapping[str, str]]] = MappingProxyType({}),
    closing: Sequence[Voucher] = (),
) -> None:
    """Write a whole new book into a folder: union.toml (`profile` is its text), main, accounts, years, registers.

    Every account in use is opened on `opened` or on its first use, whichever is earlier, `accounts` besides.
    Raises FileExistsError when the folder already holds a book, ProfileError for a profile that cannot be read.
    """
    title = parse_profile(profile).name
    days = dict.fromkeys(accounts, opened)
    used = [(line.account, v.date) for v in (*vouchers, *closing) for line in v.lines]
    used += [(entry.account, entry.date) for entry in budgets]
    for account, day in used:
        days[account] = min(day, days.get(account, opened))
    texts = book_texts(vouchers, budgets, registers, closing)
    includes = ["accounts.beancount", *sorted(path for path in texts if path.endswith(".beancount"))]
    texts |= {
        "union.toml": profile,
        "accounts.beancount": accounts_text(days),
        "main.beancount": main_text(title, includes),
    }
    folder.mkdir(parents=True, exist_ok=True)
    with writing(folder):
        if (folder / "main.beancount").exists():
            raise FileExistsError(f"“{folder}”里已有账套")
        replace_files(folder, texts)
