"""Several files as one: after any kill the next writer finds all of them old or all of them new."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from ledger.atomic import BookBusy, pending, replace_files, writing

NAMES = ("main.beancount", "2025/01.beancount", "registers/payroll.csv")


def contents(folder: Path) -> set[str]:
    return {(folder / name).read_text(encoding="utf-8") for name in NAMES}


def test_files_are_written_with_their_folders_and_nothing_is_left(tmp_path: Path) -> None:
    with writing(tmp_path):
        replace_files(tmp_path, dict.fromkeys(NAMES, "甲"))
        replace_files(tmp_path, dict.fromkeys(NAMES, "乙"))
    assert contents(tmp_path) == {"乙"}
    assert not [p for p in tmp_path.iterdir() if p.name.startswith(".")]


def test_a_failed_stage_leaves_everything_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with writing(tmp_path):
        replace_files(tmp_path, dict.fromkeys(NAMES, "旧"))

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with writing(tmp_path), pytest.raises(OSError, match="No space"):
        replace_files(tmp_path, dict.fromkeys(NAMES, "新"))
    assert contents(tmp_path) == {"旧"}
    assert not pending(tmp_path)


def test_two_writers_do_not_meet(tmp_path: Path) -> None:
    with writing(tmp_path), pytest.raises(BookBusy, match="正在被另一个程序写入"), writing(tmp_path):
        pass


@pytest.mark.parametrize("name", ["../外", "/etc/x", "a/../../b", "C:x"])
def test_a_stage_that_points_outside_is_not_carried_out(tmp_path: Path, name: str) -> None:
    book = tmp_path / "账套"
    (book / ".pending").mkdir(parents=True)
    (book / ".pending/0").write_text("x")
    (book / ".pending/files.json").write_text(f'["{name}"]')
    with pytest.raises(ValueError, match="指向账套以外"), writing(book):
        pass
    assert not (tmp_path / "外").exists()


WRITER = """
import sys
from pathlib import Path
from ledger.atomic import replace_files, writing
folder, names = Path(sys.argv[1]), sys.argv[2:]
print("ready", flush=True)
for n in range(1_000_000):
    with writing(folder):
        replace_files(folder, dict.fromkeys(names, f"{n} " * 2000))
"""


def test_killed_writers_leave_no_half_written_book(tmp_path: Path) -> None:
    chance = random.Random(7)
    for _ in range(12):
        child = subprocess.Popen([sys.executable, "-c", WRITER, str(tmp_path), *NAMES], stdout=subprocess.PIPE)
        assert child.stdout is not None
        child.stdout.readline()
        time.sleep(0.02 + chance.random() * 0.05)
        child.send_signal(signal.SIGKILL)
        child.wait()
        child.stdout.close()
        with writing(tmp_path):
            found = contents(tmp_path)
        assert len(found) == 1
        assert len(set(found.pop().split())) == 1
        assert not [p for p in tmp_path.iterdir() if p.name.startswith(".")]
