"""The cache of results: the same answer for the same question, and none for any other."""

from __future__ import annotations

import ast
import datetime
import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import rules
from auditor import conduct, engine, results
from auditor.cli import main
from auditor.results import LIBRARIES, Audited, AuditKey, code_of, keep, kept, key_for
from ledger.reader.folder import survey
from ledger.reader.limits import Limits
from rules.finding import AuditResult, Kind
from rules.rule import all_rules

DAY = datetime.date(2025, 1, 1)
NEW_YEAR = datetime.date(2025, 12, 31)
RULES = Path(rules.__file__).parent


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache of the test's own."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    # A file of the software that is edited while the tests run is no matter of theirs.
    monkeypatch.setattr(results, "code_of", lambda _: "code")
    return tmp_path / "cache" / "union-audit" / "results"


@pytest.fixture
def few_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    """Audits by some rules only, where the answer does not matter."""
    some = all_rules()[:8]
    monkeypatch.setattr(engine, "all_rules", lambda: some)


@pytest.fixture
def audits(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """One entry for each audit that was really worked out."""
    done: list[int] = []
    real = engine.run_audit

    def counted(*arguments: object, **named: object) -> AuditResult:
        done.append(1)
        result: AuditResult = real(*arguments, **named)  # type: ignore[arg-type]
        return result

    monkeypatch.setattr(engine, "run_audit", counted)
    return done


def audit(book: Path, *more: str) -> Result:
    """What an audit of 2025 printed and ended with."""
    return CliRunner().invoke(main, ["audit", str(book), "--period", "2025", *more])


@pytest.fixture(scope="module")
def worked_out() -> dict[str, AuditResult]:
    """The hospital's audit, worked out by the first test that asks."""
    return {}


@pytest.mark.parametrize("form", ["table", "json", "sarif"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_is_kept_prints_the_same_bytes(
    hospital_book: Path, monkeypatch: pytest.MonkeyPatch, worked_out: dict[str, AuditResult], form: str, language: str
) -> None:
    audits: list[int] = []
    real = engine.run_audit

    def once(*arguments: object, **named: object) -> AuditResult:
        audits.append(1)
        if "result" not in worked_out:
            worked_out["result"] = real(*arguments, **named)  # type: ignore[arg-type]
        return worked_out["result"]

    monkeypatch.setattr(engine, "run_audit", once)
    call = ["--lang", language, "audit", str(hospital_book), "--period", "2025", "--format", form]
    first, again = (CliRunner().invoke(main, call) for _ in range(2))
    assert audits == [1]
    assert first.stdout_bytes == again.stdout_bytes
    assert first.exit_code == again.exit_code == 1
    assert len(first.stdout_bytes) > 1000


def test_a_kept_answer_loads_no_frames(small_book: Path) -> None:
    program = (
        "import sys; from auditor.cli import main; heavy = {'pandas', 'pyarrow', 'numpy', 'beancount'}\n"
        "import auditor.results; auditor.results.code_of = lambda _: 'code'\n"
        "try: main()\n"
        "except SystemExit as end: print(end.code, sorted(heavy & {*sys.modules}))"
    )
    call = [sys.executable, "-c", program, "audit", str(small_book), "--period", "2025", "--format", "json"]
    output = small_book.parent / "out.json"
    first, again = (
        subprocess.run([*call, "-o", str(output)], capture_output=True, text=True, check=True).stdout for _ in range(2)
    )
    assert "pandas" in first
    assert again.strip() == f"{first.split()[0]} []"


CHANGES: dict[str, Callable[[Path], object]] = {
    "voucher": lambda book: _append(book / "2025" / "03.beancount", "\n; x\n"),
    "profile": lambda book: _append(book / "union.toml", "\n# x\n"),
    "register": lambda book: (book / "registers" / "dues.csv").write_text("month,member_id,paid,paid_on\n"),
    "document": lambda book: _append(book / "documents" / "a.pdf", "x"),
}


def _append(path: Path, text: str) -> None:
    path.parent.mkdir(exist_ok=True)
    with path.open("a", encoding="utf-8") as file:
        file.write(text)


@pytest.mark.usefixtures("few_rules")
@pytest.mark.parametrize("change", CHANGES)
def test_a_changed_book_is_audited_again(small_book: Path, audits: list[int], change: str) -> None:
    audit(small_book)
    (small_book / "registers").mkdir(exist_ok=True)
    CHANGES[change](small_book)
    audit(small_book)
    assert audits == [1, 1]


@pytest.mark.usefixtures("few_rules")
@pytest.mark.parametrize(
    "more",
    [("--period", "2025-03"), ("--kind", "special"), ("--kind", "departure", "--subject", "某某")],
)
def test_another_question_is_another_audit(small_book: Path, audits: list[int], more: tuple[str, ...]) -> None:
    audit(small_book)
    audit(small_book, *more)
    assert audits == [1, 1]
    audit(small_book, "--kind", "departure", "--subject", "另一人")
    assert audits == [1, 1, 1]


def _key(book: Path) -> AuditKey:
    return key_for(survey(book, Limits()), Limits(), DAY, NEW_YEAR, Kind.ANNUAL, "")


def test_every_input_is_in_the_key(small_book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    key = _key(small_book)
    assert key == _key(small_book)
    others = [
        replace(key, reading="x"),
        replace(key, engine="x"),
        replace(key, code="x"),
        replace(key, libraries="x"),
        replace(key, since=NEW_YEAR),
        replace(key, until=DAY),
        replace(key, kind=Kind.SPECIAL),
        replace(key, subject="某某"),
    ]
    for name in ("law_version", "code_of", "version", "engine_named"):
        with monkeypatch.context() as patched:
            patched.setattr(results, name, lambda *_: "changed")
            others.append(_key(small_book))
    assert len({other.name for other in [key, *others]}) == len(others) + 1


CODE_CHANGES: dict[str, Callable[[Path], object]] = {
    "a rule": lambda folder: _append(next(folder.rglob("inc01_*.py")), "\n"),
    "a value of law": lambda folder: _append(next((folder / "params").rglob("*.toml")), "\n"),
    "an instrument": lambda folder: _append(folder / "instruments.toml", "\n"),
    "a list of words": lambda folder: _append(next((folder / "words").rglob("*.toml")), "\n"),
    "a rule more": lambda folder: (folder / "income" / "inc99_new.py").write_text(""),
    "a rule less": lambda folder: next(folder.rglob("inc02_*.py")).unlink(),
    "a rule's name": lambda folder: (path := next(folder.rglob("inc03_*.py"))).rename(path.with_name("inc98_x.py")),
}


@pytest.mark.parametrize("change", CODE_CHANGES)
def test_a_change_of_rules_or_law_changes_the_code(tmp_path: Path, change: str) -> None:
    folder = tmp_path / "rules"
    shutil.copytree(RULES, folder, ignore=shutil.ignore_patterns("__pycache__"))
    before = code_of([folder])
    assert before == code_of([folder])
    CODE_CHANGES[change](folder)
    assert code_of([folder]) != before


def test_compiled_files_are_no_code(tmp_path: Path) -> None:
    (tmp_path / "__pycache__").mkdir()
    before = code_of([tmp_path])
    (tmp_path / "__pycache__" / "a.pyc").write_bytes(b"x")
    assert code_of([tmp_path]) == before


def test_every_library_that_decides_is_in_the_key() -> None:
    named = {"chinese_calendar": "chinesecalendar"}
    used = set()
    for path in RULES.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                used |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                used.add(node.module.split(".")[0])
    used -= {*sys.stdlib_module_names, "rules", "ledger"}
    assert {named.get(name, name) for name in used} <= set(LIBRARIES)


@pytest.fixture
def entry(small_book: Path, cache: Path, few_rules: None) -> Path:
    """The one entry that an audit of the small book leaves."""
    audit(small_book)
    (path,) = cache.iterdir()
    return path


def _sealed(path: Path, change: Callable[[dict[str, list[object]]], object]) -> None:
    """Change what an entry says and give it the checksum that fits."""
    said = json.loads(path.read_bytes().split(b"\n", 1)[1])
    change(said)
    body = json.dumps(said, ensure_ascii=False).encode()
    path.write_bytes(json.dumps(hashlib.sha256(body).hexdigest()).encode() + b"\n" + body)


def _folder_instead(path: Path) -> None:
    path.unlink()
    path.mkdir()


DAMAGE: dict[str, Callable[[Path], object]] = {
    "empty": lambda path: path.write_bytes(b""),
    "cut": lambda path: path.write_bytes(path.read_bytes()[:-9]),
    "one byte": lambda path: path.write_bytes(path.read_bytes().replace(b"clean", b"cleam", 1)),
    "no JSON": lambda path: path.write_bytes(b"x\ny"),
    "a list": lambda path: path.write_bytes(json.dumps(hashlib.sha256(b"[]").hexdigest()).encode() + b"\n[]"),
    "a folder": _folder_instead,
    "another key": lambda path: _sealed(path, lambda said: said["key"].__setitem__(0, "x")),
    "another digest": lambda path: _sealed(path, lambda said: said["audited"][0].__setitem__(8, "x")),  # type: ignore[index]
    "another engine": lambda path: _sealed(path, lambda said: said["audited"][0].__setitem__(7, "x")),  # type: ignore[index]
    "ids too many": lambda path: _sealed(path, lambda said: said["audited"][0].__setitem__(11, ["x"])),  # type: ignore[index]
    "a field less": lambda path: _sealed(path, lambda said: said["audited"].pop()),
    "an unknown code": lambda path: _sealed(
        path, lambda said: said["audited"].__setitem__(1, [["X", "high", "甲", "a", 1]])
    ),
    "deep": lambda path: path.write_bytes(
        json.dumps(hashlib.sha256(b"[" * 99_999).hexdigest()).encode() + b"\n" + b"[" * 99_999
    ),
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_entry_is_as_good_as_none(small_book: Path, entry: Path, audits: list[int], damage: str) -> None:
    whole = audit(small_book).stdout_bytes
    assert audits == []
    DAMAGE[damage](entry)
    assert audit(small_book).stdout_bytes == whole
    assert audits == [1]


def test_an_entry_serves_its_own_key_only(small_book: Path, entry: Path, cache: Path) -> None:
    key, digest = _key(small_book), survey(small_book, Limits()).digest
    other = replace(key, subject="某某")
    assert kept(cache, key, digest) is not None
    entry.rename(entry.with_name(f"{other.name}.json"))
    assert kept(cache, other, digest) is None
    assert kept(cache, key, digest) is None


@pytest.mark.usefixtures("few_rules")
def test_an_unwritable_cache_changes_nothing(small_book: Path, cache: Path, audits: list[int]) -> None:
    cache.parent.mkdir(parents=True)
    cache.write_text("a file where the folder should be")
    first, again = audit(small_book), audit(small_book)
    assert first.stdout_bytes == again.stdout_bytes
    assert audits == [1, 1]


@pytest.mark.usefixtures("few_rules")
def test_a_cache_inside_the_book_is_not_used(small_book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(small_book / "cache"))
    audit(small_book)
    assert not (small_book / "cache").exists()


@pytest.mark.usefixtures("few_rules")
def test_rules_that_change_during_an_audit_are_not_kept(
    small_book: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    codes = iter(["before", "after"])
    monkeypatch.setattr(results, "code_of", lambda _: next(codes))
    audited = conduct.conduct_once(small_book, "2025", Kind.ANNUAL, "")
    assert audited.result.outcomes
    assert not cache.exists()


def test_a_book_at_fault_is_not_kept(small_book: Path, cache: Path) -> None:
    (small_book / "main.beancount").unlink()
    assert audit(small_book).exit_code == 2
    assert not cache.exists()


@pytest.mark.usefixtures("few_rules")
def test_old_entries_go(small_book: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(results, "_MOST_ENTRIES", 3)
    audited = conduct.conduct_once(small_book, "2025", Kind.ANNUAL, "")
    folder = tmp_path / "few"
    for number in range(5):
        key = replace(_key(small_book), subject=str(number))
        keep(folder, key, Audited(audited.result, audited.integrity))
        os.utime(folder / f"{key.name}.json", (number, number))
    assert len(list(folder.iterdir())) == 3


@pytest.mark.usefixtures("few_rules")
def test_the_engine_of_a_key_is_that_of_its_result(small_book: Path) -> None:
    audited = conduct.conduct_once(small_book, "2025", Kind.ANNUAL, "")
    assert audited.result.engine == _key(small_book).engine
