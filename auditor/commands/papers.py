"""`union-audit statements` and `report`: the statutory statements and the audit reports, on screen and as files."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path

import click

from auditor.commands.audit import PERIOD_HELP
from auditor.messages import DONE, FINDINGS, fail, language, say
from reports.model import Document
from rules.finding import Kind, Text

FORMS = ("docx", "pdf", "xlsx", "html", "json")
ANALYSES = "analyses"  # the figures of the three analyses, for other programs


@click.command("statements")
@click.argument("book", type=click.Path(path_type=Path))
@click.option("--period", required=True, help="年度或月份：2025、2025-03 / a year or a month")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="写入的文件夹 / folder of the .xlsx files")
def statements_command(book: Path, period: str, output: Path | None) -> None:
    """编制资产负债表、收入支出表、科目余额表和预算执行表；整年的另编附注，县级以上工会另编附表。

    Make the balance sheet, income statement, trial balance and budget execution table; for a whole year the notes,
    and for unions of county level and above their forms.
    """
    from auditor.books import facts_of
    from auditor.commands.final_accounts import county_forms, notes_document, written_notes
    from auditor.conduct import period_of
    from reports.budget import budget_blocks
    from reports.statements import StatementError, balance_sheet, income_statement, trial_balance
    from rules.law_loader import load_law

    since, until = period_of(period)
    facts = facts_of(book)
    written = written_notes(book, until.year)
    try:
        made = [
            balance_sheet(facts, until).document(),
            income_statement(facts, since, until).document(),
            *county_forms(facts, since, until, written),
            trial_balance(facts, since, until).document(),
        ]
        notes = notes_document(facts, since, until, written)
    except StatementError as error:
        fail([say(Text(error.zh, error.en))])
    title = say(Text("工会经费预算执行情况表", "Execution of the budget"))
    facts_shown = ((say(Text("编制单位", "Union")), facts.union.name), (say(Text("期间", "Period")), period))
    blocks = budget_blocks(facts, until.year, until, language(), load_law())
    made.append(Document(title, facts_shown, blocks, until, language()))
    if output is None:
        from auditor.terminal import print_document

        for document in (*made, *notes):
            print_document(document)
        return
    from reports.visible import file_stem

    files = in_forms([(f"{file_stem(document.title)}-{period}", document) for document in made], ["xlsx"])
    # The notes are running text, in part for people to write: a Word file.
    files += in_forms([(f"{file_stem(document.title)}-{period}", document) for document in notes], ["docx"])
    write_all(output, files)


@click.command("report")
@click.argument("book", type=click.Path(path_type=Path))
@click.option("--period", required=True, help=PERIOD_HELP)
@click.option("--kind", type=click.Choice([k.value for k in Kind]), default="annual", show_default=True)
@click.option("--subject", default="", help="离任审计的被审计人 / the person of a departure audit")
@click.option("-o", "--output", required=True, type=click.Path(path_type=Path), help="写入的文件夹 / folder")
@click.option(
    "--redact",
    type=click.Choice(["public", "committee", "workpaper"]),
    default="public",
    show_default=True,
    help="脱敏程度：公开、经审会、底稿 / how much of persons is shown",
)
@click.option(
    "--format",
    "forms",
    type=click.Choice([*FORMS, ANALYSES]),
    multiple=True,
    default=[*FORMS[:4], ANALYSES],
    show_default=True,
    help="文件种类；analyses 是三项分析的数据（JSON） / kinds of files; analyses are the figures as JSON",
)
@click.option("--higher", type=click.Path(path_type=Path), help="上级工会的账套，逐月核对 / books of the union above")
def report_command(
    book: Path,
    period: str,
    kind: str,
    subject: str,
    output: Path,
    redact: str,
    forms: Sequence[str],
    higher: Path | None,
) -> None:
    """编写审计报告（Word、PDF、Excel、网页）。

    Write the audit report.
    """
    from auditor.books import facts_of
    from auditor.commands.sides import refuse_strangers
    from auditor.conduct import conduct
    from reports.analyses import to_json
    from reports.annual import annual_report
    from reports.departure import departure_report
    from reports.redaction import Profile, redacted
    from reports.visible import file_stem
    from rules.law_loader import load_law

    facts, result = conduct(book, period, Kind(kind), subject)
    above = None
    if higher is not None:
        if result.kind is Kind.DEPARTURE:
            fail([say(Text("--higher 用于年度和拨缴审计，不用于离任审计", "--higher is not for departure audits"))])
        above = facts_of(higher)
        refuse_strangers(facts, above)
    made = (
        departure_report(result, facts, load_law(), stamp=result.until, language=language())
        if result.kind is Kind.DEPARTURE
        else annual_report(result, facts, load_law(), stamp=result.until, language=language(), higher=above)
    )
    document = redacted(made, facts, Profile(redact))
    name = file_stem(f"{document.title}-{period}")
    files = in_forms([(name, document)], [form for form in forms if form != ANALYSES])
    if ANALYSES in forms:
        files.append((f"{name}.{ANALYSES}.json", lambda: to_json(result, facts, load_law(), Profile(redact)).encode()))
    write_all(output, files)
    sys.exit(FINDINGS if result.findings else DONE)


def rendered(document: Document, form: str) -> bytes:
    """Return a document as a file of one of FORMS."""
    import importlib

    if form == "json":
        from reports.json_model import to_json

        return to_json(document).encode()
    content: bytes | str = importlib.import_module(f"reports.{form}").render(document)
    return content.encode() if isinstance(content, str) else content


def in_forms(named: Iterable[tuple[str, Document]], forms: Iterable[str]) -> list[tuple[str, Callable[[], bytes]]]:
    """Return the name and the rendering of the files that documents make, each in every form, for `write_all`."""
    wanted = tuple(forms)
    return [(f"{name}.{form}", partial(rendered, document, form)) for name, document in named for form in wanted]


def write_all(folder: Path, made: Sequence[tuple[str, Callable[[], bytes]]]) -> None:
    """Render all, then write all: a document that cannot be rendered leaves no half a set behind."""
    from ledger.files import write_atomically
    from reports.glyphs import GlyphError

    try:
        contents = [(name, render()) for name, render in made]
    except GlyphError as error:
        fail([str(error)])
    for name, content in contents:
        write_atomically(folder / name, content)
        click.echo(str(folder / name))
