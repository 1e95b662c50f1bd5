"""Posting: vouchers enter the book with their numbers, all of them and their attachments, or nothing.

Posting needs little of a book: the numbers taken, the accounts open and the months sealed. `BookIndex` keeps that
between two postings, so that a voucher is in the book in a moment however large it is; the index says of which
state of the files it is true, and a book that changed underneath is read again before anything is written.
"""

from __future__ import annotations

import datetime
import hashlib
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from types import MappingProxyType

import pandas as pd

from ledger.atomic import replace_files, writing
from ledger.book_files import ACCOUNTS, appended, with_accounts, with_includes
from ledger.facts import Facts
from ledger.money import shown_yuan
from ledger.months import locked_problem, sealed_months
from ledger.names import is_account_name
from ledger.reader import read_book
from ledger.vouchers import Voucher, VoucherNumber, parse_voucher_number
from ledger.writer import OPENING, UnwritableText, book_texts, quoted, voucher_text

WORD = "记"  # 凭证字 of a book that keeps one series
DOCUMENTS = "documents"
_APART = frozenset({DOCUMENTS, "drafts", "imports"})
_NOTHING: Mapping[str, bytes] = MappingProxyType({})
_NO_FILES: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True)
class PostingProblem:
    """One reason why a voucher may not enter the book: its number as text ("" for none), and a sentence."""

    voucher: str
    message: str

    def __str__(self) -> str:
        return f"{self.voucher}：{self.message}" if self.voucher else self.message


class PostingRefused(ValueError):
    """Vouchers that were not posted, none of them; `problems` holds every reason, in Chinese with the way out."""

    def __init__(self, problems: Iterable[PostingProblem]) -> None:
        self.problems = tuple(problems)
        super().__init__("；".join(map(str, self.problems)))


@dataclass(frozen=True, eq=False)
class BookIndex:
    """What posting knows of a book: numbers taken, open directives, first day with an opening, state of the files."""

    state: str
    numbers: frozenset[VoucherNumber]
    accounts: pd.DataFrame
    opening: datetime.date | None
    first: datetime.date | None


@dataclass(frozen=True, eq=False)
class Posted:
    """What a posting wrote: the numbers, the paths of all files changed, and the index of the book as it is now."""

    numbers: tuple[VoucherNumber, ...]
    files: tuple[str, ...]
    index: BookIndex


def state_of(book: Path) -> str:
    """Return a fingerprint of a book's files that are read: it changes whenever one of them is written.

    Sizes and times of the files, not their contents; attachments and drafts do not count.
    """
    whole = hashlib.sha256()
    for folder, folders, names in os.walk(book):
        top = Path(folder) == book
        folders[:] = sorted(f for f in folders if not f.startswith(".") and not (top and f in _APART))
        for name in sorted(names):
            if not name.startswith("."):
                path = os.path.join(folder, name)
                found = os.lstat(path)
                told = (os.path.relpath(path, book), found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino)
                whole.update(repr(told).encode("utf-8", "surrogatepass"))
    return whole.hexdigest()


def index_of(facts: Facts, state: str) -> BookIndex:
    """Return the index of a book that was read as `facts` when its files were in a state."""
    vouchers = facts.vouchers
    texts = vouchers.loc[vouchers["voucher"] != "", "voucher"].unique()
    opening = vouchers.loc[vouchers["opening"], "date"]
    return BookIndex(
        state=state,
        numbers=frozenset(n for n in map(parse_voucher_number, map(str, texts)) if n is not None),
        accounts=facts.accounts,
        opening=opening.min().date() if len(opening) else None,
        first=vouchers["date"].min().date() if len(vouchers) else None,
    )


def read_index(book: Path) -> BookIndex:
    """Read a book for posting; raise PostingRefused when the book itself is at fault."""
    state = state_of(book)
    reading = read_book(book)
    if reading.facts is None or reading.fatal:
        faults = reading.fatal or reading.integrity
        raise PostingRefused(
            PostingProblem("", f"账套本身有错，改正之前不能记账：{f.file}:{f.line} {f.message}") for f in faults[:5]
        )
    return index_of(reading.facts, state)


def next_number(numbers: Iterable[VoucherNumber], word: str, date: datetime.date) -> VoucherNumber:
    """Return the number after the last one of a word in the month of a day."""
    month = (word, date.year, date.month)
    taken = (n.number for n in numbers if (n.word, n.year, n.month) == month)
    return VoucherNumber(*month, max(taken, default=0) + 1)


def post_vouchers(
    book: Path,
    vouchers: Sequence[Voucher],
    *,
    attachments: Mapping[str, bytes] = _NOTHING,
    index: BookIndex | None = None,
    beside: Mapping[str, str] = _NO_FILES,
    held: Callable[[], None] = lambda: None,
) -> Posted:
    """Write vouchers, their attachments (path below `documents/` → content) and further files into a book, as one.

    `index` is what an earlier posting or reading left; it is used when the book is still as it was then. `beside`
    are texts that must change together with the book, such as the draft that a voucher was made from; `held` is
    called once the folder is held for writing, and stops everything by raising.
    Raises PostingRefused with every reason (number taken, skipped or of another month, not balanced, month sealed,
    account unknown to the format or closed, attachment that exists), BookBusy when another program is writing.
    """
    with writing(book):
        held()
        if index is None or index.state != state_of(book):
            index = read_index(book)
        problems = [*_problems(book, index, vouchers), *_attachment_problems(book, attachments)]
        if problems:
            raise PostingRefused(problems)
        pieces = book_texts(vouchers)
        texts: dict[str, str | bytes] = {path: appended(book, path, text) for path, text in pieces.items()}
        opened = with_accounts(book, index, _used(vouchers))
        texts |= opened
        texts |= with_includes(book, pieces)
        replace_files(book, texts | dict(beside) | dict(attachments))
        numbers = tuple(v.number for v in vouchers if v.number is not None)
        grown = _grown(index, vouchers, opened, state_of(book))
    return Posted(numbers, (*texts, *beside, *attachments), grown)


def _used(vouchers: Iterable[Voucher]) -> dict[str, datetime.date]:
    used: dict[str, datetime.date] = {}
    for voucher in vouchers:
        for line in voucher.lines:
            used[line.account] = min(voucher.date, used.get(line.account, voucher.date))
    return used


def _problems(book: Path, index: BookIndex, vouchers: Sequence[Voucher]) -> Iterable[PostingProblem]:
    sealed = sealed_months(book)
    closed = {str(a): c.date() for a, c in index.accounts[["account", "closed"]].dropna().itertuples(index=False)}
    taken = set(index.numbers)
    for voucher in vouchers:
        name = str(voucher.number or "")
        for message in (
            *_number_problems(voucher, taken, index),
            *_content_problems(voucher, closed),
            *filter(None, [locked_problem(voucher.date, sealed)]),
        ):
            yield PostingProblem(name, message)
        if voucher.number is not None:
            taken.add(voucher.number)


def _number_problems(voucher: Voucher, taken: set[VoucherNumber], index: BookIndex) -> Iterable[str]:
    number = voucher.number
    if number is None:
        if OPENING not in voucher.tags:
            yield "没有凭证字号；只有期初余额可以没有字号"
        elif index.opening is not None:
            yield f"账套在 {index.opening} 已有期初余额；期初余额只记一次"
        elif index.first is not None and index.first < voucher.date:
            yield f"账套已有 {index.first} 的凭证；期初余额应在最早的凭证之前"
        return
    if number in taken:
        yield f"凭证字号已被使用；请用下一个号 {next_number(taken, number.word, voucher.date)}"
    elif (number.year, number.month) != (voucher.date.year, voucher.date.month):
        yield f"字号的月份与凭证日期 {voucher.date} 不一致"
    elif number != (due := next_number(taken, number.word, voucher.date)):
        yield f"字号不连续，应为 {due}"


def _content_problems(voucher: Voucher, closed: Mapping[str, datetime.date]) -> Iterable[str]:
    if len(voucher.lines) < 2:
        yield "至少要有一借一贷两行分录"
    if any(line.amount_fen == 0 for line in voucher.lines):
        yield "有金额为零的分录；请删去或填上金额"
    if voucher.residual_fen:
        debit = sum(line.amount_fen for line in voucher.lines if line.amount_fen > 0)
        credit = debit - voucher.residual_fen
        apart = shown_yuan(abs(voucher.residual_fen))
        yield f"借贷不平：借方 {shown_yuan(debit)}，贷方 {shown_yuan(credit)}，相差 {apart} 元"
    for account in dict.fromkeys(line.account for line in voucher.lines):
        if not is_account_name(account):
            yield f"“{account}”不是账套的科目名：根科目之后每一级都应写作“编码-名称”"
        elif account in closed and closed[account] <= voucher.date:
            yield f"科目“{account}”已于 {closed[account]} 停用"
    try:
        if all(is_account_name(line.account) for line in voucher.lines):
            voucher_text(voucher)
    except UnwritableText as error:
        yield str(error)


def _attachment_problems(book: Path, attachments: Mapping[str, bytes]) -> Iterable[PostingProblem]:
    for name in attachments:
        path = PurePosixPath(name)
        inside = path.parts[:1] == (DOCUMENTS,) and len(path.parts) > 1 and ".." not in path.parts
        try:
            quoted(name)
        except UnwritableText as error:
            yield PostingProblem("", str(error))
            continue
        if not inside or "\\" in name or str(path) != name or (book / DOCUMENTS).is_symlink():
            yield PostingProblem("", f"附件“{name}”应放在账套的 {DOCUMENTS} 文件夹内")
        elif os.path.lexists(book / path):
            yield PostingProblem("", f"附件“{name}”已存在，原件不能覆盖；请改名")


def _grown(index: BookIndex, vouchers: Sequence[Voucher], opened: Mapping[str, str], state: str) -> BookIndex:
    accounts = index.accounts
    used = _used(vouchers)
    if opened:
        accounts = _grown_accounts(accounts, used, opened)
    openings = [v.date for v in vouchers if OPENING in v.tags]
    days = [v.date for v in vouchers] + ([index.first] if index.first else [])
    return BookIndex(
        state=state,
        numbers=index.numbers | {v.number for v in vouchers if v.number is not None},
        accounts=accounts,
        opening=min(openings, default=index.opening),
        first=min(days, default=None),
    )


def _grown_accounts(
    accounts: pd.DataFrame, used: Mapping[str, datetime.date], opened: Mapping[str, str]
) -> pd.DataFrame:
    """Return the open directives with those that a posting added or dated earlier, at the lines where they stand."""
    rows = [{str(key): value for key, value in row.items()} for row in accounts.to_dict("records")]
    known = {str(row["account"]) for row in rows}
    for row in rows:
        day = used.get(str(row["account"]))
        if day is not None and row["opened"].date() > day:
            row["opened"] = pd.Timestamp(day)
    blank: dict[str, object] = dict.fromkeys(accounts.columns, "")
    for number, line in enumerate(opened.get(ACCOUNTS, "").split("\n"), 1):
        words = line.split()
        if len(words) > 2 and words[1] == "open" and words[2] not in known and words[2] in used:
            place = {"account": words[2], "opened": pd.Timestamp(words[0]), "closed": pd.NaT, "file": ACCOUNTS}
            rows.append(blank | place | {"line": number})
    return pd.DataFrame(rows, columns=list(accounts.columns))
