"""Small books of a county union's grassroots union for the tests of the three audits, written as texts."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from auditor.engine import run_audit
from ledger.facts import Facts
from ledger.reader.build import facts_from
from ledger.reader.core import read_tables
from reports.annual import annual_report
from reports.departure import departure_report
from reports.model import Block, Document, Heading, Paragraph, Table
from rules.finding import AuditResult, Kind, Outcome
from rules.law import Law
from rules.rule import all_rules
from tests.rules.casefile import book_files

SINCE, UNTIL = datetime.date(2025, 1, 1), datetime.date(2025, 12, 31)
PARENT = "某市总工会"
TRAINING = "Expenses:505-业务支出:50501-培训支出"
CONTRIBUTION = "Income:402-拨缴经费收入"
STANDARDS = (
    {
        "key": "contribution.retained_share",
        "value": "0.60",
        "from": datetime.date(2020, 1, 1),
        "instrument": "某市总工会〔2020〕3号",
    },
)
VOUCHERS = """2025-01-02 * "期初" "期初余额" #opening
  Assets:102-银行存款:01-基本户   5000.00 CNY
  Equity:322-工会资金结余:32205-累计结余 -5000.00 CNY
2025-02-20 * "某市第一医院" "拨缴1月工会经费"
  voucher: "记-2025-02-0001"
  month-of: "2025-01"
  Assets:102-银行存款:01-基本户   2000.00 CNY
  Income:402-拨缴经费收入        -1200.00 CNY
  Liabilities:211-应付上级经费   -800.00 CNY
2025-03-10 * "某培训中心" "培训费"
  voucher: "记-2025-03-0001"
  approved-by: "甲某某"
  handled-by: "乙某某"
  Expenses:505-业务支出:50501-培训支出   600.00 CNY
  Assets:102-银行存款:01-基本户   -600.00 CNY
2025-03-12 * "某市总工会" "上缴1月经费"
  voucher: "记-2025-03-0002"
  month-of: "2025-01"
  Liabilities:211-应付上级经费   800.00 CNY
  Assets:102-银行存款:01-基本户   -800.00 CNY
"""
PAYROLL = "month,category,headcount,total_wages,dues_base\n2025-01,在编,10,100000.00,\n"
OFFICERS = "post,name,from,to\nchair,甲某某,2024-01-01,2025-06-30\n"


def line(account: str, yuan: str, version: int = 0, day: str = "2025-01-18", **steps: str) -> str:
    """One budget directive; `steps` changes the days of its procedure (committee, audit_review, approved)."""
    days = {"committee": "2025-01-08", "audit_review": "2025-01-12", "approved": "2025-01-18"} | steps
    told = "".join(f"  {step.replace('_', '-')}: {when}\n" for step, when in days.items())
    return f'{day} custom "union-budget" "2025" {account} {yuan} CNY\n  version: {version}\n{told}'


BUDGET = line(CONTRIBUTION, "14400.00") + line(TRAINING, "8000.00")


def write(
    folder: Path,
    body: str = VOUCHERS + BUDGET,
    registers: Mapping[str, str] | None = None,
    standards: tuple[Mapping[str, object], ...] = STANDARDS,
) -> Path:
    """Write a book of these vouchers and budget lines and return its folder."""
    lists = {"payroll": PAYROLL, "officers": OFFICERS, **(registers or {})}
    for path, text in book_files(body, lists, standards=standards, union={"parent": PARENT}).items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    return folder


def facts_of(folder: Path) -> Facts:
    """Read a book that a test wrote itself, in this process."""
    return facts_from(read_tables(folder))


@dataclass(frozen=True)
class Audited:
    """One book audited: facts, result, and the report's document."""

    facts: Facts
    result: AuditResult
    report: Document

    def outcome(self, code: str) -> Outcome:
        """The outcome of one rule."""
        return next(o for o in self.result.outcomes if o.code == code)

    def said(self, code: str) -> list[str]:
        """What one rule found."""
        return [f.message.zh for f in self.result.findings if f.code == code]

    @property
    def integrity(self) -> list[tuple[str, str, int]]:
        """Code, file and line of everything wrong with the book itself."""
        return [(e.code, e.file, e.line) for e in self.facts.integrity]

    def section(self, name: str) -> str:
        """Every text of one section of the report."""
        return "\n".join(texts(part) for part in parts(self.report.blocks, name))


def audited(folder: Path, law: Law, kind: Kind = Kind.ANNUAL, subject: str = "") -> Audited:
    """Audit a book with the rules of the three audits and write its report."""
    facts = facts_of(folder)
    rules = [r for r in all_rules() if r.code[:3] in ("BUD", "REM", "DEP", "INC") or r.code in ("CUR10", "CTL02")]
    result = run_audit(facts, law, since=SINCE, until=UNTIL, kind=kind, subject=subject, rules=rules)
    make = departure_report if kind is Kind.DEPARTURE else annual_report
    return Audited(facts, result, make(result, facts, law, stamp=UNTIL))


def parts(blocks: tuple[Block, ...], name: str) -> list[Block]:
    """The blocks below the level-1 heading whose text ends with a name."""
    found, inside = [], False
    for block in blocks:
        if isinstance(block, Heading) and block.level == 1:
            inside = block.text.endswith(name)
        elif inside:
            found.append(block)
    return found


def texts(block: Block) -> str:
    """Every text of one block."""
    if isinstance(block, Table):
        cells = [str(c) for row in block.rows for c in row.cells if c is not None]
        return "\n".join([block.caption, *cells, *block.notes])
    return block.text if isinstance(block, (Heading, Paragraph)) else ""
