"""A treasurer who saves without end, each way of saving in turn, and says on a pipe what was begun and what is done.

Runs in a forked child that is going to be killed. The book is our own, so it is read in this process: what is under
trial is how it is written.
"""

from __future__ import annotations

import csv
import datetime
import hashlib
import io
import json
import mmap
import os
import random
import shutil
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import xlsxwriter

import ledger.closing
import ledger.drafts.store
import ledger.importers.importing
import ledger.importers.sheets
import ledger.months.records
import ledger.months.sealing
import ledger.posting
import ledger.reader.reading
from ledger.atomic import replace_files, writing
from ledger.closing import close_year
from ledger.drafts import Act, State, begun, draft_path, draft_text, read_drafts, stepped, with_names, write_draft
from ledger.importers import sheet_child
from ledger.importers.importing import import_file
from ledger.months import reopen_month, seal_month, sealed_months
from ledger.posting import BookIndex, next_number, post_vouchers, read_index, state_of
from ledger.reader.child import _do
from ledger.vouchers import Line, Voucher, VoucherNumber

YEAR, SEALED = 2025, "2025-01"
BANK, DUES = "Assets:102-银行存款:01-基本户", "Income:401-会费收入"
SPENDING = "Expenses:501-职工活动支出:50105-会员活动支出"
WAYS = ("post", "draft", "import", "close", "seal", "files")
# What a save is doing, in order; a kill falls into one of these.
STEPS = ("between saves", "reading and checking", "staging", "deciding", "putting in place", "clearing up", "saved")
BETWEEN, READING, STAGING, DECIDING, PLACING, CLEARING, SAVED = range(7)

_SAVERS = (ledger.posting, ledger.closing, ledger.importers.importing, ledger.drafts.store, ledger.months.sealing)
_AT = datetime.datetime(2026, 1, 5, 9, 0, tzinfo=datetime.UTC)
_HEAD = ("日期", "凭证字号", "摘要", "科目编码", "科目名称", "借方金额", "贷方金额")


def read_in_this_process() -> None:
    """Let the book and the workbooks, all of them our own, be read without the child processes that guard a reader."""

    def run(work: Path, task: str, found: Any, limits: Any) -> None:
        (work / "out").mkdir()
        _do(task, found, limits, work / "out")

    def ask(path: Path, content: bytes, module: str = "") -> dict[str, Any]:
        encoding, sheets = sheet_child._read(content, path.stem)
        return json.loads(json.dumps({"encoding": encoding, "sheets": sheets}))

    ledger.reader.reading.run_child = run
    ledger.months.records.run_child = run
    ledger.reader.reading.cached = lambda *_: None
    ledger.reader.reading.keep = lambda *_: None
    ledger.importers.sheets.ask_child = ask


def digest(content: str | bytes) -> str:
    """Return the SHA-256 of what a file holds or is to hold."""
    return hashlib.sha256(content.encode("utf-8") if isinstance(content, str) else content).hexdigest()


class Saver:
    """The child's side: `told` is the pipe's end, `shared` the two bytes that hold the way and the step."""

    def __init__(self, book: Path, seed: str, told: int, shared: mmap.mmap) -> None:
        self.book, self.told, self.shared = book, told, shared
        self.chance = random.Random(seed)
        self.index: BookIndex | None = None
        self.written = 0.0
        self._watch()

    def run(self, saves: int) -> None:
        """Save so many times."""
        for _ in range(saves):
            way = self.chance.choice(WAYS)
            self.shared[0] = WAYS.index(way)
            self.shared[1] = READING
            start = time.monotonic()
            numbers = getattr(self, f"_{way}")()
            end = time.monotonic()
            self._tell({"done": way, "vouchers": numbers, "took": [end - start, end - self.written]})
            self.shared[1] = BETWEEN

    def _tell(self, what: Mapping[str, object]) -> None:
        os.write(self.told, json.dumps(what, ensure_ascii=False).encode() + b"\n")

    def _watch(self) -> None:
        """Say what is about to be written, and keep the step up to date, without changing what is done."""
        rename, rmtree = Path.rename, shutil.rmtree

        def saved(folder: Path, texts: Mapping[str, str | bytes]) -> None:
            self._tell({"begun": {name: digest(text) for name, text in texts.items()}})
            self.written = time.monotonic()
            self.shared[1] = STAGING
            replace_files(folder, texts)
            self.shared[1] = SAVED

        def renamed(path: Path, target: Any) -> Path:
            self.shared[1] = DECIDING
            done = rename(path, target)
            self.shared[1] = PLACING
            return done

        def cleared(path: Any, **named: Any) -> None:
            if Path(path).name == ".pending":
                self.shared[1] = CLEARING
            rmtree(path, **named)

        self.saved: Callable[[Path, Mapping[str, str | bytes]], None] = saved
        for module in _SAVERS:
            module.replace_files = saved  # type: ignore[attr-defined]
        Path.rename = renamed  # type: ignore[method-assign,assignment]
        shutil.rmtree = cleared  # type: ignore[assignment]

    def _known(self) -> BookIndex:
        if self.index is None or self.index.state != state_of(self.book):
            self.index = read_index(self.book)
        return self.index

    def _vouchers(self, count: int) -> list[Voucher]:
        """Return vouchers with the next numbers of some months after the sealed one."""
        taken: set[VoucherNumber] = set(self._known().numbers)
        made = []
        for _ in range(count):
            day = datetime.date(YEAR, self.chance.randint(2, 12), self.chance.randint(1, 28))
            number, fen = next_number(taken, "记", day), self.chance.randint(1, 10**7)
            lines = self.chance.choice([(Line(BANK, fen), Line(DUES, -fen)), (Line(SPENDING, fen), Line(BANK, -fen))])
            made.append(Voucher(day, number, "会员", f"业务{fen}", lines, {"prepared-by": "张某某"}))
            taken.add(number)
        return made

    def _post(self) -> dict[str, int]:
        made = self._vouchers(self.chance.randint(1, 3))
        scans = {}
        if self.chance.random() < 0.5:
            name = f"documents/{YEAR}/{made[0].number}.pdf"
            made[0] = replace(made[0], metadata={**made[0].metadata, "document": name})
            scans[name] = b"%PDF-" + self.chance.randbytes(20_000)
        self.index = post_vouchers(self.book, made, attachments=scans, index=self.index).index
        return _amounts(made)

    def _draft(self) -> dict[str, int]:
        waiting = [
            draft for _, draft in read_drafts(self.book) if not isinstance(draft, Exception) and draft.state.open
        ]
        if len(waiting) < 2:
            (voucher,) = self._vouchers(1)
            draft_id = f"{voucher.date:%Y%m%d}-{self.chance.getrandbits(32):08x}"
            scan = f"documents/{YEAR}/{draft_id}.pdf"
            draft = begun(draft_id, voucher, event="", answers={}, documents=(scan,), who="张某某", at=_AT)
            write_draft(self.book, draft, {scan: self.chance.randbytes(5000)})
            return {}
        before = waiting[0]
        acts = {State.PREPARED: (Act.REVIEWED, "李某某"), State.REVIEWED: (Act.APPROVED, "王某某")}
        if before.state in acts:
            act, who = acts[before.state]
            write_draft(self.book, stepped(before, act, who, _AT), before=before)
            return {}
        number = next_number(self._known().numbers, "记", before.voucher.date)
        voucher = replace(with_names(before, "张某某"), number=number)
        done = stepped(before, Act.POSTED, "张某某", _AT, number=str(number))
        beside = {draft_path(before.id): draft_text(done)}
        self.index = post_vouchers(self.book, [voucher], index=self.index, beside=beside).index
        return _amounts([voucher])

    def _import(self) -> dict[str, int]:
        made = self._vouchers(self.chance.randint(1, 4))
        path = self.book.parent / "导入.xlsx"
        rows: list[tuple[object, ...]] = [_HEAD]
        for voucher in made:
            for line in voucher.lines:
                code, name = line.account.rpartition(":")[2].split("-", 1)
                code = "10201" if line.account == BANK else code
                fen = abs(line.amount_fen)
                sides = (f"{fen / 100:.2f}", "") if line.amount_fen > 0 else ("", f"{fen / 100:.2f}")
                rows.append((voucher.date.isoformat(), str(voucher.number), voucher.narration, code, name, *sides))
        month = f"{YEAR}-{self.chance.randint(1, 12):02d}"
        payroll = [("月份", "人员类别", "工资总额"), (month, f"在编{self.chance.getrandbits(32)}", "1000")]
        workbook = xlsxwriter.Workbook(str(path), {"strings_to_formulas": False})
        for title, table in (("序时账", rows), ("工资总额", payroll)):
            sheet = workbook.add_worksheet(title)
            for place, row in enumerate(table):
                sheet.write_row(place, 0, row)
        workbook.close()
        result = import_file(path, self.book, today=_AT.date())
        assert result.written, [str(problem) for problem in result.problems]
        return _amounts(made)

    def _close(self) -> dict[str, int]:
        close_year(self.book, YEAR)
        return {}

    def _seal(self) -> dict[str, int]:
        if SEALED in sealed_months(self.book):
            reopen_month(self.book, SEALED, reason="更正", by="张某某", now=_AT)
        else:
            seal_month(self.book, SEALED, by="张某某", despite="试验", now=_AT)
        return {}

    def _files(self) -> dict[str, int]:
        text = io.StringIO()
        out = csv.writer(text, lineterminator="\n")
        out.writerow(("post", "name", "from", "to"))
        for number in range(self.chance.randint(1, 200)):
            out.writerow(("accountant", f"张某{number}", "2024-01-01", ""))
        with writing(self.book):
            self.saved(self.book, {"registers/officers.csv": text.getvalue()})
        return {}


def _amounts(vouchers: list[Voucher]) -> dict[str, int]:
    return {str(v.number): sum(max(line.amount_fen, 0) for line in v.lines) for v in vouchers}
