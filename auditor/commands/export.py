"""`union-audit export`: a book, or a period of it, as a workbook, and the empty workbook to fill in."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import click

from auditor.commands.audit import PERIOD_HELP
from auditor.messages import fail, say
from rules.finding import Text


@click.command("export")
@click.argument("book", type=click.Path(path_type=Path))
@click.option("-o", "--output", required=True, type=click.Path(path_type=Path), help="写入的 .xlsx / the .xlsx file")
@click.option("--period", help=f"只导出这一期间；{PERIOD_HELP}")
@click.option("--template", is_flag=True, help="只要空白模板 / the empty workbook to fill in")
def export_command(book: Path, output: Path, period: str | None, template: bool) -> None:
    """把账套导出为工作簿（可再导入），或导出空白模板。

    Write a book as a workbook that can be imported again, or its empty template.
    """
    from auditor.books import survey_of
    from auditor.conduct import period_of
    from ledger.files import write_atomically
    from ledger.reader import Limits
    from ledger.workbook.export import ExportRefused, export_book, export_template

    if template and period:
        fail([say(Text("--template 是空白模板，不能同时写 --period", "--template takes no --period"))])
    if output.suffix.lower() != ".xlsx":
        fail([say(Text(f"“{output.name}”应以 .xlsx 结尾", f"{output.name} should end in .xlsx"))])
    asked = period_of(period) if period else None
    survey_of(book, Limits())
    lists = asset_categories()
    try:
        if template:
            content, told = export_template(book, lists=lists), Text(f"已写入模板 {output}", f"wrote {output}")
        else:
            made = export_book(book, asked, lists=lists)
            for note in made.notes:
                click.echo(note)
            content = made.content
            told = Text(
                f"已写入 {output}：凭证 {made.vouchers} 张、{made.rows} 行，预算 {made.budgets} 行，"
                f"登记簿 {made.registers} 种",
                f"wrote {output}: {made.vouchers} vouchers in {made.rows} rows, {made.budgets} budget lines, "
                f"{made.registers} registers",
            )
        write_atomically(output, content)
    except ExportRefused as error:
        fail(error.lines)
    except OSError as error:
        fail([say(Text(f"不能写入“{output}”：{error.strerror}", f"cannot write {output}: {error.strerror}"))])
    click.echo(say(told))


def write_template(book: Path) -> Path:
    """Write the empty workbook of a new book into its folder and return its path."""
    from ledger.files import write_atomically
    from ledger.workbook.export import TEMPLATE_NAME, export_template

    path = book / TEMPLATE_NAME
    write_atomically(path, export_template(book, lists=asset_categories()))
    return path


def asset_categories() -> Mapping[str, tuple[str, ...]]:
    """Return the words of the column 资产类别: the classes that the law's table of lives knows."""
    from rules.law_loader import load_law

    known = dict.fromkeys(p.category for p in load_law().parameters.values() if p.category)
    return {"assets.category": tuple(sorted(known))}
