"""`union-audit reconcile`: the bank accounts of a book beside their statements, month by month."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from auditor.commands.papers import FORMS, in_forms, write_all
from auditor.messages import DONE, FINDINGS, fail, language, say
from rules.finding import Text

if TYPE_CHECKING:
    from ledger.facts import Facts
    from ledger.matching import Reconciliation

SCHEMA = "union-audit-reconciliation/1"


@click.command("reconcile")
@click.argument("book", type=click.Path(path_type=Path))
@click.option("--period", required=True, help="年度或月份：2025、2025-03 / a year or a month")
@click.option("--account", "asked", default="", help="只核对这个账户；缺省为全部银行账户 / this account only")
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
@click.option("--as", "forms", type=click.Choice(FORMS), multiple=True, default=FORMS[:4], show_default=True)
@click.option("-o", "--output", type=click.Path(path_type=Path), help="写入余额调节表的文件夹 / folder of the papers")
def reconcile_command(
    book: Path, period: str, asked: str, form: str, forms: Sequence[str], output: Path | None
) -> None:
    """银行对账：按月逐户编制银行存款余额调节表，列出未达账项。

    Reconcile the bank accounts with their statements, month by month.
    """
    from auditor.books import facts_of
    from auditor.conduct import period_of
    from auditor.reconciled import reconciliations
    from reports.reconciliation import reconciliation_document, shown_account
    from reports.visible import file_stem
    from rules.law_loader import load_law

    within = period_of(period)
    facts = facts_of(book)
    made: dict[str, list[Reconciliation]] = {}
    gaps: list[Text] = []
    for account in _accounts(facts, asked):
        made[account] = list(reconciliations(facts, account, within, gaps))
    if not any(made.values()) and not gaps:
        gaps.append(Text(f"{period} 没有可核对的银行存款收付", f"no bank account moved in {period}"))
    documents = [
        reconciliation_document(
            found, facts.union.name, load_law(), period=period, stamp=found[-1].until, language=language()
        )
        for found in made.values()
        if found
    ]
    if form == "json":
        click.echo(json.dumps(_json(facts, period, made, gaps), ensure_ascii=False, indent=1))
    else:
        from auditor.terminal import print_document

        for document in documents:
            print_document(document)
    for gap in gaps:
        click.echo(say(gap), err=True)
    if output is not None and documents:
        named = [
            (file_stem(f"{document.title}-{shown_account(account)}-{period}"), document)
            for account, document in zip((a for a, found in made.items() if found), documents, strict=True)
        ]
        write_all(output, in_forms(named, forms))
    every = [one for found in made.values() for one in found]
    sys.exit(DONE if not gaps and all(one.clean for one in every) else FINDINGS)


def _accounts(facts: Facts, asked: str) -> tuple[str, ...]:
    """Return the accounts to reconcile: the one asked for, or every bank account of the union and of the statements."""
    from auditor.reconciled import bank_accounts
    from ledger.importers.bank import BankAccounts, account_of
    from ledger.importers.cells import CellError

    if asked:
        known = tuple(map(str, facts.accounts["account"]))
        try:
            return (account_of(BankAccounts(facts.union.bank_accounts, (), known, asked), ""),)
        except CellError as error:
            fail([str(error)])
    accounts = bank_accounts(facts)
    if not accounts:
        fail([say(Text("账套没有银行账户", "the book has no bank account"))])
    return accounts


def _json(facts: Facts, period: str, made: dict[str, list[Reconciliation]], gaps: Sequence[Text]) -> dict[str, Any]:
    from reports.reconciliation import plain_reconciliation

    return {
        "schema": SCHEMA,
        "union": {"name": facts.union.name, "code": facts.union.code, "region": facts.union.region},
        "period": period,
        "not_reconciled": [gap.zh for gap in gaps],
        "reconciliations": [plain_reconciliation(one) for found in made.values() for one in found],
    }
