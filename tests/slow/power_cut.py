"""Kills a process that saves a book, again and again, and looks after each kill at what is left.

    python -m tests.slow.power_cut --folder FOLDER --seed 7 --kills 50

prints as JSON how many kills fell into each step of each way of saving; the first thing wrong ends it with a sentence.
A kill is SIGKILL: it takes the process's memory and open files, as a power cut does, but not what the system still
holds of the disk; that the files are flushed in the right order is the concern of `tests/ledger/test_atomic.py`.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import mmap
import os
import random
import signal
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ledger.atomic import writing
from ledger.book import init_book
from ledger.drafts import DraftFault, read_drafts
from ledger.months.chain import read_chain
from ledger.posting import post_vouchers
from ledger.reader.build import facts_from
from ledger.reader.core import read_tables
from ledger.vouchers import Line, Voucher, VoucherNumber
from tests.slow import saving
from tests.slow.saving import BANK, BETWEEN, DECIDING, DUES, PLACING, READING, STAGING, STEPS, WAYS, YEAR, Saver, digest

WAIT = 60  # seconds after which a child counts as stuck
_NEW_BOOK = 40  # kills after which a book has grown enough and a new one is begun


class Broken(AssertionError):
    """Something that a kill left behind and must not have."""


@dataclass
class Kept:
    """What the trial knows of the book: each file's hash, the vouchers acknowledged, and what was in flight."""

    files: dict[str, str]
    vouchers: dict[str, int]
    begun: dict[str, str] | None = None
    took: dict[str, list[float]] = field(default_factory=dict)

    def hear(self, lines: list[dict[str, Any]]) -> None:
        """Take in what a child said before it died."""
        self.begun = None
        for said in lines:
            if "begun" in said:
                self.begun = said["begun"]
            else:
                self.files |= self.begun or {}
                self.vouchers |= said["vouchers"]
                self.took[said["done"]] = said["took"]
                self.begun = None


class Trial:
    """One book after the other, killed so many times; `steps` counts the kills by way and step."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.folder, self.seed = folder, seed
        self.steps: Counter[tuple[str, str]] = Counter()
        self.left: Counter[str] = Counter()
        self.shared = mmap.mmap(-1, 2)

    def run(self, kills: int) -> None:
        """Kill, look, and go on with the same book."""
        for number in range(kills):
            if number % _NEW_BOOK == 0:
                self.book = self.folder / f"账套-{number}"
                self.kept = _new_book(self.book)
            try:
                self._kill(random.Random(f"{self.seed}:{number}"))
            except Broken as error:
                raise Broken(f"seed {self.seed}, kill {number}: {error}") from None

    def _kill(self, chance: random.Random) -> None:
        self.shared[0] = self.shared[1] = 0
        way, step, lines = self._doomed(chance)
        self.kept.hear(lines)
        self.steps[way, STEPS[step]] += 1
        # The next writer may be killed as well, while it puts right what the first one left.
        if chance.random() < 0.3 and any((self.book / name).exists() for name in (".pending", ".pending.tmp")):
            _killed(lambda: _recover(self.book), chance.random() * 0.003)
            self.steps["recovery", "killed as well"] += 1
        self._look(way, step)

    def _doomed(self, chance: random.Random) -> tuple[str, int, list[dict[str, Any]]]:
        """Let a child save and kill it: after some whole saves, at any moment of one, or of one's writing."""
        whole, (aim,) = chance.randrange(3), chance.choices((READING, STAGING, DECIDING, PLACING), (3, 3, 1, 3))
        share = chance.random() * 1.2 if aim != DECIDING else 0
        seed = f"{chance.random()}"
        listening, told = os.pipe()
        child = os.fork()
        if child == 0:
            status = 1
            try:
                os.close(listening)
                Saver(self.book, seed, told, self.shared).run(whole + 2)
                status = 0
            except BaseException as error:
                os.write(told, json.dumps({"fault": f"{type(error).__name__}: {error}"[:3000]}).encode() + b"\n")
            finally:
                os._exit(status)
        os.close(told)
        heard = bytearray()
        os.set_blocking(listening, False)
        deadline = time.monotonic() + WAIT

        def hear() -> None:
            with contextlib.suppress(BlockingIOError):
                while part := os.read(listening, 65536):
                    heard.extend(part)

        def until(reached: Callable[[], bool]) -> bool:
            while not reached():
                hear()
                if os.waitpid(child, os.WNOHANG)[0]:
                    return False
                if time.monotonic() > deadline:
                    os.kill(child, signal.SIGKILL)
                    os.waitpid(child, 0)
                    raise Broken("a save did not end")
                time.sleep(0.00005)
            return True

        alive = until(lambda: heard.count(b'{"done"') >= whole and self.shared[1] >= aim)
        if alive:
            whole_save, writing_alone = self.kept.took.get(WAYS[self.shared[0]], [0.2, 0.02])
            time.sleep(share * {READING: whole_save, PLACING: writing_alone / 3}.get(aim, writing_alone))
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
        way, step = WAYS[self.shared[0]], self.shared[1]
        hear()
        os.close(listening)
        lines = [json.loads(line) for line in bytes(heard).split(b"\n")[:-1]]
        faults = [line["fault"] for line in lines if "fault" in line]
        if faults:
            raise Broken(f"saving by {way} failed: {faults[0]}")
        return way, step if alive else BETWEEN, lines

    def _look(self, way: str, step: int) -> None:
        where = f"after {way}, killed while {STEPS[step]}"
        decided = (self.book / ".pending").exists()
        self.left["a decided save to finish" if decided else "nothing to finish"] += 1
        _recover(self.book)
        after = self.kept.files | (self.kept.begun or {})
        found = _files(self.book)
        if found not in (self.kept.files, after):
            names = sorted(n for n in found.keys() | after.keys() if found.get(n) != after.get(n))
            others = sorted(n for n in found.keys() | after.keys() if found.get(n) != self.kept.files.get(n))
            raise Broken(f"{where}: neither as before ({others}) nor as after ({names})")
        if self.kept.begun is not None and step <= STAGING and found != self.kept.files:
            raise Broken(f"{where}: the save was not decided and is there")
        if self.kept.begun is not None and (decided or step >= PLACING) and found != after:
            raise Broken(f"{where}: the save was decided and is not there")
        self.kept.files = found
        tables = read_tables(self.book)
        if tables.integrity:
            raise Broken(f"{where}: {[f'{i.file}:{i.line} {i.code} {i.message}' for i in tables.integrity]}")
        facts = facts_from(tables)
        numbers = Counter(map(str, facts.vouchers["voucher"]))
        doubled = [name for name, times in numbers.items() if times > 1]
        debits = facts.journal[facts.journal["amount_fen"] > 0].groupby("voucher", observed=True)["amount_fen"].sum()
        wrong = [name for name, fen in self.kept.vouchers.items() if name not in numbers or int(debits[name]) != fen]
        if doubled or wrong:
            raise Broken(f"{where}: doubled {doubled}, acknowledged and lost or changed {wrong}")
        if facts.journal.groupby("entry")["amount_fen"].sum().any():
            raise Broken(f"{where}: a voucher does not balance")
        read_chain(self.book)
        unread = [draft for _, draft in read_drafts(self.book) if isinstance(draft, DraftFault)]
        if unread:
            raise Broken(f"{where}: {unread}")


def _new_book(book: Path) -> Kept:
    init_book(book, "某市第一医院工会委员会", "340500", YEAR)
    first = Voucher(
        saving._AT.date().replace(year=YEAR), VoucherNumber("记", YEAR, 1, 1), "会员", "收到会费",
        (Line(BANK, 100), Line(DUES, -100)), {"prepared-by": "张某某"},
    )  # fmt: skip
    post_vouchers(book, [first])
    return Kept(_files(book), {str(first.number): 100})


def _files(book: Path) -> dict[str, str]:
    hidden = [path.name for path in book.rglob(".*")]
    if hidden:
        raise Broken(f"left over: {hidden}")
    return {str(p.relative_to(book)): digest(p.read_bytes()) for p in sorted(book.rglob("*")) if p.is_file()}


def _recover(book: Path) -> None:
    with writing(book):
        pass


def _killed(work: Callable[[], None], after: float) -> None:
    child = os.fork()
    if child == 0:
        try:
            work()
        finally:
            os._exit(0)
    time.sleep(after)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


def table(steps: Mapping[tuple[str, str], int]) -> str:
    """Return the kills by way and step, as lines that people read."""
    ways = [*WAYS, "recovery"]
    names = [*STEPS, "killed as well"]
    lines = [f"{'':10}" + "".join(f"{name:>22}" for name in names)]
    for way in ways:
        lines.append(f"{way:10}" + "".join(f"{steps.get((way, name), 0):22}" for name in names))
    return "\n".join(lines)


def main() -> int:
    """Run the kills that are asked for and print what they fell into."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, help="where the books are made; a new temporary folder without it")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--kills", type=int, default=50)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=asked.folder) as made:
        folder = Path(made)
        (folder / "tmp").mkdir()
        tempfile.tempdir = str(folder / "tmp")  # what the killed leave there goes with the rest
        saving.read_in_this_process()
        trial = Trial(folder, asked.seed)
        start = time.monotonic()
        trial.run(asked.kills)
        steps = [[way, step, count] for (way, step), count in sorted(trial.steps.items())]
        told = {"seed": asked.seed, "kills": asked.kills, "seconds": round(time.monotonic() - start, 1)}
        print(json.dumps({**told, "steps": steps, "left": trial.left}, ensure_ascii=False))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
