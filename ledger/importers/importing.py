"""Brings one file into a book: everything of it, or nothing and every fault with sheet, row and column."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType

from ledger.atomic import replace_files, writing
from ledger.book_files import (
    ACCOUNTS,
    MAIN,
    appended,
    imported_files,
    logged,
    merged_register,
    text_of,
    with_accounts,
    with_includes,
)
from ledger.facts import Facts
from ledger.importers.bank import BankAccounts
from ledger.importers.banked import read_everything, unseen_rows
from ledger.importers.contents import FileReading
from ledger.importers.existing import budgets_of, comparable, vouchers_of
from ledger.importers.headers import PROFILE_SHEET, REGISTER_LAYOUTS, SHEETS, SheetLayout, layout_of
from ledger.importers.packages.formats import FORMATS
from ledger.importers.packages.prepare import PACKAGES, PackageRefused, Prepared, prepare
from ledger.importers.packages.settle import settled
from ledger.importers.received import read_received
from ledger.importers.register import gap_problems
from ledger.importers.sheets import SheetRefused, Workbook
from ledger.importers.tables import ImportProblem
from ledger.months.chain import locked_problem, sealed_months
from ledger.reader import read_book
from ledger.reader.folder import PROFILE
from ledger.registers import read_register
from ledger.vouchers import BudgetEntry, Voucher
from ledger.writer import UnwritableText, book_texts, budget_text, closes_text, profile_text, quoted, voucher_text


class ImportRefused(ValueError):
    """A file that cannot be read or a book that cannot take it; the message says why and the way out, in Chinese."""


@dataclass(frozen=True)
class ImportResult:
    """What came of an import: counts, sums in fen, notes, and the problems that kept everything from being written.

    `registers` is name → (rows added, old rows replaced, rows already there). `written` is False after a problem,
    on a dry run, and when there was nothing new; `already_imported` says that this very file had been imported.
    """

    file: str
    sha256: str
    encoding: str
    rows: int = 0
    vouchers_added: int = 0
    vouchers_skipped: int = 0
    debit_total_fen: int = 0
    opening_added: bool = False
    budgets_added: int = 0
    budgets_skipped: int = 0
    registers: Mapping[str, tuple[int, int, int]] = field(default_factory=lambda: MappingProxyType({}))
    accounts_opened: tuple[str, ...] = ()
    notes: tuple[ImportProblem, ...] = ()
    problems: tuple[ImportProblem, ...] = ()
    already_imported: bool = False
    written: bool = False


def import_file(
    path: Path,
    book: Path,
    kind: str | None = None,
    *,
    dry_run: bool = False,
    allow_gaps: bool = False,
    today: datetime.date | None = None,
    account: str = "",
) -> ImportResult:
    """Import a workbook or CSV file into a book and return what came of it; write nothing when there is a problem.

    `kind` says what the file holds where its sheets' names do not: `vouchers`, `balances`, `budget`, a register's
    name, or the Chinese name of the sheet; or whose file it is: `u8`, `kingdee`, `gbt24589`, `saft`, `iso21378`,
    `ledger-table`, which is otherwise told by its content. `account` names the ledger account of a bank statement.
    `allow_gaps` accepts gaps in voucher numbers. Vouchers, budget lines and register rows that the book already has
    are passed over; another voucher of the same number is a problem.
    Raises ImportRefused when the file cannot be read safely or the book itself is at fault, BookBusy when another
    import is at work.
    """
    package = kind if kind in PACKAGES else None
    layout = None if package else _asked(kind)
    if not (book / "main.beancount").is_file():
        raise ImportRefused(f"“{book}”不是账套（没有 main.beancount）；请先用 union-audit init 建立账套")
    try:
        workbook = read_received(path)
    except SheetRefused as error:
        raise ImportRefused(str(error)) from None
    with writing(book):
        imported = imported_files(book).get(workbook.sha256)
        result = ImportResult(workbook.name, workbook.sha256, workbook.encoding)
        if imported is not None:
            message = f"这个文件已在 {imported} 导入过，未再导入；确需重做的，请删去 imports/log.jsonl 中对应的一行"
            return replace(result, already_imported=True, notes=(ImportProblem("", 0, "", message),))
        facts = _facts(book)
        known = tuple(map(str, facts.accounts["account"]))
        bank = BankAccounts(facts.union.bank_accounts, facts.union.bank_numbers, known, account)
        year = _year_of(facts)
        prepared = _prepared(workbook, package, year) if layout is None else None
        reading = read_everything(prepared.workbook if prepared else workbook, layout, known, year, bank)
        if prepared is not None:
            reading = settled(reading, prepared, tuple(vouchers_of(facts)), known, year)
        return _Import(book, facts, reading, today or datetime.date.today()).run(dry_run, allow_gaps)


def _prepared(workbook: Workbook, package: str | None, year: int | None) -> Prepared | None:
    try:
        return prepare(workbook, package, year)
    except PackageRefused as error:
        raise ImportRefused(f"“{workbook.name}”{error}") from None


def _asked(kind: str | None) -> SheetLayout | None:
    if kind is None:
        return None
    layout = layout_of(kind)
    if layout is None:
        kinds = "、".join([f"{s.key}（{s.title}）" for s in SHEETS] + [f"{f.key}（{f.title}）" for f in FORMATS])
        raise ImportRefused(f"不知道的种类“{kind}”；可用：{kinds}")
    return layout


def _facts(book: Path) -> Facts:
    reading = read_book(book)
    if reading.facts is None or reading.fatal:
        faults = reading.fatal or reading.integrity
        lines = "；".join(f"{f.file}:{f.line} {f.message}" for f in faults[:5])
        raise ImportRefused(f"账套本身有错，改正之前不能导入（可用 union-audit check 查看全部）：{lines}")
    return reading.facts


def _year_of(facts: Facts) -> int | None:
    days = [*facts.accounts["opened"].dropna(), *facts.vouchers["date"].dropna()]
    return int(min(days).year) if days else None


class _Import:
    """One import into one book, while its folder is held for writing."""

    def __init__(self, book: Path, facts: Facts, reading: FileReading, today: datetime.date) -> None:
        self.book = book
        self.facts = facts
        self.reading = reading
        self.today = today
        self.problems = list(reading.problems)
        self.notes = list(reading.notes)
        self.present = list(vouchers_of(facts))

    def run(self, dry_run: bool, allow_gaps: bool) -> ImportResult:
        vouchers, skipped = self._new_vouchers()
        profile = self._new_profile()
        opening = self._new_opening(vouchers)
        budgets = self._new_budgets()
        numbers = [v.number for v in self.present if v.number is not None]
        sheet = next((name for name, _ in self.reading.where.values()), "")
        gaps = gap_problems(vouchers, numbers, sheet)
        if not allow_gaps and not self.reading.problems:
            self.problems += gaps
        notes = (*self.notes, *(gaps if allow_gaps else ()))
        whole = [*vouchers, *([opening] if opening else [])]
        self._check_text(whole, budgets)
        self._check_open(whole)
        registers = self._merged()
        result = ImportResult(
            file=self.reading.workbook.name,
            sha256=self.reading.workbook.sha256,
            encoding=self.reading.workbook.encoding,
            rows=self.reading.rows,
            vouchers_added=len(vouchers),
            vouchers_skipped=skipped,
            debit_total_fen=sum(max(line.amount_fen, 0) for v in vouchers for line in v.lines),
            opening_added=opening is not None,
            budgets_added=len(budgets),
            budgets_skipped=len(self.reading.budgets) - len(budgets),
            registers=MappingProxyType(
                {n: (new, old, len(self.reading.registers[n]) - new) for n, (_, new, old) in registers.items()}
            ),
            accounts_opened=self._opened(whole, budgets),
            notes=notes,
        )
        if self.problems:
            return ImportResult(
                result.file, result.sha256, result.encoding, result.rows, notes=notes, problems=tuple(self.problems)
            )
        if dry_run:
            return result
        kept = {n: t for n, (t, new, _) in registers.items() if new or n not in self.facts.registers}
        self._write(whole, budgets, kept, profile, result)
        return replace(result, written=True)

    def _merged(self) -> dict[str, tuple[str, int, int]]:
        """Return register → its text with the new rows, how many they are, and how many old ones they replace."""
        merged = {}
        for name, rows in self.reading.registers.items():
            fresh, problems = unseen_rows(self.book, name, rows, self.reading.workbook)
            self.problems += problems
            merged[name] = merged_register(self.book, name, fresh)
            self.problems += self._contradictions(name, merged[name][0])
        return merged

    def _contradictions(self, name: str, text: str) -> list[ImportProblem]:
        """Return what of a register to be written would not be read back, because its rows contradict each other."""
        path = f"registers/{name}.csv"
        known = {fault.message for fault in self.facts.integrity if fault.file == path}
        faults = read_register(name, text.encode()).faults
        return [
            ImportProblem(REGISTER_LAYOUTS[name].title, 0, "", f"导入后 {path} 第 {fault.line} 行{fault.message}")
            for fault in faults
            if fault.code == "REGISTER_DUPLICATE" and fault.message not in known
        ]

    def _new_profile(self) -> str:
        """Return the text of union.toml that the sheet 单位信息 brings, "" where the book's own stays.

        It comes only into a book as it was made, without an entry and with a union.toml that nobody wrote in.
        """
        stated, present = self.reading.profile, self.facts.union
        if stated is None or stated == present:
            return ""
        empty = self.facts.vouchers.empty and self.facts.budgets.empty and not self.facts.registers
        if empty and text_of(self.book, PROFILE) == profile_text(present):
            self.notes.append(ImportProblem(PROFILE_SHEET.title, 0, "", "账套尚无内容，union.toml 已按本表改写"))
            return profile_text(stated)
        same = stated.code == present.code if stated.code and present.code else stated.name == present.name
        if not same:
            message = (
                f"本工作簿是“{stated.name}”（{stated.code or '无代码'}）的，账套是“{present.name}”"
                f"（{present.code or '无代码'}）的；请核对账套，确属更名的请改 union.toml"
            )
            self.problems.append(ImportProblem(PROFILE_SHEET.title, 0, "", message))
        else:
            message = "与账套的 union.toml 不同，未采用；账套已有内容，请直接修改 union.toml"
            self.notes.append(ImportProblem(PROFILE_SHEET.title, 0, "", message))
        return ""

    def _new_vouchers(self) -> tuple[list[Voucher], int]:
        present = {v.number: v for v in self.present if v.number is not None}
        new: list[Voucher] = []
        for voucher in self.reading.vouchers:
            old = present.get(voucher.number) if voucher.number else None
            if old is None:
                new.append(voucher)
            elif comparable(old) != comparable(voucher) and voucher.number is not None:
                sheet, row = self.reading.where[voucher.number]
                message = (
                    f"凭证字号“{voucher.number}”已在账套中，内容不同（{_difference(old, voucher)}）；"
                    "已记账凭证不能覆盖，请另编红字冲销和更正凭证，或改正号码"
                )
                self.problems.append(ImportProblem(sheet, row, "", message))
        return new, len(self.reading.vouchers) - len(new)

    def _new_opening(self, vouchers: Iterable[Voucher]) -> Voucher | None:
        opening = self.reading.opening
        if opening is None:
            return None
        old = next((v for v in self.present if "opening" in v.tags), None)
        if old is not None:
            if _balances(old) != _balances(opening):
                message = f"账套在 {old.date} 已有期初余额，内容不同；请核对，期初余额只导入一次"
                self.problems.append(ImportProblem("", 0, "", message))
            return None
        first = min((v.date for v in (*vouchers, *self.present)), default=opening.date)
        if first < opening.date:
            message = f"期初余额是 {opening.date} 的，但账套或文件中已有 {first} 的凭证；期初余额应在最早的凭证之前"
            self.problems.append(ImportProblem("", 0, "", message))
        return opening

    def _new_budgets(self) -> list[BudgetEntry]:
        present = {(b.year, b.account, b.project, b.version): b for b in budgets_of(self.facts)}
        new = []
        for entry in self.reading.budgets:
            old = present.get((entry.year, entry.account, entry.project, entry.version))
            if old is None:
                new.append(entry)
            elif old != entry:
                message = (
                    f"{entry.year} 年“{entry.account}”第 {entry.version} 版预算已在账套中，内容不同；"
                    "预算调整请用下一个版本号"
                )
                self.problems.append(ImportProblem("", 0, "", message))
        return new

    def _check_text(self, vouchers: Iterable[Voucher], budgets: Iterable[BudgetEntry]) -> None:
        for voucher in vouchers:
            try:
                voucher_text(voucher)
            except UnwritableText as error:
                sheet, row = self.reading.where.get(voucher.number, ("", 0)) if voucher.number else ("", 0)
                self.problems.append(ImportProblem(sheet, row, "", str(error)))
        for entry in budgets:
            try:
                budget_text(entry)
            except UnwritableText as error:
                self.problems.append(ImportProblem("", 0, "", str(error)))

    def _check_open(self, vouchers: Iterable[Voucher]) -> None:
        sealed = sealed_months(self.book)
        for voucher in vouchers:
            locked = locked_problem(voucher.date, sealed)
            if locked:
                sheet, row = self.reading.where.get(voucher.number, ("", 0)) if voucher.number else ("", 0)
                self.problems.append(ImportProblem(sheet, row, "", f"凭证“{voucher.number or '期初余额'}”：{locked}"))

    def _used(self, vouchers: Iterable[Voucher], budgets: Iterable[BudgetEntry]) -> dict[str, datetime.date]:
        used: dict[str, datetime.date] = {}
        for account, day in (
            *((line.account, v.date) for v in vouchers for line in v.lines),
            *((entry.account, min(entry.date, datetime.date(entry.year, 1, 1))) for entry in budgets),
            *(
                (account, datetime.date(_year_of(self.facts) or self.today.year, 1, 1))
                for account in self.reading.accounts
            ),
            *self._listed(),
        ):
            used[account] = min(day, used.get(account, day))
        return used

    def _listed(self) -> list[tuple[str, datetime.date]]:
        """Return the accounts of the sheet 科目 that the book lacks or opened later, with their days."""
        first = datetime.date(_year_of(self.facts) or self.today.year, 1, 1)
        return [(account, day or first) for account, day in self.reading.listed.opened.items()]

    def _closes(self) -> str:
        """Return the close directives of the sheet 科目 that the book lacks."""
        rows = self.facts.accounts
        open_still = {*self.reading.listed.opened} - set(map(str, rows[rows["closed"].notna()]["account"]))
        closed = self.reading.listed.closed
        return closes_text({account: closed[account] for account in closed if account in open_still})

    def _opened(self, vouchers: Iterable[Voucher], budgets: Iterable[BudgetEntry]) -> tuple[str, ...]:
        present = set(map(str, self.facts.accounts["account"]))
        return tuple(sorted(account for account in self._used(vouchers, budgets) if account not in present))

    def _write(
        self,
        vouchers: Sequence[Voucher],
        budgets: Sequence[BudgetEntry],
        registers: Mapping[str, str],
        profile: str,
        result: ImportResult,
    ) -> None:
        pieces = book_texts(vouchers, budgets)
        texts = {path: appended(self.book, path, text) for path, text in pieces.items()}
        texts |= {f"registers/{name}.csv": text for name, text in registers.items()}
        texts |= with_accounts(self.book, self.facts, self._used(vouchers, budgets))
        texts |= with_includes(self.book, pieces)
        if closes := self._closes():
            texts[ACCOUNTS] = texts.get(ACCOUNTS, text_of(self.book, ACCOUNTS)) + closes
        if profile:
            assert self.reading.profile is not None
            title = f'option "title" {quoted(self.facts.union.name)}'
            renamed = f'option "title" {quoted(self.reading.profile.name)}'
            texts[PROFILE] = profile
            texts[MAIN] = texts.get(MAIN, text_of(self.book, MAIN)).replace(title, renamed, 1)
        entry = {
            "file": result.file,
            "sha256": result.sha256,
            "imported_on": self.today.isoformat(),
            "rows": result.rows,
            "vouchers": result.vouchers_added,
            "debit_total_fen": result.debit_total_fen,
            "opening": result.opening_added,
            "budgets": result.budgets_added,
            "registers": {name: added for name, (added, _, _) in result.registers.items()},
            **self.reading.origin,
        }
        replace_files(self.book, texts | logged(self.book, entry))


def _balances(voucher: Voucher) -> dict[str, int]:
    sums: dict[str, int] = {}
    for line in voucher.lines:
        sums[line.account] = sums.get(line.account, 0) + line.amount_fen
    return {account: amount for account, amount in sums.items() if amount}


def _difference(old: Voucher, new: Voucher) -> str:
    names = ("日期", "对方单位", "摘要", "标记", "其他栏目", "分录")
    pairs = zip(names, comparable(old), comparable(new), strict=True)
    return "、".join(name for name, a, b in pairs if a != b)
