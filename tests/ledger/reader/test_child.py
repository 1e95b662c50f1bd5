"""The child process: whatever becomes of it, the parent reports one entry and goes on."""

from __future__ import annotations

import ast
import dataclasses
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from ledger.reader import Limits, process, read_book
from ledger.reader.child import bind

posix = pytest.mark.skipif(os.name != "posix", reason="signals and limits as POSIX knows them")


@posix
@pytest.mark.parametrize(
    "program",
    [
        "import os, signal; os.kill(os.getpid(), signal.SIGSEGV)",
        # what a division by zero does to beancount's parser where no scan stands before it
        "from beancount.parser import parser; parser.parse_string('2025-01-02 price CNY 1/0 CNY\\n')",
    ],
)
def test_a_crash_is_one_entry(
    write_book: Callable[..., Path], readings: Path, monkeypatch: pytest.MonkeyPatch, program: str
) -> None:
    monkeypatch.setattr(process, "_START", program)
    reading = read_book(write_book(), cache=readings)
    assert reading.facts is None
    assert [(e.code, e.severity) for e in reading.fatal] == [("READER_CRASHED", "high")]
    assert "SIGSEGV" in reading.fatal[0].message


def test_a_child_that_does_not_end_is_stopped(
    write_book: Callable[..., Path], readings: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(process, "_START", "import time; time.sleep(60)")
    reading = read_book(write_book(), cache=readings, limits=Limits(wall_seconds=0.2))
    assert reading.facts is None
    assert [e.code for e in reading.fatal] == ["READER_TIMED_OUT"]


@pytest.mark.parametrize(
    "program",
    [
        "pass",
        "import sys; open(sys.argv[1] + '/out/reading.json', 'w').write('[]')",
        "import sys; open(sys.argv[1] + '/out/reading.json', 'wb').write(b'\\xff')",
        "import sys; open(sys.argv[1] + '/out/reading.json', 'w').write('{\"registers\": [\"../x\"]}')",
    ],
)
def test_nonsense_is_one_entry(
    write_book: Callable[..., Path], readings: Path, monkeypatch: pytest.MonkeyPatch, program: str
) -> None:
    monkeypatch.setattr(process, "_START", program)
    reading = read_book(write_book(), cache=readings)
    assert reading.facts is None
    assert [e.code for e in reading.fatal] == ["READER_NONSENSE"]
    assert not readings.exists()


def test_an_exception_in_the_child_names_our_own_place_only(
    write_book: Callable[..., Path], readings: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spoilt = process._START.replace("from ledger", "import ledger.reader.core as c; del c.walk; from ledger")
    monkeypatch.setattr(process, "_START", spoilt)
    reading = read_book(write_book(), cache=readings)
    assert reading.facts is None
    assert [e.code for e in reading.fatal] == ["READER_CRASHED"]
    assert "NameError core.py:" in reading.fatal[0].message


@posix
def test_memory_is_bound(write_book: Callable[..., Path], readings: Path) -> None:
    reading = read_book(write_book(), cache=readings, limits=Limits(memory_bytes=60 * 1024 * 1024))
    assert reading.facts is None
    assert reading.fatal[0].code == "READER_CRASHED"


@posix
def test_the_limits_hold_in_the_child() -> None:
    program = (
        "import resource as r; from ledger.reader.child import bind; from ledger.reader.limits import Limits; "
        "bind(Limits(cpu_seconds=7, open_files=33)); "
        "print(r.getrlimit(r.RLIMIT_CPU), r.getrlimit(r.RLIMIT_NOFILE), r.getrlimit(r.RLIMIT_CORE))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "(7, 7) (33, 33) (0, 0)"


@posix
def test_without_the_system_s_limits_binding_does_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    import resource

    before = resource.getrlimit(resource.RLIMIT_CPU)
    monkeypatch.setitem(sys.modules, "resource", None)
    bind(Limits(cpu_seconds=1))
    assert resource.getrlimit(resource.RLIMIT_CPU) == before


def test_the_child_gets_no_environment_and_no_input(
    write_book: Callable[..., Path], readings: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setenv("SECRET_OF_MINE", "x")
    report = tmp_path / "report"
    program = (
        f"import os, sys; open({str(report)!r}, 'w').write(repr((sorted(os.environ), os.getcwd(), "
        "sys.stdin.read(), sys.flags.isolated)))"
    )
    monkeypatch.setattr(process, "_START", program)
    read_book(write_book(), cache=readings)
    environment, folder, given, isolated = ast.literal_eval(report.read_text())
    assert "SECRET_OF_MINE" not in environment
    assert "PYTHONPATH" not in environment
    assert folder == os.path.abspath(os.sep)
    assert (given, isolated) == ("", 1)


def test_modules_beside_the_caller_are_not_found(
    write_book: Callable[..., Path], readings: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "ledger").mkdir()
    (tmp_path / "ledger" / "__init__.py").write_text("raise SystemExit(9)\n", encoding="utf-8")
    (tmp_path / "json.py").write_text("raise SystemExit(9)\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert read_book(write_book(), cache=readings).fatal == ()


def test_the_parent_never_loads_beancount(write_book: Callable[..., Path], readings: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from ledger.reader import read_book\n"
        "for _ in range(2): assert read_book(Path(sys.argv[1]), cache=Path(sys.argv[2])).facts is not None\n"
        "print(sorted(m for m in sys.modules if m.split('.')[0] in ('beancount', 'fava', 'pickle5')))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(write_book()), str(readings)], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_sizes_are_checked_before_anything_is_read(write_book: Callable[..., Path], readings: Path) -> None:
    book = write_book('include "big.beancount"\n', {"big.beancount": "; " + "x\n" * 5_000})
    reading = read_book(book, cache=readings, limits=Limits(file_bytes=4_000))
    assert {e.code for e in reading.fatal} == {"FILE_TOO_LARGE", "INCLUDE_MISSING"}
    few = dataclasses.replace(Limits(), files=2)
    assert "FOLDER_TOO_LARGE" in {e.code for e in read_book(book, cache=readings, limits=few).fatal}
