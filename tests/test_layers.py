"""The direction of the house: auditor → reports → rules → ledger, and beancount behind one door."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LAYERS = ("ledger", "rules", "reports", "auditor")
BOOK_LIBRARIES = {"beancount", "fava", "beangulp", "beanquery"}
MODULES = sorted(path for layer in LAYERS for path in (ROOT / layer).rglob("*.py"))
IDS = [path.relative_to(ROOT).as_posix() for path in MODULES]
RULE_FILES = [path for path in MODULES if path.relative_to(ROOT).parts[0] == "rules"]


def _imports(tree: ast.AST) -> Iterator[tuple[str, int]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name.split(".")[0], node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"line {node.lineno}: relative import"
            yield str(node.module).split(".")[0], node.lineno


def _calls(tree: ast.AST, names: set[str]) -> Iterator[tuple[str, int]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names:
            yield node.func.id, node.lineno
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in names:
            yield node.func.attr, node.lineno


def _tree(path: Path) -> ast.AST:
    return ast.parse(path.read_text(encoding="utf-8"))


def test_there_is_a_house() -> None:
    assert {path.relative_to(ROOT).parts[0] for path in MODULES} == set(LAYERS)


@pytest.mark.parametrize("path", MODULES, ids=IDS)
def test_imports_point_downward(path: Path) -> None:
    layer = path.relative_to(ROOT).parts[0]
    above = set(LAYERS[LAYERS.index(layer) + 1 :])
    assert not [(name, line) for name, line in _imports(_tree(path)) if name in above]


@pytest.mark.parametrize("path", MODULES, ids=IDS)
def test_only_the_ledger_and_the_auditor_know_beancount(path: Path) -> None:
    if path.relative_to(ROOT).parts[0] not in ("ledger", "auditor"):
        assert not [(name, line) for name, line in _imports(_tree(path)) if name in BOOK_LIBRARIES]


@pytest.mark.parametrize("path", MODULES, ids=IDS)
def test_no_float_is_made(path: Path) -> None:
    assert not list(_calls(_tree(path), {"float", "to_float"}))


@pytest.mark.parametrize("path", RULE_FILES, ids=[p.relative_to(ROOT).as_posix() for p in RULE_FILES])
def test_rules_open_no_files_and_read_no_clock(path: Path) -> None:
    forbidden = {"open", "today", "now", "utcnow", "input", "print", "eval", "exec"}
    if path.name not in ("law_loader.py", "coverage.py"):
        forbidden |= {"read_text", "read_bytes", "files"}
    assert not list(_calls(_tree(path), forbidden))
    clocks = {"os", "subprocess", "socket", "urllib", "random", "time"}
    assert not [(name, line) for name, line in _imports(_tree(path)) if name in clocks]


@pytest.mark.parametrize("path", MODULES, ids=IDS)
def test_modules_are_of_one_idea(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 400
