"""One statement as a value: its lines with keys and amounts in fen, before any renderer sees it."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from itertools import zip_longest

from reports.model import Block, Column, ColumnKind, Document, Heading, Paragraph, Row, RowKind, Signatures, Table

# 财会〔2021〕7号第六十四条, 会计法第二十一条: these three sign and seal.
SIGNATORIES = ("法定代表人", "主管会计工作负责人", "会计机构负责人（会计主管）")


class StatementError(ValueError):
    """A statement that the law in force or the book does not allow; `zh` and `en` say why and the way out."""

    def __init__(self, zh: str, en: str) -> None:
        self.zh, self.en = zh, en
        super().__init__(zh)


@dataclass(frozen=True)
class Line:
    """One line: `key` names it for programs (`total_assets`), `label` is its words on the form.

    `amounts_fen` has one entry a column; None prints as nothing. `side` 1 stands on the right half of a two-sided
    form. Amounts carry the sign that the form prints, so that a deficit is negative.
    """

    key: str
    label: str
    amounts_fen: tuple[int | None, ...]
    kind: RowKind = RowKind.PLAIN
    indent: int = 0
    side: int = 0
    code: str = ""


@dataclass(frozen=True)
class Statement:
    """A statement: its form (工会01表), title, union, the words of its period, column titles and lines.

    `until` is its last day. `notes` say what a reader must know before trusting a figure.
    """

    form: str
    title: str
    union: str
    period: str
    until: datetime.date
    columns: tuple[str, ...]
    lines: tuple[Line, ...]
    notes: tuple[str, ...] = ()
    item_titles: tuple[str, ...] = ("项目",)
    with_codes: bool = False

    def line(self, key: str) -> Line:
        """Return the line of a key; raises KeyError where the form has none."""
        for line in self.lines:
            if line.key == key:
                return line
        raise KeyError(key)

    def fen(self, key: str, column: int = 0) -> int:
        """Return the amount of a line in a column, 0 where it prints nothing."""
        return self.line(key).amounts_fen[column] or 0

    def table(self) -> Table:
        """Return the statement as a table; a two-sided form puts its halves beside each other."""
        sides = [[line for line in self.lines if line.side == side] for side in range(len(self.item_titles))]
        columns: list[Column] = []
        for title in self.item_titles:
            columns += [Column("科目编码", weight=2)] if self.with_codes else []
            columns.append(Column(title, weight=4))
            columns += [Column(name, ColumnKind.FEN, weight=3) for name in self.columns]
        rows = [self._row(halves) for halves in zip_longest(*_padded(sides))]
        return Table(tuple(columns), tuple(rows), caption=self.title, unit="元", notes=self.notes)

    def blocks(self) -> tuple[Block, ...]:
        """Return the statement with its heading lines, and the signatures that the regulation asks for."""
        head = f"编制单位：{self.union}　　{self.period}　　单位：元"
        title: tuple[Block, ...] = (Heading(self.title), Paragraph(f"{self.form}　　{head}" if self.form else head))
        signed: tuple[Block, ...] = (Signatures(SIGNATORIES),) if self.form else ()
        return (*title, self.table(), *signed)

    def document(self) -> Document:
        """Return the statement as a document of its own, stamped with its last day."""
        facts = [("编制单位", self.union), ("期间", self.period), ("单位", "元")]
        if self.form:
            facts.insert(0, ("表号", self.form))
        signed: tuple[Block, ...] = (Signatures(SIGNATORIES),) if self.form else ()
        return Document(self.title, tuple(facts), (self.table(), *signed), self.until)

    def _row(self, halves: tuple[Line | None, ...]) -> Row:
        cells: list[str | int | None] = []
        for line in halves:
            cells += [line.code if line else ""] if self.with_codes else []
            label = "　" * line.indent + line.label if line and len(halves) > 1 else line.label if line else ""
            cells += [label, *(line.amounts_fen if line else [None] * len(self.columns))]
        kinds = {line.kind for line in halves if line is not None and line.label}
        kind = kinds.pop() if len(kinds) == 1 else RowKind.PLAIN
        indent = halves[0].indent if len(halves) == 1 and halves[0] else 0
        return Row(tuple(cells), kind, indent)


def _padded(sides: list[list[Line]]) -> list[list[Line | None]]:
    """Return halves of equal length with their last lines, the grand totals, level with each other."""
    longest = max(map(len, sides))
    return [[*side[:-1], *[None] * (longest - len(side)), *side[-1:]] for side in sides]
