"""Sealing a month and, with a reason, opening it again: files are only ever added, and the log only grows.

A seal covers the vouchers dated in the month: day, flag, other party, 摘要, tags, links, metadata and postings of
each, as `ledger.reader.records` reads them; the scans they name; and the balance of every account at the month's
end. It does not cover how they are laid out in which file, budget lines, registers, or vouchers of other months.
"""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ledger.atomic import replace_files, writing
from ledger.book_files import text_of
from ledger.contracts import Integrity
from ledger.drafts import open_drafts
from ledger.facts import Facts
from ledger.money import plain_yuan
from ledger.months.chain import (
    LOG,
    REOPEN,
    SEAL,
    BrokenChain,
    SealRecord,
    is_month,
    next_seal_file,
    read_chain,
    standing_seals,
)
from ledger.months.checks import MonthCheck, Outcome, month_checks
from ledger.months.records import BookRecords, book_records
from ledger.reader import read_book
from ledger.reader.codes import is_fatal

SCHEMA = "union-audit-seal/1"


class MonthNotSealed(ValueError):
    """A month that cannot be sealed or opened; `problems` says why and the way out, one Chinese line each."""

    def __init__(self, problems: tuple[str, ...], checks: tuple[MonthCheck, ...] = ()) -> None:
        self.problems = problems
        self.checks = checks
        super().__init__("；".join(problems))


@dataclass(frozen=True)
class Sealed:
    """A month that was sealed: the line of the log, how many vouchers it covers, and the checks that were made."""

    record: SealRecord
    vouchers: int
    checks: tuple[MonthCheck, ...]


def seal_month(
    book: Path,
    month: str,
    *,
    by: str = "",
    despite: str = "",
    now: datetime.datetime | None = None,
) -> Sealed:
    """Seal a month of a book: check it, write `seals/2025-03.json`, and add a line to `seals/log.jsonl`.

    `despite` is the reason for sealing although a check failed; it is recorded with the failures. Raises
    MonthNotSealed when the month is none, is sealed already, holds no voucher, fails a check without such a
    reason, or the book or its chain of seals is at fault; BookBusy when another program writes the book.
    """
    at = now or datetime.datetime.now().astimezone()
    with writing(book):
        chain = _open_chain(book, month)
        if month in standing_seals(chain):
            raise MonthNotSealed((f"{month} 已封账；确需重开请先用 --reopen 写明原因",))
        facts = _facts(book)
        records = book_records(book)
        if records.records is None or not records.of(month):
            raise MonthNotSealed((f"{month} 没有凭证，无需封账",))
        if records.found.digest != facts.digest:
            raise MonthNotSealed(("封账时账套文件正在变动，没有封账；请等其他程序写完再试",))
        checks = month_checks(
            facts, month, sealed=frozenset(standing_seals(chain)), drafts=open_drafts(book), today=at.date()
        )
        failed = tuple(c for c in checks if c.outcome is Outcome.FAILED)
        if failed and not despite.strip():
            lines = [f"{check.title[0]}：{detail}" for check in failed for detail in check.details]
            raise MonthNotSealed(
                (*lines, f"{month} 没有封账；请改正以上问题，确有理由带着问题封账的用 --despite 原因"), checks
            )
        previous = chain[-1].id if chain else ""
        file = next_seal_file(book, month)
        body = _body(month, facts, records, checks, previous)
        text = json.dumps(body, ensure_ascii=False, sort_keys=True, indent=1) + "\n"
        record = _line(chain, SEAL, month, at, by, despite.strip() if failed else "", file, text)
        replace_files(book, {file: text, LOG: text_of(book, LOG) + record.text + "\n"})
    return Sealed(record, len(body["vouchers"]), checks)


def reopen_month(
    book: Path, month: str, *, reason: str, by: str = "", now: datetime.datetime | None = None
) -> SealRecord:
    """Open a sealed month again and return the line added to the log; the seal itself stays in its file.

    Raises MonthNotSealed when the month is not sealed, no reason is given, a later month is still sealed, or the
    chain of seals is broken; BookBusy when another program writes the book.
    """
    at = now or datetime.datetime.now().astimezone()
    if not reason.strip():
        raise MonthNotSealed(("重开已封账的月份必须写明原因",))
    with writing(book):
        chain = _open_chain(book, month)
        seals = standing_seals(chain)
        if month not in seals:
            raise MonthNotSealed((f"{month} 没有封账，无需重开",))
        later = [m for m in seals if m > month]
        if later:
            raise MonthNotSealed((f"{later[-1]} 仍在封账；请从最后一个月起逐月重开，到 {month} 为止",))
        seal = seals[month]
        record = SealRecord(
            len(chain) + 1, REOPEN, month, _stamp(at), by, reason.strip(), seal.file, seal.sha256, chain[-1].id
        )
        replace_files(book, {LOG: text_of(book, LOG) + record.text + "\n"})
    return record


def _open_chain(book: Path, month: str) -> tuple[SealRecord, ...]:
    if not is_month(month):
        raise MonthNotSealed((f"“{month}”不是月份；请写作 2025-03",))
    if not (book / "main.beancount").is_file():
        raise MonthNotSealed((f"“{book}”不是账套（没有 main.beancount）",))
    try:
        return read_chain(book)
    except BrokenChain as error:
        raise MonthNotSealed((str(error),)) from None


def _facts(book: Path) -> Facts:
    reading = read_book(book)
    if reading.facts is None or reading.fatal:
        raise MonthNotSealed(tuple(_shown(fault) for fault in reading.fatal or reading.integrity))
    return reading.facts


def _shown(fault: Integrity) -> str:
    where = f"{fault.file}:{fault.line}" if fault.line else fault.file
    return f"{where}：{fault.message}"


def _body(
    month: str, facts: Facts, records: BookRecords, checks: tuple[MonthCheck, ...], previous: str
) -> dict[str, Any]:
    ours = records.of(month)
    files = sorted({record.file for record in ours})
    documents = sorted({name for record in ours for name in record.documents})
    return {
        "schema": SCHEMA,
        "union": facts.union.name,
        "month": month,
        "previous": previous,
        "checks": [
            {"code": c.code, "title": c.title[0], "outcome": c.outcome.value, "details": list(c.details)}
            for c in checks
        ],
        "integrity": sorted({i.code for i in records.integrity if not is_fatal(i)}),
        "files": {name: records.found.hashes.get(name, "") for name in files},
        "documents": {name: records.found.hashes.get(name, "") for name in documents},
        "balances": month_end_balances(facts, month),
        "vouchers": [{"voucher": r.key, "sha256": r.sha256, "content": r.content} for r in ours],
    }


def month_end_balances(facts: Facts, month: str) -> Mapping[str, str]:
    """Return the balance of every account at the end of a month, in yuan with 借 or 贷; accounts at zero left out."""
    rows = facts.journal
    upto = rows[rows["date"].dt.strftime("%Y-%m") <= month]
    sums = upto.groupby(upto["account"].astype(str), sort=True)["amount_fen"].sum()
    return {str(a): f"{'借' if fen > 0 else '贷'} {plain_yuan(abs(int(fen)))}" for a, fen in sums.items() if fen}


def _line(
    chain: tuple[SealRecord, ...],
    kind: str,
    month: str,
    at: datetime.datetime,
    by: str,
    reason: str,
    file: str,
    text: str,
) -> SealRecord:
    digest = hashlib.sha256(text.encode()).hexdigest()
    return SealRecord(len(chain) + 1, kind, month, _stamp(at), by, reason, file, digest, chain[-1].id if chain else "")


def _stamp(at: datetime.datetime) -> str:
    return at.isoformat(timespec="seconds")
