"""`union-audit audit`: run every rule on a book and print findings, outcomes and what could not be tested."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from auditor.messages import DONE, FINDINGS, fail, language, say
from ledger.contracts import Integrity
from rules.finding import AuditResult, Kind, Text

PERIOD_HELP = "审计期间：2025、2025-03、2025-01..2025-06 或起止日期 / a year, a month, or from..to"


@click.command("audit")
@click.argument("book", type=click.Path(path_type=Path))
@click.option("--period", required=True, help=PERIOD_HELP)
@click.option("--kind", type=click.Choice([k.value for k in Kind]), default="annual", show_default=True)
@click.option("--subject", default="", help="离任审计的被审计人 / the person of a departure audit")
@click.option("--format", "form", type=click.Choice(["table", "json", "sarif"]), default="table", show_default=True)
@click.option("-o", "--output", type=click.Path(path_type=Path), help="写入文件 / write to a file")
def audit_command(book: Path, period: str, kind: str, subject: str, form: str, output: Path | None) -> None:
    """对账套执行全部审计规则。

    Run every rule on BOOK.
    """
    from auditor.conduct import conduct_once

    if form == "table" and output is not None:
        fail([say(Text("-o 需要 --format json 或 sarif", "-o needs --format json or sarif"))])
    audited = conduct_once(book, period, Kind(kind), subject)
    result, integrity = audited.result, audited.integrity
    if form == "table":
        from auditor.terminal import print_audit

        print_audit(result, integrity, language())
    else:
        text = _exchanged(result, integrity, form)
        if output is None:
            sys.stdout.buffer.write(text.encode())
        else:
            from ledger.files import write_atomically

            write_atomically(output, text.encode())
    sys.exit(FINDINGS if result.findings else DONE)


def _exchanged(result: AuditResult, integrity: Sequence[Integrity], form: str) -> str:
    from reports.exchange import to_json, to_sarif

    if form == "json":
        return to_json(result, integrity, language())
    from rules.rule import all_rules

    return to_sarif(result, language(), integrity, all_rules())
