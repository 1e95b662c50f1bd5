"""`union-audit sides`: a union's books against those of the union above it, month by month."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from auditor.commands.audit import PERIOD_HELP
from auditor.commands.papers import FORMS, in_forms, write_all
from auditor.messages import DONE, FINDINGS, fail, language, say
from rules.finding import Text

if TYPE_CHECKING:
    from ledger.facts import Facts

SCHEMA = "union-audit-sides/1"


@click.command("sides")
@click.argument("book", type=click.Path(path_type=Path))
@click.argument("higher", type=click.Path(path_type=Path))
@click.option("--period", required=True, help=PERIOD_HELP)
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
@click.option("--as", "forms", type=click.Choice(FORMS), multiple=True, default=FORMS[:4], show_default=True)
@click.option("-o", "--output", type=click.Path(path_type=Path), help="写入核对表的文件夹 / folder of the papers")
def sides_command(book: Path, higher: Path, period: str, form: str, forms: Sequence[str], output: Path | None) -> None:
    """经费往来核对：本单位账与上级工会账逐月对照，列出差异和双方凭证。

    Compare BOOK with the book of the union above it, HIGHER, month by month.
    """
    from auditor.books import facts_of
    from auditor.conduct import period_of
    from reports.remittance_sides import plain_rows, sides_document
    from reports.visible import file_stem
    from rules.law_loader import load_law
    from rules.remittance.sides import compare

    since, until = period_of(period)
    lower, above = facts_of(book), facts_of(higher)
    refuse_strangers(lower, above)
    rows = compare(lower, above, load_law(), since, until)
    document = sides_document(lower, above, load_law(), since, until, language())
    if form == "json":
        told = {
            "schema": SCHEMA,
            "lower": _named(lower),
            "higher": _named(above),
            "period": {"from": since.isoformat(), "to": until.isoformat()},
            "rows": plain_rows(rows),
        }
        click.echo(json.dumps(told, ensure_ascii=False, sort_keys=True, indent=1))
    else:
        from auditor.terminal import print_document

        print_document(document)
    if output is not None:
        name = file_stem(f"{document.title}-{period}")
        write_all(output, in_forms([(name, document)], forms))
    sys.exit(FINDINGS if not rows or any(row.difference_fen for row in rows) else DONE)


def _named(facts: Facts) -> dict[str, str]:
    return {"name": facts.union.name, "code": facts.union.code, "digest": facts.digest}


def refuse_strangers(lower: Facts, higher: Facts) -> None:
    """End with status 2 where the second book is not that of the union above: the same union, or another than named."""
    from rules.remittance.sides import is_counterparty

    here, there, parent = lower.union, higher.union, lower.union.parent
    if here.name == there.name or (here.code and here.code == there.code):
        zh = f"两个账套都是“{here.name}”的账；第二个应为上级工会的账套"
        fail([say(Text(zh, f"both books are of {here.name}: the second has to be that of the union above"))])
    if parent and not is_counterparty(there.name, parent):
        zh = f"union.toml 登记的上级工会是“{parent}”，第二个账套是“{there.name}”的账；请核对账套或 parent"
        fail([say(Text(zh, f"union.toml names {parent} as the union above, the second book is of {there.name}"))])
