"""What a package's file comes to in one book: faults told by its own columns, balances checked, its chart opened."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from types import MappingProxyType

from ledger.accounts import components, resolve
from ledger.importers.account_map import AccountMap, account_map
from ledger.importers.cells import CellError
from ledger.importers.contents import FileReading
from ledger.importers.packages.checks import check_balances
from ledger.importers.packages.prepare import Prepared
from ledger.importers.packages.vouchers import full_name
from ledger.importers.tables import ImportProblem
from ledger.vouchers import Voucher

_COLUMN = re.compile(r"[A-Z]+（(.+)）|(.+)", re.DOTALL)


def settled(
    reading: FileReading, prepared: Prepared, present: Sequence[Voucher], known: Iterable[str], year: int | None
) -> FileReading:
    """Return a package's file as read, for a book with these vouchers and accounts whose first year is `year`.

    Balances of a book's later years are no opening balances: they are only compared. The comparison waits until
    nothing else is wrong.
    """
    problems = [*prepared.problems, *(_received(p, prepared) for p in reading.problems)]
    notes = [*prepared.notes, *(_received(n, prepared) for n in reading.notes)]
    if prepared.stated or prepared.charted:
        # A file of balances or of a chart alone has no sheet for the importers; that is not a fault of it.
        problems = [p for p in problems if not p.message.startswith("没有可识别的工作表")]
    vouchers = _all(reading, present)
    opening = reading.opening
    began = min((v.date for v in present), default=None)
    if opening is not None and began is not None and began < opening.date:
        notes.append(
            ImportProblem("", 0, "", f"账套从 {began} 起记账，文件中 {opening.date} 的期初余额只作核对，未导入")
        )
        opening = None
    accounts = _accounts(reading, prepared, known)
    day = max((v.date for v in vouchers), default=datetime.date(year or datetime.MAXYEAR, 12, 31))
    opened, faults = _charted(prepared, accounts, day)
    problems += faults
    if prepared.stated and not problems:
        every = [
            *vouchers,
            *([opening] if opening is not None and not any("opening" in v.tags for v in present) else []),
        ]
        first = min((v.date for v in every), default=None)
        checked = check_balances(prepared.stated, every, accounts, began=first)
        problems += checked.problems
        notes += checked.notes
    where = {number: (_sheet(sheet, prepared), row) for number, (sheet, row) in reading.where.items()}
    return replace(
        reading,
        opening=opening,
        accounts=tuple(dict.fromkeys((*reading.accounts, *opened))),
        where=MappingProxyType(where),
        problems=tuple(problems),
        notes=tuple(notes),
        origin=MappingProxyType(_origin(reading, prepared)),
    )


def _all(reading: FileReading, present: Sequence[Voucher]) -> list[Voucher]:
    numbers = {v.number for v in present if v.number is not None}
    return [*present, *(v for v in reading.vouchers if v.number not in numbers)]


def _accounts(reading: FileReading, prepared: Prepared, known: Iterable[str]) -> AccountMap:
    used = [line.account for v in reading.vouchers for line in v.lines]
    first = [line.account for line in reading.opening.lines] if reading.opening is not None else []
    return account_map(prepared.names.items(), {*known, *used, *first, *reading.accounts})


def _charted(prepared: Prepared, accounts: AccountMap, day: datetime.date) -> tuple[list[str], list[ImportProblem]]:
    """Return the accounts of the file's chart that the union has set up itself, and the faults of its rows."""
    opened: list[str] = []
    faults: list[ImportProblem] = []
    for sheet, row, code, name in prepared.charted:
        if any(other != code and other.startswith(code) for other in prepared.names):
            continue
        try:
            account = accounts.account(code, full_name(code, name, prepared.names), day)
        except CellError as error:
            faults.append(ImportProblem(sheet, row, "", str(error)))
            continue
        statutory = resolve(account, day)
        if statutory is not None and not account.endswith(f":{statutory.code}-{statutory.name}"):
            opened.append(account)
    return opened, faults


def _received(problem: ImportProblem, prepared: Prepared) -> ImportProblem:
    """Return a problem with the sheet and the column as they are in the received file."""
    made = prepared.rebuilt.get(_sheet(problem.sheet, prepared))
    match = _COLUMN.fullmatch(problem.column)
    if made is None or match is None:
        return replace(problem, sheet=_sheet(problem.sheet, prepared))
    head = match[1] or match[2]
    return replace(problem, sheet=_sheet(problem.sheet, prepared), column=made.shown.get(head, head))


def _sheet(name: str, prepared: Prepared) -> str:
    return next((own for own in prepared.rebuilt if name in (own, f"{prepared.rebuilt[own].sheet.name}：{own}")), name)


def _origin(reading: FileReading, prepared: Prepared) -> dict[str, object]:
    """Return what the import log keeps of a package's file: its format, and how columns and accounts were mapped."""
    columns = {name: dict(made.mapping) for name, made in prepared.rebuilt.items()}
    mapped: dict[str, str] = {}
    for voucher in reading.vouchers:
        for line in voucher.lines:
            if line.account not in mapped.values():
                mapped[_code(line.account, voucher.date)] = line.account
    return {"format": prepared.format.key, "mapping": {"columns": columns, "accounts": dict(sorted(mapped.items()))}}


def _code(account: str, day: datetime.date) -> str:
    """Return an account's code as packages write it: the statutory one with the digits of every level below."""
    found, parts = resolve(account, day), components(account)
    if found is None:
        return ""
    depth = 1 if found.code == found.parent_code else 2
    return found.code + "".join(digits for digits, _ in parts[depth:])
