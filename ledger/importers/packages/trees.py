"""XML and JSON files as one kind of tree, and a tree as tables: one row for each record, its context repeated.

Runs in the child process of `ledger.importers.sheets`; it imports nothing but the standard library.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from ledger.importers.zip_check import MAX_COLUMNS, MAX_ROWS, Refused

ATTRIBUTE = "@"
BY_ORDER = "（第 1 行是表头，以下按记录次序）"

# What the records of known structures are called: name of the element → (name of the table it is a row of, "" for
# the name of the element above it; the elements it counts below, empty for any). Nothing else becomes a row.
RECORDS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "entry": ("凭证分录", ("voucher_body", "body", "voucher")),
    "Line": ("Transaction 分录", ("Transaction", "Lines")),
    "DebitLine": ("Transaction 分录", ("Lines",)),
    "CreditLine": ("Transaction 分录", ("Lines",)),
    "Account": ("GeneralLedgerAccounts 科目", ("GeneralLedgerAccounts",)),
    "记账凭证": ("记账凭证", ()),
    "记账凭证分录": ("记账凭证分录", ()),
    "会计科目": ("会计科目", ()),
    "科目余额及发生额": ("科目余额及发生额", ()),
    "记录": ("", ()),
    "records": ("", ()),
}
# Of what stands around a record, only elements of these names become columns: `Transaction/TransactionID`.
CONTEXT = frozenset(
    {
        # 用友 U8
        "voucher",
        "voucher_head",
        "voucher_header",
        "head",
        # SAF-T
        "GeneralLedgerEntries",
        "Journal",
        "Transaction",
        "SelectionCriteria",
    }
)


@dataclass
class Node:
    """One element: name, the line it begins on (0: unknown), text, attributes, and the elements in it."""

    name: str
    line: int = 0
    text: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)
    children: list[Node] = field(default_factory=list)


@dataclass
class _Table:
    columns: dict[str, int] = field(default_factory=dict)
    rows: list[tuple[int, dict[str, str]]] = field(default_factory=list)


def tables(root: Node, line_count: int) -> list[tuple[str, list[list[str]]]]:
    """Return (name, rows) of every table of a tree, the head first.

    Where each record begins on a line of its own, a row stands at that line's number, so that a fault is told by
    it; otherwise rows follow in the order of the records and the name says so. Raises Refused with the names of
    the elements seen when there is no record of a known structure.
    """
    found: dict[str, _Table] = {}
    if not _collect(root, {}, found):
        seen = "、".join(dict.fromkeys(child.name for child in root.children[:1000])) or "（没有下级）"
        raise Refused(
            f"的结构不能识别：根元素“{root.name}”，其下是 {seen[:200]}。可读的有：用友 U8 凭证接口（ufinterface/voucher"
            "/entry）、GB/T 24589（总账/记账凭证、会计科目、科目余额及发生额，2024 版的 表名/记录）、"
            "SAF-T（AuditFile/GeneralLedgerEntries/Journal/Transaction/Line）；请重新导出为其中一种，或导出为表格"
        )
    return [_laid_out(name, table, line_count) for name, table in found.items()]


def _collect(node: Node, context: Mapping[str, str], found: dict[str, _Table]) -> bool:
    """Gather the records below a node; say whether there are any."""
    inner = dict(context)
    for name, text in node.attributes.items():
        if node.name in CONTEXT:
            inner[f"{node.name}/{ATTRIBUTE}{name}"] = text
    branches: list[tuple[Node, bool]] = []
    for child in node.children:
        if not child.children:
            if node.name in CONTEXT:
                inner[f"{node.name}/{child.name}"] = child.text
        elif _has_records(child):
            branches.append((child, False))
        elif _is_record(child, node):
            branches.append((child, True))
        else:
            inner |= dict(_context(child))
    for child, is_record in branches:
        if is_record:
            _add(RECORDS[child.name][0] or node.name, child, inner, found)
        else:
            _collect(child, inner, found)
    return bool(found)


def _is_record(node: Node, above: Node) -> bool:
    known = RECORDS.get(node.name)
    return known is not None and bool(node.children) and (not known[1] or above.name in known[1])


def _has_records(node: Node) -> bool:
    return any(_is_record(child, node) or _has_records(child) for child in node.children)


def _context(node: Node) -> Iterator[tuple[str, str]]:
    for child in node.children:
        if child.children:
            yield from _context(child)
        elif node.name in CONTEXT:
            yield f"{node.name}/{child.name}", child.text


def _add(name: str, record: Node, context: Mapping[str, str], found: dict[str, _Table]) -> None:
    table = found.setdefault(name, _Table())
    cells = {path: text for path, text in context.items() if text}
    for path, text in _leaves(record, ""):
        # A part that is repeated (auxiliary items) keeps all its texts.
        cells[path] = f"{cells[path]}；{text}" if path in cells and path not in context else text
    for path in cells:
        table.columns.setdefault(path, len(table.columns))
    if len(table.columns) > MAX_COLUMNS or len(table.rows) >= MAX_ROWS:
        raise Refused(f"的“{name}”超出 {MAX_ROWS} 条记录或 {MAX_COLUMNS} 种元素；请按年度或月份分开导出")
    table.rows.append((record.line, cells))


def _leaves(node: Node, prefix: str) -> Iterator[tuple[str, str]]:
    for child in node.children:
        name = child.attributes.get("name", "")
        path = f"{prefix}{child.name}[{name}]" if name else f"{prefix}{child.name}"
        if child.children:
            yield from _leaves(child, f"{path}/")
        elif child.text:
            yield path, child.text


def _laid_out(name: str, table: _Table, line_count: int) -> tuple[str, list[list[str]]]:
    head = list(table.columns)
    lines = [line for line, _ in table.rows]
    by_line = lines[0] > 1 and line_count < MAX_ROWS and all(a < b for a, b in pairwise(lines))
    rows = [head]
    for line, cells in table.rows:
        if by_line:
            rows.extend([] for _ in range(line - 1 - len(rows)))
        rows.append([cells.get(path, "") for path in head])
    return name if by_line else f"{name}{BY_ORDER}", rows
