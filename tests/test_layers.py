"""The direction of the house: auditor → reports → rules → ledger, and beancount behind one door."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parent.parent
LAYERS = ("ledger", "rules", "reports", "auditor")
BOOK_LIBRARIES = {"beancount", "fava", "beangulp", "beanquery"}
# Of rules/, only these read the package's own data.
DATA_READERS = ("law_loader.py", "coverage.py")


@cache
def trees() -> Mapping[Path, ast.AST]:
    """Return every module by its path in the house, parsed once."""
    return {
        path.relative_to(ROOT): ast.parse(path.read_text(encoding="utf-8"))
        for layer in LAYERS
        for path in sorted((ROOT / layer).rglob("*.py"))
    }


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


def test_there_is_a_house() -> None:
    assert {path.parts[0] for path in trees()} == set(LAYERS)


def test_imports_point_downward() -> None:
    above = {layer: set(LAYERS[place + 1 :]) for place, layer in enumerate(LAYERS)}
    assert not [
        f"{path}:{line} imports {name}"
        for path, tree in trees().items()
        for name, line in _imports(tree)
        if name in above[path.parts[0]]
    ]


def test_only_the_ledger_and_the_auditor_know_beancount() -> None:
    assert not [
        f"{path}:{line} imports {name}"
        for path, tree in trees().items()
        if path.parts[0] not in ("ledger", "auditor")
        for name, line in _imports(tree)
        if name in BOOK_LIBRARIES
    ]


def test_no_float_is_made() -> None:
    assert not [
        f"{path}:{line} calls {name}"
        for path, tree in trees().items()
        for name, line in _calls(tree, {"float", "to_float"})
    ]


def test_rules_open_no_files_and_read_no_clock() -> None:
    forbidden = {"open", "today", "now", "utcnow", "input", "print", "eval", "exec"}
    files = {"read_text", "read_bytes", "files"}
    clocks = {"os", "subprocess", "socket", "urllib", "random", "time"}
    rules = {path: tree for path, tree in trees().items() if path.parts[0] == "rules"}
    assert not [
        f"{path}:{line} calls {name}"
        for path, tree in rules.items()
        for name, line in _calls(tree, forbidden if path.name in DATA_READERS else forbidden | files)
    ]
    assert not [
        f"{path}:{line} imports {name}"
        for path, tree in rules.items()
        for name, line in _imports(tree)
        if name in clocks
    ]


def test_modules_are_of_one_idea() -> None:
    lengths = {path: len((ROOT / path).read_text(encoding="utf-8").splitlines()) for path in trees()}
    assert not {str(path): length for path, length in lengths.items() if length > 400}
