"""The voucher register (序时账): rows to vouchers, each voucher whole and balanced, or a problem with its row."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from ledger.accounts import chart_on, charts, resolve
from ledger.contracts import POSTING_METADATA
from ledger.importers import cells
from ledger.importers.account_map import AccountMap
from ledger.importers.headers import LINE_COLUMNS, LINE_MORE, LINE_PREFIX, METADATA_COLUMNS, MORE, Column
from ledger.importers.more import more_of
from ledger.importers.numbers import gaps, shown_numbers, voucher_number
from ledger.importers.tables import ImportProblem, Row, Table
from ledger.money import shown_yuan
from ledger.vouchers import Line, Voucher, VoucherNumber
from ledger.writer import CARRY_FORWARD

CHANGE_OVER = "change-over"

_OF_LINES = frozenset(key.replace("_", "-") for key in POSTING_METADATA)
_CURRENCIES = frozenset({"人民币", "人民币元", "RMB", "CNY", "¥", "￥", "元"})
_TAGS = {"期末结转": CARRY_FORWARD, "结转": CARRY_FORWARD, "新旧衔接": CHANGE_OVER}
NOT_CARRIED = "非结转"  # a voucher that looks like a carry-forward and is none
_YEAR = re.compile(r"(?<!\d)(20\d{2})(?!\d)")


@dataclass(frozen=True)
class RegisterReading:
    """What a voucher register holds, with every problem; vouchers count only when there is none.

    `places` gives the row each voucher begins on.
    """

    vouchers: tuple[Voucher, ...]
    problems: tuple[ImportProblem, ...]
    notes: tuple[ImportProblem, ...]
    rows: int
    places: Mapping[VoucherNumber, int]


@dataclass
class _Draft:
    """A voucher while its rows are read."""

    number: VoucherNumber
    date: datetime.date
    row: int
    payee: str = ""
    narration: str = ""
    metadata: dict[str, str] = field(default_factory=dict)
    more: dict[str, str] = field(default_factory=dict)
    lines: list[Line] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    faulty: bool = False


def account_pairs(table: Table) -> Iterator[tuple[str, str]]:
    """Yield the (code, name) of every row that has a code: what an account map is made of."""
    position, named = table.positions.get("code"), table.positions.get("account")
    for row in table.sheet.rows[table.head_row + 1 :]:
        code = row[position].strip() if position is not None and position < len(row) else ""
        if code and named is not None and named < len(row):
            yield code, row[named].strip()


def stated_year(table: Table, file_name: str) -> int | None:
    """Return the year that the titles above the head, the sheet's name or the file's name state, if it is just one."""
    titles = " ".join(" ".join(row) for row in table.sheet.rows[: table.head_row])
    for text in (titles, table.sheet.name, file_name):
        years = set(_YEAR.findall(text))
        if years:
            return int(years.pop()) if len(years) == 1 else None
    return None


def read_register(table: Table, accounts: AccountMap, year: int | None = None) -> RegisterReading:
    """Return the vouchers of a register's table.

    `year` is the one that the workbook states; a date of another year is then a problem. Numbering is not looked
    at here beyond repeats: `gap_problems` sees the book's numbers too.
    """
    reader = _Reader(table, accounts, year)
    vouchers = reader.read()
    places = MappingProxyType({number: draft.row for number, draft in reader.drafts.items()})
    return RegisterReading(vouchers, tuple(table.problems), tuple(table.notes), reader.rows, places)


def gap_problems(vouchers: Iterable[Voucher], present: Iterable[VoucherNumber], sheet: str) -> list[ImportProblem]:
    """Return one problem for each word and month whose numbers, with those of the book, have gaps."""
    new = [v.number for v in vouchers if v.number is not None]
    touched = {(n.word, n.period) for n in new}
    problems = []
    for key, missing in gaps([*new, *present]).items():
        if key in touched:
            word, period = key
            message = (
                f"{period} “{word}”字凭证缺号：{shown_numbers(missing)}；"
                "请补齐（作废的凭证也应列出），确属缺号的请选择允许缺号后再导入"
            )
            problems.append(ImportProblem(sheet, 0, "", message))
    return problems


class _Reader:
    def __init__(self, table: Table, accounts: AccountMap, year: int | None) -> None:
        self.table = table
        self.accounts = accounts
        self.year = year
        self.rows = 0
        self.found: dict[tuple[str, str, datetime.date, bool], str] = {}
        self.drafts: dict[VoucherNumber, _Draft] = {}
        self.current: _Draft | None = None
        self.last: tuple[str, str, str] = ("", "", "")
        self.metadata = [c for c in METADATA_COLUMNS if c.key in table.positions]
        self.own = [c for c in LINE_COLUMNS if c.key in table.positions]
        self.number_column = "voucher" if "voucher" in table.positions else "number"

    def read(self) -> tuple[Voucher, ...]:
        for row in self.table.rows():
            if self._is_remark(row):
                self.table.note(row.number, "", "没有科目和金额，未导入")
                continue
            self.rows += 1
            self._row(row)
        if not self.rows:
            self.table.problem(self.table.head_row + 1, "", "表头以下没有数据行；请填写后再导入，或删去这张表")
        vouchers = [voucher for draft in self.drafts.values() if (voucher := self._finish(draft)) is not None]
        return tuple(vouchers)

    def _is_remark(self, row: Row) -> bool:
        keys = ("code", "account", "debit", "credit", self.number_column)
        return not any(row.get(key) for key in keys) and not any(
            problem.row == row.number for problem in self.table.problems
        )

    def _row(self, row: Row) -> None:
        before = len(self.table.problems)
        draft = self._draft(row)
        line = self._line(row, draft)
        if draft is None:
            return
        if line is None or len(self.table.problems) > before:
            draft.faulty = True
        if line is not None:
            draft.lines.append(line)

    def _draft(self, row: Row) -> _Draft | None:
        """Return the voucher that a row belongs to: a new one, or the current one where its cells are empty."""
        texts = (row.get("voucher") or row.get("number"), row.get("word"), row.get("period"))
        stated = row.get("date")
        if not texts[0] and self.current is not None:
            if stated and self.table.cell(row, "date", cells.day) not in (None, self.current.date):
                self.table.problem(row.number, self.number_column, "换了日期却没有凭证字号；请填写凭证字号")
            return self.current
        if not texts[0]:
            self.table.problem(row.number, self.number_column, "没有凭证字号，请填写")
            return None
        if texts == self.last and not stated:
            return self.current
        day = self.table.cell(row, "date", cells.day)
        if day is None:
            if not stated:
                self.table.problem(row.number, "date", "没有日期，请填写")
            self.current = None
            return None
        try:
            number = voucher_number(*texts, day)
        except cells.CellError as error:
            self.table.problem(row.number, self.number_column, str(error))
            self.current = None
            return None
        self.last = texts
        return self._place(row, number, day)

    def _place(self, row: Row, number: VoucherNumber, day: datetime.date) -> _Draft:
        earlier = self.drafts.get(number)
        if earlier is None:
            self.current = self.drafts[number] = _Draft(number, day, row.number)
            if day.year != number.year:
                message = f"日期 {day} 与凭证字号“{number}”不在同一年；请改正日期或凭证字号"
                self.table.problem(row.number, "date", message)
            elif self.year is not None and day.year != self.year:
                message = f"日期 {day} 不在本表的 {self.year} 年；请改正日期，或按年度分表导入"
                self.table.problem(row.number, "date", message)
        elif earlier is not self.current:
            message = f"凭证字号“{number}”与第 {earlier.row} 行的凭证重复；同一凭证的各行应相连，号码重复的请改号"
            self.table.problem(row.number, self.number_column, message)
            self.current = earlier
        elif earlier.date != day:
            message = f"凭证“{number}”的日期 {day} 与第 {earlier.row} 行的 {earlier.date} 不同；请改正"
            self.table.problem(row.number, "date", message)
        return self.drafts[number]

    def _line(self, row: Row, draft: _Draft | None) -> Line | None:
        if draft is not None:
            self._head(row, draft)
        day = draft.date if draft is not None else datetime.date(self.year or 2025, 1, 1)
        currency = row.get("currency")
        if currency and currency.upper() not in _CURRENCIES:
            self.table.problem(row.number, "currency", f"币种“{currency}”不是人民币；请折算为人民币后再导入")
        account = None
        try:
            account = self._account(row, draft, day)
        except cells.CellError as error:
            self.table.problem(row.number, "code" if row.get("code") else "account", str(error))
        amount = self._amount(row)
        own = self._own(row, draft)
        if account is None or amount is None:
            return None
        return Line(account, amount, MappingProxyType(own))

    def _account(self, row: Row, draft: _Draft | None, day: datetime.date) -> str:
        code, name = row.get("code"), row.get("account")
        change_over = draft is not None and CHANGE_OVER in draft.tags
        key = (code, name, chart_on(day).since, change_over)
        if key not in self.found:
            try:
                self.found[key] = self.accounts.account(code, name, day)
            except cells.CellError:
                # The one voucher that changes charts names accounts of both.
                if not change_over:
                    raise
                self.found[key] = self.accounts.account(code, name, charts()[0].until or day)
        return self.found[key]

    def _amount(self, row: Row) -> int | None:
        before = len(self.table.problems)
        debit = self.table.cell(row, "debit", cells.fen)
        credit = self.table.cell(row, "credit", cells.fen)
        if len(self.table.problems) > before:
            return None
        if debit and credit:
            self.table.problem(row.number, "debit", "同一行既有借方又有贷方金额；请分成两行")
            return None
        if debit is None and credit is None:
            if not any(problem.row == row.number for problem in self.table.problems):
                self.table.problem(row.number, "debit", "借方金额和贷方金额都没有填写")
            return None
        return (debit or 0) - (credit or 0)

    def _head(self, row: Row, draft: _Draft) -> None:
        first = row.number == draft.row
        narration, payee = row.get("narration"), row.get("payee")
        draft.narration = draft.narration or narration
        if payee and draft.payee and payee != draft.payee:
            self.table.problem(row.number, "payee", f"同一凭证有两个对方单位（“{draft.payee}”）；请分开记账或统一写法")
        draft.payee = draft.payee or payee
        for tag in re.split(r"[\s,，；;#]+", row.get("tags")):
            if tag and _TAGS.get(tag, tag) not in draft.tags:
                draft.tags.append(_TAGS.get(tag, tag))
        for column in self.metadata:
            text = self._value(row, column)
            if text is None or (column.key in _OF_LINES and not first):
                continue
            if draft.metadata.setdefault(column.key, text) != text:
                message = f"与同一凭证第 {draft.row} 行所填的“{draft.metadata[column.key]}”不同；请统一"
                self.table.problem(row.number, column.key, message)
        for key, text in (self.table.cell(row, MORE, more_of) or {}).items():
            if draft.more.setdefault(key, text) != text or key in draft.metadata:
                message = f"附加信息“{key}”在同一凭证中另有填写；请只保留一处"
                self.table.problem(row.number, MORE, message)

    def _own(self, row: Row, draft: _Draft | None) -> dict[str, str]:
        """Return the metadata that a line has for itself: its own columns, and what differs from the first row."""
        own = {}
        if draft is not None and row.number != draft.row:
            narration = row.get("narration")
            if narration and narration != draft.narration:
                own["narration"] = narration
            for column in self.metadata:
                text = self._value(row, column) if column.key in _OF_LINES else None
                if text is not None and text != draft.metadata.get(column.key):
                    own[column.key] = text
        for column in self.own:
            key = column.key.removeprefix(LINE_PREFIX)
            text = self._value(row, Column(key, column.header, column.kind), column.key)
            if text is not None:
                own[key] = text
        return own | (self.table.cell(row, LINE_MORE, more_of) or {})

    def _value(self, row: Row, column: Column, at: str = "") -> str | None:
        place = at or column.key
        found = self.table.cell(row, place, lambda text: cells.value(column.kind, column.key, text))
        return found or None

    def _finish(self, draft: _Draft) -> Voucher | None:
        if draft.faulty:
            return None
        residual = sum(line.amount_fen for line in draft.lines)
        if residual:
            side = "借方比贷方多" if residual > 0 else "贷方比借方多"
            message = f"凭证“{draft.number}”借贷不平，{side} {shown_yuan(abs(residual))} 元；请改正金额"
            self.table.problem(draft.row, "", message)
            return None
        unmarked = not {CARRY_FORWARD, NOT_CARRIED}.intersection(draft.tags)
        if unmarked and looks_carried_forward(draft.lines, draft.date):
            draft.tags.append(CARRY_FORWARD)
            self.table.note(draft.row, "", f"凭证“{draft.number}”是期末结转凭证，已作标记，不计入当年收支")
        return Voucher(
            draft.date,
            draft.number,
            draft.payee,
            draft.narration,
            tuple(draft.lines),
            MappingProxyType(_as_in_book(draft.metadata) | draft.more),
            tuple(tag for tag in draft.tags if tag != NOT_CARRIED),
        )


def _as_in_book(metadata: dict[str, str]) -> dict[str, str]:
    """Spread several documents over `document`, `document-2` …, and put a contract's day behind its number."""
    spread = {}
    for key, text in metadata.items():
        if key == "contract" and "contract-date" in metadata:
            spread[key] = f"{text} {metadata['contract-date']}"
        elif key == "contract-date" and "contract" in metadata:
            continue
        elif key == "document":
            for number, name in enumerate(text.split("\n"), 1):
                spread["document" if number == 1 else f"document-{number}"] = name
        else:
            spread[key] = text
    return spread


def looks_carried_forward(lines: Iterable[Line], day: datetime.date) -> bool:
    """Say whether lines only move income and expenditure, or results of years, into the results of the year."""
    found = [resolve(line.account, day) for line in lines]
    meanings = [account.meaning if account else "" for account in found]
    if not any(m.endswith("_current_year") for m in meanings):
        return False
    results = ("union_carry_forward", "union_surplus", "treasury_carry_forward", "treasury_surplus")
    return all(
        account is not None and (account.element in ("income", "expense") or account.meaning.startswith(results))
        for account in found
    )
